from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import compress
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ....lib.settlement import (
    ONE_DAY,
    exact,
    leave_balance,
    leave_outlook,
    merge_service,
    service_of,
    without,
)
from ..hr_settlement_source import find_once

# Leave that everybody builds up while in service.
HOLIDAY_KINDS = ("statutory", "extra", "combined")
WAITING = ("confirm", "validate1")


class Employment(NamedTuple):
    """The employment that ends, and what came before it."""

    # None where no contract says it.
    start: date | None
    # [(last day, whether its leave was settled)] of earlier employments.
    earlier: list
    # [(first, last day, part of each day)] for which there was no right to wage.
    unpaid: list

    def is_before(self, day):
        """Tell whether a day lies in an earlier employment."""
        return bool(self.earlier) and day < self.start


class Terms(NamedTuple):
    """What decides on the leave of one leaver."""

    rate: models.BaseModel
    last_day: date
    versions: models.BaseModel
    employment: Employment
    hours_per_day: Fraction
    # Ends of allocations before core's wizard cut them: {allocation id: date}.
    ends: dict
    # What is left of requests that go on after the last day: {leave: (days, hours)}.
    cut: dict
    # What was found out before: {allocation: Grant}, {what accruals depend on: days}.
    grants: dict
    accrued: dict
    # The same as if today were the last day, None once the last day has come.
    now: "Terms | None" = None

    def get_served(self, first, last):
        """Return the part of a period that lies in the employment, to its last day."""
        start = self.employment.start
        return max(first, start or first), min(last, self.last_day)


class HrSettlementSourceLeave(models.AbstractModel):
    _name = "hr.settlement.source.leave"
    _inherit = "hr.settlement.source"
    _description = "Time off"

    @api.model
    def _collect(self, rule, departures):
        """Collect leave not taken on the last day (BW 7:634, 7:640a, 7:641, 7:642).

        Not core's balance: that gives today's accrual for a past day, and counts leave
        beyond the last day differently before and after core's departure wizard.
        """
        departures = departures.filtered(lambda departure: departure._get_last_day())
        versions = self._get_versions(departures)
        components = self._get_components(
            departures,
            Domain("counts_for_leave", "=", True)
            | Domain("component_type", "=", "holiday_included"),
        )
        employments = self._get_employments(departures, versions)
        allocations = self._get_allocations(departures)
        leaves = self._get_leaves(departures)
        cut = self._get_cut_durations(departures, leaves)
        cut_today = self._get_cut_today(departures, leaves)
        accrued, result = {}, {}
        for departure in departures:
            terms = self._get_terms(
                rule, departure, versions[departure], employments[departure]
            )._replace(cut=cut[departure], accrued=accrued)
            terms = self._add_today(terms, cut_today.get(departure))
            item = self._get_item(terms, allocations[departure], leaves[departure])
            if item:
                pay = self._get_pay(terms, components[departure])
                result[departure] = [{**pay, **item}]
        return result

    @api.model
    def _get_employments(self, departures, versions):
        """Return {departure: Employment}."""
        earlier = self._get_earlier(departures)
        unpaid = self._get_unpaid_leave(departures)
        return {
            departure: self._get_employment(
                departure, versions[departure], earlier[departure], unpaid[departure]
            )
            for departure in departures
        }

    @api.model
    def _get_employment(self, departure, versions, earlier, unpaid):
        """Return the employment that ends: contracts without a gap, to the last day.

        Leave of an employment is paid out when it ends (BW 7:641 lid 1).
        """
        contracts = sorted(self._get_contracts(versions, departure._get_last_day()))
        chain = merge_service(contracts, max_gap_months=0)
        start = chain[0][0] if chain else None
        recorded = departure.service_start_date
        if start and recorded and recorded < start == contracts[0][0]:
            # HR recorded service that is not among the contracts.
            start = recorded
        ended = {one.last_day: one.is_settled for one in earlier}
        for first, end in contracts:
            if end < start and not any(day >= first for day in ended):
                ended[end] = False
        begun = [day + ONE_DAY for day in ended]
        return Employment(
            start=max([start, *begun] if start else begun, default=None),
            earlier=sorted(ended.items()),
            unpaid=unpaid,
        )

    @api.model
    def _get_allocations(self, departures):
        """Return {departure: validated allocations that had begun}."""
        # sudo: hr.leave.allocation - the officer settling need not be a time off one
        allocations = (
            self.env["hr.leave.allocation"].sudo().search(self._get_domain(departures))
        )
        return self._get_begun(departures, allocations, "date_from")

    @api.model
    def _get_begun(self, departures, records, start_field):
        """Return {departure: the employee's records that start by the last day}."""
        by_employee = records.grouped("employee_id")
        begun = {}
        for departure in departures:
            own = by_employee.get(departure.employee_id, records.browse())
            last_day = departure._get_last_day()
            begun[departure] = self._keep_begun(own, start_field, last_day)
        return begun

    @api.model
    def _keep_begun(self, records, start_field, day):
        begun = [bool(r[start_field] and r[start_field] <= day) for r in records]
        return records if all(begun) else records.browse(compress(records.ids, begun))

    @api.model
    def _get_domain(self, departures):
        return Domain("employee_id", "in", departures.employee_id.ids) & Domain(
            "state", "=", "validate"
        )

    @api.model
    def _get_terms(self, rule, departure, versions, employment):
        snapshot = self._get_snapshot(departure) or {}
        last_day = departure._get_last_day()
        return Terms(
            rate=rule._get_rate_record(last_day),
            last_day=last_day,
            versions=versions,
            employment=employment,
            hours_per_day=exact(versions[-1:].resource_calendar_id.hours_per_day),
            ends=snapshot.get("ends", {}),
            cut={},
            # Of this departure alone: rate and promised ends are those of its last day.
            grants={},
            accrued={},
        )

    @api.model
    def _get_item(self, terms, allocations, leaves):
        """Return the hours left with how they came about, and what is not known.

        Without any allocation that is not zero: the line says for which time there is
        none. None for somebody whose leave is all of a kind that is not paid out.
        """
        present = self._keep_present(terms, allocations)
        given = present.filtered(lambda a: self._get_grant(terms, a).kind != "none")
        taken = self._keep_taken(terms, leaves)
        if present and not given and not taken:
            return None
        item = self._get_open_questions(terms, given, leaves)
        if not terms.hours_per_day:
            return {**item, "missing": ["weekly_hours"]}
        if not given and not taken:
            return {**item, "missing": ["allocation"]}
        balances = self._get_balances(terms, given, taken)
        over = self._get_over_maximum(terms, balances)
        hours = sum(balance.hours for _type, balance, _b in balances)
        hours -= sum(row["hours"] for row in over)
        return {
            **item,
            "hours": hours,
            "days": hours / terms.hours_per_day,
            "lapsed_hours": sum(balance.lapsed for _type, balance, _b in balances),
            "overdrawn_hours": sum(balance.overdrawn for _t, balance, _b in balances),
            "over_maximum": over,
            "buckets": self._describe(terms, balances),
            "notes": item["notes"] + self._get_notes(balances),
            "needs_agreement": hours < 0,
            **self._get_outlook(terms, balances, given, taken),
        }

    @api.model
    def _keep_present(self, terms, allocations):
        """Return what was given for the employment that ends.

        What an earlier one gave stops on its last day, whether settled then or not.
        """
        if not terms.employment.earlier:
            return allocations
        return allocations.filtered(
            lambda allocation: self._is_present(terms, allocation)
        )

    @api.model
    def _is_present(self, terms, allocation):
        is_before = terms.employment.is_before
        if not is_before(allocation.date_from):
            return True
        grant = self._get_grant(terms, allocation)
        ends = [end for end in (grant.date_to, grant.last_day) if end]
        return bool(grant.basis) and not any(is_before(end) for end in ends)

    @api.model
    def _keep_taken(self, terms, leaves):
        """Return approved time off from the employment that ends."""
        return leaves.filtered(
            lambda leave: (
                leave.state not in WAITING
                and leave.holiday_status_id.settlement_kind != "none"
                and not terms.employment.is_before(leave.request_date_from)
            )
        )

    @api.model
    def _get_open_questions(self, terms, given, leaves):
        """Return what the reader has to find out: named, and not counted silently."""
        earlier = terms.employment.earlier
        # Older claims have prescribed (BW 7:642).
        is_open = any(
            not is_settled and day.year >= terms.last_day.year - 5
            for day, is_settled in earlier
        )
        return {
            "no_allocation": self._get_uncovered(terms, given),
            "earlier": [
                {"last_day": day, "is_settled": is_settled}
                for day, is_settled in earlier
            ],
            "waiting": self._get_waiting(terms, leaves),
            "notes": ["earlier_leave_open"] if is_open else [],
        }

    @api.model
    def _get_uncovered(self, terms, allocations):
        """Return [(first, last day)] in service for which no leave was given.

        From the year before the last one on, whose statutory leave may still be there,
        or from the first allocation that there is.
        """
        start, last_day = terms.employment.start, terms.last_day
        grants = [self._get_grant(terms, allocation) for allocation in allocations]
        covered = [
            (grant.date_from, grant.last_day or last_day)
            for grant in grants
            if grant.kind in HOLIDAY_KINDS
        ]
        if not start or start > last_day:
            return []
        year = date(last_day.year - 1, 1, 1)
        periods = [(max(start, min([year, *(p[0] for p in covered)])), last_day)]
        for first, last in covered:
            periods = without(periods, first, last)
        return periods

    @api.model
    def _get_waiting(self, terms, leaves):
        """Return the requests up to the last day that nobody approved yet."""
        waiting = [
            leave
            for leave in leaves
            if leave.state in WAITING
            and not terms.employment.is_before(leave.request_date_from)
        ]
        if not waiting:
            return None
        last = max(leave.request_date_to for leave in waiting)
        return {
            "count": len(waiting),
            "date_from": min(leave.request_date_from for leave in waiting),
            "date_to": min(last, terms.last_day),
            "hours": sum(self._get_taken_hours(terms, leave) for leave in waiting),
        }

    @api.model
    def _get_over_maximum(self, terms, balances):
        """Return the hours above what a leave type pays out, where the scheme says so.

        Off in the Dutch scheme: what was not taken is paid out (BW 7:641 lid 1).
        """
        if not terms.rate.has_leave_maximum:
            return []
        return [
            {
                "kind": leave_type.settlement_kind,
                "maximum": maximum,
                "hours": balance.hours - maximum,
            }
            for leave_type, balance, _buckets in balances
            if (maximum := exact(leave_type.settlement_max_hours))
            and balance.hours > maximum
        ]

    @api.model
    def _get_notes(self, balances):
        buckets = [bucket for _type, _balance, some in balances for bucket in some]
        notes = {
            "told_too_late": any(bucket.is_told_late for bucket in buckets),
            "leave_before_hire": any(b.given and not b.served for b in buckets),
        }
        return [key for key, is_so in notes.items() if is_so]

    @api.model
    def _get_balances(self, terms, allocations, leaves):
        """Return [(leave type, balance, buckets)], statutory leave first."""
        given, taken = defaultdict(list), defaultdict(list)
        for allocation in allocations:
            given[allocation.holiday_status_id].append(allocation)
        for leave in leaves:
            taken[leave.holiday_status_id].append(leave)
        balances = []
        for leave_type in sorted(given.keys() | taken.keys(), key=self._get_type_order):
            takings = [
                (leave.request_date_from, self._get_taken_hours(terms, leave))
                for leave in taken[leave_type]
            ]
            buckets = self._get_buckets(terms, given[leave_type], takings)
            balance = leave_balance(buckets, takings, terms.last_day)
            balances.append((leave_type, balance, buckets))
        return balances

    @api.model
    def _get_type_order(self, leave_type):
        kinds = find_once(
            self.env,
            ("leave_kinds",),
            lambda: leave_type._fields["settlement_kind"].get_values(self.env),
        )
        return kinds.index(leave_type.settlement_kind), leave_type.id

    @api.model
    def _get_pay(self, terms, components):
        """Return what an hour of leave is worth: wage and structural pay (BW 7:639)."""
        version = terms.versions[-1:]
        paid = [c for c in components if c._is_paid_on(terms.last_day)]
        counted = [c for c in paid if c.counts_for_leave]
        wage = self._get_wage(version)
        rows = [
            {
                "name": component.name,
                "amount": exact(component.amount),
                "months": months,
            }
            for component in counted
            if (months := self._get_pay_months(terms, component))
        ]
        monthly = sum(row["amount"] / row["months"] for row in rows)
        return {
            "salary": wage,
            "weekly_hours": self._get_weekly_hours(version),
            "allowances": monthly,
            "pay_rows": rows,
            "yearly_fixed": sum(exact(c.amount) for c in counted if c.period == "year"),
            "is_all_in": any(c.component_type == "holiday_included" for c in paid),
            # Thirteen weeks are a quarter: the average of BUrlG par. 11.
            "period_wage": wage and 3 * (exact(wage) + monthly),
            "period_days": 13 * len(self._get_weekdays(version)),
        }

    @api.model
    def _get_pay_months(self, terms, component):
        """Return the months that a component is for, None where it is no monthly pay.

        Shorter service makes the twelve months shorter.
        """
        start, last_day = terms.employment.start, terms.last_day
        if component.period == "month":
            return Fraction(1)
        if component.period != "12_months":
            return None
        if not start or start > last_day:
            return Fraction(12)
        return min(Fraction(12), service_of([(start, last_day)]).in_months)

    @api.model
    def _describe(self, terms, balances):
        """Return the buckets for the explanation, oldest first."""
        return [
            {
                "kind": bucket.kind,
                "year": bucket.year,
                "hours": bucket.hours,
                "taken": bucket.taken,
                "left": bucket.left,
                "usable_until": bucket.usable_until,
                "is_lapsed": not bucket.is_left_on(terms.last_day),
                "plan": bucket.plan or None,
                **self._describe_part(terms, bucket),
            }
            for _type, _balance, buckets in balances
            for bucket in sorted(buckets, key=lambda bucket: bucket.year)
        ]

    @api.model
    def _describe_part(self, terms, bucket):
        """Return how a year's leave became what was built up, empty for all of it."""
        if bucket.hours == bucket.given:
            return {}
        return {
            "given": bucket.given,
            "whole": bucket.whole,
            "served": bucket.served - bucket.unpaid,
            "unpaid": bucket.unpaid,
            "basis": terms.rate.accrual_basis,
        }

    @api.model
    def _snapshot(self, departures):
        """Keep the ends that allocations had: core cuts them at the last day.

        Withdrawing puts leave back by what the departure itself keeps of it.
        """
        # sudo: hr.leave.allocation - whoever registers need not manage leave
        allocations = (
            self.env["hr.leave.allocation"]
            .sudo()
            .search(self._get_domain(departures))
            .grouped("employee_id")
        )
        return {
            departure: {
                "ends": {
                    str(allocation.id): fields.Date.to_string(allocation.date_to)
                    for allocation in allocations.get(departure.employee_id, ())
                }
            }
            for departure in departures
            if departure.employee_id
        }

    @api.model
    def _get_cut_today(self, departures, leaves):
        """Return what is taken by the end of today of requests that go on.

        :return: as ``_get_cut_durations``, of departures whose last day is to come
        """
        today = fields.Date.context_today(self)
        coming = departures.filtered(
            lambda departure: departure._get_last_day() > today
        )
        return self._get_cut_durations(coming, leaves, today)

    @api.model
    def _add_today(self, terms, cut_today):
        """Return the terms with those of today, unchanged once the last day came."""
        if cut_today is None:
            return terms
        today = fields.Date.context_today(self)
        return terms._replace(now=terms._replace(last_day=today, cut=cut_today))

    @api.model
    def _get_outlook(self, terms, balances, allocations, leaves):
        """Return how the hours of today become those of the last day.

        For the explanation alone: the amount does not depend on the day on which the
        list is made.
        """
        if not terms.now:
            return {}
        today = terms.now.last_day
        balances_today = self._get_balances(
            terms.now,
            self._keep_begun(allocations, "date_from", today),
            self._keep_begun(leaves, "request_date_from", today),
        )
        outlook = leave_outlook(
            [balance for _type, balance, _buckets in balances_today],
            [balance for _type, balance, _buckets in balances],
        )
        return {"outlook": {"day": today, **outlook}}

    @api.model
    def _get_leaves(self, departures):
        """Return {departure: time off that begins by the last day, waiting or not}."""
        # sudo: hr.leave - the officer settling need not be a time off officer
        leaves = (
            self.env["hr.leave"]
            .sudo()
            .search(
                Domain("employee_id", "in", departures.employee_id.ids)
                & Domain("state", "in", ("validate", *WAITING))
                & (
                    Domain("holiday_status_id.settlement_kind", "!=", "none")
                    | Domain("holiday_status_id.unpaid", "=", True)
                )
            )
        )
        return self._get_begun(departures, leaves, "request_date_from")

    @api.model
    def _get_cut_durations(self, departures, leaves, day=None):
        """Return {departure: {leave: (days, hours)}} of requests going on after a day.

        Core's own measure on unsaved copies, as its wizard will cut them: one for all
        requests of the same days and schedule, because core measures them one by one.

        :param day: the last day that counts; of each departure its own when not given
        """
        measured, result = {}, {}
        for departure in departures:
            end = day or departure._get_last_day()
            result[departure] = {}
            for leave in leaves[departure]:
                if leave.request_date_from <= end < leave.request_date_to:
                    key = (end, *self._get_measure_key(leave))
                    if key not in measured:
                        measured[key] = self._measure(leave, end)
                    result[departure][leave] = measured[key]
        return result

    @api.model
    def _measure(self, leave, end):
        copy = leave.new({"request_date_to": end}, origin=leave)
        copy._compute_date_from_to()
        return copy._get_durations()[copy.id]

    @api.model
    def _get_measure_key(self, leave):
        """Return what decides how long a request is, next to its last day."""
        return (
            leave.request_date_from,
            leave.resource_calendar_id,
            leave.company_id,
            leave.holiday_status_id.request_unit,
            leave.holiday_status_id.include_public_holidays_in_duration,
            leave.request_unit_half and leave.request_date_from_period,
            leave.request_unit_hours and leave.request_hour_from,
            leave.tz,
        )

    @api.model
    def _get_taken_hours(self, terms, leave):
        """Return the hours of a request up to and including the last day."""
        days, hours = terms.cut.get(
            leave, (leave.number_of_days, leave.number_of_hours)
        )
        if leave.holiday_status_id.request_unit == "hour":
            return exact(hours)
        return exact(days) * self._get_hours_at(terms, leave.request_date_from)
