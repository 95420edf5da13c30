from fractions import Fraction

from odoo import api, models
from odoo.fields import Domain

from ....lib.settlement import exact, round_half_up
from ....lib.settlement.money import HUNDREDTH
from .. import hr_settlement_source  # noqa: F401 - inherited here


class HrSettlementSourceOvertime(models.AbstractModel):
    """Extra hours kept as time: what was not taken is paid at the end (WML 13a).

    The balance of ``hr.employee._get_deductible_employee_overtime``, but on the last
    day: approved hours that count as time off, less time off taken from them, less
    what became an allocation (which the leave source values).
    """

    _name = "hr.settlement.source.overtime"
    _inherit = "hr.settlement.source"
    _description = "Extra hours"

    _source_models = ("hr.attendance.overtime.line",)

    @api.model
    def _collect(self, rule, departures):
        departures = departures.filtered(lambda departure: departure._get_last_day())
        versions = self._get_versions(departures)
        balances = self._get_balances(departures)
        return {
            departure: [{**self._get_pay(versions[departure]), **balance}]
            for departure, balance in balances.items()
            if balance["hours"]
        }

    @api.model
    def _get_pay(self, versions):
        version = versions[-1:]
        return {
            "salary": self._get_wage(version),
            "weekly_hours": self._get_weekly_hours(version),
        }

    @api.model
    def _get_balances(self, departures):
        """Return {departure: hours left and how they came about}."""
        periods = self._get_periods(departures)
        earned = self._get_earned(departures, periods)
        taken = self._get_taken(departures, periods)
        moved = self._get_moved(departures, periods)
        return {
            departure: self._get_balance(
                earned[departure], taken[departure], moved[departure]
            )
            for departure in departures
        }

    @api.model
    def _get_balance(self, earned, taken, moved):
        """Hours below zero were paid and not worked: only by agreement (A.5)."""
        hours = round_half_up(exact(earned) - taken - moved, HUNDREDTH)
        balance = {
            "hours": hours,
            "earned_hours": earned,
            "taken_hours": taken,
            "moved_hours": moved,
        }
        if hours < 0:
            balance |= {"kind": "deduction", "needs_agreement": True}
        return balance

    @api.model
    def _get_periods(self, departures):
        """Return {departure: (last day of the departure before it, last day)}.

        Anyone hired again had the hours of the first employment settled then.
        """
        # sudo: hr.departure - payroll has no access to departures
        past = dict(
            self.env["hr.departure"]
            .sudo()
            ._read_group(
                Domain("employee_id", "in", departures.employee_id.ids)
                & Domain("state", "=", "done")
                & Domain("departure_date", "!=", False),
                ["employee_id"],
                ["departure_date:array_agg"],
            )
        )
        periods = {}
        for departure in departures:
            last_day = departure._get_last_day()
            days = past.get(departure.employee_id, ())
            before = max((day for day in days if day < last_day), default=None)
            periods[departure] = before, last_day
        return periods

    @api.model
    def _is_within(self, period, day):
        before, last_day = period
        return (not before or day > before) and day <= last_day

    @api.model
    def _get_earned(self, departures, periods):
        """Return {departure: approved hours that are kept as time}."""
        rows = self._read_days(departures, self._get_kept_domain(), [])
        return {
            departure: sum((exact(hours) for _day, hours in days), Fraction(0))
            for departure, days in self._get_days(rows, periods).items()
        }

    @api.model
    def _get_kept_domain(self):
        """Hours given back as time off; without that app, hours that are not paid."""
        if "compensable_as_leave" in self.env["hr.attendance.overtime.line"]._fields:
            return Domain("compensable_as_leave", "=", True)
        return Domain("amount_rate", "=", 0)

    @api.model
    def _read_days(self, departures, domain, groupby):
        """Return rows (employee, day, …, hours) of approved overtime."""
        # sudo: hr.attendance.overtime.line - the officer settling need not manage
        # attendances
        return (
            self.env["hr.attendance.overtime.line"]
            .sudo()
            ._read_group(
                Domain("employee_id", "in", departures.employee_id.ids)
                & Domain("status", "=", "approved")
                & domain,
                ["employee_id", "date:day", *groupby],
                ["manual_duration:sum"],
            )
        )

    @api.model
    def _get_days(self, rows, periods):
        """Return {departure: [(day, …, hours)]} within the employment that ends."""
        by_employee = {}
        for employee, *row in rows:
            by_employee.setdefault(employee, []).append(row)
        return {
            departure: [
                row
                for row in by_employee.get(departure.employee_id, ())
                if self._is_within(period, row[0])
            ]
            for departure, period in periods.items()
        }

    @api.model
    def _get_taken(self, departures, periods):
        """Return {departure: hours of time off taken from extra hours}.

        Approved and up to the last day. Leave types that the settlement values are
        left to the leave source, which subtracts what was taken of them.
        """
        leaves = self._search_deductible(
            departures,
            "hr.leave",
            Domain("holiday_status_id.requires_allocation", "=", False)
            & Domain("holiday_status_id.settlement_kind", "=", "none"),
        )
        leave_source = self.env["hr.settlement.source.leave"]
        begun = leave_source._get_begun(departures, leaves, "request_date_from")
        cut = leave_source._get_cut_durations(departures, begun)
        return {
            departure: sum(
                (
                    exact(cut[departure].get(leave, (0, leave.number_of_hours))[1])
                    for leave in begun[departure]
                    if self._is_within(period, leave.request_date_from)
                ),
                Fraction(0),
            )
            for departure, period in periods.items()
        }

    @api.model
    def _get_moved(self, departures, periods):
        """Return {departure: hours that became an allocation of time off}."""
        allocations = self._search_deductible(
            departures, "hr.leave.allocation", Domain.TRUE
        )
        leave_source = self.env["hr.settlement.source.leave"]
        begun = leave_source._get_begun(departures, allocations, "date_from")
        return {
            departure: sum(
                (
                    exact(allocation.number_of_hours_display)
                    for allocation in begun[departure]
                    if self._is_within(period, allocation.date_from)
                ),
                Fraction(0),
            )
            for departure, period in periods.items()
        }

    @api.model
    def _search_deductible(self, departures, model, domain):
        """Return approved records of leave types that deduct extra hours."""
        # sudo: hr.leave, hr.leave.allocation - the officer settling need not be a
        # time off officer
        records = self.env[model].sudo()
        if "overtime_deductible" not in self.env["hr.leave.type"]._fields:
            return records
        return records.search(
            Domain("employee_id", "in", departures.employee_id.ids)
            & Domain("state", "=", "validate")
            & Domain("holiday_status_id.overtime_deductible", "=", True)
            & domain
        )
