from odoo import api, models


class HrSettlementCached(models.AbstractModel):
    """Numbers of rules, which are read far more often than they are written.

    ``hr.settlement.rate`` keeps its plain numbers in Odoo's cache, which every server
    is told to forget when one of them writes.
    """

    _name = "hr.settlement.cached"
    _description = "Numbers of Rules, Kept in Memory"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
