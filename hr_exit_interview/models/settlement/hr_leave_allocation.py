from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ...lib.settlement import exact, period_share
from ...lib.trusted import get_trusted

# What core's accrual reads of an allocation, next to its plan and employee.
ACCRUAL_STATE = (
    "accrual_plan_id",
    "holiday_status_id",
    "date_from",
    "number_of_days",
    "lastcall",
    "actual_lastcall",
    "nextcall",
    "already_accrued",
    "yearly_accrued_amount",
    "last_executed_carryover_date",
    "expiring_carryover_days",
    "carried_over_days_expiration_date",
    "is_settled_in_full",
)


class HrLeaveAllocation(models.Model):
    _inherit = "hr.leave.allocation"

    expiry_notice_date = fields.Date(
        string="Told of Expiry On",
        groups="hr_holidays.group_hr_holidays_user",
        help="Statutory leave lapses only when the employer urged the employee in time "
        "to take it and said what would be lost (HR 23 June 2023, "
        "ECLI:NL:HR:2023:955).",
    )
    is_settled_in_full = fields.Boolean(
        groups="hr_holidays.group_hr_holidays_user",
        help="Counts in full in a final settlement, however short the year was: for "
        "leave that was not given for a year of service.",
    )

    def _get_days_on(self, last_day, basis=None, date_to=None):
        """Return the days this allocation gives somebody who leaves on ``last_day``.

        Core's own balance gives today's accrual for a day in the past, so accruals are
        simulated here on a record that is never written. Context keys
        ``settlement_leaves_taken`` (in the unit of the leave type, for limits of a
        plan) and ``settlement_hours_per_day`` spare core a query per employee.

        :param basis: "months" or "days" when a year that is not served counts in part
            (BW 7:634 lid 2), None when an allocation counts as given
        :param date_to: the end the allocation had before core cut it
        :return: exact days
        """
        self.ensure_one()
        if self.allocation_type == "accrual":
            return self._get_accrued_days_on(last_day, basis)
        days = exact(self.number_of_days)
        if not basis or self.is_settled_in_full or not date_to or date_to <= last_day:
            return days
        year_end = self.date_from + relativedelta(years=1, days=-1)
        served_until = min(last_day, year_end)
        return days * period_share(
            self.date_from, served_until, min(date_to, year_end), basis
        )

    def _get_accrual_key(self):
        """Return what decides the days that accrue, None where it is the employee.

        Next to the hours of a day and what was taken. Allocations with equal keys are
        simulated once: an app that lets accruals depend on more adds it here.
        """
        plan = self.accrual_plan_id
        hourly = plan.level_ids._get_hourly_frequencies()
        if plan.is_based_on_worked_time or any(
            level.frequency in hourly for level in plan.level_ids
        ):
            return None
        return tuple(self[name] for name in ACCRUAL_STATE)

    def _is_accrual_limited(self):
        """Tell whether the plan looks at what was taken: it caps, lapses or carries."""
        return any(
            level.cap_accrued_time
            or level.accrual_validity
            or level.action_with_unused_accruals == "lost"
            or level.carryover_options == "limited"
            for level in self.accrual_plan_id.level_ids
        )

    def _get_accrued_days_on(self, last_day, basis):
        """Return the days accrued by the end of ``last_day``."""
        stop = last_day + timedelta(days=1)
        at_start = self.accrual_plan_id.accrued_gain_time == "start"
        accrued = self._simulate_accrual(last_day if at_start else stop)
        days = accrued.number_of_days
        if basis and not self.is_settled_in_full:
            days += accrued._get_partial_period_days(stop, at_start)
        return exact(days)

    def _simulate_accrual(self, day):
        """Return an unsaved allocation as core's plan leaves it on ``day``."""
        reached = self.actual_lastcall or self.lastcall or self.date_from
        if self.nextcall and reached <= day < self.nextcall:
            # Nothing happens until then; core would give a period's start twice.
            return self
        if day >= reached:
            return self._run_accrual(day)
        # Core only goes forward: start anew and keep what was typed manually.
        fresh = self._get_accrual_restart()
        typed = self.number_of_days - self._run_accrual(reached, fresh).number_of_days
        result = self._run_accrual(day, fresh)
        result.number_of_days += typed
        return result

    def _get_accrual_restart(self):
        return {
            "number_of_days": 0,
            "lastcall": self.date_from,
            "actual_lastcall": False,
            "nextcall": False,
            "already_accrued": False,
            "yearly_accrued_amount": 0,
            "last_executed_carryover_date": False,
            "expiring_carryover_days": 0,
            "carried_over_days_expiration_date": False,
        }

    def _run_accrual(self, day, values=None):
        """Run core's accrual up to ``day`` on a copy that is never saved."""
        fakes = self.with_context(default_date_from=day)
        # New records of one origin share their values: forget those of another day.
        fakes.new(origin=self).invalidate_recordset(flush=False)
        fake = fakes.new(values or {}, origin=self)
        fake.leaves_taken = get_trusted(self.env, "settlement_leaves_taken", 0)
        fake._process_accrual_plans(day, log=False)
        return fake

    def _get_partial_period_days(self, stop, at_start):
        """Return the days for the part of the accrual period that was served.

        Negative when the whole period was given at its start.
        """
        level = self._get_current_accrual_plan_level_id(stop)[0]
        if not level or not self.lastcall or self.lastcall >= stop:
            return 0.0
        period_end = level._get_next_date(self.lastcall)
        if stop >= period_end:
            return 0.0
        given = self._process_accrual_plan_level(
            level, self.lastcall, self.lastcall, period_end, period_end
        )
        served = (stop - self.lastcall).days / (period_end - self.lastcall).days
        return given * (served - 1 if at_start else served)
