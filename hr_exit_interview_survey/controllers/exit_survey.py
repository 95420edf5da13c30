import re
from threading import current_thread

from werkzeug.exceptions import Forbidden

from odoo.http import request, route

from odoo.addons.hr_exit_interview.controllers.exit_log import LINKS, hide_links
from odoo.addons.hr_exit_interview.exit_http import PRIVATE_HEADERS
from odoo.addons.hr_exit_interview.lib.groups import OFFICER
from odoo.addons.survey.controllers.main import Survey

# What opens a questionnaire is in Survey's addresses: the last of two tokens.
TOKEN = r"[0-9a-fA-F-]{36}"
LINKS += [
    re.compile(rf"(/survey/(?:\w+/)?{TOKEN}/){TOKEN}"),
    re.compile(rf"(answer_token=){TOKEN}"),
]


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
        """Check the link and whether the questionnaire is open, whoever is logged in.

        The leaver may still be logged in, and so may the interviewer who fills in for
        somebody on the telephone.
        """
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

    def _get_access_data(self, survey_token, answer_token, *args, **kwargs):
        data = super()._get_access_data(survey_token, answer_token, *args, **kwargs)
        if data["answer_sudo"].is_exit:
            self._keep_private(data["survey_sudo"])
        return data

    def _keep_private(self, survey):
        """Keep what a leaver fills in out of caches, indexes, referrers and logs."""
        current_thread().url = hide_links(request.httprequest.url)
        response = request.future_response
        for name, value in PRIVATE_HEADERS.items():
            response.headers.set(name, value)
        # Survey's script keeps the link for a day, for whoever sits here next. It
        # cannot when there is such a cookie that is not for scripts.
        cookie = f"survey_{survey.access_token}"
        response.set_cookie(cookie, "-", expires=None, httponly=True, samesite="Lax")

    def _prepare_retry_additional_values(self, answer):
        values = super()._prepare_retry_additional_values(answer)
        return {**values, "is_exit": answer.is_exit} if answer.is_exit else values

    @route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Send leavers back to their page: they fill in only once.

        What they want to add is told in the conversation.
        """
        _survey, answer = self._fetch_from_access_token(survey_token, answer_token)
        if answer.is_exit and not answer.test_entry:
            return request.redirect(answer._get_exit_path())
        return super().survey_retry(survey_token, answer_token, **post)

    @route()
    def survey_report(self, survey, answer_token=None, **post):
        """Statistics of leavers are for HR: others see released figures."""
        is_officer = request.env.user.has_group(OFFICER)
        if survey._is_exit() and not is_officer:
            raise Forbidden()
        return super().survey_report(survey, answer_token=answer_token, **post)
