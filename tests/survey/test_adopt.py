from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import QuestionnaireCommon

WORDS = "Het was een mooie tijd"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestAdopt(QuestionnaireCommon):
    """The company had an exit survey of its own before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin.group_ids = [
            Command.link(cls.env.ref("survey.group_survey_manager").id)
        ]
        cls.own = cls._company_survey()
        cls.own.question_ids.constr_mandatory = True
        cls.employee.work_email = "joost@poldertuin.nl"
        cls.past = cls._past("Joost@Poldertuin.nl")
        cls.stranger = cls._past("iemand@elders.nl")

    @classmethod
    def _past(cls, email):
        user_input = cls.own._create_answer(email=email)
        user_input._save_lines(cls.own.question_ids, WORDS)
        user_input._mark_done()
        return user_input

    def _wizard(self, user=None, **vals):
        return (
            self.env["hr.exit.survey.adopt"]
            .with_user(user or self.admin)
            .create({"survey_id": self.own.id, **vals})
        )

    def _adopt(self, **vals):
        wizard = self._wizard(**vals)
        wizard.line_ids.write(
            {
                "theme_id": self.env.ref("hr_exit_interview.exit_theme_liked").id,
                "code": "BEST",
            }
        )
        wizard.action_adopt()
        return wizard

    def test_questions_get_theme_and_code(self):
        self._adopt()
        question = self.own.question_ids
        self.assertEqual(question.exit_theme_id.code, "liked")
        self.assertEqual(question.exit_code, "BEST")
        self.assertFalse(question.constr_mandatory)
        self.assertEqual(self.own.survey_type, "exit_interview")
        self.assertEqual(self.own.access_mode, "token")

    def test_past_answers_are_linked_to_their_leaver(self):
        """By e-mail address, whatever its case; a stranger's stay without."""
        wizard = self._wizard()
        self.assertEqual((wizard.input_count, wizard.linked_count), (2, 1))
        self._adopt()
        self.assertEqual(self.past.exit_interview_id, self.interview)
        self.assertFalse(self.stranger.exit_interview_id)
        self.assertEqual(self.interview.survey_input_id, self.past)
        self.assertEqual(self.past.user_input_line_ids.exit_question, "Vertel")

    def test_past_answers_are_protected_from_then_on(self):
        """All of them, linked or not."""
        lines = (self.past | self.stranger).user_input_line_ids
        found = lines.with_user(self.survey_manager)
        self.assertEqual(found[0].value_text_box, WORDS)
        self._adopt()
        self.env.invalidate_all()
        for line in lines.with_user(self.survey_manager):
            self.assertFalse(line.has_access("read"))
        self.assertFalse(
            self.env["survey.user_input"]
            .with_user(self.survey_manager)
            .search([("survey_id", "=", self.own.id)])
        )

    def test_offered_with_a_template(self):
        template = self.interview.template_id
        self._adopt(template_id=template.id)
        self.assertEqual(template.survey_id, self.own)

    def test_every_question_has_a_theme(self):
        with self.assertRaisesRegex(UserError, "has no theme yet"):
            self._wizard().action_adopt()
        self.assertEqual(self.own.survey_type, "custom")

    def test_only_the_exit_administrator(self):
        for user in (self.survey_manager, self.officer):
            with self.assertRaises(AccessError):
                self._wizard(user)

    def test_the_plain_way_is_closed(self):
        """Writing the type alone would leave past answers open."""
        with self.assertRaisesRegex(UserError, "adopt it"):
            self.own.with_user(self.admin).survey_type = "exit_interview"
