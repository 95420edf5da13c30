from odoo import fields, models


class HrExitInterviewTemplate(models.Model):
    _inherit = "hr.exit.interview.template"

    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        domain="[('survey_type', '=', 'exit_interview')]",
        ondelete="restrict",
        index="btree_not_null",
        help="Offered to the leavers for whom this template is chosen: by way of "
        "leaving, registered reason, department and company.",
    )
