from odoo import models


class HrDeparture(models.Model):
    """The links to questionnaires live and die with the leaver's personal link."""

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
        """The interview whose questionnaire the leaver can fill in; as superuser.

        :return: one interview or none
        """
        self.ensure_one()
        interviews = self.interview_ids.filtered(lambda i: i._is_questionnaire_open())
        return interviews.sorted(lambda i: (i.is_second, i.id), reverse=True)[:1]
