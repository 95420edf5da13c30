from odoo.tests import tagged

from ..common import ExitInterviewCommon


@tagged("post_install", "-at_install")
class TestCommon(ExitInterviewCommon):
    def test_employee_is_under_contract(self):
        """The helper makes an employee with contract, wage and 40 hours a week."""
        version = self.employee.version_id
        self.assertEqual(str(version.contract_date_start), "2021-03-01")
        self.assertEqual(version.wage, 3200.0)
        self.assertEqual(version.resource_calendar_id.hours_per_week, 40.0)
        self.assertEqual(self.employee.company_id.currency_id.name, "EUR")

    def test_zero_hours_calendar(self):
        """A calendar without working hours counts zero hours a week."""
        self.assertEqual(self._calendar(0).hours_per_week, 0.0)
