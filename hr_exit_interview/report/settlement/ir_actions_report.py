import io

from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Papers for leavers are made one by one: each counts its own pages."""
        report = self._get_report(report_ref)
        paper = self._get_rendering_context_model(report)
        is_paper = isinstance(paper, self.env.registry["hr.settlement.paper"])
        if not is_paper or not res_ids:
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        streams = {}
        for settlement in self.env["hr.settlement"].browse(dict.fromkeys(res_ids)):
            streams |= super()._render_qweb_pdf_prepare_streams(
                report_ref, data, settlement.ids
            )
            pages = io.BytesIO(streams[settlement.id]["stream"].getvalue())
            streams[settlement.id]["stream"] = paper._mark_pages(settlement, pages)
        return streams
