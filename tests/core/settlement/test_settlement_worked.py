from odoo import Command
from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementWorked(SettlementCommon):
    """Worked examples that other tests only have a part of, from employee to list."""

    def test_leave_without_the_holiday_allowance(self):
        """1,920 for 24 hours, 37.5 h: 692.31, with 8 % 747.69."""
        leaver = self._leaver(wage=1920.0, calendar=self._calendar(24))
        self._allocate(leaver, self.extra, 62.5, "2026-01-01", is_settled_in_full=True)
        departure = self._departure(
            leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self.assertEqual(self._lines(departure, "leave").quantity, 37.5)
        self.assertAmount(departure, "leave", 747.69)
        self._set_rate("leave", uplift_percent=0)
        self.assertAmount(departure, "leave", 692.31)

    def test_transition_without_and_with_its_cap(self):
        """8,000 over 41 years: 109,333.33, at most 102,000.00."""
        departure = self._dismiss(
            self._leaver(wage=8000.0, start="1986-01-01"),
            notice_date="2026-08-03",
            departure_date="2026-12-31",
        )
        # The wage as in the example: without the allowance on top.
        self._set_rate("holiday_allowance", percent=0)
        self.assertAmount(departure, "transition", 102000.00)
        self.scheme._get_rule("transition").rate_ids.write(
            {"cap_amount": 0, "cap_months": 0}
        )
        self.assertAmount(departure, "transition", 109333.33)

    def test_what_paying_late_may_cost(self):
        """2,000 due on 30 September: nothing for 3 working days, 50 % at most.

        5 % a day from the fourth to the eighth, then 1 % (BW 7:625).
        """
        settlement = self.env["hr.settlement"].create(
            {
                "employee_name": "Joost Visser",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "scheme_id": self.scheme.id,
                "last_day": "2026-08-31",
                "line_ids": [
                    Command.create({"name": "Wage", "amount_proposed": 2000.0})
                ],
            }
        )
        self.assertEqual(str(settlement.deadline), "2026-09-30")
        for day, working_days, amount in (
            ("2026-10-05", 3, None),
            ("2026-10-06", 4, "100.00"),
            ("2026-10-12", 8, "500.00"),
            ("2026-10-14", 10, "540.00"),
            ("2026-12-23", 60, "1,000.00"),
        ):
            with self.subTest(working_days=working_days), freeze_time(day):
                settlement.invalidate_recordset()
                warning = settlement.warning_text or ""
                if amount is None:
                    self.assertFalse(warning)
                else:
                    self.assertIn(f"{working_days} working days late", warning)
                    self.assertIn(
                        f" {amount}", warning.replace("\N{NO-BREAK SPACE}", " ")
                    )


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementEndToEnd(SettlementCommon):
    """The redundancy beside the resignation of ``test_settlement_resignation``."""

    def test_redundancy_to_the_cent(self):
        """3,200, 40 h, 5.5 years: 69.33 h of leave, 6,824.89 of transition payment.

        768.00 + 1,382.33 + 2,133.33 + 6,824.89 + 0.00 + 84.50 - 500.00 = 10,693.05
        """
        leaver = self._leaver()
        told = {"expiry_notice_date": "2026-01-15"}
        self._allocate(leaver, self.statutory, 24, "2025-01-01", "2026-12-31", **told)
        self._allocate(leaver, self.extra, 16, "2025-01-01", "2030-12-31")
        self._allocate(leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._allocate(leaver, self.extra, 40, "2026-01-01", "2026-12-31")
        self._take(leaver, self.statutory, "2026-06-01", "2026-06-02")
        self._take(leaver, self.statutory, "2026-07-06", "2026-07-17")
        self._component(leaver, "yearly", 3200.0)
        # Two months from 12 May are over on 31 July: the term was observed.
        departure = self._dismiss(
            leaver, notice_date="2026-05-12", departure_date="2026-08-31"
        )
        study = {"months_total": 36, "date_completed": "2025-01-31"}
        self._agreement(departure, "study_costs", amount=4800.0, **study)
        self._agreement(departure, "loan", amount=500.0)
        settlement = self._settlement(departure)
        self.env["hr.settlement.line"].create(
            {
                "settlement_id": settlement.id,
                "name": "Expenses",
                "amount_proposed": 84.50,
            }
        )
        self.assertEqual(self._lines(departure, "leave").quantity, 69.33)
        for code, amount in (
            ("holiday_allowance", 768.00),
            ("leave", 1382.33),
            ("thirteenth", 2133.33),
            ("transition", 6824.89),
            ("study_costs", 0.00),
            ("loan", -500.00),
        ):
            self.assertAmount(departure, code, amount)
        self.assertEqual(round(settlement.amount_total, 2), 10693.05)
