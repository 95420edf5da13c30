from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase

EIGHT = {"uplift_percent": Decimal(8)}
DAYS = {"basis": "days"}


class TestLeaveValue(CalculatorCase):
    method = "leave_value"

    def test_full_time(self):
        """L1: 80 hours at 3,200 and 40 hours a week."""
        inputs = {"hours": 80, "salary": 3200, "weekly_hours": 40}
        result = self.assert_amount("1476.92", **inputs)
        self.assertEqual(round(result.unit_value, 6), Decimal("18.461538"))
        self.assertEqual(round(result.inputs["hourly"], 6), Decimal("18.461538"))
        self.assert_amount("1595.08", EIGHT, **inputs)

    def test_divisors(self):
        """L1 with the divisor of a collective agreement."""
        inputs = {"hours": 80, "salary": 3200, "weekly_hours": 40, "fulltime_hours": 40}
        self.assert_amount("1476.95", {"divisor": Decimal("173.33")}, **inputs)
        self.assert_amount("1471.26", {"divisor": Decimal(174)}, **inputs)

    def test_divisor_of_a_part_timer(self):
        """It is scaled when the full-time week is known, else used with a note."""
        inputs = {"hours": 80, "salary": 1600, "weekly_hours": 20}
        rate = {"divisor": Decimal(174)}
        result = self.assert_amount("1471.26", rate, fulltime_hours=40, **inputs)
        self.assertEqual(result.notes, ())
        result = self.assert_amount("735.63", rate, **inputs)
        self.assertEqual(result.notes, ("divisor_not_scaled",))

    def test_part_time(self):
        """L2: 37.5 hours at 1,920 and 24 hours a week."""
        inputs = {"hours": 37.5, "salary": 1920, "weekly_hours": 24}
        self.assert_amount("692.31", **inputs)
        self.assert_amount("747.69", EIGHT, **inputs)

    def test_taken_too_much(self):
        """L4: 12 hours to pay back."""
        self.assert_amount("-221.54", hours=-12, salary=3200, weekly_hours=40)

    def test_shown_hours_are_priced(self):
        """E1: 69.3333 hours are shown and priced as 69.33."""
        result = self.assert_amount(
            "1382.33", EIGHT, hours=Decimal(208) / 3, salary=3200, weekly_hours=40
        )
        self.assertEqual(result.quantity, Decimal("69.33"))

    def test_wide_wage(self):
        """Average allowances and a twelfth of the 13th month count."""
        result = self.assert_amount(
            "1723.08",
            hours=80,
            salary=3200,
            weekly_hours=40,
            allowances="266.67",
            yearly_fixed=3200,
        )
        self.assertEqual(round(result.inputs["monthly_wage"], 2), Decimal("3733.34"))

    def test_overtime(self):
        """12.5 hours at 150 %, one for one, and 6 hours short."""
        inputs = {"salary": 3200, "weekly_hours": 40}
        rate = {"uplift_percent": Decimal(50)}
        self.assert_amount("346.15", rate, hours=12.5, **inputs)
        self.assert_amount("230.77", hours=12.5, **inputs)
        self.assert_amount("-110.77", hours=-6, **inputs)

    def test_german_average(self):
        """9,750 in 13 weeks of five days: 10 days are 1,500."""
        self.assert_amount("1500.00", DAYS, days=10, period_wage=9750, period_days=65)

    def test_german_half_days(self):
        """Half a day or more becomes a day, less stays what it is."""
        rate = {**DAYS, "part_rounding": "half_day_up"}
        for days, paid in (
            ("12.5", "13.00"),
            ("12.49", "12.49"),
            ("12.4999", "12.50"),
            ("12.75", "13.00"),
            ("12", "12.00"),
            ("-2.5", "-2.50"),
        ):
            with self.subTest(days=days):
                result = self.work_out(rate, days=days, day_value=150)
                self.assertEqual(result.quantity, Decimal(paid))
                self.assertEqual(result.amount, Decimal(paid) * 150)

    def test_day_out_of_a_month(self):
        """3,000 at 21.67 days a month."""
        self.assert_amount(
            "1384.40", {**DAYS, "divisor": Decimal("21.67")}, days=10, salary=3000
        )

    def test_missing(self):
        """Hours, wage and the week are named; a week of 0 hours says nothing."""
        self.assert_missing("hours", "wage", "weekly_hours")
        self.assert_missing("weekly_hours", hours=8, salary=3200, weekly_hours=0.0)
        self.assert_missing("wage", hours=8, salary=0, weekly_hours=40)
        self.assert_missing(
            "weekly_hours",
            rate={"divisor": Decimal(174)},
            hours=8,
            salary=3200,
            fulltime_hours=40,
        )

    def test_missing_days(self):
        """Days, their value, and what it is averaged over."""
        self.assert_missing("days", "wage", "rate", rate=DAYS)
        self.assert_missing("period_days", rate=DAYS, days=10, period_wage=9750)
        self.assert_missing(
            "period_days", rate=DAYS, days=10, period_wage=9750, period_days=0
        )
        self.assert_missing("rate", rate=DAYS, days=10, salary=3000)
        self.assert_missing("wage", rate={**DAYS, "divisor": Decimal(22)}, days=10)

    @given(st.decimals(-500, 500, places=2), st.decimals(1, 20000, places=2))
    def test_sign_of_the_hours_is_the_sign_of_the_amount(self, hours, salary):
        def amount(quantity):
            inputs = {"hours": quantity, "salary": salary, "weekly_hours": 38}
            return calculate("leave_value", Rate(), inputs).amount

        self.assertEqual(amount(-hours), -amount(hours))
        self.assertGreaterEqual(amount(hours) * hours, 0)

    def test_a_wage_with_holiday_allowance_in_it(self):
        """80 hours at 3,240 all in: 1,495.38, the 8 % once."""
        inputs = {"hours": 80, "salary": 3240, "weekly_hours": 40, "is_all_in": True}
        result = self.assert_amount("1495.38", EIGHT, **inputs)
        self.assertEqual(result.notes, ("all_in",))
