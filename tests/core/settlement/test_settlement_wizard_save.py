from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...settlement_wizard_common import SettlementWizardCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-03")
class TestSettlementWizardSave(SettlementWizardCommon):
    """Tick, type, save: as an officer, not an HR manager."""

    def test_saving(self):
        """The settlement holds what the wizard showed; it opens."""
        wizard = self._computed()
        action = wizard.action_save()
        settlement = self._open()
        self.assertEqual(action["res_id"], settlement.id)
        self.assertEqual(settlement.amount_total, 2901.33)
        self.assertEqual(
            sorted(settlement.line_ids.mapped("code")),
            sorted(wizard.line_ids.mapped("code")),
        )

    def test_saving_without_computing(self):
        with self.assertRaisesRegex(UserError, "Compute the list first"):
            self._prepare().action_save()

    def test_saving_registers_a_departure(self):
        """Only then, with the day and reason of the wizard."""
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        wizard = self._computed(
            self.departure.browse(),
            employee,
            date="2026-08-31",
            departure_reason_id=self.reason_resigned.id,
        )
        find = [("employee_id", "=", employee.id)]
        self.assertFalse(self.env["hr.departure"].search(find))
        wizard.action_save()
        departure = self.env["hr.departure"].search(find)
        self.assertEqual(str(departure.departure_date), "2026-08-31")
        self.assertEqual(departure.departure_type, "voluntary")
        self.assertEqual(departure.settlement_ids.employee_name, "No Departure")

    def test_saving_twice_does_not_double(self):
        """Neither departure, settlement nor what was typed."""
        employee = self._employee("No Departure", "2022-01-01", 2500.0)
        wizard = self._computed(employees=employee, date="2026-08-31")
        self._type(wizard)
        self._type(wizard, employee_id=False, name="Farewell gift")
        wizard.action_save()
        before = self._count_all()
        wizard.action_save()
        self.assertEqual(self._count_all(), before)

    def test_saving_on_another_day_moves_the_departure(self):
        """The date of the wizard becomes the last day, of the settlement too."""
        wizard = self._computed(date="2026-09-30")
        wizard.action_save()
        self.assertEqual(str(self.departure.departure_date), "2026-09-30")
        self.assertEqual(str(self._open().last_day), "2026-09-30")
        line = self._open().line_ids.filtered(lambda line: line.code == "thirteenth")
        self.assertEqual(round(line.amount, 2), 2400.00)

    def test_lines_by_hand(self):
        """For one person, and for everybody; a deduction is below zero."""
        second = self._departure(
            self._employee("Second", "2022-01-01", 2000.0),
            notice_date="2026-07-20",
            departure_date="2026-08-31",
        )
        wizard = self._computed(self.departure | second)
        self._type(wizard)
        self._type(wizard, employee_id=False, name="Gift", kind="deduction", amount=5)
        wizard.action_save()
        names = {
            settlement.employee_name: sorted(
                (line.name, line.amount)
                for line in settlement.line_ids
                if line.is_manual
            )
            for settlement in (self.departure | second).settlement_ids
        }
        self.assertEqual(
            names,
            {
                "Leaver": [("Gift", -5.0), ("Travel costs", 50.0)],
                "Second": [("Gift", -5.0)],
            },
        )

    def test_a_line_for_a_stranger(self):
        """Somebody who is not on the list: refused, not silently dropped."""
        wizard = self._computed()
        self._type(wizard, employee_id=self.employee.id)
        with self.assertRaisesRegex(UserError, "Joost Visser: not on this list"):
            wizard.action_save()

    def test_things_by_hand_have_no_amount(self):
        """A key to hand back is not worth 0.00: it has no amount."""
        wizard = self._computed()
        self._type(wizard, kind="handover", name="Locker key", amount=0.0)
        wizard.action_save()
        line = self._open().line_ids.filtered(lambda line: line.name == "Locker key")
        self.assertFalse(line.has_amount)
        self.assertFalse(line.is_counted)

    def test_unticked_lines(self):
        """Not to be talked through; ticking again on the next visit undoes it."""
        wizard = self._computed()
        self._line(wizard, "pension_info").is_to_discuss = False
        wizard.action_save()
        lines = self._open().line_ids
        self.assertEqual(
            lines.filtered(lambda line: not line.is_to_discuss).mapped("code"),
            ["pension_info"],
        )
        self._computed().action_save()
        lines = self._open().line_ids
        self.assertTrue(all(lines.mapped("is_to_discuss")))

    def test_what_was_unticked_elsewhere_stays(self):
        """A typed line that payroll took off the agenda is not put back on it."""
        settlement = self._settlement(self.departure)
        line = self.env["hr.settlement.line"].create(
            {
                "settlement_id": settlement.id,
                "name": "Internal",
                "is_to_discuss": False,
            }
        )
        self._computed().action_save()
        self.assertFalse(line.is_to_discuss)

    def test_what_was_agreed_stays(self):
        """Saving the list again leaves agreed amounts alone."""
        settlement = self._settlement(self.departure)
        line = settlement.line_ids.filtered(lambda line: line.code == "thirteenth")
        line.write({"amount_agreed": 2000.0, "agreed_reason": "Settled"})
        self._computed().action_save()
        self.assertTrue(line.exists())
        self.assertEqual(line.amount, 2000.0)
        self.assertEqual(settlement.line_ids.mapped("code").count("thirteenth"), 1)

    def test_a_checked_list_is_not_changed_by_hr(self):
        """Payroll checked it: the officer is told what to do, nothing is written."""
        settlement = self._settlement(self.departure)
        settlement.with_user(self.payroll).action_check()
        wizard = self._computed()
        self._type(wizard)
        with self.assertRaisesRegex(UserError, "Leaver was checked already"):
            wizard.action_save()
