"""What the rules of a list have in common, found out once for all of them."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import zip_longest
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ...lib.settlement import exact, merge_service, to_decimal, working_days
from .hr_pay_component import WAGE_PERIODS

SOURCE_PREFIX = "hr.settlement.source."


class Facts:
    """Kept in the context while a list is computed, forgotten with it.

    :param departures: all that are settled together, as superuser
    """

    def __init__(self, departures):
        self.departures = departures
        self._found = {}

    def get(self, key, find):
        """Return what ``find()`` returned the first time for ``key``."""
        if key not in self._found:
            self._found[key] = find()
        return self._found[key]


class Earlier(NamedTuple):
    """An earlier departure of somebody who came back."""

    departure: models.BaseModel
    last_day: date
    # Its list with supplements, without those that were cancelled.
    settlements: models.BaseModel
    # Whether what was owed then was confirmed: nobody pays it again.
    is_settled: bool

    def get_lines(self, source):
        """Return the confirmed lines that count and come from one source."""
        lines = self.settlements.filtered(lambda s: s.state == "confirmed").line_ids
        return lines.filtered(lambda line: line.source == source and line.is_counted)


class HrSettlementSource(models.AbstractModel):
    """Where the figures of settlement lines come from.

    A source is one class that inherits this model under the name
    ``hr.settlement.source.<code>``; adding the class is registering it. It says which
    models it needs in ``_source_models`` and answers one question, ``_collect``.
    """

    _name = "hr.settlement.source"
    _description = "Settlement Source"

    # Models the source reads; where one is absent the source is not offered.
    _source_models = ()

    @api.model
    def _collect(self, rule, departures):
        """Find what there is to settle under one rule.

        Pure: reads and returns, writes nothing. Any number of departures, a constant
        number of queries.

        :param rule: one ``hr.settlement.rule``
        :param departures: ``hr.departure`` recordset to which the rule applies, with
            superuser rights: sources read for whoever may settle
        :return: {departure: [item]}; departures it has nothing to say about are left
            out. An item is a dict with the inputs of the rule's calculator and
            optionally ``label``, ``res_model``, ``res_id`` (the document it is about),
            ``item_key`` (where there is none, what tells one item from the next),
            ``missing`` (names of inputs nobody can find), ``notes``,
            ``needs_agreement`` and ``kind``.
        """
        return {}

    @api.model
    def _snapshot(self, departures):
        """Return {departure: JSON data} that core is about to change or delete."""
        return {}

    @api.model
    def _restore(self, departures):
        """Put back what ``_snapshot`` holds when a departure is withdrawn.

        :return: {departure: [text of what cannot be put back]}
        """
        return {}

    @api.model
    def _is_available(self):
        """Tell whether the source can be used in this database."""
        return all(model in self.env for model in self._source_models)

    @api.model
    def _get_all_sources(self):
        """Return {code: source} of every source class, usable or not."""
        names = self.env.registry.descendants(["hr.settlement.source"], "_inherit")
        return {
            name.removeprefix(SOURCE_PREFIX): self.env[name]
            for name in names
            if name.startswith(SOURCE_PREFIX)
        }

    @api.model
    def _get_sources(self):
        """Return {code: source} of the sources usable in this database."""
        return {
            code: source
            for code, source in self._get_all_sources().items()
            if source._is_available()
        }

    @api.model
    def _get_source_labels(self):
        """Return [(code, label)], absent modules included, for a selection."""
        models_by_name = self.env["ir.model"]
        return [
            (code, models_by_name._get(source._name).name or source._description)
            for code, source in sorted(self._get_all_sources().items())
        ]

    @api.model
    def _take_snapshots(self, departures):
        """Return {departure: {source code: JSON data}} of all usable sources."""
        # sudo: hr.departure - what other apps hold is read for whoever registers
        departures = departures.sudo()
        snapshots = {departure: {} for departure in departures}
        for code, source in self._get_sources().items():
            for departure, data in source._snapshot(departures).items():
                snapshots[departure][code] = data
        return snapshots

    @api.model
    def _restore_snapshots(self, departures):
        """Put back what can be; return {departure: [what cannot]}."""
        # sudo: hr.departure - whoever withdraws need not manage what is put back
        departures = departures.sudo()
        losses = {departure: [] for departure in departures}
        for source in self._get_sources().values():
            for departure, texts in source._restore(departures).items():
                losses[departure].extend(texts)
        return losses

    @api.model
    def _get_snapshot(self, departure):
        """Return what this source stored on the departure, None without snapshot."""
        code = self._name.removeprefix(SOURCE_PREFIX)
        return (departure.snapshot_data or {}).get(code)

    @api.model
    def _collect_one(self, rule, departures, *facts):
        """Return {departure: [one item]} for a source with one item per leaver.

        The item is ``_get_item(rule, departure, *its facts)``.

        :param facts: dicts {departure: fact}, each read for all departures at once
        """
        return {
            departure: [
                self._get_item(rule, departure, *(fact[departure] for fact in facts))
            ]
            for departure in departures
            if departure._get_last_day()
        }

    @api.model
    def _share(self, read, departures):
        """Return ``read(departures)``, which is read once for all rules of a list.

        :param read: a method of this model that returns {departure: fact}
        """
        facts = get_facts(self.env)
        if not facts:
            return read(departures)
        return facts.get(read.__name__, lambda: read(facts.departures))

    @api.model
    def _get_versions(self, departures):
        """Return {departure: versions, oldest first} up to the last day.

        A constant number of queries, schedules included. sudo because contract dates
        and wages belong to HR managers.
        """
        return self._share(self._read_versions, departures)

    @api.model
    def _read_versions(self, departures):
        # sudo: hr.version - the officer settling need not be an HR manager
        versions = (
            self.env["hr.version"]
            .sudo()
            .search(
                Domain("employee_id", "in", departures.employee_id.ids),
                order="employee_id, date_version",
            )
        )
        # All schedules at once, before the versions are spread over the departures.
        versions.resource_calendar_id.mapped("flexible_hours")
        versions.resource_calendar_id.attendance_ids.mapped("dayofweek")
        versions = versions.grouped("employee_id")
        result = {}
        for departure in departures:
            last_day = departure._get_last_day()
            found = versions.get(departure.employee_id, self.env["hr.version"])
            if last_day and found and found[-1].date_version > last_day:
                begun = [v.date_version <= last_day for v in found].count(True)
                found = found[: begun or 1]
            result[departure] = found
        return result

    @api.model
    def _get_earlier(self, departures):
        """Return {departure: [Earlier], oldest first} of those who came back.

        What a settlement of an earlier departure paid is not owed again (BW 7:641 lid
        1, 7:673 lid 5); where there is none that was confirmed, it is an open
        question. A constant number of queries.
        """
        return self._share(self._read_earlier, departures)

    @api.model
    def _read_earlier(self, departures):
        versions = self._get_versions(departures)
        left = (
            departures.search(
                Domain("employee_id", "in", departures.employee_id.ids)
                & Domain("state", "=", "done")
                & Domain("departure_date", "!=", False),
                order="departure_date, id",
            )
            .with_env(departures.env)
            .grouped("employee_id")
        )
        none = departures.browse()
        settlements = self._read_settlements(none.union(*left.values()))
        return {
            departure: [
                earlier
                for other in left.get(departure.employee_id, none) - departure
                if (earlier := self._make_earlier(other, settlements[other]))
                and self._is_earlier(earlier, departure, versions[departure])
            ]
            for departure in departures
        }

    @api.model
    def _read_settlements(self, departures):
        # sudo: hr.settlement - whoever settles may not have made the earlier list
        found = self.env["hr.settlement"].sudo()
        settlements = found.search(
            Domain("departure_id", "in", departures.ids)
            & Domain("state", "!=", "cancelled")
        ).grouped("departure_id")
        return {
            departure: settlements.get(departure, found) for departure in departures
        }

    @api.model
    def _make_earlier(self, departure, settlements):
        states = set(settlements.mapped("state"))
        return Earlier(
            departure, departure.departure_date, settlements, states == {"confirmed"}
        )

    @api.model
    def _is_earlier(self, earlier, departure, versions):
        """Tell whether an earlier departure ended an employment before this one.

        Archived by mistake and taken back is not: then no contract began afterwards,
        unless its list was confirmed and so was paid.
        """
        last_day = departure._get_last_day()
        if not last_day or earlier.last_day >= last_day:
            return False
        begun = versions.filtered(
            lambda v: v.contract_date_start and v.contract_date_start > earlier.last_day
        )
        return bool(begun) or earlier.is_settled

    @api.model
    def _get_contract_start(self, versions):
        """Return the first contract start, None when no contract says one."""
        starts = (version.contract_date_start for version in versions)
        return min((start for start in starts if start), default=None)

    @api.model
    def _get_contract_gaps(self, versions, last_day):
        """Return what is missing of the contracts: a start, or one on the last day."""
        if not self._get_contract_start(versions):
            return ["contract_start"]
        ends = [end for _start, end in self._get_contracts(versions, last_day)]
        return [] if last_day in ends else ["contract_on_last_day"]

    @api.model
    def _get_contracts(self, versions, last_day):
        """Return {(first, last day)} of the contracts that began by the last day."""
        return find_once(
            self.env,
            ("contracts", versions._ids, last_day),
            lambda: self._read_contracts(versions, last_day),
        )

    @api.model
    def _read_contracts(self, versions, last_day):
        return {
            (
                version.contract_date_start,
                min(version.contract_date_end or last_day, last_day),
            )
            for version in versions
            if version.contract_date_start and version.contract_date_start <= last_day
        }

    @api.model
    def _get_build_up(self, versions, window_start, last_day, earlier):
        """Return (first day, notes) of what the employment that ends built up.

        What an earlier employment built up was to be paid when it ended (WML 17 lid 3),
        whether a gap followed or not: a note says that there was one, and when nobody
        confirmed that it was paid.
        """
        contracts = self._get_contracts(versions, last_day)
        begun = merge_service(contracts, max_gap_months=0)[0][0]
        start = max(begun, window_start)
        before = [one for one in earlier if one.last_day >= window_start]
        if before:
            is_settled = all(one.is_settled for one in before)
            start = max(start, before[-1].last_day + timedelta(days=1))
            return start, ["earlier_settled" if is_settled else "earlier_unsettled"]
        is_second = any(
            first < begun and end >= window_start for first, end in contracts
        )
        return start, ["earlier_contract"] if is_second else []

    @api.model
    def _get_segments(self, versions, start, end):
        """Return [(version, first, last day)] of a period, split where pay changes.

        A version lasts until the next one. The first one also covers what lies before
        it, and days outside any contract are left out.
        """
        segments = []
        for position, (version, following) in enumerate(
            zip_longest(versions, versions[1:])
        ):
            first = version.date_version if position else start
            first = max(first, start, version.contract_date_start or start)
            last = min(end, version.contract_date_end or end)
            if following:
                last = min(last, following.date_version - timedelta(days=1))
            if first <= last:
                segments.append((version, first, last))
        return self._merge_segments(segments)

    @api.model
    def _merge_segments(self, segments):
        """Join neighbours with the same wage and schedule: nothing changed in pay."""
        merged = []
        for version, first, last in segments:
            if merged and self._is_continued(merged[-1], version, first):
                merged[-1] = (version, merged[-1][1], last)
            else:
                merged.append((version, first, last))
        return merged

    @api.model
    def _is_continued(self, segment, version, first):
        before, _first, last = segment
        return (
            last + timedelta(days=1) == first
            and self._get_wage(before) == self._get_wage(version)
            and before.resource_calendar_id == version.resource_calendar_id
        )

    @api.model
    def _get_components(self, departures, domain):
        """Return {departure: pay components} that match ``domain``. One query."""
        # sudo: hr.pay.component - read for whoever may settle
        components = (
            self.env["hr.pay.component"]
            .sudo()
            .search(Domain("employee_id", "in", departures.employee_id.ids) & domain)
            .grouped("employee_id")
        )
        none = self.env["hr.pay.component"]
        return {
            departure: components.get(departure.employee_id, none)
            for departure in departures
        }

    @api.model
    def _get_all_in(self, departures):
        """Return {departure: whether its wage has the holiday allowance in it}."""
        return self._share(self._read_all_in, departures)

    @api.model
    def _read_all_in(self, departures):
        components = self._get_components(
            departures, Domain("component_type", "=", "holiday_included")
        )
        return {
            departure: any(
                component._is_paid_on(departure._get_last_day())
                for component in components[departure]
                if departure._get_last_day()
            )
            for departure in departures
        }

    @api.model
    def _get_unpaid_leave(self, departures):
        """Return {departure: [(first, last day, part of each day)]} of unpaid leave."""
        return self._share(self._read_unpaid_leave, departures)

    @api.model
    def _read_unpaid_leave(self, departures):
        # sudo: hr.leave - the officer settling need not be a time off officer
        leaves = (
            self.env["hr.leave"]
            .sudo()
            .search(
                Domain("employee_id", "in", departures.employee_id.ids)
                & Domain("state", "=", "validate")
                & Domain("holiday_status_id.unpaid", "=", True)
            )
            .grouped("employee_id")
        )
        return {
            departure: [
                (leave.request_date_from, leave.request_date_to, self._get_part(leave))
                for leave in leaves.get(departure.employee_id, ())
            ]
            for departure in departures
        }

    @api.model
    def _get_part(self, leave):
        """Return which part of its days a request takes: half a day, some hours."""
        days = working_days(leave.request_date_from, leave.request_date_to)
        if leave.holiday_status_id.request_unit == "day" or not days:
            return Fraction(1)
        return min(Fraction(1), exact(leave.number_of_days) / days)

    @api.model
    def _count_unpaid(self, unpaid, first, last, weekdays):
        """Return the unpaid days within a period, of the weekdays that count."""
        return sum(
            part * working_days(max(first, start), min(last, end), weekdays)
            for start, end, part in unpaid
            if start <= last and end >= first
        )

    @api.model
    def _get_wage(self, version):
        """Return the monthly wage of a version, None when there is none.

        ``_get_contract_wage`` is core's own hook for other wage fields.
        """
        wage = version._get_contract_wage() if version else 0
        return to_decimal(wage) if wage else None

    @api.model
    def _get_pay(self, version, components, day, service_months=None):
        """Return the wage of a version with what is paid beside it on ``day``.

        As inputs of a calculator: ``salary`` a month and, where it is more than the
        wage, the ``wage_parts`` that it is the sum of.
        """
        wage = self._get_wage(version)
        parts = [
            component._prepare_wage_part(service_months)
            for component in components
            if component.period in WAGE_PERIODS and component._is_paid_on(day)
        ]
        if wage is None or not parts:
            return {"salary": wage}
        parts.insert(0, {"amount": exact(wage), "months": Fraction(1)})
        salary = sum(part["amount"] / part["months"] for part in parts)
        return {"salary": salary, "wage_parts": parts}

    @api.model
    def _get_money_components(self, departures):
        """Return {departure: pay components} that make or mark the wage in money."""
        return self._get_components(
            departures,
            Domain("counts_for_notice", "=", True)
            | Domain("component_type", "=", "holiday_included"),
        )

    @api.model
    def _get_money_wage(self, version, components, day):
        """Return the wage in money as inputs (BW 7:672 lid 11, 7:674 and 7:677).

        Holiday allowance that is in the wage is not added once more.
        """
        is_all_in = any(
            component.component_type == "holiday_included"
            and component._is_paid_on(day)
            for component in components
        )
        counted = [component for component in components if component.counts_for_notice]
        return {**self._get_pay(version, counted, day), "is_all_in": is_all_in}

    @api.model
    def _get_weekly_hours(self, version):
        """Return the hours a week of a version's schedule, None when unknown."""
        hours = version.resource_calendar_id.hours_per_week if version else 0
        return to_decimal(hours) if hours else None

    @api.model
    def _get_weekdays(self, version):
        """Return the weekdays (Monday is 0) worked under a version's schedule."""
        calendar = version.resource_calendar_id
        return find_once(
            self.env,
            ("weekdays", calendar.id),
            lambda: frozenset(int(row.dayofweek) for row in calendar.attendance_ids),
        )


def get_facts(env):
    """Return the ``Facts`` of the list that is computed, None outside of one."""
    facts = env.context.get("settlement_facts")
    return facts if isinstance(facts, Facts) else None


def find_once(env, key, find):
    """Return ``find()``, asked once per list.

    :param tuple key: a name, and all that the answer depends on
    """
    facts = get_facts(env)
    return facts.get(key, find) if facts else find()
