from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...planning_common import CODE, INTERVIEWER_NEEDED, PREPARE, TEN, PlanningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestBooking(PlanningCommon):
    """A moment is taken, moved, given back, called off."""

    # === Booking ===

    def test_booking(self):
        """Planned: state, interviewer, neutral private appointment, mail with file."""
        self.interview._book_slot(TEN, self.interviewer)
        self.assertEqual(self.interview.state, "scheduled")
        self.assertEqual(self.interview.interviewer_id, self.interviewer)
        self.assertEqual(self.interview.stop_datetime, datetime(2026, 3, 31, 9))
        event = self.interview.event_id
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.name, "Conversation")
        self.assertEqual(event.partner_ids, self.interviewer.partner_id)
        self.assertEqual(event.create_uid, self.interviewer)
        self.assertFalse(
            event.description
            or event.location
            or event.res_model
            or event.res_id
            or event.videocall_location
        )
        mail = self._leaver_mails("joost.visser@")[-1]
        self.assertIn("Tuesday 31 March 2026, 10:00–11:00", mail.subject)
        calendar_file = mail.attachment_ids.raw.decode()
        self.assertIn("METHOD:REQUEST", calendar_file)
        self.assertIn("DTSTART:20260331T080000Z", calendar_file)
        self.assertNotIn(self.departure.exit_token, calendar_file)
        prepare = self.interview.activity_search([PREPARE])
        self.assertEqual(prepare.user_id, self.interviewer)
        self.assertEqual(prepare.date_deadline, date(2026, 3, 31))

    def test_nobody_gets_a_mail_from_the_calendar(self):
        """Odoo's own invitation says nothing to anybody."""
        before = self._mails()
        self.interview._book_slot(TEN, self.interviewer)
        sent = self._mails() - before
        self.assertFalse(sent.filtered(lambda mail: mail.model == "calendar.event"))

    def test_dutch_interviewer_gets_a_dutch_title(self):
        """The title is in the language of whose calendar it is."""
        self.interviewer.lang = "nl_NL"
        self.interview._book_slot(TEN, self.interviewer)
        self.assertEqual(self.interview.event_id.name, "Gesprek")

    def test_nothing_to_find_in_the_calendar(self):
        """Others see that the interviewer is busy; whom with cannot be searched."""
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        for user in (self.plain, self.manager_user, self.payroll, self.hr_manager):
            with self.subTest(user.login):
                events = self.env["calendar.event"].with_user(user)
                for domain in (
                    [("partner_ids.name", "ilike", "Joost")],
                    [("attendee_ids.email", "ilike", "joost")],
                    [("name", "ilike", "exit")],
                    [("name", "ilike", "Joost")],
                    [("description", "!=", False), ("id", "=", event.id)],
                    [("location", "!=", False), ("id", "=", event.id)],
                    [("res_model", "!=", False), ("id", "=", event.id)],
                    [("res_id", ">", 0), ("id", "=", event.id)],
                    [("create_uid", "!=", self.interviewer.id), ("id", "=", event.id)],
                    [("message_ids", "!=", False), ("id", "=", event.id)],
                    [("activity_ids", "!=", False), ("id", "=", event.id)],
                ):
                    self.assertFalse(events.search(domain), domain)
                seen = events.browse(event.id).read()[0]
                self.assertNotIn("Joost", str(seen))
                self.assertNotIn("xit", str(seen.get("name")))

    def test_taken_a_second_ago(self):
        """The second who chooses the same moment is told so, and nothing is planned."""
        other = self._offer(self._departure(self.report))
        other.candidate_ids = self.interviewer
        self.interview._book_slot(TEN, self.interviewer)
        with self.assertRaisesRegex(UserError, "no longer free"):
            other._book_slot(TEN, self.interviewer)
        self.assertEqual(other.state, "offered")
        self.assertFalse(other.event_id)

    def test_only_moments_that_are_offered(self):
        """At night, with a stranger or in the past: refused."""
        night = datetime(2026, 3, 31, 1)
        for start, user in (
            (night, self.interviewer),
            (TEN, self.plain),
            (datetime(2026, 3, 9, 8), self.interviewer),
            (datetime(2026, 3, 31, 8, 5), self.interviewer),
        ):
            with self.assertRaises(UserError):
                self.interview._book_slot(start, user)
        self.interview._book_slot(night, self.interviewer, is_by_hand=True)
        self.assertEqual(self.interview.start_datetime, night)

    def test_moving(self):
        """Another moment: one appointment, one file that replaces the first."""
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        first = self.interview._get_ics().decode()
        self.interview._book_slot(datetime(2026, 4, 1, 8), self.interviewer)
        self.assertEqual(self.interview.event_id, event)
        self.assertEqual(event.start, datetime(2026, 4, 1, 8))
        second = self.interview._get_ics().decode()
        uid = next(line for line in first.split("\r\n") if line.startswith("UID:"))
        self.assertIn(uid, second)
        self.assertIn("SEQUENCE:1", first)
        self.assertIn("SEQUENCE:2", second)
        self.assertIn("moved", self._leaver_mails("joost.visser@")[-1].subject)

    def test_moving_to_the_other_interviewer(self):
        """The first one's calendar is free again."""
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        self.interview._book_slot(TEN, self.officer)
        self.assertFalse(event.exists())
        self.assertEqual(self.interview.event_id.user_id, self.officer)
        todo = self.interview.activity_search([PREPARE])
        self.assertEqual(todo.user_id, self.officer)

    def test_giving_the_moment_back(self):
        """Accepted, calendar free, the file takes it out of the leaver's calendar."""
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        self.interview._release_slot()
        self.assertFalse(event.exists())
        self.assertEqual(self.interview.state, "accepted")
        self.assertFalse(self.interview.start_datetime)
        self.assertFalse(self.interview.activity_search([PREPARE]))
        calendar_file = self._leaver_mails("joost.visser@")[-1].attachment_ids.raw
        self.assertIn(b"METHOD:CANCEL", calendar_file)
        self.assertIn(b"DTSTART:20260331T080000Z", calendar_file)
        self.assertIn(b"SEQUENCE:2", calendar_file)

    def _notices(self):
        """What the interviewer was told, as it waits in the queue."""
        partner = self.interviewer.partner_id
        return self._mails().filtered(lambda m: partner in m.recipient_ids)

    def test_interviewer_is_told_of_a_moment_that_is_off(self):
        """Given back, moved to a colleague, called off: in words that name nobody."""
        self.interviewer.notification_type = "email"
        ways = (
            self.interview._release_slot,
            lambda: self.interview._book_slot(TEN, self.officer),
            self.interview.action_cancel,
        )
        for off in ways:
            self.interview._book_slot(TEN, self.interviewer)
            known = self._notices()
            off()
            notice = self._notices() - known
            self.assertEqual(len(notice), 1)
            self.assertIn("Tuesday 31 March, 10:00", notice.body_html)
            for word in ("Joost", "exit", "Exit", self.departure.exit_token):
                self.assertNotIn(word, f"{notice.subject} {notice.body_html}")
            self.assertFalse(notice.model)

    def test_interviewer_is_told_when_the_departure_is_withdrawn(self):
        self.interviewer.notification_type = "email"
        self.interview._book_slot(TEN, self.interviewer)
        known = self._notices()
        self.departure.action_withdraw()
        self.assertEqual(len(self._notices() - known), 1)

    def test_moment_that_passed_is_no_news(self):
        self.interviewer.notification_type = "email"
        self.interview._book_slot(TEN, self.interviewer)
        known = self._notices()
        with freeze_time("2026-04-02 09:00:00"):
            self.interview._release_slot()
        self.assertFalse(self._notices() - known)

    def test_outside_interviewer_is_told_of_a_moment_that_is_off(self):
        """By mail, with a file that takes it out of the calendar; no link."""
        coach = self.env["res.partner"].create(
            {"name": "Coach", "email": "coach@example.org", "lang": "nl_NL"}
        )
        self.interview.write(
            {"outside_interviewer_id": coach.id, "candidate_ids": [Command.clear()]}
        )
        self.interview._book_slot(TEN, self.env["res.users"])
        self.interview._release_slot()
        mail = self._leaver_mails("coach@example.org")[-1]
        self.assertIn("Gesprek gaat niet door: dinsdag 31 maart 2026", mail.subject)
        self.assertIn(b"METHOD:CANCEL", mail.attachment_ids.raw)
        self.assertNotIn("/exit/", mail.body_html)
        self.assertNotIn("Joost", mail.body_html)

    def test_booking_by_hr_sends_through_the_queue(self):
        """Nothing is sent at the end of the request: the booking may be done again."""
        self.interviewer.notification_type = "email"
        with patch.object(self.registry["mail.mail"], "send_after_commit") as send:
            self.interview.with_user(self.officer)._book_slot(
                TEN, self.interviewer, is_by_hand=True
            )
            self.interview._release_slot()
        self.assertFalse(send.called)
        self.assertTrue(self._notices())

    def test_outside_interviewer(self):
        """A contact without a user: own link by mail, no appointment in Odoo."""
        coach = self.env["res.partner"].create(
            {"name": "Coach", "email": "coach@example.org", "lang": "en_US"}
        )
        self.interview.write(
            {"outside_interviewer_id": coach.id, "candidate_ids": [Command.clear()]}
        )
        slots = self.interview._get_free_slots()
        self.assertFalse(slots[0]["interviewer"])
        self.interview._book_slot(TEN, self.env["res.users"])
        self.assertFalse(self.interview.event_id or self.interview.interviewer_id)
        mail = self._leaver_mails("coach@example.org")
        self.assertIn(self.interview._get_interviewer_url(), mail.body_html)
        self.assertNotIn(self.departure.exit_token, mail.body_html)
        found = self.interview._find_by_interviewer_token(
            self.interview.interviewer_token
        )
        self.assertEqual(found, self.interview)
        self.assertFalse(self.interview._find_by_interviewer_token("x"))
        self.interview.state = "cancelled"
        self.assertFalse(
            self.interview._find_by_interviewer_token(self.interview.interviewer_token)
        )

    # === What may come between ===

    def test_withdrawn(self):
        """All is called off: one kind mail, no appointment, no activity."""
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        before = self._leaver_mails("joost.visser@")
        self.departure.with_user(self.officer).action_withdraw()
        self.assertEqual(self.interview.state, "cancelled")
        self.assertFalse(event.exists())
        self.assertFalse(self.interview.activity_ids)
        mail = self._leaver_mails("joost.visser@") - before
        self.assertEqual(len(mail), 1)
        self.assertIn("Your leaving was withdrawn", mail.body_html)
        self.assertIn(b"METHOD:CANCEL", mail.attachment_ids.raw)

    def test_withdrawn_before_anything_was_offered(self):
        """Who was told nothing is told nothing."""
        departure = self._departure(self.report)
        self.report.private_email = "sanne@example.net"
        departure.action_confirm()
        departure.action_withdraw()
        self.assertFalse(self._leaver_mails("sanne"))

    def test_no_show(self):
        """Nobody came: a friendly mail, and another moment may be chosen."""
        self.interview._book_slot(TEN, self.interviewer)
        with self.assertRaisesRegex(UserError, "still to come"):
            self.interview.with_user(self.interviewer).action_no_show()
        with freeze_time("2026-03-31 12:00:00"):
            self.interview.with_user(self.interviewer).action_no_show()
            self.assertEqual(self.interview.state, "no_show")
            self.assertIn(
                "That can happen", self._leaver_mails("joost.visser@")[-1].body_html
            )
            self.interview._book_slot(datetime(2026, 4, 2, 8), self.officer)
        self.assertEqual(self.interview.state, "scheduled")

    def test_interviewer_archived(self):
        """Another is proposed, the leaver may choose again, HR is told."""
        third = self._user("third", "hr_exit_interview.group_exit_officer")
        self.interview._book_slot(TEN, self.interviewer)
        event = self.interview.event_id
        self.interviewer.active = False
        self.assertEqual(self.interview.state, "accepted")
        self.assertFalse(event.exists())
        self.assertFalse(self.interview.interviewer_id)
        self.assertEqual(self.interview.candidate_ids, self.officer | third)
        activity = self.interview.activity_search([INTERVIEWER_NEEDED])
        self.assertIn("can no longer hold", activity.note)
        self.assertIn(
            "does not take place", self._leaver_mails("joost.visser@")[-1].subject
        )

    def test_interviewer_loses_the_role_or_leaves(self):
        """The role taken away, or an own departure registered: the same."""
        for change in ("role", "departure"):
            with self.subTest(change):
                self.interview.candidate_ids = self.interviewer | self.officer
                self.interview._book_slot(TEN, self.interviewer)
                if change == "role":
                    role = self.env.ref("hr_exit_interview.group_exit_interviewer")
                    self.interviewer.group_ids -= role
                    self.assertEqual(self.interview.state, "accepted")
                    self.interviewer.group_ids |= role
                else:
                    self._departure(self.interviewer.employee_id)
                    self.env["hr.exit.interview"]._cron_check_interviewers()
                    self.assertEqual(self.interview.state, "accepted")

    def test_held_is_to_be_coded(self):
        """Held: the interviewer codes the reasons within two weeks."""
        self.interview._book_slot(TEN, self.interviewer)
        with freeze_time("2026-03-31 12:00:00"):
            self.interview.with_user(self.interviewer).action_mark_held()
        self.assertFalse(self.interview.activity_search([PREPARE]))
        code = self.interview.activity_search([CODE])
        self.assertEqual(code.user_id, self.interviewer)
        self.assertEqual(code.date_deadline, date(2026, 4, 14))
