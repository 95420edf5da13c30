"""Lines without money: goods to return, papers, clauses, information."""

from collections.abc import Mapping
from typing import Any

from .rate import Rate
from .result import Result


def no_amount(rate: Rate, inputs: Mapping[str, Any]) -> Result:
    """Return a line that has no amount and misses nothing."""
    return Result()
