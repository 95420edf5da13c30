from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_exit_interview.lib.settlement import Rate, calculate

from .common import CalculatorCase, day

CONTRACT = {
    "salary": 4000,
    "contract_start": day("2025-09-01"),
    "contract_end": day("2026-08-31"),
}


class TestLateNotice(CalculatorCase):
    method = "late_notice"

    def test_nineteen_days_late(self):
        """Said on 19 August instead of 31 July: 19/31."""
        result = self.assert_amount("2451.61", notified_date="2026-08-19", **CONTRACT)
        self.assertEqual(result.inputs["duty_date"], day("2026-07-31"))
        self.assertEqual(result.inputs["days_late"], 19)
        self.assertEqual(result.inputs["days_in_last_month"], 31)

    def test_working_days(self):
        """13 of August's 21 working days."""
        self.assert_amount(
            "2476.19", {"basis": "working_days"}, notified_date="2026-08-19", **CONTRACT
        )

    def test_nothing_said(self):
        """One month; no more when it was said after the end."""
        self.assert_amount("4000.00", was_notified=False, **CONTRACT)
        self.assert_amount("4000.00", notified_date="2026-10-01", **CONTRACT)

    def test_in_time(self):
        """On the last day allowed and before it nothing is due."""
        for notified in ("2026-07-31", "2026-05-01"):
            result = self.assert_amount("0.00", notified_date=notified, **CONTRACT)
            self.assertEqual(result.notes, ("notified_in_time",))

    def test_last_day_of_a_short_month(self):
        """End 30 September: at latest 31 August, so 1 September is a day late."""
        inputs = {**CONTRACT, "salary": 3000, "contract_end": day("2026-09-30")}
        self.assert_amount("0.00", notified_date="2026-08-31", **inputs)
        self.assert_amount("100.00", notified_date="2026-09-01", **inputs)

    def test_end_within_a_month(self):
        """End 15 September: the last month runs from 16 August, 31 days."""
        inputs = {**CONTRACT, "salary": 3100, "contract_end": day("2026-09-15")}
        self.assert_amount("0.00", notified_date="2026-08-15", **inputs)
        self.assert_amount("100.00", notified_date="2026-08-16", **inputs)
        self.assert_amount("3100.00", notified_date="2026-09-15", **inputs)

    def test_short_contract(self):
        """Below six months nothing has to be said; six months exactly is enough."""
        inputs = {"salary": 4000, "was_notified": False, "contract_end": "2026-08-31"}
        result = self.assert_amount("0.00", contract_start="2026-03-02", **inputs)
        self.assertEqual(result.notes, ("contract_below_six_months",))
        self.assert_amount("4000.00", contract_start="2026-03-01", **inputs)
        self.assert_amount(
            "0.00", {"min_months": 12}, contract_start="2026-03-01", **inputs
        )

    def test_offered_in_time(self):
        """An offer to go on is word enough."""
        result = self.assert_amount("0.00", offered_in_time=True)
        self.assertEqual(result.notes, ("offered_in_time",))

    def test_missing(self):
        """Whether something was said is not guessed."""
        self.assert_missing("contract_start", "contract_end", "notified_date", "wage")
        self.assert_missing("notified_date", **CONTRACT)
        self.assert_missing("notified_date", was_notified=True, **CONTRACT)
        self.assert_missing(
            "basis", rate={"basis": "fixed_30"}, was_notified=False, **CONTRACT
        )
        inputs = {**CONTRACT, "contract_start": day("2027-01-01")}
        self.assert_missing("contract_start", was_notified=False, **inputs)
        inputs = {**CONTRACT, "contract_end": None}
        self.assert_missing("contract_end", was_notified=False, **inputs)

    @given(
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        st.integers(-60, 60),
        st.sampled_from([None, "working_days"]),
    )
    def test_never_more_than_a_month(self, end, offset, basis):
        amounts = [
            calculate(
                "late_notice",
                Rate(basis=basis),
                {
                    "salary": 4000,
                    "contract_start": end - timedelta(days=365),
                    "contract_end": end,
                    "notified_date": end + timedelta(days=days),
                },
            ).amount
            for days in (offset, offset + 1)
        ]
        self.assertTrue(0 <= amounts[0] <= amounts[1] <= 4000)
        if offset >= 0:
            self.assertEqual(amounts[0], 4000)
