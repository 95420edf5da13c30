"""The payment for not saying in time whether a fixed-term contract goes on."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .money import exact
from .period import ONE_DAY, calendar_days, month_before, working_days
from .rate import Rate
from .result import Result
from .service import service_of
from .worksheet import Worksheet

MIN_MONTHS = 6  # 7:668(2) BW; rate.min_months replaces it
DAY_COUNTS = {"calendar_days": calendar_days, "working_days": working_days}


def late_notice(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return one month's bare wage if nothing was said, a part of it if said late.

    Amount in the currency, at most one month; ``quantity`` in months. The word was due
    one month before the end (end 31 August: at latest 31 July; end 30 September: 31
    August). Days late are divided by the days of the contract's last month, which runs
    from the day after that date to the end; courts count calendar days, one counted
    working days (``rate.basis``).

    Source: 7:668 BW. Missing: wage, contract_start, contract_end, notified_date, basis.
    """
    sheet = Worksheet(rate, inputs)
    if sheet.flag("offered_in_time"):
        return sheet.zero("offered_in_time")
    start, end = sheet.day("contract_start"), sheet.day("contract_end")
    known = sheet.in_order("contract_start", start, end)
    if known and _is_short(rate, start, end):
        return sheet.zero("contract_below_six_months")
    share = _share(sheet, end)
    if known and share == 0:
        return sheet.zero("notified_in_time")
    salary = sheet.positive("salary", "wage")
    if sheet.missing:
        return sheet.incomplete()
    return sheet.done(salary * share, quantity=share, unit_value=salary)


def _is_short(rate: Rate, start: date, end: date) -> bool:
    minimum = exact(rate.min_months)
    months = service_of([(start, end)]).in_months
    return months < (MIN_MONTHS if minimum is None else minimum)


def _share(sheet: Worksheet, end: date | None) -> Fraction | None:
    """Return which part of a month is due, None when that cannot be known."""
    notified = sheet.optional_day("notified_date")
    if notified is None and sheet.raw("was_notified") is not False:
        return sheet.miss("notified_date")
    basis = sheet.rate.basis or "calendar_days"
    if basis not in DAY_COUNTS:
        return sheet.miss("basis")
    sheet.step(basis=basis, was_notified=notified is not None)
    return _late_share(sheet, DAY_COUNTS[basis], end, notified) if end else None


def _late_share(sheet: Worksheet, count, end: date, notified: date | None) -> Fraction:
    duty = month_before(end)
    first = duty + ONE_DAY
    month_days = count(first, end)
    late = count(first, min(notified or end, end))
    sheet.step(duty_date=duty, days_late=late, days_in_last_month=month_days)
    return Fraction(late, month_days)
