from datetime import date
from fractions import Fraction

from odoo import api, models
from odoo.fields import Domain

from ..settlement import exact, working_days


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
        return {
            departure: [
                self._get_item(
                    rule,
                    departure,
                    versions[departure],
                    components[departure],
                    unpaid.get(departure.sudo().employee_id, ()),
                )
            ]
            for departure in departures
            if departure._get_last_day()
        }

    @api.model
    def _get_item(self, rule, departure, versions, components, unpaid):
        last_day = departure._get_last_day()
        rate = rule._get_rate(last_day)
        if components.filtered(
            lambda component: (
                component.component_type == "holiday_included"
                and component._is_paid_on(last_day)
            )
        ):
            return {"is_all_in": True}
        missing = self._get_contract_gaps(versions, last_day)
        if not rate or not rate.window_start_month:
            missing.append("rate")
        if missing:
            return {"missing": missing}
        start = self._get_contract_start(versions)
        start = max(start, self._get_window_start(rate, last_day))
        return self._get_base(versions, components, unpaid, start, last_day)

    @api.model
    def _get_window_start(self, rate, last_day):
        """Return the first day of the build-up year (1 June in WML 17 lid 1)."""
        start = date(last_day.year, rate.window_start_month, 1)
        return start if start <= last_day else start.replace(year=start.year - 1)

    @api.model
    def _get_base(self, versions, components, unpaid, start, last_day):
        base = []
        for version, date_from, date_to in self._get_segments(
            versions, start, last_day
        ):
            wage = self._get_wage(version)
            if wage is None:
                return {"missing": ["wage"]}
            for month_start, month_end in self._get_months(date_from, date_to):
                period = max(month_start, date_from), min(month_end, date_to)
                share = self._get_share(version, unpaid, period, month_start, month_end)
                extra = self._get_allowances(components, period[0])
                base.append((period[0], (exact(wage) + extra) * share, share))
        return {
            "base_by_month": base + self._get_variable_pay(components, start, last_day),
            "already_paid": self._get_already_paid(components, start, last_day),
        }

    @api.model
    def _get_share(self, version, unpaid, period, month_start, month_end):
        """Return the part of a month that was in service and paid.

        Days of unpaid leave count by the days one would have worked.
        """
        days = (month_end - month_start).days + 1
        share = Fraction((period[1] - period[0]).days + 1, days)
        weekdays = self._get_weekdays(version) or frozenset(range(5))
        away = sum(
            working_days(max(period[0], start), min(period[1], end), weekdays)
            for start, end in unpaid
            if start <= period[1] and end >= period[0]
        )
        if away:
            share -= Fraction(away) / working_days(month_start, month_end, weekdays)
        return max(share, Fraction(0))

    @api.model
    def _get_allowances(self, components, day):
        """Return the fixed monthly pay beside the wage on ``day``."""
        return sum(
            (
                exact(component.amount)
                for component in components
                if component.period == "month"
                and component.counts_for_holiday
                and component._is_paid_on(day)
            ),
            Fraction(0),
        )

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
                months = sum(
                    self._get_share(
                        self.env["hr.version"],
                        (),
                        (max(first, start), min(last, last_day)),
                        first,
                        last,
                    )
                    for first, last in self._get_months(start, last_day)
                )
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
