from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...interview_common import InterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20")
class TestTalkWrapUp(InterviewCommon):
    """After closing: thanks, the summary, and what the manager may get."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "hr@poldertuin.example.com"
        cls.employee.private_email = "joost@example.net"
        cls.manager.work_email = "marit@poldertuin.example.com"
        cls.interview.write(
            {
                "summary": "Joost vond de planning zwaar. Vissers plan werd van de "
                "baan geveegd.",
                "main_reason_id": cls.env.ref(
                    "hr_exit_interview.exit_reason_workload"
                ).id,
                "internal_note": "Secret note",
            }
        )
        cls._point(answer="Secret words")

    def _mails(self, address):
        mails = self.env["mail.mail"].search([("state", "=", "outgoing")])
        return mails.filtered(lambda mail: address in (mail.email_to or ""))

    def _close(self, **vals):
        self.interview.write(vals)
        self.talk.close_talk()

    # === Thanks ===

    def test_leaver_is_thanked_once(self):
        """Also when the interview was opened again to correct it."""
        self._close()
        self.interview.with_user(self.officer).action_reopen()
        self.interview.with_user(self.officer).action_close()
        mail = self._mails("joost@example.net")
        self.assertEqual(len(mail), 1)
        self.assertIn("Thank you for taking the time", mail.body_html)
        self.assertNotIn("planning", mail.body_html)

    def test_summary_for_the_leaver_is_on_the_page_alone(self):
        """The mail says where it is, not what it says."""
        self._close()
        self.talk.action_send_summary()
        mail = self._mails("joost@example.net").filtered(
            lambda m: "asked for" in m.subject
        )
        self.assertIn("/exit/", mail.body_html)
        self.assertNotIn("planning", mail.body_html)
        self.interview.sudo().summary = False
        with self.assertRaisesRegex(UserError, "no summary yet"):
            self.talk.action_send_summary()

    # === The manager ===

    def test_manager_gets_nothing_unless_all_of_it_holds(self):
        """Allowed, closed, with a summary, and the last day over."""
        for vals, day, words in (
            ({"share_choice": "no"}, "2026-05-02", "did not allow"),
            ({"share_choice": "named"}, "2026-04-30", "before the last day"),
            ({"share_choice": "named", "summary": False}, "2026-05-02", "no summary"),
        ):
            self.interview.sudo().write({"summary": "Zwaar.", **vals})
            if self.interview.state != "closed":
                with self.assertRaisesRegex(UserError, "did not allow|Close the"):
                    self.talk.action_share_summary()
                self.talk.close_talk()
            with freeze_time(day), self.assertRaisesRegex(UserError, words):
                self.talk.action_share_summary()
            with freeze_time(day):
                self.interview.invalidate_recordset()
                self.assertFalse(self.interview.mail_summary)
        self.assertFalse(self._mails("marit@"))

    def test_manager_without_address_gets_nothing(self):
        self._close(share_choice="named")
        self.manager.work_email = False
        with (
            freeze_time("2026-05-02"),
            self.assertRaisesRegex(UserError, "Nobody else gets"),
        ):
            self.talk.action_share_summary()

    def _share(self, choice):
        self._close(share_choice=choice)
        with freeze_time("2026-05-01"):
            self.talk.action_share_summary()
        return self._mails("marit@poldertuin.example.com")

    def test_manager_reads_the_summary_with_the_name(self):
        mail = self._share("named")
        self.assertIn("Joost Visser", mail.body_html)
        self.assertIn("Joost vond de planning zwaar.", mail.body_html)
        self.assertEqual(str(self.interview.shared_date), "2026-05-01 00:00:00")
        self.assertEqual(self.interview.shared_user_id, self.interviewer)

    def test_manager_reads_the_summary_without_the_name(self):
        """No part of the name, in the summary or around it; “van” stays."""
        mail = self._share("anonymous")
        whole = f"{mail.subject} {mail.body_html} {mail.headers}"
        for word in ("Joost", "Visser"):
            self.assertNotIn(word, whole)
        self.assertIn("… vond de planning zwaar. … plan werd van de baan", whole)

    def test_nothing_but_the_summary_passes(self):
        """No answer, reason, note, link or last day, with or without the name."""
        for choice in ("named", "anonymous"):
            mail = self._share(choice)[-1:]
            whole = f"{mail.subject} {mail.body_html}"
            for word in ("Secret", "Too much work", "/exit/", "2026", "April"):
                self.assertNotIn(word, whole, choice)
            self.assertFalse(mail.attachment_ids)
            self.interview.sudo().write({"shared_date": False, "state": "held"})

    def test_who_has_nothing_to_do_with_it_cannot_share(self):
        self._close(share_choice="named")
        for user in (self.manager_user, self.payroll, self.plain, self.hr_manager):
            for method in ("action_share_summary", "action_send_summary"):
                with self.assertRaises(AccessError):
                    getattr(self.interview.with_user(user), method)()
