from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import UserError


class HrSettlementConfirm(models.TransientModel):
    """What is still open on a list that somebody confirms all the same."""

    _name = "hr.settlement.confirm"
    _description = "Confirm a Settlement with Open Points"

    settlement_ids = fields.Many2many("hr.settlement", readonly=True)
    open_points = fields.Text(compute="_compute_open_points")
    is_acknowledged = fields.Boolean(string="I have seen these points")

    @api.depends("settlement_ids")
    @api.depends_context("lang")
    def _compute_open_points(self):
        for wizard in self:
            points = wizard.settlement_ids._get_open_points().values()
            wizard.open_points = "\n".join(chain.from_iterable(points))

    def action_confirm(self):
        """Confirm the settlements; what is open is kept in the chatter.

        :raise UserError: nobody said that the points were seen
        """
        for wizard in self:
            if not wizard.is_acknowledged:
                raise UserError(
                    self.env._(
                        "Tick that you have seen the open points, or go back and"
                        " settle them first."
                    )
                )
            wizard.settlement_ids.action_confirm(is_acknowledged=True)
        return {"type": "ir.actions.act_window_close"}
