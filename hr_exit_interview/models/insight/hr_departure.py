from odoo import models

MAX_IMPROVEMENTS = 5


class HrDeparture(models.Model):
    """What the leaver reads of what earlier leavers brought about."""

    _inherit = "hr.departure"

    def _prepare_page_values(self):
        return {
            **super()._prepare_page_values(),
            "improvements": self._prepare_page_improvements(),
        }

    def _prepare_page_improvements(self):
        """Return what was done with what others told, the newest few."""
        improvements = self.env["hr.exit.improvement"]
        texts = improvements._get_public_texts(self.company_id)
        return [{"name": name, "text": text} for name, text in texts[:MAX_IMPROVEMENTS]]
