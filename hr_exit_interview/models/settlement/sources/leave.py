from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import compress
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ....lib.settlement import LeaveBucket, exact, leave_balance, leave_outlook
from ....lib.trusted import Trusted
from ..hr_settlement_source import find_once


class Grant(NamedTuple):
    """What one allocation gives, whatever the day on which it is looked at."""

    allocation: models.BaseModel
    is_accrual: bool
    kind: str
    date_from: date
    date_to: date | None
    # How a part of a year counts, false where it counts in full.
    basis: str | bool
    day_hours: Fraction
    # None where it can be taken for ever, or nobody told the employee of the end.
    usable_until: date | None
    expires_on: date | None
    # For an accrual: allocations with the same are simulated once.
    alike: tuple | models.BaseModel | None
    is_limited: bool


class Terms(NamedTuple):
    """What decides on the leave of one leaver."""

    rate: models.BaseModel
    last_day: date
    versions: models.BaseModel
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
            departures, Domain("counts_for_leave", "=", True)
        )
        allocations = self._get_allocations(departures)
        leaves = self._get_leaves(departures)
        cut = self._get_cut_durations(departures, leaves)
        cut_today = self._get_cut_today(departures, leaves)
        all_in = self._get_all_in(departures)
        accrued, result = {}, {}
        for departure in departures:
            terms = self._get_terms(rule, departure, versions[departure], cut, accrued)
            terms = self._add_today(terms, cut_today.get(departure))
            item = self._get_item(terms, allocations[departure], leaves[departure])
            if item:
                pay = self._get_pay(
                    departure, versions[departure], components[departure]
                )
                result[departure] = [{**pay, **item, "is_all_in": all_in[departure]}]
        return result

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
        return (
            Domain("employee_id", "in", departures.employee_id.ids)
            & Domain("state", "=", "validate")
            & Domain("holiday_status_id.settlement_kind", "!=", "none")
        )

    @api.model
    def _get_terms(self, rule, departure, versions, cut, accrued):
        snapshot = self._get_snapshot(departure) or {}
        last_day = departure._get_last_day()
        return Terms(
            rate=rule._get_rate_record(last_day),
            last_day=last_day,
            versions=versions,
            hours_per_day=exact(versions[-1:].resource_calendar_id.hours_per_day),
            ends=snapshot.get("ends", {}),
            cut=cut[departure],
            # Of this departure alone: rate and promised ends are those of its last day.
            grants={},
            accrued=accrued,
        )

    @api.model
    def _get_item(self, terms, allocations, leaves):
        """Return the hours left with how they came about; None without any leave."""
        if not allocations and not leaves:
            return None
        if not terms.hours_per_day:
            return {"missing": ["weekly_hours"]}
        balances = self._get_balances(terms, allocations, leaves)
        hours = sum((balance.hours for balance, _buckets in balances), Fraction(0))
        return {
            "hours": hours,
            "days": hours / terms.hours_per_day,
            "lapsed_hours": sum(balance.lapsed for balance, _buckets in balances),
            "overdrawn_hours": sum(balance.overdrawn for balance, _b in balances),
            "buckets": self._describe(terms, balances),
            "needs_agreement": hours < 0,
            **self._get_outlook(terms, balances, allocations, leaves),
        }

    @api.model
    def _get_balances(self, terms, allocations, leaves):
        """Return [(balance, buckets)] per leave type, statutory leave first."""
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
            balances.append((leave_balance(buckets, takings, terms.last_day), buckets))
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
    def _get_buckets(self, terms, allocations, takings):
        """Return the buckets of one leave type.

        What was taken is charged to fixed allocations first: the limits of an accrual
        plan look at what is left of it.
        """
        taken = sum((hours for _day, hours in takings), Fraction(0))
        grants = [self._get_grant(terms, allocation) for allocation in allocations]
        buckets = []
        for grant in sorted(grants, key=lambda g: (g.is_accrual, g.allocation.id)):
            bucket = self._get_bucket(terms, grant, taken)
            taken = max(taken - bucket.hours, Fraction(0))
            buckets.append(bucket)
        return buckets

    @api.model
    def _get_bucket(self, terms, grant, taken):
        if grant.is_accrual:
            days = self._get_accrued_days(terms, grant, taken)
        else:
            days = grant.allocation._get_days_on(
                terms.last_day, grant.basis, grant.date_to
            )
        return LeaveBucket(
            kind=grant.kind,
            year=grant.date_from.year,
            hours=days * grant.day_hours,
            usable_from=grant.date_from,
            usable_until=grant.usable_until,
            expires_on=grant.expires_on,
        )

    @api.model
    def _get_grant(self, terms, allocation):
        """Return what the allocation gives: the same today and on the last day."""
        if allocation not in terms.grants:
            terms.grants[allocation] = self._prepare_grant(terms, allocation)
        return terms.grants[allocation]

    @api.model
    def _prepare_grant(self, terms, allocation):
        kind = allocation.holiday_status_id.settlement_kind
        date_from = allocation.date_from
        date_to = self._get_original_end(terms, allocation)
        legal_end = find_once(
            self.env,
            ("legal_end", terms.rate.id, kind, date_from.year),
            lambda: self._get_legal_end(terms.rate, kind, date_from.year),
        )
        told = kind == "extra" or allocation.expiry_notice_date
        is_accrual = allocation.allocation_type == "accrual"
        return Grant(
            allocation=allocation,
            is_accrual=is_accrual,
            kind=kind,
            date_from=date_from,
            date_to=date_to,
            basis=kind != "time_for_time" and terms.rate.accrual_basis,
            day_hours=self._get_day_hours(terms, allocation),
            usable_until=(legal_end if told else None) if legal_end else date_to,
            expires_on=legal_end or date_to,
            alike=is_accrual and (allocation._get_accrual_key() or allocation),
            is_limited=is_accrual and allocation._is_accrual_limited(),
        )

    @api.model
    def _get_accrued_days(self, terms, grant, taken):
        """Return the days an accrual gives, simulated once for all that are alike."""
        allocation = grant.allocation
        in_hours = allocation.holiday_status_id.request_unit == "hour"
        taken = float(taken if in_hours else taken / terms.hours_per_day)
        hours_per_day = self._get_hours_at(terms, grant.date_from)
        seen = taken if grant.is_limited else 0
        key = grant.alike, seen, hours_per_day, terms.last_day, grant.basis
        if key not in terms.accrued:
            terms.accrued[key] = allocation.with_context(
                settlement_leaves_taken=Trusted(taken),
                settlement_hours_per_day=Trusted(hours_per_day),
            )._get_days_on(terms.last_day, grant.basis)
        return terms.accrued[key]

    @api.model
    def _get_hours_at(self, terms, day):
        """Return the hours of a day of the schedule in force on ``day``."""
        before = [v for v in terms.versions if v.date_version <= day]
        version = before[-1] if before else terms.versions[:1]
        return version.resource_calendar_id.hours_per_day

    @api.model
    def _get_original_end(self, terms, allocation):
        """Return the end before core's departure wizard cut it, None without end."""
        key = str(allocation.id)
        if key in terms.ends:
            return fields.Date.to_date(terms.ends[key])
        return allocation.date_to or None

    @api.model
    def _get_day_hours(self, terms, allocation):
        """Return the hours of an allocated day.

        A day off is a day of the present schedule; hours stay the hours that they were
        when given, whatever the schedule became since (CJEU C-219/14 Greenfield).
        """
        # Not the field: core computes it record by record.
        if allocation._get_request_unit() != "hour" or not allocation.number_of_days:
            return terms.hours_per_day
        return exact(allocation.number_of_hours_display) / exact(
            allocation.number_of_days
        )

    @api.model
    def _get_legal_end(self, rate, kind, year):
        """Return the day on which the law ends a claim, None where it does not say.

        Statutory leave: six months after the year (BW 7:640a). Extra leave: five years
        after it (BW 7:642).
        """
        year_end = date(year, 12, 31)
        if kind == "statutory" and rate.statutory_lapse_months:
            return year_end + relativedelta(months=rate.statutory_lapse_months, day=31)
        if kind == "extra" and rate.extra_lapse_years:
            return year_end + relativedelta(years=rate.extra_lapse_years)
        return None

    @api.model
    def _get_pay(self, departure, versions, components):
        """Return what an hour of leave is worth: wage and structural pay."""
        version = versions[-1:]
        last_day = departure._get_last_day()
        paid = [c for c in components if c._is_paid_on(last_day)]
        wage = self._get_wage(version)
        allowances = self._get_monthly_pay(paid)
        return {
            "salary": wage,
            "weekly_hours": self._get_weekly_hours(version),
            "allowances": allowances,
            "yearly_fixed": sum(exact(c.amount) for c in paid if c.period == "year"),
            # Thirteen weeks are a quarter: the average of BUrlG par. 11.
            "period_wage": wage and 3 * (exact(wage) + allowances),
            "period_days": 13 * len(self._get_weekdays(version)),
        }

    @api.model
    def _get_monthly_pay(self, components):
        """Return fixed and average pay a month beside the wage."""
        months = {"month": 1, "12_months": 12}
        return sum(
            exact(component.amount) / months[component.period]
            for component in components
            if component.period in months
        )

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
            }
            for _balance, buckets in balances
            for bucket in sorted(buckets, key=lambda bucket: bucket.year)
        ]

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
            [balance for balance, _buckets in balances_today],
            [balance for balance, _buckets in balances],
        )
        return {"outlook": {"day": today, **outlook}}

    @api.model
    def _get_leaves(self, departures):
        """Return {departure: approved leave that begins by the last day}."""
        # sudo: hr.leave - the officer settling need not be a time off officer
        leaves = self.env["hr.leave"].sudo().search(self._get_domain(departures))
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
        return exact(days) * terms.hours_per_day
