from odoo.tests import freeze_time, tagged

from ...settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSettlementWarning(SettlementCommon):
    """What payroll is to look at twice."""

    def setUp(self):
        super().setUp()
        self.leaver = self._leaver()
        self.departure = self._departure(
            self.leaver, notice_date="2026-07-20", departure_date="2026-08-31"
        )

    def _warnings(self):
        return self._settlement(self.departure).warning_text

    def test_nothing_to_warn_about(self):
        """A plain settlement has no warning."""
        self.assertFalse(self._warnings())

    def test_the_leaver_owes_more_than_is_due(self):
        """768.00 holiday allowance against a loan of 900.00."""
        self._agreement(self.departure, "loan", amount=900.0)
        self.assertIn("owes more than is due", self._warnings())

    def test_deductions_above_the_last_wage(self):
        """A loan of 3,300.00, covered by a 13th month, but more than 3,200.00."""
        self._component(self.leaver, "yearly", 6000.0)
        self._agreement(self.departure, "loan", amount=3300.0)
        self.assertIn("more than the wage of the last month", self._warnings())

    def test_amount_typed_for_mandatory_training(self):
        """The line says 0; whoever agrees on an amount is told it is void."""
        self._agreement(
            self.departure,
            "study_costs",
            name="Safety course",
            amount=1200.0,
            months_total=24,
            date_completed="2026-01-31",
            is_mandatory_training=True,
        )
        self.assertFalse(self._warnings())
        line = self._lines(self.departure, "study_costs")
        line.write({"amount_agreed": -300.0, "agreed_reason": "As discussed"})
        self.assertIn("Safety course", line.settlement_id.warning_text)
        self.assertIn("is free", line.settlement_id.warning_text)

    def test_right_to_withdraw_still_runs(self):
        """Signed on 10 August 2026 and the right mentioned: until 24 August."""
        self._agreement(
            self.departure,
            "settlement_agreement",
            name="Agreement",
            date_signed="2026-08-10",
            is_withdrawal_mentioned=True,
        )
        self.assertIn("08/24/2026", self._warnings())
        with freeze_time("2026-08-25"):
            settlement = self.departure.settlement_ids
            settlement.invalidate_recordset(["warning_text"])
            self.assertFalse(settlement.warning_text)

    def _late(self):
        """The warning on 12 October: 8 working days after the deadline, 25 %."""
        settlement = self._settlement(self.departure)
        with freeze_time("2026-10-12"):
            settlement.invalidate_recordset()
            return settlement.warning_text or ""

    def test_a_transition_payment_is_no_wage(self):
        """3,200 x 1.08 x 5.5 / 3 = 6,336.00 paid late: 25 % of 768.00 alone."""
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.departure.notice_date = "2026-06-20"
        self.assertAmount(self.departure, "transition", 6336.00)
        self.assertIn("192.00", self._late())
        self._component(self.leaver, "holiday_included", 0.0)
        self.assertAmount(self.departure, "holiday_allowance", 0.0)
        self.assertNotIn("working days late", self._late())

    def test_what_is_set_off_is_not_late(self):
        """768.00 less a loan of 468.00: 25 % of 300.00."""
        self._agreement(self.departure, "loan", amount=468.0)
        self.assertIn("75.00", self._late())

    def test_wage_after_death_is_no_wage(self):
        """What the relatives get is a payment; the holiday allowance is wage."""
        self.departure.write({"departure_type": "death", "initiative": "none"})
        self.assertAmount(self.departure, "death_benefit", 3200.0)
        self.assertIn("192.00", self._late())

    def test_paying_late_is_a_risk(self):
        """768.00 due on 30 September; 12 October is 8 working days late: 25 %."""
        settlement = self._settlement(self.departure)
        self.assertEqual(str(settlement.deadline), "2026-09-30")
        with freeze_time("2026-10-12"):
            settlement.invalidate_recordset()
            self.assertIn("192.00", settlement.warning_text)
            settlement.action_check()
            settlement.action_discuss()
            settlement.with_user(self.admin).action_confirm()
            self.assertFalse(settlement.warning_text)
