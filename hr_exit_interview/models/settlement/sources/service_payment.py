from datetime import timedelta
from itertools import zip_longest

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import (
    add_months,
    exact,
    merge_service,
    monthly_wage,
    service_of,
    without,
)
from ..hr_pay_component import WAGE_PERIODS
from ..hr_settlement_source import find_once


class HrSettlementSourceServicePayment(models.AbstractModel):
    _name = "hr.settlement.source.service_payment"
    _inherit = "hr.settlement.source"
    _description = "Length of service"

    @api.model
    def _collect(self, rule, departures):
        """Service and monthly wage for payments that grow with service.

        NL: contracts at most six months apart count together (BW 7:673 lid 4) and the
        wage is that of the Besluit loonbegrip, with holiday allowance and components.
        """
        versions = self._get_versions(departures)
        components = self._get_components(
            departures, Domain("counts_for_transition", "=", True)
        )
        unpaid = self._get_unpaid_leave(departures)
        return self._collect_one(rule, departures, versions, components, unpaid)

    @api.model
    def _get_item(self, rule, departure, versions, components, unpaid):
        periods = self._get_service(rule, departure, versions)
        if rule.is_unpaid_leave_excluded:
            for first, last, part in unpaid:
                periods = without(periods, first, last) if part == 1 else periods
        if not periods:
            return {"missing": ["contract_start"]}
        wage = self._get_wage(versions[-1:])
        if wage is None:
            return {"missing": ["wage"], "service": periods}
        last_day = departure._get_last_day()
        return {
            "monthly_wage": self._get_reference_wage(
                rule, last_day, wage, components, periods
            ),
            "wage": wage,
            "service": periods,
            "last_day": last_day,
            "birthday": departure.birthday or None,
            "deduct": self._get_deduction(departure),
        }

    @api.model
    def _get_service(self, rule, departure, versions):
        """Return the contracts that count together as [(first, last day)]."""
        last_day = departure._get_last_day()
        periods = merge_service(self._get_contracts(versions, last_day))
        if not periods:
            return []
        first, end = periods[0]
        recorded = departure.service_start_date
        if recorded and recorded < first:
            # HR recorded service with an earlier employer (BW 7:673 lid 4 sub b).
            periods[0] = (recorded, end)
        return self._without_youth(rule, departure, versions, periods)

    @api.model
    def _without_youth(self, rule, departure, versions, periods):
        """Leave out the months below 18 with few hours (BW 7:673 lid 4 sub a)."""
        birthday = departure.birthday
        if not rule.below_age or not birthday:
            return periods
        grown = add_months(birthday, 12 * rule.below_age)
        for version, following in zip_longest(versions, versions[1:]):
            first = version.date_version if version != versions[0] else birthday
            last = min(grown, following.date_version if following else grown)
            hours = self._get_weekly_hours(version)
            if hours is not None and hours <= exact(rule.below_age_hours):
                periods = without(periods, first, last - timedelta(days=1))
        return periods

    @api.model
    def _get_reference_wage(self, rule, last_day, wage, components, periods):
        """Return wage plus, where the rule says so, what else counts as wage."""
        if not rule.is_wide_wage:
            return wage
        paid = [
            component
            for component in components
            if component.period in WAGE_PERIODS and component._is_paid_on(last_day)
        ]
        fixed = sum(
            exact(component.amount)
            for component in paid
            if component.period == "month" and component.counts_for_holiday
        )
        holiday = find_once(
            self.env,
            ("holiday_rate", last_day),
            lambda: rule.scheme_id._get_rate("holiday_allowance", last_day),
        )
        percent = exact(holiday.percent) if holiday and holiday.percent else 0
        parts = [
            (component.amount, WAGE_PERIODS[component.period]) for component in paid
        ]
        parts += [(wage, "month"), ((exact(wage) + fixed) * percent / 100, "month")]
        return exact(monthly_wage(parts, service_of(periods).in_months))

    @api.model
    def _get_deduction(self, departure):
        """Return costs that were agreed to come off it (BW 7:673 lid 5 and 6)."""
        agreements = departure.agreement_ids.filtered(
            lambda agreement: agreement.agreement_type == "transition_costs"
        )
        return sum(exact(agreement.amount) for agreement in agreements)
