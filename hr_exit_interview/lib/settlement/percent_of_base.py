"""A percentage of what was earned: holiday allowance, Belgian exit pay."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .money import exact
from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def percent_of_base(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return percent x base less what was already paid; below zero after an advance.

    Amount in the currency; ``quantity`` is the base, ``unit_value`` the percentage as
    a factor. ``rate.unit_cap`` limits the base of a month, in proportion for part of
    one; it does not limit a ``base`` given as a sum. An all-in wage and an allowance
    paid every month give 0 with a note.

    Source: WML art. 6 and 15-17 (8 %, above three times the minimum wage may be left
    out). Missing: base, rate.
    """
    sheet = Worksheet(rate, inputs)
    for flag, note in (("is_all_in", "all_in"), ("is_paid_monthly", "paid_monthly")):
        if sheet.flag(flag):
            return sheet.zero(note)
    base = _base(sheet)
    percent = exact(rate.percent)
    if percent is None:
        sheet.miss("rate")
    paid = sheet.option("already_paid", 0)
    if sheet.missing:
        return sheet.incomplete()
    sheet.step(total_base=base, percent=percent)
    factor = percent / 100
    return sheet.done(base * factor - paid, quantity=base, unit_value=factor)


def _base(sheet: Worksheet) -> Fraction | None:
    """Return the sum of the months, each up to its cap, and of an uncapped base."""
    lump = sheet.option("base")
    rows = [_month(*row) for row in sheet.raw("base_by_month") or ()]
    if (lump is None and not rows) or any(row["amount"] is None for row in rows):
        return sheet.miss("base")
    counted = [_counted(row, exact(sheet.rate.unit_cap)) for row in rows]
    if rows:
        sheet.step(base_by_month=rows, unit_cap=exact(sheet.rate.unit_cap))
    if any(part < row["amount"] for part, row in zip(counted, rows, strict=True)):
        sheet.note("capped")
    return sum(counted, lump or Fraction(0))


def _month(label: Any, amount: Any, fraction: Any = 1) -> dict:
    """Return one row of the base; its fraction is the part of the month it covers."""
    part = exact(fraction)
    return {
        "label": label,
        "amount": exact(amount),
        "fraction": Fraction(1) if part is None else part,
    }


def _counted(row: dict, cap: Fraction | None) -> Fraction:
    if cap is None:
        return row["amount"]
    return min(row["amount"], cap * row["fraction"])
