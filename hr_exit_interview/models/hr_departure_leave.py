from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class HrDeparture(models.Model):
    """Leave that core cuts or deletes, whether or not it is ever paid out."""

    _inherit = "hr.departure"

    def _prepare_leave_values(self):
        """What core is about to cut, to put back or to list.

        :return: dict {departure: JSON-able dict}
        """
        allocations = self._get_cut_allocations()
        leaves = self._get_cut_leaves()
        return {
            departure: {
                "allocations": allocations[departure],
                "leaves": leaves[departure],
            }
            for departure in self
        }

    def _restore_leave(self, data):
        return self._restore_allocations(
            data.get("allocations", [])
        ) + self._list_lost_leaves(data.get("leaves", []))

    def _get_cut_allocations(self):
        """Allocations that end after the last day, or never.

        :return: dict {departure: list of dicts}
        """
        domain = Domain("date_to", "=", False) | Domain(
            "date_to", ">", min(self.mapped("departure_date"))
        )
        allocations = self._search_of_leavers("hr.leave.allocation", domain)
        return {
            departure: [
                {
                    "id": allocation.id,
                    "name": allocation.display_name,
                    "date_to": fields.Date.to_string(allocation.date_to),
                }
                for allocation in allocations[departure]
                if not allocation.date_to
                or allocation.date_to > departure.departure_date
            ]
            for departure in self
        }

    def _get_cut_leaves(self):
        """Leave that reaches beyond the last day, in whatever state.

        :return: dict {departure: list of dicts}
        """
        domain = Domain("state", "not in", ("cancel", "refuse")) & Domain(
            "request_date_to", ">", min(self.mapped("departure_date"))
        )
        leaves = self._search_of_leavers("hr.leave", domain)
        return {
            departure: [
                {
                    "id": leave.id,
                    "name": leave.holiday_status_id.name,
                    "state": leave.state,
                    "from": fields.Date.to_string(leave.request_date_from),
                    "to": fields.Date.to_string(leave.request_date_to),
                }
                for leave in leaves[departure]
                if leave.request_date_to > departure.departure_date
            ]
            for departure in self
        }

    def _search_of_leavers(self, model, domain):
        """Records of the leavers as superuser, in one query.

        :return: dict {departure: records}
        """
        domain &= Domain("employee_id", "in", self.employee_id.ids)
        # sudo: hr.leave, hr.leave.allocation - whoever registers a departure need not
        # be a time off officer
        found = self.env[model].sudo().search(domain).grouped("employee_id")
        return {
            departure: found.get(departure.employee_id, self.env[model])
            for departure in self
        }

    def _restore_allocations(self, values_list):
        allocations = self.env["hr.leave.allocation"].browse(
            values["id"] for values in values_list
        )
        kept = allocations.exists()
        by_end = defaultdict(kept.browse)
        for values in values_list:
            allocation = kept.browse(values["id"]) & kept
            if allocation.date_to != (fields.Date.to_date(values["date_to"]) or False):
                by_end[values["date_to"]] |= allocation
        for date_to, changed in by_end.items():
            changed.write({"date_to": date_to})
        lost = (allocations - kept)._ids
        return [
            self.env._("Allocation deleted: %(name)s.", name=values["name"])
            for values in values_list
            if values["id"] in lost
        ]

    def _list_lost_leaves(self, values_list):
        states = {
            leave.id: (leave.state, fields.Date.to_string(leave.request_date_to))
            for leave in self.env["hr.leave"]
            .browse(values["id"] for values in values_list)
            .exists()
        }
        return [
            self.env._(
                "Time off %(name)s from %(start)s to %(end)s was cut, cancelled or "
                "deleted: ask for it again.",
                name=values["name"],
                start=format_date(self.env, values["from"]),
                end=format_date(self.env, values["to"]),
            )
            for values in values_list
            if states.get(values["id"]) != (values["state"], values["to"])
        ]
