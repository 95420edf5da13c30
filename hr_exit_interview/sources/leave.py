from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..settlement import LeaveBucket, exact, leave_balance, to_decimal


class HrSettlementSourceLeave(models.AbstractModel):
    _name = "hr.settlement.source.leave"
    _inherit = "hr.settlement.source"
    _description = "Time off"

    @api.model
    def _collect(self, rule, departures):
        """Leave not taken on the last day (BW 7:634, 7:640a, 7:641, 7:642).

        Not core's balance: that gives today's accrual for a past day, and counts leave
        beyond the last day differently before and after core's departure wizard.
        """
        versions = self._get_versions(departures)
        components = self._get_components(
            departures, Domain("counts_for_leave", "=", True)
        )
        allocations = self._get_allocations(departures)
        leaves = self._get_leaves(departures)
        result = {}
        for departure in departures.filtered(lambda dep: dep._get_last_day()):
            employee = departure.sudo().employee_id
            item = self._get_item(
                rule,
                departure,
                versions[departure],
                allocations.get(employee, self.env["hr.leave.allocation"]),
                leaves.get(employee, self.env["hr.leave"]),
            )
            if item:
                pay = self._get_pay(departure, versions[departure], components)
                result[departure] = [{**pay, **item}]
        return result

    # === Reading ===

    @api.model
    def _get_allocations(self, departures):
        # sudo: hr.leave.allocation - the officer settling need not be a time off one
        return (
            self.env["hr.leave.allocation"]
            .sudo()
            .search(
                Domain("employee_id", "in", departures.sudo().employee_id.ids)
                & Domain("state", "=", "validate")
                & Domain("holiday_status_id.settlement_kind", "!=", "none")
            )
            .grouped("employee_id")
        )

    @api.model
    def _get_leaves(self, departures):
        # sudo: hr.leave - the officer settling need not be a time off officer
        return (
            self.env["hr.leave"]
            .sudo()
            .search(
                Domain("employee_id", "in", departures.sudo().employee_id.ids)
                & Domain("state", "=", "validate")
                & Domain("holiday_status_id.settlement_kind", "!=", "none")
            )
            .grouped("employee_id")
        )

    # === One leaver ===

    @api.model
    def _get_item(self, rule, departure, versions, allocations, leaves):
        """Return the hours left with how they came about; None without any leave."""
        last_day = departure._get_last_day()
        allocations = allocations.filtered(lambda a: a.date_from <= last_day)
        leaves = leaves.filtered(lambda leave: leave.request_date_from <= last_day)
        if not allocations and not leaves:
            return None
        hours_per_day = to_decimal(versions[-1:].resource_calendar_id.hours_per_day)
        if not hours_per_day:
            return {"missing": ["weekly_hours"]}
        ends = self._get_snapshot(departure) or {}
        rate = rule._get_rate_record(last_day)
        balances = self._get_balances(
            rate, last_day, hours_per_day, allocations, leaves, ends.get("ends", {})
        )
        hours = sum((balance.hours for balance, _buckets in balances), to_decimal(0))
        return {
            "hours": hours,
            "days": exact(hours) / exact(hours_per_day),
            "lapsed_hours": sum(balance.lapsed for balance, _buckets in balances),
            "overdrawn_hours": sum(balance.overdrawn for balance, _b in balances),
            "buckets": self._describe(balances, last_day),
            "needs_agreement": hours < 0,
        }

    @api.model
    def _get_balances(
        self, rate, last_day, hours_per_day, allocations, leaves, original_ends
    ):
        """Return [(balance, buckets)] per leave type."""
        takings = self._get_takings(leaves, last_day, hours_per_day)
        balances = []
        for leave_type in allocations.holiday_status_id | leaves.holiday_status_id:
            buckets = [
                self._get_bucket(rate, allocation, last_day, hours_per_day, date_to)
                for allocation in allocations
                if allocation.holiday_status_id == leave_type
                for date_to in [self._get_original_end(allocation, original_ends)]
            ]
            taken = takings.get(leave_type, [])
            balances.append((leave_balance(buckets, taken, last_day), buckets))
        return balances

    @api.model
    def _get_original_end(self, allocation, original_ends):
        """Return the end before core's departure wizard cut it, None without end."""
        key = str(allocation.id)
        if key in original_ends:
            return fields.Date.to_date(original_ends[key])
        return allocation.date_to or None

    @api.model
    def _get_bucket(self, rate, allocation, last_day, hours_per_day, date_to):
        kind = allocation.holiday_status_id.settlement_kind
        days = allocation._get_days_on(last_day, rate.accrual_basis, date_to)
        legal_end = self._get_legal_end(rate, kind, allocation.date_from.year)
        told = kind == "extra" or allocation.expiry_notice_date
        return LeaveBucket(
            kind=kind,
            year=allocation.date_from.year,
            hours=days * self._get_day_hours(allocation, hours_per_day),
            usable_from=allocation.date_from,
            usable_until=(legal_end if told else None) if legal_end else date_to,
            expires_on=legal_end or date_to,
        )

    @api.model
    def _get_day_hours(self, allocation, hours_per_day):
        """Return the hours of an allocated day.

        A day off is a day of the present schedule; hours stay the hours that they were
        when given, whatever the schedule became since (CJEU C-219/14 Greenfield).
        """
        if allocation.type_request_unit != "hour" or not allocation.number_of_days:
            return hours_per_day
        return to_decimal(allocation.number_of_hours_display) / to_decimal(
            allocation.number_of_days
        )

    @api.model
    def _get_legal_end(self, rate, kind, year):
        """Return the day on which the law ends a claim, None where it does not say.

        Statutory leave: six months after the year (BW 7:640a). Extra leave: five years
        after it (BW 7:642).
        """
        year_end = date(year, 12, 31)
        if kind == "statutory" and rate.statutory_lapse_months:
            return year_end + relativedelta(months=rate.statutory_lapse_months, day=31)
        if kind == "extra" and rate.extra_lapse_years:
            return year_end + relativedelta(years=rate.extra_lapse_years)
        return None

    @api.model
    def _get_takings(self, leaves, last_day, hours_per_day):
        """Return {leave type: [(first day, hours)]} up to and including the last day."""
        spanning = leaves.filtered(lambda leave: leave.request_date_to > last_day)
        cut = self._get_cut_durations(spanning, last_day)
        takings = {}
        for leave in leaves:
            days, hours = cut.get(leave, (leave.number_of_days, leave.number_of_hours))
            if leave.holiday_status_id.request_unit == "hour":
                taken = to_decimal(hours)
            else:
                taken = to_decimal(days) * hours_per_day
            takings.setdefault(leave.holiday_status_id, []).append(
                (leave.request_date_from, taken)
            )
        return takings

    @api.model
    def _get_cut_durations(self, leaves, last_day):
        """Return {leave: (days, hours)} of requests cut at the last day.

        Core's own measure on unsaved copies, as its wizard will cut them.
        """
        copies = self.env["hr.leave"].sudo()
        for leave in leaves:
            copies |= copies.new({"request_date_to": last_day}, origin=leave)
        copies._compute_date_from_to()
        durations = copies._get_durations()
        return {copy._origin: durations[copy.id] for copy in copies}

    # === Value and words ===

    @api.model
    def _get_pay(self, departure, versions, components):
        """Return what an hour of leave is worth: wage and structural pay."""
        version = versions[-1:]
        last_day = departure._get_last_day()
        paid = components[departure].filtered(lambda c: c._is_paid_on(last_day))
        monthly = {"month": 1, "12_months": 12}
        allowances = sum(
            exact(component.amount) / monthly[component.period]
            for component in paid
            if component.period in monthly
        )
        yearly = sum(exact(c.amount) for c in paid if c.period == "year")
        wage = self._get_wage(version)
        return {
            "salary": wage,
            "weekly_hours": self._get_weekly_hours(version),
            "allowances": allowances,
            "yearly_fixed": yearly,
            # Thirteen weeks are a quarter: the average of BUrlG par. 11.
            "period_wage": wage and 3 * (exact(wage) + allowances),
            "period_days": 13 * len(self._get_weekdays(version)),
        }

    @api.model
    def _describe(self, balances, last_day):
        """Return the buckets for the explanation, oldest first."""
        return [
            {
                "kind": bucket.kind,
                "year": bucket.year,
                "hours": bucket.hours,
                "taken": bucket.taken,
                "left": bucket.left,
                "usable_until": bucket.usable_until,
                "is_lapsed": bool(
                    bucket.usable_until and bucket.usable_until < last_day
                ),
            }
            for _balance, buckets in balances
            for bucket in sorted(buckets, key=lambda bucket: bucket.year)
        ]

    # === What core's wizard changes ===

    @api.model
    def _snapshot(self, departures):
        """Keep the ends of allocations and the leave that core cuts or deletes."""
        allocations = self._get_allocations(departures)
        leaves = self._get_leaves(departures)
        return {
            departure: {
                "ends": {
                    str(allocation.id): fields.Date.to_string(allocation.date_to)
                    for allocation in allocations.get(employee, ())
                },
                "leaves": [
                    {
                        "id": leave.id,
                        "name": leave.holiday_status_id.name,
                        "from": fields.Date.to_string(leave.request_date_from),
                        "to": fields.Date.to_string(leave.request_date_to),
                    }
                    for leave in leaves.get(employee, ())
                    if leave.request_date_to > departure._get_last_day()
                ],
            }
            for departure in departures
            for employee in [departure.sudo().employee_id]
            if employee and departure._get_last_day()
        }

    @api.model
    def _restore(self, departures):
        """Give allocations their ends back; list leave that core cut or deleted."""
        losses = {}
        for departure in departures:
            data = self._get_snapshot(departure)
            if data:
                losses[departure] = self._restore_one(data)
        return losses

    @api.model
    def _restore_one(self, data):
        # sudo: hr.leave.allocation - withdrawing a departure puts back what it cut
        allocations = self.env["hr.leave.allocation"].sudo()
        for key, date_to in data["ends"].items():
            allocation = allocations.browse(int(key)).exists()
            if allocation and allocation.date_to != fields.Date.to_date(date_to):
                allocation.date_to = date_to
        kept = self.env["hr.leave"].sudo().browse([v["id"] for v in data["leaves"]])
        whole = {
            (leave.id, fields.Date.to_string(leave.request_date_to))
            for leave in kept.exists()
            if leave.state == "validate"
        }
        return [
            self.env._(
                "Time off %(name)s from %(start)s to %(end)s was cut, cancelled or"
                " deleted: ask for it again.",
                name=values["name"],
                start=values["from"],
                end=values["to"],
            )
            for values in data["leaves"]
            if (values["id"], values["to"]) not in whole
        ]
