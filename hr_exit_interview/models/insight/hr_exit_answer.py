from odoo import fields, models


class HrExitAnswer(models.Model):
    """The score that one leaver gave a theme: a number, never a text.

    This is all that insight knows about questionnaires. What adds scores writes here:
    the mean of the scores of 1 to 5 of a theme's questions, and for the theme ``enps``
    the answer of 0 to 10.
    """

    _name = "hr.exit.answer"
    _description = "Coded Exit Answer"
    _rec_name = "theme_id"

    # The unique index below begins with it.
    interview_id = fields.Many2one(
        "hr.exit.interview", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="interview_id.company_id")
    theme_id = fields.Many2one("hr.exit.theme", required=True, ondelete="restrict")
    score = fields.Float(
        required=True,
        aggregator="avg",
        help="1 to 5, or 0 to 10 for recommending us.",
    )

    _theme_uniq = models.UniqueIndex(
        "(interview_id, theme_id)", "Each theme is scored once in an interview."
    )
    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 10)", "A score is between 0 and 10."
    )
