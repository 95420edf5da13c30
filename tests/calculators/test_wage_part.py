from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate
from odoo.addons.hr_exit_interview.lib.settlement.proration import DAY_BASES, WAGE_BASES

from .common import CalculatorCase, day

SEPTEMBER = {"date_from": day("2026-09-01"), "date_to": day("2026-09-30")}
SALARIES = st.decimals("0.01", "1e6", places=2)


class TestWagePart(CalculatorCase):
    method = "wage_part"

    def assert_bases(self, salary, date_from, date_to, **expected):
        for basis, amount in expected.items():
            with self.subTest(basis=basis):
                self.assert_amount(
                    amount,
                    {"basis": basis},
                    salary=salary,
                    date_from=date_from,
                    date_to=date_to,
                )

    def test_half_september(self):
        """3,000 until 15 September 2026."""
        self.assert_bases(
            3000,
            "2026-09-01",
            "2026-09-15",
            calendar_days="1500.00",
            working_days="1500.00",
            fixed_21_67="1522.84",
            fixed_30="1500.00",
            days_365="1479.45",
        )

    def test_fixed_hours_a_month(self):
        """2,000 for 40 h: 88 of 40 x 52/12 hours; 800 for 15 h: 38 of 65 (loon.nl)."""
        july = {"date_from": "2017-07-17", "date_to": "2017-07-31"}
        rate = {"basis": "month_hours"}
        inputs = {"salary": 2000, "hours_done": 88, "weekly_hours": 40, **july}
        self.assert_amount("1015.38", rate, **inputs)
        self.assert_amount("1015.40", {**rate, "divisor": Decimal("173.33")}, **inputs)
        self.assert_amount(
            "467.69", rate, salary=800, hours_done=38, weekly_hours=15, **july
        )
        # A divisor of the full-time week, for a part of it: 174 x 15/40 = 65.25.
        self.assert_amount(
            "465.90",
            {**rate, "divisor": Decimal(174)},
            salary=800,
            hours_done=38,
            weekly_hours=15,
            fulltime_hours=40,
            **july,
        )

    def test_fixed_hours_of_a_full_month(self):
        """The salary whatever the roster says, less 8 unpaid of 173.33 hours."""
        rate = {"basis": "month_hours"}
        inputs = {"salary": 2600, "weekly_hours": 40, **SEPTEMBER}
        self.assert_amount("2600.00", rate, **inputs)
        self.assert_amount("2480.00", rate, unpaid_hours=8, **inputs)
        # More hours worked than the month has: never more than the salary.
        part = {**inputs, "date_to": "2026-09-29", "hours_done": 180}
        self.assert_amount("2600.00", rate, **part)
        self.assert_missing("schedule_hours", rate=rate, **{**part, "hours_done": None})
        self.assert_missing("weekly_hours", rate=rate, **{**part, "weekly_hours": None})

    def test_seven_days_of_may(self):
        """2,100 until 7 May 2021."""
        self.assert_bases(
            2100,
            "2021-05-01",
            "2021-05-07",
            calendar_days="474.19",
            working_days="500.00",
            fixed_21_67="484.54",
            fixed_30="490.00",
            days_365="483.29",
        )

    def test_eleven_days_of_may(self):
        """920 for 16 hours a week until 11 May 2021."""
        self.assert_bases(
            920,
            "2021-05-01",
            "2021-05-11",
            calendar_days="326.45",
            working_days="306.67",
            fixed_21_67="297.19",
            fixed_30="337.33",
            days_365="332.71",
        )

    def test_roster(self):
        """800 for 65 roster hours of which 38 were done."""
        self.assert_amount(
            "467.69",
            {"basis": "schedule_hours"},
            salary=800,
            hours_done=38,
            hours_month=65,
            date_from=day("2026-09-01"),
            date_to=day("2026-09-17"),
        )

    def test_start_and_end_in_the_same_month(self):
        """11 to 20 September are 10 of 30 days."""
        result = self.assert_amount(
            "1000.00",
            {"basis": "calendar_days"},
            salary=3000,
            date_from=day("2026-09-11"),
            date_to=day("2026-09-20"),
        )
        (step,) = result.inputs["slices"]
        self.assertEqual((step["part"], step["whole"]), (10, 30))
        self.assertEqual(result.unit_value, 3000)

    def test_one_day(self):
        """First day is last day; a Sunday holds no working day."""
        period = {"date_from": "2026-09-06", "date_to": "2026-09-06"}
        self.assert_amount("100.00", {"basis": "calendar_days"}, salary=3000, **period)
        self.assert_amount("0.00", {"basis": "working_days"}, salary=3000, **period)

    def test_month_without_its_weekend_is_all_working_days(self):
        """From Monday 3 August 2026 every working day of the month was worked."""
        period = {"date_from": day("2026-08-03"), "date_to": day("2026-08-31")}
        self.assert_amount(
            "3333.33", {"basis": "working_days"}, salary=3333.33, **period
        )

    def test_fixed_month_is_capped(self):
        """22 of 23 working days in July 2026 are not more than the salary."""
        period = {"date_from": day("2026-07-02"), "date_to": day("2026-07-31")}
        self.assert_bases(3000, *period.values(), fixed_21_67="3000.00")
        self.assert_bases(3000, *period.values(), fixed_30="3000.00")

    def test_leap_february(self):
        """14 of 29 days."""
        self.assert_bases(2900, "2028-02-01", "2028-02-14", calendar_days="1400.00")

    def test_death_benefit(self):
        """Died 10 April 2026: 20/30 of April and 10/31 of May, rounded once."""
        result = self.assert_amount(
            "2967.74",
            {"basis": "calendar_days"},
            salary=3000,
            date_from=day("2026-04-11"),
            date_to=day("2026-05-10"),
        )
        self.assertEqual(
            [(step["part"], step["whole"]) for step in result.inputs["slices"]],
            [(20, 30), (10, 31)],
        )

    def test_several_months_by_roster(self):
        """Half of April's hours, a full May without hours, a quarter of June's."""
        self.assert_amount(
            "5250.00",
            {"basis": "schedule_hours"},
            salary=3000,
            date_from=day("2026-04-16"),
            date_to=day("2026-06-08"),
            schedule=[(80, 160), (None, None), ("42.5", 170)],
        )

    def test_sick_pay(self):
        """70 % of the wage, not below the minimum wage when that is given."""
        inputs = {"salary": 3000, "pay_percent": 70, **SEPTEMBER}
        self.assert_amount("2100.00", {"basis": "working_days"}, **inputs)
        self.assert_amount(
            "2294.40", {"basis": "working_days"}, minimum_wage="2294.40", **inputs
        )
        inputs["salary"] = 1000
        self.assert_amount(
            "1000.00", {"basis": "working_days"}, minimum_wage="2294.40", **inputs
        )

    def test_unpaid_days(self):
        """2 of 22 working days, or 3 of 30 days, without pay."""
        self.assert_amount(
            "2000.00",
            {"basis": "working_days"},
            salary=2200,
            unpaid_days=2,
            **SEPTEMBER,
        )
        self.assert_amount(
            "2700.00",
            {"basis": "calendar_days"},
            salary=3000,
            unpaid_days=3,
            **SEPTEMBER,
        )

    def test_unpaid_days_of_several_months(self):
        """One number for each month: 3 of April's 30 days, none of May's."""
        inputs = {"salary": 3000, "date_from": "2026-04-01", "date_to": "2026-05-31"}
        self.assert_amount(
            "5700.00", {"basis": "calendar_days"}, unpaid_days=[3, 0], **inputs
        )
        self.assert_missing(
            "unpaid_days", rate={"basis": "calendar_days"}, unpaid_days=3, **inputs
        )

    def test_nothing_but_unpaid_days(self):
        """A month without pay is 0, also where a fixed month is longer."""
        for basis in ("fixed_21_67", "fixed_30", "days_365", "calendar_days"):
            with self.subTest(basis=basis):
                self.assert_amount(
                    "0.00",
                    {"basis": basis},
                    salary=3000,
                    date_from=day("2026-02-01"),
                    date_to=day("2026-02-28"),
                    unpaid_days=28,
                )

    def test_unpaid_hours(self):
        """Roster hours come off the roster, else off the month at 52/12 weeks."""
        self.assert_amount(
            "2700.00",
            {"basis": "schedule_hours"},
            salary=3000,
            hours_done=160,
            hours_month=160,
            unpaid_hours=16,
            **SEPTEMBER,
        )
        self.assert_amount(
            "2960.00",
            {"basis": "calendar_days"},
            salary=3200,
            weekly_hours=40,
            unpaid_hours=13,
            **SEPTEMBER,
        )
        self.assert_missing(
            "weekly_hours",
            rate={"basis": "calendar_days"},
            salary=3200,
            unpaid_hours=8,
            **SEPTEMBER,
        )
        self.assert_missing(
            "unpaid_hours",
            rate={"basis": "schedule_hours"},
            salary=3200,
            unpaid_days=1,
            **SEPTEMBER,
        )

    def test_unpaid_hours_of_a_full_month_need_the_roster(self):
        """Of how many hours is unknown."""
        self.assert_missing(
            "schedule_hours",
            rate={"basis": "schedule_hours"},
            salary=3000,
            unpaid_hours=16,
            **SEPTEMBER,
        )

    def test_hourly_worker(self):
        """64.274 hours are shown and priced as 64.27, without basis or dates."""
        result = self.assert_amount("1189.00", hourly_rate="18.50", hours_done="64.274")
        self.assertEqual(result.quantity, Decimal("64.27"))
        self.assert_missing("hours_done", hourly_rate=18.5)

    def test_lease_car_contribution(self):
        """149 a month for 10 of 30 days."""
        self.assert_bases(149, "2026-09-01", "2026-09-10", fixed_30="49.67")

    def test_yen_and_five_cents(self):
        """The line is rounded to the smallest unit of its currency."""
        inputs = {"salary": 1000, "date_from": "2026-09-01", "date_to": "2026-09-05"}
        basis = {"basis": "calendar_days"}
        self.assert_amount("167", {**basis, "rounding": Decimal(1)}, **inputs)
        self.assert_amount("166.65", {**basis, "rounding": Decimal("0.05")}, **inputs)

    def test_missing(self):
        """Everything missing is named at once."""
        self.assert_missing("wage", "date_from", "date_to", "basis")
        self.assert_missing("basis", salary=3000, **SEPTEMBER)
        self.assert_missing("basis", rate={"basis": "months"}, salary=3000, **SEPTEMBER)
        self.assert_missing("wage", rate={"basis": "fixed_30"}, salary=0.0, **SEPTEMBER)

    def test_roster_missing(self):
        """Hours unknown, a month of 0 hours, hours of another number of months."""
        inputs = {"salary": 3000, "date_from": "2026-09-01", "date_to": "2026-09-15"}
        for hours in (
            {},
            {"hours_done": 10},
            {"hours_done": 0, "hours_month": 0},
            {"hours_done": 8, "hours_month": -8},
            {"schedule": [(1, 2), (1, 2)]},
        ):
            with self.subTest(hours=hours):
                self.assert_missing(
                    "schedule_hours",
                    rate={"basis": "schedule_hours"},
                    **inputs,
                    **hours,
                )

    def test_dates_that_contradict_each_other(self):
        """No amount for a period that ends before it starts, or has no real dates."""
        rate = {"basis": "fixed_30"}
        self.assert_missing(
            "date_from",
            rate=rate,
            salary=3000,
            date_from=day("2026-09-02"),
            date_to=day("2026-09-01"),
        )
        self.assert_missing(
            "date_from",
            "date_to",
            rate=rate,
            salary=3000,
            date_from="soon",
            date_to=date(9999, 12, 31),
        )

    @given(SALARIES, st.dates(date(2000, 1, 1), date(2060, 1, 1)))
    def test_full_month_is_the_salary(self, salary, moment):
        first = moment.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        for basis in WAGE_BASES:
            inputs = {"salary": salary, "date_from": first, "date_to": last}
            result = calculate("wage_part", Rate(basis=basis), inputs)
            self.assertEqual(result.amount, salary)

    @given(SALARIES, st.integers(1, 31), st.sampled_from(sorted(DAY_BASES)))
    def test_part_is_between_nothing_and_the_salary(self, salary, days, basis):
        first = date(2026, 1, 1)
        amounts = [
            calculate(
                "wage_part",
                Rate(basis=basis),
                {
                    "salary": salary,
                    "date_from": first,
                    "date_to": first + timedelta(days=length),
                },
            ).amount
            for length in (days - 1, min(days, 30))
        ]
        self.assertTrue(0 <= amounts[0] <= amounts[1] <= salary)
