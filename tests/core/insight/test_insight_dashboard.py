import io

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...insight_common import InsightCommon


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightDashboard(InsightCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leavers(6, cls.greenhouse, day="2025-05-10", reason="base_pay")
        cls._leavers(6, cls.trade, day="2025-05-10", reason="workload")
        cls._leavers(
            6, cls.greenhouse, reason="base_pay", scores={"work": 2, "enps": 9}
        )
        cls._leavers(6, cls.trade, reason="workload", scores={"work": 4, "enps": 5})
        cls._leavers(2, cls.office, reason="workload", scores={"work": 3})
        cls.env["hr.exit.insight.release"]._publish_waiting(cls.company)

    def _data(self, user, **filters):
        dashboard = self.env["hr.exit.insight.dashboard"].with_user(user)
        return dashboard.with_context(allowed_company_ids=self.company.ids).get_data(
            **filters
        )

    def test_figures_of_two_quarters(self):
        """12 of 26 for pay: 46.2 %; 14 of 26 for the work."""
        data = self._data(self.reader)
        self.assertEqual(data["quarters"], ["2025-Q2", "2025-Q3"])
        self.assertEqual(
            [(row["value"], row["total"]) for row in data["reasons"]],
            [(53.8, 14), (46.2, 12)],
        )

    def test_turnover_by_choice(self):
        """14 of 20 resigned: seven tenths of the turnover of that quarter."""
        self._leavers(14, self.trade, day="2025-10-10")
        self._leavers(6, self.trade, day="2025-10-10", departure_type="retirement")
        with freeze_time("2026-01-05"):
            self._publish("2025-10-01")
            tiles = self._data(self.reader, quarters=1)["tiles"]
        self.assertEqual(tiles["voluntary"]["value"], 70)
        self.assertAlmostEqual(
            tiles["voluntary"]["turnover"], tiles["turnover"]["value"] * 0.7, 1
        )

    def test_figures_of_one_quarter_and_one_unit(self):
        """The last quarter of trade: with the office, so nothing of its own."""
        self.assertEqual(self._data(self.reader, quarters=1)["quarters"], ["2025-Q3"])
        data = self._data(self.reader, quarters=1, department_id=self.office.id)
        self.assertFalse(data["reasons"])
        self.assertNotIn("participation", data["tiles"])

    def test_heat_map_has_no_small_unit(self):
        """The office is with the others; the company comes first."""
        rows = self._data(self.reader)["themes"]["rows"]
        self.assertEqual(rows[0]["label"], self.company.name)
        self.assertNotIn("Office", [row["label"] for row in rows])
        self.assertEqual(rows[-1]["label"], "All others")

    def test_signals_are_for_signal_readers(self):
        """None for a reader; a list, empty here, for a signal reader."""
        self.assertIsNone(self._data(self.reader)["signals"])
        self.assertEqual(
            self._data(self.signal_reader)["signals"], {"is_on": False, "rows": []}
        )

    def test_closed_to_others(self):
        """Without the role there is no dashboard."""
        for user in (self.plain, self.payroll, self.interviewer, self.hr_manager):
            with self.assertRaises(AccessError):
                self._data(user)

    def test_monthly_digest(self):
        """One mail to who was named, with figures, in the reader's language."""
        self.reader.write({"email": "lezer@example.com", "lang": "nl_NL"})
        self.company.exit_digest_user_ids = self.reader
        before = self.env["mail.mail"].search([])
        self.env["hr.exit.insight.dashboard"]._cron_digest()
        mail = self.env["mail.mail"].search([]) - before
        self.assertIn("lezer@example.com", mail.email_to)
        self.assertIn("46.2 %", mail.body_html)
        self.assertIn("Waarom mensen vertrekken", mail.body_html)

    def test_queries(self):
        """At most ten queries beside those about the user, whatever the unit."""
        self.env["hr.exit.improvement"].create(
            [{"name": name, "company_id": self.company.id} for name in "AB"]
        )
        dashboard = self.env["hr.exit.insight.dashboard"].with_user(self.signal_reader)
        dashboard = dashboard.with_context(allowed_company_ids=self.company.ids)
        dashboard.get_data()
        read = ("hr.exit.insight", "hr.exit.reason", "hr.exit.theme", "hr.department")
        for unit in (False, self.trade.id):
            self.env.flush_all()
            for name in (*read, "hr.exit.improvement", "hr.exit.headcount"):
                self.env[name].invalidate_model()
            before = self.env.cr.sql_log_count
            dashboard.get_data(department_id=unit)
            self.assertLessEqual(self.env.cr.sql_log_count - before, 10)


@tagged("post_install", "-at_install")
class TestInsightWorkbook(InsightCommon, HttpCase):
    def test_workbook_has_what_is_published(self):
        """The figures as they are in the list; closed to who has no role."""
        with freeze_time("2025-11-03"):
            self._leavers(6, self.greenhouse, reason="base_pay")
            self._leavers(6, self.trade, reason="workload")
            release = self._publish()
        self.authenticate("insight_reader", "insight_reader")
        answer = self.url_open("/hr_exit_interview/insight.xlsx?quarters=x")
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        self.assertEqual(sheet.max_row, len(release.cell_ids) + 1)
        self.authenticate("plain", "plain")
        answer = self.url_open("/hr_exit_interview/insight.xlsx")
        self.assertEqual(answer.status_code, 403)
