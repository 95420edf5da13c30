from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import SourceCommon

OPTIONAL = {"expense", "overtime", "overtime_pay", "payslip", "equipment", "vehicle"}


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceAll(SourceCommon):
    """With every app installed, all of it is on one list."""

    def setUp(self):
        super().setUp()
        self.env["hr.expense"].create(
            {
                "name": "Train",
                "employee_id": self.leaver.id,
                "company_id": self.company.id,
                "total_amount_currency": 84.50,
            }
        ).approval_state = "approved"
        self.env["hr.attendance.overtime.line"].create(
            {
                "employee_id": self.leaver.id,
                "date": "2026-08-10",
                "duration": 12.5,
                "status": "approved",
                "compensable_as_leave": True,
            }
        )

    def test_all_are_offered(self):
        self.assertLessEqual(
            OPTIONAL, set(self.env["hr.settlement.source"]._get_sources())
        )

    def test_in_both_schemes(self):
        """The generic scheme finds the same: 84.50 and 230.77."""
        for scheme in ("settlement_scheme_nl", "settlement_scheme_generic"):
            with self.subTest(scheme=scheme):
                settlement = self._settlement(self.departure)
                settlement.scheme_id = self.env.ref(f"hr_exit_interview.{scheme}")
                self.assertAmount(self.departure, "expense", 84.50)
                self.assertAmount(self.departure, "overtime", 230.77)

    def test_in_the_wizard_before_a_departure_is_registered(self):
        """Choosing an employee and a day shows what the other apps know."""
        leaver = self.leaver
        self.departure.unlink()
        wizard = self.env["hr.settlement.wizard"].create(
            {
                "employee_ids": leaver.ids,
                "date": "2026-08-31",
                "departure_reason_id": self.reason_resigned.id,
            }
        )
        wizard.action_compute()
        amounts = {line.code: line.amount for line in wizard.line_ids}
        self.assertEqual(amounts["expense"], 84.50)
        self.assertEqual(amounts["overtime"], 230.77)

    def test_a_later_app_adds_its_lines(self):
        """Recomputing finds what came with an app that was installed since."""
        settlement = self._settlement(self.departure)
        source = type(self.env["hr.settlement.source.expense"])
        with self.subTest("absent"):
            with patch.object(source, "_is_available", lambda self: False):
                settlement.action_recompute()
            self.assertNotIn("expense", settlement.line_ids.mapped("code"))
        with self.subTest("installed"):
            settlement.action_recompute()
            self.assertIn("expense", settlement.line_ids.mapped("code"))
