from odoo import models

from ...lib.trusted import get_trusted


class HrEmployee(models.Model):
    """Core's measures for the settlement of many people at once."""

    _inherit = "hr.employee"

    def _get_hours_per_day(self, date_from):
        """Return the hours of a day on ``date_from``.

        Core finds the schedule with a query per employee. Whoever knows the hours
        already says so in the context key ``settlement_hours_per_day``.
        """
        known = get_trusted(self.env, "settlement_hours_per_day")
        return known or super()._get_hours_per_day(date_from)
