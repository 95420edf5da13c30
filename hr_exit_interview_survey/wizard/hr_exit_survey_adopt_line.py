from odoo import fields, models


class HrExitSurveyAdoptLine(models.TransientModel):
    """One question of the survey that is adopted: its theme and code."""

    _name = "hr.exit.survey.adopt.line"
    _description = "Question of an Adopted Survey"
    _order = "id"

    wizard_id = fields.Many2one(
        "hr.exit.survey.adopt", required=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "survey.question", required=True, readonly=True, ondelete="cascade"
    )
    theme_id = fields.Many2one("hr.exit.theme", ondelete="cascade")
    code = fields.Char(
        help="Give it the code of one of our questions to compare the two."
    )

    def _map_question(self):
        """Map the question to its theme and code; nothing is mandatory for a leaver."""
        self.question_id.write(
            {
                "exit_theme_id": self.theme_id.id,
                "exit_code": self.code,
                "constr_mandatory": False,
            }
        )
