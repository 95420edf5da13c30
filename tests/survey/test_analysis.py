from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import QuestionnaireCommon

# What five people answered: agreement with two statements on the work, recommending.
ANSWERS = [
    {"S_JOB": "5", "S_LOAD": "1", "ENPS": "10", "REASON": "workload"},
    {"S_JOB": "4", "S_LOAD": "2", "ENPS": "9", "REASON": "workload"},
    {"S_JOB": "3", "S_LOAD": "1", "ENPS": "8", "REASON": "workload"},
    {"S_JOB": "4", "S_LOAD": "1", "ENPS": "6", "REASON": "workload"},
    {"S_JOB": "4", "S_LOAD": "2", "ENPS": "0", "REASON": "workload"},
]
# (5 + 4 + 3 + 4 + 4 + 1 + 2 + 1 + 1 + 2) / 10
WORK = 2.7
# Two promoters, two detractors, one in between.
ENPS = 0.0


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestAnalysis(QuestionnaireCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview.department_id = cls.department
        cls.interviews = cls.interview | cls._leavers(4)
        for interview, answers in zip(cls.interviews, ANSWERS, strict=True):
            cls._fill_in(interview._ensure_questionnaire(), answers)

    @classmethod
    def _leavers(cls, count):
        departures = cls.env["hr.departure"].create(
            [
                {
                    "employee_id": cls._employee(
                        f"Leaver {n}",
                        "2022-01-01",
                        2500.0,
                        department_id=cls.department.id,
                    ).id,
                    "departure_reason_id": cls.reason_resigned.id,
                    "notice_date": "2026-03-02",
                    "departure_date": "2026-04-30",
                }
                for n in range(count)
            ]
        )
        return cls.env["hr.exit.interview"].create(
            [{"departure_id": departure.id} for departure in departures]
        )

    def _report(self, user=None):
        return self.env["hr.exit.answer.report"].with_user(user or self.officer)

    def _scores(self, measure="score:avg", domain=(), by="theme_id"):
        self.env.flush_all()
        rows = self._report()._read_group(domain, [by], [measure])
        return {
            group.code if by == "theme_id" else group: value for group, value in rows
        }

    def test_scores_by_theme(self):
        scores = self._scores(domain=[("kind", "=", "score")])
        self.assertEqual({k: round(v, 4) for k, v in scores.items()}, {"work": WORK})

    def test_recommending_is_promoters_less_detractors(self):
        scores = self._scores("enps:avg", [("kind", "=", "enps")])
        self.assertEqual(scores, {"enps": ENPS})

    def test_reasons(self):
        domain = [("kind", "=", "reason")]
        self.env.flush_all()
        rows = self._report()._read_group(domain, ["reason_id"], ["__count"])
        self.assertEqual([(r.code, n) for r, n in rows], [("workload", 5)])

    def test_fewer_than_five_people_have_no_row(self):
        """Many answers of one person are one person; and no total gives them away."""
        self.interviews[4].survey_input_id.state = "in_progress"
        self.assertEqual(self._scores(domain=[("kind", "=", "score")]), {})
        self.assertEqual(self._report()._read_group([], [], ["score:avg"]), [(False,)])
        sets = self._report()._read_grouping_sets(
            [("kind", "=", "score")], [["theme_id"], []], ["score:avg"]
        )
        self.assertEqual(sets, [[], [(False,)]])

    def test_the_pivot_shows_what_is_enough(self):
        self.env.flush_all()
        groups = self._report().formatted_read_grouping_sets(
            [("kind", "=", "score")], [["theme_id"], []], ["score:avg"]
        )
        self.assertEqual(len(groups[0]), 1)
        self.assertAlmostEqual(groups[1][0]["score:avg"], WORK)

    def test_tests_and_unfinished_do_not_count(self):
        test = self.survey._create_answer(test_entry=True)
        self._fill_in(test, {"S_JOB": "1"})
        other = self._leavers(1)
        self._fill_in(other._ensure_questionnaire(), {"S_JOB": "1"}, done=False)
        scores = self._scores(domain=[("kind", "=", "score")])
        self.assertAlmostEqual(scores["work"], WORK)

    def test_versions_are_comparable(self):
        """A sixth person answers the next version: (27 + 3 + 3) / 12."""
        new = self.env["survey.survey"].browse(
            self.survey.with_user(self.admin).action_new_version()["res_id"]
        )
        user_input = self._leavers(1)._ensure_questionnaire()
        self.assertEqual(user_input.survey_id, new)
        self._fill_in(user_input, {"S_JOB": "3", "S_LOAD": "3"})
        scores = self._scores(domain=[("kind", "=", "score")])
        self.assertAlmostEqual(scores["work"], 2.75)
        scores = self._scores(domain=[("kind", "=", "score")], by="code")
        self.assertAlmostEqual(scores["S_JOB"], 23 / 6)

    def test_other_scales_are_converted(self):
        """7 on a scale of 1 to 10 is 1 + 4 * 6 / 9."""
        self._question("S_TOOLS").write({"scale_max": 10})
        for interview in self.interviews:
            interview.survey_input_id._save_lines(self._question("S_TOOLS"), "7")
        scores = self._scores(domain=[("code", "=", "S_TOOLS")])
        self.assertAlmostEqual(scores["conditions"], 1 + 4 * 6 / 9)

    def test_who_may_analyse(self):
        """HR exit officers; not insight readers, interviewers, or Survey roles."""
        reader = self._user("reader", "hr_exit_interview.group_exit_insight_reader")
        for user in (reader, self.interviewer, self.survey_manager, self.payroll):
            with self.assertRaises(AccessError):
                self._report(user).search([])
        self.env.flush_all()
        self.assertTrue(self._report(self.admin).search([]))

    def test_manager_finds_nothing_of_the_own_team(self):
        self.env.flush_all()
        found = self._report(self.manager_user).search([])
        self.assertNotIn(self.interview, found.interview_id)
        self.employee.user_id = self.officer
        self.assertNotIn(self.interview, self._report().search([]).interview_id)

    def test_shared_words_by_theme(self):
        """Five wrote of work pressure, four of the coffee."""
        texts = ["Hoge werkdruk, goede koffie"] * 4 + ["Die hoge werkdruk"]
        for interview, text in zip(self.interviews, texts, strict=True):
            interview.survey_input_id._save_lines(self._question("WORST"), text)
        self.env.flush_all()
        wizard = (
            self.env["hr.exit.phrase"]
            .with_user(self.officer)
            .create(
                {"theme_id": self.env.ref("hr_exit_interview.exit_theme_disliked").id}
            )
        )
        self.assertEqual(
            wizard.line_ids.mapped(lambda line: (line.name, line.people)),
            [("hoge werkdruk", 5), ("hoge", 5), ("werkdruk", 5)],
        )
        wizard.theme_id = self.env.ref("hr_exit_interview.exit_theme_liked")
        self.assertFalse(wizard.line_ids)
        wizard.theme_id = False
        self.assertTrue(wizard.line_ids)
        wizard.date_to = "2026-03-09"
        self.assertFalse(wizard.line_ids)

    def test_who_left_twice_is_one_person(self):
        for interview in self.interviews:
            interview.survey_input_id._save_lines(self._question("WORST"), "Werkdruk")
        self.interviews.departure_id.state = "done"
        self.interviews[4].departure_id.employee_id = self.employee
        self.env.flush_all()
        wizard = self.env["hr.exit.phrase"].with_user(self.officer).create({})
        self.assertNotIn("werkdruk", wizard.line_ids.mapped("name"))
