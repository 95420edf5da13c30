from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    settlement_responsible_id = fields.Many2one(
        "res.users",
        string="Responsible for Settlements",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Is reminded of settlements that are overdue. Empty: who checked the"
        " settlement, otherwise somebody with the payroll role.",
    )
