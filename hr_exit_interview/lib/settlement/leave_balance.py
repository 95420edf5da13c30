"""What is left of leave on the last day: first taken is what expires first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .money import shown
from .period import calendar_days
from .service import service_of


@dataclass
class LeaveBucket:
    """Leave of one kind and year, in hours.

    ``usable_until`` is the last day on which it can be taken, None when it does not
    lapse; ``expires_on`` only decides the order in which buckets are used up.
    """

    kind: str
    year: int
    hours: Fraction
    usable_from: date
    usable_until: date | None = None
    expires_on: date | None = None
    taken: Fraction = Fraction(0)

    @property
    def left(self) -> Fraction:
        """Hours not taken yet, whether lapsed or not."""
        return self.hours - self.taken

    def is_usable_on(self, day: date) -> bool:
        """Tell whether hours can be taken from the bucket on ``day``."""
        return self.usable_from <= day and (
            self.usable_until is None or day <= self.usable_until
        )

    def is_left_on(self, day: date) -> bool:
        """Tell whether what was not taken still counts at the end of ``day``."""
        return self.usable_until is None or day <= self.usable_until


@dataclass(frozen=True)
class LeaveBalance:
    """Hours on the last day: left over, lapsed before it, taken, taken too much."""

    left: Fraction
    lapsed: Fraction
    taken: Fraction
    overdrawn: Fraction

    @property
    def hours(self) -> Fraction:
        """Return the hours to pay out; negative when more was taken than there was."""
        return self.left - self.overdrawn


def leave_balance(
    buckets: Iterable[LeaveBucket],
    takings: Iterable[tuple[date, Fraction]],
    last_day: date,
) -> LeaveBalance:
    """Use up buckets by the leave taken and tell what is left on ``last_day``.

    :param buckets: changed in place: ``taken`` is filled in
    :param takings: (first day, hours) of every leave up to the last day
    """
    ordered = sorted(
        buckets, key=lambda bucket: (bucket.expires_on or date.max, bucket.usable_from)
    )
    taken = overdrawn = Fraction(0)
    for day, hours in sorted(takings):
        taken += hours
        overdrawn += _take(ordered, day, hours)
    left = sum((b.left for b in ordered if b.is_left_on(last_day)), Fraction(0))
    lapsed = sum((b.left for b in ordered if not b.is_left_on(last_day)), Fraction(0))
    return LeaveBalance(left, lapsed, taken, overdrawn)


def leave_outlook(
    today: Iterable[LeaveBalance], last_day: Iterable[LeaveBalance]
) -> dict[str, Fraction]:
    """Return how the hours of today become those of the last day.

    hours + accrued - planned - lapsing = left, in hours of two decimals as they are
    shown: what rounding leaves over is in ``accrued``.

    :param today: the balances as if today were the last day
    :param last_day: the balances on the last day
    """
    today, last_day = list(today), list(last_day)
    hours = shown(sum(balance.hours for balance in today))
    left = shown(sum(balance.hours for balance in last_day))
    planned = shown(
        sum(balance.taken for balance in last_day)
        - sum(balance.taken for balance in today)
    )
    lapsing = shown(
        sum(balance.lapsed for balance in last_day)
        - sum(balance.lapsed for balance in today)
    )
    return {
        "hours": hours,
        "accrued": left - hours + planned + lapsing,
        "planned": planned,
        "lapsing": lapsing,
        "left": left,
    }


def _take(buckets: list[LeaveBucket], day: date, hours: Fraction) -> Fraction:
    """Take hours from the buckets; return what none of them could cover."""
    for bucket in buckets:
        if hours > 0 and bucket.is_usable_on(day):
            taken = min(hours, max(bucket.left, Fraction(0)))
            bucket.taken += taken
            hours -= taken
    return hours


def period_share(start: date, end: date, whole_end: date, basis: str) -> Fraction:
    """Return which part of start..whole_end lies in start..end.

    :param basis: "months" counts months, a begun one by its days; "days" counts days
    """
    if basis == "days":
        return Fraction(calendar_days(start, end), calendar_days(start, whole_end))
    return service_of([(start, end)]).in_months / (
        service_of([(start, whole_end)]).in_months
    )
