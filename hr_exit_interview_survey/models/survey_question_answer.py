from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SurveyQuestionAnswer(models.Model):
    """An answer to choose: what it stands for, whatever its wording."""

    _inherit = "survey.question.answer"

    exit_code = fields.Char(help="Short name, the same in every version.")
    exit_reason_id = fields.Many2one(
        "hr.exit.reason",
        string="Stated Reason",
        ondelete="restrict",
        index="btree_not_null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        answers = super().create(vals_list)
        answers._get_questions()._check_survey_role()
        return answers

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"question_id", "matrix_question_id"}:
            self._get_questions()._check_survey_role()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_chosen(self):
        exit_answers = self.filtered(
            lambda a: a._get_questions().survey_id.filtered(lambda s: s._is_exit())
        )
        domain = Domain("suggested_answer_id", "in", exit_answers.ids)
        domain &= Domain("user_input_id.test_entry", "=", False)
        # sudo: survey.user_input.line - whether it was chosen, not by whom
        used = self.env["survey.user_input.line"].sudo().search(domain, limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(answer)s” was chosen by somebody, so it cannot be deleted. "
                    "Press New Version on the questionnaire and change the copy.",
                    answer=used.suggested_answer_id.value,
                )
            )

    def _get_questions(self):
        return self.question_id | self.matrix_question_id
