"""From the hours of today to those of the last day."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import leave_outlook
from odoo.addons.hr_exit_interview.lib.settlement.leave_balance import LeaveBalance

HOURS = st.fractions(min_value=0, max_value=400, max_denominator=36)
BALANCES = st.lists(st.builds(LeaveBalance, HOURS, HOURS, HOURS, HOURS), max_size=4)


def balance(left=0, lapsed=0, taken=0, overdrawn=0):
    return LeaveBalance(*map(Fraction, (left, lapsed, taken, overdrawn)))


def test_what_is_built_up_taken_and_lapses():
    """96 h today, 32 more, 40 taken, 8 lapse: 80 left."""
    today = [balance(left=96, taken=10)]
    last_day = [balance(left=60, lapsed=8, taken=40), balance(left=20, taken=10)]
    assert leave_outlook(today, last_day) == {
        "hours": 96,
        "accrued": 32,
        "planned": 40,
        "lapsing": 8,
        "left": 80,
    }


def test_taken_too_much():
    """8 h too much today, 12 h too much in the end: 4 more were taken."""
    outlook = leave_outlook(
        [balance(overdrawn=8, taken=8)], [balance(overdrawn=12, taken=12)]
    )
    assert outlook["hours"] == -8
    assert outlook["planned"] == 4
    assert outlook["left"] == -12
    assert outlook["accrued"] == 0


def test_nobody_has_leave():
    assert set(leave_outlook([], []).values()) == {0}


@given(today=BALANCES, last_day=BALANCES)
def test_the_sum_that_is_shown_is_right(today, last_day):
    """To the hundredth of an hour, whatever was rounded."""
    outlook = leave_outlook(today, last_day)
    assert outlook["left"] == (
        outlook["hours"] + outlook["accrued"] - outlook["planned"] - outlook["lapsing"]
    )
    assert all((value * 100).denominator == 1 for value in outlook.values())
    exact = sum(each.hours for each in last_day)
    assert abs(outlook["left"] - exact) <= Fraction(1, 200)
