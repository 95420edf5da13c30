from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from ...settlement_wizard_common import SettlementWizardCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-03")
class TestSettlementWizard(SettlementWizardCommon):
    """Preview what is open: as an officer, not an HR manager."""

    def test_preview_of_a_departure(self):
        """Amounts, missing and total as the settlement will have them."""
        wizard = self._computed()
        self.assertTrue(wizard.is_computed)
        self.assertEqual(round(self._line(wizard, "thirteenth").amount, 2), 2133.33)
        self.assertEqual(self._line(wizard, "holiday_allowance").amount, 768.00)
        self.assertEqual(round(wizard.amount_total, 2), 2901.33)
        self.assertEqual(wizard.currency_id, self.company.currency_id)

    def test_preview_writes_nothing(self):
        """No departure, settlement or line, and no change of what there is."""
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        before = self._count_all()
        version = self.leaver.version_id.write_date
        self._computed(employees=employee, date="2026-09-30", other_date="2026-10-31")
        self.env.flush_all()
        self.assertEqual(self._count_all(), before)
        self.assertEqual(str(self.departure.departure_date), "2026-08-31")
        self.assertEqual(self.leaver.version_id.write_date, version)

    def test_preview_of_an_employee_without_departure(self):
        """On the given day; no way of leaving known, so no transition payment."""
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        wizard = self._computed(self.departure.browse(), employee, date="2026-08-31")
        line = self._line(wizard, "holiday_allowance", employee)
        self.assertEqual(line.amount, 600.00)
        self.assertFalse(line.departure_id)
        self.assertFalse(self._line(wizard, "transition", employee))

    def test_reason_of_an_employee_without_departure(self):
        """Made redundant: 3,000 + 8 % over five and a quarter years: 5,670.00."""
        employee = self._employee("No Departure", "2021-01-01", 3000.0)
        wizard = self._computed(
            self.departure.browse(),
            employee,
            date="2026-03-31",
            departure_reason_id=self.env.ref(
                "hr_exit_interview.departure_reason_redundancy"
            ).id,
        )
        self.assertEqual(self._line(wizard, "transition", employee).amount, 5670.00)

    def test_several_and_mixed(self):
        """Two departures and one employee: each person has its lines."""
        second = self._departure(
            self._employee("Second", "2022-01-01", 2000.0),
            notice_date="2026-07-20",
            departure_date="2026-07-31",
        )
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        wizard = self._computed(self.departure | second, employee, date="2026-08-31")
        amounts = {
            line.employee_name: line.amount
            for line in wizard.line_ids
            if line.code == "holiday_allowance"
        }
        self.assertEqual(
            amounts, {"Leaver": 768.00, "Second": 480.00, "No Departure": 600.00}
        )

    def test_an_employee_with_an_open_departure_after_all(self):
        """Settled through that departure; none is made twice."""
        wizard = self._computed(self.departure.browse(), self.leaver, date="2026-08-31")
        self.assertEqual(wizard.departure_ids, self.departure)
        self.assertFalse(wizard.employee_ids)

    def test_an_archived_employee_with_a_closed_departure(self):
        """Gone last month: the departure that is done, not a new one."""
        self._wizard(
            self.leaver, departure_date="2026-07-31"
        ).action_register_departure()
        self.assertEqual(self.departure.state, "done")
        wizard = self._computed(self.departure.browse(), self.leaver, date="2026-07-31")
        self.assertEqual(wizard.departure_ids, self.departure)
        self.assertFalse(wizard.employee_ids)

    def test_another_day_side_by_side(self):
        """A month longer: 13th month 2,400.00, so 266.67 more, in each line."""
        wizard = self._computed(other_date="2026-09-30")
        line = self._line(wizard, "thirteenth")
        self.assertEqual(round(line.other_amount, 2), 2400.00)
        self.assertEqual(round(line.difference, 2), 266.67)
        # 4 x 3,200 x 8 % = 1,024.00
        line = self._line(wizard, "holiday_allowance")
        self.assertEqual(round(line.difference, 2), 256.00)
        self.assertEqual(round(wizard.other_total, 2), 3424.00)

    def test_another_day_with_a_raise_between(self):
        """Two parts of the month: the first is compared with the first."""
        self._change(self.leaver, "2026-08-10", wage=3300.0)
        wizard = self._computed(other_date="2026-08-05")
        first, second = self._line(wizard, "wage_last_month")
        self.assertEqual(round(first.amount, 2), 761.90)
        # 3 of 21 working days.
        self.assertEqual(round(first.other_amount, 2), 457.14)
        self.assertFalse(second.is_other_known)

    def test_lines_that_exist_on_the_other_day_alone(self):
        """Notice observed on the later day; the earlier one leaves a gap."""
        self.departure.write({"departure_type": "redundancy", "initiative": "employer"})
        self.departure.notice_date = "2026-06-01"
        wizard = self._computed(other_date="2026-07-31")
        codes = wizard.line_ids.mapped("code")
        self.assertNotIn("notice_gap", codes)
        self.assertIn("holiday_allowance", codes)

    def test_missing_is_named(self):
        """Two lines lack the wage, one an allocation; the wizard lists them."""
        self.leaver.version_id.wage = 0
        wizard = self._computed()
        self.assertEqual(wizard.missing_count, 3)
        self.assertEqual(
            set(wizard.missing_line_ids.mapped("missing_text")),
            {"the wage", "the leave that was given (allocation)"},
        )
        self.assertEqual(round(wizard.amount_total, 2), 2133.33)

    def test_several_currencies_have_no_total(self):
        """Euros and dollars are not added up."""
        company = self._company("Overseas", "base.us", "base.USD")
        self.calendar.company_id = False
        self.officer.company_ids += company
        other = self._departure(
            self._leaver(company_id=company.id), departure_date="2026-08-31"
        )
        both = {"allowed_company_ids": (self.company | company).ids}
        wizard = (
            self.env["hr.settlement.wizard"]
            .with_user(self.officer)
            .with_context(**both)
            .create({"departure_ids": [Command.set((self.departure | other).ids)]})
        )
        wizard.action_compute()
        self.assertEqual(
            set(wizard.line_ids.currency_id.mapped("name")), {"EUR", "USD"}
        )
        self.assertFalse(wizard.currency_id)
        self.assertEqual(wizard.amount_total, 0.0)

    def test_computing_again(self):
        """Typed lines stay, computed ones are replaced, nothing doubles."""
        wizard = self._computed()
        count = len(wizard.line_ids)
        self._type(wizard)
        wizard.action_compute()
        self.assertEqual(len(wizard.line_ids), count + 1)

    # === Input ===

    def test_nobody_chosen(self):
        wizard = self._prepare(self.departure.browse())
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            wizard.action_compute()

    def test_no_last_day(self):
        """Every name without one, in one message."""
        departure = self._departure(
            self._employee("Undated", "2022-01-01", 2000.0), departure_date=False
        )
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        wizard = self._prepare(departure, employee)
        with self.assertRaisesRegex(UserError, "Undated, No Departure"):
            wizard.action_compute()

    def test_last_day_before_the_contract(self):
        """Shown as missing; saving is refused with the two dates."""
        employee = self._employee("Not Yet", "2026-10-01", 2500.0)
        self._component(employee, "yearly", 2500.0)
        wizard = self._computed(self.departure.browse(), employee, date="2026-08-31")
        self.assertEqual(
            self._line(wizard, "holiday_allowance", employee).missing_text,
            "a contract on the last day",
        )
        with self.assertRaisesRegex(ValidationError, "was in service from 10/01/2026"):
            wizard.action_save()

    def test_employee_of_another_company(self):
        """Out of the officer's companies: refused."""
        company = self._company("Elsewhere B.V.")
        self.calendar.company_id = False
        stranger = self._leaver(company_id=company.id)
        with self.assertRaises(AccessError):
            self._prepare(
                self.departure.browse(), stranger, date="2026-08-31"
            ).action_compute()

    def test_opened_from_departures_and_employees(self):
        """The selection is filled in, from either list."""
        wizards = self.env["hr.settlement.wizard"].with_user(self.officer)
        form = Form(
            wizards.with_context(
                active_model="hr.departure", active_ids=self.departure.ids
            )
        )
        self.assertEqual(form.departure_ids[:], self.departure)
        form = Form(
            wizards.with_context(
                active_model="hr.employee", active_ids=self.employee.ids
            )
        )
        self.assertEqual(form.employee_ids[:], self.employee)
        action = self.departure.with_user(self.officer).action_prepare_settlement()
        form = Form(wizards.with_context(**action["context"]))
        self.assertEqual(form.departure_ids[:], self.departure)

    def test_payroll_has_no_wizard(self):
        """It makes departures, which are HR's."""
        with self.assertRaises(AccessError):
            self._prepare(user=self.payroll)

    # === Speed ===

    def test_queries_do_not_grow_with_people(self):
        """Working out the preview of forty people queries as that of two.

        Only the reading is counted here: the rows of the preview are inserted in
        chunks.
        """
        departures = self.env["hr.departure"].concat(
            *(
                self._departure(
                    self._employee(f"P{number}", "2022-01-01", 2000.0 + number),
                    notice_date="2026-07-20",
                    departure_date="2026-08-31",
                )
                for number in range(42)
            )
        )
        few, many = self._prepare(departures[:2]), self._prepare(departures[2:])
        few._prepare_lines()
        self.assertSameQueryCount(lambda wizard: wizard._prepare_lines(), few, many)
