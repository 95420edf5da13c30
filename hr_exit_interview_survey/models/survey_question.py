from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.hr_exit_interview.models.insight.hr_exit_insight_source import (
    ENPS_THEME,
)

# The theme of questions whose scale says how likely one is to recommend us.
ASKED_IN = [
    ("survey", "Questionnaire"),
    ("conversation", "Conversation"),
    ("both", "Both: answered in the questionnaire, the talk starts from it"),
]


class SurveyQuestion(models.Model):
    """A question for leavers: its theme and code make versions comparable."""

    _inherit = "survey.question"

    exit_code = fields.Char(
        index="btree_not_null",
        help="Short name. Answers to questions with the same code are compared over "
        "questionnaires and versions.",
    )
    exit_theme_id = fields.Many2one(
        "hr.exit.theme", string="Theme", ondelete="restrict", index="btree_not_null"
    )
    exit_asked_in = fields.Selection(
        ASKED_IN, string="Asked In", help="Empty: in the questionnaire."
    )
    exit_guide_question_id = fields.Many2one(
        "hr.exit.question",
        string="In the Guide",
        ondelete="set null",
        help="The same question in the conversation guide, with its aim and probes.",
    )
    exit_aim = fields.Text(related="exit_guide_question_id.aim", string="Aim")
    exit_probes = fields.Text(related="exit_guide_question_id.probes", string="Probes")
    exit_max_answers = fields.Integer(
        string="At Most", help="How many answers may be chosen; 0 for any number."
    )
    exit_after_question_id = fields.Many2one(
        "survey.question",
        string="Only After an Answer To",
        copy=False,
        ondelete="set null",
        domain="[('survey_id', '=', survey_id), ('is_page', '=', False)]",
        help="Shown once that question, just before this one, was answered. For "
        "scales, which cannot trigger a question by a choice.",
    )
    exit_not_for_type_ids = fields.Many2many(
        "hr.departure.type",
        "survey_question_departure_type_rel",
        "question_id",
        "type_id",
        string="Not Asked For",
        help="Ways of leaving for which this question makes no sense.",
    )

    @api.constrains("constr_mandatory", "survey_id")
    def _check_exit_voluntary(self):
        for question in self.filtered("constr_mandatory"):
            if question.survey_id._is_exit():
                raise ValidationError(
                    self.env._(
                        "“%(question)s” cannot be mandatory: a leaver may skip every "
                        "question.",
                        question=question.title,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions._check_survey_role()
        return questions

    def write(self, vals):
        result = super().write(vals)
        if vals.get("survey_id"):
            self._check_survey_role()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        questions = self.filtered(lambda q: not q.is_page and q.survey_id._is_exit())
        if questions:
            questions.survey_id._raise_if_answered(questions)

    def _check_survey_role(self):
        """Record rules look at where a question was, not at where it is put."""
        if any(survey._is_exit() for survey in self.survey_id):
            self.survey_id._check_exit_role()

    def _validate_choice(self, answer, comment):
        errors = super()._validate_choice(answer, comment)
        chosen = len(answer) if isinstance(answer, list) else bool(answer)
        if not errors and 0 < self.exit_max_answers < chosen:
            return {
                self.id: self.env._(
                    "Choose at most %(limit)s, or leave it open.",
                    limit=self.exit_max_answers,
                )
            }
        return errors

    def _has_not_applicable(self):
        """Tell whether a scale offers "not applicable", stored as no answer."""
        return self.survey_id._is_exit() and self._is_agreement()

    def _is_agreement(self):
        """Tell whether it asks how far one agrees: a scale, not on recommending."""
        return self.question_type == "scale" and self.exit_theme_id.code != ENPS_THEME

    def _get_reason_heading(self, answer):
        """Return the category to print above an answer: where a new one begins.

        :return: name of the category, or "" where none is to be printed
        """
        reasons = self.suggested_answer_ids.exit_reason_id
        if len(reasons.parent_id) < 2:
            return ""
        answers = list(self.suggested_answer_ids)
        place = answers.index(answer)
        before = answers[place - 1].exit_reason_id.parent_id if place else None
        category = answer.exit_reason_id.parent_id
        return category.name if category and category != before else ""
