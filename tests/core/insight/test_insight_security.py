from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...insight_common import InsightCommon

ROLES = (
    "reader",
    "signal_reader",
    "admin",
    "officer",
    "interviewer",
    "payroll",
    "hr_manager",
    "plain",
)
# Letters: read, write, create, unlink.
PUBLISHED = {"reader": "r", "signal_reader": "r", "officer": "r", "admin": "r"}
MATRIX = {
    "hr.exit.insight": PUBLISHED,
    "hr.exit.insight.release": PUBLISHED,
    "hr.exit.headcount": PUBLISHED,
    "hr.exit.answer": {"officer": "r", "admin": "r"},
    "hr.exit.signal": {"signal_reader": "rw"},
    "hr.exit.access.log": {"signal_reader": "r", "admin": "r"},
    "hr.exit.signal.search": {"signal_reader": "rwcu"},
    "hr.exit.improvement": {
        "reader": "r",
        "signal_reader": "rwc",
        "officer": "rwc",
        "admin": "rwcu",
    },
}


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightSecurity(InsightCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leavers(6, cls.greenhouse, reason="base_pay", scores={"work": 3})
        cls._leavers(6, cls.trade, reason="workload", scores={"work": 4})
        cls._leavers(2, cls.office, reason="workload", scores={"work": 1})
        cls.release = cls._publish(cls)

    def test_matrix_of_roles_and_operations(self):
        """Who may do what, by role and model."""
        self._assert_rights(MATRIX, ROLES)

    def test_readers_get_releases_and_nothing_under_them(self):
        """Neither interviews nor answers nor departures, by no way of asking."""
        for user in (self.reader, self.signal_reader):
            for model in ("hr.exit.interview", "hr.exit.answer", "hr.departure"):
                records = self.env[model].with_user(user)
                for ask in (
                    lambda r: r.search([]),
                    lambda r: r.search_count([]),
                    lambda r: r.formatted_read_group([], ["company_id"], ["__count"]),
                    lambda r: r.search([]).export_data(["id"]),
                    lambda r: r.name_search(""),
                ):
                    with self.assertRaises(AccessError):
                        ask(records)

    def test_release_does_not_lead_to_interviews(self):
        """Who is counted cannot be read, searched or grouped by, not even as HR."""
        self.assertTrue(self.env["hr.exit.insight.counted"].search_count([]))
        for user in (
            self.reader,
            self.officer,
            self.admin,
            self.env.ref("base.user_admin"),
        ):
            counted = self.env["hr.exit.insight.counted"].with_user(user)
            for ask in (
                lambda r: r.search([]),
                lambda r: r.search_count([]),
                lambda r: r.formatted_read_group([], ["departure_id"], ["__count"]),
                lambda r: r.name_search(""),
            ):
                with self.assertRaises(AccessError):
                    ask(counted)

    def test_readers_see_no_small_group_by_any_way(self):
        """The two of the office are nowhere, alone or as what is left over."""
        cells = self.env["hr.exit.insight"].with_user(self.reader)
        office = [("department_id", "=", self.office.id)]
        self.assertFalse(
            cells.search([*office, ("item", "!=", "turnover"), ("item", "!=", "early")])
        )
        groups = cells.formatted_read_group(
            [("item", "=", "people"), ("dimension", "=", "unit")],
            ["department_id"],
            ["n:sum"],
        )
        self.assertEqual(sorted(group["n:sum"] for group in groups), [6, 8])
        exported = cells.search([("item", "=", "theme")]).export_data(["n"])["datas"]
        self.assertTrue(exported)
        self.assertFalse([row for row in exported if int(row[0]) < 5])

    def test_reader_of_another_company(self):
        """Figures stay within their company."""
        other = self._company("Elders B.V.")
        reader = self.reader.copy({"login": "other_reader"})
        reader.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        for model in (
            "hr.exit.insight",
            "hr.exit.insight.release",
            "hr.exit.headcount",
        ):
            records = self.env[model].with_user(reader)
            self.assertFalse(
                records.with_context(allowed_company_ids=other.ids).search([])
            )

    def test_own_answers_are_hidden_from_manager_and_leaver(self):
        """An officer who is the manager, or who left, finds no scores of it."""
        answers = self.env["hr.exit.answer"]
        departure = self.env["hr.departure"].search(
            [("department_id", "=", self.office.id)], limit=1
        )
        domain = [("interview_id", "in", departure.interview_ids.ids)]
        manager = answers.with_user(self.manager_user)
        self.assertTrue(manager.search(domain))
        departure.interview_ids.manager_id = self.manager
        self.assertFalse(manager.search(domain))

    def test_signal_of_the_own_unit(self):
        """Who heads the unit does not find its signal, by no way of asking."""
        self.env["hr.exit.signal"].sudo().create(
            {
                "company_id": self.company.id,
                "kind": "leavers",
                "department_id": self.trade.id,
                "date_from": date(2024, 1, 1),
                "date_to": date(2025, 1, 1),
            }
        )
        signals = self.env["hr.exit.signal"].with_user(self.signal_reader)
        self.assertTrue(signals.search([]))
        head = self._employee(
            "Hoofd", "2015-01-01", 5000, user_id=self.signal_reader.id
        )
        self.trade.manager_id = head
        self.assertFalse(signals.search([]))
        self.assertFalse(signals.search_count([]))
        groups = signals.formatted_read_group([], ["state"], ["__count"])
        self.assertFalse(groups)
