from odoo import api, models
from odoo.fields import Domain

from . import asset  # noqa: F401 - inherited here


class HrSettlementSourceVehicle(models.AbstractModel):
    _name = "hr.settlement.source.vehicle"
    _inherit = "hr.settlement.source.asset"
    _description = "Company cars"

    _asset_model = "fleet.vehicle"
    _employee_field = "driver_employee_id"

    @api.model
    def _prepare_snapshots(self, things):
        """Keep the last odometer value with the car, and who drove it."""
        # Core computes the odometer car by car: read all of them at once.
        odometers = dict(
            # sudo: fleet.vehicle.odometer - the officer settling need not manage cars
            self.env["fleet.vehicle.odometer"]
            .sudo()
            ._read_group(
                Domain("vehicle_id", "in", things.ids), ["vehicle_id"], ["value:max"]
            )
        )
        snapshots = super()._prepare_snapshots(things)
        for car, data in snapshots.items():
            data["odometer"] = odometers.get(car, 0)
            data["odometer_unit"] = car.odometer_unit
            data["driver_id"] = car.driver_id.id
        return snapshots

    @api.model
    def _prepare_from_snapshot(self, data):
        item = super()._prepare_from_snapshot(data)
        names = ("odometer", "odometer_unit")
        return item | {name: data[name] for name in names}

    @api.model
    def _assign(self, things, departure):
        """Core clears the driver's contact too: put both back."""
        drivers = {
            data["id"]: data["driver_id"] for data in self._get_snapshot(departure)
        }
        for car in things:
            car.driver_id = drivers[car.id]
        return super()._assign(things, departure)
