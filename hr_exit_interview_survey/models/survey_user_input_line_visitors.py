from odoo import api, models

# Not when, in which order or whether it was skipped.
CONTENT_FIELDS = {
    "answer_is_correct",
    "answer_score",
    "display_name",
    "exit_choice",
    "exit_conversation_answer",
    "matrix_row_id",
    "suggested_answer_id",
    "value_char_box",
    "value_date",
    "value_datetime",
    "value_numerical_box",
    "value_scale",
    "value_text_box",
}


class SurveyUserInput(models.Model):
    """Opening what a leaver filled in on Survey's own page is opening the interview."""

    _inherit = "survey.user_input"

    def action_print_answers(self):
        """Open the filled-in questionnaire as Odoo does, and note it."""
        self.check_access("read")
        # sudo: hr.exit.interview - only whose answers they are, to note it
        interviews = self.sudo().exit_interview_id
        self.env["hr.exit.access.log"]._note(interviews, "form")
        return super().action_print_answers()


class SurveyUserInputLine(models.Model):
    """Reading what a leaver filled in is opening the interview."""

    _name = "survey.user_input.line"
    _inherit = ["survey.user_input.line", "hr.exit.content"]

    _interview_path = "user_input_id.exit_interview_id"

    @api.model
    def _get_content_fields(self):
        return CONTENT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return set(self._fields)
