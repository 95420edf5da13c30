from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

OPEN_STATES = ("draft", "confirmed")


class HrDeparture(models.Model):
    """One departure of one person: who leaves, when, why and in which way.

    Core keeps three fields on the employee's version and wipes them on un-archiving.
    This record stays, so it never reads those fields back. What it does is spread
    over files by subject: snapshot, notice, carry out and withdraw.
    """

    _name = "hr.departure"
    _description = "Departure"
    _inherit = ["hr.departure.way", "mail.thread", "mail.activity.mixin"]
    _order = "departure_date desc, id desc"
    _rec_names_search = ["employee_name"]
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="Empty for somebody who was never an employee in this database. Such a "
        "departure is historical: closed from the start.",
    )
    employee_avatar = fields.Image(related="employee_id.avatar_128", string="Photo")
    employee_name = fields.Char(
        compute="_compute_employee_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Registered"),
            ("confirmed", "Confirmed"),
            ("done", "Left"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        tracking=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    departure_reason_id = fields.Many2one(
        index=True,
        tracking=True,
        help="The registered way of leaving. What the leaver says about the reasons "
        "belongs in the exit interview.",
    )
    departure_type = fields.Selection(tracking=True)
    initiative = fields.Selection(tracking=True)
    is_type_missing = fields.Boolean(compute="_compute_is_type_missing")
    culpable_party = fields.Selection(
        [("none", "Nobody"), ("employee", "Employee"), ("employer", "Employer")],
        string="Seriously Culpable",
        default="none",
        required=True,
        help="Whose seriously culpable conduct ended the employment (BW 7:673).",
    )
    is_historical = fields.Boolean(
        string="Historical",
        readonly=True,
        copy=False,
        help="Taken over from the past: closed, without mail, activity or settlement.",
    )
    is_regretted = fields.Boolean(
        string="Regretted Loss",
        help="The company would have liked this person to stay.",
    )
    is_rehire_eligible = fields.Boolean(
        string="Eligible for Rehire",
        default=True,
        help="Whether the company would take this person back. The leaver may ask.",
    )
    decision_user_ids = fields.Many2many(
        "res.users",
        "hr_departure_decision_user_rel",
        "departure_id",
        "user_id",
        string="Took Part in the Decision",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who took part in the decision to dismiss never holds the interview.",
    )
    agreement_ids = fields.One2many("hr.departure.agreement", "departure_id")
    interview_ids = fields.One2many("hr.exit.interview", "departure_id")
    interview_count = fields.Integer(compute="_compute_interview_count")

    # Snapshot at notice: core forgets these when the employee is archived.
    department_id = fields.Many2one(
        "hr.department",
        index=True,
        check_company=True,
    )
    job_id = fields.Many2one(
        "hr.job",
        check_company=True,
    )
    # No check_company: an employee's manager may be in another company.
    manager_id = fields.Many2one(
        "hr.employee",
        string="Manager at Notice",
        index=True,
        context={"active_test": False},
    )
    version_id = fields.Many2one(
        "hr.version",
        groups="hr.group_hr_user",
    )
    contract_type_id = fields.Many2one(
        "hr.contract.type",
        groups="hr.group_hr_manager",
    )
    service_start_date = fields.Date(
        string="First Day in Service",
        help="Start of the first contract. Contracts that follow within six months "
        "count as one service.",
    )
    contract_start_date = fields.Date(
        groups="hr.group_hr_manager",
    )
    contract_end_date = fields.Date(
        string="Agreed Contract End",
        groups="hr.group_hr_manager",
        help="The end that a fixed-term contract had before this departure.",
    )
    weekly_hours = fields.Float(
        string="Hours a Week",
        aggregator="avg",
    )
    wage = fields.Monetary(
        string="Monthly Wage",
        groups="hr.group_hr_manager",
        aggregator="avg",
    )
    birthday = fields.Date(
        groups="hr.group_hr_user",
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language of the Leaver",
        help="The language that mails and papers for the leaver are in.",
    )
    subordinate_ids = fields.Many2many(
        "hr.employee",
        "hr_departure_subordinate_rel",
        "departure_id",
        "employee_id",
        string="Reported to the Leaver",
        groups="hr.group_hr_user",
    )

    _one_open_per_employee = models.UniqueIndex(
        "(employee_id) WHERE state IN ('draft', 'confirmed')",
        "This employee already has an open departure: complete or withdraw that one.",
    )

    @api.depends("employee_id")
    def _compute_employee_name(self):
        for departure in self.filtered("employee_id"):
            departure.employee_name = departure.employee_id.name

    @api.depends("employee_id")
    def _compute_company_id(self):
        for departure in self:
            departure.company_id = (
                departure.employee_id.company_id
                or departure.company_id
                or self.env.company
            )

    @api.depends("departure_type", "is_historical")
    def _compute_is_type_missing(self):
        for departure in self:
            departure.is_type_missing = not (
                departure.departure_type or departure.is_historical
            )

    @api.depends("interview_ids")
    def _compute_interview_count(self):
        counts = dict(
            self.env["hr.exit.interview"]._read_group(
                Domain("departure_id", "in", self.ids), ["departure_id"], ["__count"]
            )
        )
        for departure in self:
            departure.interview_count = counts.get(departure, 0)

    @api.depends("employee_name", "departure_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for departure in self:
            # The saved day: a name that changes while the day is typed leaves the
            # date field of the web client blank.
            day = format_date(self.env, departure._origin.departure_date)
            departure.display_name = ", ".join(
                filter(None, [departure.employee_name, day])
            )

    @api.constrains("state", "employee_id", "departure_date", "departure_reason_id")
    def _check_complete(self):
        for departure in self.filtered(lambda d: d.state == "confirmed"):
            missing = departure._get_missing_names()
            if missing:
                raise ValidationError(
                    self.env._(
                        "The departure of %(employee)s is not complete. Fill in: "
                        "%(fields)s.",
                        employee=departure.employee_name,
                        fields=", ".join(missing),
                    )
                )

    @api.onchange("employee_id")
    def _onchange_employee_id(self):
        # sudo: hr.departure - a new record, of which the client gets only the fields
        # that the user may see
        for departure, values in self._snapshot_values().items():
            departure.sudo().update(values)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [
            {**vals, **self._prepare_historical_values(vals)} for vals in vals_list
        ]
        restricted_list = self._add_snapshots(vals_list)
        departures = super().create(vals_list)
        for departure, restricted in zip(departures, restricted_list, strict=True):
            if restricted:
                # sudo: hr.departure - frozen for the settlement, also when whoever
                # registers may not see wage and contract
                departure.sudo().write(restricted)
        return departures

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            # The unique index must know before another departure is inserted.
            self.flush_recordset(["state"])
        if self.env["hr.exit.interview"]._get_dimension_sources() & vals.keys():
            # sudo: hr.exit.interview - who edits a departure need not see its interview
            self.sudo().interview_ids._refresh_dimensions()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        for departure in self:
            if departure.state != "draft" and not departure.is_historical:
                raise UserError(
                    self.env._(
                        "The departure of %(employee)s is part of the history. "
                        "Withdraw it instead of deleting it.",
                        employee=departure.employee_name,
                    )
                )

    def action_confirm(self):
        """Confirm registered departures: they are carried out on their day.

        Makes the settlement, so that payroll can go ahead.

        :raises UserError: for a departure that is not in state Registered
        :raises ValidationError: when employee, last day or reason is missing
        """
        for departure in self:
            if departure.state != "draft":
                raise UserError(
                    self.env._(
                        "The departure of %(employee)s is already beyond Registered.",
                        employee=departure.employee_name,
                    )
                )
        self.write({"state": "confirmed"})
        # sudo: hr.settlement - made for payroll, whom the officer need not be
        self.env["hr.settlement"].sudo()._create_for_departures(self)

    def action_open_interviews(self):
        """Open the exit interview, or all of them when there are several."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview.hr_exit_interview_action"
        )
        action["domain"] = [("departure_id", "=", self.id)]
        action["context"] = {"default_departure_id": self.id}
        if len(self.interview_ids) == 1:
            action |= {"views": [(False, "form")], "res_id": self.interview_ids.id}
        return action

    def action_open_employee(self):
        """Open the employee, archived or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.employee",
            "res_id": self.employee_id.id,
            "views": [(False, "form")],
        }

    def _get_missing_names(self):
        """The labels of what a departure needs before it can be confirmed.

        :return: list of translated labels, empty when it is complete
        """
        self.ensure_one()
        names = ["employee_id", "departure_date", "departure_reason_id"]
        labels = self.fields_get(names, ["string"])
        return [labels[name]["string"] for name in names if not self[name]]

    def _prepare_historical_values(self, vals):
        """What makes ``vals`` a departure of the past, or nothing.

        Historical is who was never an employee here, and whoever is imported with a
        last day before today or without one.

        :return: dict of values to add
        """
        if not vals.get("is_historical", self._is_past_leaver(vals)):
            return {}
        return {"is_historical": True, "state": "done"}

    def _is_past_leaver(self, vals):
        employee_id = vals.get(
            "employee_id", self.env.context.get("default_employee_id")
        )
        if not employee_id:
            return True
        day = fields.Date.to_date(vals.get("departure_date"))
        is_import = "_import_current_module" in self.env.context  # set by load()
        return is_import and (not day or day < fields.Date.context_today(self))
