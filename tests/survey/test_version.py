from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import convert_file

from .common import ADDON, QuestionnaireCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestVersion(QuestionnaireCommon):
    """What was answered is not deleted; it gets a new version."""

    def test_answered_cannot_be_deleted(self):
        question = self._question("KEEP")
        answer = question.suggested_answer_ids[0]
        self._fill_in(
            self.interview._ensure_questionnaire(), {"KEEP": answer.exit_code}
        )
        for record in (self.survey, question, answer):
            with self.assertRaisesRegex(UserError, "New Version"):
                record.with_user(self.admin).unlink()
        self._question("BEST").with_user(self.admin).unlink()

    def test_tests_do_not_stand_in_the_way(self):
        user_input = self.survey._create_answer(test_entry=True)
        self._fill_in(user_input, {"BEST": "Proef"})
        self.assertTrue(self._question("BEST").unlink())

    def test_new_version(self):
        """A copy with its conditions, offered from now on; the old one is archived."""
        user_input = self._fill_in(
            self.interview._ensure_questionnaire(), {"BEST": "De kas"}, done=False
        )
        template = self.interview.template_id
        action = self.survey.with_user(self.admin).action_new_version()
        new = self.env["survey.survey"].browse(action["res_id"])
        self.assertEqual((new.exit_version, new.exit_previous_id), (2, self.survey))
        self.assertEqual(new.with_context(lang="nl_NL").title, "Eigen ontslag")
        self.assertEqual(new.with_context(lang="en_US").title, "Voluntary resignation")
        self.assertEqual(template.survey_id, new)
        self.assertFalse(self.survey.active)
        for code, trigger in (("KEEP_WHAT", "KEEP"), ("MGR_WHAT", "MGR")):
            question = self._question(code, new)
            self.assertEqual(
                question.triggering_answer_ids.question_id, self._question(trigger, new)
            )
        self.assertEqual(
            self._question("ENPS_WHY", new).exit_after_question_id,
            self._question("ENPS", new),
        )
        self.assertEqual(
            self._question("BEST", new).with_context(lang="nl_NL").title,
            "Wat vond je het leukst aan het werk hier?",
        )
        self.assertEqual(self.interview.survey_input_id, user_input)

    def test_update_leaves_a_companys_edits_alone(self):
        """Neither rewritten nor brought back, by an update of the addon."""
        question = self._question("S_TOOLS")
        question.title = "Goed gereedschap?"
        self._question("S_ORG").unlink()
        self.survey.title = "Eigen titel"
        convert_file(
            self.env, ADDON, "data/survey_voluntary_data.xml", {}, mode="update"
        )
        self.env.invalidate_all()
        self.assertEqual(question.title, "Goed gereedschap?")
        self.assertEqual(self.survey.title, "Eigen titel")
        self.assertFalse(self._question("S_ORG"))
