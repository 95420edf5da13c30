from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    exit_setup_seen = fields.Json(
        string="Set-Up Steps Seen",
        groups="hr_exit_interview.group_exit_admin",
        help="Codes of the set-up steps that are done once somebody looked.",
    )
