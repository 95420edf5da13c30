from odoo import api, fields, models

from . import asset  # noqa: F401 - inherited here


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
        return {**item, "assign_date": data["assign_date"]}
