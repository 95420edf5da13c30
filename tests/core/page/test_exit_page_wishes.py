import json

from freezegun import freeze_time

from odoo.tests import tagged

from ...exit_page_common import ExitPageCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitPageWishes(ExitPageCommon):
    """What the leaver allows, and the copy of what is kept."""

    def setUp(self):
        super().setUp()
        self._open()

    def test_nothing_is_allowed_until_the_leaver_says_so(self):
        """No summary for the manager, no second talk."""
        self.assertEqual(self.interview.share_choice, "no")
        self.assertFalse(self.interview.second_opt_in)

    def test_consent_is_given_and_taken_back(self):
        """With it goes the private address, also after closing."""
        self._send(
            "wishes",
            share_choice="anonymous",
            second_opt_in="1",
            second_email=" Joost@Example.net ",
        )
        self.assertEqual(self.interview.share_choice, "anonymous")
        self.assertTrue(self.interview.second_opt_in)
        self.assertEqual(self.interview.second_email, "joost@example.net")
        self.interview.state = "closed"
        page = self._send("wishes", share_choice="no")
        self.assertIn("What you allow is saved", page.text)
        self.assertEqual(self.interview.share_choice, "no")
        self.assertFalse(self.interview.second_opt_in)
        self.assertFalse(self.interview.second_email)

    def test_address_that_is_none_is_shown_back(self):
        """The form keeps what was typed and saves nothing of it."""
        for typed in ("joost", "joost@example", "a@b.nl, c@d.nl", "x" * 300 + "@b.nl"):
            page = self._send(
                "wishes",
                share_choice="named",
                second_opt_in="1",
                second_email=typed,
            )
            self.assertEqual(page.status_code, 422)
            self.assertIn("not an e-mail address", page.text)
            self.assertIn(f'value="{typed}"', page.text)
        self.assertEqual(self.interview.share_choice, "no")

    def test_copy_has_everything_but_the_notes_of_hr(self):
        """Own words, choices and coded reasons, to read and as data."""
        self.interview.write(
            {
                "second_opt_in": True,
                "second_email": "joost@example.net",
                "main_reason_id": self.env.ref(
                    "hr_exit_interview.exit_reason_workload"
                ).id,
                "summary": "Samengevat: te druk.",
                "internal_note": "Not for the automatic copy",
            }
        )
        self.interview._save_page_points({"point-0001": ("", "De werkdruk.")})
        self.env.flush_all()
        page = self.url_open("/exit/copy")
        file = self.url_open("/exit/copy.html")
        data = self.url_open("/exit/copy.json")
        for response in (page, file, data):
            self.assertEqual(response.headers["Cache-Control"], "no-store")
            for text in ("Joost Visser", "De werkdruk.", "Too much work", "te druk."):
                self.assertIn(text, response.text)
            self.assertIn("joost@example.net", response.text)
            self.assertNotIn("Not for the automatic copy", response.text)
            self.assertIn("Notes of HR", response.text)
        self.assertIn("attachment", file.headers["Content-Disposition"])
        self.assertNotIn("/exit", file.text)
        self.assertEqual(json.loads(data.text)[0]["title"], "Your departure")

    def test_copy_is_for_the_leaver_alone(self):
        """Without the cookie there is no copy and no calendar file."""
        self.opener.cookies.clear()
        for path in ("copy", "copy.html", "copy.json", "calendar.ics"):
            self.assertEqual(self.url_open(f"/exit/{path}").status_code, 404)

    def test_adviser_is_named_at_once(self):
        """On the page from the start; reading it tells nobody."""
        self.company.exit_adviser_name = "Karin Hoekstra"
        self.company.exit_adviser_contact = "06 555 01 99"
        self.env.flush_all()
        page = self.url_open("/exit")
        self.assertIn("Karin Hoekstra", page.text)
        self.assertIn("06 555 01 99", page.text)

    def test_page_takes_the_same_queries_for_much_and_little(self):
        """Many points cost no query more than few."""
        few = self._interview(self._departure(self.report))
        for interview, count in ((few, 2), (self.interview, 40)):
            interview._save_page_points(
                {f"point-number-{i:03}": ("", "Punt") for i in range(count)}
            )

        def render(departure):
            departure.with_env(self.env)._prepare_page_values()

        self.assertSameQueryCount(render, few.departure_id, self.departure)
