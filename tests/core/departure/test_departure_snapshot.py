from freezegun import freeze_time

from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDepartureSnapshot(ExitInterviewCommon):
    def test_snapshot_holds_what_core_forgets(self):
        """Unit, job, manager, reports, contract and wage are on the departure."""
        self.employee.write({"birthday": "1990-05-17", "lang": "en_US"})
        self.employee.version_id.contract_date_end = "2026-12-31"
        departure = self._departure(self.employee)
        self.assertEqual(departure.department_id, self.department)
        self.assertEqual(departure.job_id, self.job)
        self.assertEqual(departure.manager_id, self.manager)
        self.assertEqual(departure.subordinate_ids, self.report)
        self.assertEqual(departure.wage, 3200.0)
        self.assertEqual(departure.weekly_hours, 40.0)
        self.assertEqual(str(departure.contract_start_date), "2021-03-01")
        self.assertEqual(str(departure.contract_end_date), "2026-12-31")
        self.assertEqual(str(departure.birthday), "1990-05-17")
        self.assertEqual(departure.lang, "en_US")

    def test_language_that_was_switched_off_is_not_kept(self):
        """The leaver is written to in a language that is there, and HR chooses one."""
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.employee.lang = "fr_FR"
        self.env.flush_all()
        french.active = False
        self.assertFalse(self._departure(self.employee).lang)

    def test_snapshot_outlives_archiving(self):
        """What archiving and un-archiving do to the employee does not reach it."""
        departure = self._departure(self.employee)
        self._wizard(
            self.employee, departure_date="2026-04-30"
        ).action_register_departure()
        self.employee.action_unarchive()
        self.manager.action_archive()
        self.assertEqual(departure.manager_id, self.manager)
        self.assertEqual(departure.subordinate_ids, self.report)
        self.assertEqual(str(departure.departure_date), "2026-04-30")
        self.assertEqual(departure.departure_reason_id, self.reason_resigned)

    def test_snapshot_of_the_day_of_notice(self):
        """The wage is that of the version in force when notice was given."""
        self.employee.create_version({"date_version": "2026-03-05", "wage": 3400.0})
        self.assertEqual(self._departure(self.employee).wage, 3200.0)
        late = self._departure(self.report, notice_date=False)
        self.report.create_version({"date_version": "2026-04-01", "wage": 9999.0})
        self.assertEqual(late.wage, 2900.0)

    def test_given_values_win_over_the_snapshot(self):
        """What is registered by hand is not overwritten."""
        other = self.env["hr.department"].create({"name": "Verkoop"})
        departure = self._departure(self.employee, department_id=other.id)
        self.assertEqual(departure.department_id, other)
        self.assertEqual(departure.wage, 3200.0)

    def test_snapshot_is_complete_for_an_officer_too(self):
        """The officer sees no wage, but it is there for the settlement."""
        departure = (
            self.env["hr.departure"]
            .with_user(self.officer)
            .create({"employee_id": self.employee.id, "departure_date": "2026-04-30"})
        )
        self.assertNotIn("wage", departure.fields_get())
        self.assertEqual(departure.sudo().wage, 3200.0)

    def test_service_starts_with_the_first_contract_of_a_chain(self):
        """Contracts with gaps of at most six months are one service."""
        employee = self._employee(
            "Tess Bos", "2019-01-01", 2500.0, contract_date_end="2019-12-31"
        )
        # Six months later to the day, then two years later.
        self._contract(employee, "2020-07-01", "2021-06-30")
        self.assertEqual(self._service_start(employee, "2021-06-30"), "2019-01-01")
        self._contract(employee, "2023-07-01", False)
        self.assertEqual(self._service_start(employee, "2026-04-30"), "2023-07-01")

    def test_a_gap_of_more_than_six_months_breaks_the_service(self):
        """A day more than six months is a new service."""
        employee = self._employee(
            "Tess Bos", "2019-01-01", 2500.0, contract_date_end="2019-12-31"
        )
        self._contract(employee, "2020-07-02", False)
        self.assertEqual(self._service_start(employee, "2026-04-30"), "2020-07-02")

    def test_service_without_contract_starts_with_the_first_version(self):
        """Without a contract start the first version counts."""
        employee = self._employee("Bas Mol", False, 2500.0, date_version="2022-02-01")
        self.assertEqual(self._service_start(employee, "2026-04-30"), "2022-02-01")

    def test_registered_in_odoo_after_leaving(self):
        """Then Odoo does not know the start, and it stays empty."""
        employee = self._employee("Bas Mol", False, 2500.0, date_version="2026-03-01")
        departure = self._departure(
            employee, notice_date=False, departure_date="2026-02-01"
        )
        self.assertFalse(departure.service_start_date)

    def test_no_wage_and_no_hours_are_left_empty(self):
        """A zero-hour week and a missing wage do not stop a departure."""
        employee = self._employee(
            "Nul Uren", "2024-01-01", 0.0, calendar=self._calendar(0)
        )
        departure = self._departure(employee)
        self.assertEqual((departure.wage, departure.weekly_hours), (0.0, 0.0))

    def test_refresh_reads_the_employee_again(self):
        """After a correction on the employee the snapshot can be read again."""
        departure = self._departure(self.employee)
        self.employee.version_id.wage = 3300.0
        departure.with_user(self.officer).action_refresh_snapshot()
        self.assertEqual(departure.wage, 3300.0)
        departure.action_withdraw()
        self.employee.version_id.wage = 1.0
        departure.action_refresh_snapshot()
        self.assertEqual(departure.wage, 3300.0)

    def _contract(self, employee, start, end):
        employee.create_version(
            {
                "date_version": start,
                "contract_date_start": start,
                "contract_date_end": end,
            }
        )

    def _service_start(self, employee, day):
        departure = self._departure(employee, notice_date=False, departure_date=day)
        start = str(departure.service_start_date)
        departure.action_withdraw()
        return start
