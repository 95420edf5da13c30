import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.hr_exit_interview.models.interview.hr_exit_interview_point import (
    MAX_TEXT,
)
from odoo.addons.hr_exit_interview.models.page.hr_exit_interview import MAX_POINTS

from ...exit_page_common import ExitPageCommon

UID = "0123456789abcdef"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitPagePoints(ExitPageCommon):
    """Points are saved while they are typed, and not a word is lost."""

    def setUp(self):
        super().setUp()
        self.page = self._open()

    def _save(self, text, base="", uid=UID, **headers):
        return self.url_open(
            "/exit/points",
            data={
                "form_token": self._get_form_token(self.page),
                f"text_{uid}": text,
                f"base_{uid}": base,
            },
            headers=headers,
        )

    def _autosave(self, text, base="", uid=UID):
        response = self._save(text, base, uid, Accept="application/json")
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response.status_code, json.loads(response.text)

    def _texts(self):
        self.interview.invalidate_recordset(["point_ids"])
        return self.interview._get_page_points().mapped("answer")

    def test_point_is_saved_changed_and_taken_away(self):
        """By form, as without script; the page shows what is kept."""
        self.assertIn("De werkdruk.", self._save("De werkdruk.").text)
        self.assertEqual(self._texts(), ["De werkdruk."])
        self._save("De werkdruk in de zomer.", "De werkdruk.")
        self.assertEqual(self._texts(), ["De werkdruk in de zomer."])
        point = self.interview._get_page_points()
        self.assertTrue(point.is_by_leaver)
        self.assertEqual(point.kind, "leaver")
        self._save("", "De werkdruk in de zomer.")
        self.assertFalse(self._texts())

    def test_autosave_sent_twice_keeps_one(self):
        """A connection that was lost makes the script send again."""
        for _time in range(2):
            status, answer = self._autosave("De werkdruk.")
            self.assertEqual((status, answer["kept"]), (200, {UID: "De werkdruk."}))
        self.assertEqual(self._texts(), ["De werkdruk."])

    def test_two_windows_lose_no_word(self):
        """What another window saved meanwhile is merged in."""
        self._autosave("De werkdruk.")
        self._autosave("De werkdruk. En de rooster.", "De werkdruk.")
        _status, answer = self._autosave("Vooral: de werkdruk.", "De werkdruk.")
        for words in ("Vooral", "werkdruk", "En de rooster."):
            self.assertIn(words, answer["kept"][UID])
        self.assertEqual(self._texts(), [answer["kept"][UID]])

    def test_text_that_is_too_long_is_shown_back(self):
        """200 kB: the message names the limit, the text is still in the form."""
        text = "x" * 200_000
        page = self._save(text)
        self.assertEqual(page.status_code, 422)
        self.assertIn(str(MAX_TEXT), page.text)
        self.assertIn(text, page.text)
        status, answer = self._autosave(text)
        self.assertEqual(status, 422)
        self.assertIn("200000", answer["errors"][f"text_{UID}"])
        self.assertFalse(self._texts())

    def test_characters_that_nobody_types(self):
        """Null bytes and halves of characters neither break nor reach the database."""
        status, _answer = self._autosave("Goed\0 zo\x1b\ud83d".encode(errors="replace"))
        self.assertEqual(status, 200)
        self.assertEqual(self._texts(), ["Goed zo?"])

    def test_odd_names_and_files_are_left_alone(self):
        """A file, a strange name and a list change nothing and break nothing."""
        token = self._get_form_token(self.page)
        response = self.url_open(
            "/exit/points",
            data={
                "form_token": token,
                "text_": "a",
                "text_a b": "c",
                "text_é" * 9: "d",
            },
            files={f"text_{UID}": ("x.txt", b"file")},
        )
        self.assertEqual(response.status_code, 200)
        self.assertFalse(self._texts())

    def test_script_goes_on_typing_while_saving(self):
        """The next save starts from what was sent before."""
        self._autosave("De")
        self._autosave("De werk", "De")
        self._autosave("De werkdruk", "De werk")
        self.assertEqual(self._texts(), ["De werkdruk"])

    def test_room_for_so_many_points(self):
        """One more than fits is refused, the rest stays."""
        texts = {f"point-number-{i:03}": ("", str(i)) for i in range(MAX_POINTS)}
        self.interview._save_page_points(texts)
        with self.assertRaisesRegex(UserError, str(MAX_POINTS)):
            self.interview._save_page_points({UID: ("", "One more")})
        self.assertEqual(len(self._texts()), MAX_POINTS)

    def test_closed_conversation_takes_no_more_points(self):
        """Readable on the page, refused when sent."""
        self._save("De werkdruk.")
        self.interview.state = "closed"
        page = self.url_open("/exit")
        self.assertIn("De werkdruk.", page.text)
        self.assertNotIn("<textarea", page.text)
        response = self._save("Nog iets.", uid="another-point")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self._autosave("Nog iets.", uid="another-point")[0], 422)
        self.assertEqual(self._texts(), ["De werkdruk."])

    def test_taken_out_text_does_not_come_back(self):
        """A page that was open when HR took a text out does not restore it."""
        self._save("Ik was ziek.")
        self.interview._get_page_points().with_user(self.officer).action_blank()
        self.env.flush_all()
        self._autosave("Ik was ziek. Te druk ook.", "Ik was ziek.")
        self.assertEqual(self._texts(), ["Te druk ook."])
        self.assertIn("took a text out", self.url_open("/exit").text)

    def test_lost_link_is_told_to_the_script(self):
        """The script keeps the text on the screen when the page is closed."""
        self.departure._revoke_exit_token()
        self.env.flush_all()
        status, _answer = self._autosave("De werkdruk.")
        self.assertEqual(status, 404)

    def test_payroll_and_manager_read_no_point(self):
        """Nor do they find one by searching."""
        self._save("De werkdruk.")
        points = self.env["hr.exit.interview.point"]
        found = [("answer", "ilike", "werkdruk")]
        self.assertTrue(points.with_user(self.officer).search(found))
        self.assertFalse(points.with_user(self.manager_user).search(found))
        for user in (self.payroll, self.plain, self.hr_manager):
            self.assertFalse(points.with_user(user).has_access("read"))
