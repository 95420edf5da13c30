from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """An interviewer who is archived or loses the role gets a successor."""
        result = super().write(vals)
        if vals.get("active") is False:
            self.env["hr.exit.interview"]._replace_interviewers(self)
        elif "group_ids" in vals:
            self.env["hr.exit.interview"]._replace_interviewers(self.browse())
        return result
