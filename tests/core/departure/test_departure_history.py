from freezegun import freeze_time

from odoo.tests import tagged

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestDepartureHistory(ExitInterviewCommon):
    """What installing makes of the employees who were archived before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["hr.departure"]._create_historical()
        with freeze_time("2024-06-01"):
            cls.gone = cls._employee(
                "Henk Smit",
                "2019-01-01",
                2500.0,
                department_id=cls.department.id,
                parent_id=cls.manager.id,
            )
            cls.gone.write(
                {
                    "departure_date": "2024-05-31",
                    "departure_reason_id": cls.env.ref("hr.departure_retired").id,
                }
            )
            cls.gone.with_context(no_wizard=True).action_archive()
        cls.env["mail.activity"].search([("res_model", "=", "hr.employee")]).unlink()

    @freeze_time("2024-07-01")
    def _run(self):
        self.env["hr.departure"]._create_historical()
        return self.env["hr.departure"].search([("employee_id", "=", self.gone.id)])

    def test_archived_employee_gets_a_closed_departure(self):
        """From core's fields: date, reason, unit and manager; closed, no mail."""
        mails = self.env["mail.mail"].search_count([])
        departure = self._run()
        self.assertEqual(departure.state, "done")
        self.assertTrue(departure.is_historical)
        self.assertEqual(str(departure.departure_date), "2024-05-31")
        self.assertEqual(departure.departure_type, "retirement")
        self.assertEqual(departure.department_id, self.department)
        self.assertEqual(departure.manager_id, self.manager)
        self.assertEqual(str(departure.service_start_date), "2019-01-01")
        self.assertEqual(departure.company_id, self.company)
        self.assertFalse(departure.settlement_ids)
        self.assertFalse(departure.activity_ids | self.gone.activity_ids)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_running_it_again_adds_nothing(self):
        """Who has a departure is skipped."""
        departure = self._run()
        self.assertEqual(self._run(), departure)

    def test_who_left_long_ago_is_only_counted(self):
        """No name is stored, and running it again does not count them twice."""
        self.gone.departure_date = "2022-06-30"
        domain = [("company_id", "=", self.company.id), ("is_anonymous", "=", True)]
        self.assertFalse(self._run())
        departure = self.env["hr.departure"].search(domain)
        self.assertEqual(departure.employee_name, "—")
        self.assertEqual(departure.departure_type, "retirement")
        self.assertEqual(str(departure.departure_date), "2022-06-30")
        self._run()
        self.assertEqual(self.env["hr.departure"].search(domain), departure)

    def test_unknown_reason_and_contract_end_as_date(self):
        """Without core's fields the contract end counts, and nothing is made up."""
        self.gone.write({"departure_date": False, "departure_reason_id": False})
        self.gone.version_id.contract_date_end = "2024-04-30"
        departure = self._run()
        self.assertEqual(str(departure.departure_date), "2024-04-30")
        self.assertFalse(departure.departure_reason_id)
        self.assertFalse(departure.is_type_missing)

    def test_nothing_known_leaves_the_date_empty(self):
        """An archived employee without any date still counts as a leaver."""
        self.gone.write({"departure_date": False, "departure_reason_id": False})
        self.assertFalse(self._run().departure_date)

    def test_a_later_version_does_not_hide_the_departure(self):
        """Core drops its fields on a new version: the earlier one is asked."""
        self.gone.create_version({"date_version": "2024-06-15"})
        self.gone._cron_update_current_version_id()
        self.assertEqual(str(self._run().departure_date), "2024-05-31")

    def test_dates_that_contradict_do_not_stop_the_installation(self):
        """Old data with a departure before the start is taken over without start."""
        self.company.exit_code_retention_months = 120
        self.gone.departure_date = "2018-01-01"
        departure = self._run()
        self.assertEqual(str(departure.departure_date), "2018-01-01")
        self.assertFalse(departure.service_start_date)

    def test_active_employees_are_left_alone(self):
        """Nobody who works here gets a departure."""
        self._run()
        found = self.env["hr.departure"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertFalse(found)

    def test_many_leavers_take_no_more_queries(self):
        """Ten thousand are made in batches, each with a fixed number of queries."""
        values = [
            {"name": f"P{i}", "company_id": self.company.id, "image_1920": False}
            for i in range(202)
        ]
        employees = self.env["hr.employee"].create(values)
        few, many = employees[:2], employees[2:]

        def take_over(batch):
            batch.with_context(no_wizard=True).write({"active": False})
            self.env.flush_all()
            before = self.cr.sql_log_count
            self._run()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self._run()
        # Two more: rows are inserted by the hundred.
        self.assertLessEqual(take_over(many), take_over(few) + 2)
        departures = self.env["hr.departure"].search(
            [("employee_id", "in", employees.ids), ("is_historical", "=", True)]
        )
        self.assertEqual(len(departures), 202)
