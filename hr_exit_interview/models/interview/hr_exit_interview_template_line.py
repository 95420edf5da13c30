from odoo import fields, models


class HrExitInterviewTemplateLine(models.Model):
    """One question at its place in a guide."""

    _name = "hr.exit.interview.template.line"
    _description = "Exit Interview Template Question"
    _order = "sequence, id"

    # The unique index below begins with it.
    template_id = fields.Many2one(
        "hr.exit.interview.template", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="template_id.company_id", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    question_id = fields.Many2one(
        "hr.exit.question", required=True, ondelete="restrict", index=True
    )
    theme_id = fields.Many2one(related="question_id.theme_id")
    condition = fields.Char(
        string="Only If",
        translate=True,
        help="When the question makes sense, for the interviewer to read.",
    )

    _question_uniq = models.UniqueIndex(
        "(template_id, question_id)", "A question stands once in a template."
    )
