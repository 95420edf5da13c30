"""Periods between two inclusive dates."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


class MonthSlice(NamedTuple):
    """A calendar month and the part of it that lies within a period."""

    first: date
    last: date
    part_from: date
    part_to: date

    @property
    def is_full(self) -> bool:
        """Tell whether the period covers the whole month."""
        return (self.first, self.last) == (self.part_from, self.part_to)


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _shifted(day: date, months: int) -> tuple[int, int]:
    """Return year and month number ``months`` further (or back)."""
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` further, at most that month's last day.

    31 January plus one month is 28 (or 29) February.
    """
    year, month = _shifted(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def anniversary(start: date, months: int) -> date:
    """Return the first day after ``months`` whole months of service from ``start``.

    Where the month lacks that day it is the first of the next month: who starts on
    29 February has served a year at the end of 28 February.
    """
    year, month = _shifted(start, months)
    if start.day <= monthrange(year, month)[1]:
        return date(year, month, start.day)
    return add_months(date(year, month, 1), 1)


def month_before(last_day: date) -> date:
    """Return the last day of what lies a month or more before the end of ``last_day``.

    31 August gives 31 July, 30 September gives 31 August, 15 September 15 August.
    """
    earlier = add_months(last_day, -1)
    return month_end(earlier) if last_day == month_end(last_day) else earlier


def calendar_days(first: date, last: date) -> int:
    """Return the number of days, first and last included; 0 when there are none."""
    return max(0, (last - first).days + 1)


def working_days(
    first: date, last: date, weekdays: Iterable[int] = MONDAY_TO_FRIDAY
) -> int:
    """Return how many days of ``weekdays`` (Monday is 0) lie in the period."""
    return _working_days(first, last, frozenset(weekdays))


@lru_cache(maxsize=4096)
def _working_days(first: date, last: date, wanted: frozenset[int]) -> int:
    weeks, rest = divmod(calendar_days(first, last), 7)
    return weeks * len(wanted) + sum(
        (first.weekday() + offset) % 7 in wanted for offset in range(rest)
    )


def month_slices(date_from: date, date_to: date) -> list[MonthSlice]:
    """Cut a period into calendar months; empty when it ends before it starts."""
    slices = []
    while date_from <= date_to:
        last = month_end(date_from)
        part_to = min(last, date_to)
        slices.append(MonthSlice(date_from.replace(day=1), last, date_from, part_to))
        date_from = last + ONE_DAY
    return slices


def service_period(start: date, last_day: date) -> tuple[int, int, int, int]:
    """Return years, months and days of service, and the length of the begun month.

    Counted by anniversaries from ``start`` to the day after ``last_day``. The begun
    month runs from the last monthly anniversary to the next, so that the days are
    always fewer than its length. All zero but the length when there is no service.
    """
    end = max(start, last_day + ONE_DAY)
    months = (end.year - start.year) * 12 + end.month - start.month
    while anniversary(start, months) > end:
        months -= 1
    begun, completed = anniversary(start, months), anniversary(start, months + 1)
    return *divmod(months, 12), (end - begun).days, (completed - begun).days


def _joined(periods: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the periods in order, those that touch or overlap made one."""
    joined = []
    for start, end in sorted(periods):
        if joined and start <= joined[-1][1] + ONE_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def merge_service(
    periods: Iterable[tuple[date, date]], max_gap_months: int | None
) -> list[tuple[date, date]]:
    """Return the contracts that count together with the last one, in order.

    A gap longer than ``max_gap_months`` cuts off what lies before it (six months in
    7:673 lid 4 BW); None cuts nothing. The gaps themselves are no service.
    """
    joined = _joined(periods)
    first = len(joined) - 1
    while first > 0 and _follows(joined[first - 1], joined[first], max_gap_months):
        first -= 1
    return joined[max(first, 0) :]


def _follows(
    earlier: tuple[date, date], later: tuple[date, date], max_gap_months: int | None
) -> bool:
    """Tell whether the gap between two contracts is at most so many months."""
    if max_gap_months is None:
        return True
    return later[0] <= anniversary(earlier[1] + ONE_DAY, max_gap_months)


def without(
    periods: Iterable[tuple[date, date]], first: date, last: date
) -> list[tuple[date, date]]:
    """Return the periods less the days from ``first`` through ``last``."""
    left = []
    for start, end in periods:
        left.append((start, min(end, first - ONE_DAY)))
        left.append((max(start, last + ONE_DAY), end))
    return list(dict.fromkeys((s, e) for s, e in left if s <= e))
