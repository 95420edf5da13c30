from odoo import models


class SurveyUserInputLine(models.Model):
    """Reading what a leaver filled in is opening the interview."""

    _inherit = "survey.user_input.line"

    def _read_format(self, fnames, load="_classic_read"):
        self.env["hr.exit.access.log"]._note(
            self.user_input_id.exit_interview_id, "form"
        )
        return super()._read_format(fnames, load)

    def _export_rows(self, fields, *args, **kwargs):
        self.env["hr.exit.access.log"]._note(
            self.user_input_id.exit_interview_id, "export"
        )
        return super()._export_rows(fields, *args, **kwargs)
