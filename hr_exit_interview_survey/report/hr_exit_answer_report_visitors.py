from odoo import models

TEXT_FIELDS = {"text", "said"}


class HrExitAnswerReport(models.Model):
    """Reading texts one by one is opening the interviews they are from."""

    _inherit = "hr.exit.answer.report"

    def _read_format(self, fnames, load="_classic_read"):
        if TEXT_FIELDS & set(fnames):
            self.env["hr.exit.access.log"]._note(self.interview_id, "form")
        return super()._read_format(fnames, load)

    def _export_rows(self, fields, *args, **kwargs):
        self.env["hr.exit.access.log"]._note(self.interview_id, "export")
        return super()._export_rows(fields, *args, **kwargs)
