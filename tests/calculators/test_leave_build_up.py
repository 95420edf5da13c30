"""Which part of a year's leave is built up, and which of it lapses."""

from datetime import date
from fractions import Fraction

from odoo.addons.hr_exit_interview.lib.settlement import (
    MONDAY_TO_FRIDAY,
    LeaveBucket,
    latest_first,
    leave_balance,
    paid_part,
    period_length,
    working_days,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
LAPSE = date(2026, 6, 30)
END = date(2026, 8, 31)


def count_unpaid(*periods):
    """Return how to count the working days within the periods."""

    def count(first, last, weekdays):
        return sum(
            working_days(max(first, start), min(last, end), weekdays)
            for start, end in periods
        )

    return count


def bucket(hours=40, **vals):
    vals = {"usable_until": LAPSE, "expires_on": LAPSE, **vals}
    return LeaveBucket("statutory", 2025, Fraction(hours), date(2025, 1, 1), **vals)


def test_the_length_of_a_period():
    """Months by their days, or days; a leap year has a day more."""
    assert period_length(YEAR, "months") == 12
    assert period_length((YEAR[0], date(2026, 2, 14)), "months") == Fraction(3, 2)
    assert period_length((date(2028, 1, 1), date(2028, 12, 31)), "days") == 366
    assert period_length((END, YEAR[0]), "months") == 0


def test_unpaid_months_are_whole_months():
    """February to April: three of eight months; 89 of 243 days."""
    served = (YEAR[0], END)
    unpaid = count_unpaid((date(2026, 2, 1), date(2026, 4, 30)))
    part = paid_part(served, "months", MONDAY_TO_FRIDAY, unpaid)
    assert part == Fraction(5, 8)
    part = paid_part(served, "days", MONDAY_TO_FRIDAY, unpaid)
    assert part == Fraction(154, 243)


def test_an_unpaid_week_costs_its_working_days():
    """Five of the 22 working days of June."""
    june = (date(2026, 6, 1), date(2026, 6, 30))
    unpaid = count_unpaid((date(2026, 6, 1), date(2026, 6, 7)))
    part = paid_part(june, "months", MONDAY_TO_FRIDAY, unpaid)
    assert part == Fraction(17, 22)


def test_nothing_is_left_of_a_time_without_any_pay():
    """Also where a month holds a weekend alone: Sunday 1 February."""
    served = (date(2026, 1, 15), date(2026, 2, 1))
    part = paid_part(served, "months", MONDAY_TO_FRIDAY, count_unpaid(served))
    assert part == 0


def test_told_in_time():
    """40 hours left and 40 that could be taken: they lapse."""
    told = date(2026, 6, 23)
    balance = leave_balance([bucket(told_on=told, takeable=Fraction(40))], [], END)
    assert (balance.left, balance.lapsed) == (0, 40)


def test_told_too_late_to_take_it():
    """One hour short, on the day itself, and after it: they stay."""
    for told, takeable in ((date(2026, 6, 24), 39), (LAPSE, 0), (END, 0)):
        one = bucket(told_on=told, takeable=Fraction(takeable))
        balance = leave_balance([one], [], END)
        assert (balance.left, one.is_told_late) == (40, True)


def test_what_was_taken_before_needs_no_time():
    """32 hours taken in May: the last eight could be taken in a day."""
    one = bucket(told_on=date(2026, 6, 29), takeable=Fraction(8))
    balance = leave_balance([one], [(date(2026, 5, 4), Fraction(32))], END)
    assert (balance.left, balance.lapsed) == (0, 8)


def test_what_was_kept_can_be_taken_after_its_end():
    one = bucket(told_on=END, takeable=Fraction(0))
    balance = leave_balance([one], [(date(2026, 7, 6), Fraction(16))], END)
    assert (balance.left, balance.overdrawn) == (24, 0)


def test_what_was_lost_came_first():
    """192 gone but for 40; 16 of a later month; nothing at all."""
    assert latest_first([192, 40]) == [40, 0]
    assert latest_first([192, 16, 32]) == [16, 0, 16]
    assert latest_first([10, 30, 60]) == [10, 20, 30]
    assert latest_first([]) == []
