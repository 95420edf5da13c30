from odoo import api, models

from .agreement import HrSettlementSourceAgreement  # noqa: F401 - inherited here

COMPETITION = ("non_compete", "non_solicitation")


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

        Non-competition and non-solicitation lose their force when the employer is to
        blame (BW 7:653 lid 4).
        """
        inputs = {
            "agreement_type": agreement.agreement_type,
            "outcome": agreement.outcome or None,
            "date_until": agreement.date_until or None,
        }
        culpable = agreement.departure_id.culpable_party == "employer"
        if culpable and agreement.agreement_type in COMPETITION:
            inputs["notes"] = ["clause_without_force"]
        return inputs
