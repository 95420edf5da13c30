from werkzeug.exceptions import Forbidden

from odoo.http import request, route

from odoo.addons.survey.controllers.main import Survey


class ExitSurvey(Survey):
    """The public pages of Survey, as far as questionnaires for leavers differ."""

    def _check_validity(
        self,
        survey_sudo,
        answer_sudo,
        answer_token,
        ensure_token=True,
        check_partner=True,
    ):
        """The link is the key, whoever is logged in: the leaver still is, and the
        interviewer is when filling in for somebody on the telephone."""
        code = super()._check_validity(
            survey_sudo,
            answer_sudo,
            answer_token,
            ensure_token=ensure_token,
            check_partner=check_partner and not answer_sudo.is_exit,
        )
        if code is not True or not answer_sudo.is_exit:
            return code
        return True if answer_sudo._is_exit_open() else "answer_deadline"

    def _prepare_retry_additional_values(self, answer):
        values = super()._prepare_retry_additional_values(answer)
        return {**values, "is_exit": answer.is_exit} if answer.is_exit else values

    @route()
    def survey_retry(self, survey_token, answer_token, **post):
        """A leaver fills in once; what is to be added is told in the talk."""
        _survey, answer = self._fetch_from_access_token(survey_token, answer_token)
        if answer.is_exit and not answer.test_entry:
            return request.redirect(answer._get_exit_path())
        return super().survey_retry(survey_token, answer_token, **post)

    @route()
    def survey_report(self, survey, answer_token=None, **post):
        """Statistics of leavers are for HR: others see released figures."""
        is_officer = request.env.user.has_group("hr_exit_interview.group_exit_officer")
        if survey._is_exit() and not is_officer:
            raise Forbidden()
        return super().survey_report(survey, answer_token=answer_token, **post)
