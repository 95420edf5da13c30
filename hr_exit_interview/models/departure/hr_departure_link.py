import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import consteq

from . import hr_departure  # noqa: F401 - extended here

# The front part finds the record by index, the whole is then compared in constant
# time: looking up the secret itself would leak it by how long the search takes.
SELECTOR_BYTES = 9
SECRET_BYTES = 24
SELECTOR_LENGTH = SELECTOR_BYTES * 4 // 3
TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_-]{44}")


def make_token():
    """Return (selector, token): what finds the record, and the whole secret."""
    selector = secrets.token_urlsafe(SELECTOR_BYTES)
    return selector, selector + secrets.token_urlsafe(SECRET_BYTES)


def find_by_token(records, selector_field, token_field, token):
    """Return the record that a link belongs to, whatever was typed or sent as one.

    :param records: the model to look in, in sudo: the link is the key, there is no user
    :return: a record or none
    """
    # Ours are of this kind; anything else could upset database or comparison.
    if not token or not TOKEN_PATTERN.fullmatch(token):
        return records.browse()
    record = records.search(
        Domain(selector_field, "=", token[:SELECTOR_LENGTH]), limit=1
    )
    return record if consteq(record[token_field] or "", token) else records.browse()


class HrDeparture(models.Model):
    """The leaver's personal link: one per departure, without a login.

    In the hands of HR it is for a letter, and logged every time.
    """

    _inherit = "hr.departure"

    exit_token = fields.Char(copy=False, readonly=True, groups=fields.NO_ACCESS)
    exit_token_selector = fields.Char(
        copy=False, readonly=True, groups=fields.NO_ACCESS
    )

    _exit_token_selector_uniq = models.UniqueIndex(
        "(exit_token_selector)", "The personal links of two departures are the same."
    )

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

    def _ensure_exit_token(self):
        """Give each departure its personal link, once; called as superuser."""
        for departure in self.filtered(lambda d: not d.exit_token):
            departure._renew_exit_token()

    def _renew_exit_token(self):
        """Replace the personal link: the one sent before stops working."""
        for departure in self:
            selector, token = make_token()
            departure.write({"exit_token_selector": selector, "exit_token": token})

    def _revoke_exit_token(self):
        """Make the personal link stop working."""
        self.write({"exit_token": False, "exit_token_selector": False})

    def _get_exit_url(self):
        """Return the leaver's personal link; called as superuser.

        :return: absolute address as str
        """
        self.ensure_one()
        self._ensure_exit_token()
        return f"{self.get_base_url()}/exit/{self.exit_token}"

    @api.model
    def _find_by_exit_token(self, token):
        """Return the departure that a personal link belongs to, as superuser.

        Wrong, revoked and expired links give the same empty answer.

        :param str token: the last part of the link
        :return: a departure or none, in sudo
        """
        # sudo: hr.departure - the link is the leaver's key, there is no user
        departure = find_by_token(
            self.sudo(), "exit_token_selector", "exit_token", token
        )
        return departure.filtered(lambda d: d._is_exit_page_open())

    def _is_exit_page_open(self):
        """Tell whether the leaver's page can be read: until the answers are deleted."""
        self.ensure_one()
        end = self._get_exit_page_end()
        return not end or fields.Date.context_today(self) <= end

    def _get_exit_page_end(self):
        """Return the last day on which the leaver's page works: the retention of texts.

        :return: date, or None without a last day
        """
        self.ensure_one()
        months = self.company_id.exit_text_retention_months
        return self.departure_date and fields.Date.add(
            self.departure_date, months=months
        )

    def _get_for_page_link(self):
        """Return the departure as superuser when this user may have its link.

        The link opens the conversation, so it is for those who may read that: HR
        exit officers who neither manage the leaver nor took part in the decision.
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
