from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...lib.coarse import TENURE_BANDS, get_quarter, get_tenure_band
from ...lib.groups import OFFICER
from ..departure.hr_departure_reason import get_departure_types

PENDING_STATES = ("offered", "accepted", "scheduled")
FORMS = [
    ("in_person", "In person"),
    ("phone", "By phone"),
    ("video", "By video"),
    ("chat", "By chat"),
    ("email", "By e-mail"),
    ("questionnaire", "Online questionnaire"),
]
SHARE_CHOICES = [
    ("no", "No"),
    ("anonymous", "A summary without my name"),
    ("named", "A summary with my name"),
]
COPIED_FIELDS = ("department_id", "job_id", "manager_id", "departure_type")
# What the interviewer writes down; the rest is for HR or follows from the steps.
INTERVIEWER_FIELDS = {
    "held_date",
    "internal_note",
    "location",
    "main_reason_id",
    "point_ids",
    "reason_ids",
    "state",
    "summary",
    "video_url",
}
INTERVIEWER_STATES = {"held", "closed", "no_show"}
# From which state an interview may go where. A refusal is an answer that may change,
# and whoever did not come may still be talked to.
TRANSITIONS = {
    "offered": {"accepted", "scheduled", "held", "declined", "expired", "cancelled"},
    "accepted": {"offered", "scheduled", "held", "declined", "expired", "cancelled"},
    "scheduled": {"accepted", "held", "no_show", "declined", "cancelled"},
    "no_show": {"accepted", "scheduled", "held", "declined", "expired", "cancelled"},
    "declined": {"offered", "accepted", "scheduled", "held", "cancelled"},
    "expired": {"accepted", "scheduled", "held", "declined", "cancelled"},
    "held": {"closed", "scheduled"},
    "closed": {"held"},
    "cancelled": {"offered"},
}


class HrExitInterview(models.Model):
    """One conversation offered to a leaver: never required, counted without a name."""

    _name = "hr.exit.interview"
    _description = "Exit Interview"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "held_date desc, id desc"
    _check_company_auto = True

    departure_id = fields.Many2one(
        "hr.departure", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="departure_id.company_id", store=True, index=True
    )
    state = fields.Selection(
        [
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("scheduled", "Scheduled"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("declined", "Declined"),
            ("expired", "Expired"),
            ("no_show", "No Show"),
            ("cancelled", "Cancelled"),
        ],
        default="offered",
        required=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    is_second = fields.Boolean(
        string="Second Interview",
        readonly=True,
        help="The short talk about three months after leaving, if the leaver asked.",
    )
    template_id = fields.Many2one(
        "hr.exit.interview.template",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
        help="The questions of the conversation, by way of leaving.",
    )
    form = fields.Selection(
        FORMS,
        string="Form of the Talk",
        help="How the leaver would like to talk. Any form does.",
    )
    interviewer_id = fields.Many2one(
        "res.users", index=True, tracking=True, domain="[('share', '=', False)]"
    )
    start_datetime = fields.Datetime(string="Planned At", tracking=True)
    stop_datetime = fields.Datetime(string="Planned Until")
    held_date = fields.Date(string="Held On")
    closed_date = fields.Date(
        string="Closed On", compute="_compute_closed_date", store=True
    )
    main_reason_id = fields.Many2one(
        "hr.exit.reason",
        string="Main Stated Reason",
        ondelete="restrict",
        index=True,
        help="As the leaver says it. How HR sees it is noted apart.",
    )
    reason_ids = fields.Many2many(
        "hr.exit.reason",
        "hr_exit_interview_reason_rel",
        "interview_id",
        "reason_id",
        string="Stated Reasons",
    )

    assessed_reason_id = fields.Many2one(
        "hr.exit.reason",
        string="Main Reason as HR Sees It",
        ondelete="restrict",
        groups=OFFICER,
        help="Apart from what the leaver said; never shown as the leaver's words.",
    )
    assessed_reason_ids = fields.Many2many(
        "hr.exit.reason",
        "hr_exit_interview_assessed_rel",
        "interview_id",
        "reason_id",
        string="Reasons as HR Sees Them",
        domain=lambda self: self._get_assessed_domain(),
        groups=OFFICER,
    )
    point_ids = fields.One2many("hr.exit.interview.point", "interview_id")
    summary = fields.Text(help="As read back to the leaver at the end.")
    internal_note = fields.Text(
        help="For HR. The leaver may ask for a copy, so write what may be read."
    )
    share_choice = fields.Selection(
        SHARE_CHOICES,
        string="May the Manager See a Summary",
        default="no",
        required=True,
        help="The leaver's choice. Nothing is shown before the last day.",
    )

    # Its own copy of what it is counted by: the departure loses these in time.
    department_id = fields.Many2one("hr.department", readonly=True, index=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    manager_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        context={"active_test": False},
    )
    departure_type = fields.Selection(get_departure_types, readonly=True)
    tenure_band = fields.Selection(
        [(code, label) for code, label, _months in TENURE_BANDS], readonly=True
    )
    quarter = fields.Char(readonly=True, help="Quarter of the last day: 2026-Q3.")

    @api.depends("state")
    def _compute_closed_date(self):
        today = fields.Date.context_today(self)
        for interview in self:
            is_closed = interview.state == "closed"
            interview.closed_date = is_closed and (interview.closed_date or today)

    @api.depends("departure_id", "is_second", "departure_type")
    def _compute_template_id(self):
        templates = self.env["hr.exit.interview.template"]
        for is_second, interviews in self.grouped("is_second").items():
            # sudo: hr.departure - the guide is chosen by facts the interviewer may not
            # look up
            departures = interviews.departure_id.sudo()
            fitting = templates._get_for_departures(departures, is_second)
            for interview in interviews.filtered(lambda i: i.state in PENDING_STATES):
                interview.template_id = fitting.get(interview.departure_id.sudo())

    @api.depends("departure_id")
    def _compute_display_name(self):
        # sudo: hr.departure - an interviewer knows whose interview it is, not the rest
        for interview in self.sudo():
            interview.display_name = self.env._(
                "Exit interview: %(departure)s",
                departure=interview.departure_id.display_name,
            )

    @api.constrains(
        "interviewer_id", "candidate_ids", "outside_interviewer_id", "departure_id"
    )
    def _check_interviewer(self):
        # sudo: hr.departure - who decided on the dismissal is checked, not shown
        for interview in self.sudo():
            departure = interview.departure_id
            barred = departure._get_barred_users()
            holders = (interview.interviewer_id | interview.candidate_ids) & barred
            outside = interview.outside_interviewer_id & (
                barred.partner_id | departure.employee_id.work_contact_id
            )
            for name in (*holders.mapped("name"), *outside.mapped("name")):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot hold this interview: neither the leaver, the "
                        "direct manager nor who took part in the decision does. "
                        "Choose somebody else.",
                        user=name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        departures = self.env["hr.departure"].browse(
            vals.get("departure_id") for vals in vals_list
        )
        return super().create(
            [
                {**self._prepare_dimensions(departure), **vals}
                for departure, vals in zip(departures, vals_list, strict=True)
            ]
        )

    def write(self, vals):
        if "state" in vals and not self.env.su:
            # First: a refusal names the leaver, which not everybody may read.
            self.check_access("write")
            self._check_transition(vals["state"])
        self._check_interviewer_fields(vals)
        result = super().write(vals)
        self._follow_talk(vals)
        self._follow_state(vals.get("state"))
        return result

    def action_mark_held(self):
        """Mark the conversation as held, today unless a day was filled in."""
        today = fields.Date.context_today(self)
        for held_date, interviews in self.grouped("held_date").items():
            interviews.write({"state": "held", "held_date": held_date or today})

    def action_reopen(self):
        """Take a closed interview back to correct it."""
        self.write({"state": "held"})

    @api.model
    def _get_dimension_sources(self):
        """Return the fields of a departure that an interview copies or derives from.

        :return: set of field names
        """
        return {*COPIED_FIELDS, "service_start_date", "departure_date"}

    @api.model
    def _prepare_dimensions(self, departure):
        """Return the copy of what an interview is counted by, read from its departure.

        :return: dict of values
        """
        values = {
            name: departure._fields[name].convert_to_write(departure[name], departure)
            for name in COPIED_FIELDS
        }
        day = departure.departure_date
        values["quarter"] = get_quarter(day)
        values["tenure_band"] = get_tenure_band(departure.service_start_date, day)
        return values

    def _refresh_dimensions(self):
        """Copy the dimensions again, as long as the interview is not closed."""
        for interview in self.filtered(lambda i: i.state != "closed"):
            interview.write(self._prepare_dimensions(interview.departure_id))

    @api.model
    def _get_interviewer_fields(self):
        """Return what interviewers may write in their own interviews; extend for more.

        :return: set of field names
        """
        return INTERVIEWER_FIELDS | {
            *self.env["mail.thread"]._fields,
            *self.env["mail.activity.mixin"]._fields,
        }

    def _check_is_officer(self):
        """Refuse a step that only HR takes.

        :raises AccessError: not an HR exit officer, or one who may not see it
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Only HR exit officers plan interviews. Ask one of them.")
            )

    def _check_interviewer_fields(self, vals):
        """Refuse what only HR changes.

        :raises AccessError: names the fields
        """
        if self.env.su or self.env.user.has_group(OFFICER):
            return
        refused = vals.keys() - self._get_interviewer_fields()
        if vals.get("state", "held") not in INTERVIEWER_STATES:
            refused.add("state")
        if refused:
            labels = self.fields_get(refused, ["string"])
            raise AccessError(
                self.env._(
                    "Interviewers note what was said. This is for HR: %(fields)s.",
                    fields=", ".join(
                        labels[name]["string"] if name in labels else name
                        for name in sorted(refused)
                    ),
                )
            )

    @api.model
    def _get_assessed_domain(self):
        """Return which reasons HR may choose: all of them, where HR asks.

        Odoo groups by many records without a look at the groups of the field, but it
        does ask for the domain.

        :raises AccessError: for those who may not see the field
        """
        self._check_field_access(self._fields["assessed_reason_ids"], "read")
        return []

    @api.model
    def _get_transitions(self):
        """Return {state: states that may follow}."""
        return TRANSITIONS

    def _check_transition(self, state):
        """Refuse a step that makes no sense from where an interview is.

        :raises UserError: names the interview and both states
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        if state not in [*labels]:
            return  # Odoo itself refuses what is no state
        for interview in self.filtered(lambda i: i.state != state):
            if state not in self._get_transitions()[interview.state]:
                raise UserError(
                    self.env._(
                        "%(interview)s is in state “%(before)s” and cannot become "
                        "“%(after)s”.",
                        interview=interview.display_name,
                        before=labels[interview.state],
                        after=labels.get(state, state),
                    )
                )
