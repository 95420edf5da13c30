from odoo import api, fields, models

from .hr_departure_link import find_by_token, make_token


class HrExitInterview(models.Model):
    """The link of an outside interviewer: one per interview, without a login."""

    _inherit = "hr.exit.interview"

    interviewer_token = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)
    interviewer_token_selector = fields.Char(
        copy=False, readonly=True, groups=fields.NO_ACCESS
    )

    _interviewer_token_selector_uniq = models.UniqueIndex(
        "(interviewer_token_selector)", "The links of two interviewers are the same."
    )

    def _renew_interviewer_token(self):
        """Replace the interviewer's link: the one sent before stops working."""
        for interview in self:
            selector, token = make_token()
            interview.write(
                {"interviewer_token_selector": selector, "interviewer_token": token}
            )

    def _revoke_interviewer_token(self):
        """Make the interviewer's link stop working."""
        self.write({"interviewer_token": False, "interviewer_token_selector": False})

    def _get_interviewer_url(self):
        """The link of the outside interviewer; called as superuser.

        :return: absolute address as str
        """
        self.ensure_one()
        if not self.interviewer_token:
            self._renew_interviewer_token()
        return f"{self.get_base_url()}/exit/interviewer/{self.interviewer_token}"

    @api.model
    def _find_by_interviewer_token(self, token):
        """The interview that an outside interviewer's link belongs to, as superuser.

        Wrong, revoked and expired links give the same empty answer.

        :param str token: the last part of the link
        :return: an interview or none, in sudo
        """
        # sudo: hr.exit.interview - the link is the interviewer's key, there is no user
        interview = find_by_token(
            self.sudo(), "interviewer_token_selector", "interviewer_token", token
        )
        return interview.filtered(lambda i: i._is_interviewer_link_open())

    def _is_interviewer_link_open(self):
        """Whether the outside interviewer may read: until the conversation is over."""
        self.ensure_one()
        is_over = self.state in ("closed", "cancelled", "declined")
        return bool(self.outside_interviewer_id) and not is_over
