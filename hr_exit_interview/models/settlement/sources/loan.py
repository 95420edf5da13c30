from odoo import api, models

from ....lib.settlement import exact
from .agreement import HrSettlementSourceAgreement  # noqa: F401 - inherited here


class HrSettlementSourceLoan(models.AbstractModel):
    _name = "hr.settlement.source.loan"
    _inherit = "hr.settlement.source.agreement"
    _description = "Loans and advances"

    _agreement_types = ("loan",)

    @api.model
    def _get_inputs(self, agreement):
        """Return the open balance; set-off at the end is allowed (BW 7:632 lid 1)."""
        return {"amount": exact(agreement.amount) or None}
