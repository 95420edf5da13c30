from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...common import ExitInterviewCommon

FAILED = "hr_exit_interview.mail_activity_type_carry_out_failed"
UNREGISTERED = "hr_exit_interview.mail_activity_type_departure_unregistered"
LOGGER = "odoo.addons.hr_exit_interview.models.departure.hr_departure_carry_out"


@tagged("post_install", "-at_install")
class TestDepartureCarryOut(ExitInterviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-10"):
            cls.departure = cls._departure(cls.employee)
            cls.departure.action_confirm()

    def _run_cron(self):
        # The cron commits after each departure; a test must not.
        with patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1
        ):
            self.env["hr.departure"]._cron_carry_out()

    def test_nothing_happens_before_the_day(self):
        """On the last day itself the employee still works."""
        with freeze_time("2026-04-30"):
            self._run_cron()
        self.assertEqual(self.departure.state, "confirmed")
        self.assertTrue(self.employee.active)

    @freeze_time("2026-05-01")
    def test_carried_out_on_the_day(self):
        """Core's wizard runs with what was registered, and archives."""
        self._run_cron()
        self.assertEqual(self.departure.state, "done")
        self.assertEqual(str(self.departure.apply_date), "2026-05-01")
        self.assertFalse(self.employee.active)
        self.assertEqual(str(self.employee.departure_date), "2026-04-30")
        self.assertEqual(self.employee.departure_reason_id, self.reason_resigned)
        self.assertEqual(str(self.employee.version_id.contract_date_end), "2026-04-30")

    @freeze_time("2026-05-20")
    def test_a_missed_day_is_made_up_for(self):
        """Late is not never: what was due before is carried out too."""
        self._run_cron()
        self.assertEqual(self.departure.state, "done")

    @freeze_time("2026-05-01")
    def test_running_twice_does_nothing_twice(self):
        """The second run finds nothing to do."""
        self._run_cron()
        messages = self.departure.message_ids
        with patch.object(self.registry["hr.departure.wizard"], "create") as create:
            self._run_cron()
        create.assert_not_called()
        self.assertEqual(self.departure.message_ids, messages)

    @freeze_time("2026-05-01")
    def test_choices_are_replayed(self):
        """The user is archived only when that was chosen, the contract kept too."""
        user = new_test_user(self.env, login="joost", company_id=self.company.id)
        self.employee.user_id = user
        self.departure.wizard_values = {
            "remove_related_user": True,
            "set_date_end": False,
            "field_of_an_uninstalled_app": True,
        }
        self._run_cron()
        self.assertFalse(user.active)
        self.assertFalse(self.employee.version_id.contract_date_end)

    @freeze_time("2026-05-01")
    def test_user_is_kept_by_default(self):
        """Without the choice the user keeps the account."""
        user = new_test_user(self.env, login="joost", company_id=self.company.id)
        self.employee.user_id = user
        self._run_cron()
        self.assertTrue(user.active)
        self.assertFalse(self.employee.active)

    @freeze_time("2026-05-01")
    def test_what_was_typed_instead_of_the_reasons_own_stays(self):
        """A fixed term that the employer did not go on with, and one by mistake."""
        self.departure.write({"departure_type": "fixed_term", "initiative": "employer"})
        self._run_cron()
        self.assertEqual(self.departure.state, "done")
        self.assertEqual(self.departure.departure_type, "fixed_term")
        self.assertEqual(self.departure.initiative, "employer")

    @freeze_time("2026-05-01")
    def test_one_bad_departure_does_not_stop_the_others(self):
        """It gets an activity, once; the other one is carried out."""
        other = self._departure(self.report)
        other.action_confirm()
        original = self.registry["hr.departure.wizard"].action_register_departure

        def fail_for_employee(wizard):
            if wizard.employee_ids == self.employee:
                raise UserError("The contract is a mess.")
            return original(wizard)

        with (
            patch.object(
                self.registry["hr.departure.wizard"],
                "action_register_departure",
                fail_for_employee,
            ),
            mute_logger(LOGGER),
        ):
            self._run_cron()
            self._run_cron()
        self.assertEqual(other.state, "done")
        self.assertEqual(self.departure.state, "confirmed")
        activity = self.departure.activity_search([FAILED])
        self.assertEqual(len(activity), 1)
        self.assertIn("The contract is a mess.", activity.note)
        self._run_cron()
        self.assertEqual(self.departure.state, "done")
        self.assertFalse(self.departure.activity_search([FAILED]))

    @freeze_time("2026-05-01")
    def test_failure_is_logged_with_its_traceback(self):
        """Nothing is swallowed: the log has the traceback."""
        with (
            patch.object(
                self.registry["hr.departure"], "_carry_out", side_effect=ValueError("x")
            ),
            self.assertLogs(LOGGER, "ERROR") as logs,
        ):
            self._run_cron()
        self.assertIn("Traceback", logs.output[0])
        self.assertIn("ValueError", self.departure.activity_search([FAILED]).note)

    @freeze_time("2026-05-01")
    def test_withdrawn_and_draft_are_left_alone(self):
        """Only confirmed departures are carried out."""
        self.departure.action_withdraw()
        draft = self._departure(self.report)
        self._run_cron()
        self.assertTrue(self.employee.active)
        self.assertEqual(draft.state, "draft")

    @freeze_time("2026-05-01")
    def test_cron_runs_as_configured(self):
        """The scheduled action runs as it is shipped."""
        cron = self.env.ref("hr_exit_interview.ir_cron_departure_carry_out")
        self.assertEqual(cron.user_id, self.env.ref("base.user_root"))
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.departure.state, "done")

    def test_archiving_without_the_wizard_leaves_an_activity(self):
        """HR is asked for the departure of whom it does not know one."""
        self.company.exit_responsible_id = self.admin
        people = self.report | self.manager
        people.action_archive()
        activities = people.activity_search([UNREGISTERED])
        self.assertEqual(activities.user_id, self.admin)
        self.assertEqual(len(activities), 2)

    def test_no_activity_for_a_registered_departure(self):
        """A departure that is open, or done by the wizard, needs no reminder."""
        self.employee.action_archive()
        self.assertFalse(self.employee.activity_search([UNREGISTERED]))
        self._wizard(
            self.report, departure_date="2026-04-30"
        ).action_register_departure()
        self.assertFalse(self.report.activity_search([UNREGISTERED]))

    def test_wizard_afterwards_answers_the_activity(self):
        """Registering the departure takes the activity away."""
        self.report.action_archive()
        self.assertTrue(self.report.activity_search([UNREGISTERED]))
        self._wizard(
            self.report, departure_date="2026-04-30"
        ).action_register_departure()
        self.assertFalse(self.report.activity_search([UNREGISTERED]))

    def test_responsible_without_rights_does_not_block_archiving(self):
        """Then the activity goes to whoever archives."""
        self.company.exit_responsible_id = self.plain
        self.report.version_id.hr_responsible_id = self.plain
        self.report.with_user(self.hr_manager).action_archive()
        self.assertFalse(self.report.active)
        activity = self.report.activity_search([UNREGISTERED])
        self.assertEqual(activity.user_id, self.hr_manager)

    def test_archiving_many_takes_no_more_queries_of_ours(self):
        """The check behind archiving is one batch."""
        employees = self.env["hr.employee"].union(
            *(self._employee(f"E{i}", "2024-01-01", 2500.0) for i in range(22))
        )
        self.report._schedule_unregistered_departures()
        self.assertSameQueryCount(
            lambda batch: batch._schedule_unregistered_departures(),
            employees[:2],
            employees[2:],
        )

    @freeze_time("2026-07-01")
    def test_rehire_keeps_the_history(self):
        """Un-archiving wipes core's fields; the departure stays done."""
        self._run_cron()
        self.employee.action_unarchive()
        self.assertEqual(self.departure.state, "done")
        self.assertEqual(str(self.departure.rehire_date), "2026-07-01")
        self.assertEqual(str(self.departure.departure_date), "2026-04-30")
        self.assertFalse(self.employee.departure_date)

    @freeze_time("2026-07-01")
    def test_leaving_again_after_a_rehire(self):
        """The wizard makes a new departure for the second time."""
        self._run_cron()
        self.employee.action_unarchive()
        self.employee.create_contract("2026-06-01")
        self._wizard(
            self.employee, departure_date="2026-06-30"
        ).action_register_departure()
        departures = self.env["hr.departure"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertEqual(len(departures), 2)
        self.assertEqual(departures.mapped("state"), ["done", "done"])
        self.assertEqual(str(self.departure.departure_date), "2026-04-30")
