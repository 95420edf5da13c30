from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.settlement.notice import notice_end, notice_months
from . import hr_departure  # noqa: F401 - extended here

# What the legal term follows from.
NOTICE_FIELDS = (
    "departure_type",
    "initiative",
    "notice_date",
    "service_start_date",
    "is_retirement_age_reached",
)
DAYS_OF_UNIT = {"week": 7, "day": 1}


class HrDeparture(models.Model):
    """The term of notice: by the scheme of the company, or as agreed."""

    _inherit = "hr.departure"

    notice_months = fields.Integer(
        string="Term of Notice",
        compute="_compute_notice_months",
        store=True,
        readonly=False,
        help="In months: by the scheme of the company, for whoever takes the "
        "initiative. Change it when another term was agreed.",
    )
    notice_days = fields.Integer(
        string="Days of Notice",
        compute="_compute_notice_days",
        store=True,
        readonly=False,
        help="Days of the term of notice beside the months; a week is seven.",
    )
    is_notice_to_month_end = fields.Boolean(
        string="Notice Ends with a Month",
        compute="_compute_is_notice_to_month_end",
        store=True,
        readonly=False,
        help="The term of notice runs on to the end of a month. Change it when "
        "another day was agreed.",
    )
    procedure_days = fields.Integer(
        string="Days of Procedure",
        help="Days that the permission to dismiss took (UWV). They shorten the term, "
        "not below one month (BW 7:672 lid 6).",
    )
    is_retirement_age_reached = fields.Boolean(
        string="State Pension Age Reached",
        compute="_compute_is_retirement_age_reached",
        store=True,
        readonly=False,
        help="On the last day, by the birthday and the ages in the scheme; change it"
        " where another age counts. Then the employer's term is one month (BW 7:672 lid"
        " 3) and no transition payment is due (7:673 lid 7).",
    )
    regular_end_date = fields.Date(
        string="Regular End",
        compute="_compute_regular_end_date",
        store=True,
        help="The last day when the term of notice is observed.",
    )
    is_notice_short = fields.Boolean(compute="_compute_is_notice_short")

    @api.depends("departure_type", "departure_date", "birthday")
    def _compute_is_retirement_age_reached(self):
        dates = self._get_retirement_dates()
        for departure in self:
            day, last_day = dates.get(departure), departure.departure_date
            departure.is_retirement_age_reached = (
                departure.departure_type == "retirement"
                or bool(day and last_day and day <= last_day)
            )

    @api.depends(*NOTICE_FIELDS)
    def _compute_notice_months(self):
        for departure, (months, _days) in self._get_legal_terms().items():
            departure.notice_months = months

    @api.depends(*NOTICE_FIELDS)
    def _compute_notice_days(self):
        for departure, (_months, days) in self._get_legal_terms().items():
            departure.notice_days = days

    @api.depends("notice_date", "company_id")
    def _compute_is_notice_to_month_end(self):
        rates = self.filtered("notice_date")._get_notice_rates()
        for departure in self:
            rate = rates.get(departure)
            departure.is_notice_to_month_end = not rate or rate.is_notice_to_month_end

    @api.depends(
        "departure_type",
        "initiative",
        "notice_date",
        "notice_months",
        "notice_days",
        "is_notice_to_month_end",
        "procedure_days",
    )
    def _compute_regular_end_date(self):
        for departure in self:
            is_employer = departure.initiative == "employer"
            has_term = departure.notice_months or departure.notice_days
            departure.regular_end_date = bool(
                departure._has_notice() and has_term
            ) and notice_end(
                departure.notice_date,
                departure.notice_months,
                departure.procedure_days if is_employer else 0,
                at_month_end=departure.is_notice_to_month_end,
                days=departure.notice_days,
            )

    @api.depends("departure_date", "regular_end_date")
    def _compute_is_notice_short(self):
        for departure in self:
            departure.is_notice_short = bool(
                departure.departure_date
                and departure.regular_end_date
                and departure.departure_date < departure.regular_end_date
            )

    @api.constrains("notice_months", "notice_days", "procedure_days")
    def _check_notice_term(self):
        names = ("notice_months", "notice_days", "procedure_days")
        for departure in self:
            if any(departure[name] < 0 for name in names):
                raise ValidationError(
                    self.env._(
                        "%(employee)s: the term of notice and the days of procedure "
                        "cannot be negative.",
                        employee=departure.employee_name,
                    )
                )

    def _has_notice(self):
        """Tell whether a term of notice applies: somebody gave notice.

        A fixed term that runs out needs none, nor does what both agree on.
        """
        self.ensure_one()
        return bool(
            self.notice_date
            and self.initiative in ("employee", "employer")
            and self.departure_type != "fixed_term"
        )

    def _get_notice_rates(self):
        """Return {departure: Rate} that says the terms of notice; extend it.

        In force on the day of notice. A departure that is left out has no term.
        """
        return {}

    def _get_legal_terms(self):
        """Return {departure: (months, days)} of notice; none where nobody gave it."""
        noticed = self.filtered(lambda departure: departure._has_notice())
        rates = noticed._get_notice_rates()
        dates = noticed._get_retirement_dates()
        return dict.fromkeys(self, (0, 0)) | {
            departure: departure._get_legal_term(rates[departure], dates.get(departure))
            for departure in noticed
            if departure in rates
        }

    def _get_retirement_dates(self):
        """Return {departure: first day at the state pension age}; extend it.

        Who is left out has none that is known.
        """
        return {}

    def _get_legal_term(self, rate, retirement_date):
        """Return (months, days) by the scheme's rate on the day of notice.

        :param rate: ``settlement.rate.Rate`` of the rule ``notice_gap``
        :param retirement_date: first day at the state pension age, or None: when it
            comes between notice and last day it does not shorten the term
        """
        self.ensure_one()
        if self.initiative == "employee":
            days = rate.employee_notice_days
            return int(rate.employee_notice_months or 0), int(days or 0)
        last_day = self.departure_date or date.max
        is_later = retirement_date and self.notice_date < retirement_date <= last_day
        is_in_months = rate.notice_unit == "month"
        units = notice_months(
            rate.tiers,
            self.service_start_date or None,
            self.notice_date,
            # BW 7:672 lid 3 speaks of a month.
            self.is_retirement_age_reached and is_in_months and not is_later,
        )
        days = (units or 0) * DAYS_OF_UNIT.get(rate.notice_unit, 0)
        return (units or 0) if is_in_months else 0, days
