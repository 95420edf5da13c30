from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...retention_common import RetentionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestErasure(RetentionCommon):
    def _erase(self, user=None, departure=None, **vals):
        wizard = (
            self.env["hr.exit.erasure"]
            .with_user(user or self.admin)
            .create({"departure_id": (departure or self.departure).id, **vals})
        )
        wizard.action_erase()
        return wizard

    def _last_log(self):
        return self.env["hr.exit.retention.log"].search([], order="id desc", limit=1)

    def test_texts_are_erased_and_codes_stay(self):
        """Before their period is over; noted without a name."""
        wizard = self._erase()
        self.assertFalse(self.point.answer or self.interview.summary)
        self.assertEqual(self.interview.main_reason_id.code, "workload")
        self.assertEqual(self.departure.employee_name, "Joost Visser")
        self.assertEqual(wizard.text_count, 0)
        log = self._last_log()
        self.assertEqual(
            (log.subject_code, log.origin, log.record_count, log.date_until),
            ("interview_text", "request", 1, False),
        )
        self.assertEqual(log.user_id, self.admin)

    def test_name_goes_with_the_codes_and_the_settlement_stays(self):
        """The settlement is kept by law, and the wizard says how many stay."""
        settlement = self._settlement(self.departure)
        wizard = self.env["hr.exit.erasure"].with_user(self.admin)
        wizard = wizard.create({"departure_id": self.departure.id, "is_code": True})
        self.assertEqual(wizard.settlement_count, 1)
        self.assertEqual(wizard.text_count, 1)
        action = wizard.action_erase()
        self.assertEqual(action["res_id"], self.departure.id)
        self.assertTrue(self.departure.is_anonymous)
        self.assertFalse(self.point.exists())
        self.assertEqual(settlement.employee_name, "Joost Visser")
        self.assertFalse(settlement.departure_id)

    def test_departure_without_interview_can_be_erased(self):
        """Nothing was said; the name goes."""
        self.interview.unlink()
        self._erase(is_code=True)
        self.assertTrue(self.departure.is_anonymous)
        self.assertEqual(self._last_log().subject_code, "departure")

    def test_nothing_is_erased_under_a_legal_hold(self):
        """Also when another departure of the person is held."""
        earlier = self._departure(
            self.employee, departure_date="2023-06-30", notice_date="2023-06-01"
        )
        earlier.write(
            {"state": "done", "hold_until": "2026-12-31", "hold_reason": "Geschil"}
        )
        with self.assertRaisesRegex(UserError, "legal hold until"):
            self._erase()
        self.assertTrue(self.point.answer)
        earlier.hold_until = "2026-06-30"
        self._erase()
        self.assertFalse(self.point.answer)

    def test_name_of_who_has_not_left_is_needed(self):
        """Texts can be erased already."""
        self.departure.state = "confirmed"
        with self.assertRaisesRegex(UserError, "is not over"):
            self._erase(is_code=True)
        self._erase()
        self.assertFalse(self.point.answer)

    def test_something_has_to_be_chosen(self):
        """An empty request is a mistake."""
        with self.assertRaisesRegex(UserError, "Choose what"):
            self._erase(is_text=False)

    def test_only_exit_administrators_erase(self):
        """And not the leaver's manager, nor the leaver."""
        for name in ("officer", "interviewer", "payroll", "hr_manager", "plain"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._erase(user=getattr(self, name))
        self.env.user.employee_ids.user_id = False
        self.manager.user_id = self.admin
        with self.assertRaisesRegex(AccessError, "may not read this interview"):
            self._erase()
        self.manager.user_id = False
        self.employee.user_id = self.admin
        with self.assertRaises(AccessError):
            self._erase()
        self.assertTrue(self.point.answer)
