from freezegun import freeze_time

from odoo.tests import tagged

from .common import QuestionnaireCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestTalk(QuestionnaireCommon):
    """The talk starts where the questionnaire stopped, and adds to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview.state = "scheduled"
        cls.talk = cls.interview.with_user(cls.interviewer).with_context(lang="en_US")

    def _answer(self, answers, interview=None):
        interview = interview or self.interview
        return self._fill_in(interview._ensure_questionnaire(), answers)

    def _items(self, talk=None):
        codes = self.env["hr.exit.question"]
        return {
            codes.browse(item["question_id"]).code: item
            for item in (talk or self.talk)._get_guide_items()
        }

    def _note(self, code, text, base=""):
        question = self.env["hr.exit.question"].search([("code", "=", code)])
        uid = f"q{question.id}"
        return self.talk.save_talk(
            {
                "points": [
                    {
                        "uid": uid,
                        "kind": "question",
                        "question_id": question.id,
                        "answer": text,
                        "base": {"answer": base},
                    }
                ]
            }
        )

    def _line(self, code):
        lines = self.interview.survey_input_id.user_input_line_ids
        return lines.filtered(lambda a: a.question_id.exit_code == code)

    def test_without_questionnaire_the_guide_is_as_it_was(self):
        items = self._items()
        self.assertIn("RAISED_WHAT", items)
        self.assertEqual({item["prefill"] for item in items.values()}, {""})

    def test_what_was_filled_in_stands_at_the_question(self):
        self._answer(
            {"BEST": "De kas in mei", "KEEP": "yes", "KEEP_WHAT": "Minder uren"}
        )
        items = self._items()
        self.assertEqual(items["BEST"]["prefill"], "De kas in mei")
        self.assertEqual(items["KEEP_WHAT"]["prefill"], "Minder uren")
        self.assertEqual(items["WORST"]["prefill"], "")

    def test_questions_that_make_no_sense_are_left_out(self):
        """It was not raised, nothing could have been done, and back is possible."""
        self._answer({"RAISED": "no", "KEEP": "no", "RETURN": "perhaps", "MGR": "no"})
        items = self._items()
        self.assertNotIn("RAISED_WHAT", items)
        self.assertNotIn("KEEP_WHAT", items)
        self.assertNotIn("MGR_EX", items)
        self.assertIn("RAISED_NOT", items)
        self.assertIn("RETURN_IF", items)

    def test_what_was_noted_stays_in_sight(self):
        self._note("RAISED_WHAT", "Niets")
        self._answer({"RAISED": "no"})
        self.assertIn("RAISED_WHAT", self._items())

    def test_low_scores_are_asked_on(self):
        """1 and 2 where their theme is talked about, else with what was liked least."""
        self._answer({"S_SAFE": "1", "S_LOAD": "2", "S_TEAM": "3"})
        items = self._items()
        prompts = {code: item["prompts"] for code, item in items.items()}
        self.assertEqual(
            prompts["RAISED_NOT"],
            [
                "“Ik kon zeggen wat ik vond zonder daar nadeel van te ondervinden.”: "
                "1 of 5. Can you tell me more about this?"
            ],
        )
        self.assertEqual(len(prompts["WORST"]), 1)
        self.assertIn("2 of 5", prompts["WORST"][0])
        self.assertEqual(sum(map(len, prompts.values())), 2)

    def test_who_would_not_recommend_us_is_asked_what_should_change(self):
        """Retirement has no such question; 6 asks it, 7 does not."""
        self.interview.template_id = self.env.ref(
            "hr_exit_interview.exit_interview_template_retirement"
        )
        user_input = self._answer({"ENPS": "7"})
        self.assertNotIn("CHANGE1", self._items())
        user_input._save_lines(self._question("ENPS", user_input.survey_id), "6")
        codes = list(self._items())
        self.assertLess(codes.index("CHANGE1"), codes.index("OTHER"))

    def test_what_was_said_is_an_answer_of_the_same_questionnaire(self):
        """Nothing filled in: the answer is what was said, asked as the guide asked."""
        self._note("WHY", "Te druk")
        line = self._line("WHY")
        self.assertEqual(line.value_text_box, "Te druk")
        self.assertEqual(line.exit_conversation_answer, "Te druk")
        self.assertFalse(line.skipped)
        self._note("WHY", "Te druk, en te ver", base="Te druk")
        self.assertEqual(self._line("WHY").value_text_box, "Te druk, en te ver")
        self._note("WHY", "", base="Te druk, en te ver")
        self.assertTrue(self._line("WHY").skipped)

    def test_what_was_filled_in_is_not_overwritten(self):
        self._answer({"BEST": "De kas"})
        self._note("BEST", "En de koffie")
        line = self._line("BEST")
        self.assertEqual(line.value_text_box, "De kas")
        self.assertEqual(line.exit_conversation_answer, "En de koffie")
        self.assertEqual(self._items()["BEST"]["prefill"], "De kas")

    def test_filling_in_later_keeps_what_was_said(self):
        """Answers of the talk do not vanish when a page is sent."""
        self._note("RAISED_WHAT", "Niets")
        user_input = self.interview.survey_input_id
        self._fill_in(user_input, {"RAISED": "no"}, done=False)
        user_input._clear_inactive_conditional_answers()
        self.assertEqual(self._line("RAISED_WHAT").value_text_box, "Niets")

    def test_what_was_said_is_not_shown_as_filled_in(self):
        self._note("BEST", "De koffie")
        self.assertEqual(self._items()["BEST"]["prefill"], "")

    def test_guide_takes_the_same_queries_for_any_number_of_answers(self):
        other = self.env["hr.exit.interview"].create(
            {
                "departure_id": self._departure(self.report).id,
                "interviewer_id": self.interviewer.id,
                "state": "scheduled",
            }
        )
        self._answer({"BEST": "De kas"}, other)
        self._answer(
            {
                "BEST": "De kas",
                "S_SAFE": "1",
                "S_LOAD": "1",
                "S_TOOLS": "1",
                "S_TEAM": "1",
                "RAISED": "no",
                "ENPS": "2",
            }
        )
        self.assertSameQueryCount(
            lambda interview: interview._get_guide_items(),
            other.with_user(self.interviewer),
            self.talk,
        )
