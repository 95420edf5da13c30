"""The wage over a term of notice that was not kept."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .period import ONE_DAY, month_slices
from .proration import DAY_BASES, month_share, month_step
from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def notice_gap(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return the wage from the day after the last day to the regular end.

    Amount in the currency, never below zero: the rest of the month of leaving in
    proportion, full months, part of the last; ``quantity`` in months at the pay of
    one. No floor: the three months of 7:677(4) only limit how far a judge moderates.
    ``rate.uplift_percent`` adds the holiday allowance where that is claimed.

    Source: 7:672(11) and 7:677(4) BW. Missing: wage, last_day, regular_end, basis.
    """
    sheet = Worksheet(rate, inputs)
    last_day, regular_end = sheet.day("last_day"), sheet.day("regular_end")
    if last_day and regular_end and regular_end <= last_day:
        return sheet.zero("no_gap")
    salary = sheet.positive("salary", "wage")
    basis = sheet.choice("basis", DAY_BASES)
    if sheet.missing:
        return sheet.incomplete()
    months = _months(sheet, basis, last_day + ONE_DAY, regular_end)
    unit_value = salary * (100 + sheet.holiday_uplift()) / 100
    return sheet.done(months * unit_value, quantity=months, unit_value=unit_value)


def _months(sheet: Worksheet, basis: str, date_from: date, date_to: date) -> Fraction:
    """Return the months to pay, and keep them one by one as steps."""
    shares, steps = [], []
    for piece in month_slices(date_from, date_to):
        part, whole = DAY_BASES[basis](piece)
        shares.append(month_share(part, whole, piece.is_full))
        steps.append(month_step(piece, part, whole, shares[-1]))
    sheet.step(slices=steps, gap_months=sum(shares))
    return sum(shares)
