"""Lines that are not computed."""

from collections.abc import Mapping
from typing import Any

from .rate import Rate
from .result import Result
from .worksheet import Worksheet


def amount(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return the amount as it was found or typed, rounded to the currency.

    Expenses, loans, goods at book value. Missing: amount.
    """
    sheet = Worksheet(rate, inputs)
    found = sheet.number("amount")
    return sheet.incomplete() if sheet.missing else sheet.done(found)
