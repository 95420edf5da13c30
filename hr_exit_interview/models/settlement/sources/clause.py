from odoo import api, models

from .agreement import HrSettlementSourceAgreement  # noqa: F401 - inherited here


class HrSettlementSourceClause(models.AbstractModel):
    _name = "hr.settlement.source.clause"
    _inherit = "hr.settlement.source.agreement"
    _description = "Clauses that remain"

    _agreement_types = (
        "confidentiality",
        "non_compete",
        "non_solicitation",
        "settlement_agreement",
        "other",
    )

    @api.model
    def _get_inputs(self, agreement):
        """Return what becomes of the clause and until when.

        A non-compete clause loses its force when the employer is to blame.
        """
        inputs = {
            "outcome": agreement.outcome or None,
            "date_until": agreement.date_until or None,
        }
        culpable = agreement.departure_id.culpable_party == "employer"
        if culpable and agreement.agreement_type == "non_compete":
            inputs["notes"] = ["clause_without_force"]
        return inputs
