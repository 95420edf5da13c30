from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from odoo import api, models

from ....lib.settlement import MONDAY_TO_FRIDAY, exact, month_slices
from ..hr_settlement_source import find_once

# Bases that count every day of a month; the others count days or hours worked.
CALENDAR_BASES = ("calendar_days", "fixed_30", "days_365")
HOUR_BASES = ("schedule_hours", "month_hours")


class HrSettlementSourceWage(models.AbstractModel):
    _name = "hr.settlement.source.wage"
    _inherit = "hr.settlement.source"
    _description = "Contract wage"

    @api.model
    def _collect(self, rule, departures):
        """Collect the last month's wage to the last day (BW 7:610, 7:616, 7:623)."""
        versions = self._get_versions(departures)
        unpaid = self._get_unpaid_leave(departures)
        result = {}
        for departure in departures.filtered(lambda dep: dep._get_last_day()):
            away = unpaid[departure]
            result[departure] = self._get_items(
                rule, departure._get_last_day(), versions[departure], away
            )
        return result

    @api.model
    def _get_items(self, rule, last_day, versions, unpaid):
        """Return one item per wage within the month of leaving: a raise makes two."""
        missing = self._get_contract_gaps(versions, last_day)
        if missing:
            return [{"missing": missing}]
        segments = self._get_segments(versions, last_day.replace(day=1), last_day)
        items = []
        for part, (version, date_from, date_to) in enumerate(segments):
            item = self._get_period(rule, version, date_from, date_to, unpaid)
            if len(segments) > 1:
                item["is_part_of_month"] = True
                item["item_key"] = str(part) if part else None
            items.append(item)
        return items

    @api.model
    def _get_period(self, rule, version, date_from, date_to, unpaid=()):
        """Return the inputs of the wage over a period under one version."""
        calendar = version.resource_calendar_id
        item = {
            "salary": self._get_wage(version),
            "date_from": date_from,
            "date_to": date_to,
            "schedule": self._get_schedule(calendar, date_from, date_to),
            "weekly_hours": self._get_weekly_hours(version),
            "fulltime_hours": exact(calendar.full_time_required_hours),
        }
        basis = rule._get_rate_record(date_to).basis
        return item | self._get_unpaid(basis, version, unpaid, date_from, date_to)

    @api.model
    def _get_unpaid(self, basis, version, unpaid, date_from, date_to):
        """Return the unpaid time in the unit in which the basis counts."""
        if basis in HOUR_BASES:
            calendar = version.resource_calendar_id
            hours = sum(
                part
                * self._count_hours(calendar, max(first, date_from), min(last, date_to))
                for first, last, part in unpaid
            )
            return {"unpaid_hours": hours}
        weekdays = self._get_weekdays(version) or MONDAY_TO_FRIDAY
        counted = range(7) if basis in CALENDAR_BASES else weekdays
        return {"unpaid_days": self._count_unpaid(unpaid, date_from, date_to, counted)}

    @api.model
    def _get_schedule(self, calendar, date_from, date_to):
        """Return [(hours worked, hours of the month)] per calendar month."""
        if not calendar:
            return None
        return [
            (
                self._count_hours(calendar, month.part_from, month.part_to),
                self._count_hours(calendar, month.first, month.last),
            )
            for month in month_slices(date_from, date_to)
        ]

    @api.model
    def _count_hours(self, calendar, start: date, end: date):
        """Return the hours of the schedule from one day through another.

        Not core's count: it queries per call, and a day there is one of Greenwich.
        """
        return find_once(
            self.env,
            ("hours", calendar.id, start, end),
            lambda: self._add_up_hours(calendar, start, end),
        )

    @api.model
    def _add_up_hours(self, calendar, start, end):
        roster = self._get_roster(calendar)
        get_week_type = self.env["resource.calendar.attendance"].get_week_type
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        return sum(
            (roster[get_week_type(day), day.weekday()] for day in days), Fraction(0)
        )

    @api.model
    def _get_roster(self, calendar):
        """Return {(week type, weekday): hours}, the same weeks where there is one.

        A flexible schedule has no days of its own: its hours are spread over Monday to
        Friday.
        """
        roster = defaultdict(Fraction)
        if calendar.flexible_hours:
            day_hours = exact(calendar.hours_per_week) / 5
            return roster | {
                (week, day): day_hours for week in (0, 1) for day in range(5)
            }
        for attendance in calendar._get_global_attendances():
            weeks = (
                (int(attendance.week_type),) if calendar.two_weeks_calendar else (0, 1)
            )
            for week in weeks:
                hours = exact(attendance.hour_to) - exact(attendance.hour_from)
                roster[week, int(attendance.dayofweek)] += hours
        return roster
