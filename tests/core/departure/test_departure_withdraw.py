from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01")
class TestDepartureWithdraw(ExitInterviewCommon):
    def _leave(self, **vals):
        values = {"departure_date": "2026-04-30", **vals}
        self._wizard(self.employee, **values).action_register_departure()
        return self.env["hr.departure"].search([("employee_id", "=", self.employee.id)])

    def _body(self, departure):
        return str(departure.message_ids[0].body)

    def test_withdrawing_before_the_day_calls_everything_off(self):
        """Settlement and interviews are called off; the employee was never touched."""
        departure = self._departure(self.employee)
        departure.action_confirm()
        interview = self.env["hr.exit.interview"].create({"departure_id": departure.id})
        departure.with_user(self.officer).action_withdraw()
        self.assertEqual(departure.state, "withdrawn")
        self.assertEqual(interview.state, "cancelled")
        self.assertEqual(departure.settlement_ids.state, "cancelled")
        self.assertTrue(self.employee.active)
        self.assertIn("Withdrawn: Joost Visser stays.", self._body(departure))

    def test_withdrawing_puts_back_what_core_changed(self):
        """Archive, user, contract end, manager and coach are as before."""
        user = new_test_user(self.env, login="joost", company_id=self.company.id)
        self.employee.user_id = user
        self.report.coach_id = self.employee
        self.employee.version_id.contract_date_end = "2026-12-31"
        departure = self._leave(remove_related_user=True)
        self.assertFalse(user.active or self.employee.active or self.report.coach_id)
        departure.with_user(self.officer).action_withdraw()
        self.assertTrue(self.employee.active)
        self.assertTrue(user.active)
        self.assertEqual(str(self.employee.version_id.contract_date_end), "2026-12-31")
        self.assertEqual(self.report.parent_id, self.employee)
        self.assertEqual(self.report.coach_id, self.employee)
        self.assertFalse(self.employee.departure_date)
        self.assertFalse(departure.apply_date or departure.rehire_date)
        self.assertNotIn("could not be put back", self._body(departure))

    def test_a_permanent_contract_has_no_end_again(self):
        """The end that core set on a permanent contract is taken away."""
        departure = self._leave()
        self.assertTrue(self.employee.version_id.contract_date_end)
        departure.action_withdraw()
        self.assertFalse(self.employee.version_id.contract_date_end)

    def test_withdrawing_of_what_core_did_not_archive(self):
        """Registered in core without archiving: its fields are wiped again."""
        wizard = self._wizard(self.employee, departure_date="2026-06-30")
        wizard.with_context(employee_termination=False).action_register_departure()
        departure = self.env["hr.departure"].search(
            [("employee_id", "=", self.employee.id)]
        )
        departure.action_withdraw()
        self.assertFalse(self.employee.departure_date)
        self.assertFalse(self.employee.version_id.contract_date_end)

    def test_somebody_else_is_manager_by_now(self):
        """What was given to somebody else stays so and is listed."""
        departure = self._leave()
        self.report.parent_id = self.manager
        departure.action_withdraw()
        self.assertEqual(self.report.parent_id, self.manager)
        self.assertIn("Manager was given to somebody else", self._body(departure))
        self.assertIn("Sanne Kok", self._body(departure))

    def test_contract_changed_meanwhile_is_left(self):
        """A contract end that somebody changed is not overwritten, but listed."""
        departure = self._leave()
        self.employee.version_id.contract_date_end = "2026-05-15"
        departure.action_withdraw()
        self.assertEqual(str(self.employee.version_id.contract_date_end), "2026-05-15")
        self.assertIn("contract end was changed", self._body(departure))

    def test_deleted_leave_is_listed(self):
        """Leave that core deleted cannot come back: HR reads which."""
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Vakantie",
                "requires_allocation": False,
                "company_id": self.company.id,
            }
        )
        self.env["hr.leave"].create(
            {
                "employee_id": self.employee.id,
                "holiday_status_id": leave_type.id,
                "request_date_from": "2026-05-11",
                "request_date_to": "2026-05-15",
            }
        )
        departure = self._leave()
        departure.action_withdraw()
        self.assertIn("Vakantie", self._body(departure))

    def test_allocation_end_is_put_back(self):
        """The end that core gave to an allocation is taken away again."""
        leave_type = self.env["hr.leave.type"].create(
            {
                "name": "Vakantie",
                "requires_allocation": True,
                "company_id": self.company.id,
            }
        )
        allocation = self.env["hr.leave.allocation"].create(
            {
                "employee_id": self.employee.id,
                "holiday_status_id": leave_type.id,
                "date_from": "2026-01-01",
                "number_of_days": 20,
            }
        )
        departure = self._leave()
        self.assertEqual(str(allocation.date_to), "2026-04-30")
        departure.action_withdraw()
        self.assertFalse(allocation.date_to)

    def test_withdrawing_twice_or_history_is_refused(self):
        """Closed departures say that there is nothing to withdraw."""
        departure = self._departure(self.employee)
        departure.action_withdraw()
        past = self.env["hr.departure"].create({"employee_name": "Piet Paulusma"})
        for closed in departure | past:
            with self.assertRaisesRegex(UserError, "there is nothing to withdraw"):
                closed.action_withdraw()

    def test_correcting_keeps_what_is_to_be_put_back(self):
        """Running the wizard again does not forget how it was before the first."""
        self._leave()
        departure = self._leave(departure_date="2026-04-15")
        departure.action_withdraw()
        self.assertFalse(self.employee.version_id.contract_date_end)
        self.assertEqual(self.report.parent_id, self.employee)
