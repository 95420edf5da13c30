from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.settlement import exact, months_paid

# How the calculators call the periods that a monthly wage can be made of.
WAGE_PERIODS = {
    "month": "month",
    "year": "year",
    "12_months": "12m",
    "36_months": "36m",
}


class HrPayComponent(models.Model):
    """Pay beside the contract wage: what the law counts as wage for one purpose and
    not for another (WML 6, BW 7:639, Besluit loonbegrip vergoeding aanzegtermijn en
    transitievergoeding)."""

    _name = "hr.pay.component"
    _description = "Pay Component"
    _order = "employee_id, date_from desc, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    component_type = fields.Selection(
        [
            ("allowance", "Fixed allowance"),
            ("overtime", "Overtime"),
            ("shift", "Shift pay"),
            ("commission", "Commission or piece pay"),
            ("bonus", "Bonus or profit share"),
            ("yearly", "Fixed yearly payment (13th month)"),
            ("holiday_paid", "Holiday allowance already paid"),
            ("holiday_included", "Wage includes holiday allowance"),
            ("holiday_monthly", "Holiday allowance paid monthly on top"),
            ("expense", "Expense allowance (no wage)"),
        ],
        required=True,
        default="allowance",
    )
    amount = fields.Monetary(required=True)
    period = fields.Selection(
        [
            ("month", "A month"),
            ("year", "A year"),
            ("12_months", "In the last 12 months together"),
            ("36_months", "In the last 3 calendar years together"),
            ("once", "Once"),
        ],
        required=True,
        compute="_compute_period",
        store=True,
        readonly=False,
        precompute=True,
        help="What the amount covers. Shorter service shortens the period.",
    )
    date_from = fields.Date(help="First day it is paid for. Empty: from the start.")
    date_to = fields.Date(help="Last day it is paid for. Empty: still paid.")
    counts_for_holiday = fields.Boolean(
        string="Counts for Holiday Allowance",
        compute="_compute_counts",
        store=True,
        readonly=False,
        precompute=True,
        help="Holiday allowance is built up over it.",
    )
    counts_for_leave = fields.Boolean(
        string="Counts for Leave",
        compute="_compute_counts",
        store=True,
        readonly=False,
        precompute=True,
        help="Part of what an hour of leave is worth.",
    )
    counts_for_transition = fields.Boolean(
        string="Counts for Transition Payment",
        compute="_compute_counts",
        store=True,
        readonly=False,
        precompute=True,
        help="Part of the monthly wage that the transition payment is based on.",
    )
    counts_for_notice = fields.Boolean(
        string="Counts for Notice",
        compute="_compute_counts_for_notice",
        store=True,
        readonly=False,
        precompute=True,
        help="Part of the wage in money: notice not observed, wage after death.",
    )
    condition_date = fields.Date(
        string="Only if in Service On",
        help="A yearly payment that is due only to who is in service on this day.",
    )
    last_paid_date = fields.Date(
        help="Until when a yearly payment has been paid. Empty: until the end of last"
        " year."
    )

    @api.depends("component_type")
    def _compute_period(self):
        periods = {
            "overtime": "12_months",
            "shift": "12_months",
            "commission": "12_months",
            "bonus": "36_months",
            "yearly": "year",
            "holiday_paid": "once",
        }
        for component in self:
            component.period = periods.get(component.component_type, "month")

    @api.depends("component_type")
    def _compute_counts(self):
        holiday = ("allowance", "overtime", "shift", "commission")
        paid = ("holiday_paid", "holiday_included", "holiday_monthly", "expense")
        for component in self:
            kind = component.component_type
            component.counts_for_holiday = kind in holiday
            # Pay that belongs to the work counts (CJEU C-539/12 Lock).
            component.counts_for_leave = kind in holiday
            component.counts_for_transition = kind not in paid

    @api.depends("component_type")
    def _compute_counts_for_notice(self):
        """Tell what is fixed in money (BW 7:672 lid 11, 7:674, 7:677).

        Apart from the other counts: these keep what was chosen when this field is new.
        """
        for component in self:
            component.counts_for_notice = component.component_type == "allowance"

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for component in self:
            if (
                component.date_from
                and component.date_to
                and component.date_to < component.date_from
            ):
                raise ValidationError(
                    self.env._(
                        "%(component)s of %(employee)s ends before it starts: correct"
                        " one of the two dates.",
                        component=component.name,
                        employee=component.employee_id.name,
                    )
                )

    @api.constrains("amount", "component_type")
    def _check_amount(self):
        for component in self:
            if component.amount < 0:
                raise ValidationError(
                    self.env._(
                        "%(component)s of %(employee)s is below zero: type what is"
                        " paid as a positive amount.",
                        component=component.name,
                        employee=component.employee_id.name,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if "employee_id" in vals:
            # Odoo looks at rules before a write: nobody moves pay to the own record.
            self.check_access("write")
        return result

    def _is_paid_on(self, day):
        """Tell whether the component is paid for ``day``."""
        self.ensure_one()
        return (not self.date_from or self.date_from <= day) and (
            not self.date_to or self.date_to >= day
        )

    def _prepare_wage_part(self, service_months=None):
        """Return the part of a month's wage that a component is, to be added up.

        :param service_months: shorter service shortens the period it was earned in
        """
        self.ensure_one()
        return {
            "name": self.name,
            "amount": exact(self.amount),
            "months": months_paid(WAGE_PERIODS[self.period], service_months),
        }
