import json
import pathlib

from odoo.tests import tagged

from .common import QuestionnaireCommon

EXPECTED = json.loads(
    (pathlib.Path(__file__).parent / "questionnaires.json").read_text()
)
DUTCH = {"lang": "nl_NL"}
# What a type of question in the table is in Survey.
TYPES = {"text": "text_box", "single": "simple_choice", "multi": "multiple_choice"}


@tagged("post_install", "-at_install")
class TestContent(QuestionnaireCommon):
    """Every word of the shipped questionnaires, in both languages."""

    def _each(self):
        for code, expected in EXPECTED["templates"].items():
            with self.subTest(questionnaire=code):
                yield self._template(code), expected

    def test_titles(self):
        for survey, expected in self._each():
            self.assertEqual(survey.title, expected["en"])
            self.assertEqual(survey.with_context(**DUTCH).title, expected["nl"])

    def test_questions_word_by_word_and_in_order(self):
        for survey, expected in self._each():
            questions = survey.question_ids.sorted()
            for lang, name in (("en_US", "en"), ("nl_NL", "nl")):
                self.assertEqual(
                    [(q.exit_code, q.title) for q in questions.with_context(lang=lang)],
                    [(q["code"], q[name]) for q in expected["questions"]],
                )

    def test_theme_and_where_each_question_is_asked(self):
        for survey, expected in self._each():
            self.assertEqual(
                [
                    (q.exit_code, q.exit_theme_id.code, q.exit_asked_in)
                    for q in survey.question_ids.sorted()
                ],
                [(q["code"], q["theme"], q["asked_in"]) for q in expected["questions"]],
            )

    def test_answers_word_by_word(self):
        for survey, expected in self._each():
            for row in expected["questions"]:
                question = self._question(row["code"], survey)
                found = [
                    [a.exit_code, a.value, a.with_context(**DUTCH).value]
                    for a in question.suggested_answer_ids
                ]
                with self.subTest(question=row["code"]):
                    self.assertEqual(found, self._expected_answers(row))

    def _expected_answers(self, row):
        reasons = EXPECTED["reasons"]
        if row["answers"] == "manager":
            reasons = [r for r in reasons if r["category"] == "MANAGER"]
        elif row["answers"] != "taxonomy":
            return row["answers"]
        return [[r["code"], r["en"], r["nl"]] for r in reasons]

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
            for row in expected["questions"]:
                question = self._question(row["code"], survey)
                kind = row["type"].split(":")[0]
                if kind in ("scale5", "enps 0-10"):
                    self.assertEqual(question.question_type, "scale")
                    limits = (1, 5) if kind == "scale5" else (0, 10)
                    self.assertEqual((question.scale_min, question.scale_max), limits)
                else:
                    self.assertEqual(question.question_type, TYPES[kind])

    def test_conditions_are_triggers(self):
        for survey, expected in self._each():
            for row in expected["questions"]:
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
        english, dutch = EXPECTED["opening"]
        for survey, _expected in self._each():
            self.assertFalse(any(survey.question_ids.mapped("constr_mandatory")))
            self.assertIn(english, survey.description)
            self.assertIn(dutch, survey.with_context(**DUTCH).description)

    def test_three_other_reasons_at_most(self):
        limits = {
            q.exit_max_answers
            for q in self.env["survey.question"].search([("exit_code", "=", "REASON2")])
        }
        self.assertEqual(limits, {3})

    def test_conversation_questions_have_aim_and_probes(self):
        for survey, expected in self._each():
            asked = [
                q["code"] for q in expected["questions"] if q["asked_in"] != "survey"
            ]
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
