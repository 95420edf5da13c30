from odoo import api, models
from odoo.tools import SQL


class HrExitBlank(models.AbstractModel):
    _inherit = "hr.exit.blank"

    @api.model
    def _delete_traces(self, records):
        """Remove the person from mass departures; their costs go with the line."""
        super()._delete_traces(records)
        if records._name != "hr.departure":
            return
        # Not by unlinking: what was registered cannot be taken off the list.
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "DELETE FROM hr_departure_batch_line WHERE departure_id IN %s",
                records._ids,
            )
        )
        self.env.invalidate_all(flush=False)
