from odoo import api, models
from odoo.fields import Domain


class HrSettlementSourceBonus(models.AbstractModel):
    _name = "hr.settlement.source.bonus"
    _inherit = "hr.settlement.source"
    _description = "Bonuses"

    _source_models = ("hr.bonus",)

    @api.model
    def _collect(self, rule, departures):
        """One item per bonus promised up to the last day and not paid."""
        # sudo: hr.bonus - the officer settling need not see bonuses
        bonuses = self.env["hr.bonus"].sudo()
        found = bonuses.search(
            Domain("employee_id", "in", departures.sudo().employee_id.ids)
            & Domain("is_paid", "=", False)
        ).grouped("employee_id")
        result = {}
        for departure in departures:
            own = found.get(departure.sudo().employee_id, bonuses)
            last_day = departure._get_last_day()
            items = [self._get_item(bonus) for bonus in own if bonus.date <= last_day]
            if items:
                result[departure] = items
        return result

    @api.model
    def _get_item(self, bonus):
        return {
            "label": bonus.name,
            "res_model": bonus._name,
            "res_id": bonus.id,
            "amount": bonus.amount or None,
        }
