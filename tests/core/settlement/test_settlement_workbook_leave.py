from datetime import datetime

from odoo.tests import freeze_time, tagged

from ...office import read_rows, recalculate
from ...workbook_common import WorkbookCommon


@tagged("post_install", "-at_install")
class TestSettlementWorkbookLeave(WorkbookCommon):
    """The sheet that explains the hours of leave."""

    def _leave_sheet(self):
        """Two days a month, a week off in August; gone on 31 August."""
        leaver = self._leaver()
        self._accrual(leaver, self.extra, "2026-01-01")
        self._take(leaver, self.extra, "2026-08-10", "2026-08-14")
        departure = self._departure(leaver, departure_date="2026-08-31")
        # A settlement without leave has no row.
        export = self._export(self._settlement(departure) | self.settlement)
        export.action_export()
        return export

    @freeze_time("2026-06-30")
    def test_from_today_to_the_last_day(self):
        """96 h + 32 h - 40 h = 88 h, the last one a formula."""
        export = self._leave_sheet()
        formulas, values = self._open(export)
        (row,) = read_rows(values["Leave"])
        self.assertEqual(row["Leaver"], "Leaver")
        self.assertEqual(row["Counted On"], datetime(2026, 6, 30))
        self.assertEqual(row["Last Day"], datetime(2026, 8, 31))
        self.assertEqual([*row.values()][5:], [96, 32, 40, 0, 88])
        self.assertEqual(formulas["Leave"]["J2"].value, "=F2+G2-H2-I2")
        again = recalculate(export.attachment_id.raw)
        self.assertEqual(again["Leave"]["J2"].value, 88)

    @freeze_time("2026-09-10")
    def test_once_the_last_day_is_there(self):
        """8 x 16 - 40 = 88 h, nothing to come."""
        _formulas, values = self._open(self._leave_sheet())
        (row,) = read_rows(values["Leave"])
        self.assertEqual(row["Counted On"], datetime(2026, 8, 31))
        self.assertEqual([*row.values()][5:], [88, 0, 0, 0, 88])
