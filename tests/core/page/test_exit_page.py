import logging

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.hr_exit_interview.controllers.exit_log import hide_links

from ...exit_page_common import ExitPageCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitPage(ExitPageCommon):
    """The way in: link, cookie, language, and the same answer to all else."""

    def test_link_is_put_away_in_a_cookie(self):
        """The address has no token; the cookie is for this path and no script."""
        token = self.departure.exit_token
        self.departure.env.flush_all()
        response = self.url_open(f"/exit/{token}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertTrue(response.headers["Location"].endswith("/exit"))
        cookie = response.headers["Set-Cookie"]
        for attribute in ("HttpOnly", "SameSite=Lax", "Path=/exit"):
            self.assertIn(attribute, cookie)
        self.assertNotIn("Expires", cookie)
        self.assertNotIn("session_id", cookie)
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertTrue(page.url.endswith("/exit"))
        self.assertNotIn(token, page.text)
        self.assertIn("Joost Visser", page.text)

    def test_every_answer_is_kept_private(self):
        """No cache, no index, no frame, no other site: with and without a page."""
        token = self.departure.exit_token
        self.departure.env.flush_all()
        for path in (f"/exit/{token}", "/exit", "/exit/wrong", "/exit/lang/nl_NL"):
            response = self.url_open(path, allow_redirects=False)
            with self.subTest(path=path):
                self.assertEqual(response.headers["Cache-Control"], "no-store")
                self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
                self.assertIn("noindex", response.headers["X-Robots-Tag"])
                policy = response.headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertNotIn("unsafe", policy)

    def test_all_closed_links_get_the_same_answer(self):
        """Wrong, revoked, expired, of a past leaver, after a death, none at all."""
        token = self.departure.exit_token
        wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
        past = self.env["hr.departure"].create({"employee_name": "Piet Paulusma"})
        died = self._departure(self.report)
        died.departure_type = "death"
        (past | died)._ensure_exit_token()
        self.env.flush_all()
        answers = [
            self.url_open(f"/exit/{link}")
            for link in (wrong, token[:12], "x", past.exit_token, died.exit_token)
        ]
        answers.append(self.url_open("/exit"))
        self._open()
        with freeze_time("2027-05-01"):
            answers.append(self.url_open("/exit"))
        self.departure._revoke_exit_token()
        self.env.flush_all()
        answers += [self.url_open("/exit"), self.url_open(f"/exit/{token}")]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers}), 1)
        self.assertIn("This page cannot be shown", answers[0].text)

    def test_login_in_the_same_browser_changes_nothing(self):
        """Neither a leaver who is logged in nor a colleague sees something else."""
        self.authenticate("plain", "plain")
        self.assertEqual(self.url_open("/exit").status_code, 404)
        self.assertIn("Joost Visser", self._open().text)

    def test_page_is_in_the_language_of_the_leaver(self):
        """The leaver's own first; another one when it was chosen on the page."""
        self.departure.lang = "nl_NL"
        page = self._open()
        self.assertIn('lang="nl-NL"', page.text)
        self.assertIn("Het is vrijwillig", page.text)
        page = self._open(lang="en_US")
        self.assertIn('lang="en-US"', page.text)
        self.assertIn("It is voluntary", page.text)
        self.assertIn('lang="en-US"', self._open(lang="xx_XX").text)

    def test_withdrawn_departure_gets_a_kind_word(self):
        """Nothing is asked of somebody who stays."""
        self.departure.action_withdraw()
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertIn("Good that you are staying", page.text)
        self.assertNotIn("Would you like to talk", page.text)

    def test_page_can_be_closed_on_a_shared_computer(self):
        """After closing, this browser does not open the page any more."""
        page = self._open()
        self.assertIn("closed on this device", self._send("leave", page).text)
        self.assertEqual(self.url_open("/exit").status_code, 404)

    def test_what_was_done_with_what_others_told(self):
        """What HR marked as public is there, in the leaver's language; no more."""
        page = self._open()
        self.assertNotIn("What we did with", page.text)
        improvement = self.env["hr.exit.improvement"].create(
            {
                "name": "Rosters",
                "company_id": self.departure.company_id.id,
                "public_text": "Known <b>four</b> weeks ahead.",
                "is_public": True,
            }
        )
        improvement.with_context(
            lang="nl_NL"
        ).public_text = "Vier weken vooruit bekend."
        improvement.copy({"is_public": False, "name": "Not told yet"})
        page = self._open()
        self.assertIn("What we did with what people told us", page.text)
        self.assertIn("Known &lt;b&gt;four&lt;/b&gt; weeks ahead.", page.text)
        self.assertNotIn("Not told yet", page.text)
        page = self._open(lang="nl_NL")
        self.assertIn("Vier weken vooruit bekend.", page.text)

    def test_log_keeps_no_link(self):
        """A line of the request log hides the secret, whatever is around it."""
        token = self.departure.exit_token
        self.assertEqual(
            hide_links(f"GET /exit/{token}?x=1 HTTP/1.1"),
            "GET /exit/***?x=1 HTTP/1.1",
        )
        self.assertEqual(hide_links("GET /exit/answer"), "GET /exit/answer")
        with self.assertLogs("werkzeug", logging.INFO) as logs:
            self._open()
        self.assertNotIn(token[12:], "\n".join(logs.output))
