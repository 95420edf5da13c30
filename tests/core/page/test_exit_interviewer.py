import re

from odoo.tests import HttpCase, freeze_time, tagged

from ...interview_common import InterviewCommon

OWN = "/exit/interviewer"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 09:00:00")
class TestExitInterviewer(InterviewCommon, HttpCase):
    """An interviewer from outside the company, with a link and no login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"email": "hr@poldertuin.example.com", "exit_adviser_name": "Ans Bos"}
        )
        cls.coach = cls.env["res.partner"].create(
            {"name": "Kim Coach", "email": "kim@coach.example", "lang": "en_US"}
        )
        cls.interview.write(
            {"interviewer_id": False, "outside_interviewer_id": cls.coach.id}
        )
        cls.prepared = cls._point(answer="Mijn fiets")
        cls._checked_settlement()
        cls.interview._renew_interviewer_token()
        cls.why = cls.env.ref("hr_exit_interview.exit_question_why")

    def setUp(self):
        super().setUp()
        self.opener.cookies.clear()

    def _open(self):
        self.env.flush_all()
        return self.url_open(f"{OWN}/{self.interview.interviewer_token}")

    def _post(self, page, **values):
        token = re.search(r'name="form_token" value="(\w+)"', page.text).group(1)
        answer = self.url_open(f"{OWN}/save", {"form_token": token, **values})
        self.env.invalidate_all()
        return answer

    def test_page_shows_the_guide_and_no_amounts(self):
        """Questions with their help, what the leaver prepared, the adviser."""
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertTrue(page.url.endswith(OWN), page.url)
        for words in (
            "Joost Visser",
            "Why did you decide to leave?",
            "Which of these weighed most?",
            "Not the new employer",
            "Mijn fiets",
            "Ans Bos",
            "voluntary",
        ):
            self.assertIn(words, page.text)
        for words in ("3,200", "Holiday allowance", self.interview.interviewer_token):
            self.assertNotIn(words, page.text)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_opening_the_link_is_noted(self):
        """When the page with the words is shown; a wrong link opened nothing."""
        self.env.flush_all()
        self.url_open(f"{OWN}/nonsense")
        self.assertFalse(self.env["hr.exit.access.log"].search([]))
        self._open()
        self.url_open(OWN)
        self.env.invalidate_all()
        log = self.env["hr.exit.access.log"].search([])
        self.assertEqual((log.partner_id, log.how), (self.coach, "link"))
        self.assertEqual(log.interview_id, self.interview)

    def test_notes_are_saved(self):
        page = self._open()
        note = f"np{self.prepared.id}"
        workload = self.env.ref("hr_exit_interview.exit_reason_workload")
        answer = self._post(
            page,
            **{
                f"text_q{self.why.id}": "Te druk.",
                f"base_q{self.why.id}": "",
                f"text_{note}": "Vrijdag inleveren.",
                f"base_{note}": "",
                "new_uid": "newpoint1",
                "new_question": "De kantine",
                "new_answer": "Was fijn.",
                "summary": "Te druk.",
                "base_summary": "",
                "main_reason_id": str(workload.id),
                "share_choice": "anonymous",
            },
        )
        self.assertIn("Saved. You can go on writing.", answer.text)
        points = {p.client_uid: p for p in self.interview.point_ids}
        self.assertEqual(points[f"q{self.why.id}"].answer, "Te druk.")
        self.assertEqual(points[note].parent_id, self.prepared)
        self.assertEqual(points["newpoint1"].question, "De kantine")
        self.assertEqual(self.interview.main_reason_id, workload)
        self.assertEqual(self.interview.share_choice, "anonymous")
        self.assertEqual(self.prepared.answer, "Mijn fiets")

    def test_words_of_somebody_else_are_kept(self):
        """HR typed in the same answer after the page was opened."""
        page = self._open()
        change = {"uid": f"q{self.why.id}", "kind": "question", "answer": "Het loon."}
        change["question_id"] = self.why.id
        self.interview.with_user(self.officer).save_talk({"points": [change]})
        name = f"q{self.why.id}"
        self._post(page, **{f"text_{name}": "Te druk.", f"base_{name}": ""})
        point = self.interview.point_ids.filtered("question_id")
        self.assertEqual(point.answer, "Het loon.\nTe druk.")

    def test_link_ends_with_the_conversation(self):
        page = self._open()
        token = self.interview.interviewer_token
        answer = self._post(page, summary="Klaar.", base_summary="", close="1")
        self.assertIn("your link has", answer.text)
        self.assertEqual(self.interview.state, "closed")
        for path in (OWN, f"{OWN}/{token}"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_wrong_links_all_get_the_same_answer(self):
        """Made up, of the leaver, of another interview without an outside person."""
        self.departure._ensure_exit_token()
        other = self._interview(self._departure(self.report))
        other._renew_interviewer_token()
        self.env.flush_all()
        tokens = ("nonsense", self.departure.exit_token, other.interviewer_token)
        answers = {self.url_open(f"{OWN}/{token}").text for token in tokens}
        self.assertEqual(len(answers), 1)
        for odd in ("%00" * 44, "%C3%A9" * 44, "%25", "_" * 44):
            page = self.url_open(f"{OWN}/{odd}")
            self.assertEqual((page.status_code, {page.text}), (404, answers), odd)
        self.assertEqual(self.url_open(OWN).status_code, 404)
        # Nor does the interviewer's link open the page of the leaver.
        page = self.url_open(f"/exit/{self.interview.interviewer_token}")
        self.assertEqual(page.status_code, 404)

    def test_form_of_another_page_saves_nothing(self):
        self._open()
        answer = self.url_open(
            f"{OWN}/save", {"form_token": "x", f"text_q{self.why.id}": "Te druk."}
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Te druk.", answer.text)
        self.assertFalse(self.interview.point_ids - self.prepared)

    def test_bad_input_is_given_back(self):
        """200 kB, fields that are none, ids that are none: never a crash."""
        page = self._open()
        text = "a" * 200_000
        answer = self._post(page, **{f"text_q{self.why.id}": text})
        self.assertEqual(answer.status_code, 422)
        self.assertIn(text, answer.text)
        answer = self._post(
            page, text_q999999="x", text_="y", main_reason_id="-1", new_uid="<"
        )
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.interview.main_reason_id)
        self.assertFalse(self.interview.point_ids - self.prepared)

    def test_messages_by_an_outside_interviewer(self):
        self.interview.form = "chat"
        page = self._open()
        self._post(page, message="Hoe gaat het?", message_uid="msg-123456")
        self.assertEqual(self.interview._get_messages().answer, "Hoe gaat het?")
        self.interview._add_leaver_message("Goed.", "uid-12345678")
        mail = self.env["mail.mail"].search([("email_to", "ilike", "kim@coach")])
        self.assertIn(self.interview.interviewer_token, mail.body_html)
        self.assertNotIn("Goed.", mail.body_html)
