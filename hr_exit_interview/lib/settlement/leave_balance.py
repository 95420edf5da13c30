"""What is left of leave on the last day: first taken is what expires first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .money import shown


@dataclass
class LeaveBucket:
    """Leave of one kind and year, in hours.

    ``usable_until`` is the last day on which it can be taken, None when it does not
    lapse; ``expires_on`` only decides the order in which buckets are used up. Leave
    that lapses only when the employee was told has the day in ``told_on`` and in
    ``takeable`` the hours that could be taken between then and the end.
    """

    kind: str
    year: int
    hours: Fraction
    usable_from: date
    usable_until: date | None = None
    expires_on: date | None = None
    told_on: date | None = None
    takeable: Fraction | None = None
    # The name of the accrual plan that gave it.
    plan: str | None = None
    # Of a part of a year: what the whole is, and the length of it that was served.
    given: Fraction = Fraction(0)
    whole: Fraction = Fraction(1)
    served: Fraction = Fraction(1)
    unpaid: Fraction = Fraction(0)
    taken: Fraction = Fraction(0)
    is_told_late: bool = False

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

    def weigh_notice(self, day: date) -> None:
        """Keep the hours for good when they were announced too late to take them.

        :param day: a day up to which all leave taken was charged
        """
        if not self.told_on or self.told_on > min(day, self.usable_until):
            return
        self.is_told_late = self.left > self.takeable
        if self.is_told_late:
            self.usable_until = None
        self.told_on = None


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

    Statutory leave lapses only when the employee was told so in time to take it still
    (HR 23 June 2023, ECLI:NL:HR:2023:955): told later, the hours stay.

    :param buckets: changed in place: ``taken`` is filled in
    :param takings: (first day, hours) of every leave up to the last day
    """
    ordered = sorted(
        buckets, key=lambda bucket: (bucket.expires_on or date.max, bucket.usable_from)
    )
    _drop_late_notices(ordered)
    taken = overdrawn = Fraction(0)
    for day, hours in sorted(takings):
        for bucket in ordered:
            bucket.weigh_notice(day)
        taken += hours
        overdrawn += _take(ordered, day, hours)
    for bucket in ordered:
        bucket.weigh_notice(last_day)
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


def _drop_late_notices(buckets: list[LeaveBucket]) -> None:
    """Keep what was announced once it had lapsed: it never did."""
    for bucket in buckets:
        if bucket.told_on and bucket.told_on >= bucket.usable_until:
            bucket.usable_until = bucket.told_on = None
            bucket.is_told_late = True


def latest_first(totals: Sequence[Fraction]) -> list[Fraction]:
    """Return what came in every period and is still there at the end.

    What was lost on the way is taken off what came first.

    :param totals: what there was at the end of each period
    """
    rest, found = (totals[-1] if totals else Fraction(0)), []
    for total, before in reversed(list(zip(totals, (0, *totals), strict=False))):
        found.append(min(rest, max(total - before, Fraction(0))))
        rest -= found[-1]
    if found:
        found[-1] += rest
    return found[::-1]
