from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase, day

BASES = ("months", "full_months", "days_365")
EIGHT_MONTHS = {
    "yearly_amount": 3200,
    "window_start": day("2026-01-01"),
    "last_day": day("2026-08-31"),
}


class TestYearlyAmount(CalculatorCase):
    method = "yearly_amount"

    def test_eight_months(self):
        """8/12 of 3,200, or 243/365."""
        self.assert_amount("2133.33", {"basis": "months"}, **EIGHT_MONTHS)
        self.assert_amount("2133.33", {"basis": "full_months"}, **EIGHT_MONTHS)
        self.assert_amount("2130.41", {"basis": "days_365"}, **EIGHT_MONTHS)

    def test_part_of_the_last_month(self):
        """8 months and 15 of 30 days; full months leave the days out."""
        inputs = {**EIGHT_MONTHS, "last_day": day("2026-09-15")}
        result = self.assert_amount("2266.67", {"basis": "months"}, **inputs)
        steps = [result.inputs[key] for key in ("months", "days", "days_in_last_month")]
        self.assertEqual(steps, [8, 15, 30])
        self.assert_amount("2133.33", {"basis": "full_months"}, **inputs)

    def test_leap_year_has_366_days(self):
        """244 of 366 days; a full year is the amount."""
        inputs = {"yearly_amount": 3660, "window_start": day("2028-01-01")}
        rate = {"basis": "days_365"}
        self.assert_amount("2440.00", rate, last_day=day("2028-08-31"), **inputs)
        self.assert_amount("3660.00", rate, last_day=day("2028-12-31"), **inputs)

    def test_more_than_a_year_since_the_last_payment(self):
        """14 months; 1 year and 59 of 365 days."""
        inputs = {
            "yearly_amount": 3650,
            "window_start": day("2026-01-01"),
            "last_day": day("2027-02-28"),
        }
        self.assert_amount("4258.33", {"basis": "months"}, **inputs)
        self.assert_amount("4240.00", {"basis": "days_365"}, **inputs)

    def test_condition_not_met(self):
        """In service on 31 December: 0 with a note, and what was built up is kept."""
        result = self.assert_amount(
            "0.00",
            {"basis": "months"},
            condition_date=day("2026-12-31"),
            already_paid=100,
            **EIGHT_MONTHS,
        )
        self.assertEqual(result.notes, ("condition_not_met",))
        self.assertEqual(round(result.inputs["accrued"], 2), Decimal("2133.33"))

    def test_condition_met_on_the_last_day(self):
        """In service on the day itself is in service."""
        self.assert_amount(
            "2133.33", {"basis": "months"}, condition_date="2026-08-31", **EIGHT_MONTHS
        )

    def test_already_paid(self):
        """An advance comes off, and may have been too much."""
        rate = {"basis": "months"}
        self.assert_amount("133.33", rate, already_paid=2000, **EIGHT_MONTHS)
        self.assert_amount("-366.67", rate, already_paid=2500, **EIGHT_MONTHS)

    def test_percent(self):
        """8.33 % of a yearly wage of 38,400."""
        inputs = {**EIGHT_MONTHS, "yearly_amount": 38400}
        rate = {"basis": "months", "percent": Decimal("8.33")}
        self.assert_amount("2132.48", rate, **inputs)

    def test_missing(self):
        """Everything missing is named; a window after the last day is wrong."""
        self.assert_missing("yearly_amount", "window_start", "last_day", "basis")
        self.assert_missing("basis", rate={"basis": "fixed_30"}, **EIGHT_MONTHS)
        inputs = {**EIGHT_MONTHS, "window_start": day("2026-09-01")}
        self.assert_missing("window_start", rate={"basis": "months"}, **inputs)

    @given(
        st.decimals(0, 100000, places=2),
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.sampled_from(BASES),
    )
    def test_full_year_is_the_amount(self, amount, first, basis):
        first = first.replace(day=min(first.day, 28))
        inputs = {
            "yearly_amount": amount,
            "window_start": first,
            "last_day": first.replace(year=first.year + 1) - timedelta(days=1),
        }
        result = calculate("yearly_amount", Rate(basis=basis), inputs)
        self.assertEqual(result.amount, amount)

    @given(
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.integers(0, 800),
        st.sampled_from(BASES),
    )
    def test_a_day_more_is_never_less(self, first, length, basis):
        amounts = [
            calculate(
                "yearly_amount",
                Rate(basis=basis),
                {
                    "yearly_amount": 3200,
                    "window_start": first,
                    "last_day": first + timedelta(days=days),
                },
            ).amount
            for days in (length, length + 1)
        ]
        self.assertLessEqual(*amounts)
