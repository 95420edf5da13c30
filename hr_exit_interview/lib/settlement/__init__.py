"""The arithmetic of the final settlement: plain Python, no ORM."""

from .leave_balance import LeaveBucket, latest_first, leave_balance, leave_outlook
from .leave_build_up import paid_part, period_length
from .money import exact, round_half_up, to_decimal
from .notice import notice_end, notice_months
from .period import (
    MONDAY_TO_FRIDAY,
    ONE_DAY,
    add_months,
    merge_service,
    month_slices,
    service_period,
    without,
    working_days,
)
from .rate import Rate, Tier
from .reference_wage import monthly_wage, months_paid
from .registry import METHODS, calculate
from .result import Result
from .risk import late_pay_increase
from .service import service_of
from .worksheet import to_json

__all__ = [
    "METHODS",
    "MONDAY_TO_FRIDAY",
    "ONE_DAY",
    "LeaveBucket",
    "Rate",
    "Result",
    "Tier",
    "add_months",
    "calculate",
    "exact",
    "late_pay_increase",
    "latest_first",
    "leave_balance",
    "leave_outlook",
    "merge_service",
    "month_slices",
    "monthly_wage",
    "months_paid",
    "notice_end",
    "notice_months",
    "paid_part",
    "period_length",
    "round_half_up",
    "service_of",
    "service_period",
    "to_decimal",
    "to_json",
    "without",
    "working_days",
]
