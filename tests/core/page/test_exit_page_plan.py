from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...exit_page_common import ExitPageCommon
from ...offer_common import OfferCommon

# 33 with free moments when this was written, whoever is proposed.
MAX_QUERIES = 36


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestExitPagePlan(ExitPageCommon, OfferCommon):
    """How, with whom and when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview.candidate_ids = cls.interviewer | cls.officer
        cls.interview.state = "accepted"

    def setUp(self):
        super().setUp()
        self.page = self._open()

    def _slots(self, user):
        person = next(
            person
            for person in self.interview._prepare_page_interviewers()
            if person["name"] == user.name
        )
        return [slot["value"] for slot in person["slots"]]

    def _plan(self, **values):
        return self._send("plan", self.page, **values)

    def test_choice_of_two_people_and_free_moments(self):
        """Each with moments of their own and "another moment"."""
        for user in (self.interviewer, self.officer):
            self.assertIn(user.name, self.page.text)
            self.assertTrue(self._slots(user))
            self.assertIn(f'value="other-{user.id}"', self.page.text)

    def test_moments_are_written_as_in_the_language_of_the_page(self):
        """On the page, in the copy, and where a moment was taken meanwhile."""
        self.env["res.lang"]._activate_lang("de_DE")
        german = self.interview.with_context(lang="de_DE")
        slot = german._prepare_page_interviewers()[0]["slots"][0]
        self.assertRegex(slot["label"], r"^[A-Z]\w+, \d+\. März 2026, \d")
        german._save_page_slot(slot["value"])
        day = slot["label"].rpartition(",")[0]
        planned = dict(german._prepare_copy_facts())["Geplant"]
        self.assertRegex(planned, rf"^{day}, \d\d:\d\d$")
        taken = german._get_taken_error(self.interview.start_datetime)
        self.assertIn(planned, str(taken))

    def test_few_queries_for_any_number_of_interviewers(self):
        """Free moments are found for all of them at once; without them not at all."""
        few = self._count_page_queries()
        self.assertLessEqual(few, MAX_QUERIES)
        colleagues = self.env["res.users"]
        for number in range(4):
            login = f"colleague_{number}"
            user = self._user(login, "hr_exit_interview.group_exit_interviewer")
            self._employee(user.name, "2015-01-01", 4000.0, user_id=user.id)
            colleagues |= user
        self.interview.candidate_ids |= colleagues
        self.assertLessEqual(self._count_page_queries(), few)
        self.interview.state = "declined"
        self.assertLess(self._count_page_queries(), few / 2)

    def _count_page_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        departure = self.departure.with_user(SUPERUSER_ID)
        before = self.cr.sql_log_count
        departure._prepare_page_values()
        return self.cr.sql_log_count - before

    def test_chosen_moment_is_planned(self):
        """With its person, in the form chosen, and told in the leaver's own time."""
        slot = self._slots(self.interviewer)[0]
        page = self._plan(form="video", slot=slot)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(self.interview.state, "scheduled")
        self.assertEqual(self.interview.interviewer_id, self.interviewer)
        self.assertEqual(self.interview.form, "video")
        start = self.interview.start_datetime
        self.assertEqual(f"{start:%Y%m%dT%H%M}-{self.interviewer.id}", slot)
        self.assertIn("Put it in my calendar", page.text)
        self.assertIn(self.interview._prepare_page_appointment()["moment"], page.text)
        calendar = self.url_open("/exit/calendar.ics")
        self.assertIn("BEGIN:VCALENDAR", calendar.text)
        self.assertNotIn(self.departure.exit_token, calendar.text)
        self.assertEqual(calendar.headers["Cache-Control"], "no-store")

    def test_leaver_does_not_wait_for_the_mail_server(self):
        """Nothing is sent during the request: the queue does that."""
        mails = self.registry["mail.mail"]
        with patch.object(mails, "send_after_commit") as send:
            self._plan(slot=self._slots(self.interviewer)[0])
        self.assertEqual(self.interview.state, "scheduled")
        self.assertFalse(send.called)

    def test_same_form_sent_twice_plans_once(self):
        """One appointment, one mail."""
        slot = self._slots(self.interviewer)[0]
        self._plan(form="phone", slot=slot)
        event, mails = self.interview.event_id, len(self._mails())
        self.assertEqual(self._plan(form="phone", slot=slot).status_code, 200)
        self.assertEqual(self.interview.event_id, event)
        self.assertEqual(len(self._mails()), mails)

    def test_moment_taken_a_second_ago(self):
        """The page says so, keeps the form chosen and offers what is free."""
        slot = self._slots(self.interviewer)[0]
        other = self._departure(self.report)
        theirs = self._interview(
            other, candidate_ids=self.interviewer.ids, state="accepted"
        )
        theirs._save_page_slot(slot)
        self.env.flush_all()
        page = self._plan(form="video", slot=slot)
        self.assertEqual(page.status_code, 422)
        self.assertIn("no longer free", page.text)
        self.assertIn('value="video" checked', page.text.replace('="checked"', ""))
        self.assertEqual(self.interview.state, "accepted")
        self.assertFalse(self.interview.form)

    def test_another_moment_and_cancel(self):
        """The appointment goes, the wish for the person stays."""
        self._plan(slot=self._slots(self.interviewer)[0])
        self._plan(slot=f"other-{self.officer.id}")
        self.assertEqual(self.interview.state, "accepted")
        self.assertEqual(self.interview.interviewer_id, self.officer)
        self._plan(slot=self._slots(self.officer)[0])
        self._plan(slot="cancel")
        self.assertEqual(self.interview.state, "accepted")
        self.assertFalse(self.interview.event_id)
        self.assertEqual(self.url_open("/exit/calendar.ics").status_code, 404)

    def test_no_gives_the_moment_back(self):
        """Saying no after planning frees the calendar."""
        self._plan(slot=self._slots(self.interviewer)[0])
        self._send("answer", self.page, choice="declined")
        self.assertEqual(self.interview.state, "declined")
        self.assertFalse(self.interview.event_id)

    def test_writing_needs_no_moment(self):
        """By e-mail or questionnaire an appointment is given back."""
        self._plan(slot=self._slots(self.interviewer)[0])
        self._plan(form="email")
        self.assertEqual(self.interview.form, "email")
        self.assertEqual(self.interview.state, "accepted")

    def test_choices_that_are_none(self):
        """Another person, another day, nonsense: a sentence, and nothing changed."""
        slot = self._slots(self.interviewer)[0]
        moment = slot.partition("-")[0]
        wrong = (
            f"{moment}-{self.manager_user.id}",
            f"other-{self.payroll.id}",
            f"20260314T0300-{self.interviewer.id}",
            f"20269999T9999-{self.interviewer.id}",
            f"20200101T1000-{self.interviewer.id}",
            "other-0",
            "x" * 5000,
        )
        for value in wrong:
            page = self._plan(slot=value)
            with self.subTest(slot=value[:40]):
                self.assertEqual(page.status_code, 422)
                self.assertEqual(self.interview.state, "accepted")
                self.assertFalse(self.interview.interviewer_id)
        page = self._plan(form="telepathy", contact_email="nobody")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Choose one of the options", page.text)
        self.assertIn("not an e-mail address", page.text)

    def test_address_for_this_conversation(self):
        """Kept apart from the employee's, and used for this."""
        self._plan(contact_email="Joost@Example.net")
        self.assertEqual(self.interview.contact_email, "joost@example.net")
        self._plan(contact_email="")
        self.assertFalse(self.interview.contact_email)

    def test_choosing_a_moment_is_saying_yes(self):
        """From a page that was open before the answer was changed."""
        self.interview._record_answer("declined")
        self.env.flush_all()
        self._plan(slot=self._slots(self.interviewer)[0])
        self.assertEqual(self.interview.state, "scheduled")

    def test_nothing_to_choose_when_it_is_over(self):
        """A conversation that was held or called off is not planned again."""
        for state in ("held", "closed", "cancelled"):
            self.interview.state = state
            self.env.flush_all()
            with self.assertRaises(UserError):
                self.interview._save_page_plan({}, "cancel")

    def test_last_day_far_away_does_not_keep_anybody_waiting(self):
        """A mistyped year: moments of one year are looked at, not of eighty."""
        self.departure.departure_date = "2106-04-30"
        start, stop = self.interview._get_window()
        self.assertEqual((stop - start).days, 367)
        self.assertTrue(self._slots(self.interviewer))
