from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..interview_common import InterviewCommon

FORM = {"state": {}, "summary": {}, "point_ids": {"fields": {"answer": {}}}}


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 10:20:00")
class TestAccessLog(InterviewCommon):
    def _log(self, **vals):
        """[(user, hour, how)] of what was noted, oldest first."""
        self.env.flush_all()
        found = self.env["hr.exit.access.log"].search(
            [("interview_id", "=", self.interview.id)], order="id"
        )
        return [(log.user_id, str(log.access_hour), log.how) for log in found]

    def test_opening_the_form_is_noted_once_an_hour(self):
        """Ten minutes later nothing is added; the next hour again."""
        self.talk.web_read(FORM)
        self.talk.web_read(FORM)
        with freeze_time("2026-04-20 10:59:59"):
            self.talk.web_read(FORM)
        with freeze_time("2026-04-20 11:00:00"):
            self.talk.web_read(FORM)
        self.assertEqual(
            self._log(),
            [
                (self.interviewer, "2026-04-20 10:00:00", "form"),
                (self.interviewer, "2026-04-20 11:00:00", "form"),
            ],
        )

    def test_a_list_of_interviews_is_not_opening_them(self):
        """Names, dates and states are not what was said."""
        self.talk.web_search_read(
            [("id", "=", self.interview.id)],
            {"state": {}, "held_date": {}, "main_reason_id": {}},
        )
        self.assertFalse(self._log())

    def test_every_way_of_reading_is_noted(self):
        """read, search_read, points by themselves, conversation and export."""
        point = self._point(answer="Te druk.")
        users = [
            self._user(f"hr{i}", "hr_exit_interview.group_exit_officer")
            for i in range(6)
        ]
        for user in users:
            user.group_ids += self.env.ref("base.group_allow_export")
        record = [self.interview.with_user(user) for user in users]
        record[0].read(["internal_note"])
        record[1].search_read([("id", "=", self.interview.id)], ["summary"])
        point.with_user(users[2]).read(["answer"])
        record[3].get_talk()
        record[4].export_data(["id", "main_reason_id/name"])
        point.with_user(users[5]).export_data(["answer"])
        expected = ["form", "form", "form", "conversation", "export", "export"]
        self.assertEqual(
            [(user, how) for user, _hour, how in self._log()],
            list(zip(users, expected, strict=True)),
        )

    def test_who_may_not_read_is_refused_and_not_noted(self):
        """The manager of the leaver gets nothing, so opened nothing."""
        interview = self.interview.with_user(self.manager_user)
        with self.assertRaises(AccessError):
            interview.web_read(FORM)
        self.assertFalse(interview.search_read([("id", "=", interview.id)]))
        self.assertFalse(self._log())

    def test_system_and_leaver_are_not_noted(self):
        """What is read without a user, or for the page of the leaver."""
        self.interview.sudo().read(["summary"])
        self.assertFalse(self._log())

    def test_one_query_for_many(self):
        """Fifty opened at once are noted with one query."""
        interviews = self.env["hr.exit.interview"].union(
            *(self._interview(self.departure, state="closed") for _i in range(52))
        )
        note = self.env["hr.exit.access.log"].with_user(self.officer)._note
        few, many = interviews[:2], interviews[2:]
        self.assertEqual(self._count_queries(note, few, "form"), 1)
        self.assertEqual(self._count_queries(note, many, "form"), 1)

    def test_log_is_for_exit_administrators_and_written_by_nobody(self):
        """Per role and operation."""
        for name in ("officer", "interviewer", "payroll", "hr_manager", "plain"):
            logs = self.env["hr.exit.access.log"].with_user(getattr(self, name))
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(role=name, operation=operation):
                    self.assertFalse(logs.has_access(operation))
        logs = self.env["hr.exit.access.log"].with_user(self.admin)
        self.assertTrue(logs.has_access("read"))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(logs.has_access(operation))

    def test_log_of_the_own_interview_and_of_ones_leavers_is_hidden(self):
        """It names the leaver, so the rules of the interview hold."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        logs = self.env["hr.exit.access.log"].with_user(self.admin)
        domain = [("interview_id", "=", self.interview.id)]
        self.assertTrue(logs.search(domain))
        self.employee.user_id = self.admin
        self.assertFalse(logs.search(domain))
        self.employee.user_id = False
        self.env.user.employee_ids.user_id = False
        self.manager.user_id = self.admin
        self.assertFalse(logs.search(domain))

    def test_log_is_of_the_company(self):
        """Elsewhere nobody sees who read what here."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        other = self._other_company_officer()
        other.group_ids += self.env.ref("hr_exit_interview.group_exit_admin")
        logs = self.env["hr.exit.access.log"].with_user(other)
        self.assertFalse(logs.with_context(allowed_company_ids=[]).search([]))

    def test_log_goes_after_its_own_period(self):
        """24 months after the opening, with one line per reader in the preview."""
        self.talk.web_read(FORM)
        self.env.flush_all()
        subject = self.env["hr.exit.retention.access_log"]
        with freeze_time("2028-04-20"):
            domain = subject._get_purge_domain(self.company, fields.Date.today())
            self.assertFalse(self.env["hr.exit.access.log"].search(domain))
        with freeze_time("2028-04-21"):
            [line] = subject._preview(self.company, fields.Date.today())
            self.assertEqual(line["person"], self.interviewer.name)
            self.assertEqual(str(line["due_date"]), "2028-04-21")
            domain = subject._get_purge_domain(self.company, fields.Date.today())
            self.assertTrue(self.env["hr.exit.access.log"].search(domain))
