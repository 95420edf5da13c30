from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

TEXT_ANSWERS = ("char_box", "text_box")
# What an anonymous questionnaire is still counted by: which one, and what was chosen.
INPUT_KEPT_FIELDS = {
    "survey_id",
    "is_exit",
    "exit_interview_id",
    "exit_company_id",
    "state",
    "test_entry",
    "predefined_question_ids",
    "scoring_percentage",
    "scoring_total",
    "scoring_success",
}
LINE_KEPT_FIELDS = {
    "user_input_id",
    "survey_id",
    "question_id",
    "page_id",
    "question_sequence",
    "skipped",
    "answer_type",
    "value_numerical_box",
    "value_scale",
    "suggested_answer_id",
    "matrix_row_id",
    "answer_score",
    "answer_is_correct",
    "exit_question",
    "exit_choice",
}


class HrExitInterview(models.Model):
    """The questionnaire goes as the interview does: first the texts, then the person.

    What was chosen stays, so that answers are counted as before.
    """

    _inherit = "hr.exit.interview"

    @api.model
    def _get_text_domain(self):
        written = Domain("exit_conversation_answer", "!=", False) | Domain(
            "answer_type", "in", TEXT_ANSWERS
        )
        return super()._get_text_domain() | Domain(
            "survey_input_ids.user_input_line_ids", "any", written
        )

    def _blank_texts(self):
        result = super()._blank_texts()
        lines = self._search_answers()
        lines.filtered(lambda line: line.answer_type in TEXT_ANSWERS).unlink()
        lines = lines.exists()
        if lines:
            self.env.flush_all()
            # Not by writing: that copies the wording of the questions anew.
            self.env["hr.exit.blank"]._update(
                lines,
                {
                    "exit_conversation_answer": SQL("NULL"),
                    "value_char_box": SQL("NULL"),
                },
            )
            self.env.invalidate_all(flush=False)
        return result

    def _anonymise_records(self, units):
        result = super()._anonymise_records(units)
        blank = self.env["hr.exit.blank"]
        lines = self._search_answers()
        day = {"create_date": blank._sql_quarter_start("create_date")}
        blank._blank(lines, LINE_KEPT_FIELDS, day)
        inputs = self.env["survey.user_input"].search(
            [("exit_interview_id", "in", self.ids)]
        )
        blank._delete_traces(inputs)
        # Another link, because a questionnaire has one: nobody knows it.
        token = SQL("gen_random_uuid()::text")
        blank._blank(inputs, INPUT_KEPT_FIELDS, {**day, "access_token": token})
        return result

    def _search_answers(self):
        return self.env["survey.user_input.line"].search(
            [("user_input_id.exit_interview_id", "in", self.ids)]
        )
