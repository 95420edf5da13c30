from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...lib.groups import ADMIN

# How far ahead is looked: time enough to set a hold.
DAYS_AHEAD = 31


class HrExitRetentionPreview(models.TransientModel):
    """One line of what will go: of whom, what, how much and when."""

    _name = "hr.exit.retention.preview"
    _description = "What Will Go"
    _order = "due_date, id"
    _rec_name = "person"

    company_id = fields.Many2one("res.company", readonly=True)
    subject = fields.Char(string="What", readonly=True)
    person = fields.Char(string="Of Whom", readonly=True)
    record_count = fields.Integer(string="How Many", readonly=True)
    due_date = fields.Date(string="Goes On", readonly=True)
    hold_until = fields.Date(string="Held Until", readonly=True)
    is_due = fields.Boolean(string="Due", readonly=True)

    @api.model
    def action_open(self):
        """Look up what goes this month, in the companies that are switched on.

        :raises AccessError: for anyone who is no exit administrator
        """
        self._check_admin()
        lines = self._look_up()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Will Go"),
            "res_model": self._name,
            "view_mode": "list",
            "domain": [("id", "in", lines.ids)],
            "context": {"search_default_group_subject": 1},
            "help": self._get_help(),
        }

    @api.model
    def _get_help(self):
        """What the empty list says."""
        return Markup(
            '<p class="o_view_nocontent_smiling_face">{title}</p><p>{text}</p>'
        ).format(
            title=self.env._("Nothing goes in the next %s days", DAYS_AHEAD),
            text=self.env._(
                "How long things are kept is in the settings, under Privacy. What is "
                "held for a claim stays until the hold ends."
            ),
        )

    def action_purge(self):
        """Remove what is due today, without waiting for the night."""
        self._check_admin()
        # sudo: the subjects remove what the user may not even read
        self.env["hr.exit.retention"].sudo()._purge_due(self.env.companies, "manual")
        return self.action_open()

    @api.model
    def _check_admin(self):
        if not self.env.su and not self.env.user.has_group(ADMIN):
            raise AccessError(
                self.env._("Only exit administrators see and remove what is due.")
            )

    @api.model
    def _look_up(self):
        """Return fresh lines, in the place of those shown before."""
        today = fields.Date.context_today(self)
        ahead = today + timedelta(days=DAYS_AHEAD)
        # sudo: hr.exit.retention.preview - lines are made here, never typed
        lines = self.sudo()
        lines.search([("create_uid", "=", self.env.uid)]).unlink()
        return lines.create(
            [
                {
                    **values,
                    "subject": subject._get_label(),
                    "company_id": company.id,
                    "is_due": values["due_date"] <= today and not values["hold_until"],
                }
                for company in self.env.companies
                for subject in self.env["hr.exit.retention"]._get_subjects()
                for values in subject._preview(company, ahead)
            ]
        )
