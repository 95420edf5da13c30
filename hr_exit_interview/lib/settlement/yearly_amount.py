"""A yearly payment in proportion: 13th month, year-end payment, fixed bonus."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .money import exact
from .period import ONE_DAY, anniversary, service_period
from .rate import Rate
from .result import Result
from .service import PART_ROUNDINGS, service_of
from .worksheet import Worksheet


def yearly_amount(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return the part of a yearly amount built up from the window's start.

    Amount in the currency; ``quantity`` in years, at the amount of a year. On basis
    days_365 the days are divided by those of the year that starts with the window
    (366 when it holds a 29 February), so that a full year is exactly the amount.
    Anyone not in service on ``condition_date`` gets 0 with a note; the step
    ``accrued`` says what was built up.

    Source: contract or collective agreement, there is no statutory right. Missing:
    yearly_amount, window_start, last_day, basis.
    """
    sheet = Worksheet(rate, inputs)
    amount = _amount(sheet)
    years = _years(sheet)
    paid = sheet.option("already_paid", 0)
    condition = sheet.optional_day("condition_date")
    if sheet.missing:
        return sheet.incomplete()
    sheet.step(years=years, accrued=years * amount)
    if condition and sheet.day("last_day") < condition:
        return sheet.zero("condition_not_met")
    return sheet.done(years * amount - paid, quantity=years, unit_value=amount)


def _amount(sheet: Worksheet) -> Fraction | None:
    amount, percent = sheet.number("yearly_amount"), exact(sheet.rate.percent)
    if amount is None or percent is None:
        return amount
    sheet.step(percent=percent)
    return amount * percent / 100


def _years(sheet: Worksheet) -> Fraction | None:
    start, last_day = sheet.day("window_start"), sheet.day("last_day")
    basis = sheet.choice("basis", YEAR_BASES)
    if not sheet.in_order("window_start", start, last_day) or not basis:
        return None
    years, months, days, month_days = service_period(start, last_day)
    sheet.step(months=12 * years + months, days=days, days_in_last_month=month_days)
    return YEAR_BASES[basis](start, last_day)


def _by_days(start: date, last_day: date) -> Fraction:
    """Return whole years and the days of the year begun after them."""
    years = service_period(start, last_day)[0]
    begun, completed = (
        anniversary(start, 12 * years),
        anniversary(start, 12 * years + 12),
    )
    return years + Fraction((last_day + ONE_DAY - begun).days, (completed - begun).days)


YEAR_BASES = {
    "months": lambda *period: PART_ROUNDINGS["official"](service_of([period])),
    "full_months": lambda *period: PART_ROUNDINGS["full_months"](service_of([period])),
    "days_365": _by_days,
}
