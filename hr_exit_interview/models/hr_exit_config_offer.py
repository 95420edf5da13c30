from odoo import fields, models


class HrExitConfig(models.AbstractModel):
    _inherit = "hr.exit.config"

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
