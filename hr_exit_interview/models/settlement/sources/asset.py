from odoo import api, models
from odoo.fields import Domain

from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceAsset(models.AbstractModel):
    """Things of another app that a leaver hands back.

    Core's departure wizard unassigns them, so after it ran the snapshot taken just
    before it says what there was.
    """

    _name = "hr.settlement.source.asset"
    _inherit = "hr.settlement.source"
    _description = "Things to hand back"

    # The model of the things and its field that points to the employee.
    _asset_model = None
    _employee_field = None

    @api.model
    def _is_available(self):
        """Return the field comes with the bridge module, not with the app itself."""
        model = self._asset_model
        return model in self.env and self._employee_field in self.env[model]._fields

    @api.model
    def _collect(self, rule, departures):
        """Return one item per thing in use on the last day."""
        current, data = self._get_things(departures)
        result = {}
        for departure in departures:
            things = current.get(departure.employee_id, ())
            snapshot = self._get_snapshot(departure)
            if departure.state == "done" and snapshot is not None:
                items = [self._prepare_from_snapshot(data) for data in snapshot]
            else:
                items = [self._prepare_from_snapshot(data[thing]) for thing in things]
            if items:
                result[departure] = items
        return result

    @api.model
    def _get_things(self, departures):
        """Return ({employee: things}, {thing: JSON data}) of what is assigned now."""
        # sudo: things of another app - the officer settling need not be its user
        things = (
            self.env[self._asset_model]
            .sudo()
            .search(Domain(self._employee_field, "in", departures.employee_id.ids))
        )
        return things.grouped(self._employee_field), self._prepare_snapshots(things)

    @api.model
    def _prepare_snapshots(self, things):
        """Return {thing: JSON data}; extend it to keep more of each."""
        return {thing: {"id": thing.id, "name": thing.display_name} for thing in things}

    @api.model
    def _prepare_from_snapshot(self, data):
        return {
            "label": data["name"],
            "res_model": self._asset_model,
            "res_id": data["id"],
        }

    @api.model
    def _snapshot(self, departures):
        """Keep what is assigned to the leavers."""
        things, data = self._get_things(departures)
        return {
            departure: [data[thing] for thing in things.get(departure.employee_id, ())]
            for departure in departures
            if departure.employee_id
        }

    @api.model
    def _restore(self, departures):
        """Assign things again that nobody else uses by now."""
        losses = {}
        for departure in departures:
            snapshot = self._get_snapshot(departure) or ()
            # sudo: things of another app - withdrawing puts back what core took away
            things = self.env[self._asset_model].sudo()
            things = things.browse([data["id"] for data in snapshot]).exists()
            free = things.filtered(lambda thing: not thing[self._employee_field])
            self._assign(free, departure)
            losses[departure] = [
                self._get_loss(data)
                for data in snapshot
                if things.browse(data["id"]) not in things
                or things.browse(data["id"])[self._employee_field]
                != departure.employee_id
            ]
        return losses

    @api.model
    def _assign(self, things, departure):
        """Assign things to the person who stays after all."""
        return things.write({self._employee_field: departure.employee_id.id})

    @api.model
    def _get_loss(self, data):
        return self.env._(
            "%(thing)s is in use by somebody else or gone.", thing=data["name"]
        )
