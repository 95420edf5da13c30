from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ...common import ADDON, ExitInterviewCommon

FACTS = [
    "departure_date",
    "departure_description",
    "departure_reason_id",
    "departure_type",
    "is_regretted",
    "notice_date",
]
# What replays or puts back as superuser.
REPLAYED = ("wizard_values", "snapshot_data", "restore_data")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureTrusted(ExitInterviewCommon):
    """What a client sends along decides nothing, and tells nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departure = cls._departure(cls.employee, is_regretted=True)
        cls.portal = new_test_user(
            cls.env,
            login="portal",
            groups="base.group_portal",
            company_id=cls.company.id,
            company_ids=[cls.company.id],
        )

    def _ask_wizard(self, user, employee=None):
        """What Odoo's wizard proposes to a user who names an employee."""
        wizards = self.env["hr.departure.wizard"].with_user(user)
        return wizards.with_context(
            active_ids=(employee or self.employee).ids, default_departure_date=False
        ).default_get(FACTS)

    def test_nobody_without_the_right_asks_the_wizard(self):
        """Colleagues, portal users, payroll, an interviewer: who leaves is not told."""
        for user in (self.plain, self.portal, self.payroll, self.interviewer):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._ask_wizard(user)

    def test_who_archives_in_odoo_alone_is_told_nothing(self):
        """An HR officer without the exit role carries nothing out."""
        told = self._ask_wizard(self.hr_officer)
        self.assertFalse(told.get("departure_type"))
        self.assertFalse(told.get("notice_date"))
        self.assertFalse(told.get("departure_reason_id"))

    def test_those_who_carry_out_go_on_with_it(self):
        for user in (self.officer, self.hr_manager):
            with self.subTest(user.login):
                told = self._ask_wizard(user)
                self.assertEqual(told["departure_type"], "voluntary")
                self.assertEqual(str(told["notice_date"]), "2026-03-02")

    def test_nobody_is_told_about_oneself(self):
        """Whatever the role: an officer who leaves, an HR administrator who leaves."""
        for user in (self.officer, self.hr_manager):
            with self.subTest(user.login):
                self.employee.user_id = user
                told = self._ask_wizard(user)
                self.assertFalse(told.get("departure_type"))
                self.assertFalse(told.get("notice_date"))

    def test_name_of_a_departure_is_no_way_to_read_it(self):
        """By a wizard of one's own that points to any departure."""
        wizards = self.env["hr.departure.wizard"].with_user(self.hr_officer)
        with self.assertRaises(AccessError):
            wizards.create(
                {"departure_id": self.departure.id, "departure_date": "2026-05-01"}
            )

    def test_what_is_replayed_as_superuser_is_written_by_nobody(self):
        """By writing, creating, or a default that is sent along."""
        departure = self.departure.with_user(self.admin)
        for name in REPLAYED:
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    departure.write({name: {"user_id": 1}})
                with self.assertRaises(AccessError):
                    departure.read([name])
                values = {"employee_id": self.report.id, name: {"user_id": 1}}
                with self.assertRaises(AccessError):
                    departure.create(values)

    def test_sent_default_restores_nobody(self):
        """An administrator of the database is not awoken by a default that is sent."""
        sleeper = self._user("sleeper", f"{ADDON}.group_exit_admin")
        sleeper.active = False
        departures = self.env["hr.departure"].with_user(self.admin)
        context = {"default_restore_data": {"user_id": sleeper.id}}
        with self.assertRaises(AccessError):
            departures.with_context(**context).create(
                {
                    "employee_id": self.report.id,
                    "departure_reason_id": self.reason_resigned.id,
                    "departure_date": "2026-06-30",
                }
            )
        self.assertFalse(sleeper.active)

    def test_choices_are_kept_by_their_window_alone(self):
        """An officer opens it, chooses, and saves."""
        action = self.departure.with_user(self.officer).action_choose_carry_out()
        wizards = self.env["hr.departure.wizard"].with_user(self.officer)
        form = Form(
            wizards.with_context(**action["context"]),
            view=f"{ADDON}.hr_departure_wizard_view_form_ahead",
        )
        form.save().action_save_choices()
        self.assertIn("set_date_end", self.departure.wizard_values)
