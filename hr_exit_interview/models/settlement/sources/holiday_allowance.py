from datetime import date
from fractions import Fraction

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import (
    MONDAY_TO_FRIDAY,
    exact,
    month_slices,
    service_of,
    working_days,
)
from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceHolidayAllowance(models.AbstractModel):
    _name = "hr.settlement.source.holiday_allowance"
    _inherit = "hr.settlement.source"
    _description = "Holiday allowance built up"

    @api.model
    def _collect(self, rule, departures):
        """Holiday allowance built up and not yet paid (WML 15, 16, 17 lid 3)."""
        versions = self._get_versions(departures)
        components = self._get_components(
            departures,
            Domain("counts_for_holiday", "=", True)
            | Domain("component_type", "in", ("holiday_paid", "holiday_included")),
        )
        unpaid = self._get_unpaid_leave(departures)
        return self._collect_one(rule, departures, versions, components, unpaid)

    @api.model
    def _get_item(self, rule, departure, versions, components, unpaid):
        last_day = departure._get_last_day()
        rate = rule._get_rate(last_day)
        if any(
            component.component_type == "holiday_included"
            and component._is_paid_on(last_day)
            for component in components
        ):
            return {"is_all_in": True}
        missing = self._get_contract_gaps(versions, last_day)
        if not rate or not rate.window_start_month:
            missing.append("rate")
        if missing:
            return {"missing": missing}
        window_start = self._get_window_start(rate, last_day)
        start, notes = self._get_build_up(versions, window_start, last_day)
        base = self._get_base(rate, versions, components, unpaid, (start, last_day))
        return {**base, "notes": notes}

    @api.model
    def _get_window_start(self, rate, last_day):
        """Return the first day of the build-up year (1 June in WML 17 lid 1)."""
        start = date(last_day.year, rate.window_start_month, 1)
        return start if start <= last_day else start.replace(year=start.year - 1)

    @api.model
    def _get_base(self, rate, versions, components, unpaid, window):
        monthly = [
            c for c in components if c.period == "month" and c.counts_for_holiday
        ]
        base = []
        for version, date_from, date_to in self._get_segments(versions, *window):
            wage = exact(self._get_wage(version))
            if wage is None:
                return {"missing": ["wage"]}
            weekdays = self._get_weekdays(version) or MONDAY_TO_FRIDAY
            for month in month_slices(date_from, date_to):
                count = self._get_counter(rate, weekdays, unpaid, month)
                base.append(self._get_row(wage, monthly, month, count))
        return {
            "base_by_month": base + self._get_variable_pay(components, *window),
            "already_paid": self._get_already_paid(components, *window),
        }

    @api.model
    def _get_row(self, wage, components, month, count):
        """Return (first day, what was earned, part of the month) of one month."""
        share = count(month.part_from, month.part_to)
        earned = wage * share
        for component in components:
            overlap = self._get_overlap(component, month)
            earned += exact(component.amount) * count(*overlap)
        return (month.part_from, earned, share)

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
    def _get_variable_pay(self, components, start, last_day):
        """Return the pay that was earned once or over months, by the month paid.

        The last twelve months' overtime counts for the months of the window.
        """
        result = []
        for component in components.filtered("counts_for_holiday"):
            amount = exact(component.amount)
            if component.period == "once":
                day = component.date_from or last_day
                if start <= day <= last_day:
                    result.append((day, amount, Fraction(1)))
            elif component.period in ("12_months", "year"):
                months = service_of([(start, last_day)]).in_months
                result.append((last_day, amount * months / 12, Fraction(1)))
        return result

    @api.model
    def _get_already_paid(self, components, start, last_day):
        """Return what was paid in advance for the window that runs."""
        return sum(
            (
                exact(component.amount)
                for component in components
                if component.component_type == "holiday_paid"
                and (not component.date_from or start <= component.date_from)
                and (not component.date_from or component.date_from <= last_day)
            ),
            Fraction(0),
        )
