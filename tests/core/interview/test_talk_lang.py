from odoo.tests import freeze_time, tagged

from ...interview_common import InterviewCommon

ENGLISH = "Why did you decide to leave?"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20")
class TestTalkLang(InterviewCommon):
    """An interviewer who reads English talks with somebody who speaks Dutch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure.lang = "nl_NL"
        cls.why = cls.env.ref("hr_exit_interview.exit_question_why")

    def _answer(self, text):
        change = {
            "uid": f"q{self.why.id}",
            "kind": "question",
            "question_id": self.why.id,
            "answer": text,
        }
        self.talk.save_talk({"points": [change]})

    def test_what_is_said_is_in_the_leavers_language(self):
        """Question, probes and opening; the interviewer's own words are beside them."""
        talk = self.talk.get_talk()
        first = talk["guide"][0]
        self.assertEqual(first["question"], self._in_dutch(self.why).name)
        self.assertNotEqual(first["question"], ENGLISH)
        self.assertEqual(first["translation"]["question"], ENGLISH)
        self.assertIn("Which of these weighed most?", first["translation"]["probes"])
        self.assertNotIn("Which of these weighed most?", first["probes"])
        self.assertEqual(len(first["probes"]), len(first["translation"]["probes"]))
        self.assertEqual(talk["spoken_lang"], "nl-NL")
        self.assertIn("vrijwillig", " ".join(talk["opening"]))
        self.assertIn("voluntary", " ".join(talk["opening_translation"]))

    def test_help_is_in_the_interviewers_language(self):
        """What it is for and what not to ask are not said aloud."""
        first = self.talk.get_talk()["guide"][0]
        self.assertEqual(first["aim"], self.why.aim)
        self.assertIn("Not the new employer's name or salary.", first["avoid"])

    def test_same_language_shows_nothing_twice(self):
        dutch = self.talk.with_context(lang="nl_NL").get_talk()
        self.assertFalse(any(item["translation"] for item in dutch["guide"]))
        self.assertEqual(dutch["opening_translation"], [])

    def test_question_is_kept_as_it_was_asked(self):
        """In the leaver's language, who reads it in the copy; readable in both."""
        self._answer("Te druk.")
        point = self.interview.point_ids
        self.assertEqual(point.question, self._in_dutch(self.why).name)
        first = self.talk.get_talk()["guide"][0]
        self.assertEqual(first["question"], point.question)
        self.assertEqual(first["translation"]["question"], ENGLISH)
        self._in_dutch(self.why).name = "Anders gevraagd?"
        first = self.talk.get_talk()["guide"][0]
        self.assertEqual(first["question"], point.question)

    def test_outside_interviewer_sees_both(self):
        coach = self.env["res.partner"].create({"name": "Kim Coach"})
        self.interview.write(
            {"interviewer_id": False, "outside_interviewer_id": coach.id}
        )
        page = self.interview.sudo()._prepare_outside_page()
        self.assertEqual(page["spoken_lang"], "nl-NL")
        self.assertEqual(page["blocks"][0]["heading"], self._in_dutch(self.why).name)
        translation = page["blocks"][0]["item"]["translation"]
        self.assertEqual(translation["question"], ENGLISH)

    def _in_dutch(self, record):
        return record.with_context(lang="nl_NL")
