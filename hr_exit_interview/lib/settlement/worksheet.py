"""What a calculator writes on while it works out one line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .money import exact, round_half_up, to_decimal
from .rate import Rate
from .result import Result

# A date outside these years stands for "no end" or is a typing error.
YEARS = range(1900, 2201)


def to_date(value: Any) -> date | None:
    """Return a date from a date, datetime or ISO text; None when there is none."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and value.year in YEARS else None


def plain(value: Any) -> Any:
    """Return a step in types that can be stored: no fractions, tuples or floats."""
    kind = type(value)
    if kind is Fraction or kind is float:
        return to_decimal(value)
    if kind is dict:
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def to_json(value: Any) -> Any:
    """Return inputs and steps as JSON: exact numbers and dates become text."""
    kind = type(value)
    if kind is Decimal:
        return str(value)
    if kind is Fraction:
        return str(to_decimal(value))
    if kind is dict:
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    return str(value) if isinstance(value, date) else value


class Worksheet:
    """Reads inputs by name, keeps those used, names those missing.

    Inputs whose key is absent, None, False or no number are not given. What the source
    already names in ``inputs["missing"]`` stays missing.
    """

    def __init__(self, rate: Rate, inputs: Mapping[str, Any]):
        self.rate = rate
        self.missing = list(inputs.get("missing") or ())
        self._inputs = inputs
        self._used = {}
        self._notes = []

    def raw(self, key: str) -> Any:
        """Return what was given, for a calculator that reads lists itself."""
        return self._inputs.get(key)

    def option(self, key: str, default: Any = None) -> Fraction | None:
        """Return a number that may be left out, and keep it when it was given."""
        value = exact(self._inputs.get(key))
        if value is None:
            return default if default is None else Fraction(default)
        self._used[key] = to_decimal(value)
        return value

    def number(self, key: str, missing: str | None = None) -> Fraction | None:
        """Return a number that cannot be left out."""
        value = self.option(key)
        return self.miss(missing or key) if value is None else value

    def positive(self, key: str, missing: str | None = None) -> Fraction | None:
        """Return a number that says nothing at zero: a wage, the hours of a week."""
        value = self.option(key)
        if value is None or value <= 0:
            return self.miss(missing or key)
        return value

    def day(self, key: str, missing: str | None = None) -> date | None:
        """Return a date that cannot be left out."""
        return self.optional_day(key) or self.miss(missing or key)

    def optional_day(self, key: str) -> date | None:
        """Return a date that may be left out, and keep it when it was given."""
        value = to_date(self._inputs.get(key))
        if value is not None:
            self._used[key] = value
        return value

    def flag(self, key: str) -> bool:
        """Return a yes or no; not given is no."""
        value = bool(self._inputs.get(key))
        self._used[key] = value
        return value

    def holiday_uplift(self) -> Fraction:
        """Return the percentage of holiday allowance to add: none where it is in."""
        uplift = exact(self.rate.uplift_percent) or Fraction(0)
        if uplift and self.flag("is_all_in"):
            self.note("all_in")
            return Fraction(0)
        self.step(uplift_percent=uplift)
        return uplift

    def per_month(self, key: str, count: int) -> list[Fraction] | None:
        """Return one number per month: a list, or a single one for a single month."""
        value = self._inputs.get(key)
        values = value if isinstance(value, (list, tuple)) else [value]
        numbers = [exact(item) or Fraction(0) for item in values]
        if not any(numbers):
            return [Fraction(0)] * count
        self._used[key] = plain(numbers)
        return numbers if len(numbers) == count else self.miss(key)

    def choice(self, name: str, known: Sequence[str] | Mapping) -> str | None:
        """Return a choice made in the rate (its basis) when the method knows it."""
        value = getattr(self.rate, name)
        self._used[name] = value
        return value if value in known else self.miss(name)

    def in_order(self, start_key: str, start: date | None, end: date | None) -> bool:
        """Whether both dates are known and in order; else the start is missing."""
        if start and end and start > end:
            self.miss(start_key)
        return bool(start and end and start <= end)

    def miss(self, key: str) -> None:
        """Name something as missing; returns None to hand on as the value."""
        if key not in self.missing:
            self.missing.append(key)

    def step(self, **steps: Any) -> None:
        """Keep what a line is explained with."""
        self._used.update(plain(steps))

    def note(self, key: str) -> None:
        """Add a remark by its machine key."""
        self._notes.append(key)

    def incomplete(self) -> Result:
        """Answer without an amount."""
        return Result(
            inputs=self._used, missing=tuple(self.missing), notes=tuple(self._notes)
        )

    def zero(self, note: str) -> Result:
        """Answer that nothing is due and why, whatever else is unknown."""
        self.missing.clear()
        self.note(note)
        return self.done(Fraction(0))

    def done(
        self,
        amount: Fraction,
        quantity: Fraction | None = None,
        unit_value: Fraction | None = None,
    ) -> Result:
        """Answer the amount, rounded once to the smallest unit of the currency."""
        return Result(
            amount=round_half_up(amount, self.rate.rounding),
            quantity=to_decimal(quantity),
            unit_value=to_decimal(unit_value),
            inputs=self._used,
            notes=tuple(self._notes),
        )
