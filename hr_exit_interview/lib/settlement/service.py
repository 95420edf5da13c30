"""The length of service, and how a begun year counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .period import service_period


@dataclass(frozen=True)
class Service:
    """Years, months and days; ``month_days`` is the length of the begun month."""

    years: int
    months: int
    days: int
    month_days: int

    @property
    def in_months(self) -> Fraction:
        """Return the whole length in months, days by the length of the begun month."""
        return self.years * 12 + self.months + Fraction(self.days, self.month_days)


def service_of(periods: Iterable[tuple[date, date]]) -> Service:
    """Add up periods: their days make a month at the length of the last begun month.

    :raises ValueError: when there are no periods.
    """
    parts = [service_period(start, end) for start, end in periods]
    if not parts:
        raise ValueError("Service needs at least one period")
    years, months, days = (sum(part[index] for part in parts) for index in range(3))
    month_days = parts[-1][3]
    carried, days = divmod(days, month_days)
    more_years, months = divmod(months + carried, 12)
    return Service(years + more_years, months, days, month_days)


def _half_year_up(service: Service) -> Fraction:
    """More than six months make a year, exactly six do not (KSchG 1a lid 2)."""
    return Fraction(service.years + ((service.months, service.days) > (6, 0)))


def _full_months(service: Service) -> Fraction:
    return service.years + Fraction(service.months, 12)


# 1/1095 of the monthly wage a day is a third of 1/365 year.
PART_ROUNDINGS = {
    "official": lambda service: service.in_months / 12,
    "per_1095": lambda service: _full_months(service) + Fraction(service.days, 365),
    "full_months": _full_months,
    "full_years": lambda service: Fraction(service.years),
    "half_year_up": _half_year_up,
}
