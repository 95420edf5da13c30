"""What paying late may cost: shown as a risk, never as a line."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from .money import HUNDREDTH, exact, round_half_up


def late_pay_increase(
    due: Any, working_days: int, rounding: Decimal = HUNDREDTH
) -> Decimal | None:
    """Return the increase of wages paid so many working days late.

    5 % per working day from the 4th to the 8th, then 1 % per working day, at most half
    of what was due. None when the sum due is unknown.

    Source: 7:625(1) BW.
    """
    sum_due = exact(due)
    if sum_due is None:
        return None
    steep, slow = min(max(working_days - 3, 0), 5), max(working_days - 8, 0)
    percent = min(5 * steep + slow, 50)
    return round_half_up(sum_due * Fraction(percent, 100), rounding)
