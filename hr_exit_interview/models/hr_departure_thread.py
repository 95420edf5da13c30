import secrets

from odoo import models


class HrDeparture(models.Model):
    """The messages of a written conversation on the leaver's page."""

    _inherit = "hr.departure"

    def _prepare_page_values(self):
        values = super()._prepare_page_values()
        return {**values, "thread": self._prepare_page_thread(values["interview"])}

    def _prepare_page_thread(self, interview):
        """What the page shows of the messages; None when there are none to show."""
        thread = interview and interview._prepare_thread(self._get_leaver_tz())
        if not thread or not (thread["is_open"] or thread["messages"]):
            return None
        return {**thread, "uid": secrets.token_urlsafe(12)}
