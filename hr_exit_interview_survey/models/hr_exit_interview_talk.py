from odoo import models

from odoo.addons.hr_exit_interview.lib.insight import DETRACTOR_UP_TO

# A score up to this one is asked on in the conversation.
LOW_SCORE = 2
# Those who would not recommend us are asked what should change.
RECOMMEND_CODES = ("ENPS", "FU_ENPS")
CHANGE_CODE = "CHANGE1"


class HrExitInterview(models.Model):
    """The conversation starts from the questionnaire, and adds to it."""

    _inherit = "hr.exit.interview"

    def _get_guide_items(self):
        items = super()._get_guide_items()
        # sudo: survey.user_input - of the interview that the reader may read
        answers = self.sudo().survey_input_id.user_input_line_ids
        answers = answers.filtered(lambda a: not a.skipped)
        if not answers:
            return items
        items = [item for item in items if self._makes_sense(item, answers)]
        self._add_change_question(items, answers)
        self._add_prefill(items, answers)
        self._add_prompts(items, answers)
        return items

    def _after_points_saved(self, points):
        result = super()._after_points_saved(points)
        asked = points.filtered("question_id")
        if asked:
            # sudo: survey.user_input - what was written down is the leaver's answer;
            # nobody writes answers manually
            self.sudo()._mirror_points(asked.sudo())
        return result

    # What the guide takes from the questionnaire

    def _makes_sense(self, item, answers):
        """Tell whether to ask: not when the condition was answered otherwise.

        What somebody wrote down already stays in sight.
        """
        question = self._get_survey_question(item, answers.survey_id)
        triggers = question.triggering_answer_ids
        asked = triggers.question_id & answers.question_id
        return bool(
            item["point"] or not asked or triggers & answers.suggested_answer_id
        )

    def _add_prefill(self, items, answers):
        """Put what was filled in at the question, in the leaver's words."""
        by_code = answers.grouped(lambda a: a.question_id.exit_code)
        for item in items:
            said = by_code.get(self._get_item_code(item), answers.browse())
            item["prefill"] = "\n".join(said._get_filled_in())

    def _add_prompts(self, items, answers):
        """Ask on about a low score where its theme is talked about."""
        low = answers.filtered(
            lambda a: a.question_id._is_agreement() and a._get_score() <= LOW_SCORE
        )
        for answer in low:
            item = self._get_place(items, answer.question_id.exit_theme_id)
            item["prompts"].append(
                self.env._(
                    "“%(statement)s”: %(score)s of %(best)s. Can you tell me more "
                    "about this?",
                    statement=answer.exit_question,
                    score=answer.value_scale,
                    best=answer.question_id.scale_max,
                )
            )

    def _get_place(self, items, theme):
        """Return the question at which something of a theme is asked on."""
        fitting = [item for item in items if item["theme_id"] == theme.id]
        disliked = [item for item in items if self._get_item_code(item) == "WORST"]
        return (fitting or disliked or items)[0]

    def _add_change_question(self, items, answers):
        """Ask those who would not recommend us what should change."""
        score = answers.filtered(
            lambda a: (
                a.question_id.exit_code in RECOMMEND_CODES
                and a.value_scale <= DETRACTOR_UP_TO
            )
        )
        codes = [self._get_item_code(item) for item in items]
        if score and CHANGE_CODE not in codes:
            question = self.env["hr.exit.question"].search(
                [("code", "=", CHANGE_CODE)], limit=1
            )
            if question:
                place = codes.index("OTHER") if "OTHER" in codes else len(items)
                items.insert(place, self._prepare_guide_item(question, {}))

    def _get_item_code(self, item):
        return self.env["hr.exit.question"].browse(item["question_id"]).code

    def _get_survey_question(self, item, survey):
        code = self._get_item_code(item)
        return survey.question_ids.filtered(lambda q: q.exit_code == code)[:1]

    # What the questionnaire takes from the conversation

    def _mirror_points(self, points):
        """Store what was said as answers of the same questionnaire; as superuser."""
        survey = self.survey_input_id.survey_id or self.template_id.survey_id
        questions = survey.question_ids.filtered("exit_code").grouped("exit_code")
        answered = {
            questions[point.question_id.code][:1]: point.answer
            for point in points
            if point.question_id.code in questions
        }
        if answered:
            user_input = self._ensure_questionnaire()
            for question, text in answered.items():
                user_input._note_conversation(question, text)
