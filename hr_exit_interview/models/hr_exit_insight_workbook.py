import io

import xlsxwriter

from odoo import api, models

COLUMNS = (
    "quarter",
    "item",
    "dimension",
    "label",
    "answer_label",
    "n",
    "total",
    "figure",
)


class HrExitInsightRelease(models.Model):
    """The published figures as a workbook."""

    _inherit = "hr.exit.insight.release"

    @api.model
    def _write_workbook(self, quarters):
        """The figures of the newest ``quarters`` of the company, as bytes of xlsx."""
        releases = self.search(
            [("company_id", "=", self.env.company.id)], limit=quarters
        )
        cells = self.env["hr.exit.insight"].search([("release_id", "in", releases.ids)])
        labels = cells.fields_get(COLUMNS, ["string", "selection"])
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"constant_memory": True}) as book:
            sheet = book.add_worksheet(self.env._("Published Figures"))
            bold = book.add_format({"bold": True})
            for column, name in enumerate(COLUMNS):
                sheet.write_string(0, column, labels[name]["string"], bold)
            for row, cell in enumerate(cells, start=1):
                for column, name in enumerate(COLUMNS):
                    self._write_figure(sheet, row, column, cell[name], labels[name])
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, len(cells), len(COLUMNS) - 1)
        return output.getvalue()

    @api.model
    def _write_figure(self, sheet, row, column, value, label):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(row, column, value)
        elif value:
            text = dict(label.get("selection", ())).get(value, value)
            # Names that begin with = are no formulas.
            sheet.write_string(row, column, text)
