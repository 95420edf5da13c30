from odoo.tests import freeze_time, tagged

from .common import SourceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceEquipment(SourceCommon):
    """Equipment of Maintenance that the leaver uses is to be handed back."""

    rule_code = "equipment"

    def _equipment(self, name="Laptop 7", employee=None, **vals):
        return self.env["maintenance.equipment"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "equipment_assign_to": "employee",
                "employee_id": (employee or self.leaver).id,
                "assign_date": "2024-05-02",
                **vals,
            }
        )

    def test_to_hand_back(self):
        """One line per thing, with the day it was handed out and its document."""
        laptop = self._equipment()
        line = self._line()
        self.assertEqual(line.kind, "handover")
        self.assertEqual(line.handover_action, "return")
        self.assertEqual(line.title, "Equipment – Laptop 7 (given out on 05/02/2024)")
        self.assertEqual((line.res_model, line.res_id), (laptop._name, laptop.id))
        self.assertFalse(line.is_amount_known)

    def test_of_somebody_else(self):
        self._equipment(employee=self.manager)
        self.assertFalse(self._lines(self.departure, "equipment"))

    def test_same_after_the_wizard(self):
        """Core unassigns it; the list still says what there was."""
        laptop = self._equipment()
        self._wizard(
            self.leaver, departure_date="2026-08-31"
        ).action_register_departure()
        self.assertFalse(laptop.employee_id)
        self.assertEqual(
            self._line().title, "Equipment – Laptop 7 (given out on 05/02/2024)"
        )

    def test_received_stays_when_it_went_to_somebody_else(self):
        """What came back stays on the list, also when a colleague uses it now."""
        laptop = self._equipment()
        line = self._line()
        line.action_receive()
        laptop.employee_id = self.manager
        self.assertEqual(self._line(), line)

    def test_constant_queries(self):
        self.assertConstantQueries(lambda employee: self._equipment(employee=employee))

    def test_without_rights_on_equipment(self):
        self._equipment()
        self.assertFalse(self.payroll.has_group("maintenance.group_equipment_manager"))
        self.assertReadableBy(self.payroll, self.officer)
