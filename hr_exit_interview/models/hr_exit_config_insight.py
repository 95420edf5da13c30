from odoo import fields, models


class HrExitConfig(models.AbstractModel):
    _inherit = "hr.exit.config"

    exit_insight_minimum = fields.Integer(
        related="company_id.exit_insight_minimum", readonly=False
    )
    exit_insight_batch = fields.Integer(
        related="company_id.exit_insight_batch", readonly=False
    )
    exit_signal_consent_date = fields.Date(
        related="company_id.exit_signal_consent_date", readonly=False
    )
    exit_signal_policy = fields.Binary(
        related="company_id.exit_signal_policy", readonly=False
    )
    exit_signal_policy_name = fields.Char(
        related="company_id.exit_signal_policy_name", readonly=False
    )
    exit_signal_user_ids = fields.Many2many(
        related="company_id.exit_signal_user_ids", readonly=False
    )
    exit_signal_months = fields.Integer(
        related="company_id.exit_signal_months", readonly=False
    )
    exit_signal_company_months = fields.Integer(
        related="company_id.exit_signal_company_months", readonly=False
    )
    exit_signal_scope = fields.Selection(
        related="company_id.exit_signal_scope", readonly=False
    )
    exit_digest_user_ids = fields.Many2many(
        related="company_id.exit_digest_user_ids", readonly=False
    )
