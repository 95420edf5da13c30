from odoo import api, models
from odoo.tools import format_date


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
    def _get_origin(self, agreement):
        """Name the clause, what becomes of it and until when."""
        origin = super()._get_origin(agreement)
        outcomes = dict(agreement._fields["outcome"]._description_selection(self.env))
        parts = [agreement.name, outcomes.get(agreement.outcome)]
        if agreement.date_until:
            until = format_date(self.env, agreement.date_until)
            parts.append(self.env._("until %(day)s", day=until))
        origin["label"] = ", ".join(filter(None, parts))
        return origin

    @api.model
    def _get_inputs(self, agreement):
        """A non-compete clause loses its force when the employer is to blame."""
        culpable = agreement.departure_id.culpable_party == "employer"
        if culpable and agreement.agreement_type == "non_compete":
            return {"notes": ["clause_without_force"]}
        return {}
