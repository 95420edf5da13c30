from odoo import api, models

from ..settlement import exact


class HrSettlementSourceLeave(models.AbstractModel):
    """Approved time off, as far as it lies before a day."""

    _inherit = "hr.settlement.source.leave"

    @api.model
    def _get_leaves(self, departures):
        """Return {departure: approved leave that begins by the last day}."""
        # sudo: hr.leave - the officer settling need not be a time off officer
        leaves = self.env["hr.leave"].sudo().search(self._get_domain(departures))
        return self._get_begun(departures, leaves, "request_date_from")

    @api.model
    def _get_cut_durations(self, departures, leaves, day=None):
        """Return {departure: {leave: (days, hours)}} of requests going on after a day.

        Core's own measure on unsaved copies, as its wizard will cut them: one for all
        requests of the same days and schedule, because core measures them one by one.

        :param day: the last day that counts; of each departure its own when not given
        """
        measured, result = {}, {}
        for departure in departures:
            end = day or departure._get_last_day()
            result[departure] = {}
            for leave in leaves[departure]:
                if leave.request_date_from <= end < leave.request_date_to:
                    key = (end, *self._get_measure_key(leave))
                    if key not in measured:
                        measured[key] = self._measure(leave, end)
                    result[departure][leave] = measured[key]
        return result

    @api.model
    def _measure(self, leave, end):
        copy = leave.new({"request_date_to": end}, origin=leave)
        copy._compute_date_from_to()
        return copy._get_durations()[copy.id]

    @api.model
    def _get_measure_key(self, leave):
        """Return what decides how long a request is, next to its last day."""
        return (
            leave.request_date_from,
            leave.resource_calendar_id,
            leave.company_id,
            leave.holiday_status_id.request_unit,
            leave.holiday_status_id.include_public_holidays_in_duration,
            leave.request_unit_half and leave.request_date_from_period,
            leave.request_unit_hours and leave.request_hour_from,
            leave.tz,
        )

    @api.model
    def _get_taken_hours(self, terms, leave):
        """Return the hours of a request up to and including the last day."""
        days, hours = terms.cut.get(
            leave, (leave.number_of_days, leave.number_of_hours)
        )
        if leave.holiday_status_id.request_unit == "hour":
            return exact(hours)
        return exact(days) * terms.hours_per_day
