from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ...lib.settlement import exact, period_length

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
        "leave that was not given for a year of service. Any other allocation without "
        "an end is for its calendar year.",
    )

    def _get_grant_end(self, date_to):
        """Return the last day of the time that an allocation is given for.

        An end within a year is that day. A later one, or none, only says how long the
        leave can be taken: it is a grant for its calendar year.

        :param date_to: the end the allocation had before core cut it
        """
        self.ensure_one()
        if date_to and date_to < self.date_from + relativedelta(years=1):
            return date_to
        return date(self.date_from.year, 12, 31)

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
        return self._is_carry_over_limited() or any(
            self.accrual_plan_id.level_ids.mapped("cap_accrued_time")
        )

    def _is_carry_over_limited(self):
        """Tell whether something of what accrued is lost when a year is over."""
        return any(
            level.accrual_validity
            or level.action_with_unused_accruals == "lost"
            or level.carryover_options == "limited"
            for level in self.accrual_plan_id.level_ids
        )

    def _get_accrued_days_on(self, days, basis=None, keeps_all=False, typed=True):
        """Return what this accrual gives by the end of each of ``days``, in order.

        Core's own balance gives today's accrual for a day in the past, so accruals are
        simulated here on a record that is never written. What a day brings counts; what
        a plan does after it, such as a carry-over on the next morning, does not.

        Context keys ``settlement_leaves_taken`` (in the unit of the leave type, for
        limits of a plan), ``settlement_taken_before`` (the same at its last
        carry-over), ``settlement_hours_per_day`` (spares core a query per employee) and
        ``settlement_paid_part`` (which part of first..last day there was a right to
        wage) say what the allocation itself does not.

        :param basis: "months" or "days" when a begun period counts in part (BW 7:634
            lid 2), None when only whole ones count
        :param keeps_all: without the losses of a plan at its carry-over
        :param typed: with what was typed on the allocation by hand
        :return: list of exact days
        """
        self.ensure_one()
        basis = None if self.is_settled_in_full else basis
        keeps_all = keeps_all and self._is_carry_over_limited()
        reached = self.actual_lastcall or self.lastcall or self.date_from
        is_new = (
            keeps_all
            or not typed
            or days[0] < reached
            or bool(self.env.context.get("settlement_paid_part"))
        )
        extra = self._get_typed_days(reached) if is_new and typed else 0
        accrued = self._get_accrual_copy(is_new, keeps_all)
        result = []
        for day in days:
            if accrued._is_accruing_by(day):
                accrued._run_accrual(day)
            begun = accrued._get_begun_days(day, basis)
            result.append(exact(accrued.number_of_days + begun + extra))
        return result

    def _get_typed_days(self, reached):
        """Return what is on the allocation beside what its plan gave until now."""
        if self._is_start_to_come():
            return 0.0
        accrued = self.with_context(
            settlement_paid_part=None,
            settlement_leaves_taken=self.env.context.get("settlement_taken_before", 0),
        )._get_accrual_copy(is_new=True)
        accrued._run_accrual(reached)
        return round(self.number_of_days - accrued.number_of_days, 6)

    def _get_accrual_copy(self, is_new, keeps_all=False):
        """Return an unsaved copy for core to run its plan on.

        :param is_new: nothing accrued yet: core only goes forward
        """
        values = self._get_accrual_restart() if is_new else {}
        if keeps_all:
            values["accrual_plan_id"] = self._get_plan_without_losses()
        # New records of one origin share their values: forget those of another run.
        self.new(origin=self).invalidate_recordset(flush=False)
        return self.new(values, origin=self)

    def _get_plan_without_losses(self):
        plan = self.accrual_plan_id
        copy = plan.new(origin=plan)
        for level in copy.level_ids:
            level.action_with_unused_accruals = "all"
            level.carryover_options = "unlimited"
            level.accrual_validity = False
        return copy

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

    def _is_accruing_by(self, day):
        """Tell whether a plan has something to do; core would give a start twice."""
        return not self.nextcall or self.nextcall <= day or self._is_start_to_come()

    def _run_accrual(self, day):
        """Let core's plan run up to ``day`` on an unsaved copy."""
        # Asked anew whenever days were added: core would count requests again.
        self.leaves_taken = self._get_settlement_taken()
        self.with_context(default_date_from=day)._process_accrual_plans(day, log=False)

    def _is_start_to_come(self):
        """Tell whether core's job has not given yet what comes with the start."""
        return (
            self.accrual_plan_id.accrued_gain_time == "start"
            and not self.already_accrued
            and not self.number_of_days
        )

    def _get_settlement_taken(self):
        """Return what was taken, in the unit of the leave type."""
        return self.env.context.get("settlement_leaves_taken", 0)

    def _get_begun_days(self, day, basis):
        """Return the days for what was served of the accrual period that runs.

        Negative when the whole period was given at its start.
        """
        stop = day + timedelta(days=1)
        level = self._get_current_accrual_plan_level_id(stop)[0]
        if not level or not self.lastcall or self.lastcall >= stop:
            return 0.0
        first, end = self.lastcall, level._get_next_date(self.lastcall)
        at_start = self.accrual_plan_id.accrued_gain_time == "start"
        if not basis and (at_start or stop < end):
            return 0.0
        served = self._get_served_days(level, first, min(stop, end), end, basis)
        if not at_start:
            return self._limit_accrued(level, served)
        begin = level._get_previous_date(first)
        return served - self._process_accrual_plan_level(level, begin, first, end, end)

    def _get_served_days(self, level, first, stop, end, basis):
        """Return what accrues from ``first`` until ``stop`` of a period to ``end``."""
        begin = min(level._get_previous_date(first), first)
        if self._is_worked_time(level):
            return self._process_accrual_plan_level(level, begin, first, end, stop)
        whole = self.with_context(
            settlement_paid_part=None
        )._process_accrual_plan_level(level, begin, begin, end, end)
        # Where core gave a part of the first period, it counted days.
        unit = basis if basis and begin == first else "days"
        day = timedelta(days=1)
        served = period_length((first, stop - day), unit)
        part = served / period_length((begin, end - day), unit)
        return whole * float(part * self._get_paid_part(level, first, stop))

    def _limit_accrued(self, level, days):
        """Return what the caps of a plan leave of days to come, as core does."""
        hours = self.employee_id._get_hours_per_day(self.date_from)
        unit = hours if level.added_value_type == "hour" else 1
        if level.cap_accrued_time_yearly:
            left = level.maximum_leave_yearly / unit - self.yearly_accrued_amount
            days = min(days, left)
        if level.cap_accrued_time:
            in_days = self.holiday_status_id.request_unit in ("day", "half_day")
            taken = self._get_settlement_taken() / (1 if in_days else hours)
            left = level.maximum_leave / unit + taken - self.number_of_days
            days = min(days, left)
        return max(days, 0.0)

    def _is_worked_time(self, level):
        """Tell whether core itself looks at the hours that were worked."""
        return (
            level.accrual_plan_id.is_based_on_worked_time
            or level.frequency in level._get_hourly_frequencies()
        )

    def _get_paid_part(self, level, first, stop):
        """Return which part of a time before ``stop`` there was a right to wage."""
        get_part = self.env.context.get("settlement_paid_part")
        if not get_part or first >= stop:
            return 1
        return get_part(first, stop - timedelta(days=1), self._is_worked_time(level))

    def _process_accrual_plan_level(
        self, level, start_period, start_date, end_period, end_date
    ):
        """In a settlement without the time for which there was no right to wage."""
        days = super()._process_accrual_plan_level(
            level, start_period, start_date, end_period, end_date
        )
        return days * float(self._get_paid_part(level, start_date, end_date))
