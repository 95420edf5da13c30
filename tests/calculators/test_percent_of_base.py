from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase

EIGHT = {"percent": Decimal(8)}
CAPPED = {**EIGHT, "unit_cap": Decimal("6883.20")}


class TestPercentOfBase(CalculatorCase):
    method = "percent_of_base"

    def test_three_months(self):
        """H1: June to August of 3,200."""
        months = [("June", 3200), ("July", 3200), ("August", 3200)]
        result = self.assert_amount("768.00", EIGHT, base_by_month=months)
        self.assertEqual(result.quantity, 9600)
        self.assertEqual(result.unit_value, Decimal("0.08"))

    def test_year_with_a_broken_month(self):
        """H2: eleven months of 2,400 and 15/31 of May; by working days 11/21."""
        months = [(f"2025-{month}", 2400, 1) for month in range(6, 17)]
        for may, expected in (("1161.29", "2204.90"), ("1257.14", "2212.57")):
            rows = [*months, ("2026-05", may, Fraction(15, 31))]
            self.assert_amount(expected, EIGHT, base_by_month=rows)

    def test_cap(self):
        """H3: 9,500 counts up to three times the minimum wage, or fully."""
        months = [(month, 9500, 1) for month in ("June", "July", "August")]
        result = self.assert_amount("1651.97", CAPPED, base_by_month=months)
        self.assertEqual(result.notes, ("capped",))
        result = self.assert_amount("2280.00", EIGHT, base_by_month=months)
        self.assertEqual(result.notes, ())

    def test_cap_of_part_of_a_month(self):
        """Half a month counts up to half the cap."""
        self.assert_amount(
            "275.33", CAPPED, base_by_month=[("June", 4750, Decimal("0.5"))]
        )
        self.assert_amount("0.00", CAPPED, base_by_month=[("June", 4750, 0)])

    def test_belgian_exit_pay(self):
        """15.34 % of a year's 36,000."""
        self.assert_amount("5522.40", {"percent": Decimal("15.34")}, base=36000)

    def test_already_paid(self):
        """Paid in May and leaving on 31 May: nothing; an advance is paid back."""
        self.assert_amount("0.00", EIGHT, base=28800, already_paid=2304)
        self.assert_amount("-232.00", EIGHT, base=9600, already_paid=1000)

    def test_months_beside_a_sum(self):
        """Commission of the window comes on top of the months."""
        self.assert_amount("848.00", EIGHT, base_by_month=[("June", 9600)], base=1000)

    def test_month_without_pay_builds_nothing(self):
        """Unpaid leave in July."""
        self.assert_amount("512.00", EIGHT, base_by_month=[("June", 6400), ("July", 0)])

    def test_nothing_due_with_a_note(self):
        """All-in wages and allowances paid monthly, even where the wage is unknown."""
        result = self.assert_amount("0.00", EIGHT, is_all_in=True)
        self.assertEqual(result.notes, ("all_in",))
        result = self.assert_amount("0.00", EIGHT, is_paid_monthly=True, base=9600)
        self.assertEqual(result.notes, ("paid_monthly",))

    def test_missing(self):
        """No base, an unknown month, no percentage."""
        self.assert_missing("base", "rate")
        self.assert_missing("base", rate=EIGHT, base_by_month=[])
        self.assert_missing(
            "base", rate=EIGHT, base_by_month=[("June", 3200), ("July", None)]
        )
        self.assert_missing("rate", base=9600)

    def test_source_names_what_it_misses(self):
        """What the source could not find stays missing."""
        self.assert_missing(
            "already_paid", rate=EIGHT, base=9600, missing=["already_paid"]
        )

    @given(st.lists(st.decimals(0, 20000, places=2), min_size=1, max_size=12))
    def test_cap_never_raises_the_amount(self, amounts):
        inputs = {"base_by_month": [("month", amount) for amount in amounts]}
        free = calculate("percent_of_base", Rate(**EIGHT), inputs).amount
        capped = calculate("percent_of_base", Rate(**CAPPED), inputs).amount
        self.assertTrue(0 <= capped <= free)
