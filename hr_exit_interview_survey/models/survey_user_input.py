import uuid
from statistics import mean

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from odoo.addons.hr_exit_interview.lib.trusted import get_defaults_sent

# What the answers to the consent questions stand for on the interview.
YES = "yes"
# Whose questionnaire it is: set where it is made for a leaver, by nobody else.
EXIT_FIELDS = {"exit_interview_id", "exit_company_id", "exit_helper_id", "is_exit"}
# By these a rule finds out whether somebody may see it.
PATH_FIELDS = {"survey_id", *EXIT_FIELDS}


class SurveyUserInput(models.Model):
    """What one leaver filled in. Protected by a flag that never goes away."""

    _inherit = "survey.user_input"

    is_exit = fields.Boolean(
        string="Of a Leaver",
        readonly=True,
        index=True,
        help="Set when it is created and never taken away: whoever may change the type "
        "of a questionnaire cannot read answers that way.",
    )
    exit_interview_id = fields.Many2one(
        "hr.exit.interview",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    exit_company_id = fields.Many2one(
        related="exit_interview_id.company_id", string="Company", store=True
    )
    exit_helper_id = fields.Many2one(
        "res.users",
        string="Filled In By",
        readonly=True,
        help="Who filled it in on the leaver's behalf, on the telephone for instance.",
    )

    _exit_interview_uniq = models.UniqueIndex(
        "(exit_interview_id) WHERE test_entry IS NOT TRUE",
        "This interview already has a questionnaire.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for names in (*vals_list, get_defaults_sent(self.env)):
            self._check_exit_fields_kept(EXIT_FIELDS.intersection(names))
        surveys = self.env["survey.survey"].browse(
            vals.get("survey_id") for vals in vals_list
        )
        return super().create(
            [
                {
                    **vals,
                    "is_exit": bool(
                        vals.get("is_exit")
                        or vals.get("exit_interview_id")
                        or survey._is_exit()
                    ),
                }
                # sudo: survey.survey - its type, whoever answers
                for vals, survey in zip(vals_list, surveys.sudo(), strict=True)
            ]
        )

    def write(self, vals):
        if not vals.get("is_exit", True) and any(self.mapped("is_exit")):
            raise UserError(
                self.env._(
                    "Answers of a leaver stay protected: the mark stays on them."
                )
            )
        self._check_exit_fields_kept(EXIT_FIELDS.intersection(vals))
        result = super().write(vals)
        if not PATH_FIELDS.isdisjoint(vals):
            # Odoo looks at rules before a write: nothing is moved past them.
            self.check_access("write")
        return result

    @api.model
    def _check_exit_fields_kept(self, names):
        """Refuse to say by hand whose questionnaire it is.

        Otherwise a questionnaire of one's own would count as what a leaver said, and
        the leaver would be sent to it.
        """
        if names and not self.env.su:
            raise UserError(
                self.env._(
                    "Which leaver a questionnaire is of follows from the leaver's own "
                    "page: open it from the exit interview."
                )
            )

    def action_print_answers(self):
        """Open the filled-in questionnaire as Odoo does, and log it."""
        self.check_access("read")
        # sudo: hr.exit.interview - only whose answers they are, to log it
        interviews = self.sudo().exit_interview_id
        self.env["hr.exit.access.log"]._log_reading(interviews, "form")
        return super().action_print_answers()

    def _mark_done(self):
        result = super()._mark_done()
        for user_input in self.filtered("exit_interview_id"):
            user_input._tell_interview()
        return result

    def _notify_new_participation_subscribers(self):
        """Notify nobody that a leaver answered, nor that others did not."""
        others = self.filtered(lambda i: not i.is_exit)
        return super(SurveyUserInput, others)._notify_new_participation_subscribers()

    def _get_inactive_conditional_questions(self):
        """Return a question "only after an answer to" waits for that answer."""
        inactive = super()._get_inactive_conditional_questions()
        answered = self.user_input_line_ids.filtered(
            lambda a: not a.skipped
        ).question_id
        for question in self.survey_id.question_ids.filtered("exit_after_question_id"):
            if question.exit_after_question_id not in answered:
                inactive |= question
        return inactive

    def _clear_inactive_conditional_answers(self):
        """Keep what was written down in the talk: its questions are asked freely."""
        if not self.is_exit:
            return super()._clear_inactive_conditional_answers()
        inactive = self._get_inactive_conditional_questions()
        self.user_input_line_ids.filtered(
            lambda a: a.question_id in inactive and not a.exit_conversation_answer
        ).unlink()
        return None

    def _leave_out_questions(self):
        """Leave out what makes no sense for this way of leaving."""
        for user_input in self:
            departure_type = user_input.exit_interview_id.departure_type
            user_input.predefined_question_ids = (
                user_input.predefined_question_ids.filtered(
                    lambda q, code=departure_type: (
                        code not in q.exit_not_for_type_ids.mapped("code")
                    )
                )
            )

    def _is_exit_open(self):
        """Tell whether the leaver can still fill it in; a test always."""
        self.ensure_one()
        interview = self.exit_interview_id
        if self.test_entry or not interview:
            return self.test_entry
        # Asked with every page: not the whole rows, which are wide.
        interview.fetch(["state", "is_second", "departure_id", "company_id"])
        interview.departure_id.fetch(["state", "departure_date"])
        interview.company_id.fetch(["exit_close_days"])
        self.env.user.partner_id.fetch(["tz"])
        return interview._is_questionnaire_open(self.survey_id)

    def _renew_exit_access(self):
        """Make links to these questionnaires stop working; called as superuser."""
        for user_input in self:
            user_input.access_token = str(uuid.uuid4())

    def _note_conversation(self, question, text):
        """Store what was said about a question; what was filled in stays.

        :param question: survey.question of this questionnaire
        :param text: what was written down; empty when it was taken back
        """
        self.ensure_one()
        line = self.user_input_line_ids.filtered(lambda a: a.question_id == question)[
            :1
        ]
        values = {"exit_conversation_answer": text}
        is_free = not line or line._is_only_said()
        if is_free and question.question_type == "text_box":
            values |= {
                "skipped": not text,
                "answer_type": "text_box" if text else False,
                "value_text_box": text,
            }
        if line:
            line.write(values)
        else:
            line.create(
                {
                    "user_input_id": self.id,
                    "question_id": question.id,
                    "skipped": True,
                    **values,
                }
            )

    def _get_exit_path(self):
        """Return where it is filled in, without the host; in its own language."""
        self.ensure_one()
        start = f"/survey/start/{self.survey_id.access_token}"
        return f"{start}?answer_token={self.access_token}"

    # What was answered, for the interview

    def _tell_interview(self):
        """Put stated reasons and consents on the interview; what was written stays."""
        self.ensure_one()
        interview = self.exit_interview_id
        interview.write(self._prepare_interview_values())
        self._store_scores()
        interview._on_questionnaire_done()

    def _store_scores(self):
        """Give published figures the mean score of each theme, and nothing else."""
        self.ensure_one()
        scores = self.env["hr.exit.answer"]
        interview = self.exit_interview_id
        scores.search(Domain("interview_id", "=", interview.id)).unlink()
        answers = self.user_input_line_ids.filtered(
            lambda a: not a.skipped and a.answer_type == "scale"
        )
        by_theme = answers.grouped(lambda a: a.question_id.exit_theme_id)
        scores.create(
            [
                {
                    "interview_id": interview.id,
                    "theme_id": theme.id,
                    "score": mean(line._get_score() for line in lines),
                }
                for theme, lines in by_theme.items()
                if theme
            ]
        )

    def _is_answered(self):
        """Tell whether anything was filled in, or said in the conversation."""
        return any(not answer.skipped for answer in self.user_input_line_ids)

    def _prepare_interview_values(self):
        """Return the values of the interview that answers stand for.

        :return: dict of values
        """
        interview = self.exit_interview_id
        main = (self._get_reasons("REASON") or self._get_reasons("FU_REASON"))[:1]
        others = self._get_reasons("REASON2") | self._get_reasons("MGR_WHAT")
        values = {}
        if main and not interview.main_reason_id:
            values["main_reason_id"] = main.id
        if others:
            values["reason_ids"] = [fields.Command.link(reason.id) for reason in others]
        share = self._get_choice("SHARE")
        if share:
            values["share_choice"] = share
        return values | self._prepare_second_values()

    def _prepare_second_values(self):
        """Return whether and where to ask the leaver again; empty when left open."""
        choice = self._get_choice("FOLLOW")
        if not choice:
            return {}
        email = choice == YES and email_normalize(self._get_comment("FOLLOW"))
        values = {"second_opt_in": choice == YES}
        return values | ({"second_email": email} if email else {})

    def _get_exit_lines(self, code):
        return self.user_input_line_ids.filtered(
            lambda a: a.question_id.exit_code == code and not a.skipped
        )

    def _get_reasons(self, code):
        """Return the stated reasons that were chosen at a question."""
        return self._get_exit_lines(code).suggested_answer_id.exit_reason_id

    def _get_choice(self, code):
        """Return the code of the answer that was chosen at a question, or False."""
        return self._get_exit_lines(code).suggested_answer_id[:1].exit_code

    def _get_comment(self, code):
        lines = self._get_exit_lines(code).filtered("value_char_box")
        return lines[:1].value_char_box or ""
