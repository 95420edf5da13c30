from datetime import date, datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...planning_common import INTERVIEWER_NEEDED, PlanningCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 10:00:00")
class TestPlanning(PlanningCommon):
    """Who holds the interview, and which moments are free."""

    # === Who ===

    def test_two_are_proposed(self):
        """The company's pool and the HR exit officers, never who is barred."""
        self.assertEqual(self.interview.candidate_ids, self.interviewer | self.officer)

    def test_who_is_never_proposed(self):
        """Not the leaver, the manager, deciders, the archived, or who leaves too."""
        role = self.env.ref("hr_exit_interview.group_exit_officer")
        users = {
            name: self._user(name, "hr_exit_interview.group_exit_officer")
            for name in ("decider", "archived", "leaver", "going", "elsewhere", "fine")
        }
        self.departure.decision_user_ids = users["decider"]
        users["archived"].active = False
        self.employee.user_id = users["leaver"]
        going = self._employee("Going", "2020-01-01", 3000.0, user_id=users["going"].id)
        self._departure(going)
        other = self._company("Other B.V.")
        users["elsewhere"].write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.manager_user.group_ids |= role
        pool = self.interview._get_pool()
        fitting = self.departure._filter_interviewers(pool, role.all_user_ids)
        self.assertEqual(fitting, self.interviewer | self.officer | users["fine"])

    def test_who_is_away_is_not_proposed(self):
        """Away all the days around the middle: somebody else."""
        third = self._user("third", "hr_exit_interview.group_exit_officer")
        self._leave(self.interviewer, "2026-03-25", "2026-04-08")
        self.interview._propose_candidates()
        self.assertEqual(self.interview.candidate_ids, self.officer | third)

    def test_work_is_dealt_out(self):
        """Those with least to do are proposed first."""
        self._user("third", "hr_exit_interview.group_exit_officer")
        self._user("fourth", "hr_exit_interview.group_exit_officer")
        other = self._offer(self._departure(self.report))
        self.assertFalse(other.candidate_ids & self.interview.candidate_ids)

    def test_second_line_manager_when_the_company_wants(self):
        """The manager of the manager, only with the setting and the role."""
        boss = self._user("boss", "hr_exit_interview.group_exit_interviewer")
        employee = self._employee("Boss", "2010-01-01", 8000.0, user_id=boss.id)
        self.manager.parent_id = employee
        pool = self.interview._get_pool()
        officers = self.env["res.users"]
        self.assertNotIn(boss, self.departure._filter_interviewers(pool, officers))
        self.company.exit_second_line = True
        self.assertIn(boss, self.departure._filter_interviewers(pool, officers))

    def test_barred_people_cannot_be_put_in_by_hand(self):
        """Neither as candidate nor as outside contact."""
        with self.assertRaisesRegex(ValidationError, "Choose somebody else"):
            self.interview.candidate_ids = self.manager_user
        with self.assertRaisesRegex(ValidationError, "Choose somebody else"):
            self.interview.outside_interviewer_id = self.manager_user.partner_id

    def test_nobody_available_asks_hr(self):
        """Without anybody the offer goes out and HR is asked to find somebody."""
        self.interviewer.group_ids = self.env.ref("base.group_user")
        departure = self._departure(self.report)
        self.report.private_email = "sanne@example.net"
        departure.decision_user_ids = self.officer | self.manager_user
        interview = self._offer(departure)
        self.assertFalse(interview.candidate_ids)
        self.assertTrue(interview.activity_search([INTERVIEWER_NEEDED]))

    # === When ===

    def test_day_halfway(self):
        """From 2 March to 30 April the middle is Tuesday 31 March."""
        self.assertEqual(self.interview.proposed_date, date(2026, 3, 31))

    def test_leave_of_both_counts(self):
        """Leaver away on Tuesday, one candidate on Monday, both on Wednesday."""
        self.interview.candidate_ids = self.interviewer
        self._leave(self.interviewer, "2026-03-30", "2026-03-30")
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.employee.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-31 00:00:00",
                "date_to": "2026-04-01 22:00:00",
            }
        )
        self.interview.invalidate_recordset(["proposed_date"])
        # Thursday 2 April and Friday 27 March: two days and four days off.
        self.assertEqual(self.interview.proposed_date, date(2026, 4, 2))

    def test_slots_are_free_for_both(self):
        """Working hours of both, an hour long, around the middle, two people."""
        slots = self.interview._get_free_slots(limit=6)
        self.assertEqual(len(slots), 6)
        self.assertEqual(
            {slot["start"].date() for slot in slots},
            {date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)},
        )
        self.assertEqual(
            {slot["interviewer"] for slot in slots}, {self.interviewer, self.officer}
        )
        for slot in slots:
            self.assertEqual((slot["stop"] - slot["start"]).total_seconds(), 3600)
            # 9 to 17 in Amsterdam is 7 to 15 UTC in summer.
            self.assertGreaterEqual(slot["start"].hour, 7)
            self.assertLessEqual(slot["stop"].hour, 15)

    def test_appointments_are_not_free(self):
        """Neither the interviewer's nor the leaver's; what shows as free is."""
        self.interview.candidate_ids = self.interviewer
        self.employee.user_id = self.plain
        self._busy(
            self.interviewer, datetime(2026, 3, 31, 7), datetime(2026, 3, 31, 10)
        )
        self._busy(self.plain, datetime(2026, 3, 31, 10), datetime(2026, 3, 31, 14))
        self._busy(
            self.plain,
            datetime(2026, 3, 31, 7),
            datetime(2026, 3, 31, 15),
            show_as="free",
        )
        agenda = self.interview._get_agenda()
        starts = [
            start.strftime("%d %H:%M")
            for start, _user in self.interview._get_free_starts(agenda)
        ]
        # Left of the day: 16 to 17 on the clock of Amsterdam.
        self.assertEqual([at for at in starts if at.startswith("31")], ["31 16:00"])

    def test_after_the_last_day_only_the_interviewer_counts(self):
        """Left already: moments until the offer closes, working hours or not."""
        self.employee.active = False
        with freeze_time("2026-05-04 10:00:00"):
            slots = self.interview._get_free_slots()
        self.assertEqual(slots[0]["start"].date(), date(2026, 5, 5))
        self.assertLessEqual(slots[-1]["start"].date(), date(2026, 5, 14))

    def test_employee_was_deleted(self):
        """The interview still opens, and after the last day moments are offered."""
        self.departure.write({"state": "done", "employee_id": False})
        self.interview.invalidate_recordset(["proposed_date"])
        # The day after the last one: nobody knows the hours of the leaver any more.
        self.assertEqual(self.interview.proposed_date, date(2026, 5, 1))
        with freeze_time("2026-05-01 09:00:00"):
            self.assertTrue(self.interview._get_free_slots())

    def test_queries_for_any_number_of_interviews(self):
        """Free moments of twelve leavers take no more queries than those of two.

        Apart from one for each person: Odoo looks up the contract in force one by one.
        """
        departures = self.env["hr.departure"].concat(
            *(
                self._departure(self._employee(f"L{at}", "2022-01-01", 3000.0))
                for at in range(14)
            )
        )
        departures.write({"state": "confirmed"})
        interviews = departures._offer_interviews()
        self.assertSameQueryCount(
            lambda some: some._get_free_slots_by_interview(),
            interviews[:2],
            interviews[2:],
            slack=10,
        )
