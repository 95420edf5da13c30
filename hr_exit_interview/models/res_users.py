from odoo import models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """An interviewer who is archived or loses the role gets a successor."""
        result = super().write(vals)
        if self.env.context.get(MODULE_UNINSTALL_FLAG):
            # The roles go because the addon does: nobody is replaced, nothing mailed.
            return result
        if vals.get("active") is False:
            self.env["hr.exit.interview"]._replace_interviewers(self)
        elif "group_ids" in vals:
            self.env["hr.exit.interview"]._replace_interviewers(self.browse())
        return result
