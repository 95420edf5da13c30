from odoo import fields, models


class HrExitSignalLook(models.Model):
    """Who opened a signal, and when."""

    _name = "hr.exit.signal.look"
    _description = "Opening of a Signal"
    _order = "id desc"
    _rec_name = "user_id"

    signal_id = fields.Many2one(
        "hr.exit.signal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="signal_id.company_id")
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    create_date = fields.Datetime(string="Opened On", readonly=True)
