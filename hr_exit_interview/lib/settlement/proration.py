"""Which share of a month's pay a part of that month is."""

from fractions import Fraction

from .money import exact
from .period import MonthSlice, calendar_days, working_days
from .worksheet import Worksheet

WORKING_DAYS_A_MONTH = Fraction(2167, 100)  # WML art. 15(2)
HOURS = "schedule_hours"
MONTH_HOURS = "month_hours"


def _calendar(piece: MonthSlice) -> tuple[int, int]:
    return _days(piece), calendar_days(piece.first, piece.last)


def _working(piece: MonthSlice) -> tuple[int, int]:
    return _workdays(piece), working_days(piece.first, piece.last)


def _days(piece: MonthSlice) -> int:
    return calendar_days(piece.part_from, piece.part_to)


def _workdays(piece: MonthSlice) -> int:
    return working_days(piece.part_from, piece.part_to)


# Basis -> days of the part and days that make a whole month.
DAY_BASES = {
    "calendar_days": _calendar,
    "working_days": _working,
    "fixed_30": lambda piece: (_days(piece), 30),
    "fixed_21_67": lambda piece: (_workdays(piece), WORKING_DAYS_A_MONTH),
    "days_365": lambda piece: (_days(piece), Fraction(365, 12)),
}
WAGE_BASES = (*DAY_BASES, HOURS, MONTH_HOURS)


def month_share(
    part: Fraction, whole: Fraction, is_full: bool, unpaid: Fraction = Fraction(0)
) -> Fraction:
    """Return a share between 0 and 1; a month worked in full is exactly 1.

    ``unpaid`` is in the same days or hours as ``part`` and ``whole``; nothing but
    unpaid time is 0, also where a fixed month is longer than the real one.
    """
    if unpaid >= part:
        return Fraction(0)
    share = Fraction(1) if is_full else min(Fraction(1), Fraction(part) / whole)
    return min(Fraction(1), share - unpaid / whole)


def hours_a_month(sheet: Worksheet) -> Fraction | None:
    """Return the hours a month is paid for.

    A divisor in the rate (173.33) belongs to the full-time week: it is scaled to the
    contract when ``fulltime_hours`` says how long that week is, else used as it is.
    """
    divisor, fulltime = exact(sheet.rate.divisor), sheet.option("fulltime_hours")
    if divisor and not fulltime:
        sheet.note("divisor_not_scaled")
        return divisor
    weekly = sheet.positive("weekly_hours")
    if weekly is None:
        return None
    return divisor * weekly / fulltime if divisor else weekly * 52 / 12


def month_step(
    piece: MonthSlice, part, whole, share: Fraction, unpaid: Fraction = Fraction(0)
) -> dict:
    """Return one month as it is explained to the reader."""
    return {
        "month": piece.first,
        "date_from": piece.part_from,
        "date_to": piece.part_to,
        "part": part,
        "whole": whole,
        "share": share,
        "unpaid": unpaid,
    }
