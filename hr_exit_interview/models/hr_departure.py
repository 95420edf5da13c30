from odoo import fields, models

from .hr_departure_reason import DEPARTURE_TYPES, INITIATIVES


class HrDeparture(models.Model):
    _name = "hr.departure"
    _description = "Departure"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "departure_date desc, id desc"
    _check_company_auto = True

    employee_id = fields.Many2one(
        "hr.employee",
        index=True,
        check_company=True,
        ondelete="restrict",
        help="Empty for somebody who was never an employee in this database.",
    )
    employee_name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
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
    )
    departure_reason_id = fields.Many2one(
        "hr.departure.reason",
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    departure_type = fields.Selection(DEPARTURE_TYPES, tracking=True)
    initiative = fields.Selection(INITIATIVES, tracking=True)
    culpable_party = fields.Selection(
        [("none", "Nobody"), ("employee", "Employee"), ("employer", "Employer")],
        string="Seriously Culpable",
        default="none",
        required=True,
        help="Whose seriously culpable conduct ended the employment (BW 7:673).",
    )
    departure_description = fields.Html(sanitize=True)
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
        help="The day on which the employee is archived: the day after the last one.",
    )
    apply_date = fields.Date(
        string="Carried Out On", readonly=True, copy=False, index=True
    )
    is_historical = fields.Boolean(
        readonly=True,
        copy=False,
        help="Taken over from the past: closed, without mail, activity or settlement.",
    )
    is_regretted = fields.Boolean(
        string="Regretted Loss",
        help="The company would have liked this person to stay.",
    )
    is_rehire_eligible = fields.Boolean(string="Eligible for Rehire", default=True)

    # Snapshot at notice: core forgets these when the employee is archived.
    department_id = fields.Many2one("hr.department", index=True, check_company=True)
    job_id = fields.Many2one("hr.job", check_company=True)
    manager_id = fields.Many2one(
        "hr.employee", string="Manager at Notice", index=True, check_company=True
    )
    version_id = fields.Many2one("hr.version", groups="hr.group_hr_user")
    contract_type_id = fields.Many2one("hr.contract.type", groups="hr.group_hr_manager")
    service_start_date = fields.Date(string="First Day in Service")
    contract_start_date = fields.Date(groups="hr.group_hr_manager")
    contract_end_date = fields.Date(
        string="Agreed Contract End",
        groups="hr.group_hr_manager",
        help="The end that a fixed-term contract had before this departure.",
    )
    weekly_hours = fields.Float(string="Hours a Week")
    wage = fields.Monetary(
        string="Monthly Wage", groups="hr.group_hr_manager", aggregator="avg"
    )
    birthday = fields.Date(groups="hr.group_hr_user")
    lang = fields.Char(string="Language of the Leaver")
    subordinate_ids = fields.Many2many(
        "hr.employee",
        "hr_departure_subordinate_rel",
        "departure_id",
        "employee_id",
        string="Reported to the Leaver",
        groups="hr.group_hr_user",
    )
    snapshot_data = fields.Json(
        groups="hr.group_hr_user",
        help="What other apps hold for the leaver, per settlement source, read before "
        "core changes it.",
    )
    wizard_values = fields.Json(
        groups="hr.group_hr_user",
        copy=False,
        help="The choices of core's departure wizard by field name, replayed on the "
        "day itself.",
    )
