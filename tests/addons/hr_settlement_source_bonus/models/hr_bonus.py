from odoo import fields, models


class HrBonus(models.Model):
    """Stands for whatever your app keeps about employees."""

    _name = "hr.bonus"
    _description = "Bonus"

    name = fields.Char(required=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    currency_id = fields.Many2one(related="employee_id.company_id.currency_id")
    amount = fields.Monetary()
    date = fields.Date(required=True)
    is_paid = fields.Boolean()
