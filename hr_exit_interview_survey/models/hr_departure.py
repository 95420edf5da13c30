from odoo import models
from odoo.tools import format_date

# What somebody needs for a question, pages and a look back included.
SECONDS_A_QUESTION = 16


class HrDeparture(models.Model):
    """The questionnaire on the leaver's own page; its link lives and dies with that."""

    _inherit = "hr.departure"

    def _renew_exit_token(self):
        result = super()._renew_exit_token()
        self._renew_questionnaire_links()
        return result

    def _revoke_exit_token(self):
        result = super()._revoke_exit_token()
        self._renew_questionnaire_links()
        return result

    def _renew_questionnaire_links(self):
        # sudo: survey.user_input - links, not answers, whoever revokes
        self.sudo().interview_ids.survey_input_ids._renew_exit_access()

    def _get_questionnaire_interview(self):
        """Return the interview with a questionnaire open to the leaver; as superuser.

        :return: one interview or none
        """
        self.ensure_one()
        interviews = self.interview_ids.filtered(lambda i: i._is_questionnaire_open())
        return interviews.sorted(lambda i: (i.is_second, i.id), reverse=True)[:1]

    def _prepare_page_values(self):
        values = super()._prepare_page_values()
        return {**values, "questionnaire": self._prepare_page_questionnaire()}

    def _prepare_page_questionnaire(self):
        """Return what the page says about the questionnaire.

        :return: dict with ``state`` (new, in_progress, done), ``is_open``, and the
            sentences ``about`` and ``until`` (may be False); empty when there is none
        """
        self.ensure_one()
        interview = self._get_questionnaire_interview()
        filled_in = self.interview_ids.survey_input_id.sorted("id")[-1:]
        if not interview:
            is_done = filled_in.state == "done"
            return {"state": "done", "is_open": False} if is_done else {}
        user_input = interview.survey_input_id
        count = interview._count_questions()
        end = interview._get_questionnaire_end()
        return {
            "state": user_input.state or "new",
            "is_open": True,
            "about": self.env._(
                "If you like, you can write before you talk, or instead of it: "
                "%(count)s questions at most, about %(minutes)s minutes. You may skip "
                "any of them, stop and go on later.",
                count=count,
                minutes=max(1, round(count * SECONDS_A_QUESTION / 60)),
            ),
            "until": end
            and self.env._(
                "It can be filled in until %(day)s.",
                day=format_date(self.env, end, date_format="long"),
            ),
        }
