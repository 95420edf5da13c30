from collections import defaultdict
from datetime import date

from odoo import Command, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...lib.settlement import merge_service
from .hr_departure import OPEN_STATES

ENDLESS = date(9000, 1, 1)
SNAPSHOT_FIELDS = (
    "department_id",
    "job_id",
    "manager_id",
    "version_id",
    "contract_type_id",
    "service_start_date",
    "contract_start_date",
    "contract_end_date",
    "weekly_hours",
    "wage",
    "birthday",
    "lang",
    "subordinate_ids",
)


class HrDeparture(models.Model):
    """What core forgets about a leaver or cuts, leave included."""

    _inherit = "hr.departure"

    snapshot_data = fields.Json(
        copy=False,
        groups="hr.group_hr_user",
        help="What other apps hold for the leaver, per settlement source, read before "
        "core changes it.",
    )
    restore_data = fields.Json(
        copy=False,
        groups="hr.group_hr_user",
        help="What core's wizard was about to change on employees, user and contract: "
        "put back when the departure is withdrawn.",
    )

    def action_refresh_snapshot(self):
        """Read the snapshot again from the employee, after a correction there."""
        open_departures = self.filtered(lambda d: d.state in OPEN_STATES)
        for departure, values in open_departures._snapshot_values().items():
            # sudo: hr.departure - wage and contract are for HR managers; the officer
            # who refreshes them does not see them
            departure.sudo().write(values)

    def _prepare_leave_values(self):
        """Return what core is about to cut, to put back or to list.

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
        """Return allocations that end after the last day, or never.

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
        """Return leave that reaches beyond the last day, in whatever state.

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
        """Return records of the leavers as superuser, in one query.

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

    def _add_snapshots(self, vals_list):
        """Add the snapshot to values of departures to create, where not given.

        :return: list of dicts, in order: what the user may not write
        """
        hidden = {
            name
            for name in SNAPSHOT_FIELDS
            if not self._has_field_access(self._fields[name], "write")
        }
        restricted_list = []
        for vals, snapshot in zip(
            vals_list, self._snapshot_new(vals_list), strict=True
        ):
            missing = {name: snapshot[name] for name in snapshot.keys() - vals.keys()}
            restricted_list.append(
                {name: missing.pop(name) for name in hidden & missing.keys()}
            )
            vals.update(missing)
        return restricted_list

    def _snapshot_new(self, vals_list):
        """The snapshot for each of ``vals_list``, empty without an employee."""
        names = ("employee_id", "notice_date", "departure_date", "is_historical")
        departures = self.browse().concat(
            *(
                self.new({name: vals[name] for name in names if name in vals})
                for vals in vals_list
            )
        )
        values = departures._snapshot_values()
        return [values.get(departure, {}) for departure in departures]

    def _snapshot_values(self):
        """Who the leaver is at notice: unit, manager, contract, wage and reports.

        A fixed number of queries for any number of departures. Override to freeze
        more: extend the values of the departures you know something about.

        :return: dict {departure: values of SNAPSHOT_FIELDS}, without the departures
            that have no employee
        """
        departures = self.filtered("employee_id")
        # sudo: hr.version, hr.employee - contract and birthday are frozen for the
        # settlement; the fields that hold them carry core's own groups
        employees = departures.employee_id.sudo()
        versions = (
            employees.env["hr.version"]
            .with_context(active_test=True)
            .search([("employee_id", "in", employees.ids)], order="date_version, id")
            .grouped("employee_id")
        )
        reports = (
            employees.with_context(active_test=True)
            .search([("parent_id", "in", employees.ids)])
            .grouped("parent_id")
        )
        gaps = departures._get_service_gaps()
        return {
            departure: departure._prepare_snapshot(
                departure.employee_id.sudo(),
                versions.get(departure.employee_id, employees.env["hr.version"]),
                reports.get(departure.employee_id, employees.browse()),
                gaps.get(departure, 0),
            )
            for departure in departures
        }

    def _get_service_gaps(self):
        """Return {departure: months between contracts that are one service}; extend it.

        Who is left out has contracts without a gap as one service.
        """
        return {}

    def _prepare_snapshot(self, employee, versions, reports, gap):
        """Return the snapshot values of one departure, from records already read."""
        version = self._get_version_at_notice(versions)
        lang = employee.lang or employee.user_id.lang
        values = {
            "department_id": version.department_id.id,
            "job_id": version.job_id.id,
            "manager_id": employee.parent_id.id,
            "version_id": version.id,
            "contract_type_id": version.contract_type_id.id,
            "service_start_date": self._get_service_start(versions, version, gap),
            "contract_start_date": version.contract_date_start,
            "contract_end_date": version.contract_date_end,
            "weekly_hours": version.resource_calendar_id.hours_per_week,
            "wage": version.wage,
            "birthday": employee.birthday,
            # An employee keeps a language that was switched off since.
            "lang": lang in dict(self.env["res.lang"].get_installed()) and lang,
            "subordinate_ids": [Command.set(reports.ids)],
        }
        return values | self._prepare_unlikely_starts(values)

    def _prepare_unlikely_starts(self, values):
        """Leave out starts after the last day: in old data nobody can correct them."""
        if not self.is_historical or not self.departure_date:
            return {}
        return {
            name: False
            for name in ("service_start_date", "contract_start_date")
            if values[name] and values[name] > self.departure_date
        }

    def _get_version_at_notice(self, versions):
        """The version in force when notice was given, today when that is unknown."""
        day = self.notice_date or fields.Date.context_today(self)
        if self.departure_date:
            day = min(day, self.departure_date)
        in_force = versions.filtered(lambda version: version.date_version <= day)
        return in_force[-1:] or versions[:1]

    def _get_service_start(self, versions, version, gap):
        """Return the first day in service: the start of a chain of contracts.

        Contracts at most ``gap`` months apart are one chain. Without contract dates it
        is the first version, unless the employee was only put into Odoo after leaving.
        """
        contracts = {
            (v.contract_date_start, v.contract_date_end or ENDLESS)
            for v in versions
            if v.contract_date_start
            and v.contract_date_start <= (version.contract_date_start or ENDLESS)
        }
        if contracts:
            return merge_service(contracts, gap)[0][0]
        start = versions[:1].date_version
        is_late = self.departure_date and start and start > self.departure_date
        return False if is_late else start

    def _collect_before_core(self):
        """Freeze what core's wizard is about to cut or blank.

        Only the first time: afterwards core has cut it already.
        """
        departures = self.filtered(lambda d: d.employee_id and not d.restore_data)
        # sudo: hr.departure - frozen for whoever withdraws or settles; the fields
        # themselves are for HR officers
        departures = departures.sudo()
        if not departures:
            return
        snapshots = departures._snapshot_values()
        holdings = departures._take_snapshots()
        restore_values = departures._prepare_restore_values()
        for departure in departures:
            departure.write(
                {
                    # The reports of today, not those at notice, are put back.
                    "subordinate_ids": snapshots[departure]["subordinate_ids"],
                    "snapshot_data": holdings.get(departure, {}),
                    "restore_data": restore_values[departure],
                }
            )

    def _take_snapshots(self):
        """Return {departure: JSON} of what core cuts and others settle; extend it."""
        return {}

    def _prepare_restore_values(self):
        """Return what core changes: roles of others, user, contract end and leave.

        :return: dict {departure: JSON-able dict}
        """
        roles = self._get_roles()
        leave = self._prepare_leave_values()
        return {
            departure: {
                "roles": roles[departure],
                "user_id": departure.employee_id.user_id.filtered("active").id,
                "version_id": departure.employee_id.version_id.id,
                "contract_date_end": fields.Date.to_string(
                    departure.employee_id.version_id.contract_date_end
                ),
                **leave[departure],
            }
            for departure in self
        }

    def _keep_core_contract_end(self):
        """Remember the contract end as core set it, to tell it from later changes."""
        # sudo: hr.departure - for whoever withdraws the departure
        departures = self.sudo().filtered("restore_data")
        # All at once: each alone would be read alone.
        versions = departures.env["hr.version"].browse(
            departure.restore_data["version_id"] for departure in departures
        )
        for departure, version in zip(departures, versions, strict=True):
            end = fields.Date.to_string(version.contract_date_end)
            departure.restore_data = {
                **departure.restore_data,
                "core_contract_date_end": end,
            }

    def _get_roles(self):
        """Return who has the leaver as manager, coach, approver and so on.

        Asks core which fields it blanks, so that the fields of other apps count too.

        :return: dict {departure: {field name: [ids of employees]}}
        """
        departures = {departure.employee_id: departure for departure in self}
        departures |= {
            departure.employee_id.user_id: departure
            for departure in self
            if departure.employee_id.user_id
        }
        employees = self.env["hr.employee"]
        holders = dict.fromkeys(
            employees._get_employee_m2o_to_empty_on_archived_employees(),
            self.employee_id.ids,
        ) | dict.fromkeys(
            employees._get_user_m2o_to_empty_on_archived_employees(),
            self.employee_id.user_id.ids,
        )
        roles = {departure: defaultdict(list) for departure in self}
        domain = Domain.OR(Domain(name, "in", ids) for name, ids in holders.items())
        for employee in employees.search(domain):
            for name in holders:
                if departure := departures.get(employee[name]):
                    roles[departure][name].append(employee.id)
        return roles
