from odoo import models


class HrExitInterview(models.Model):
    """What was filled in belongs in the leaver's copy; called as superuser."""

    _inherit = "hr.exit.interview"

    def _prepare_copy(self):
        sections = super()._prepare_copy()
        title = self.env._("What you filled in")
        items = self._prepare_copy_questionnaire()
        return [*sections, self.departure_id._make_section(title, items)]

    def _prepare_copy_questionnaire(self):
        """Each question as it was asked, with its answers; who filled it in.

        What was only said is in the copy already, as part of the conversation.
        """
        user_input = self.survey_input_id
        answers = user_input.user_input_line_ids.grouped("question_id")
        items = [
            (lines[0].exit_question, ", ".join(lines._get_filled_in()))
            for lines in answers.values()
        ]
        helper = user_input.exit_helper_id.name
        return [*items, (self.env._("Filled in on your behalf by"), helper)]
