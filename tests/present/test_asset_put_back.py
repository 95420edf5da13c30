from odoo.tests import freeze_time, tagged

from .common import SourceCommon


class AssetCommon(SourceCommon):
    """What core's wizard takes from a leaver, and what withdrawing puts back."""

    def _give(self, employee, **vals):
        raise NotImplementedError

    def _in_use(self):
        """The employee who has the thing now."""
        raise NotImplementedError

    def _register(self):
        self._wizard(
            self.leaver, departure_date="2026-08-31"
        ).action_register_departure()
        self.env.invalidate_all()

    def check_withdrawn(self):
        """The person stays: the thing is theirs again."""
        self._register()
        self.departure.action_withdraw()
        self.assertEqual(self._in_use(), self.leaver)

    def check_withdrawn_too_late(self):
        """Somebody else has it by now: it stays there, and the chatter says so."""
        self._register()
        self._hand_to(self.employee)
        self.departure.action_withdraw()
        self.assertEqual(self._in_use(), self.employee)
        bodies = " ".join(self.departure.message_ids.mapped("body"))
        self.assertIn("is in use by somebody else or gone", bodies)

    def check_gone(self):
        """Deleted meanwhile: withdrawing goes on and says so."""
        self._register()
        self._remove()
        self.departure.action_withdraw()
        bodies = " ".join(self.departure.message_ids.mapped("body"))
        self.assertIn("is in use by somebody else or gone", bodies)

    def check_handed_in_before(self):
        """Handed in before the last day: nothing is listed."""
        self._hand_to(self.env["hr.employee"])
        self.assertFalse(self._lines(self.departure, self.rule_code))
        self._register()
        self.assertFalse(self._lines(self.departure, self.rule_code))

    def check_whole_list(self):
        """Every line of the list is the same before and after."""
        before = self._read_list(self.departure)
        self._register()
        self.assertEqual(self._read_list(self.departure), before)


@tagged("post_install", "-at_install")
@freeze_time("2026-08-31")
class TestEquipmentPutBack(AssetCommon):
    rule_code = "equipment"

    def setUp(self):
        super().setUp()
        self.laptop = self._give(self.leaver)

    def _give(self, employee, **vals):
        return self.env["maintenance.equipment"].create(
            {
                "name": "Laptop 7",
                "equipment_assign_to": "employee",
                "employee_id": employee.id,
                "assign_date": "2024-03-01",
                "company_id": self.company.id,
                **vals,
            }
        )

    def _in_use(self):
        return self.laptop.employee_id

    def _hand_to(self, employee):
        self.laptop.employee_id = employee

    def _remove(self):
        self.laptop.unlink()

    def test_without_a_date(self):
        self.laptop.assign_date = False
        self.assertEqual(self._line().title, "Equipment – Laptop 7")

    def test_whole_list(self):
        self.check_whole_list()

    def test_withdrawn(self):
        self.check_withdrawn()
        self.assertEqual(str(self.laptop.assign_date), "2024-03-01")

    def test_withdrawn_too_late(self):
        self.check_withdrawn_too_late()

    def test_gone(self):
        self.check_gone()

    def test_handed_in_before(self):
        self.check_handed_in_before()

    def test_several_people_and_things(self):
        """Each has its own; two things are two lines."""
        self._give(self.leaver, name="Telephone")
        other = self._leaver()
        self._give(other, name="Drill")
        departure = self._leaving(other)
        self.assertEqual(
            set(self._lines(self.departure, "equipment").mapped("label")),
            {"Laptop 7", "Telephone"},
        )
        self.assertEqual(self._lines(departure, "equipment").mapped("label"), ["Drill"])


@tagged("post_install", "-at_install")
@freeze_time("2026-08-31")
class TestVehiclePutBack(AssetCommon):
    rule_code = "vehicle"

    def setUp(self):
        super().setUp()
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "Fiat"})
        self.model = self.env["fleet.vehicle.model"].create(
            {"name": "Panda", "brand_id": brand.id}
        )
        self.car = self._give(self.leaver)

    def _give(self, employee, **vals):
        car = self.env["fleet.vehicle"].create(
            {
                "model_id": self.model.id,
                "license_plate": "AB-123-C",
                "driver_employee_id": employee.id,
                "driver_id": employee.work_contact_id.id,
                "company_id": self.company.id,
                **vals,
            }
        )
        for value in (1200, 34567):
            self.env["fleet.vehicle.odometer"].create(
                {"vehicle_id": car.id, "value": value}
            )
        return car

    def _in_use(self):
        return self.car.driver_employee_id

    def _hand_to(self, employee):
        self.car.write(
            {
                "driver_employee_id": employee.id,
                "driver_id": employee.work_contact_id.id,
            }
        )

    def _remove(self):
        self.car.log_drivers.unlink()
        self.env["fleet.vehicle.odometer"].search(
            [("vehicle_id", "=", self.car.id)]
        ).unlink()
        self.car.unlink()

    def test_whole_list(self):
        self.check_whole_list()

    def test_withdrawn(self):
        self.check_withdrawn()
        self.assertEqual(self.car.driver_id, self.leaver.work_contact_id)

    def test_withdrawn_too_late(self):
        self.check_withdrawn_too_late()

    def test_gone(self):
        self.check_gone()

    def test_handed_in_before(self):
        self.check_handed_in_before()

    def test_car_stays_with_the_leaver(self):
        """Core is told not to free it: the line is there, withdrawing is harmless."""
        self._wizard(
            self.leaver, departure_date="2026-08-31", release_campany_car=False
        ).action_register_departure()
        self.assertTrue(self._line())
        self.departure.action_withdraw()
        self.assertEqual(self._in_use(), self.leaver)
