from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementResignation(SettlementCommon):
    """3,200 a month, 40 hours, five and a half years, last day 31 August 2026."""

    def setUp(self):
        super().setUp()
        self.leaver = self._leaver()
        self._give_leave()
        self._component(self.leaver, "yearly", 3200.0)
        self.departure = self._departure(
            self.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )
        self._agreement(
            self.departure,
            "study_costs",
            amount=4800.0,
            months_total=36,
            date_completed="2025-01-31",
        )
        self._agreement(self.departure, "loan", amount=500.0)

    def _give_leave(self):
        """160 statutory and 40 extra a year; told in time that 2025 would lapse."""
        end_of_validity = {"expiry_notice_date": "2026-01-15"}
        self._allocate(
            self.leaver,
            self.statutory,
            24,
            "2025-01-01",
            "2026-12-31",
            **end_of_validity,
        )
        self._allocate(self.leaver, self.extra, 16, "2025-01-01", "2030-12-31")
        self._allocate(self.leaver, self.statutory, 160, "2026-01-01", "2026-12-31")
        self._allocate(self.leaver, self.extra, 40, "2026-01-01", "2026-12-31")
        self._take(self.leaver, self.statutory, "2026-06-01", "2026-06-02")
        self._take(self.leaver, self.statutory, "2026-07-06", "2026-07-17")

    def test_every_line_to_the_cent(self):
        """Holiday allowance, leave, 13th month, study costs and loan."""
        self.assertAmount(self.departure, "holiday_allowance", 768.00)
        self.assertAmount(self.departure, "leave", 1382.33)
        self.assertAmount(self.departure, "thirteenth", 2133.33)
        self.assertAmount(self.departure, "study_costs", -2266.67)
        self.assertAmount(self.departure, "loan", -500.00)

    def test_the_total_is_the_sum_of_rounded_lines(self):
        """1,601.49 with 84.50 of expenses typed by hand; August's wage is apart."""
        settlement = self._settlement(self.departure)
        self.env["hr.settlement.line"].create(
            {
                "settlement_id": settlement.id,
                "name": "Expenses",
                "kind": "earning",
                "amount_proposed": 84.50,
            }
        )
        self.assertAmount(self.departure, "wage_last_month", 3200.00)
        self.assertEqual(settlement.currency_id.round(settlement.amount_total), 1601.49)
        self.assertEqual(
            settlement.currency_id.round(settlement.amount_deduction), -2766.67
        )

    def test_no_transition_payment_after_a_resignation(self):
        """The employee ended it and nobody is to blame."""
        self.assertFalse(self._lines(self.departure, "transition"))

    def test_redundancy_pays_the_transition_and_forgives_the_study(self):
        """5.5 years x a third of 3,722.67 (with 8 % and 13th): 6,824.89."""
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.departure.notice_date = "2026-05-12"
        self.assertAmount(self.departure, "transition", 6824.89)
        self.assertAmount(self.departure, "study_costs", 0.00)

    def test_leave_not_told_of_expiry_does_not_lapse(self):
        """Not informed: 77.33 h stay (8 of 2025 are used up first in July)."""
        self.env["hr.leave.allocation"].search(
            [("employee_id", "=", self.leaver.id)]
        ).expiry_notice_date = False
        line = self._lines(self.departure, "leave")
        self.assertEqual(line.quantity, 77.33)
        # 77.33 x 18.461538... x 1.08 = 1,541.84
        self.assertAmount(self.departure, "leave", 1541.84)
