"""Wage over a period: the broken last month, the benefit after a death."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .money import exact, shown
from .period import MonthSlice, month_slices
from .proration import (
    DAY_BASES,
    MONTH_HOURS,
    WAGE_BASES,
    hours_a_month,
    month_share,
    month_step,
)
from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def wage_part(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return the monthly salary over the days between two dates, month by month.

    Amount in the currency; ``quantity`` in months, at the pay of one month. A month
    covered in full is exactly the salary on every basis. With an hourly rate: hours
    done x rate, nothing is prorated. Pay during sickness is a percentage, not below
    the minimum wage if that is given (7:629 BW). ``rate.uplift_percent`` adds the
    holiday allowance where that is claimed (after a death).

    Source: 7:610, 7:616, 7:623 BW; after a death 7:674 BW. The law names no day
    method. Missing: wage, date_from, date_to, basis, schedule_hours, hours_done,
    unpaid_days, unpaid_hours, weekly_hours.
    """
    sheet = Worksheet(rate, inputs)
    if sheet.option("hourly_rate"):
        return _by_the_hour(sheet)
    pay = _monthly_pay(sheet)
    shares = _shares(sheet)
    leave = _unpaid_share(sheet)
    if sheet.missing:
        return sheet.incomplete()
    months = max(Fraction(0), sum(shares) - leave)
    pay = pay * (100 + sheet.uplift()) / 100
    return sheet.done(pay * months, quantity=months, unit_value=pay)


def _by_the_hour(sheet: Worksheet) -> Result:
    hourly = sheet.positive("hourly_rate")
    hours = sheet.number("hours_done")
    percent = sheet.option("pay_percent", 100)
    if sheet.missing:
        return sheet.incomplete()
    hours, pay = shown(hours), hourly * percent / 100
    return sheet.done(hours * pay, quantity=hours, unit_value=pay)


def _monthly_pay(sheet: Worksheet) -> Fraction | None:
    salary = sheet.positive("salary", "wage")
    percent = sheet.option("pay_percent", 100)
    minimum = sheet.option("minimum_wage", 0)
    if salary is None:
        return None
    pay = max(salary * percent / 100, min(salary, minimum))
    sheet.step(monthly_pay=pay)
    return pay


def _shares(sheet: Worksheet) -> list[Fraction] | None:
    date_from, date_to = sheet.day("date_from"), sheet.day("date_to")
    basis = sheet.choice("basis", WAGE_BASES)
    if not sheet.in_order("date_from", date_from, date_to) or not basis:
        return None
    pieces = month_slices(date_from, date_to)
    unpaid = sheet.per_month(_unpaid_key(sheet, basis), len(pieces))
    parts = _parts(sheet, basis, pieces, unpaid) if unpaid else None
    return _priced(sheet, pieces, parts, unpaid) if parts else None


def _unpaid_key(sheet: Worksheet, basis: str) -> str:
    """Return in which unit unpaid time is read: what the basis counts in."""
    if basis in DAY_BASES:
        return "unpaid_days"
    if _any_given(sheet.raw("unpaid_days")):
        sheet.miss("unpaid_hours")
    return "unpaid_hours"


def _any_given(value: Any) -> bool:
    """Tell whether a number, or one of a list of numbers, is not zero."""
    values = value if isinstance(value, (list, tuple)) else [value]
    return any(exact(item) for item in values)


def _parts(sheet, basis, pieces, unpaid) -> list[tuple] | None:
    """Return (part, whole) of every month, in days or in hours."""
    if basis in DAY_BASES:
        return [DAY_BASES[basis](piece) for piece in pieces]
    roster = _roster(sheet, pieces)
    if basis == MONTH_HOURS:
        return _fixed_parts(sheet, pieces, roster, unpaid)
    parts = [_roster_part(*row) for row in zip(pieces, roster, unpaid, strict=True)]
    return sheet.miss("schedule_hours") if None in parts else parts


def _fixed_parts(sheet, pieces, roster, unpaid) -> list[tuple] | None:
    """Return hours done of as many hours as every month has by agreement."""
    is_whole = all(piece.is_full for piece in pieces) and not any(unpaid)
    if is_whole and not sheet.option("weekly_hours"):
        return [(Fraction(1), Fraction(1))] * len(pieces)
    month = hours_a_month(sheet)
    hours = [
        month if piece.is_full else done
        for piece, (done, _month) in zip(pieces, roster, strict=True)
    ]
    if month and None in hours:
        return sheet.miss("schedule_hours")
    return [(shown(done), month) for done in hours] if month else None


def _roster(sheet: Worksheet, pieces: list[MonthSlice]) -> list[tuple]:
    """Return (hours done, hours of the month) of every month, as far as known."""
    schedule = sheet.raw("schedule")
    if schedule:
        rows = [tuple(exact(hours) for hours in row) for row in schedule]
        sheet.step(schedule=rows)
    else:
        rows = [(sheet.option("hours_done"), sheet.option("hours_month"))]
    known = len(rows) == len(pieces)
    return rows if known else [(None, None)] * len(pieces)


def _roster_part(piece: MonthSlice, row: tuple, unpaid: Fraction) -> tuple | None:
    """Return shown hours; a full month needs no roster as long as all of it is paid."""
    done, month = row
    if piece.is_full and not unpaid and not month:
        return Fraction(1), Fraction(1)
    if done is None or not month or month < 0:
        return None
    return shown(done), shown(month)


def _priced(sheet, pieces, parts, unpaid) -> list[Fraction]:
    """Return each month's share, and keep the months as steps."""
    shares, steps = [], []
    for piece, (part, whole), days in zip(pieces, parts, unpaid, strict=True):
        shares.append(month_share(part, whole, piece.is_full, days))
        steps.append(month_step(piece, part, whole, shares[-1], days))
    sheet.step(slices=steps)
    return shares


def _unpaid_share(sheet: Worksheet) -> Fraction:
    """Return unpaid hours as a share of a month where the basis counts days."""
    is_in_hours = sheet.rate.basis not in DAY_BASES
    if is_in_hours or not _any_given(sheet.raw("unpaid_hours")):
        return Fraction(0)
    hours = sheet.per_month("unpaid_hours", 1)
    weekly = sheet.positive("weekly_hours")
    return shown(hours[0]) * 12 / 52 / weekly if hours and weekly else Fraction(0)
