from odoo import fields, models


class HrExitConfig(models.AbstractModel):
    _inherit = "hr.exit.config"

    exit_departure_retention_years = fields.Integer(
        related="company_id.exit_departure_retention_years", readonly=False
    )
    exit_settlement_retention_years = fields.Integer(
        related="company_id.exit_settlement_retention_years", readonly=False
    )
    exit_access_log_months = fields.Integer(
        related="company_id.exit_access_log_months", readonly=False
    )
    exit_batch_retention_months = fields.Integer(
        related="company_id.exit_batch_retention_months", readonly=False
    )
    exit_draft_retention_months = fields.Integer(
        related="company_id.exit_draft_retention_months", readonly=False
    )
