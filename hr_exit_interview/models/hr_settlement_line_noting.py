from odoo import api, models

from .hr_settlement_change import LINE_FIELDS


class HrSettlementLine(models.Model):
    """A line that changes tells the list, which notes it once it was checked."""

    _inherit = "hr.settlement.line"

    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals["settlement_id"] for vals in vals_list if vals.get("settlement_id")}
        settlements = self.env["hr.settlement"].browse(ids)
        with settlements._noting_changes() as noting:
            lines = super(HrSettlementLine, self.with_env(noting.env)).create(vals_list)
        return lines.with_env(self.env)

    def write(self, vals):
        with self.settlement_id._noting_changes() as noting:
            return super(HrSettlementLine, self.with_env(noting.env)).write(vals)

    def unlink(self):
        with self.settlement_id._noting_changes() as noting:
            return super(HrSettlementLine, self.with_env(noting.env)).unlink()

    def _get_change_key(self):
        """Return what a line is recognised by after the list was computed again."""
        return self.id if self.is_manual else self._get_origin_key()

    def _get_followed_values(self):
        """Return what is compared of a line; an amount not known is none."""
        values = self.env["hr.settlement.change"]._read_values(self, LINE_FIELDS)
        amount = values["amount"] if self.has_amount else None
        return {
            **values,
            "amount": amount,
            "is_manual": self.is_manual,
            "about": {
                "line_name": self.name,
                "rule_id": self.rule_id.id,
                "label": self.label,
            },
        }
