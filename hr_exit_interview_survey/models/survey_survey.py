from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.hr_exit_interview.lib.groups import ADMIN

EXIT_TYPE = "exit_interview"


def keep_out_of_reach(surveys):
    """Archive ``surveys`` and leave their type when the addon is uninstalled.

    Core shows nobody answers of a type it does not know: what leavers wrote does not
    become readable by uninstalling.
    """
    surveys.active = False


class SurveySurvey(models.Model):
    """Questionnaires for leavers: by invitation only, and only for the exit roles."""

    _inherit = "survey.survey"

    survey_type = fields.Selection(
        selection_add=[(EXIT_TYPE, "Exit Interview")],
        ondelete={EXIT_TYPE: keep_out_of_reach},
    )
    exit_version = fields.Integer(
        string="Version",
        default=1,
        readonly=True,
        copy=False,
        help="Counts the versions of a questionnaire. Answers stay with the version "
        "that was filled in; codes and themes make versions comparable.",
    )
    exit_previous_id = fields.Many2one(
        "survey.survey",
        string="Version Before",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    exit_template_ids = fields.One2many(
        "hr.exit.interview.template",
        "survey_id",
        string="Used With",
        help="Interview templates that offer this questionnaire: they say for which "
        "way of leaving, registered reason, department and company.",
    )

    @api.depends("survey_type")
    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group(ADMIN):
            self.allowed_survey_types = [*(self.allowed_survey_types or []), EXIT_TYPE]
        return result

    @api.constrains("survey_type", "access_mode", "users_login_required")
    def _check_exit_access(self):
        for survey in self.filtered(lambda s: s._is_exit()):
            if survey.access_mode != "token" or survey.users_login_required:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” is filled in with a personal link and without "
                        "an account: choose “Invited people only” and no login.",
                        survey=survey.title,
                    )
                )

    @api.constrains("survey_type", "scoring_type", "certification", "is_time_limited")
    def _check_exit_no_test(self):
        for survey in self.filtered(lambda s: s._is_exit()):
            is_scored = survey.scoring_type != "no_scoring" or survey.certification
            if is_scored or survey.is_time_limited:
                raise ValidationError(
                    self.env._(
                        "“%(survey)s” asks for an opinion: it gives no score, no "
                        "certificate and no time limit.",
                        survey=survey.title,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        default_type = self.env.context.get("default_survey_type")
        are_exit = [
            vals.get("survey_type", default_type) == EXIT_TYPE for vals in vals_list
        ]
        if any(are_exit):
            self._check_exit_role()
        return super().create(
            [
                {**self._get_exit_defaults(), **vals} if is_exit else vals
                for vals, is_exit in zip(vals_list, are_exit, strict=True)
            ]
        )

    def write(self, vals):
        if "survey_type" in vals:
            self._check_type_change(vals["survey_type"])
        return super().write(vals)

    def copy(self, default=None):
        """Take "only after an answer to" along: to the question of the copy."""
        new_surveys = super().copy(default)
        for old_survey, new_survey in zip(self, new_surveys, strict=True):
            pairs = zip(
                old_survey.question_ids, new_survey.question_ids.sorted(), strict=False
            )
            new_by_old = dict(pairs)
            for old, new in new_by_old.items():
                if old.exit_after_question_id:
                    new.exit_after_question_id = new_by_old[old.exit_after_question_id]
        return new_surveys

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.filtered(lambda s: s._is_exit())._raise_if_answered(
            self.env["survey.question"]
        )

    def action_new_version(self):
        """Copy an answered questionnaire to change it; the old one is archived.

        Interview templates offer the new one from now on. Open links keep the version
        they were sent for.

        :return: action that opens the new version
        """
        self.ensure_one()
        new = self.copy({"exit_version": self.exit_version + 1})
        for lang, _name in self.env["res.lang"].get_installed():
            new.with_context(lang=lang).title = self.with_context(lang=lang).title
        new.write(
            {
                "exit_previous_id": self.id,
                "active": True,
                "user_id": self.user_id.id,
            }
        )
        self.exit_template_ids.survey_id = new
        self.action_archive()
        return new._get_records_action()

    def action_open_exit_answers(self):
        """Open what leavers filled in, as far as the reader may see it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_exit_interview_survey.survey_user_input_action"
        )
        action["domain"] = Domain("is_exit", "=", True) & Domain(
            "survey_id", "in", self.ids
        )
        return action

    def action_print_empty(self):
        """Open the questionnaire for printing, without anybody's answers."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": f"/survey/print/{self.access_token}",
        }

    def _is_exit(self):
        """Tell whether this is a questionnaire for leavers."""
        return self.survey_type == EXIT_TYPE

    def _get_public_title(self):
        """Return the title to show: leavers do not see how HR registered it."""
        self.ensure_one()
        if self._is_exit():
            return self.env._("Questions about your departure")
        return self.title

    @api.model
    def _get_exit_defaults(self):
        """Return what a questionnaire for leavers starts from, in every language.

        Core would offer only the language of whoever creates it.
        """
        return {
            "access_mode": "token",
            "lang_ids": [],
            "questions_layout": "page_per_section",
            "users_can_go_back": True,
            "scoring_type": "no_scoring",
        }

    @api.model
    def _check_exit_role(self):
        if not self.env.su and not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._("Questionnaires for leavers are for exit administrators.")
            )

    def _check_type_change(self, survey_type):
        """Refuse a type that would open or close the door to answers.

        :raises UserError: when there are inputs: those of leavers stay, and others have
            to be flagged first, which adopting does
        """
        changed = self.filtered(
            lambda s: (
                s.survey_type != survey_type
                and EXIT_TYPE in (s.survey_type, survey_type)
            )
        )
        if not changed:
            return
        self._check_exit_role()
        # sudo: survey.user_input - whether there are any, not what is in them
        inputs = self.env["survey.user_input"].sudo()
        domain = Domain("survey_id", "in", changed.ids)
        if survey_type == EXIT_TYPE:
            domain &= Domain("is_exit", "=", False)
        used = inputs.search(domain, limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(survey)s” has been filled in: its type stays what it is. Copy "
                    "it, or adopt it as an exit questionnaire.",
                    survey=used.survey_id.title,
                )
            )

    def _raise_if_answered(self, questions):
        """Refuse to delete what somebody's answers belong to; tests do not count.

        :param questions: the questions to look at; empty for all of these surveys
        """
        domain = Domain("survey_id", "in", self.ids)
        domain &= Domain("user_input_id.test_entry", "=", False)
        if questions:
            domain &= Domain("question_id", "in", questions.ids)
        # sudo: survey.user_input.line - whether it was answered, not by whom
        lines = self.env["survey.user_input.line"].sudo()
        used = lines.search(domain, limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%(what)s” has answers, so it cannot be deleted. Press New "
                    "Version on the questionnaire and change the copy: what was "
                    "answered keeps its question.",
                    what=used.question_id.title if questions else used.survey_id.title,
                )
            )

    def _adopt_inputs(self):
        """Become a questionnaire for leavers, with what was filled in; as superuser."""
        self.ensure_one()
        inputs = self.with_context(active_test=False).user_input_ids
        inputs.is_exit = True
        self.write(
            {
                **self._get_exit_defaults(),
                "questions_layout": self.questions_layout,
                "survey_type": EXIT_TYPE,
                "users_login_required": False,
                "certification": False,
                "is_time_limited": False,
                "restrict_user_ids": False,
                "user_id": False,
            }
        )
        inputs.user_input_line_ids._keep_wording()

    def _prepare_user_input_predefined_questions(self):
        """Return leave out what is only asked in the conversation."""
        questions = super()._prepare_user_input_predefined_questions()
        return questions.filtered(lambda q: q.exit_asked_in != "conversation")

    @api.model
    def _get_pages_or_questions(self, user_input):
        """Leave out what this leaver is not asked, and pages that hold nothing else."""
        shown = super()._get_pages_or_questions(user_input)
        if not self._is_exit():
            return shown
        asked = user_input.predefined_question_ids
        return shown.filtered(
            lambda q: (
                not q.question_ids or q.question_ids & asked
                if q.is_page
                else q in asked
            )
        )
