"""Unused leave and overtime in money."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from .money import exact, shown
from .proration import hours_a_month
from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def leave_value(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return leave x its value; leave taken too much gives an amount below zero.

    Amount in the currency; ``quantity`` is the hours (or days, ``rate.basis`` "days")
    rounded to 2 decimals and ``unit_value`` what one of them is worth with the
    surcharge of ``rate.uplift_percent`` (8 % holiday allowance; 50 % overtime).

    Source: 7:641(1) BW; the wage is wide and holds structural allowances and fixed
    yearly payments (CJEU Williams). Days: BUrlG par. 5(2), 7(4) and 11. Missing:
    hours, days, wage, weekly_hours, period_days, rate.
    """
    sheet = Worksheet(rate, inputs)
    if rate.basis == "days":
        quantity, value = _days(sheet), _day_value(sheet)
    else:
        quantity, value = _hours(sheet), _hourly(sheet)
    if sheet.missing:
        return sheet.incomplete()
    unit_value = value * (100 + sheet.uplift()) / 100
    return sheet.done(quantity * unit_value, quantity, unit_value)


def _hours(sheet: Worksheet) -> Fraction | None:
    hours = sheet.number("hours")
    return None if hours is None else shown(hours)


def _days(sheet: Worksheet) -> Fraction | None:
    """Return the days to pay; BUrlG par. 5(2) makes half a day or more a whole day."""
    days = sheet.number("days")
    if days is None:
        return None
    is_rounded_up = sheet.rate.part_rounding == "half_day_up" and days > 0
    if is_rounded_up and days % 1 >= Fraction(1, 2):
        days = ceil(days)
    return shown(days)


def _monthly_wage(sheet: Worksheet) -> Fraction | None:
    """Return salary, average structural allowances and a twelfth of what is yearly."""
    salary = sheet.positive("salary", "wage")
    allowances = sheet.option("allowances", 0)
    yearly = sheet.option("yearly_fixed", 0)
    if salary is None:
        return None
    wage = salary + allowances + yearly / 12
    sheet.step(monthly_wage=wage)
    return wage


def _hourly(sheet: Worksheet) -> Fraction | None:
    wage, divisor = _monthly_wage(sheet), hours_a_month(sheet)
    if wage is None or divisor is None:
        return None
    sheet.step(divisor=divisor, hourly=wage / divisor)
    return wage / divisor


def _day_value(sheet: Worksheet) -> Fraction | None:
    """Return a day's wage: as given, the month's part, or averaged over a period."""
    value, period_wage = sheet.option("day_value"), sheet.option("period_wage")
    if not value:
        is_averaged = period_wage and not sheet.rate.divisor
        value = _average(sheet, period_wage) if is_averaged else _month_day(sheet)
    sheet.step(daily=value)
    return value


def _average(sheet: Worksheet, period_wage: Fraction) -> Fraction | None:
    """Return the average of the last 13 weeks (BUrlG par. 11), or any other period."""
    days = sheet.positive("period_days")
    return period_wage / days if days else None


def _month_day(sheet: Worksheet) -> Fraction | None:
    wage, divisor = _monthly_wage(sheet), exact(sheet.rate.divisor)
    if not divisor:
        return sheet.miss("rate")
    sheet.step(divisor=divisor)
    return None if wage is None else wage / divisor
