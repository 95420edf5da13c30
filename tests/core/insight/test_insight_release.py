from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...insight_common import InsightCommon


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightRelease(InsightCommon):
    def _two_units(self):
        """Greenhouse 6 for pay and 5 for work, trade 5 and 7; office 2."""
        self._leavers(6, self.greenhouse, reason="base_pay")
        self._leavers(5, self.greenhouse, reason="workload")
        self._leavers(5, self.trade, reason="base_pay")
        self._leavers(7, self.trade, reason="workload")

    def test_reasons_of_the_company_and_its_units(self):
        """11 of 23 for pay (47.8 %), 12 for work; 6 of 11 is 55 %."""
        self._two_units()
        release = self._publish()
        company = self._figures(release, "reason", field="total")
        self.assertEqual(company["Company", self._name("base_pay")], 11)
        self.assertEqual(company["Company", self._name("workload")], 12)
        shares = self._figures(release, "reason")
        self.assertEqual(shares["Company", self._name("base_pay")], 47.8)
        units = self._figures(release, "reason", "unit")
        category = self._reason("base_pay").parent_id.display_name
        self.assertEqual(units["Greenhouse", category], 55)

    def _name(self, code):
        return self._reason(code).display_name

    def test_small_unit_is_with_the_others(self):
        """Two in the office: they are with the smallest other unit, nobody is zero."""
        self._two_units()
        self._leavers(2, self.office, reason="base_pay")
        release = self._publish()
        self.assertEqual(
            self._figures(release, "people", "unit"),
            {("Trade", ""): 12, ("All others", ""): 13},
        )

    def test_themes_and_recommending(self):
        """Means of 3 and 4 with 11 and 12 people; promoters less detractors."""
        self._leavers(5, self.greenhouse, scores={"work": 2, "enps": 9})
        self._leavers(6, self.greenhouse, scores={"work": 4, "enps": 3})
        self._leavers(12, self.trade, scores={"work": 4, "enps": 8})
        release = self._publish()
        themes = self._figures(release, "theme", "unit")
        name = self.themes["work"].name
        self.assertEqual(themes, {("Greenhouse", name): 3.1, ("Trade", name): 4.0})
        # (5 - 6) of 23 is -4 %
        self.assertEqual(list(self._figures(release, "enps").values()), [-4])

    def test_participation(self):
        """11 of 16 took part: 69 %. Who declined is only counted together."""
        self._leavers(11, self.greenhouse)
        self._leavers(5, self.greenhouse, state="declined")
        release = self._publish()
        self.assertEqual(list(self._figures(release, "participation").values()), [69])

    def test_ways_of_leaving_and_regretted(self):
        """7 resigned, 5 were dismissed; 6 of 12 are regretted."""
        self._leavers(1, self.greenhouse, is_regretted=True)
        self._leavers(6, self.greenhouse)
        self._leavers(
            5, self.greenhouse, departure_type="performance", is_regretted=True
        )
        release = self._publish()
        types = self._figures(release, "type", field="total")
        self.assertEqual(types["Company", "Voluntary resignation"], 7)
        self.assertEqual(types["Company", "Dismissal for performance"], 5)
        self.assertEqual(self._figures(release, "regretted")["Company", ""], 50)

    def test_late_answers_count_in_the_next_release(self):
        """Who answers after the quarter was published is not added to it."""
        self._two_units()
        first = self._publish()
        before = first.cell_ids.read()
        self._leavers(6, self.office, reason="base_pay")
        self.assertEqual(self._publish(), first)
        self.assertEqual(first.cell_ids.read(), before)
        with freeze_time("2026-01-05"):
            second = self._publish("2025-10-01")
        self.assertEqual(self._figures(second, "people"), {("Company", ""): 6})

    def test_too_few_wait(self):
        """Four answers say nothing; with three more in the next quarter seven do."""
        self._leavers(4, self.greenhouse)
        first = self._publish()
        self.assertFalse(self._figures(first, "people"))
        self._leavers(3, self.trade, day="2025-10-10")
        with freeze_time("2026-01-05"):
            second = self._publish("2025-10-01")
        self.assertEqual(self._figures(second, "people"), {("Company", ""): 7})

    def test_taking_part_after_all_counts_in_the_next_release(self):
        """Six declined, one of them talks later: six and seven asked, none and six took
        part, and the answers count once."""
        self._leavers(6, self.greenhouse)
        late = self._leavers(6, self.trade, state="declined")[0].interview_ids
        first = self._publish()
        self.assertEqual(
            self._figures(first, "participation", field="n"), {("Company", ""): 12}
        )
        late.write({"state": "closed", "main_reason_id": self._reason("base_pay").id})
        self._leavers(6, self.greenhouse, day="2025-10-10", reason="workload")
        with freeze_time("2026-01-05"):
            second = self._publish("2025-10-01")
        self.assertEqual(self._figures(second, "people"), {("Company", ""): 7})
        self._leavers(6, self.greenhouse, day="2026-02-10")
        with freeze_time("2026-04-05"):
            third = self._publish("2026-01-01")
        self.assertEqual(self._figures(third, "people"), {("Company", ""): 6})

    def test_purged_answers_leave_figures_as_they_are(self):
        """What was published stays when departures and interviews are gone."""
        self._two_units()
        release = self._publish()
        before = self._figures(release, "reason", "unit")
        self.env["hr.exit.interview"].search([]).unlink()
        release.invalidate_recordset()
        self.assertEqual(self._figures(release, "reason", "unit"), before)

    def test_frozen(self):
        """Nobody changes, adds or deletes a figure, not even as superuser."""
        self._two_units()
        release = self._publish()
        cell = release.cell_ids[0]
        for change in (
            lambda: cell.write({"n": 99}),
            cell.copy,
            cell.unlink,
            release.unlink,
        ):
            with self.assertRaisesRegex(UserError, "frozen"):
                change()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            release.copy().flush_recordset()

    def test_sensitive_reason_counts_as_its_category(self):
        """Health is nobody's business: only its category is published."""
        sensitive = self.env["hr.exit.reason"].search(
            [("is_sensitive", "=", True), ("parent_id", "!=", False)], limit=1
        )
        self._leavers(6, self.greenhouse, reason=sensitive.code)
        self._leavers(6, self.trade, reason="base_pay")
        release = self._publish()
        answers = {answer for _label, answer in self._figures(release, "reason")}
        self.assertIn(sensitive.parent_id.display_name, answers)
        self.assertNotIn(sensitive.display_name, answers)

    def test_queries_do_not_grow(self):
        """As many queries for a large quarter as for a small one."""
        for day, count in (("2025-02-10", 6), ("2025-05-10", 60)):
            self._leavers(count, self.greenhouse, day=day, reason="base_pay")
            self._leavers(count, self.trade, day=day, reason="workload")
        self.env["hr.exit.headcount"]._close_past_months(self.company)
        few = self._count_queries(self._publish, "2025-01-01")
        many = self._count_queries(self._publish, "2025-04-01")
        self.assertLessEqual(many, few)

    def test_queries_do_not_grow_with_quarters(self):
        """As many queries for ten quarters, each with answers, as for two."""
        releases = self.env["hr.exit.insight.release"]
        quarters = [date(2023, 4, 1) + relativedelta(months=3 * i) for i in range(10)]
        for first in quarters:
            self._leavers(6, self.greenhouse, day=str(first), reason="base_pay")
        self.env["hr.exit.headcount"]._close_past_months(self.company)
        few = self._count_queries(
            releases._publish_quarters, self.company, quarters[:2]
        )
        many = self._count_queries(
            releases._publish_quarters, self.company, quarters[2:]
        )
        self.assertLessEqual(many, few)
        people = releases.search([]).cell_ids.filtered(lambda c: c.item == "people")
        self.assertEqual(people.mapped("n"), [6] * 10)


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightCron(InsightCommon):
    def _run(self, company=None):
        releases = self.env["hr.exit.insight.release"]
        releases._publish_waiting(self.company)
        return releases.search([("company_id", "=", self.company.id)])

    def test_every_closed_quarter_once(self):
        """From the first departure to the last closed quarter; twice is once."""
        self._leavers(6, self.greenhouse, day="2025-02-10")
        releases = self._run()
        self.assertEqual(releases.mapped("quarter"), ["2025-Q3", "2025-Q2", "2025-Q1"])
        self.assertEqual(self._run(), releases)

    def test_stopped_half_way(self):
        """What a stopped run did not reach is done by the next one."""
        self._leavers(6, self.greenhouse, day="2025-02-10")
        self._leavers(6, self.greenhouse, day="2025-08-10")
        self._publish("2025-01-01")
        releases = self._run()
        self.assertEqual(len(releases), 3)
        people = [self._figures(release, "people") for release in releases]
        self.assertEqual(people, [{("Company", ""): 6}, {}, {("Company", ""): 6}])

    def test_company_without_departures(self):
        """Nothing to publish, and nothing that fails."""
        company = self._company("Leeg B.V.")
        releases = self.env["hr.exit.insight.release"]
        self.assertEqual(releases._get_waiting_quarters(company), [])
        self.env["hr.exit.headcount"]._close_past_months(company)


@tagged("post_install", "-at_install")
@freeze_time("2025-11-03")
class TestInsightHeadcount(InsightCommon):
    def _months(self, unit):
        self.env["hr.exit.headcount"]._close_past_months(self.company)
        months = self.env["hr.exit.headcount"].search(
            [("company_id", "=", self.company.id), ("department_id", "=", unit.id)],
            order="month",
        )
        return {str(month.month)[:7]: month for month in months}

    def test_average_of_the_ends_of_the_month(self):
        """Three join in May, one leaves on 20 June: 3, then 2, on average 2.5."""
        employees = [
            self._employee(f"E{i}", "2025-05-12", 3000, department_id=self.trade.id)
            for i in range(3)
        ]
        self._leave(employees[0], "2025-06-20")
        months = self._months(self.trade)
        self.assertEqual(months["2025-05"].headcount, 1.5)
        self.assertEqual(months["2025-05"].hires, 3)
        june = months["2025-06"]
        self.assertEqual((june.headcount_start, june.headcount_end), (3, 2))
        self.assertEqual(
            (june.headcount, june.leavers, june.early_leavers), (2.5, 1, 1)
        )
        self.assertEqual(months["2025-07"].headcount, 2)
        self.assertEqual(max(months), "2025-10")

    def _leave(self, employee, day):
        departure = self._departure(employee, notice_date=False, departure_date=day)
        departure.state = "done"
        employee.with_context(no_wizard=True).action_archive()
        return departure

    def test_closed_months_are_kept(self):
        """A department that changes hands later does not change the past."""
        self._employee("Blijft", "2025-05-12", 3000, department_id=self.trade.id)
        before = self._months(self.trade)["2025-06"].headcount
        self._employee("Later", "2025-04-01", 3000, department_id=self.trade.id)
        self.assertEqual(self._months(self.trade)["2025-06"].headcount, before)

    def test_unit_follows_the_version(self):
        """Who moves to another unit in August counts there from August on."""
        mover = self._employee("M", "2025-05-01", 3000, department_id=self.trade.id)
        mover.create_version(
            {"date_version": date(2025, 8, 1), "department_id": self.office.id}
        )
        self.assertEqual(self._months(self.trade)["2025-07"].headcount_end, 1)
        self.assertNotIn("2025-09", self._months(self.trade))
        self.assertEqual(self._months(self.office)["2025-08"].headcount_end, 1)

    def test_rehire_has_two_times_in_service(self):
        """Left in June, back in September: not there in July and August."""
        employee = self._employee("R", "2025-02-01", 3000, department_id=self.trade.id)
        employee.contract_date_end = "2025-06-30"
        self._leave(employee, "2025-06-30")
        employee.action_unarchive()
        employee.create_version(
            {
                "date_version": date(2025, 9, 1),
                "contract_date_start": date(2025, 9, 1),
                "contract_date_end": False,
            }
        )
        months = self._months(self.trade)
        self.assertEqual(months["2025-06"].headcount_end, 1)
        self.assertEqual(months["2025-07"].headcount_end, 0)
        self.assertEqual(months["2025-09"].headcount_end, 1)

    def test_turnover_and_survival_are_published(self):
        """One of three leaves: 1 / mean of 3, 3, 2.5 ..."""
        employees = [
            self._employee(f"E{i}", "2024-01-10", 3000, department_id=self.trade.id)
            for i in range(6)
        ]
        self._leave(employees[0], "2025-08-31")
        release = self._publish()
        turnover = self._figures(release, "turnover", "unit")
        # In September five; who leaves on the last day of August is there that day.
        # Means of the months: 6, 6, 5.5; 1 / 5.8333 is 17.14 %.
        self.assertAlmostEqual(turnover["Trade", ""], 17.14, 2)
        # In their second year all of them: 6 at the start, 5 at the end.
        bands = self._figures(release, "turnover", "tenure")
        self.assertEqual(bands["1 to 2 years", ""], 18.18)
        survival = {
            cell.months: cell.figure
            for cell in release.cell_ids
            if cell.item == "survival"
        }
        self.assertEqual(survival[12], 100)
