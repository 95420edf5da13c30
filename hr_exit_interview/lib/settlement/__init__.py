"""The arithmetic of the final settlement: plain Python, no ORM."""

from .leave_balance import LeaveBucket, leave_balance, leave_outlook, period_share
from .money import exact, round_half_up, to_decimal
from .notice import notice_end, notice_months
from .period import (
    MONDAY_TO_FRIDAY,
    add_months,
    merge_service,
    month_slices,
    service_period,
    without,
    working_days,
)
from .rate import Rate, Tier
from .reference_wage import month_divisor, monthly_wage
from .registry import METHODS, calculate
from .result import Result
from .risk import late_pay_increase
from .service import service_of
from .worksheet import to_json

__all__ = [
    "METHODS",
    "MONDAY_TO_FRIDAY",
    "LeaveBucket",
    "Rate",
    "Result",
    "Tier",
    "add_months",
    "calculate",
    "exact",
    "late_pay_increase",
    "leave_balance",
    "leave_outlook",
    "merge_service",
    "month_divisor",
    "month_slices",
    "monthly_wage",
    "notice_end",
    "notice_months",
    "period_share",
    "round_half_up",
    "service_of",
    "service_period",
    "to_decimal",
    "to_json",
    "without",
    "working_days",
]
