from odoo import fields, models


class HrExitInsightCounted(models.Model):
    """In which release an interview or a departure was counted: in one only.

    Nobody may read this, whatever the role: it would tell whose answers a figure is
    made of. Only the refresh, by SQL, writes and reads it.
    """

    _name = "hr.exit.insight.counted"
    _description = "Counted in a Release"
    _log_access = False

    release_id = fields.Many2one(
        "hr.exit.insight.release", required=True, index=True, ondelete="cascade"
    )
    interview_id = fields.Many2one("hr.exit.interview", ondelete="cascade")
    departure_id = fields.Many2one("hr.departure", ondelete="cascade")

    _interview_uniq = models.UniqueIndex(
        "(interview_id) WHERE interview_id IS NOT NULL",
        "An interview is counted once.",
    )
    _departure_uniq = models.UniqueIndex(
        "(departure_id) WHERE departure_id IS NOT NULL",
        "A departure is counted once.",
    )
