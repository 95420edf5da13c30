from odoo import fields, models

from ...lib.groups import ADMIN


class ResCompany(models.Model):
    _inherit = "res.company"

    exit_setup_seen = fields.Json(
        string="Set-Up Steps Seen",
        groups=ADMIN,
        help="Codes of the set-up steps that are done once somebody looked.",
    )
