from odoo import models
from odoo.exceptions import AccessError, UserError


class HrDeparture(models.Model):
    """The personal link in the hands of HR: for the letter, and noted every time."""

    _inherit = "hr.departure"

    def action_show_page_link(self):
        """Show the personal link, for a letter or when the leaver lost it.

        :raises AccessError: for the manager and whoever took part in the decision
        :raises UserError: there is no page, or no longer
        """
        self.ensure_one()
        departure = self._get_for_page_link()
        departure._message_log(body=self.env._("The personal link was shown."))
        return self._open_page_link()

    def action_renew_page_link(self):
        """Replace the personal link and show the new one."""
        self.ensure_one()
        departure = self._get_for_page_link()
        departure._renew_exit_token()
        departure._message_log(
            body=self.env._("The personal link was replaced; the old one is dead.")
        )
        return self._open_page_link()

    def _get_for_page_link(self):
        """Return the departure as superuser when this user may have its link.

        The link opens the conversation, so it is for who may read that: an HR exit
        officer who is neither the leaver's manager nor took part in the decision.
        """
        self.check_access("write")
        # sudo: hr.departure - who decided is checked, not shown
        departure = self.sudo()
        if not self.env.su and self.env.user in departure._get_barred_users():
            raise AccessError(
                self.env._(
                    "You are the manager of %(employee)s or took part in the decision: "
                    "a colleague in HR gives the link.",
                    employee=departure.employee_name,
                )
            )
        if not departure._is_exit_page_open():
            raise UserError(
                self.env._(
                    "%(employee)s has no page: it is for leavers of today, until what "
                    "they said is erased.",
                    employee=departure.employee_name,
                )
            )
        return departure

    def _open_page_link(self):
        # sudo: hr.departure.page.link - made here alone, after the checks above
        link = (
            self.env["hr.departure.page.link"]
            .sudo()
            .create({"departure_id": self.id, "url": self.sudo()._get_exit_url()})
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personal Link of a Leaver"),
            "res_model": link._name,
            "res_id": link.id,
            "view_mode": "form",
            "target": "new",
        }
