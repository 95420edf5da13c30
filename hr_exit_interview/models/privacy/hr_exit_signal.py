from odoo import api, fields, models

from . import hr_exit_content  # noqa: F401 - inherited here


class HrExitSignal(models.Model):
    """Logging who opens signals."""

    _name = "hr.exit.signal"
    _inherit = ["hr.exit.signal", "hr.exit.content"]

    _logged_path = ""

    look_ids = fields.One2many(
        "hr.exit.access.log", "signal_id", string="Opened By", readonly=True
    )

    @api.model
    def _get_content_fields(self):
        # Reading a name in a list or a link is not opening the signal.
        return self._fields.keys() - {"id", "display_name"}

    @api.model
    def _get_exported_content_fields(self):
        return self._fields.keys()

    @api.model
    def _get_ungroupable_fields(self):
        # Signals are grouped by state and kind.
        return {"outcome_note"}
