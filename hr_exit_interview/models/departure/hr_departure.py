import logging
import time

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from ...lib.coarse import TENURE_BANDS, get_tenure_band
from . import hr_departure_way  # noqa: F401 - inherited here
from .hr_exit_import_name import IMPORT_COMPANY

OPEN_STATES = ("draft", "confirmed")
_logger = logging.getLogger(__name__)
HISTORY_AT_ONCE = 1000


class HrDeparture(models.Model):
    """One departure of one person: who leaves, when, why and in which way.

    Core keeps three fields on the employee's version and wipes them on un-archiving.
    This record stays, so it never reads those fields back. Its steps have files of
    their own: notice, snapshot, carrying out with withdrawing, and the personal link.
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
    is_anonymous = fields.Boolean(
        string="Anonymous",
        readonly=True,
        copy=False,
        help="The period is over: name, person, manager and exact dates are gone. The "
        "last day is the end of its quarter.",
    )
    tenure_band = fields.Selection(
        [(code, label) for code, label, _months in TENURE_BANDS],
        string="Time in Service",
        compute="_compute_tenure_band",
        store=True,
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

    notice_date = fields.Date(
        tracking=True, help="The day on which notice was given or the end agreed."
    )
    departure_date = fields.Date(
        string="Last Day",
        tracking=True,
        index=True,
        help="The last day of the contract.",
    )
    action_date = fields.Date(
        string="To Carry Out On",
        compute="_compute_action_date",
        store=True,
        precompute=True,
        readonly=False,
        help="The day on which the employee is archived, usually the day after the "
        "last one.",
    )
    apply_date = fields.Date(string="Carried Out On", readonly=True, copy=False)
    rehire_date = fields.Date(
        string="Came Back On",
        readonly=True,
        copy=False,
        help="The day on which the employee was taken out of the archive again.",
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

    @api.depends("service_start_date", "departure_date")
    def _compute_tenure_band(self):
        for departure in self.filtered(lambda d: not d.is_anonymous):
            departure.tenure_band = get_tenure_band(
                departure.service_start_date, departure.departure_date
            )

    @api.depends("departure_type", "is_historical")
    def _compute_is_type_missing(self):
        for departure in self:
            departure.is_type_missing = not (
                departure.departure_type or departure.is_historical
            )

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

    @api.depends("departure_date")
    def _compute_action_date(self):
        for departure in self:
            departure.action_date = departure.departure_date and fields.Date.add(
                departure.departure_date, days=departure.company_id.exit_carry_out_days
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

    @api.constrains("departure_date", "service_start_date", "contract_start_date")
    def _check_departure_date(self):
        # sudo: hr.departure - the start of the contract is for HR managers, the check
        # is for everybody
        for departure in self.sudo().filtered("departure_date"):
            starts = [departure.service_start_date, departure.contract_start_date]
            start = max(filter(None, starts), default=None)
            if start and departure.departure_date < start:
                raise ValidationError(
                    self.env._(
                        "%(employee)s was in service from %(start)s, so the last day "
                        "cannot be %(day)s. Correct the last day or the start.",
                        employee=departure.employee_name,
                        start=format_date(self.env, start),
                        day=format_date(self.env, departure.departure_date),
                    )
                )

    @api.constrains("departure_date", "notice_date")
    def _check_notice_date(self):
        for departure in self.filtered(lambda d: d.departure_date and d.notice_date):
            # A summary dismissal ends the contract on the day itself.
            if departure.notice_date > departure.departure_date:
                raise ValidationError(
                    self.env._(
                        "The notice of %(employee)s is dated %(notice)s, after the "
                        "last day %(day)s. Correct one of them.",
                        employee=departure.employee_name,
                        notice=format_date(self.env, departure.notice_date),
                        day=format_date(self.env, departure.departure_date),
                    )
                )

    @api.constrains("departure_date", "action_date")
    def _check_action_date(self):
        for departure in self.filtered(lambda d: d.departure_date and d.action_date):
            if departure.action_date < departure.departure_date:
                raise ValidationError(
                    self.env._(
                        "%(employee)s works until %(day)s: carry out the departure on "
                        "that day or later.",
                        employee=departure.employee_name,
                        day=format_date(self.env, departure.departure_date),
                    )
                )

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

    @api.model
    def load(self, fields, data):
        """Import as Odoo does, finding archived managers, units and reasons too.

        Units, jobs and managers are those of the company that the file is about: two
        companies may have a unit of the same name.
        """
        company = self._get_import_company(fields, data)
        past = self.with_context(active_test=False, **{IMPORT_COMPANY: company.id})
        return super(HrDeparture, past).load(fields, data)

    def action_confirm(self):
        """Confirm registered departures: they are carried out on their day.

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
        self._on_step("confirmed")

    def action_open_employee(self):
        """Open the employee, archived or not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.employee",
            "res_id": self.employee_id.id,
            "views": [(False, "form")],
        }

    def _on_step(self, step):
        """Let other subjects follow a step of these departures; extend it.

        The departure itself knows nobody who follows it: settlement and interview do.

        :param step: ``confirmed``; ``carried_out``, called while what core's wizard is
            about to cut is still there; or ``withdrawn``, once things were put back
        """

    def _get_missing_names(self):
        """Return the labels of what a departure needs before it can be confirmed.

        :return: list of translated labels, empty when it is complete
        """
        self.ensure_one()
        names = ["employee_id", "departure_date", "departure_reason_id"]
        labels = self.fields_get(names, ["string"])
        return [labels[name]["string"] for name in names if not self[name]]

    def _prepare_historical_values(self, vals):
        """Return what makes ``vals`` a departure of the past, or nothing.

        Historical is anyone never an employee here, and anyone imported with a
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

    @api.model
    def _create_historical(self):
        """Make a historical departure for archived employees that have none.

        Safe to run again. In batches, without mail, activity or settlement. Those of
        long ago are taken over the first time only: without a name nobody can tell
        which are there already.
        """
        started = time.monotonic()
        is_again = bool(self.search_count([("is_anonymous", "=", True)], limit=1))
        employees = self.env["hr.employee"].search(
            Domain("active", "=", False) & Domain("departure_ids", "=", False)
        )
        quiet = self.with_context(
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_activity_automation_skip=True,
        )
        for ids in split_every(HISTORY_AT_ONCE, employees.ids):
            batch = employees.browse(ids)
            vals_list = quiet._prepare_historical(batch)
            if is_again:
                vals_list = quiet._drop_anonymous(vals_list)
            quiet.create(vals_list)
            self.env.flush_all()
            self.env.invalidate_all()
        _logger.info(
            "Made %s historical departures in %.1f s",
            len(employees),
            time.monotonic() - started,
        )

    @api.model
    def _drop_anonymous(self, vals_list):
        """Leave out departures that would be taken over without a name."""
        companies = self.env["res.company"]
        today = fields.Date.context_today(self)
        return [
            vals
            for vals in vals_list
            if not companies.browse(vals["company_id"])._is_exit_code_over(
                fields.Date.to_date(vals["departure_date"]), today
            )
        ]

    @api.model
    def _prepare_historical(self, employees):
        """Return the values of the historical departure of each archived employee."""
        versions = (
            self.env["hr.version"]
            .with_context(active_test=False)
            .search([("employee_id", "in", employees.ids)], order="date_version, id")
            .grouped("employee_id")
        )
        return [
            self._prepare_historical_departure(employee, versions.get(employee))
            for employee in employees
        ]

    @api.model
    def _prepare_historical_departure(self, employee, versions):
        """Return the values of one past departure.

        A new version drops core's fields, so look behind it.
        """
        told = versions.filtered(lambda v: v.departure_date or v.departure_reason_id)
        version = (told or versions)[-1:]
        return {
            "is_historical": True,
            "employee_id": employee.id,
            "company_id": employee.company_id.id,
            "departure_reason_id": version.departure_reason_id.id,
            "departure_description": version.departure_description,
            "departure_date": version.departure_date or version.contract_date_end,
            "apply_date": version.departure_date,
        }

    @api.model
    def _get_import_company(self, fields, data):
        """Return the one company of the rows; none when they name several, or by id."""
        if not any(name.startswith("company_id") for name in fields):
            return self.env.company
        names = set()
        if "company_id" in fields:
            at = fields.index("company_id")
            names = {row[at] for row in data} - {""}
        companies = self.env["res.company"].search([("name", "in", [*names])])
        return companies if len(names) == len(companies) == 1 else companies.browse()
