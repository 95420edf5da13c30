from odoo import fields, models


class HrSettlementReopen(models.TransientModel):
    """Why a list goes back to draft: asked once, kept with the settlement."""

    _name = "hr.settlement.reopen"
    _description = "Take a Settlement Back to Draft"

    settlement_ids = fields.Many2many("hr.settlement", readonly=True)
    reason = fields.Text(required=True)

    def action_reopen(self):
        """Take the settlements back to draft with the reason.

        :raise UserError: the reason holds only blanks, or a settlement is confirmed
        """
        for wizard in self:
            wizard.settlement_ids.action_back_to_draft(wizard.reason or "")
        return {"type": "ir.actions.act_window_close"}
