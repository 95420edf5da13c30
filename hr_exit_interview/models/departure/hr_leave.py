from odoo import models

from ...lib.trusted import get_trusted


class HrLeave(models.Model):
    """Time off up to the last day stays when core's departure wizard cuts the rest."""

    _inherit = "hr.leave"

    def _force_cancel(self, *args, **kwargs):
        return super(HrLeave, self._get_after_departure())._force_cancel(
            *args, **kwargs
        )

    def unlink(self):
        return super(HrLeave, self._get_after_departure()).unlink()

    def _get_after_departure(self):
        """Return what is left to cancel while a departure is carried out.

        Core compares moments of Greenwich with the last day: west of it a day's work
        ends after that day. The days of the request are those where the company is.
        """
        last_day = get_trusted(self.env, "departure_last_day")
        if not last_day:
            return self
        return self.filtered(lambda leave: leave.request_date_to > last_day)
