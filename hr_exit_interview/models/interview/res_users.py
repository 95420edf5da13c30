from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Replace an interviewer who is archived or loses the role."""
        result = super().write(vals)
        if not vals.keys() & {"active", "group_ids"} or self._is_exit_uninstalled():
            return result
        if vals.get("active") is False:
            self.env["hr.exit.interview"]._replace_interviewers(self)
        elif "group_ids" in vals:
            self.env["hr.exit.interview"]._replace_interviewers(self.browse())
        return result

    def _is_exit_uninstalled(self):
        """Tell whether the roles go because the addon does: then nobody is replaced."""
        # sudo: ir.module.module - what is installed is no secret
        modules = self.env["ir.module.module"].sudo()
        return modules._get("hr_exit_interview").state == "to remove"
