from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, ormcache

from ...lib.settlement import Rate, to_decimal
from . import hr_settlement_cached  # noqa: F401 - inherited here

OPTIONAL_NUMBERS = (
    "percent",
    "divisor",
    "unit_divisor",
    "cap_amount",
    "cap_months",
    "cap_years",
    "unit_cap",
    "floor_months",
    "min_months",
    "employee_notice_months",
)


class HrSettlementRate(models.Model):
    _name = "hr.settlement.rate"
    _inherit = ["hr.settlement.cached"]
    _description = "Dated Numbers of a Settlement Rule"
    _order = "rule_id, date_from desc, id desc"

    rule_id = fields.Many2one(
        "hr.settlement.rule", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True)
    date_from = fields.Date(help="First day of the contract's end. Empty: always.")
    date_to = fields.Date(help="Last day of the contract's end. Empty: until further.")
    percent = fields.Float(digits=(16, 6))
    basis = fields.Selection(
        [
            ("calendar_days", "Calendar days"),
            ("working_days", "Working days"),
            ("schedule_hours", "Hours of the own schedule"),
            ("fixed_30", "Months of 30 days"),
            ("fixed_21_67", "Months of 21.67 working days"),
            ("days_365", "Days of a year"),
            ("months", "Months"),
            ("full_months", "Full months"),
            ("days", "Days"),
        ],
        help="How a part of a month or year is measured.",
    )
    part_rounding = fields.Selection(
        [
            ("official", "Months and days of the last month"),
            ("per_1095", "1/36 a month and 1/1095 a day"),
            ("full_months", "Full months only"),
            ("full_years", "Full years only"),
            ("half_year_up", "More than six months count as a year"),
            ("half_day_up", "Half days up"),
        ],
        help="What happens to a part of a year of service.",
    )
    window_start_month = fields.Integer(
        help="Month (1-12) in which the yearly build-up starts."
    )
    payment_month = fields.Integer(
        help="Month (1-12) with whose wage a year's holiday allowance is paid, where"
        " the company says nothing else. 0: only what is recorded counts as paid."
    )
    divisor = fields.Float(
        digits=(16, 6), help="Hours in a month. Empty: 52 weeks / 12 months."
    )
    uplift_percent = fields.Float(
        digits=(16, 6), help="Added to the value, for instance holiday allowance."
    )
    unit = fields.Selection(
        [("month", "Month's wage"), ("week", "Week's wage"), ("day", "Day's wage")],
        default="month",
        required=True,
        help="What one unit per year of service is worth.",
    )
    unit_divisor = fields.Float(
        digits=(16, 6), help="Days in a month where the unit is a day."
    )
    cap_amount = fields.Float(digits=(16, 2), help="0: no such limit.")
    cap_months = fields.Float(help="At most this many months' wage. 0: no limit.")
    cap_years = fields.Float(help="Years of service that count at most. 0: all.")
    unit_cap = fields.Float(
        digits=(16, 2),
        help="Limit of the wage for one unit (a week's pay, a month's base). 0: none.",
    )
    higher_of_caps = fields.Boolean(
        string="Higher Limit Counts",
        help="With both an amount and months as limit, the higher one counts.",
    )
    floor_months = fields.Float(help="At least this many months' wage. 0: no floor.")
    min_months = fields.Float(help="Months of service needed before anything is due.")
    max_gap_months = fields.Integer(
        string="Gap between Contracts",
        default=6,
        help="Contracts at most this many months apart count together.",
    )
    retirement_age = fields.Integer(
        string="State Pension Age",
        help="In years, for those who reach it in this period.",
    )
    retirement_age_months = fields.Integer(
        string="and Months", help="Months above the years of the state pension age."
    )
    employee_notice_months = fields.Float(
        help="Months of notice an employee owes; the employer's are in the tiers."
    )
    accrual_basis = fields.Selection(
        [("months", "By months"), ("days", "By days")],
        string="Leave of a Part of a Year",
        help="How leave given for a year counts when only a part is served. Empty: in"
        " full.",
    )
    statutory_lapse_months = fields.Integer(
        help="Months after the calendar year in which statutory leave lapses. 0: the"
        " end of the allocation counts."
    )
    extra_lapse_years = fields.Integer(
        help="Years after the calendar year in which leave above the statutory minimum"
        " lapses. 0: the end of the allocation counts."
    )
    note = fields.Char(help="Where the numbers come from.")
    tier_ids = fields.One2many("hr.settlement.rate.tier", "rate_id", copy=True)

    @api.constrains("date_from", "date_to")
    def _check_order(self):
        for rate in self.filtered(lambda rate: rate.date_from and rate.date_to):
            if rate.date_to < rate.date_from:
                raise ValidationError(
                    self.env._(
                        "A rate of rule %(rule)s ends before it starts: correct one of"
                        " the two dates.",
                        rule=rate.rule_id.name,
                    )
                )

    @api.constrains("rule_id", "date_from", "date_to")
    def _check_dates(self):
        for rate in self:
            for other in rate.rule_id.rate_ids - rate:
                if rate._is_overlapping(other):
                    raise ValidationError(
                        self.env._(
                            "Two rates of rule %(rule)s are in force on the same day:"
                            " end the earlier one the day before the later starts.",
                            rule=rate.rule_id.name,
                        )
                    )

    @api.constrains("window_start_month", "payment_month")
    def _check_window_start_month(self):
        if any(not 0 <= rate.window_start_month <= 12 for rate in self):
            raise ValidationError(
                self.env._("The starting month is a number from 1 to 12.")
            )
        if any(not 0 <= rate.payment_month <= 12 for rate in self):
            raise ValidationError(
                self.env._("The month of payment is a number from 1 to 12.")
            )

    @api.depends("rule_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        """The rule and the year, or the days when they are not a year."""
        for rate in self:
            rate.display_name = f"{rate.rule_id.name or ''} {rate._get_period()}"

    def _get_period(self):
        """Return the days of the rate in words, a calendar year as its number."""
        start, end = self.date_from, self.date_to
        if start and (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)):
            return str(start.year)
        if not start and not end:
            return ""
        return f"{format_date(self.env, start)} – {format_date(self.env, end)}"

    def _is_overlapping(self, other):
        first, last = (
            fields.Date.to_date("1900-01-01"),
            fields.Date.to_date("9999-12-31"),
        )
        return (self.date_from or first) <= (other.date_to or last) and (
            other.date_from or first
        ) <= (self.date_to or last)

    def action_copy_next_year(self):
        """Open the rate of the year after this one, a copy where there is none yet.

        A rate without an end gets one: the copy goes on from the next day.
        """
        self.ensure_one()
        if not self.date_from:
            raise UserError(
                self.env._(
                    "This rate is always in force: fill in its first day to add one for"
                    " the next year."
                )
            )
        start = self._get_next_start()
        following = self.rule_id.rate_ids.filtered(lambda r: r.date_from == start)
        if not following:
            end = self.date_to and start + relativedelta(years=1, days=-1)
            self.date_to = start - relativedelta(days=1)
            following = self.copy({"date_from": start, "date_to": end})
        return {
            "type": "ir.actions.act_window",
            "name": following.display_name,
            "res_model": self._name,
            "res_id": following.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _get_next_start(self):
        """Return the day after the end, a year of the start in which today lies."""
        if self.date_to:
            return self.date_to + relativedelta(days=1)
        today = fields.Date.context_today(self)
        years = max(relativedelta(today, self.date_from).years, 0) + 1
        return self.date_from + relativedelta(years=years)

    def _to_rate(self, rounding=None):
        """Return the plain numbers for the calculators.

        :param Decimal rounding: smallest unit of the settlement's currency
        """
        self.ensure_one()
        return self._get_rate(rounding) if self.id else self._prepare_rate(rounding)

    @ormcache("self.id", "rounding")
    def _get_rate(self, rounding):
        return self._prepare_rate(rounding)

    def _prepare_rate(self, rounding):
        values = {
            name: to_decimal(self[name]) for name in OPTIONAL_NUMBERS if self[name]
        }
        if rounding:
            values["rounding"] = rounding
        return Rate(
            basis=self.basis or None,
            part_rounding=self.part_rounding or None,
            window_start_month=self.window_start_month or None,
            uplift_percent=to_decimal(self.uplift_percent),
            unit=self.unit,
            higher_of_caps=self.higher_of_caps,
            tiers=tuple(tier._to_tier() for tier in self.tier_ids),
            **values,
        )
