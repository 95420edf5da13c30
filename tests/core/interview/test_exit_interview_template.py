from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ...common import ADDON, ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitInterviewTemplate(ExitInterviewCommon):
    def _codes(self, departure_type, **vals):
        """The questions that somebody who leaves in this way is asked, in order."""
        employee = self._employee(f"Weg {departure_type}", "2022-01-01", 3000.0)
        departure = self._departure(employee, departure_type=departure_type)
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": departure.id, **vals}
        )
        return interview.template_id.line_ids.question_id.mapped("code")

    def test_who_resigned_is_asked_why_first(self):
        """The key question opens the talk; what was liked most and least follows."""
        codes = self._codes("voluntary")
        self.assertEqual(codes[0], "WHY")
        self.assertLess(codes.index("BEST"), codes.index("WORST"))
        self.assertEqual(codes[-1], "SHARE")

    def test_who_was_dismissed_is_never_asked_why(self):
        """Not by any dismissal; for performance, whether practices contributed."""
        for kind in ("performance", "conduct", "redundancy", "incapacity", "mutual"):
            codes = self._codes(kind)
            self.assertNotIn("WHY", codes, kind)
            self.assertIn("BEST", codes, kind)
            self.assertIn("WORST", codes, kind)
        self.assertIn("DP_CAUSE", self._codes("performance"))

    def test_every_way_of_leaving_is_asked_most_and_least(self):
        """All are asked what they liked most and least; death is offered nothing."""
        for kind in ("fixed_term", "retirement", "other"):
            codes = self._codes(kind)
            self.assertIn("BEST", codes, kind)
            self.assertIn("WORST", codes, kind)
        self.assertFalse(self._codes("death"))

    def test_second_talk_has_its_own_guide(self):
        """Three months later the five questions of the second interview."""
        self.assertEqual(
            self._codes("voluntary", is_second=True),
            ["FU_REASON", "FU_MGR", "FU_ENPS", "FU_RETURN", "FU_DIFF"],
        )

    def test_the_guide_that_names_most_wins(self):
        """A department's own guide, for units below it too, before the general one."""
        below = self.env["hr.department"].create(
            {"name": "Kas 2", "parent_id": self.department.id}
        )
        own = self.env["hr.exit.interview.template"].create(
            {
                "name": "Kas",
                "company_id": self.company.id,
                "department_ids": [Command.link(self.department.id)],
            }
        )
        self.employee.department_id = below
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": self._departure(self.employee).id}
        )
        self.assertEqual(interview.template_id, own)
        interview.departure_id.department_id = False
        interview.departure_id.departure_type = "retirement"
        self.assertEqual(
            interview.template_id,
            self.env.ref(f"{ADDON}.exit_interview_template_retirement"),
        )

    def test_another_companys_guide_is_not_used(self):
        """A template of a company stays there."""
        self.env["hr.exit.interview.template"].create(
            {
                "name": "Anders",
                "company_id": self._company("Anders B.V.").id,
                "departure_type_ids": [
                    Command.link(self.env.ref(f"{ADDON}.departure_type_voluntary").id)
                ],
            }
        )
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": self._departure(self.employee).id}
        )
        self.assertEqual(
            interview.template_id,
            self.env.ref(f"{ADDON}.exit_interview_template_voluntary"),
        )

    def test_choosing_takes_no_query_per_departure(self):
        """Two or forty people: the same number of queries."""
        people = [
            self._departure(self._employee(f"P{number}", "2024-01-01", 2500.0))
            for number in range(40)
        ]
        departures = self.env["hr.departure"].union(*people)
        choose = self.env["hr.exit.interview.template"]._get_for_departures
        self.assertSameQueryCount(choose, departures[:2], departures)

    def test_used_guides_and_questions_are_archived_not_deleted(self):
        """What was asked keeps its question and its guide."""
        interview = self.env["hr.exit.interview"].create(
            {"departure_id": self._departure(self.employee).id}
        )
        question = self.env["hr.exit.question"].create(
            {
                "name": "Wat nog?",
                "code": "WHAT_ELSE",
                "theme_id": self.env.ref(f"{ADDON}.exit_theme_other").id,
            }
        )
        self.env["hr.exit.interview.point"].create(
            {
                "interview_id": interview.id,
                "kind": "question",
                "question_id": question.id,
                "question": question.name,
            }
        )
        with self.assertRaisesRegex(UserError, "Archive it"):
            question.unlink()
        with self.assertRaisesRegex(UserError, "Archive it"):
            interview.template_id.unlink()
        question.action_archive()
        self.assertFalse(question.active)
