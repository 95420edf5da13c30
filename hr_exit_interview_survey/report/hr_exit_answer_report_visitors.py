from odoo import api, models


class HrExitAnswerReport(models.Model):
    """Reading texts one by one is opening the interviews they are from."""

    _name = "hr.exit.answer.report"
    _inherit = ["hr.exit.answer.report", "hr.exit.content"]

    @api.model
    def _get_content_fields(self):
        return {"text", "said"}

    @api.model
    def _get_exported_content_fields(self):
        return set(self._fields)
