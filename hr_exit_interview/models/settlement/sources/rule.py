from odoo import api, models

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceRule(models.AbstractModel):
    _name = "hr.settlement.source.rule"
    _inherit = "hr.settlement.source"
    _description = "The rule itself"

    @api.model
    def _collect(self, rule, departures):
        """Return one item for everybody.

        A thing to hand in, a paper, something to know.
        """
        return {departure: [{}] for departure in departures}
