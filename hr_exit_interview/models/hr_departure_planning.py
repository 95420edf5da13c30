from datetime import timedelta

from odoo import fields, models

from ..planning import midpoint

# Who is away all the days around the one to propose is not proposed.
AWAY_MARGIN = timedelta(days=2)


class HrDeparture(models.Model):
    """What planning needs to know of a departure; called as superuser."""

    _inherit = "hr.departure"

    def _get_leaver_tz(self):
        """The time zone in which the leaver reads times."""
        calendar = self.company_id.resource_calendar_id
        return self.employee_id.tz or calendar.tz or "UTC"

    def _get_notice_day(self):
        """The day of notice, or what is known nearest to it, up to the last day."""
        self.ensure_one()
        confirmed = self.confirmed_datetime and self.confirmed_datetime.date()
        day = self.notice_date or confirmed or fields.Date.context_today(self)
        return min(day, self.departure_date or day)

    def _get_target_day(self):
        """The day around which to talk, weekends and leave apart; not in the past."""
        today = fields.Date.context_today(self)
        if not self.departure_date:
            return today
        target = midpoint.get_midpoint(self._get_notice_day(), self.departure_date)
        return max(target, today)

    def _filter_interviewers(self, users, officers):
        """Those of ``users`` who may hold this interview, the company's choice.

        :param officers: everybody with the role HR Exit Officer
        :return: users of the company's pool, its HR exit officers, and the second-line
            manager when the company wants that
        """
        self.ensure_one()
        company = self.company_id
        fitting = company.exit_interviewer_ids | officers
        if company.exit_second_line:
            fitting |= self.manager_id.parent_id.user_id
        return (
            users.filtered(lambda user: company in user.company_ids) & fitting
        ) - self._get_barred_users()

    def _is_away(self, absences):
        """Whether leave covers all the days around the one to propose.

        :param absences: list of (first day, last day)
        """
        target = self._get_target_day()
        return any(
            first <= target - AWAY_MARGIN and last >= target + AWAY_MARGIN
            for first, last in absences
        )
