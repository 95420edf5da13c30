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
    holiday_payment_month = fields.Selection(
        related="company_id.holiday_payment_month", readonly=False
    )
    settlement_responsible_id = fields.Many2one(
        related="company_id.settlement_responsible_id", readonly=False
    )

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

    exit_offer_mode = fields.Selection(
        related="company_id.exit_offer_mode", readonly=False
    )
    exit_offer_hold_days = fields.Integer(
        related="company_id.exit_offer_hold_days", readonly=False
    )
    exit_reminder_days = fields.Integer(
        related="company_id.exit_reminder_days", readonly=False
    )
    exit_reminder_max = fields.Integer(
        related="company_id.exit_reminder_max", readonly=False
    )
    exit_close_days = fields.Integer(
        related="company_id.exit_close_days", readonly=False
    )
    exit_private_email_days = fields.Integer(
        related="company_id.exit_private_email_days", readonly=False
    )
    exit_second_days = fields.Integer(
        related="company_id.exit_second_days", readonly=False
    )
    exit_talk_minutes = fields.Integer(
        related="company_id.exit_talk_minutes", readonly=False
    )
    exit_interviewer_ids = fields.Many2many(
        related="company_id.exit_interviewer_ids", readonly=False
    )
    exit_second_line = fields.Boolean(
        related="company_id.exit_second_line", readonly=False
    )

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
