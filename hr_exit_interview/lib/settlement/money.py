"""Numbers of money and time: exact on the way in, rounded once on the way out."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Any

HUNDREDTH = Decimal("0.01")


# Asked by type and not with isinstance, which is slow for a Fraction: its class is
# an abstract one.
def to_decimal(value: Any) -> Decimal | None:
    """Return the number somebody typed, None when there is none.

    A float never enters as the binary number it is: 0.1 becomes Decimal("0.1"). Empty
    values (None, False, ""), text that is no number, infinity and NaN give None.

    :raises TypeError: for True or a type that is no number.
    """
    if type(value) is Fraction:
        whole = Decimal(value.numerator)
        return whole if value.denominator == 1 else whole / value.denominator
    if value is None or value is False or value == "":
        return None
    if value is True or not isinstance(value, (Decimal, int, float, str)):
        raise TypeError(f"{value!r} is not a number")
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def exact(value: Any) -> Fraction | None:
    """Return the same number as a fraction, so that dividing by 3 or 52 loses nothing.

    :raises TypeError: as :func:`to_decimal`.
    """
    return value if type(value) is Fraction else _exact(value)


@lru_cache(maxsize=4096, typed=True)
def _exact(value: Any) -> Fraction | None:
    """Most numbers of a list are those of the list before it: wages, hours, rates.

    By type as well, because 1 equals True and 0 equals False.
    """
    number = to_decimal(value)
    return None if number is None else Fraction(number)


def to_ratio(value: Any) -> Fraction | None:
    """Return a rate such as one third of a month, which decimals cannot write.

    A number of six decimals or more that is a fraction with a denominator up to 36 cut
    or rounded there (0.333333, 0.6666666666666666) is read as that fraction (1/3, 2/3).
    Anything shorter is taken literally.

    :raises TypeError: as :func:`to_decimal`.
    """
    number = exact(value)
    if number is None or type(value) is Fraction:
        return number
    decimals = -to_decimal(value).as_tuple().exponent
    nearest = number.limit_denominator(36)
    is_cut = decimals >= 6 and abs(nearest - number) < Fraction(1, 10**decimals)
    return nearest if is_cut else number


def round_half_up(value: Decimal | Fraction | int, unit: Decimal) -> Decimal:
    """Round to a multiple of ``unit`` (0.01, 1 for JPY, 0.05), halves away from zero.

    :raises ValueError: when the unit is not above zero.
    """
    unit = to_decimal(unit)
    if unit is None or unit <= 0:
        raise ValueError("The unit to round to must be above zero")
    value, step = exact(value), exact(unit)
    # Twice the steps plus one, halved: whole numbers all the way.
    double = 2 * abs(value.numerator) * step.denominator
    whole = value.denominator * step.numerator
    steps = (double + whole) // (2 * whole)
    return (steps if value >= 0 else -steps) * unit


def shown(value: Decimal | Fraction | int) -> Fraction:
    """Return hours or days as the reader sees them: 2 decimals, and so priced."""
    return Fraction(round_half_up(value, HUNDREDTH))
