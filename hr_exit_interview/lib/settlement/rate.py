"""The numbers of a rule on one day, as plain values without the ORM."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Tier:
    """Units per year of service between two lengths of service (in years) and ages.

    ``to_years`` and ``to_age`` are exclusive, None means without end; for ``factor``
    ``to_years`` itself counts where ``is_end_included`` says so. ``units`` and
    ``factor`` of six decimals or more are read as the fraction meant (0.333333 is 1/3).
    ``factor`` reduces the whole payment when the service ends in this tier (SA art. 85:
    1/3 and 2/3 on resignation).
    """

    units: Decimal
    from_years: Decimal = Decimal(0)
    to_years: Decimal | None = None
    from_age: int | None = None
    to_age: int | None = None
    factor: Decimal = Decimal(1)
    is_end_included: bool = False


@dataclass(frozen=True)
class Rate:
    """What ``hr.settlement.rate`` says, read once per rule and day.

    Percentages are numbers such as Decimal("8"); amounts are in the currency of the
    settlement; ``rounding`` is that currency's smallest unit (0.01, 1, 0.05).
    None means "not limited" or "not set", never zero.

    ``basis`` is how a part is measured: calendar_days, working_days, schedule_hours,
    month_hours, fixed_30, fixed_21_67, days_365 (wage), months, full_months, days_365
    (yearly amount), days (leave). ``part_rounding`` is how a begun year of service
    counts: official, per_1095, full_months, full_years, half_year_up; or half_day_up
    (leave). ``notice_unit`` is what the tiers count where they are terms of notice.
    """

    rounding: Decimal = Decimal("0.01")
    percent: Decimal | None = None
    basis: str | None = None
    part_rounding: str | None = None
    window_start_month: int | None = None
    divisor: Decimal | None = None
    uplift_percent: Decimal = Decimal(0)
    unit: str = "month"
    unit_divisor: Decimal | None = None
    cap_amount: Decimal | None = None
    cap_months: Decimal | None = None
    cap_years: Decimal | None = None
    unit_cap: Decimal | None = None
    higher_of_caps: bool = False
    floor_months: Decimal | None = None
    min_months: Decimal | None = None
    notice_unit: str = "month"
    employee_notice_months: Decimal | None = None
    employee_notice_days: Decimal | None = None
    is_notice_to_month_end: bool = True
    tiers: tuple[Tier, ...] = field(default_factory=tuple)
