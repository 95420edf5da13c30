from datetime import timedelta
from itertools import zip_longest

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import (
    add_months,
    exact,
    merge_service,
    monthly_wage,
    months_paid,
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

        NL: contracts at most so many months apart count together (BW 7:673 lid 4), less
        what was paid for them before (lid 5); the wage is that of the Besluit
        loonbegrip, with holiday allowance and components.
        """
        components = self._get_components(
            departures, Domain("counts_for_transition", "=", True)
        )
        return self._collect_one(
            rule,
            departures,
            self._get_versions(departures),
            components,
            self._get_unpaid_leave(departures),
            self._get_earlier(departures),
            self._get_all_in(departures),
        )

    @api.model
    def _get_item(self, rule, departure, versions, components, unpaid, earlier, all_in):
        counted = self._get_service(rule, departure, versions)
        periods = self._without_youth(rule, departure, versions, counted)
        if rule.is_unpaid_leave_excluded:
            for first, last, part in unpaid:
                periods = without(periods, first, last) if part == 1 else periods
        if not periods:
            return {"missing": ["contract_start"]}
        wage = self._get_wage(versions[-1:])
        if wage is None:
            return {"missing": ["wage"], "service": periods}
        last_day = departure._get_last_day()
        paid = [c for c in components if c._is_paid_on(last_day)]
        return {
            **self._get_reference_wage(rule, last_day, wage, paid, periods, all_in),
            "wage": wage,
            "service": periods,
            "last_day": last_day,
            "birthday": departure.birthday or None,
            "deduct": self._get_deduction(departure),
            **self._get_paid_before(rule, earlier, counted),
        }

    @api.model
    def _get_service(self, rule, departure, versions):
        """Return the contracts that count together as [(first, last day)]."""
        last_day = departure._get_last_day()
        gap = rule._get_rate_record(last_day).max_gap_months
        periods = merge_service(self._get_contracts(versions, last_day), gap)
        if not periods:
            return []
        first, end = periods[0]
        recorded = departure.service_start_date
        if recorded and recorded < first:
            # HR recorded service with an earlier employer (BW 7:673 lid 4 sub b).
            periods[0] = (recorded, end)
        return periods

    @api.model
    def _get_paid_before(self, rule, earlier, counted):
        """Return what was paid for contracts that count again (BW 7:673 lid 5).

        Unknown where an earlier departure gave the same right and its settlement was
        not confirmed. A gap without a departure is named: nobody recorded how that
        contract ended.
        """
        before = [one for one in earlier if counted[0][0] <= one.last_day]
        paid, missing, notes = [], [], []
        for one in before:
            amount = sum(
                exact(line.amount) for line in one.get_lines("service_payment")
            )
            if amount:
                paid.append((one.last_day, amount))
            elif not one.is_settled and self._is_due(rule.scheme_id, one.departure):
                missing = ["earlier_settlement"]
        ends = {one.last_day for one in before}
        if any(end not in ends for _start, end in counted[:-1]):
            notes = ["earlier_contract_counts"]
        return {"earlier": paid, "missing": missing, "notes": notes}

    @api.model
    def _is_due(self, scheme, departure):
        """Tell whether some rule of the scheme gives such a payment to a leaver."""
        return any(
            rule.source == "service_payment"
            and not rule.is_reference
            and rule._applies_to(departure)
            for rule in scheme.rule_ids
        )

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
    def _get_reference_wage(self, rule, last_day, wage, paid, periods, all_in):
        """Return the wage and, where the rule says so, what else counts, by its parts.

        :return: ``monthly_wage`` and the ``wage_parts`` it is the sum of: what it is,
            amount, period, the months it is divided by, and a percentage of it
        """
        if not rule.is_wide_wage:
            return {"monthly_wage": wage}
        months = service_of(periods).in_months
        paid = [component for component in paid if component.period in WAGE_PERIODS]
        parts = [{"kind": "wage", "amount": exact(wage), "period": "month"}]
        if not all_in:
            parts += self._get_allowance(rule, last_day, wage, paid, months)
        parts += [
            {
                "kind": component.component_type,
                "label": component.name,
                "amount": exact(component.amount),
                "period": WAGE_PERIODS[component.period],
            }
            for component in paid
        ]
        for part in parts:
            part["months"] = months_paid(part["period"], months)
        total = monthly_wage([(p["amount"], p["period"]) for p in parts], months)
        return {"monthly_wage": total, "wage_parts": parts}

    @api.model
    def _get_allowance(self, rule, last_day, wage, paid, months):
        """Return the holiday allowance that is due over the wage and its components.

        Over overtime, shift pay and commission too, as WML 6 has it.
        """
        holiday = find_once(
            self.env,
            ("holiday_rate", rule.scheme_id.id, last_day),
            lambda: rule.scheme_id._get_rate("holiday_allowance", last_day),
        )
        percent = exact(holiday and holiday.percent) or 0
        if not percent:
            return []
        base = exact(wage) + sum(
            exact(component.amount)
            / months_paid(WAGE_PERIODS[component.period], months)
            for component in paid
            if component.counts_for_holiday
        )
        base = min(base, exact(holiday.unit_cap) or base)
        return [
            {
                "kind": "holiday",
                "amount": base * percent / 100,
                "period": "month",
                "base": base,
                "percent": percent,
            }
        ]

    @api.model
    def _get_deduction(self, departure):
        """Return costs that were agreed to come off it (BW 7:673 lid 6)."""
        agreements = departure.agreement_ids.filtered(
            lambda agreement: agreement.agreement_type == "transition_costs"
        )
        return sum(exact(agreement.amount) for agreement in agreements)
