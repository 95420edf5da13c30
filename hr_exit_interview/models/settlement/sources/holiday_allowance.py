from datetime import date
from fractions import Fraction
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import (
    MONDAY_TO_FRIDAY,
    ONE_DAY,
    exact,
    month_slices,
    service_of,
    without,
    working_days,
)
from .. import hr_settlement_source  # noqa: F401 - inherited here

# Wage that has the allowance in or beside it, and what a line says of it.
PAID_WITH_WAGE = {
    "holiday_included": ("is_all_in", "all_in"),
    "holiday_monthly": ("is_paid_monthly", "paid_monthly"),
}


class Payment(NamedTuple):
    """An allowance that was paid, entered by its day or by the time it covers."""

    first: date | None
    last: date | None
    amount: Fraction

    @property
    def is_period(self):
        """Tell whether the dates are what it covers: more than the month of a wage."""
        return bool(self.first and self.last and self.last - self.first > 31 * ONE_DAY)

    @property
    def day(self):
        """The day of payment, the end of what it covers, None when neither is known."""
        return self.last or self.first


class Window(NamedTuple):
    """The time over which an allowance is owed."""

    start: date
    # Where a new build-up year began, and when the one before it is paid.
    year_start: date
    paid_with: date | None


class HrSettlementSourceHolidayAllowance(models.AbstractModel):
    _name = "hr.settlement.source.holiday_allowance"
    _inherit = "hr.settlement.source"
    _description = "Holiday allowance built up"

    @api.model
    def _collect(self, rule, departures):
        """Holiday allowance built up since it was last paid (WML 15, 16, 17)."""
        components = self._get_components(
            departures,
            Domain("counts_for_holiday", "=", True)
            | Domain("component_type", "in", ("holiday_paid", *PAID_WITH_WAGE)),
        )
        return self._collect_one(
            rule,
            departures,
            self._get_versions(departures),
            components,
            self._get_unpaid_leave(departures),
            self._get_earlier(departures),
            self._get_payments(departures, components),
        )

    @api.model
    def _get_item(
        self, rule, departure, versions, components, unpaid, earlier, payments
    ):
        last_day = departure._get_last_day()
        in_wage = components.filtered(
            lambda c: c.component_type in PAID_WITH_WAGE and c._is_paid_on(last_day)
        )
        if any(not component.date_from for component in in_wage):
            return {PAID_WITH_WAGE[in_wage[:1].component_type][0]: True}
        rate = rule._get_rate(last_day)
        missing = self._get_contract_gaps(versions, last_day)
        if not rate or not rate.window_start_month:
            missing.append("rate")
        if missing:
            return {"missing": missing}
        window = self._get_window(rule, rate, departure, payments)
        start, notes = self._get_build_up(versions, window.start, last_day, earlier)
        periods = self._get_periods(components, start, last_day)
        if not periods and in_wage:
            return {PAID_WITH_WAGE[in_wage[:1].component_type][0]: True}
        return {
            **self._get_base(rate, versions, components, unpaid, periods),
            **self._get_paid(window, payments, start, last_day),
            "contract_start": self._get_contract_start(versions),
            "window_start": start,
            "notes": notes
            + [PAID_WITH_WAGE[component.component_type][1] for component in in_wage],
        }

    @api.model
    def _get_periods(self, components, start, last_day):
        """Return the time less that for which the allowance was part of the pay."""
        periods = [(start, last_day)] if start <= last_day else []
        for component in components:
            if component.component_type in PAID_WITH_WAGE:
                periods = without(
                    periods,
                    component.date_from or start,
                    component.date_to or last_day,
                )
        return periods

    @api.model
    def _get_window(self, rule, rate, departure, payments):
        """Return from when on the allowance is owed.

        A build-up year (from 1 June, WML 17 lid 1) is paid with the wage of a month
        that the company says; whoever leaves before the end of that month is still
        owed the whole year before. What was recorded as paid for a time is paid.
        """
        last_day = departure._get_last_day()
        year_start = date(last_day.year, rate.window_start_month, 1)
        if year_start > last_day:
            year_start -= relativedelta(years=1)
        paid_with = self._get_payment_day(rule, departure, year_start)
        start = year_start
        if paid_with and paid_with >= last_day:
            start -= relativedelta(years=1)
        for payment in sorted(filter(lambda p: p.is_period, payments)):
            if payment.first <= start <= payment.last < last_day:
                start = payment.last + ONE_DAY
        return Window(start, year_start, paid_with)

    @api.model
    def _get_payment_day(self, rule, departure, year_start):
        """Return the last day on which the year that ended is paid, None if never."""
        month = int(departure.company_id.holiday_payment_month or 0)
        month = month or rule._get_rate_record(departure._get_last_day()).payment_month
        if not month:
            return None
        year_end = year_start - ONE_DAY
        paid = year_end + relativedelta(month=month, day=31)
        return paid if paid >= year_end else paid + relativedelta(years=1, day=31)

    @api.model
    def _get_payments(self, departures, components):
        """Return {departure: [Payment]} as recorded."""
        return {
            departure: [
                Payment(
                    component.date_from or None,
                    component.date_to or None,
                    exact(component.amount),
                )
                for component in components[departure]
                if component.component_type == "holiday_paid"
            ]
            for departure in departures
        }

    @api.model
    def _get_paid(self, window, payments, start, last_day):
        """Return what was paid of what is owed, and how the year before counts.

        What was paid from the end of a year to the month of its payment was for that
        year once that month is over.
        """
        paid_with = window.paid_with or date.min
        is_over = paid_with < last_day
        counted, is_recorded = [], False
        for payment in payments:
            if not payment.day or (payment.is_period and payment.day >= start):
                counted.append(payment)
            elif payment.day < start or (is_over and payment.day <= paid_with):
                is_recorded |= payment.day > paid_with - relativedelta(years=1)
            elif payment.day <= max(last_day, paid_with):
                counted.append(payment)
        result = {
            "already_paid": sum((p.amount for p in counted), Fraction(0)),
            "payments": [(p.first, p.last, p.amount) for p in counted],
        }
        if window.paid_with and not is_recorded:
            if start == window.year_start:
                result["taken_as_paid"] = window.paid_with
            elif start < window.year_start and not counted:
                result["due_with"] = window.paid_with
        return result

    @api.model
    def _get_base(self, rate, versions, components, unpaid, periods):
        monthly = [
            c for c in components if c.period == "month" and c.counts_for_holiday
        ]
        earned = []
        for period in periods:
            for version, date_from, date_to in self._get_segments(versions, *period):
                wage = exact(self._get_wage(version))
                if wage is None:
                    return {"missing": ["wage"]}
                weekdays = self._get_weekdays(version) or MONDAY_TO_FRIDAY
                for month in month_slices(date_from, date_to):
                    counter = self._get_counter(rate, weekdays, unpaid, month)
                    earned.append(self._get_row(wage, monthly, month, counter))
        earned += self._get_variable_pay(components, periods)
        return {
            "base_by_month": [
                (row["first"], row["amount"], row["share"]) for row in earned
            ],
            "base": None if earned else Fraction(0),
            "earned": earned,
        }

    @api.model
    def _get_row(self, wage, components, month, count):
        """Return what was earned in one month, by what it is made of."""
        share = count(month.part_from, month.part_to)
        pay, amount = wage, wage * share
        for component in components:
            overlap = self._get_overlap(component, month)
            amount += exact(component.amount) * count(*overlap)
            if overlap == (month.part_from, month.part_to):
                pay += exact(component.amount)
        return {
            "first": month.part_from,
            "last": month.part_to,
            "share": share,
            "pay": pay,
            "amount": amount,
        }

    @api.model
    def _get_overlap(self, component, month):
        """Return the days of a month for which a component was paid."""
        return (
            max(month.part_from, component.date_from or month.part_from),
            min(month.part_to, component.date_to or month.part_to),
        )

    @api.model
    def _get_counter(self, rate, weekdays, unpaid, month):
        """Return a function that tells which part of the month a period is.

        In days of the calendar or in working days, as the rate says. Unpaid leave
        counts by the days one would have worked.
        """
        counted = weekdays if rate.basis == "working_days" else range(7)

        def count(first, last):
            share = Fraction(
                working_days(first, last, counted),
                working_days(month.first, month.last, counted),
            )
            away = self._count_unpaid(unpaid, first, last, weekdays)
            if away:
                share -= away / Fraction(
                    working_days(month.first, month.last, weekdays)
                )
            return max(share, Fraction(0))

        return count

    @api.model
    def _get_variable_pay(self, components, periods):
        """Return the pay that was earned once or over months, by the month paid.

        The last twelve months' overtime counts for the months of the window.
        """
        if not periods:
            return []
        rows, last_day = [], periods[-1][1]
        months = service_of(periods).in_months
        for component in components.filtered("counts_for_holiday"):
            row = {"label": component.name, "pay": exact(component.amount)}
            if component.period == "once":
                day = component.date_from or last_day
                if any(first <= day <= last for first, last in periods):
                    rows.append({**row, "first": day, "amount": row["pay"]})
            elif component.period in ("12_months", "year"):
                amount = row["pay"] * months / 12
                rows.append(
                    {**row, "first": last_day, "amount": amount, "months": months}
                )
        return [{**row, "share": Fraction(1)} for row in rows]
