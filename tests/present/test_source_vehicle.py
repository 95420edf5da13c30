from odoo.tests import freeze_time, tagged

from .common import SourceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-08-20")
class TestSourceVehicle(SourceCommon):
    """A car of Fleet that the leaver drives is to be handed back."""

    rule_code = "vehicle"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "Donkervoort"})
        cls.car_model = cls.env["fleet.vehicle.model"].create(
            {"name": "D8", "brand_id": brand.id}
        )

    def _car(self, employee=None, odometers=(), **vals):
        car = self.env["fleet.vehicle"].create(
            {
                "model_id": self.car_model.id,
                "license_plate": "AB-123-C",
                "company_id": self.company.id,
                "driver_employee_id": (employee or self.leaver).id,
                **vals,
            }
        )
        for value, day in odometers:
            self.env["fleet.vehicle.odometer"].create(
                {"vehicle_id": car.id, "value": value, "date": day}
            )
        return car

    def test_to_hand_back_with_the_last_odometer(self):
        """One line per car; 52,000 km is the last that was read."""
        car = self._car(odometers=[(41000, "2026-01-05"), (52000, "2026-07-06")])
        line = self._line()
        self.assertEqual(line.kind, "handover")
        self.assertIn("Donkervoort/D8/AB-123-C", line.title)
        self.assertIn("(odometer 52,000 kilometers)", line.title)
        self.assertEqual((line.res_model, line.res_id), (car._name, car.id))

    def test_without_an_odometer(self):
        self._car()
        self.assertNotIn("odometer", self._line().title)

    def test_same_after_the_wizard(self):
        """Core frees the car; the list still says which it was."""
        car = self._car(odometers=[(52000, "2026-07-06")])
        before = self._line().title
        self._wizard(
            self.leaver, departure_date="2026-08-31"
        ).action_register_departure()
        self.assertFalse(car.driver_employee_id)
        self.assertEqual(self._line().title, before)

    def test_constant_queries(self):
        self.assertConstantQueries(
            lambda employee: self._car(employee, [(10, "2026-07-06")])
        )

    def test_without_rights_on_cars(self):
        self._car()
        for user in (self.payroll, self.officer):
            self.assertFalse(user.has_group("fleet.fleet_group_user"))
        self.assertReadableBy(self.payroll, self.officer)
