from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...common import ExitInterviewCommon

ROLES = ("admin", "officer", "interviewer", "payroll", "hr_manager", "plain")
MATRIX = {
    "hr.exit.interview.point": {
        "admin": "rwcu",
        "officer": "rwcu",
        "interviewer": "rwcu",
    },
    "hr.exit.theme": {"admin": "rwcu", "officer": "r", "interviewer": "r"},
    "hr.exit.question": {"admin": "rwcu", "officer": "r", "interviewer": "r"},
    "hr.exit.interview.template": {
        "admin": "rwcu",
        "officer": "r",
        "interviewer": "r",
    },
    "hr.exit.interview.template.line": {
        "admin": "rwcu",
        "officer": "r",
        "interviewer": "r",
    },
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitInterviewPoint(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)
        cls.interview = cls.env["hr.exit.interview"].create(
            {"departure_id": cls.departure.id, "interviewer_id": cls.interviewer.id}
        )
        cls.point = cls.env["hr.exit.interview.point"].create(
            {
                "interview_id": cls.interview.id,
                "question": "Wat vond je het minst leuk?",
                "answer": "De roosters",
            }
        )

    def _finds(self, user):
        """Whether ``user`` finds the point by searching for its words."""
        points = self.env["hr.exit.interview.point"].with_user(user)
        found = points.search([("answer", "ilike", "roosters")])
        self.assertEqual(bool(found), self.point.with_user(user).has_access("read"))
        return bool(found)

    def test_matrix_of_roles_and_operations(self):
        """Who may do what, by role and model."""
        self._assert_rights(MATRIX, ROLES)

    def test_own_interviewer_and_officer_find_what_was_said(self):
        """Another interviewer, the manager and the leaver do not."""
        other = self._user("interviewer_2", "hr_exit_interview.group_exit_interviewer")
        self.assertTrue(self._finds(self.interviewer))
        self.assertTrue(self._finds(self.officer))
        self.assertFalse(self._finds(other))
        self.assertFalse(self._finds(self.manager_user))
        self.employee.user_id = self.officer
        self.assertFalse(self._finds(self.officer))

    def test_payroll_and_colleagues_cannot_even_ask(self):
        """No access to the model, so no search either."""
        for user in (self.payroll, self.plain, self.hr_manager):
            with self.assertRaises(AccessError):
                self.env["hr.exit.interview.point"].with_user(user).search([])

    def test_interviewer_loses_sight_after_30_days(self):
        """Closed on 10 March: read until 9 April, no longer on the tenth."""
        self.interview.state = "closed"
        self.env.flush_all()
        with freeze_time("2026-04-09"):
            self.assertTrue(self._finds(self.interviewer))
        with freeze_time("2026-04-10"):
            self.assertFalse(self._finds(self.interviewer))

    def test_closed_interview_keeps_what_was_said(self):
        """Nobody adds, changes or deletes; reopening allows it again."""
        self.interview.with_user(self.officer).action_mark_held()
        self.interview.with_user(self.officer).action_close()
        point = self.point.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Reopen"):
            point.answer = "Iets anders"
        with self.assertRaisesRegex(UserError, "Reopen"):
            point.unlink()
        with self.assertRaisesRegex(UserError, "Reopen"):
            point.copy({"question": "Nog iets"})
        self.interview.with_user(self.officer).action_reopen()
        point.answer = "De roosters van mei"
        self.assertEqual(self.point.answer, "De roosters van mei")

    def test_changes_of_words_are_counted(self):
        """Two writers notice each other by the revision."""
        self.assertEqual(self.point.revision, 0)
        self.point.answer = "De roosters en de hitte"
        self.assertEqual(self.point.revision, 1)
        self.point.theme_id = self.env.ref("hr_exit_interview.exit_theme_conditions")
        self.assertEqual(self.point.revision, 1)

    def test_sending_twice_keeps_one(self):
        """The same point sent again by the screen is refused by the database."""
        values = {"interview_id": self.interview.id, "client_uid": "a-1"}
        points = self.env["hr.exit.interview.point"]
        points.create(values)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            points.create(values)

    def test_far_too_long_a_text_is_refused_with_its_length(self):
        """200 kB pasted by mistake: the message says how much fits."""
        with self.assertRaisesRegex(ValidationError, "200000 characters.*20000"):
            self.point.answer = "x" * 200_000

    def test_follow_up_stays_in_its_interview(self):
        """A follow-up of another person's point makes no sense."""
        other = self.env["hr.exit.interview"].create(
            {"departure_id": self._departure(self.report).id}
        )
        with self.assertRaisesRegex(ValidationError, "same interview"):
            self.env["hr.exit.interview.point"].create(
                {"interview_id": other.id, "parent_id": self.point.id}
            )

    def test_words_of_the_leaver_are_the_leavers(self):
        """Nobody forges, changes, moves or deletes them, whatever the role."""
        words = self.point.copy({"kind": "leaver", "is_by_leaver": True})
        other = self.env["hr.exit.interview"].create(
            {
                "departure_id": self._departure(self.report).id,
                "interviewer_id": self.interviewer.id,
            }
        )
        for user in (self.interviewer, self.officer, self.admin):
            points = self.env["hr.exit.interview.point"].with_user(user)
            values = {"interview_id": self.interview.id, "answer": "I agree."}
            for forged in ({"kind": "leaver"}, {"is_by_leaver": True}):
                with (
                    self.subTest(user.login, forged=forged),
                    self.assertRaises(UserError),
                ):
                    points.create({**values, **forged})
            with self.assertRaises(UserError):
                points.with_context(default_is_by_leaver=True).create(values)
            for changed in (
                {"is_by_leaver": False},
                {"answer": "Mijn baas is een bullebak."},
                {"interview_id": other.id},
                {"kind": "interviewer"},
                {"is_blanked": True},
            ):
                with (
                    self.subTest(user.login, changed=changed),
                    self.assertRaises(UserError),
                ):
                    words.with_user(user).write(changed)
            with self.subTest(user.login), self.assertRaises(UserError):
                words.with_user(user).unlink()
        self.assertEqual(words.answer, "De roosters")

    def test_what_was_noted_stays_the_interviewers(self):
        """Turned into the leaver's words, or moved to another interview."""
        for changed in ({"is_by_leaver": True}, {"kind": "leaver"}):
            with self.subTest(changed), self.assertRaises(UserError):
                self.point.with_user(self.interviewer).write(changed)
        self.point.with_user(self.interviewer).write({"answer": "De roosters, vooral."})
        self.point.with_user(self.interviewer).unlink()
        self.assertFalse(self.point.exists())


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestExitInterviewState(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.interview = cls.env["hr.exit.interview"].create(
            {"departure_id": cls._departure(cls.employee).id}
        )

    def test_steps_that_make_no_sense_are_refused(self):
        """Closing what was not held says so, with the name of the interview."""
        interview = self.interview.with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Joost Visser.*Offered.*Closed"):
            interview.action_close()
        interview.action_mark_held()
        self.assertEqual(str(interview.held_date), "2026-03-10")
        interview.action_close()
        with self.assertRaises(UserError):
            interview.action_cancel()
        interview.action_reopen()
        self.assertFalse(interview.closed_date)

    def test_refusing_a_step_tells_the_manager_nothing(self):
        """Who may not read the interview is not told whose it is, nor its state."""
        interview = self.interview.with_user(self.manager_user)
        self.interview.mapped("display_name")  # in the cache, as within one request
        for step in (
            "action_close",
            "action_mark_held",
            "action_cancel",
            "action_reopen",
        ):
            with self.assertRaises(AccessError) as refused:
                getattr(interview, step)()
            self.assertNotIn("Joost Visser", str(refused.exception))

    def test_a_refusal_can_be_taken_back(self):
        """No is an answer that may change."""
        interview = self.interview.with_user(self.officer)
        interview.state = "declined"
        interview.state = "accepted"
        self.assertEqual(interview.state, "accepted")
