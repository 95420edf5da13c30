from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestDepartureWizard(ExitInterviewCommon):
    def _departure_of(self, employee):
        return self.env["hr.departure"].search([("employee_id", "=", employee.id)])

    @freeze_time("2026-05-01")
    def test_wizard_registers_and_closes_the_departure(self):
        """Core's wizard makes a departure that is done, with the snapshot of before."""
        self._wizard(
            self.employee, departure_date="2026-04-30"
        ).action_register_departure()
        departure = self._departure_of(self.employee)
        self.assertEqual(departure.state, "done")
        self.assertEqual(str(departure.apply_date), "2026-05-01")
        self.assertEqual(departure.departure_type, "voluntary")
        self.assertEqual(departure.initiative, "employee")
        self.assertEqual(departure.manager_id, self.manager)
        self.assertEqual(departure.subordinate_ids, self.report)
        self.assertFalse(departure.contract_end_date)
        self.assertFalse(self.employee.active)
        self.assertFalse(self.report.parent_id)

    @freeze_time("2026-05-01")
    def test_wizard_completes_what_was_registered_ahead(self):
        """The open departure is completed; what the wizard leaves empty stays."""
        departure = self._departure(self.employee, is_regretted=True)
        self._wizard(
            self.employee,
            departure_reason_id=self.reason_fired.id,
            departure_type="performance",
            departure_date="2026-04-15",
        ).action_register_departure()
        self.assertEqual(self._departure_of(self.employee), departure)
        self.assertEqual(departure.state, "done")
        self.assertEqual(departure.departure_type, "performance")
        self.assertEqual(departure.initiative, "employer")
        self.assertEqual(str(departure.departure_date), "2026-04-15")
        self.assertEqual(str(departure.notice_date), "2026-03-02")
        self.assertTrue(departure.is_regretted)

    @freeze_time("2026-05-01")
    def test_wizard_opens_with_the_registered_departure(self):
        """The wizard proposes the date, reason and notice of the open departure."""
        self._departure(self.employee)
        wizards = self.env["hr.departure.wizard"].with_user(self.hr_manager)
        with Form(wizards.with_context(active_ids=self.employee.ids)) as form:
            self.assertEqual(form.departure_reason_id, self.reason_resigned)
            self.assertEqual(str(form.departure_date), "2026-04-30")
            self.assertEqual(str(form.notice_date), "2026-03-02")

    def test_wizard_proposes_no_reason(self):
        """Core would propose "Fired"; nobody is fired by default."""
        wizards = self.env["hr.departure.wizard"].with_user(self.hr_manager)
        form = Form(wizards.with_context(active_ids=self.employee.ids))
        self.assertFalse(form.departure_reason_id)
        with self.assertRaises(AssertionError):
            form.save()

    def test_type_is_asked_when_the_reason_has_none(self):
        """ "Fired" covers several types, so the form requires one."""
        wizards = self.env["hr.departure.wizard"].with_user(self.hr_manager)
        form = Form(wizards.with_context(active_ids=self.employee.ids))
        form.departure_reason_id = self.reason_fired
        with self.assertRaises(AssertionError):
            form.save()
        form.departure_type = "conduct"
        self.assertEqual(form.save().departure_type, "conduct")

    def test_code_without_a_reason_makes_a_departure_without_a_type(self):
        """A call that names no reason works as in core; the type is missing."""
        self.env["hr.departure.wizard"].with_context(
            active_ids=self.employee.ids, employee_termination=True
        ).create({}).action_register_departure()
        departure = self._departure_of(self.employee)
        self.assertEqual(departure.state, "done")
        self.assertTrue(departure.is_type_missing)

    def test_wizard_without_termination_confirms(self):
        """Registered in core without archiving: confirmed, carried out on its day."""
        wizard = self._wizard(self.employee, departure_date="2099-01-31")
        wizard.with_context(employee_termination=False).action_register_departure()
        departure = self._departure_of(self.employee)
        self.assertEqual(departure.state, "confirmed")
        self.assertEqual(str(departure.action_date), "2099-02-01")
        self.assertTrue(self.employee.active)

    @freeze_time("2026-05-01")
    def test_archived_without_wizard_is_completed_by_it(self):
        """Somebody archived by other code gets a departure that is done."""
        self.employee.action_archive()
        self._wizard(
            self.employee, departure_date="2026-04-30"
        ).action_register_departure()
        self.assertEqual(self._departure_of(self.employee).state, "done")

    @freeze_time("2026-05-01")
    def test_wizard_again_corrects_the_last_departure(self):
        """For somebody in the archive the wizard corrects, it does not add."""
        self._wizard(
            self.employee, departure_date="2026-04-30"
        ).action_register_departure()
        self._wizard(
            self.employee, departure_date="2026-04-15"
        ).action_register_departure()
        departure = self._departure_of(self.employee)
        self.assertEqual(len(departure), 1)
        self.assertEqual(str(departure.departure_date), "2026-04-15")

    @freeze_time("2026-05-01")
    def test_wizard_as_hr_manager_without_exit_role(self):
        """Whoever may use core's wizard registers a departure, seen or not."""
        self._wizard(
            self.employee, self.hr_manager, departure_date="2026-04-30"
        ).action_register_departure()
        departure = self._departure_of(self.employee)
        self.assertEqual(departure.wage, 3200.0)
        with self.assertRaises(AccessError):
            departure.with_user(self.hr_manager).check_access("read")

    def test_officer_without_contract_rights_is_told_the_way(self):
        """Without access to contract dates core cannot carry out; our app can."""
        wizard = self._wizard(self.employee, self.officer)
        with self.assertRaisesRegex(UserError, "Register the departure in Exit"):
            wizard.action_register_departure()
        self.assertFalse(self._departure_of(self.employee))

    @freeze_time("2026-05-01")
    def test_departure_before_contract_start_leaves_nothing(self):
        """The wizard refuses a last day before the start and writes nothing."""
        wizard = self._wizard(self.employee, departure_date="2020-12-31")
        with (
            self.assertRaisesRegex(ValidationError, "Joost Visser was in service from"),
            self.env.cr.savepoint(),
        ):
            wizard.action_register_departure()
        self.assertFalse(self._departure_of(self.employee))
        self.assertTrue(self.employee.active)

    @freeze_time("2026-05-01")
    def test_wizard_for_many_takes_no_more_queries_of_ours(self):
        """Ours: as many queries for forty employees as for two."""
        values = {
            "departure_date": fields.Date.to_date("2026-04-30"),
            "departure_reason_id": self.reason_resigned.id,
        }
        few = self.env["hr.employee"].union(
            *(self._employee(f"A{i}", "2024-01-01", 2500.0) for i in range(2))
        )
        many = self.env["hr.employee"].union(
            *(self._employee(f"B{i}", "2024-01-01", 2500.0) for i in range(40))
        )

        def register(employees):
            departures = (
                self.env["hr.departure"]
                .with_context(mail_notrack=True)
                ._register_for_wizard(employees, values)
            )
            departures._before_core()
            # Core writes contracts here: what was read before is to be read again.
            self.env.flush_all()
            self.env.invalidate_all()
            departures._after_core()

        # The settlement has its own test.
        settlements = self.env.registry["hr.settlement"]
        with patch.object(settlements, "_create_for_departures"):
            register(self._employee("Warm", "2024-01-01", 2500.0))
            self.assertSameQueryCount(register, few, many)

    @freeze_time("2026-05-01")
    def test_wizard_for_many(self):
        """One wizard for several employees: a departure for each."""
        employees = self.employee | self.report
        self._wizard(employees, departure_date="2026-04-30").action_register_departure()
        departures = self.env["hr.departure"].search(
            [("employee_id", "in", employees.ids)]
        )
        self.assertEqual(departures.mapped("state"), ["done", "done"])
        self.assertEqual(departures.employee_id, employees)

    def test_choices_are_kept_by_field_name(self):
        """Every choice of the wizard is stored, other apps' fields too."""
        departure = self._departure(self.employee)
        action = departure.with_user(self.officer).action_choose_carry_out()
        wizard = (
            self.env["hr.departure.wizard"]
            .with_user(self.officer)
            .with_context(**action["context"])
            .create({"set_date_end": True, "remove_related_user": True})
        )
        wizard.action_save_choices()
        values = departure.wizard_values
        self.assertTrue(values["remove_related_user"])
        self.assertTrue(values["set_date_end"])
        self.assertEqual(
            set(values), set(self.env["hr.departure.wizard"]._get_choice_names())
        )
        self.assertIn("Related User", departure.wizard_choices)
        self.assertTrue(self.employee.active)

    def test_company_decides_what_is_proposed_for_the_user(self):
        """The setting of the company is the default of core's choice."""
        wizards = self.env["hr.departure.wizard"]
        self.assertFalse(wizards.create({}).remove_related_user)
        self.company.exit_archive_user = True
        self.assertTrue(wizards.create({}).remove_related_user)
