from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase

COURSE = {"cost": 4800, "months_total": 36}
DATES = {"completed_date": "2025-01-31", "last_day": "2026-08-31"}


class TestSlidingRepayment(CalculatorCase):
    method = "sliding_repayment"

    def test_seventeen_months_left(self):
        """Done 31 January 2025, left 31 August 2026: 19 months worked off."""
        result = self.assert_amount("2266.67", **COURSE, **DATES)
        self.assertEqual(result.inputs["months_elapsed"], 19)
        self.assert_amount("2266.67", months_elapsed=19, **COURSE)

    def test_only_full_months_count(self):
        """A day less is a month less."""
        dates = {**DATES, "last_day": "2026-08-30"}
        self.assert_amount("2400.00", **COURSE, **dates)

    def test_done_on_the_last_day_or_later(self):
        """Nothing is worked off yet."""
        for last_day in ("2025-01-31", "2024-12-31"):
            dates = {**DATES, "last_day": last_day}
            self.assert_amount("4800.00", **COURSE, **dates)
        self.assert_amount("4800.00", months_elapsed=-3, **COURSE)

    def test_scale_has_run(self):
        """After 36 months nothing is left."""
        for elapsed in (36, 50):
            result = self.assert_amount("0.00", months_elapsed=elapsed, **COURSE)
            self.assertEqual(result.notes, ("scale_ended",))

    def test_mandatory_training_is_free(self):
        """Whatever was agreed, also when the cost is unknown."""
        result = self.assert_amount("0.00", is_mandatory=True, agreed=True, **COURSE)
        self.assertEqual(result.notes, ("mandatory_training",))
        self.assert_amount("0.00", is_mandatory=True, missing=["cost"])

    def test_employer_ends_the_contract(self):
        """Nothing, unless it was agreed for that case too."""
        inputs = {"employer_initiative": True, **COURSE, **DATES}
        result = self.assert_amount("0.00", **inputs)
        self.assertEqual(result.notes, ("employer_initiative",))
        self.assert_amount("2266.67", agreed=True, **inputs)

    def test_missing(self):
        """Everything missing is named; a scale of 0 months says nothing."""
        self.assert_missing("cost", "months_total", "completed_date", "last_day")
        self.assert_missing("months_total", cost=4800, months_total=0, months_elapsed=1)
        self.assert_missing("cost", months_total=36, months_elapsed=1)
        self.assert_missing("last_day", completed_date="2025-01-31", **COURSE)
        self.assert_missing("completed_date", last_day="2026-08-31", **COURSE)

    @given(st.decimals(0, 50000, places=2), st.integers(1, 60), st.integers(0, 80))
    def test_between_nothing_and_the_cost(self, cost, total, elapsed):
        def repayment(months):
            inputs = {"cost": cost, "months_total": total, "months_elapsed": months}
            return calculate("sliding_repayment", Rate(), inputs).amount

        self.assertTrue(0 <= repayment(elapsed + 1) <= repayment(elapsed) <= cost)
        self.assertEqual(repayment(Decimal(0)), cost)
