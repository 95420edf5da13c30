"""The monthly wage a payment is reckoned from, out of its components."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .money import exact, to_decimal

PERIOD_MONTHS = {"month": 1, "12m": 12, "year": 12, "36m": 36}
# What was earned over a period; a month's and a year's pay are what they are.
EARNED = ("12m", "36m")


def monthly_wage(
    components: Iterable[tuple[Any, str]], service_months: Any = None
) -> Decimal | None:
    """Return the sum of (amount, period) per month; None when an amount is unknown.

    A year's payment and overtime of the last 12 months count for a twelfth, bonuses of
    three calendar years for a 36th; shorter service makes the divisor shorter for what
    was earned, days included, not for what is paid per year.

    Source: Besluit loonbegrip vergoeding aanzegtermijn en transitievergoeding.

    :raises KeyError: for a period that is none of month, 12m, year, 36m.
    """
    parts = [
        (exact(amount), months_paid(period, service_months))
        for amount, period in components
    ]
    if not parts or any(amount is None for amount, _months in parts):
        return None
    return to_decimal(sum(amount / months for amount, months in parts))


def months_paid(period: str, service_months: Any = None) -> Fraction:
    """Return the months to divide by: those of the period, or those served."""
    months, service = Fraction(PERIOD_MONTHS[period]), exact(service_months)
    if not service or period not in EARNED:
        return months
    return min(months, service)
