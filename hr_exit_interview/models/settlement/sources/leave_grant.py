"""What allocations give: for which time, of how many hours, and until when."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ....lib.settlement import (
    MONDAY_TO_FRIDAY,
    ONE_DAY,
    LeaveBucket,
    exact,
    latest_first,
    paid_part,
    period_length,
    working_days,
)
from ....lib.trusted import Trusted
from ..hr_settlement_source import find_once
from . import leave  # noqa: F401 - extended here

# Leave that a plan cannot take away at its carry-over (BW 7:640a).
STATUTORY_KINDS = ("statutory", "combined")


class Grant(NamedTuple):
    """What one allocation gives, whatever the day on which it is looked at."""

    allocation: models.BaseModel
    is_accrual: bool
    kind: str
    date_from: date
    # As promised, before core cut it: the last day it can be taken by its own terms.
    date_to: date | None
    # The last day of the time it is given for; None for an accrual without an end.
    last_day: date | None
    # How a part of a year counts, false where it counts in full.
    basis: str | bool
    in_days: bool
    # For an accrual: allocations with the same are simulated once.
    alike: tuple | models.BaseModel | None
    is_limited: bool
    # Whether its carry-over takes leave away.
    is_losing: bool


class HrSettlementSourceLeave(models.AbstractModel):
    _inherit = "hr.settlement.source.leave"

    @api.model
    def _get_buckets(self, terms, allocations, takings):
        """Return the buckets of one leave type.

        What was taken is charged to fixed allocations first: the limits of an accrual
        plan look at what is left of it.
        """
        grants = [self._get_grant(terms, allocation) for allocation in allocations]
        buckets, used = [], Fraction(0)
        for grant in sorted(grants, key=lambda g: (g.is_accrual, g.allocation.id)):
            if grant.is_accrual:
                found = self._get_accrual_buckets(terms, grant, takings, used)
            else:
                found = [self._get_fixed_bucket(terms, grant)]
            used += sum(bucket.hours for bucket in found)
            buckets += found
        return buckets

    @api.model
    def _get_fixed_bucket(self, terms, grant):
        """Return what was built up of a fixed allocation (BW 7:634 lid 1 and 2)."""
        days = exact(grant.allocation.number_of_days)
        whole = (grant.date_from, grant.last_day)
        served = terms.get_served(*whole) if grant.basis else whole
        day_hours = self._get_day_hours(terms, grant, served)
        bucket = self._make_bucket(terms, grant, grant.date_from.year, days * day_hours)
        if grant.basis:
            bucket.whole = period_length(whole, grant.basis)
            bucket.served = period_length(served, grant.basis)
            paid = bucket.served and self._get_paid_part(terms, *served, grant.basis)
            bucket.unpaid = bucket.served * (1 - paid)
            bucket.hours *= (bucket.served - bucket.unpaid) / bucket.whole
        return bucket

    @api.model
    def _get_accrual_buckets(self, terms, grant, takings, used):
        """Return what a plan gave, a bucket for each year: it lapses by the year."""
        stop = min(terms.last_day, grant.last_day or terms.last_day)
        cuts = self._get_cuts(terms, grant, stop)
        totals = self._get_accrued_days(terms, grant, cuts, takings, used)
        hours = defaultdict(Fraction)
        first = grant.date_from
        for cut, days in zip(cuts, latest_first(totals), strict=True):
            hours[cut.year] += days * self._get_day_hours(terms, grant, (first, cut))
            first = cut + ONE_DAY
        return [
            self._make_bucket(terms, grant, year, given)
            for year, given in hours.items()
            if given or len(hours) == 1
        ]

    @api.model
    def _get_cuts(self, terms, grant, stop):
        """Return the days on which to look at an accrual, the last one at its end.

        The year matters for its lapse, the schedule for what a day is worth, the
        carry-over for what is lost.
        """
        if stop < grant.date_from:
            return []
        cuts = {date(year, 12, 31) for year in range(grant.date_from.year, stop.year)}
        if grant.in_days:
            cuts |= {end for _f, end, _h in self._get_schedules(terms)}
        if grant.is_losing:
            for year in range(grant.date_from.year, stop.year + 1):
                day = grant.allocation._get_carryover_date(date(year, 1, 1))
                cuts |= {day, day - ONE_DAY} if day > grant.date_from else set()
        return sorted({cut for cut in cuts if grant.date_from <= cut < stop} | {stop})

    @api.model
    def _get_accrued_days(self, terms, grant, cuts, takings, used):
        """Return the days an accrual gives, simulated once for all that are alike.

        A plan takes no statutory leave at its carry-over: that lives until the law ends
        it (BW 7:640a).
        """
        if not cuts:
            return []
        allocation, employment = grant.allocation, terms.employment
        hours_per_day = float(self._get_hours_at(terms, grant.date_from))
        in_hours = allocation.holiday_status_id.request_unit == "hour"
        unit = 1 if in_hours else terms.hours_per_day

        def count_taken(before):
            taken = sum(hours for day, hours in takings if day < before)
            return float(max(taken - used, 0) / unit) if grant.is_limited else 0

        context = {
            "settlement_leaves_taken": count_taken(date.max),
            "settlement_taken_before": count_taken(
                allocation.last_executed_carryover_date or date.min
            ),
            "settlement_hours_per_day": hours_per_day,
        }
        gaps = self._get_gaps(terms, grant)
        options = (
            grant.basis,
            grant.kind in STATUTORY_KINDS,
            not employment.is_before(grant.date_from),
        )
        key = (grant.alike, *context.values(), *cuts, gaps, options)
        if key not in terms.accrued:
            if gaps:
                context["settlement_paid_part"] = partial(self._get_accruing, terms)
            said = {name: Trusted(value) for name, value in context.items()}
            accrued = allocation.with_context(**said)
            terms.accrued[key] = accrued._get_accrued_days_on(cuts, *options)
        return terms.accrued[key]

    @api.model
    def _get_gaps(self, terms, grant):
        """Return what decides when nothing accrued, empty where always something."""
        start = terms.employment.start
        unpaid = tuple(
            row
            for row in terms.employment.unpaid
            if row[0] <= terms.last_day and row[1] >= grant.date_from
        )
        is_before = start and start > grant.date_from
        return (start, unpaid, self._get_worked(terms)) if unpaid or is_before else ()

    @api.model
    def _get_accruing(self, terms, first, last, is_worked_time):
        """Return which part of first..last there was a right to wage.

        :param is_worked_time: the plan itself leaves out unpaid days
        """
        begun = max(first, terms.employment.start or first)
        if begun > last:
            return Fraction(0)
        part = period_length((begun, last), "days") / period_length(
            (first, last), "days"
        )
        return (
            part if is_worked_time else part * self._get_paid_part(terms, begun, last)
        )

    @api.model
    def _get_paid_part(self, terms, first, last, basis="days"):
        unpaid = terms.employment.unpaid
        if not unpaid:
            return Fraction(1)
        count = partial(self._count_unpaid, unpaid)
        return paid_part((first, last), basis, self._get_worked(terms), count)

    @api.model
    def _get_worked(self, terms):
        return self._get_weekdays(terms.versions[-1:]) or frozenset(MONDAY_TO_FRIDAY)

    @api.model
    def _make_bucket(self, terms, grant, year, hours):
        """Return the bucket of one year with how long it can be taken."""
        legal_end = find_once(
            self.env,
            ("legal_end", terms.rate.id, grant.kind, year),
            lambda: self._get_legal_end(terms.rate, grant.kind, year),
        )
        told_on = self._get_told_on(terms, grant, legal_end)
        lapses = legal_end if grant.kind == "extra" or told_on else None
        return LeaveBucket(
            kind=grant.kind,
            year=year,
            hours=hours,
            given=hours,
            usable_from=max(grant.date_from, date(year, 1, 1)),
            usable_until=lapses if legal_end else grant.date_to,
            expires_on=legal_end or grant.date_to,
            told_on=told_on,
            takeable=told_on and self._get_takeable(terms, told_on, legal_end),
            plan=grant.is_accrual and grant.allocation.accrual_plan_id.name,
        )

    @api.model
    def _get_told_on(self, terms, grant, legal_end):
        """Return when the employee was told that leave lapses on ``legal_end``.

        On an accrual it is said of what lapses next.
        """
        told_on = grant.allocation.expiry_notice_date
        if grant.kind != "statutory" or not legal_end or not told_on:
            return None
        is_next = legal_end - relativedelta(years=1) < told_on <= legal_end
        return told_on if is_next or not grant.is_accrual else None

    @api.model
    def _get_takeable(self, terms, told_on, legal_end):
        """Return the hours that could be taken from the day after until the end."""
        days = working_days(told_on + ONE_DAY, legal_end, self._get_worked(terms))
        return days * self._get_hours_at(terms, told_on)

    @api.model
    def _get_grant(self, terms, allocation):
        """Return what the allocation gives: the same today and on the last day."""
        if allocation not in terms.grants:
            terms.grants[allocation] = self._prepare_grant(terms, allocation)
        return terms.grants[allocation]

    @api.model
    def _prepare_grant(self, terms, allocation):
        kind = allocation.holiday_status_id.settlement_kind
        date_to = self._get_original_end(terms, allocation)
        is_accrual = allocation.allocation_type == "accrual"
        is_in_full = kind == "time_for_time" or allocation.is_settled_in_full
        return Grant(
            allocation=allocation,
            is_accrual=is_accrual,
            kind=kind,
            date_from=allocation.date_from,
            date_to=date_to,
            last_day=date_to if is_accrual else allocation._get_grant_end(date_to),
            basis=not is_in_full and terms.rate.accrual_basis,
            # Not the field: core computes it record by record.
            in_days=allocation._get_request_unit() != "hour",
            alike=is_accrual and (allocation._get_accrual_key() or allocation),
            is_limited=is_accrual and allocation._is_accrual_limited(),
            is_losing=is_accrual
            and kind not in STATUTORY_KINDS
            and allocation._is_carry_over_limited(),
        )

    @api.model
    def _get_hours_at(self, terms, day):
        """Return the hours of a day of the schedule in force on ``day``."""
        for _first, last, hours in self._get_schedules(terms):
            if day <= last:
                return hours
        return terms.hours_per_day

    @api.model
    def _get_schedules(self, terms):
        """Return [(first, last day, hours of a day)] of the schedules, oldest first."""
        return find_once(
            self.env,
            ("schedules", terms.versions._ids),
            lambda: self._read_schedules(terms.versions),
        )

    @api.model
    def _read_schedules(self, versions):
        schedules = []
        for version, following in zip_longest(versions, versions[1:]):
            hours = exact(version.resource_calendar_id.hours_per_day)
            last = following.date_version - ONE_DAY if following else date.max
            if schedules and schedules[-1][2] == hours:
                schedules[-1] = (schedules[-1][0], last, hours)
            elif hours:
                first = schedules[-1][1] + ONE_DAY if schedules else date.min
                schedules.append((first, last, hours))
        return schedules

    @api.model
    def _get_original_end(self, terms, allocation):
        """Return the end before core's departure wizard cut it, None without end."""
        key = str(allocation.id)
        if key in terms.ends:
            return fields.Date.to_date(terms.ends[key])
        return allocation.date_to or None

    @api.model
    def _get_day_hours(self, terms, grant, period):
        """Return the hours of an allocated day.

        A day off keeps the hours of the day on which it was built up, and hours are
        hours, whatever the schedule became since (CJEU C-486/08, C-219/14).
        """
        allocation = grant.allocation
        if not grant.in_days and allocation.number_of_days:
            return exact(allocation.number_of_hours_display) / exact(
                allocation.number_of_days
            )
        if grant.in_days and grant.is_accrual:
            return self._get_hours_at(terms, period[0])
        if grant.in_days and grant.basis:
            return self._get_average_hours(terms, period, grant.basis)
        return self._get_hours_at(terms, grant.date_from)

    @api.model
    def _get_average_hours(self, terms, period, basis):
        """Return the hours of a day, on average over the schedules of a period."""
        first, last = period
        parts = [
            (period_length((max(start, first), min(end, last)), basis), hours)
            for start, end, hours in self._get_schedules(terms)
        ]
        whole = sum(length for length, _hours in parts)
        if not whole:
            return self._get_hours_at(terms, first)
        return sum(length * hours for length, hours in parts) / whole

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
