from odoo import fields, models


class HrExitConfig(models.AbstractModel):
    _inherit = "hr.exit.config"

    exit_adviser_name = fields.Char(
        related="company_id.exit_adviser_name", readonly=False
    )
    exit_adviser_contact = fields.Char(
        related="company_id.exit_adviser_contact", readonly=False
    )
    exit_reporting_channel = fields.Char(
        related="company_id.exit_reporting_channel", readonly=False
    )
    exit_text_retention_months = fields.Integer(
        related="company_id.exit_text_retention_months", readonly=False
    )
    exit_code_retention_months = fields.Integer(
        related="company_id.exit_code_retention_months", readonly=False
    )
