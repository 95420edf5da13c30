"""Unused leave and overtime in money."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from .money import exact, shown
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
    uplift = _uplift(sheet)
    unit_value = value * (100 + uplift) / 100
    sheet.step(uplift_percent=uplift)
    return sheet.done(quantity * unit_value, quantity, unit_value)


def _uplift(sheet: Worksheet) -> Fraction:
    """Return the surcharge; a wage that includes holiday allowance has it already."""
    if sheet.raw("is_all_in"):
        sheet.note("all_in")
        return Fraction(0)
    return exact(sheet.rate.uplift_percent) or Fraction(0)


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
    wage, divisor = _monthly_wage(sheet), _hours_divisor(sheet)
    if wage is None or divisor is None:
        return None
    sheet.step(divisor=divisor, hourly=wage / divisor)
    return wage / divisor


def _hours_divisor(sheet: Worksheet) -> Fraction | None:
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


def _day_value(sheet: Worksheet) -> Fraction | None:
    """Return a day's wage: as given, averaged over a period, or the month's part."""
    value, period_wage = sheet.option("day_value"), sheet.option("period_wage")
    if not value:
        value = _average(sheet, period_wage) if period_wage else _month_day(sheet)
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
    return None if wage is None else wage / divisor
