"""What a calculator answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Result:
    """One line's figures.

    ``amount`` is rounded to the currency and None when an input is missing: then
    ``missing`` names the inputs. ``quantity`` x ``unit_value`` is what the reader sees
    (69.33 hours at 18.461538). ``inputs`` are the values used and the steps between
    them, so that the line can be explained in words in any language later on.
    """

    amount: Decimal | None = None
    quantity: Decimal | None = None
    unit_value: Decimal | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
