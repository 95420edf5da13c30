"""What the law gives a Dutch leaver, worked out a second time.

Exact fractions straight from the articles; nothing here asks the product. Amounts are
in whole cents, each line rounded half up.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ONE_DAY = timedelta(days=1)
# BW 7:673 lid 2, by the year in which the contract ends.
TRANSITION_CAPS = {2024: 94_000, 2025: 98_000, 2026: 102_000}
# Dismissals of BW 7:673 lid 1 under a, and of BW 7:672.
EMPLOYER_WAYS = ("performance", "conduct", "redundancy", "incapacity")


@dataclass
class Study:
    cost: Decimal
    months: int
    completed: date
    is_mandatory: bool


@dataclass
class Change:
    """Other terms until the day before, as whole months before the last one."""

    day: date
    wage: Decimal
    weekly_hours: int


@dataclass
class Case:
    """One leaver: everything the settlement depends on."""

    wage: Decimal
    weekly_hours: int
    weekdays: tuple  # Monday is 0
    start: date
    notice: date
    last_day: date
    way: str
    initiative: str
    culpable: str = "none"
    allowance: Decimal = Decimal(0)
    yearly: Decimal = Decimal(0)
    overtime: Decimal = Decimal(0)
    bonus: Decimal = Decimal(0)
    holiday_paid: Decimal = Decimal(0)
    carried_days: int = 0
    is_told: bool = False
    statutory_days: int = 0
    extra_days: int = 0
    leaves: tuple = ()  # (first, last day)
    study: Study | None = None
    loan: Decimal = Decimal(0)
    # What follows lies around the textbook; see ``tests/law/test_random.py``.
    agreed_end: date | None = None  # of a fixed term that may not end early
    unpaid: tuple = ()  # (first, last day) of whole months
    change: Change | None = None
    full_hours: int = 0  # extra leave that counts in full
    accrual_start: date | None = None  # two days of leave a month, given since
    earlier: "Case | None" = None  # a departure before, with a confirmed settlement

    @property
    def service_start(self):
        """The first day of all contracts that count together (BW 7:673 lid 4)."""
        return self.earlier.start if is_chain(self) else self.start

    @property
    def day_hours(self):
        return Fraction(self.weekly_hours, len(self.weekdays))

    @property
    def leave_start(self):
        """The first day for which leave of the year of leaving was given."""
        return max(self.start, date(self.last_day.year, 1, 1))


# === Numbers and days ===


def round_half_up(value, places=0):
    """Round away from zero at half, to a Fraction."""
    scaled = Fraction(value) * 10**places
    whole = int(
        (Decimal(abs(scaled).numerator) / Decimal(abs(scaled).denominator)).quantize(
            Decimal(1), rounding=ROUND_HALF_UP
        )
    )
    return Fraction(whole if scaled >= 0 else -whole, 10**places)


def cents(value):
    return int(round_half_up(Fraction(value) * 100))


def add_months(day, months):
    """The same day of another month, its last one where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def after_months(first, months):
    """The day after so many months from ``first``.

    A month from 31 January ends with February, so the next one begins on 1 March.
    """
    day = add_months(first, months)
    return day if day.day == first.day else day + ONE_DAY


def month_end(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def count_days(first, last, weekdays=range(7)):
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(day.weekday() in weekdays for day in days)


def months_of(first, last):
    """Months by anniversary, the rest by the days of the month begun."""
    after = last + ONE_DAY
    whole = 0
    while after_months(first, whole + 1) <= after:
        whole += 1
    begun, ended = after_months(first, whole), after_months(first, whole + 1)
    return whole + Fraction((after - begun).days, (ended - begun).days)


def calendar_months(first, last):
    """Months of the calendar, each by its days."""
    total = Fraction(0)
    while first <= last:
        end = min(month_end(first), last)
        total += Fraction(count_days(first, end), month_end(first).day)
        first = end + ONE_DAY
    return total


def is_chain(case):
    """Tell whether an earlier contract counts: six months at most between them."""
    if not case.earlier:
        return False
    return case.start <= add_months(case.earlier.last_day + ONE_DAY, 6)


def service_months(case):
    months = months_of(case.start, case.last_day)
    if is_chain(case):
        months += months_of(case.earlier.start, case.earlier.last_day)
    return months


def earned(case, first, last):
    """Wage and allowance of a period, at the terms of each day, without unpaid time."""
    turn = case.change.day if case.change else first
    before = case.change.wage if case.change else Decimal(0)
    return sum(
        Fraction(wage + case.allowance) * paid_months(case, *days)
        for wage, days in (
            (before, (first, min(last, turn - ONE_DAY))),
            (case.wage, (max(first, turn), last)),
        )
    )


def paid_months(case, first, last):
    return calendar_months(first, last) - sum(
        calendar_months(max(first, start), min(last, end)) for start, end in case.unpaid
    )


# === Lines ===


def wage_last_month(case):
    """Working days of the month of leaving (no statutory method)."""
    first = case.last_day.replace(day=1)
    served = max(first, case.start)
    week = range(5)
    part = count_days(served, case.last_day, week)
    whole = count_days(first, month_end(first), week)
    # A month that is served in full is a month, however it began.
    is_full = served == first and case.last_day == month_end(first)
    return Fraction(case.wage) * (1 if is_full else Fraction(part, whole))


def holiday_allowance(case):
    """8 % of what was earned since 1 June, less what was paid (WML 15, 17).

    The year before is paid with the wage of June: until that month is over it is owed.
    """
    june = date(case.last_day.year, 6, 1)
    if case.last_day <= date(case.last_day.year, 6, 30):
        june = june.replace(year=june.year - 1)
    first = max(june, case.start)
    base = earned(case, first, case.last_day)
    base += Fraction(case.overtime) * months_of(first, case.last_day) / 12
    return base * 8 / 100 - Fraction(case.holiday_paid)


def leave_hours(case):
    """What is left on the last day: first taken is what lapses first (BW 7:640a)."""
    if case.full_hours or case.accrual_start:
        # Extra leave lapses five years after its year (BW 7:642).
        is_alive = case.last_day <= date(case.start.year + 5, 12, 31)
        return Fraction(is_alive and case.full_hours) + accrued_hours(case)
    year = case.last_day.year
    lapse = date(year, 6, 30)
    year_end = date(year, 12, 31)
    # Over the time with a right to wage (BW 7:634 lid 1).
    served = months_of(case.leave_start, case.last_day) - sum(
        calendar_months(max(start, case.leave_start), end) for start, end in case.unpaid
    )
    share = served / months_of(case.leave_start, year_end)
    carried = Fraction(case.carried_days)
    current = case.statutory_days * share
    for first, last in case.leaves:
        days = count_days(first, min(last, case.last_day), case.weekdays)
        if first > case.last_day:
            continue
        if not case.is_told or first <= lapse:
            from_carried = min(days, carried)
            carried -= from_carried
            days -= from_carried
        current -= days
    if case.is_told and case.last_day > lapse:
        carried = Fraction(0)
    return (carried + current + case.extra_days * share) * case.day_hours


def accrued_hours(case):
    """Two days a month; nothing lapses that nobody was told of (BW 7:640a)."""
    if not case.accrual_start:
        return 0
    return 2 * case.day_hours * calendar_months(case.accrual_start, case.last_day)


def leave(case):
    """Hours as shown, at wage and structural pay with 8 % (BW 7:641).

    Structural overtime counts (CJEU C-539/12 Lock), over the time it was earned.
    """
    hours = round_half_up(leave_hours(case), 2)
    months = min(12, months_of(case.start, case.last_day))
    wage = Fraction(case.wage + case.allowance) + Fraction(case.overtime) / months
    hourly = wage * 12 / 52 / case.weekly_hours
    return hours * hourly * Fraction(108, 100)


def thirteenth(case):
    first = max(case.start, date(case.last_day.year, 1, 1))
    return Fraction(case.yearly) * months_of(first, case.last_day) / 12


def transition_wage(case):
    """Besluit loonbegrip: what was earned over less time is divided by that time."""
    service = service_months(case)
    fixed = Fraction(case.wage + case.allowance) * Fraction(108, 100)
    return (
        fixed
        + Fraction(case.yearly) / 12
        # Holiday allowance is due over overtime too (art. 3 lid 1 sub a, WML 6).
        + Fraction(case.overtime) / min(12, service) * Fraction(108, 100)
        + Fraction(case.bonus) / min(36, service)
    )


def transition(case):
    """A third of a month's wage a year and in proportion (BW 7:673 lid 2)."""
    wage = transition_wage(case)
    amount = wage / 3 / 12 * service_months(case)
    amount = min(amount, max(TRANSITION_CAPS[case.last_day.year], 12 * wage))
    if is_chain(case) and is_transition_due(case.earlier):
        # What was paid for a contract that counts comes off (BW 7:673 lid 5).
        amount -= round_half_up(transition(case.earlier), 2)
    return max(amount, Fraction(0))


def is_transition_due(case):
    """BW 7:673 lid 1 and lid 7 under c."""
    if case.way == "voluntary":
        return case.culpable == "employer"
    is_employers = case.way in (*EMPLOYER_WAYS, "fixed_term")
    return is_employers and case.culpable != "employee"


def regular_end(case):
    """The term from the day of notice, to the end of a month (BW 7:672).

    A fixed term that may not end early has its own end (BW 7:677 lid 4).
    """
    if case.agreed_end:
        return case.agreed_end
    years = 0
    while after_months(case.service_start, 12 * (years + 1)) <= case.notice:
        years += 1
    months = 1
    if case.initiative == "employer":
        months = 1 + (years >= 5) + (years >= 10) + (years >= 15)
    return month_end(add_months(case.notice, months))


def notice_gap(case):
    """The rest of the month of leaving, then months (BW 7:672 lid 11)."""
    return Fraction(case.wage + case.allowance) * calendar_months(
        case.last_day + ONE_DAY, regular_end(case)
    )


def late_notice(case):
    """A month's bare wage, in part when it was said late (BW 7:668 lid 3)."""
    if months_of(case.start, case.last_day) < 6:
        return Fraction(0)
    duty = after_months(case.last_day + ONE_DAY, -1) - ONE_DAY
    late = max(0, (min(case.notice, case.last_day) - duty).days)
    return Fraction(case.wage) * Fraction(late, (case.last_day - duty).days)


def study_costs(case):
    """What is not worked off; free when obligatory (BW 7:611a)."""
    study = case.study
    if study.is_mandatory or case.initiative == "employer":
        return Fraction(0)
    worked = int(months_of(study.completed + ONE_DAY, case.last_day))
    left = max(0, study.months - worked)
    return -Fraction(study.cost) * Fraction(left, study.months)


def death_benefit(case):
    """From the day after death through one month after it (BW 7:674)."""
    until = add_months(case.last_day, 1)
    in_money = Fraction(case.wage + case.allowance)
    return in_money * calendar_months(case.last_day + ONE_DAY, until)


def settle(case):
    """Return {code: cents} of every line with an amount, whatever it counts for."""
    lines = {
        "wage_last_month": wage_last_month(case),
        "holiday_allowance": holiday_allowance(case),
    }
    if (
        case.carried_days
        or case.statutory_days
        or case.extra_days
        or case.full_hours
        or case.accrual_start
    ):
        lines["leave"] = leave(case)
    if case.yearly:
        lines["thirteenth"] = thirteenth(case)
    if case.study:
        lines["study_costs"] = study_costs(case)
    if case.loan:
        lines["loan"] = -Fraction(case.loan)
    lines.update(_settle_end(case))
    return {code: cents(amount) for code, amount in lines.items()}


def _settle_end(case):
    """Return the lines that follow from the way of leaving."""
    lines = {}
    if is_transition_due(case):
        lines["transition"] = transition(case)
    if case.way == "mutual":
        lines["transition_reference"] = transition(case)
    if case.way == "death":
        lines["death_benefit"] = death_benefit(case)
    if case.way == "fixed_term":
        lines["late_notice"] = late_notice(case)
    if case.way in ("voluntary", *EMPLOYER_WAYS) and regular_end(case) > case.last_day:
        lines.update(_settle_notice(case))
    return lines


def _settle_notice(case):
    """Return who owes for a term that was not observed (BW 7:672, 7:677)."""
    gap = notice_gap(case)
    if case.culpable == "employee" or case.initiative == "employee":
        return {} if case.culpable == "employer" else {"notice_gap_employee": -gap}
    return {"notice_gap": gap * Fraction(108, 100)}
