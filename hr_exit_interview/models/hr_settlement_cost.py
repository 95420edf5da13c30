from odoo import api, fields, models
from odoo.fields import Domain

from .hr_settlement_line import SIGNED_KINDS


class HrSettlementLine(models.Model):
    """Lines as costs, by department and component."""

    _inherit = "hr.settlement.line"

    department_id = fields.Many2one(related="settlement_id.department_id")
    last_day = fields.Date(related="settlement_id.last_day")

    @api.model
    def _get_cost_domain(self):
        """Return the domain of what leaving costs, also where it is not known yet.

        What the normal payslip pays anyway is no cost of leaving.
        """
        return (
            Domain("kind", "in", SIGNED_KINDS)
            & Domain("is_reference", "=", False)
            & Domain("state", "!=", "not_applicable")
            & Domain("settlement_id.state", "!=", "cancelled")
        )
