from odoo import fields, models


class HrExitConfig(models.AbstractModel):
    """The settings of a company, for every screen that shows them.

    Odoo's own settings are for system administrators, ``hr.exit.settings`` is for exit
    administrators.
    """

    _name = "hr.exit.config"
    _description = "Settings of Exit Interviews"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

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
