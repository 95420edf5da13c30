from odoo import api, fields, models
from odoo.tools import format_date


class HrSettlementSourceEquipment(models.AbstractModel):
    _name = "hr.settlement.source.equipment"
    _inherit = "hr.settlement.source.asset"
    _description = "Equipment"

    _asset_model = "maintenance.equipment"
    _employee_field = "employee_id"

    @api.model
    def _prepare_snapshots(self, things):
        """Keep the day it was handed out: core forgets it when unassigning."""
        snapshots = super()._prepare_snapshots(things)
        for thing, data in snapshots.items():
            data["assign_date"] = fields.Date.to_string(thing.assign_date)
        return snapshots

    @api.model
    def _prepare_from_snapshot(self, data):
        item = super()._prepare_from_snapshot(data)
        if data["assign_date"]:
            day = format_date(self.env, data["assign_date"])
            item["label"] = self.env._(
                "%(thing)s (since %(day)s)", thing=data["name"], day=day
            )
        return item
