from odoo import api, fields, models
from odoo.exceptions import UserError

# Interviews whose leaver can still fill in a questionnaire.
FILL_IN_STATES = ("offered", "accepted", "scheduled", "no_show", "expired", "held")


class HrExitInterview(models.Model):
    """The questionnaire of an interview: where the talk starts from."""

    _inherit = "hr.exit.interview"

    survey_input_ids = fields.One2many("survey.user_input", "exit_interview_id")
    survey_input_id = fields.Many2one(
        "survey.user_input",
        string="Questionnaire",
        compute="_compute_survey_input_id",
    )
    survey_state = fields.Selection(
        "_get_survey_states",
        compute="_compute_survey_state",
        string="State of the Questionnaire",
    )
    has_questionnaire = fields.Boolean(
        string="Questionnaire Can Be Filled In", compute="_compute_has_questionnaire"
    )

    @api.model
    def _get_survey_states(self):
        state = self.env["survey.user_input"]._fields["state"]
        return state._description_selection(self.env)

    @api.depends("survey_input_ids", "survey_input_ids.test_entry")
    def _compute_survey_input_id(self):
        for interview in self:
            real = interview.survey_input_ids.filtered(lambda i: not i.test_entry)
            interview.survey_input_id = real[:1]

    # Not related by survey_input_id: Odoo cannot search on that.
    @api.depends("survey_input_ids.state", "survey_input_ids.test_entry")
    def _compute_survey_state(self):
        # sudo: survey.user_input - how far the leaver is, nothing of what was answered
        for interview in self.sudo():
            interview.survey_state = interview.survey_input_id.state

    @api.depends("template_id.survey_id", "state", "departure_id.departure_date")
    def _compute_has_questionnaire(self):
        # sudo: hr.departure, survey.survey - whether it is open, nothing of either
        for interview in self.sudo():
            interview.has_questionnaire = interview._is_questionnaire_open()

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "closed":
            # sudo: survey.user_input - complete with the interview, whoever closes it
            self.sudo()._complete_questionnaires()
        return result

    def action_fill_in(self):
        """Fill in the questionnaire for the leaver, who is on the telephone.

        The answers say who filled them in.

        :raises UserError: when there is no questionnaire or it is closed
        :return: action that opens the questionnaire
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: survey.user_input - made for the interviewer's own interview
        interview = self.sudo()
        if not interview.has_questionnaire:
            raise UserError(
                self.env._(
                    "There is no open questionnaire for %(interview)s: it closes some "
                    "days after the last one, and with the interview.",
                    interview=self.display_name,
                )
            )
        user_input = interview._ensure_questionnaire()
        if user_input.state == "done":
            raise UserError(
                self.env._(
                    "The questionnaire of %(interview)s is complete already. Note what "
                    "is to be added in the conversation.",
                    interview=self.display_name,
                )
            )
        user_input.exit_helper_id = self.env.user
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": user_input._get_exit_path(),
        }

    def action_open_answers(self):
        """Open what was filled in."""
        self.ensure_one()
        return self.survey_input_id._get_records_action(
            views=[
                (
                    self.env.ref(
                        "hr_exit_interview_survey.survey_user_input_view_form"
                    ).id,
                    "form",
                )
            ]
        )

    def _ensure_questionnaire(self):
        """Return the leaver's questionnaire, made on first opening; as superuser.

        :return: survey.user_input in sudo
        """
        self.ensure_one()
        if not self.survey_input_id:
            user_input = self.env["survey.user_input"].create(
                self._prepare_survey_input_values()
            )
            user_input._leave_out_questions()
        return self.survey_input_id

    def _count_questions(self):
        """Return how many questions the leaver is asked at most."""
        asked = self.survey_input_id.predefined_question_ids
        survey = self.template_id.survey_id
        return len(asked or survey._prepare_user_input_predefined_questions())

    def _prepare_survey_input_values(self):
        """Return values of a questionnaire: no contact, name or address of the leaver.

        :return: dict of values
        """
        lang = self.env["res.lang"]._lang_get(self._get_questionnaire_lang())
        return {
            "survey_id": self.template_id.survey_id.id,
            "exit_interview_id": self.id,
            "is_exit": True,
            "lang_id": lang.id,
        }

    def _get_questionnaire_lang(self):
        """Return the leaver's language when it is installed, else the company's."""
        installed = dict(self.env["res.lang"].get_installed())
        company_lang = self.company_id.partner_id.lang
        wanted = (self.departure_id.lang, company_lang, "en_US")
        return next(
            (code for code in wanted if code in installed), next(iter(installed))
        )

    def _is_questionnaire_open(self, survey=None):
        """Tell whether the leaver can fill in now; called as superuser.

        :param survey: of the questionnaire at hand, so that nobody looks it up
        """
        self.ensure_one()
        survey = survey or self.survey_input_id.survey_id or self.template_id.survey_id
        day = self._get_questionnaire_end()
        today = fields.Date.context_today(self)
        return (
            bool(survey.question_ids)
            and self.state in FILL_IN_STATES
            and self.departure_id.state != "withdrawn"
            and (not day or today <= day)
        )

    def _get_questionnaire_end(self):
        """Return the last day to fill in: when offers close, some days after departure.

        A second interview has none of its own: it ends when it is closed or expires.

        :return: date or None
        """
        self.ensure_one()
        last_day = self.departure_id.departure_date
        if self.is_second or not last_day:
            return None
        return fields.Date.add(last_day, days=self.company_id.exit_close_days)

    def _complete_questionnaires(self):
        """Complete what was answered or said, even if the last page was not sent."""
        for user_input in self.survey_input_id:
            if user_input.state != "done" and user_input._is_answered():
                user_input._mark_done()

    def _on_questionnaire_done(self):
        """Mark interviews in writing only as held; as superuser."""
        written = self.filtered(
            lambda i: i.form == "questionnaire" and i.state in FILL_IN_STATES
        )
        written.filtered(lambda i: i.state != "held").action_mark_held()

    def _prepare_copy(self):
        sections = super()._prepare_copy()
        title = self.env._("What you filled in")
        items = self._prepare_copy_questionnaire()
        return [*sections, self.departure_id._make_section(title, items)]

    def _prepare_copy_questionnaire(self):
        """Return each question as it was asked, with its answers; who filled it in.

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
