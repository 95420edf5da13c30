"""Which part of a period's leave was built up: the time with a right to wage."""

from collections.abc import Callable, Collection
from datetime import date
from fractions import Fraction

from .period import calendar_days, month_slices, working_days
from .service import service_of

Period = tuple[date, date]
ALL_DAYS = range(7)


def period_length(period: Period, basis: str) -> Fraction:
    """Return the length of a period, 0 when it ends before it starts.

    :param basis: "months" counts months, a begun one by its days; "days" counts days
    """
    if period[0] > period[1]:
        return Fraction(0)
    if basis == "days":
        return Fraction(calendar_days(*period))
    return service_of([period]).in_months


def paid_part(
    period: Period,
    basis: str,
    weekdays: Collection[int],
    count_unpaid: Callable[[date, date, Collection[int]], Fraction],
) -> Fraction:
    """Return which part of a period there was a right to wage (BW 7:634 lid 1).

    A month counts for the part of its working days that was paid: a week without pay
    costs what a week builds up, and not its five days of thirty.

    :param weekdays: those that are worked, Monday is 0
    :param count_unpaid: (first, last day, weekdays) -> days without pay
    """
    whole = lost = Fraction(0)
    for month in month_slices(*period):
        part = period_length((month.part_from, month.part_to), basis)
        worked = working_days(month.part_from, month.part_to, weekdays)
        counted = weekdays if worked else ALL_DAYS
        days = worked or calendar_days(month.part_from, month.part_to)
        unpaid = count_unpaid(month.part_from, month.part_to, counted)
        whole += part
        lost += part * min(Fraction(1), Fraction(unpaid) / days)
    return 1 - lost / whole if whole else Fraction(1)
