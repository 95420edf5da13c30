from odoo import api, fields, models
from odoo.fields import Domain

from . import hr_settlement_workbook  # noqa: F401 - extended here
from .workbook_sheet import Column, Sheet

LEAVE_SUM = "=F{row}+G{row}-H{row}-I{row}"


class HrSettlementWorkbook(models.AbstractModel):
    """The sheet of leave: from the hours of a day to those of the last day."""

    _inherit = "hr.settlement.workbook"

    @api.model
    def _add_leave_sheet(self, book):
        return Sheet(book, self.env._("Leave"), self._get_leave_columns(), 3)

    @api.model
    def _get_leave_columns(self):
        """Return the columns, one leave line a row."""
        env = self.env
        return (
            Column("id", env._("ID"), "integer", 8),
            Column("reference", env._("Reference"), "text", 14),
            Column("employee", env._("Leaver"), "text", 28),
            Column("last_day", env._("Last Day"), "date", 12),
            Column("day", env._("Counted On"), "date", 12),
            Column("hours", env._("Hours That Day"), "quantity", 12),
            Column("accrued", env._("Still to Build Up"), "quantity", 12),
            Column("planned", env._("Approved Time Off"), "quantity", 12),
            Column("lapsing", env._("Lapses"), "quantity", 12),
            Column("left", env._("On the Last Day"), "quantity", 12, LEAVE_SUM),
        )

    @api.model
    def _write_leave(self, sheet, settlements):
        """Write the leave of some settlements, in the order of the list."""
        lines = self.env["hr.settlement.line"].search_fetch(
            Domain("settlement_id", "in", settlements.ids)
            & Domain("source", "=", "leave")
            & Domain("is_amount_known", "=", True),
            ["settlement_id", "inputs"],
        )
        by_settlement = lines.grouped("settlement_id")
        for settlement in settlements:
            owner = self._get_owner(settlement)
            for line in by_settlement.get(settlement, ()):
                row = self._get_leave_row(owner, line.inputs or {})
                sheet.write_row(row, owner.currency)

    @api.model
    def _get_leave_row(self, owner, inputs):
        """Return the values of a leave line, in the order of the columns.

        A list that was made once the last day had come has its hours on that day.
        """
        left = round(float(inputs.get("hours") or 0), 2)
        nothing_to_come = {"day": owner.last_day, "hours": left, "left": left}
        outlook = inputs.get("outlook") or nothing_to_come
        hours = ("hours", "accrued", "planned", "lapsing", "left")
        return (
            owner.id,
            owner.reference,
            owner.employee_name,
            owner.last_day,
            fields.Date.to_date(outlook["day"]),
            *(float(outlook.get(name, 0)) for name in hours),
        )
