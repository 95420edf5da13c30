from odoo import api, models

from ....lib.settlement import exact
from .agreement import HrSettlementSourceAgreement  # noqa: F401 - inherited here


class HrSettlementSourceStudyCosts(models.AbstractModel):
    _name = "hr.settlement.source.study_costs"
    _inherit = "hr.settlement.source.agreement"
    _description = "Agreements on study costs"

    _agreement_types = ("study_costs",)

    @api.model
    def _get_inputs(self, agreement):
        """Costs and scale (BW 7:611a; HR 10 June 1983, Muller/Van Opzeeland)."""
        departure = agreement.departure_id
        is_yearly = agreement.repayment_scale == "yearly"
        return {
            "yearly_steps": agreement._get_yearly_percentages() if is_yearly else None,
            "cost": exact(agreement.amount) or None,
            "months_total": agreement.months_total or None,
            "completed_date": agreement.date_completed or None,
            "last_day": departure._get_last_day(),
            "is_mandatory": agreement.is_mandatory_training,
            "employer_initiative": departure.initiative == "employer",
            "agreed": agreement.is_recoverable_agreed,
        }
