from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_exit_interview.models.departure.hr_departure_reason import (
    get_departure_types,
)

from ...common import ExitInterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10")
class TestDeparture(ExitInterviewCommon):
    def test_name_tells_who_and_when(self):
        """The name is that of the leaver and the last day, in the reader's format."""
        departure = self._departure(self.employee)
        self.assertEqual(departure.display_name, "Joost Visser, 04/30/2026")
        departure.departure_date = False
        self.assertEqual(departure.display_name, "Joost Visser")

    def test_found_by_name(self):
        """A departure is found by the name of the leaver."""
        departure = self._departure(self.employee)
        found = self.env["hr.departure"].name_search("joost")
        self.assertEqual([id_ for id_, _name in found], departure.ids)

    def test_type_and_initiative_follow_the_reason(self):
        """The reason fills in type and initiative; both can be corrected."""
        departure = self._departure(self.employee)
        self.assertEqual(departure.departure_type, "voluntary")
        self.assertEqual(departure.initiative, "employee")
        departure.departure_reason_id = self.reason_fired
        self.assertFalse(departure.departure_type)
        self.assertEqual(departure.initiative, "employer")
        self.assertTrue(departure.is_type_missing)
        departure.departure_type = "conduct"
        self.assertFalse(departure.is_type_missing)

    def test_changing_a_reason_leaves_departures_alone(self):
        """Configuration made later does not rewrite what was registered."""
        departure = self._departure(self.employee)
        self.reason_resigned.departure_type = "other"
        self.assertEqual(departure.departure_type, "voluntary")

    def test_every_type_has_a_reason_every_company_sees(self):
        """There is a reason without a country for each of the ten types."""
        reasons = self.env["hr.departure.reason"].search([("country_id", "=", False)])
        types = dict(get_departure_types(self.env["hr.departure"]))
        self.assertEqual(set(reasons.mapped("departure_type")) - {False}, set(types))
        death = reasons.filtered(lambda r: r.departure_type == "death")
        self.assertFalse(death.is_interview_offered)
        self.assertTrue(all((reasons - death).mapped("is_interview_offered")))

    def test_a_way_of_leaving_that_another_module_adds(self):
        """Added to the reasons, departures and what follows from them have it too."""
        field = self.env["hr.departure.reason"]._fields["departure_type"]
        added = ("sabbatical", "Sabbatical without end")
        departure = self._departure(self.employee)
        with patch.object(field, "selection", [*field.selection, added]):
            departure.departure_type = "sabbatical"
            for model in ("hr.exit.interview", "hr.settlement", "hr.exit.insight"):
                fields = self.env[model].fields_get(["departure_type"], ["selection"])
                self.assertIn(added, fields["departure_type"]["selection"], model)

    def test_carried_out_the_day_after_the_last(self):
        """The day to carry out follows the last day and the company's setting."""
        departure = self._departure(self.employee)
        self.assertEqual(str(departure.action_date), "2026-05-01")
        self.company.exit_carry_out_days = 3
        departure.departure_date = "2028-02-29"
        self.assertEqual(str(departure.action_date), "2028-03-03")

    def test_open_departure_is_unique(self):
        """A second open departure of the same employee is refused."""
        self._departure(self.employee)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError) as caught,
            self.cr.savepoint(),
        ):
            self._departure(self.employee)
        message = self.env["hr.departure"]._sql_error_to_message(caught.exception)
        self.assertIn("already has an open departure", message)

    def test_second_departure_after_the_first_is_over(self):
        """Somebody rehired may leave again: a departure of its own."""
        first = self._departure(self.employee)
        first.action_withdraw()
        self.assertTrue(self._departure(self.employee))

    def test_last_day_before_the_contract_is_refused(self):
        """A last day before the start names the person, the start and the way out."""
        with self.assertRaisesRegex(
            ValidationError,
            "Joost Visser was in service from 03/01/2021, so the last day cannot be "
            "02/28/2021. Correct the last day or the start.",
        ):
            self._departure(
                self.employee, notice_date=False, departure_date="2021-02-28"
            )

    def test_last_day_before_the_contract_is_refused_to_officers(self):
        """The check reads contract dates that the officer may not see."""
        departure = self._departure(self.employee).with_user(self.officer)
        with self.assertRaisesRegex(ValidationError, "was in service from"):
            departure.write({"notice_date": False, "departure_date": "2021-02-28"})

    def test_notice_after_the_last_day_is_refused(self):
        """Notice later than the last day is a mistake; on the day itself it is not."""
        departure = self._departure(self.employee, notice_date="2026-04-30")
        with self.assertRaisesRegex(ValidationError, "The notice of Joost Visser"):
            departure.notice_date = "2026-05-01"

    def test_carrying_out_before_the_last_day_is_refused(self):
        """Nobody is archived while still working."""
        with self.assertRaisesRegex(ValidationError, "carry out the departure on that"):
            self._departure(self.employee, action_date="2026-04-29")

    def test_employee_of_another_company_is_refused(self):
        """A departure belongs to the company of its employee."""
        other = self._company("Buitenland N.V.", country="base.be")
        with self.assertRaisesRegex(UserError, "Joost Visser"):
            self._departure(self.employee, company_id=other.id)

    def test_confirming_needs_reason_and_last_day(self):
        """What is missing is named."""
        departure = self._departure(
            self.employee, departure_reason_id=False, departure_date=False
        )
        with self.assertRaisesRegex(
            ValidationError, "not complete. Fill in: Last Day, Departure Reason"
        ):
            departure.action_confirm()

    def test_confirming_makes_the_settlement(self):
        """Payroll can go ahead as soon as a departure is confirmed."""
        departure = self._departure(self.employee).with_user(self.officer)
        departure.action_confirm()
        self.assertEqual(departure.state, "confirmed")
        self.assertEqual(len(departure.sudo().settlement_ids), 1)
        with self.assertRaisesRegex(UserError, "already beyond Registered"):
            departure.action_confirm()

    def test_history_is_not_deleted(self):
        """A confirmed departure is withdrawn, not deleted; a draft may go."""
        departure = self._departure(self.employee)
        departure.action_confirm()
        with self.assertRaisesRegex(UserError, "Withdraw it instead"):
            departure.unlink()
        draft = self._departure(self.report)
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_form_fills_in_the_snapshot(self):
        """Choosing the employee shows unit, manager and start at once."""
        departures = self.env["hr.departure"].with_user(self.officer)
        with Form(departures) as form:
            form.employee_id = self.employee
            self.assertEqual(form.department_id, self.department)
            self.assertEqual(form.manager_id, self.manager)
            self.assertEqual(str(form.service_start_date), "2021-03-01")
            form.departure_reason_id = self.reason_resigned
            form.notice_date = "2026-03-02"
            form.departure_date = "2026-04-30"
        departure = form.save().sudo()
        self.assertEqual(departure.wage, 3200.0)
        self.assertEqual(departure.subordinate_ids, self.report)

    def test_form_without_employee_is_historical(self):
        """A name alone registers somebody of the past, closed at once."""
        departures = self.env["hr.departure"].with_user(self.officer)
        with Form(departures) as form:
            form.employee_name = "Piet Paulusma"
        departure = form.save()
        self.assertTrue(departure.is_historical)
        self.assertEqual(departure.state, "done")
        self.assertFalse(departure.departure_date)

    def test_registering_from_the_employee(self):
        """The action on the employee opens a new departure for that employee."""
        action = self.employee.with_user(self.officer).action_register_departure()
        departures = self.env["hr.departure"].with_context(**action["context"])
        with Form(departures.with_user(self.officer)) as form:
            self.assertEqual(form.employee_id, self.employee)

    def test_smart_button_counts_departures(self):
        """The employee shows how many departures there are and opens them."""
        self._departure(self.employee).action_withdraw()
        departure = self._departure(self.employee)
        employee = self.employee.with_user(self.officer)
        self.assertEqual(employee.departure_count, 2)
        self.assertEqual(
            employee.action_open_departures()["domain"],
            [("employee_id", "=", self.employee.id)],
        )
        self._departure(self.report)
        action = self.report.with_user(self.officer).action_open_departures()
        self.assertEqual(action["views"], [(False, "form")])
        self.assertFalse(departure.is_historical)

    def test_creating_many_takes_no_more_queries(self):
        """As many queries for forty departures as for two, manager and reports too."""
        employees = [
            self._employee(f"E{i}", "2024-01-01", 2500.0, parent_id=self.manager.id)
            for i in range(42)
        ]
        self._employee("R", "2024-01-01", 2500.0, parent_id=employees[0].id)
        self._employee("S", "2024-01-01", 2500.0, parent_id=employees[-1].id)

        def register(batch):
            self.env["hr.departure"].with_user(self.officer).create(
                [
                    {
                        "employee_id": employee.id,
                        "departure_reason_id": self.reason_resigned.id,
                        "notice_date": "2026-03-02",
                        "departure_date": "2026-04-30",
                    }
                    for employee in batch
                ]
            )

        register([self.employee])  # fill the caches
        self.assertSameQueryCount(register, employees[:2], employees[2:])

    def test_took_part_in_the_decision(self):
        """Who decided on a dismissal is kept with the departure."""
        departure = self._departure(
            self.employee, decision_user_ids=[Command.link(self.admin.id)]
        )
        self.assertEqual(departure.decision_user_ids, self.admin)
