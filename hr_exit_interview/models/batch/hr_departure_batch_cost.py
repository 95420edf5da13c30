from odoo import fields, models

from ..settlement.hr_settlement_rule import KINDS


class HrDepartureBatchCost(models.Model):
    """One amount that somebody's settlement would have: the what-if, kept to compare.

    The fields are called as on ``hr.settlement.line``, so that both are counted alike.
    """

    _name = "hr.departure.batch.cost"
    _description = "What-If Cost"
    _order = "batch_id, line_id, sequence, id"

    batch_id = fields.Many2one(
        "hr.departure.batch", required=True, ondelete="cascade", index=True
    )
    line_id = fields.Many2one(
        "hr.departure.batch.line",
        string="Leaver",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="batch_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one("res.currency", required=True)
    department_id = fields.Many2one("hr.department", index="btree_not_null")
    rule_id = fields.Many2one(
        "hr.settlement.rule", string="Component", ondelete="set null"
    )
    code = fields.Char(required=True)
    sequence = fields.Integer()
    kind = fields.Selection(KINDS, required=True)
    has_amount = fields.Boolean(
        help="False: the amount is not known, which is not zero."
    )
    amount = fields.Monetary()
    is_counted = fields.Boolean(help="Part of the totals.")
    is_only_if_agreed = fields.Boolean()
    missing_text = fields.Char(
        string="What Is Missing", compute="_compute_missing_text"
    )
    missing = fields.Json()

    def _compute_missing_text(self):
        words = self.env["hr.settlement.words"]
        for cost in self:
            cost.missing_text = words._get_missing_text(cost.missing or ())
