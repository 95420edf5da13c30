from odoo.tests import tagged

from .common import ASKED, BANK, QuestionnaireCommon

DUTCH = {"lang": "nl_NL"}
# What a kind of question in the bank is in Survey; the others are scales.
TYPES = {"text": "text_box", "single": "simple_choice", "multi": "multiple_choice"}
LIMITS = {"agree": (1, 5), "likely": (0, 10)}


@tagged("post_install", "-at_install")
class TestContent(QuestionnaireCommon):
    """Every word of the shipped questionnaires, in both languages."""

    def _each(self):
        for code, expected in ASKED.items():
            with self.subTest(questionnaire=code):
                yield self._template(code), expected

    def test_titles(self):
        for code in ASKED:
            survey, expected = self._template(code), BANK["interviews"][code]
            self.assertEqual(survey.title, expected["en"])
            self.assertEqual(survey.with_context(**DUTCH).title, expected["nl"])

    def test_questions_word_by_word_and_in_order(self):
        for survey, expected in self._each():
            questions = survey.question_ids.sorted()
            for lang, name in (("en_US", "en"), ("nl_NL", "nl")):
                self.assertEqual(
                    [(q.exit_code, q.title) for q in questions.with_context(lang=lang)],
                    [(q["code"], q[name]) for q in expected],
                )

    def test_theme_and_where_each_question_is_asked(self):
        for survey, expected in self._each():
            self.assertEqual(
                [
                    (q.exit_code, q.exit_theme_id.code, q.exit_asked_in)
                    for q in survey.question_ids.sorted()
                ],
                [(q["code"], q["theme"], q["asked_in"]) for q in expected],
            )

    def test_answers_word_by_word(self):
        for survey, expected in self._each():
            for row in expected:
                question = self._question(row["code"], survey)
                found = [
                    (a.exit_code, a.value, a.with_context(**DUTCH).value)
                    for a in question.suggested_answer_ids
                ]
                with self.subTest(question=row["code"]):
                    self.assertEqual(
                        found,
                        [
                            (code, c["en"], c["nl"])
                            for code, c in row["choices"].items()
                        ],
                    )

    def test_reasons_are_those_of_the_interview(self):
        """An answer of the taxonomy is the stated reason with the same words."""
        answers = self.env["survey.question.answer"].search(
            [("exit_reason_id", "!=", False)]
        )
        self.assertEqual(len(answers), 40 * 5 + 6 * 2)
        for answer in answers:
            self.assertEqual(answer.exit_code, answer.exit_reason_id.code)
            for lang in ("en_US", "nl_NL"):
                localized = answer.with_context(lang=lang)
                self.assertEqual(localized.value, localized.exit_reason_id.name)

    def test_types_and_scales(self):
        for survey, expected in self._each():
            for row in expected:
                question = self._question(row["code"], survey)
                if row["kind"] in LIMITS:
                    self.assertEqual(question.question_type, "scale")
                    self.assertEqual(
                        (question.scale_min, question.scale_max), LIMITS[row["kind"]]
                    )
                else:
                    self.assertEqual(question.question_type, TYPES[row["kind"]])

    def test_conditions_are_triggers(self):
        for survey, expected in self._each():
            for row in expected:
                question = self._question(row["code"], survey)
                triggers = question.triggering_answer_ids
                with self.subTest(question=row["code"]):
                    if not row["condition"]:
                        self.assertFalse(triggers)
                    elif row["condition"][1] == "given":
                        self.assertEqual(
                            question.exit_after_question_id.exit_code, "ENPS"
                        )
                    else:
                        self.assertEqual(
                            triggers.question_id.exit_code, row["condition"][0]
                        )
                        self.assertEqual(
                            triggers.mapped("exit_code"), row["condition"][1]
                        )

    def test_nothing_is_mandatory_and_the_opening_says_so(self):
        opening = BANK["opening"][0]
        for survey, _expected in self._each():
            self.assertFalse(any(survey.question_ids.mapped("constr_mandatory")))
            self.assertIn(opening["en"], survey.description)
            self.assertIn(opening["nl"], survey.with_context(**DUTCH).description)

    def test_three_other_reasons_at_most(self):
        limits = {
            q.exit_max_answers
            for q in self.env["survey.question"].search([("exit_code", "=", "REASON2")])
        }
        self.assertEqual(limits, {3})

    def test_conversation_questions_have_aim_and_probes(self):
        for survey, expected in self._each():
            asked = [q["code"] for q in expected if q["asked_in"] != "survey"]
            for code in asked:
                guide = self._question(code, survey).exit_guide_question_id
                self.assertEqual(guide.code, code)
                self.assertTrue(guide.aim)
                # Nothing is probed about a consent.
                self.assertTrue(guide.probes or code == "SHARE", code)

    def test_second_interview_is_another_template(self):
        template = self.env.ref("hr_exit_interview.exit_interview_template_followup")
        self.assertEqual(template.survey_id, self._template("followup"))
        self.assertTrue(template.is_second)
