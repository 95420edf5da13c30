from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...offer_common import OfferCommon

PLAN = "hr_exit_interview.mail_activity_type_interview_plan"
CONFIRM = "hr_exit_interview.mail_activity_type_interview_confirm"


@tagged("post_install", "-at_install")
class TestOfferFollowUp(OfferCommon):
    """Offered on Tuesday 10 March 2026, last day 30 April, closes 14 May."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee.work_email = False
        with freeze_time("2026-03-10 10:00:00"):
            cls.departure.action_confirm()
            cls.interview = cls.departure._offer_interviews()

    def _follow_up(self, day):
        """Run the cron at 11:00 and tell how many mails the leaver has in all."""
        with freeze_time(f"{day} 11:00:00"):
            self.env["hr.exit.interview"]._cron_follow_up()
        return len(self._leaver_mails())

    def test_two_reminders_at_most(self):
        """After five days, after ten, then never again; twice a day counts once."""
        self.assertEqual(self._follow_up("2026-03-14"), 1)
        self.assertEqual(self._follow_up("2026-03-15"), 2)
        self.assertEqual(self._follow_up("2026-03-15"), 2)
        self.assertEqual(self._follow_up("2026-03-19"), 2)
        self.assertEqual(self._follow_up("2026-03-20"), 3)
        self.assertEqual(self._follow_up("2026-04-20"), 3)
        self.assertEqual(self.interview.reminder_count, 2)

    def test_none_after_an_answer(self):
        """Yes or no ends reminders."""
        for answer in ("accepted", "declined"):
            with freeze_time("2026-03-11"):
                self.interview._record_answer(answer)
            self.assertEqual(self._follow_up("2026-03-20"), 1)

    def test_later_pauses_until_that_day(self):
        """ "Later, on 1 April": one reminder on that day, not before, not again."""
        with freeze_time("2026-03-11"):
            self.interview._record_answer("later", {"later_date": "2026-04-01"})
        self.assertEqual(self._follow_up("2026-03-31"), 1)
        self.assertEqual(self._follow_up("2026-04-01"), 2)
        self.assertEqual(self._follow_up("2026-04-02"), 2)
        self.assertEqual(self._follow_up("2026-04-20"), 2)

    def test_later_without_a_day(self):
        """ "Later" with no day asked for nothing."""
        with freeze_time("2026-03-11"):
            self.interview._record_answer("later")
        self.assertEqual(self._follow_up("2026-04-20"), 1)

    def test_closes_fourteen_days_after_the_last_day(self):
        """Open on 14 May, closed on the 15th without a word, and no reminder."""
        self.company.exit_reminder_max = 0
        self._follow_up("2026-05-14")
        self.assertEqual(self.interview.state, "offered")
        self.assertEqual(self._follow_up("2026-05-15"), 1)
        self.assertEqual(self.interview.state, "expired")

    def test_offered_late_stays_open_as_long(self):
        """Offered after the last day: fourteen days from then."""
        self.interview.offered_datetime = "2026-05-10 10:00:00"
        self.assertEqual(self.interview._get_closing_day(), date(2026, 5, 24))

    def test_withdrawn_gets_no_reminder(self):
        """Nothing more after the departure was withdrawn, the kind mail apart."""
        with freeze_time("2026-03-11"):
            self.departure.action_withdraw()
        self.assertEqual(self._follow_up("2026-03-20"), 2)

    def test_yes_without_a_moment(self):
        """Who said yes and chose nothing for three days: HR is asked, once."""
        with freeze_time("2026-03-11 12:00:00"):
            self.interview._record_answer("accepted", {"form": "phone"})
        self._follow_up("2026-03-14")
        self.assertFalse(self.interview.activity_search([PLAN]))
        self._follow_up("2026-03-15")
        self._follow_up("2026-03-16")
        self.assertEqual(len(self.interview.activity_search([PLAN])), 1)

    def test_nobody_said_whether_it_was_held(self):
        """The day after, the interviewer is asked once."""
        with freeze_time("2026-03-11 12:00:00"):
            slot = self.interview._get_free_slots()[0]
            self.interview._book_slot(slot["start"], slot["interviewer"])
        self._follow_up("2026-04-20")
        self._follow_up("2026-04-21")
        asked = self.interview.activity_search([CONFIRM])
        self.assertEqual(asked.user_id, slot["interviewer"])

    # === Second interview ===

    def _leave(self, opted_in=True):
        self.departure.write({"state": "done"})
        self.interview.write(
            {
                "state": "closed",
                "second_opt_in": opted_in,
                "second_email": "later@example.net",
            }
        )

    def _second(self):
        return self.departure.interview_ids.filtered("is_second")

    def test_second_interview_ninety_days_later(self):
        """30 April and 90 days is 29 July: offered once, to the address given."""
        self._leave()
        self._follow_up("2026-07-28")
        self.assertFalse(self._second())
        self._follow_up("2026-07-29")
        self._follow_up("2026-07-30")
        second = self._second()
        self.assertEqual(len(second), 1)
        self.assertEqual(second.state, "offered")
        self.assertTrue(second.template_id.is_second)
        mail = self._leaver_mails("later@example.net")
        self.assertEqual(len(mail), 1)
        self.assertIn("some distance", mail.body_html)

    def test_no_second_interview_without_consent(self):
        """Not asked for, not offered; nor to who came back."""
        self._leave(opted_in=False)
        self._follow_up("2026-07-29")
        self.interview.second_opt_in = True
        self.departure.rehire_date = "2026-07-01"
        self._follow_up("2026-07-29")
        self.assertFalse(self._second())

    def test_no_second_interview_out_of_the_blue(self):
        """When the cron did not run for months, nobody is surprised."""
        self._leave()
        self._follow_up("2026-10-01")
        self.assertFalse(self._second())

    # === Settings ===

    def test_settings_in_their_ranges(self):
        """Numbers outside what makes sense are refused with the range."""
        for name, value in (
            ("exit_talk_minutes", 30),
            ("exit_second_days", 20),
            ("exit_reminder_max", 3),
            ("exit_close_days", 0),
            ("exit_offer_hold_days", -1),
        ):
            with (
                self.subTest(name),
                self.assertRaisesRegex(ValidationError, "Choose a number from"),
            ):
                self.company[name] = value
