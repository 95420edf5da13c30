from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exit_page_common import ExitPageCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 09:00:00")
class TestExitPageAnswer(ExitPageCommon):
    """Yes, no, later: every answer is fine and may be changed."""

    def test_every_answer_can_be_changed(self):
        """Yes, no, later and yes again; each is noted with its time."""
        self._open()
        for choice, state in (
            ("accepted", "accepted"),
            ("declined", "declined"),
            ("later", "offered"),
            ("accepted", "accepted"),
        ):
            page = self._send("answer", choice=choice)
            self.assertEqual(page.status_code, 200)
            self.assertIn("Your answer is saved", page.text)
            self.assertEqual(self.interview.state, state)
            self.assertEqual(self.interview._get_answer(), choice)
        self.assertEqual(str(self.interview.answered_datetime), "2026-03-10 09:00:00")

    def test_later_may_name_a_day(self):
        """The day is kept with "later" alone."""
        self._open()
        self._send("answer", choice="later", later_date="2026-03-20")
        self.assertEqual(str(self.interview.later_date), "2026-03-20")
        self._send("answer", choice="declined", later_date="2026-03-20")
        self.assertFalse(self.interview.later_date)

    def test_same_form_sent_twice(self):
        """Twice the same answer is one answer."""
        page = self._open()
        for _time in range(2):
            answer = self._send("answer", page, choice="accepted")
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.interview.state, "accepted")

    def test_nothing_is_mandatory(self):
        """An empty form changes nothing and is no mistake."""
        self._open()
        self.assertEqual(self._send("answer").status_code, 200)
        self.assertFalse(self.interview.answered_datetime)

    def test_bad_input_is_named_and_shown_again(self):
        """A day that does not exist stays in the form, with a sentence about it."""
        self._open()
        page = self._send("answer", choice="later", later_date="2026-02-31")
        self.assertEqual(page.status_code, 422)
        self.assertIn("not a day that exists", page.text)
        self.assertIn('value="2026-02-31"', page.text)
        self.assertFalse(self.interview.answered_datetime)
        page = self._send("answer", choice="<script>alert(1)</script>")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Choose one of the options", page.text)
        self.assertNotIn("<script>alert", page.text)

    def test_form_that_does_not_fit(self):
        """Our own page in the leaver's language; nothing is changed."""
        self._open(lang="nl_NL")
        page = self.url_open("/exit")
        answer = self._send("answer", page, choice="declined", x="x" * 5_000_000)
        self.assertEqual(answer.status_code, 413)
        self.assertIn("Dit is meer dan er past", answer.text)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
        self.assertEqual(self.interview.state, "offered")
        script = self.url_open(
            "/exit/points",
            data={"form_token": self._get_form_token(page), "x": "x" * 5_000_000},
            headers={"Accept": "application/json"},
        )
        self.assertEqual(script.status_code, 413)
        self.assertIn("ga één pagina terug", script.json()["errors"]["form"])

    def test_form_of_another_page_is_refused(self):
        """Without this page's own form token nothing is written."""
        other = self._departure(self.report)
        theirs = self._open(other)
        self._open()
        for token in (self._get_form_token(theirs), "", "é"):
            page = self.url_open(
                "/exit/answer", data={"form_token": token, "choice": "declined"}
            )
            self.assertEqual(page.status_code, 422)
            self.assertIn("from another page", page.text)
        self.assertEqual(self.interview.state, "offered")
        self.assertTrue(self.url_open("/exit/answer").url.endswith("/exit"))

    def test_answer_after_the_conversation_is_too_late(self):
        """The page says so and stays readable."""
        page = self._open()
        for state in ("held", "closed", "cancelled"):
            self.interview.state = state
            self.env.flush_all()
            with self.assertRaises(UserError):
                self.interview._record_answer("declined")
        self.interview.state = "closed"
        self.env.flush_all()
        page = self._send("answer", page, choice="declined")
        self.assertEqual(page.status_code, 422)
        self.assertIn("has taken place", page.text)
        self.assertEqual(self.interview.state, "closed")

    def test_private_addresses_are_for_officers(self):
        """An interviewer reads the answer, not the leaver's private addresses."""
        self.interview.interviewer_id = self.interviewer
        self.interview.contact_email = "joost@example.net"
        interview = self.interview.with_user(self.interviewer)
        interview.read(["answered_datetime", "later_date", "second_opt_in"])
        for name in ("contact_email", "second_email"):
            with self.assertRaises(AccessError):
                interview.read([name])
            with self.assertRaises(AccessError):
                interview.search([(name, "!=", False)])
        officer = self.interview.with_user(self.officer)
        self.assertEqual(officer.contact_email, "joost@example.net")
