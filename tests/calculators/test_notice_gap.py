from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase, day

CALENDAR = {"basis": "calendar_days"}


class TestNoticeGap(CalculatorCase):
    method = "notice_gap"

    def test_rest_of_the_month_and_full_months(self):
        """Left 12 May 2026 instead of 31 July: 19/31 and two months."""
        inputs = {"salary": 3100, "last_day": "2026-05-12", "regular_end": "2026-07-31"}
        result = self.assert_amount("8100.00", CALENDAR, **inputs)
        self.assertEqual(
            [step["part"] for step in result.inputs["slices"]], [19, 30, 31]
        )
        self.assert_amount(
            "8266.67", {"basis": "working_days"}, **{**inputs, "last_day": "2026-05-11"}
        )

    def test_part_of_the_last_month(self):
        """Left 31 May, regular end 15 June: half a month."""
        self.assert_amount(
            "1500.00",
            CALENDAR,
            salary=3000,
            last_day="2026-05-31",
            regular_end="2026-06-15",
        )

    def test_holiday_allowance_when_claimed(self):
        """8 % on top of one month."""
        self.assert_amount(
            "3240.00",
            {**CALENDAR, "uplift_percent": Decimal(8)},
            salary=3000,
            last_day="2026-05-31",
            regular_end="2026-06-30",
        )

    def test_no_floor(self):
        """A broken fixed term costs the time left, also below three months."""
        inputs = {"salary": 3000, "last_day": "2026-05-31", "regular_end": "2026-06-30"}
        self.assert_amount(
            "3000.00", {**CALENDAR, "floor_months": Decimal(3)}, **inputs
        )
        inputs["regular_end"] = "2026-12-31"
        self.assert_amount("21000.00", CALENDAR, **inputs)

    def test_two_weeks_of_december(self):
        """Contract to 31 December, ended on the 17th: 14/31 x 3,200 x 1.08."""
        self.assert_amount(
            "1560.77",
            {**CALENDAR, "uplift_percent": Decimal(8)},
            salary=3200,
            last_day="2026-12-17",
            regular_end="2026-12-31",
        )

    def test_no_gap(self):
        """The regular end was kept: 0, wage known or not."""
        for regular_end in ("2026-05-31", "2026-05-01"):
            result = self.assert_amount(
                "0.00",
                CALENDAR,
                last_day="2026-05-31",
                regular_end=regular_end,
            )
            self.assertEqual(result.notes, ("no_gap",))

    def test_missing(self):
        """Everything missing is named."""
        self.assert_missing("last_day", "regular_end", "wage", "basis")
        self.assert_missing(
            "basis",
            rate={"basis": "schedule_hours"},
            salary=3000,
            last_day=day("2026-05-31"),
            regular_end=day("2026-06-30"),
        )

    @given(
        st.decimals("0.01", 50000, places=2),
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.integers(1, 200),
    )
    def test_a_later_end_is_never_less(self, salary, last_day, length):
        amounts = [
            calculate(
                "notice_gap",
                Rate(**CALENDAR),
                {
                    "salary": salary,
                    "last_day": last_day,
                    "regular_end": last_day + timedelta(days=days),
                },
            ).amount
            for days in (length - 1, length)
        ]
        self.assertTrue(0 <= amounts[0] <= amounts[1])
