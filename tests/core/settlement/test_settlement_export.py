from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...workbook_common import WorkbookCommon

EXPORT = "odoo.addons.hr_exit_interview.wizard.settlement.hr_settlement_export"


@tagged("post_install", "-at_install")
@freeze_time("2026-09-01")
class TestSettlementExport(WorkbookCommon):
    """Who gets which workbook, and how."""

    def test_a_period_and_a_state(self):
        """The last day decides, cancelled ones stay out unless asked for."""
        self._make_settlement("In October", last_day="2026-10-15")
        self._make_settlement("Cancelled", last_day="2026-08-10", state="cancelled")
        export = (
            self.env["hr.settlement.export"]
            .with_user(self.payroll)
            .create({"date_from": "2026-08-01", "date_to": "2026-08-31"})
        )
        self.assertEqual(export._find_settlements(), self.settlement)
        self.assertEqual((export.settlement_count, export.line_count), (1, 6))
        export.settlement_state = "confirmed"
        with self.assertRaisesRegex(UserError, "No settlements found"):
            export.action_export()

    def test_the_file_is_fetched_by_who_asked_for_it(self):
        """A download of an attachment that is not public."""
        export = self._export(self.settlement)
        action = export.action_export()
        attachment = export.attachment_id
        self.assertEqual(action["url"], f"/web/content/{attachment.id}?download=true")
        self.assertFalse(attachment.sudo().public)
        self.assertEqual(
            attachment.with_user(self.payroll).name, "Settlements 2026-09-01.xlsx"
        )
        for user in (self.officer, self.interviewer, self.plain):
            with self.assertRaises(AccessError, msg=user.login):
                attachment.with_user(user).read(["raw"])

    def test_the_file_goes_with_the_export(self):
        """Nothing with wages in it stays behind."""
        export = self._export(self.settlement)
        export.action_export()
        attachment = export.attachment_id
        export.sudo().unlink()
        self.assertFalse(attachment.exists())

    def test_others_do_not_export(self):
        """Neither interviewers nor plain users nor HR without the exit role."""
        for user in (self.interviewer, self.plain, self.hr_officer, self.hr_manager):
            with self.assertRaises(AccessError, msg=user.login):
                self._export(self.settlement, user).action_export()

    def test_the_leaver_does_not_export_the_own_settlement(self):
        """Whatever their role: by selection and by period."""
        self.settlement.leaver_user_id = self.payroll
        with self.assertRaises(UserError):
            self._export(self.settlement).action_export()
        with self.assertRaises(AccessError):
            self.env["hr.settlement.workbook"].with_user(self.payroll)._write_file(
                "/dev/null", self.settlement.ids
            )
        period = self.env["hr.settlement.export"].with_user(self.payroll).create({})
        self.assertNotIn(self.settlement.id, period._find_settlements().ids)

    def test_another_company_stays_out(self):
        """Only the companies one works in."""
        other = self._company("Duinrand B.V.")
        foreign = self._make_settlement(
            "Elsewhere", company_id=other.id, department_id=False
        )
        with self.assertRaises(UserError):
            self._export(foreign).action_export()
        period = self.env["hr.settlement.export"].with_user(self.payroll).create({})
        self.assertNotIn(foreign.id, period._find_settlements().ids)

    def test_many_lines_are_written_by_a_job(self):
        """Not while the user waits; with the user's own rights and progress."""
        export = self._export(self.settlement)
        with patch(f"{EXPORT}.DIRECT_LINES", 5):
            action = export.action_export()
        self.assertEqual(action["res_id"], export.id)
        self.assertEqual(export.state, "running")
        self.assertFalse(export.attachment_id)
        self._run_job()
        self.assertEqual((export.state, export.progress), ("done", 100))
        self.assertEqual(export.attachment_id.sudo().create_uid, self.payroll)
        _formulas, values = self._open(export)
        self.assertEqual(values["Lines"].max_row, 7)

    def test_a_job_is_stopped_and_started_again(self):
        """Whoever asked for it stops it while it is written; then there is no file."""
        export = self._export(self.settlement)
        with patch(f"{EXPORT}.DIRECT_LINES", 5):
            export.action_export()
        workbook = type(self.env["hr.settlement.workbook"])
        write_file = workbook._write_file

        def stop_and_write(workbook, path, ids, on_progress):
            export.sudo().state = "stopped"
            self.env.flush_all()
            write_file(workbook, path, ids, on_progress)

        with patch.object(workbook, "_write_file", stop_and_write):
            self._run_job()
        self.assertEqual(export.state, "stopped")
        self.assertFalse(export.attachment_id)
        export.action_resume()
        self._run_job()
        self.assertEqual((export.state, export.progress), ("done", 100))

    def test_nobody_writes_with_whose_rights_it_runs(self):
        """By writing, creating or a default: the job would act as somebody else."""
        export = self._export(self.settlement)
        with self.assertRaisesRegex(UserError, "use the buttons"):
            export.user_id = self.admin
        exports = self.env["hr.settlement.export"].with_user(self.payroll)
        with self.assertRaisesRegex(UserError, "use the buttons"):
            exports.create({"user_id": self.admin.id, "state": "running"})
        with self.assertRaisesRegex(UserError, "use the buttons"):
            exports.with_context(default_user_id=self.admin.id).create({})

    def test_a_job_that_fails_says_why(self):
        """Here because the settlement became the user's own in the meantime."""
        export = self._export(self.settlement)
        with patch(f"{EXPORT}.DIRECT_LINES", 5):
            export.action_export()
        self.payroll.sudo().group_ids -= self.env.ref(
            "hr_exit_interview.group_exit_payroll"
        )
        with self.assertLogs(EXPORT, "WARNING"):
            self._run_job()
        self.assertEqual(export.sudo().state, "failed")
        self.assertTrue(export.sudo().failure)
        self.assertFalse(export.sudo().attachment_id)

    def _run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "hr_exit_interview.ir_cron_settlement_export"
            ).method_direct_trigger()
        self.env.invalidate_all()
