from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    exit_carry_out_days = fields.Integer(
        related="company_id.exit_carry_out_days", readonly=False
    )
    exit_archive_user = fields.Boolean(
        related="company_id.exit_archive_user", readonly=False
    )
    exit_responsible_id = fields.Many2one(
        related="company_id.exit_responsible_id", readonly=False
    )
    settlement_scheme_id = fields.Many2one(
        related="company_id.settlement_scheme_id", readonly=False
    )
    settlement_responsible_id = fields.Many2one(
        related="company_id.settlement_responsible_id", readonly=False
    )
