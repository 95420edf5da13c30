from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import email_normalize


class HrExitSurveyAdopt(models.TransientModel):
    """Make the company's own exit survey one of ours, with what was filled in."""

    _name = "hr.exit.survey.adopt"
    _description = "Adopt an Exit Survey"

    survey_id = fields.Many2one(
        "survey.survey",
        required=True,
        domain=[("survey_type", "!=", "exit_interview")],
        ondelete="cascade",
    )
    template_id = fields.Many2one(
        "hr.exit.interview.template",
        string="Used With",
        ondelete="cascade",
        help="Offered from now on to the leavers for whom this template is chosen.",
    )
    line_ids = fields.One2many(
        "hr.exit.survey.adopt.line",
        "wizard_id",
        string="Questions",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    input_count = fields.Integer(
        string="Times Filled In", compute="_compute_input_count"
    )
    linked_count = fields.Integer(
        string="Of a Known Leaver",
        compute="_compute_input_count",
        help="Recognised by the contact or e-mail address of the employee.",
    )

    @api.depends("survey_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "question_id": question.id,
                        "theme_id": question.exit_theme_id.id,
                        "code": question.exit_code,
                    }
                )
                for question in wizard.survey_id.question_ids
            ]

    @api.depends("survey_id")
    def _compute_input_count(self):
        for wizard in self:
            inputs = wizard._get_inputs()
            wizard.input_count = len(inputs)
            wizard.linked_count = len(wizard._match_interviews(inputs))

    def action_adopt(self):
        """Map the questions, protect what was filled in, link it to departures.

        From then on only the exit roles see the answers.

        :raises UserError: without a theme for every question
        :return: action that opens the questionnaire
        """
        self.ensure_one()
        self.env["survey.survey"]._check_exit_role()
        self.survey_id.check_access("write")
        self._check_themes()
        for line in self.line_ids:
            line._map_question()
        # sudo: survey.user_input - nobody writes answers; the flag closes them off
        inputs = self.sudo()._get_inputs()
        self.survey_id.sudo()._adopt_inputs()
        for user_input, interview in self.sudo()._match_interviews(inputs).items():
            user_input.exit_interview_id = interview
            user_input._store_scores()
        if self.template_id:
            self.template_id.survey_id = self.survey_id
        return self.survey_id._get_records_action(
            views=[
                (
                    self.env.ref("hr_exit_interview_survey.survey_survey_view_form").id,
                    "form",
                )
            ]
        )

    def _check_themes(self):
        missing = self.line_ids.filtered(lambda line: not line.theme_id)
        if missing:
            raise UserError(
                self.env._(
                    "“%(question)s” has no theme yet. Choose “Other” when none fits.",
                    question=missing[0].question_id.title,
                )
            )

    def _get_inputs(self):
        """Return what was filled in before; tests are left alone."""
        # sudo: survey.user_input - counted and linked, not read
        inputs = self.env["survey.user_input"].sudo().with_context(active_test=False)
        return inputs.search(
            Domain("survey_id", "=", self.survey_id.id)
            & Domain("test_entry", "=", False)
            & Domain("exit_interview_id", "=", False),
            order="id desc",
        )

    @api.model
    def _match_interviews(self, inputs):
        """Return the interview of each input's leaver, as far as one is found.

        By contact, then by e-mail address; the last input of a leaver counts. Two
        leavers with the same address are not told apart.

        :return: dict {user_input: interview} in sudo
        """
        # sudo: hr.departure, hr.exit.interview - to recognise leavers, whoever adopts
        interviews = (
            self.env["hr.exit.interview"]
            .sudo()
            .search(
                Domain("is_second", "=", False)
                & Domain("company_id", "in", self.env.companies.ids)
            )
            .filtered(lambda i: not i.survey_input_id)
        )
        by_key = self._get_keys(interviews)
        result = {}
        for user_input in inputs:
            keys = (user_input.partner_id, email_normalize(user_input.email or ""))
            found = next((by_key[key] for key in keys if key and key in by_key), None)
            if found and found not in result.values():
                result[user_input] = found
        return result

    @api.model
    def _get_keys(self, interviews):
        """{contact or address: interview} of those that only one leaver has."""
        found = {}
        for interview in interviews:
            employee = interview.departure_id.employee_id
            emails = (employee.work_email, employee.private_email)
            partners = employee.work_contact_id | employee.user_id.partner_id
            for key in {*partners, *(email_normalize(e or "") for e in emails)}:
                if key:
                    found.setdefault(key, set()).add(interview)
        return {key: next(iter(i)) for key, i in found.items() if len(i) == 1}
