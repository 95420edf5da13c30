"""Study costs (or other costs) to pay back on a sliding scale."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .money import exact
from .period import ONE_DAY, service_period
from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def sliding_repayment(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return cost x months not yet worked off / months of the scale.

    Where ``yearly_steps`` were agreed instead (100, 67, 33): cost x the percentage of
    the year after completion in which the employment ends. Amount in the currency,
    never below zero: the rule gives it the sign. ``quantity`` is the part to pay back,
    ``unit_value`` the cost. Training that the law obliges the employer to give is free;
    when the employer ends the contract nothing is due unless agreed.

    Source: 7:611a(2) and (4) BW; HR 10 June 1983 (Muller/Van Opzeeland). Missing:
    cost, months_total, completed_date, last_day.
    """
    sheet = Worksheet(rate, inputs)
    if sheet.flag("is_mandatory"):
        return sheet.zero("mandatory_training")
    if sheet.flag("employer_initiative") and not sheet.flag("agreed"):
        return sheet.zero("employer_initiative")
    cost = sheet.number("cost")
    steps = sheet.raw("yearly_steps")
    total = None if steps else sheet.positive("months_total")
    elapsed = _elapsed(sheet)
    part = _step(sheet, elapsed) if steps else _slope(total, elapsed)
    if part == 0:
        return sheet.zero("scale_ended")
    if sheet.missing:
        return sheet.incomplete()
    return sheet.done(cost * part, quantity=part, unit_value=cost)


def _slope(total: Fraction | None, elapsed: Fraction | None) -> Fraction | None:
    """Return the part not yet written off by a straight line."""
    if total is None or elapsed is None:
        return None
    return max(Fraction(0), total - elapsed) / total


def _step(sheet: Worksheet, elapsed: Fraction | None) -> Fraction | None:
    """Return the part agreed for the year in which the employment ends."""
    if elapsed is None:
        return None
    steps, year = sheet.raw("yearly_steps"), int(elapsed // 12)
    percent = exact(steps[year]) if year < len(steps) else Fraction(0)
    sheet.step(step_year=year + 1, percent=percent)
    return percent / 100


def _elapsed(sheet: Worksheet) -> Fraction | None:
    """Return the months worked off: as given, or full months since completion."""
    elapsed = sheet.option("months_elapsed")
    if elapsed is None:
        completed, last_day = sheet.day("completed_date"), sheet.day("last_day")
        if not completed or not last_day:
            return None
        elapsed = _full_months(completed, last_day)
    elapsed = max(Fraction(0), elapsed)
    sheet.step(months_elapsed=elapsed)
    return elapsed


def _full_months(completed: date, last_day: date) -> Fraction:
    years, months, _days, _length = service_period(completed + ONE_DAY, last_day)
    return Fraction(12 * years + months)
