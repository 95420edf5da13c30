from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.hr_exit_interview.lib.trusted import get_defaults_sent
from odoo.addons.hr_exit_interview.models.interview.hr_exit_interview_point import (
    MAX_TEXT,
)

ANSWER_FIELDS = {
    "skipped",
    "answer_type",
    "suggested_answer_id",
    "value_char_box",
    "value_numerical_box",
    "value_scale",
    "value_text_box",
}
# As it was asked and said: the page and the conversation write these.
WORDING_FIELDS = {"exit_question", "exit_choice", "exit_conversation_answer"}
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


class SurveyUserInputLine(models.Model):
    """One answer, with the words it was asked and chosen in.

    Reading what a leaver filled in is opening the interview.
    """

    _name = "survey.user_input.line"
    _inherit = ["survey.user_input.line", "hr.exit.content"]

    _logged_path = "user_input_id.exit_interview_id"

    exit_question = fields.Char(
        string="As Asked",
        readonly=True,
        help="The question as the leaver read it: later changes do not reach it.",
    )
    exit_choice = fields.Char(
        string="As Chosen", readonly=True, help="The chosen answer as it read then."
    )
    exit_conversation_answer = fields.Text(
        string="In the Conversation",
        readonly=True,
        help="What was said about it in the talk, beside what was filled in.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for names in (*vals_list, get_defaults_sent(self.env)):
            self._check_wording_kept(names)
        return super().create(
            [
                {**self._limit_text(vals), **self._get_wording(vals)}
                for vals in vals_list
            ]
        )

    def write(self, vals):
        self._check_wording_kept(vals)
        vals = self._limit_text(vals)
        is_answered = not ANSWER_FIELDS.isdisjoint(vals)
        of_leavers = self.filtered(lambda a: is_answered and a.user_input_id.is_exit)
        for line in of_leavers:
            wording = line._get_wording({**line._get_asked(), **vals})
            super(SurveyUserInputLine, line).write({**vals, **wording})
        result = super(SurveyUserInputLine, self - of_leavers).write(vals)
        if "user_input_id" in vals:
            # Odoo looks at rules before a write: no answer is moved among a leaver's.
            self.check_access("write")
        return result

    @api.model
    def _check_wording_kept(self, names):
        if not self.env.su and not WORDING_FIELDS.isdisjoint(names):
            raise UserError(
                self.env._("How a question was asked and answered is not changed.")
            )

    @api.model
    def _get_content_fields(self):
        return CONTENT_FIELDS

    @api.model
    def _get_exported_content_fields(self):
        return self._fields.keys()

    @api.model
    def _get_wording(self, vals):
        """Return question and chosen answer as the leaver reads them now.

        In the values of the answer itself: a second write would cost as much again.

        :param dict vals: values of a line; those of other surveys get nothing
        """
        user_input = self.env["survey.user_input"].browse(vals.get("user_input_id"))
        if not user_input.is_exit:
            return {}
        lang = user_input.lang_id.code or None
        is_read_in_it = lang == self.env.context.get("lang")
        localized = self.env if is_read_in_it else self.with_context(lang=lang).env
        question = localized["survey.question"].browse(vals.get("question_id"))
        answer = localized["survey.question.answer"].browse(
            vals.get("suggested_answer_id") or ()
        )
        return {"exit_question": question.title, "exit_choice": answer.value}

    def _get_asked(self):
        """Return whose answer to what it is, as values."""
        return {
            "user_input_id": self.user_input_id.id,
            "question_id": self.question_id.id,
            "suggested_answer_id": self.suggested_answer_id.id,
        }

    @api.model
    def _limit_text(self, vals):
        """Cut what no leaver types: a page of 200 kB is a mistake or an attack."""
        return {
            name: value[:MAX_TEXT]
            if name in ("value_text_box", "value_char_box") and isinstance(value, str)
            else value
            for name, value in vals.items()
        }

    def _is_only_said(self):
        """Tell whether nothing was filled in, at most said in the conversation."""
        is_text = self.answer_type == "text_box"
        return self.skipped or (
            is_text and self.value_text_box == self.exit_conversation_answer
        )

    def _get_score(self):
        """Return an answer on a scale as agreement from 1 to 5, whatever its length.

        How likely one is to recommend us stays from 0 to 10.
        """
        question = self.question_id
        if not question._is_agreement():
            return self.value_scale
        span = question.scale_max - question.scale_min
        return 1 + 4 * (self.value_scale - question.scale_min) / span

    def _get_filled_in(self):
        """Return what was filled in, as texts; what was only said in the talk is not.

        :return: list of str
        """
        return [
            str(line.exit_choice or line.display_name)
            for line in self
            if not line._is_only_said()
        ]

    def _keep_wording(self):
        """Copy question and chosen answer on lines that became a leaver's."""
        for line in self:
            line.write(line._get_wording(line._get_asked()))
