"""Terms of notice."""

from collections.abc import Sequence
from datetime import date, timedelta

from .money import exact
from .period import ONE_DAY, add_months, month_end, service_period
from .rate import Tier


def notice_end(
    notice_date: date,
    months: int,
    procedure_days: int = 0,
    minimum_months: int = 1,
    at_month_end: bool = True,
    days: int = 0,
) -> date:
    """Return the last day of a contract after notice.

    The term of months and days runs from the notice date, is shortened by the days the
    procedure took (UWV) but not below ``minimum_months``, and then runs to the month's
    end unless agreed otherwise.

    Source: 7:672(1) and (6) BW.
    """
    shortest = add_months(notice_date, min(months, minimum_months))
    end = add_months(notice_date, months) + timedelta(days=days - procedure_days)
    end = max(end, shortest)
    return month_end(end) if at_month_end else end


def notice_months(
    tiers: Sequence[Tier],
    service_start: date | None,
    notice_date: date | None,
    aow_reached: bool = False,
) -> int | None:
    """Return the employer's term, by the full years of service before the notice date.

    In the unit of the tiers, months in the Netherlands. One month once the state
    pension age is reached. None when a date is unknown or no tier holds that length of
    service.

    Source: 7:672(2) and (3) BW.
    """
    if aow_reached:
        return 1
    if not service_start or not notice_date:
        return None
    years = service_period(service_start, notice_date - ONE_DAY)[0]
    for tier in tiers:
        end = exact(tier.to_years)
        if years >= exact(tier.from_years) and (end is None or years < end):
            return int(tier.units)
    return None
