from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...offer_common import OfferCommon

WIZARD = "odoo.addons.hr_exit_interview.wizard.interview.hr_exit_planning_wizard"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPlanningWizard(OfferCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departures = cls.env["hr.departure"].concat(
            *(
                cls._departure(
                    cls._employee(
                        f"Leaver {at}",
                        "2020-01-01",
                        3000.0,
                        parent_id=cls.manager.id,
                        private_email=f"leaver{at}@example.net",
                    )
                )
                for at in range(8)
            )
        )
        cls.departures.action_confirm()

    def _wizard(self, records, **vals):
        wizards = self.env["hr.exit.planning.wizard"].with_user(self.officer)
        return wizards.with_context(
            active_model=records._name, active_ids=records.ids
        ).create(vals)

    def test_offered_in_one_go(self):
        """All get an offer, who may not is named with the reason."""
        draft = self._departure(self.report)
        wizard = self._wizard(self.departures | draft)
        self.assertEqual((wizard.ready_count, wizard.blocked_count), (8, 1))
        blocked = wizard.line_ids.filtered(lambda line: line.state == "blocked")
        self.assertIn("confirm the departure first", blocked.message)
        wizard.action_apply()
        self.assertEqual(wizard.done_count, 8)
        self.assertEqual(wizard.progress, 100)
        self.assertEqual(self.departures.interview_ids.mapped("state"), ["offered"] * 8)
        self.assertFalse(draft.interview_ids)
        with self.assertRaisesRegex(UserError, "nothing left"):
            wizard.action_apply()

    def test_preview_changes_nothing(self):
        """Moments are shown before anybody is written to."""
        wizard = self._wizard(self.departures, has_planning=True)
        wizard.action_preview()
        self.assertTrue(all(wizard.line_ids.mapped("start_datetime")))
        self.assertFalse(self.departures.interview_ids)
        self.assertFalse(self._leaver_mails("leaver"))

    def test_spread_over_interviewers_and_days(self):
        """No moment twice, three a day at most for each, both do half."""
        wizard = self._wizard(self.departures, has_planning=True)
        wizard.action_preview()
        moments = [
            (line.interviewer_id, line.start_datetime) for line in wizard.line_ids
        ]
        self.assertEqual(len(set(moments)), 8)
        for user in (self.interviewer, self.officer):
            own = [start.date() for who, start in moments if who == user]
            self.assertEqual(len(own), 4)
            self.assertLessEqual(max(own.count(day) for day in own), 3)
        # The middle is 31 March: six that day, the other two a day before.
        self.assertEqual(
            sorted(start.date() for _who, start in moments),
            [date(2026, 3, 30)] * 2 + [date(2026, 3, 31)] * 6,
        )

    def test_planned_in_one_go(self):
        """All are offered and planned; who planned something else meanwhile is told."""
        wizard = self._wizard(self.departures, has_planning=True)
        wizard.action_preview()
        taken = wizard.line_ids[0]
        self.env["calendar.event"].create(
            {
                "name": "Dentist",
                "start": taken.start_datetime,
                "stop": taken.start_datetime.replace(minute=59),
                "partner_ids": taken.interviewer_id.partner_id.ids,
                "user_id": taken.interviewer_id.id,
            }
        )
        wizard.action_apply()
        self.assertEqual(
            (wizard.done_count, wizard.blocked_count),
            (7, 1),
            wizard.line_ids.mapped("message"),
        )
        self.assertIn("no longer free", taken.message)
        self.assertEqual(
            sorted(self.departures.interview_ids.mapped("state")),
            ["offered"] + ["scheduled"] * 7,
        )

    def test_a_batch_at_a_time(self):
        """With many, the screen comes back in between and says how far it is."""
        wizard = self._wizard(self.departures)
        with patch(f"{WIZARD}.BOOKED_AT_A_TIME", 3):
            action = wizard.action_apply()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual((wizard.done_count, wizard.ready_count), (3, 5))
        self.assertEqual(round(wizard.progress, 1), 37.5)

    def test_planning_an_interview_by_hand(self):
        """From an interview: a moment is proposed at once and can be changed."""
        interview = self._offer(self.departures[0])
        wizard = self._wizard(interview)
        self.assertTrue(wizard.has_planning)
        wizard.action_preview()
        wizard.line_ids.start_datetime = "2026-03-26 18:00:00"
        wizard.action_apply()
        self.assertEqual(interview.state, "scheduled")
        self.assertEqual(interview.start_datetime.date(), date(2026, 3, 26))

    def test_what_leavers_said_is_left_alone(self):
        """Planned together, nobody is moved or asked again; one alone HR may plan."""
        for departure, state in zip(
            self.departures[:4],
            ("scheduled", "declined", "expired", "accepted"),
            strict=True,
        ):
            self._offer(departure).state = state
        wizard = self._wizard(self.departures[:5], has_planning=True)
        self.assertEqual(
            wizard.line_ids.mapped(lambda line: (line.state, line.message)),
            [
                ("blocked", "Has a moment already. Move it on the interview itself."),
                ("blocked", "Would rather not talk, and that is fine."),
                ("blocked", "Did not answer, and the offer is closed."),
                ("ready", False),
                ("ready", False),
            ],
        )
        wizard.action_preview()
        wizard.action_apply()
        self.assertEqual(
            self.departures[:5].interview_ids.mapped("state"),
            ["scheduled", "declined", "expired", "scheduled", "scheduled"],
        )
        self.assertFalse(self.departures[0].interview_ids.start_datetime, "not moved")
        for departure in self.departures[:3]:
            with self.subTest(departure.interview_ids.state):
                wizard = self._wizard(departure.interview_ids)
                self.assertEqual(wizard.ready_count, 1)

    def test_answers_while_the_list_is_looked_at(self):
        """Declined or planned by the leaver meanwhile: nothing is booked over it."""
        interviews = self._offer(self.departures[0]) | self._offer(self.departures[1])
        wizard = self._wizard(self.departures[:3], has_planning=True)
        wizard.action_preview()
        self.assertEqual(wizard.ready_count, 3)
        interviews[0].state, interviews[1].state = "declined", "scheduled"
        wizard.action_apply()
        self.assertEqual(
            wizard.line_ids.mapped("state"), ["blocked", "blocked", "done"]
        )
        self.assertIn("rather not talk", wizard.line_ids[0].message)
        self.assertEqual(interviews.mapped("state"), ["declined", "scheduled"])
        self.assertFalse(interviews[1].start_datetime, "not moved")

    def test_for_officers_only(self):
        """Interviewers, payroll and others cannot open it."""
        for user in (self.interviewer, self.payroll, self.plain, self.hr_manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["hr.exit.planning.wizard"].with_user(user).create({})
