from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...common import ADDON, ExitInterviewCommon

ROLES = ("admin", "officer", "interviewer", "payroll", "hr_manager", "plain")
# Letters: read, write, create, unlink.
MATRIX = {
    "hr.departure": {"admin": "rwcu", "officer": "rwc"},
    "hr.departure.agreement": {"admin": "rwcu", "officer": "rwcu"},
    "hr.exit.interview": {"admin": "rwcu", "officer": "rwc", "interviewer": "rw"},
    "hr.exit.reason": {"admin": "rwcu", "officer": "r", "interviewer": "r"},
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureSecurity(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee)
        cls.agreement = cls.env["hr.departure.agreement"].create(
            {"departure_id": cls.departure.id, "name": "Geheimhouding"}
        )
        cls.interview = cls.env["hr.exit.interview"].create(
            {"departure_id": cls.departure.id, "interviewer_id": cls.interviewer.id}
        )

    def _sees(self, user, record):
        """Whether ``user`` finds the record: reading and searching must agree."""
        model = record.with_user(user).with_context(
            allowed_company_ids=self.company.ids
        )
        if not model.browse().has_access("read"):
            return False
        found = bool(model.search([("id", "=", record.id)]))
        self.assertEqual(found, model.has_access("read"))
        return found

    def test_matrix_of_roles_and_operations(self):
        """Who may do what, by role and model."""
        self._assert_rights(MATRIX, ROLES)

    def test_nobody_sees_the_own_departure(self):
        """An officer or administrator who leaves finds neither file nor interview."""
        for user in (self.officer, self.admin):
            self.employee.user_id = user
            for record in (self.departure, self.agreement, self.interview):
                self.assertFalse(self._sees(user, record))
            self.employee.action_archive()
            self.assertFalse(self._sees(user, self.departure))
            self.employee.action_unarchive()

    def test_all_employee_records_of_a_user_count(self):
        """A departure from another company of the same person is hidden too."""
        other = self._company("Poldertuin Zaden B.V.")
        self.officer.company_ids |= other
        self.manager.user_id = False
        twin = self.env["hr.employee"].create(
            {"name": "Twee banen", "company_id": other.id, "user_id": self.officer.id}
        )
        departure = self._departure(twin)
        found = (
            self.env["hr.departure"]
            .with_user(self.officer)
            .with_context(allowed_company_ids=(self.company | other).ids)
            .search([])
        )
        self.assertNotIn(departure, found)
        self.assertIn(self.departure, found)

    def test_departures_without_employee_are_seen(self):
        """People who were never employees here are in the officer's list."""
        past = self.env["hr.departure"].create({"employee_name": "Piet Paulusma"})
        interview = self.env["hr.exit.interview"].create({"departure_id": past.id})
        self.assertTrue(self._sees(self.officer, past))
        self.assertTrue(self._sees(self.officer, interview))

    def test_manager_with_the_exit_role_sees_no_interview(self):
        """The manager at notice sees the departure, never what was said about it."""
        self.assertTrue(self._sees(self.officer, self.interview))
        self.assertTrue(self._sees(self.manager_user, self.departure))
        self.assertFalse(self._sees(self.manager_user, self.interview))

    def test_departure_does_not_lead_a_manager_to_the_interview(self):
        """Neither its lines nor a search through it tell what was said."""
        reason = self.env.ref("hr_exit_interview.exit_reason_workload")
        self.interview.main_reason_id = reason
        domain = [("interview_ids.main_reason_id", "=", reason.id)]
        departures = self.env["hr.departure"]
        self.assertEqual(
            departures.with_user(self.officer).search(domain), self.departure
        )
        self.assertFalse(departures.with_user(self.manager_user).search(domain))
        departure = self.departure.with_user(self.manager_user)
        self.assertFalse(departure.interview_ids)
        self.assertEqual(departure.interview_count, 0)

    def test_interviewer_reads_whose_interview_it_is(self):
        """The name of the leaver, though departures are closed to interviewers."""
        interview = self.interview.with_user(self.interviewer)
        self.assertIn("Joost Visser", interview.display_name)
        names = {name: {} for name in ("state", "held_date", "display_name")}
        specification = names | {"departure_id": {"fields": {"display_name": {}}}}
        values = interview.web_read(specification)[0]
        self.assertIn("Joost Visser", values["departure_id"]["display_name"])
        with self.assertRaises(AccessError):
            interview.departure_id.read(["departure_description"])

    def test_change_of_manager_opens_nothing(self):
        """Neither another manager on the employee nor archiving the manager helps."""
        self.employee.parent_id = self.report
        self.manager.with_context(no_wizard=True).action_archive()
        self.assertFalse(self._sees(self.manager_user, self.interview))
        self.departure.manager_id = self.report
        self.interview.state = "closed"
        self.assertTrue(self._sees(self.manager_user, self.interview))

    def test_closed_interview_keeps_its_manager_out(self):
        """The interview's own copy counts when the departure is changed later."""
        self.interview.state = "closed"
        self.departure.manager_id = self.report
        self.assertFalse(self._sees(self.manager_user, self.interview))

    def test_interviewer_sees_own_interviews_until_30_days_after_closing(self):
        """Others never, own ones for a while."""
        other = self.env["hr.exit.interview"].create(
            {"departure_id": self.departure.id, "interviewer_id": self.officer.id}
        )
        self.assertFalse(self._sees(self.interviewer, other))
        self.interview.state = "closed"
        self.interview.flush_recordset()
        with freeze_time("2026-04-09"):
            self.assertTrue(self._sees(self.interviewer, self.interview))
        with freeze_time("2026-04-10"):
            self.assertFalse(self._sees(self.interviewer, self.interview))

    def test_other_company_is_hidden(self):
        """An officer sees the companies that are switched on."""
        other = self._company("Buitenland N.V.", country="base.be")
        employee = self.env["hr.employee"].create(
            {"name": "Luc Peeters", "company_id": other.id}
        )
        departure = self._departure(employee)
        self.assertFalse(self._sees(self.officer, departure))

    def test_wage_is_for_hr_managers(self):
        """The wage at notice is no more open than the wage on the contract."""
        officer_fields = self.departure.with_user(self.officer).fields_get()
        self.assertNotIn("wage", officer_fields)
        self.assertNotIn("contract_end_date", officer_fields)
        with self.assertRaises(AccessError):
            self.departure.with_user(self.officer).search([("wage", ">", 3000)])
        both = self._user(
            "hr_director", f"{ADDON}.group_exit_officer,hr.group_hr_manager"
        )
        self.assertEqual(self.departure.with_user(both).wage, 3200.0)

    def test_colleagues_see_the_public_employee(self):
        """Fields on employees do not disturb people without HR rights."""
        public = self.env["hr.employee.public"].with_user(self.plain)
        values = public.browse(self.employee.id).read()[0]
        self.assertNotIn("departure_count", values)
        self.assertNotIn("departure_ids", values)
        action = self.env["hr.employee"].with_user(self.plain)
        self.assertEqual(action.browse(self.employee.id).name, "Joost Visser")

    def test_hr_director_reads_no_talks_by_rank(self):
        """Administrator of Employees opens neither departures nor interviews."""
        for record in (self.departure, self.agreement, self.interview):
            self.assertFalse(self._sees(self.hr_manager, record))
