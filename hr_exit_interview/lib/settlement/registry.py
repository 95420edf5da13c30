"""Which calculator a rule's method is."""

from collections.abc import Callable, Mapping
from typing import Any

from .amount import amount
from .late_notice import late_notice
from .leave_value import leave_value
from .no_amount import no_amount
from .notice_gap import notice_gap
from .percent_of_base import percent_of_base
from .rate import Rate
from .result import Result
from .service_tiers import service_tiers
from .sliding_repayment import sliding_repayment
from .wage_part import wage_part
from .yearly_amount import yearly_amount

METHODS: dict[str, Callable[[Rate, Mapping[str, Any]], Result]] = {
    "amount": amount,
    "late_notice": late_notice,
    "leave_value": leave_value,
    "none": no_amount,
    "notice_gap": notice_gap,
    "percent_of_base": percent_of_base,
    "service_tiers": service_tiers,
    "sliding_repayment": sliding_repayment,
    "wage_part": wage_part,
    "yearly_amount": yearly_amount,
}


def calculate(method: str, rate: Rate | None, inputs: Mapping[str, Any]) -> Result:
    """Compute one line. Without a rate on that day only a line without money can be.

    :raises KeyError: for a method that does not exist.
    """
    calculator = METHODS[method]
    if rate is None and method != "none":
        return Result(missing=("rate",))
    return calculator(rate, inputs)
