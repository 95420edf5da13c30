from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestExitReason(ExitInterviewCommon):
    def test_nine_categories_and_forty_reasons(self):
        """The reasons leavers state are there, each with its kind."""
        reasons = self.env["hr.exit.reason"].search([])
        categories = reasons.filtered(lambda reason: not reason.parent_id)
        stated = reasons - categories
        self.assertEqual((len(categories), len(stated)), (9, 40))
        names = reasons.mapped("name")
        self.assertEqual(names, [" ".join(name.split()) for name in names])
        self.assertTrue(
            all(stated.mapped("kind")) and all(stated.mapped("preventable"))
        )
        about_manager = stated.filtered("is_about_manager")
        self.assertEqual(about_manager.parent_id.code, "MANAGER")
        self.assertEqual(
            set(stated.filtered("is_sensitive").mapped("code")),
            {"mgr_conduct", "misconduct", "health"},
        )

    def test_code_is_unique(self):
        """Two reasons cannot share a code."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["hr.exit.reason"].create({"name": "Druk", "code": "workload"})

    def test_no_third_level(self):
        """A reason stands directly under a category."""
        reason = self.env.ref("hr_exit_interview.exit_reason_workload")
        with self.assertRaisesRegex(ValidationError, "directly under a category"):
            self.env["hr.exit.reason"].create(
                {"name": "Piek", "code": "peak", "parent_id": reason.id}
            )

    def test_archived_reason_stays_on_old_interviews(self):
        """A reason no longer offered stays readable where it was given."""
        reason = self.env.ref("hr_exit_interview.exit_reason_workload")
        departure = self.env["hr.departure"].create({"employee_name": "Piet"})
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": departure.id, "main_reason_id": reason.id}
        )
        reason.action_archive()
        self.assertEqual(interview.main_reason_id.name, "Too much work")
