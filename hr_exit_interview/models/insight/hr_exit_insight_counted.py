from odoo import fields, models


class HrExitInsightCounted(models.Model):
    """In which release an interview or a departure was counted.

    Once only; but who declined, was counted so and took part after all is counted again
    with the answers. Nobody may read this, whatever the role: it would tell whose
    answers a figure is made of. Only the refresh, by SQL, writes and reads it.
    """

    _name = "hr.exit.insight.counted"
    _description = "Counted in a Release"
    _log_access = False

    # Ids and no foreign keys: PostgreSQL looks each of them up, which takes longer than
    # everything else of a first refresh. Ids do not come back after a deletion.
    release_id = fields.Integer(required=True)
    interview_id = fields.Integer()
    departure_id = fields.Integer()
    is_answered = fields.Boolean(help="The answers are counted, not only the offer.")

    _interview_uniq = models.UniqueIndex(
        "(interview_id, is_answered) WHERE interview_id IS NOT NULL",
        "An interview is counted once.",
    )
    _departure_uniq = models.UniqueIndex(
        "(departure_id) WHERE departure_id IS NOT NULL",
        "A departure is counted once.",
    )
