from odoo import api, fields, models

from ...models.settlement.hr_settlement_rule import KINDS


class HrSettlementWizardLine(models.TransientModel):
    _name = "hr.settlement.wizard.line"
    _description = "Line to Talk Through"
    _order = "employee_name, sequence, id"

    wizard_id = fields.Many2one(
        "hr.settlement.wizard", required=True, ondelete="cascade", index=True
    )
    departure_id = fields.Many2one("hr.departure", ondelete="cascade")
    employee_id = fields.Many2one("hr.employee")
    employee_name = fields.Char(string="Leaver", readonly=True)
    kind = fields.Selection(KINDS, required=True, default="earning")
    sequence = fields.Integer(default=900)
    source = fields.Char(readonly=True)
    source_label = fields.Char(string="Found In", compute="_compute_source_label")
    code = fields.Char(readonly=True)
    label = fields.Char(readonly=True)
    item_key = fields.Char(readonly=True)
    name = fields.Char(required=True, string="Description")
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    quantity = fields.Float(digits=(16, 2), readonly=True)
    is_amount_known = fields.Boolean(default=True)
    amount = fields.Monetary()
    is_counted = fields.Boolean(default=True)
    is_other_known = fields.Boolean(readonly=True)
    other_amount = fields.Monetary(string="Other Day", readonly=True)
    difference = fields.Monetary(compute="_compute_difference")
    needs_agreement = fields.Boolean(readonly=True)
    missing_text = fields.Char(string="What Is Missing", readonly=True)
    explanation = fields.Text(readonly=True)
    is_to_discuss = fields.Boolean(string="Talk Through", default=True)
    is_manual = fields.Boolean(default=True, readonly=True)
    is_saved = fields.Boolean(readonly=True, help="Is on the settlement by now.")

    @api.depends("source")
    @api.depends_context("lang")
    def _compute_source_label(self):
        labels = dict(self.env["hr.settlement.source"]._get_source_labels())
        for line in self:
            line.source_label = labels.get(line.source)

    @api.depends("amount", "other_amount", "is_other_known")
    def _compute_difference(self):
        for line in self:
            line.difference = (
                line.other_amount - line.amount if line.is_other_known else 0.0
            )

    def _prepare_manual_line(self):
        """Return the values of a settlement line that was typed manually."""
        self.ensure_one()
        return {
            "name": self.name,
            "kind": self.kind,
            "amount_proposed": self.amount,
            "is_amount_known": self.kind in ("earning", "deduction"),
            "is_to_discuss": self.is_to_discuss,
            "is_manual": True,
        }
