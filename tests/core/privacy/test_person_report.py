from freezegun import freeze_time
from lxml.html import fromstring

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...retention_common import RetentionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-01")
class TestPersonReport(RetentionCommon):
    """What concerns Marit de Boer, the manager of those who left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.theme = cls.env.ref("hr_exit_interview.exit_theme_manager")

    def _left_her(self, name, reason="workload", answer=None, day="2026-02-15"):
        departure = self._left(name, day, manager_id=self.manager.id)
        interview = departure.interview_ids
        interview.main_reason_id = self.env.ref(
            f"hr_exit_interview.exit_reason_{reason}"
        )
        if answer:
            self._point(interview, answer=answer, theme_id=self.theme.id)
        return departure

    def _look_up(self, user=None, employee=None):
        report = (
            self.env["hr.exit.person.report"]
            .with_user(user or self.officer)
            .with_context(allowed_company_ids=self.company.ids)
            .create(
                {
                    "employee_id": (employee or self.manager).id,
                    "company_id": self.company.id,
                }
            )
        )
        report.action_look_up()
        return report

    def _texts(self, report, title):
        return report.line_ids.filtered(lambda line: line.title == title).mapped("text")

    def test_counts_are_by_quarter_and_without_names(self):
        """Four leavers in two quarters; nobody's name and no day."""
        for i, day in enumerate(("2026-01-05", "2026-03-31", "2026-04-01")):
            self._left_her(f"Vertrekker {i}", day=day)
        report = self._look_up()
        # With Joost Visser, who left on 30 April.
        self.assertEqual(
            self._texts(report, "Manager at notice"),
            [
                "Departures in which the person is kept as the manager: 4 "
                "(2026-Q1: 2, 2026-Q2: 2)"
            ],
        )
        everything = " ".join(report.line_ids.mapped("text"))
        for word in ("Vertrekker", "Joost", "2026-04-30", "2026-03-31"):
            self.assertNotIn(word, everything)

    def test_nothing_is_quoted_of_fewer_than_five(self):
        """Four spoke about the manager: it is said that there is more, not what."""
        for i in range(4):
            self._left_her(f"P{i}", answer=f"Zij luistert niet {i}")
        report = self._look_up()
        lines = report.line_ids.filtered("is_protected")
        self.assertEqual(
            lines.mapped("title"),
            ["Main stated reasons", "What was said about the direct manager"],
        )
        self.assertNotIn("luistert", " ".join(report.line_ids.mapped("text")))

    def test_quotes_of_five_wait_for_the_decision_of_hr(self):
        """Shown to HR in no order of time, handed out only when chosen; logged."""
        departures = [
            self._left_her(f"P{i}", answer=f"Zij luistert niet {9 - i}")
            for i in range(5)
        ]
        report = self._look_up()
        quotes = report.line_ids.filtered("is_quote")
        self.assertEqual(
            quotes.mapped("text"), [f"Zij luistert niet {i}" for i in range(5, 10)]
        )
        self.assertFalse(any(quotes.mapped("is_included")))
        logged = self.env["hr.exit.access.log"].search([("how", "=", "export")])
        self.assertEqual(
            logged.interview_id,
            self.env["hr.departure"].union(*departures).interview_ids,
        )

    def test_reasons_only_where_they_name_nobody(self):
        """Five of ten: shown. All of six, or two of seven: protected."""
        for i in range(4):
            self._left_her(f"A{i}")
        title = "Main stated reasons"
        # Joost Visser and four others all said the same.
        [text] = self._texts(self._look_up(), title)
        self.assertIn("More is stored", text)
        for i in range(5):
            self._left_her(f"B{i}", reason="tools")
        reason = self.interview.main_reason_id.display_name
        texts = self._texts(self._look_up(), title)
        self.assertEqual(len(texts), 2)
        self.assertIn(f"{reason}: 5 of 10", texts)

    def test_what_was_chosen_is_printed(self):
        """The paper holds what HR chose, nothing else."""
        for i in range(5):
            self._left_her(f"P{i}", answer=f"Zij luistert niet {i}")
        report = self._look_up()
        quotes = report.line_ids.filtered("is_quote")
        quotes[0].with_user(self.officer).is_included = True
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.officer)
            ._render_qweb_html("hr_exit_interview.report_person", report.ids)
        )
        tree = fromstring(html)
        self.assertTrue(tree.find_class(f"o_company_{self.company.id}_layout"))
        text = tree.text_content()
        self.assertIn("What concerns Marit de Boer", text)
        self.assertIn("Zij luistert niet 0", text)
        self.assertNotIn("Zij luistert niet 1", text)
        self.assertNotIn("P0", text)

    def test_something_has_to_be_handed_out(self):
        """An empty paper is a mistake."""
        report = self._look_up()
        report.line_ids.is_included = False
        with self.assertRaisesRegex(UserError, "at least one"):
            report.action_print()

    def test_an_interviewer_gets_the_own_part(self):
        """Interviews held, as a number per quarter."""
        employee = self._employee(
            "Ina Interview", "2020-01-01", 3000.0, user_id=self.interviewer.id
        )
        report = self._look_up(employee=employee)
        self.assertEqual(
            self._texts(report, "Interviewer"),
            ["Interviews that the person held or was to hold: 1 (2026-Q2: 1)"],
        )

    def test_nobody_looks_up_what_was_said_about_oneself(self):
        """A manager with the HR exit role is sent to a colleague."""
        with self.assertRaisesRegex(AccessError, "about yourself"):
            self._look_up(user=self.manager_user)
        for name in ("interviewer", "payroll", "hr_manager", "plain"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._look_up(user=getattr(self, name))

    def test_report_is_of_who_made_it(self):
        """Another officer does not find it."""
        report = self._look_up()
        other = self._user("other_officer", "hr_exit_interview.group_exit_officer")
        for records in (report, report.line_ids):
            self.assertFalse(
                records.with_user(other).search([("id", "in", records.ids)])
            )
