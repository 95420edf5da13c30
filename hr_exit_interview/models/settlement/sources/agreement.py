from odoo import api, models

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceAgreement(models.AbstractModel):
    """What agreements of one type say; each type that has money is a source."""

    _name = "hr.settlement.source.agreement"
    _inherit = "hr.settlement.source"
    _description = "Agreements"

    # Agreement types the source reads, and the inputs of one of them.
    _agreement_types = ()

    @api.model
    def _is_available(self):
        return bool(self._agreement_types) and super()._is_available()

    @api.model
    def _collect(self, rule, departures):
        """Return one item per agreement that was recorded on the departure."""
        agreements = departures.agreement_ids.filtered(
            lambda agreement: agreement.agreement_type in self._agreement_types
        ).grouped("departure_id")
        return {
            departure: [
                {**self._get_origin(agreement), **self._get_inputs(agreement)}
                for agreement in agreements[departure]
            ]
            for departure in departures
            if departure in agreements
        }

    @api.model
    def _get_origin(self, agreement):
        return {
            "label": agreement.name,
            "res_model": agreement._name,
            "res_id": agreement.id,
        }

    @api.model
    def _get_inputs(self, agreement):
        """Return the calculator's inputs for one agreement."""
        return {}
