"""Core's departure wizard, and what registering the departure adds to it."""

from unittest.mock import patch

from harness import Figure
from leavers import Office

from odoo import Command


class Wizard(Figure):
    name = "wizard"
    what = "Core's departure wizard with departure and snapshot, settlement apart"
    floor = "core's wizard alone"
    goal = "at most 1.25 x the floor, at 1,000"
    sizes = (100, 1_000)
    few_many = (8, 80)
    slack = 2

    def prepare(self, size):
        office = Office(self.env)
        self.employees = office.let_go(size).employee_id.with_env(office.env)
        # What is registered already would be completed, not made.
        office.env["hr.departure"].search([]).unlink()
        self.day = office.today

    def before(self):
        self.wizard = self.employees.env["hr.departure.wizard"].with_context(
            active_ids=self.employees.ids, employee_termination=True
        )
        self.wizard = self.wizard.create(
            {
                "employee_ids": [Command.set(self.employees.ids)],
                "departure_reason_id": self.env.ref("hr.departure_resigned").id,
                "departure_date": self.day,
                "set_date_end": True,
            }
        )

    def ours(self):
        none = self.env["hr.settlement"]
        with patch.object(type(none), "_create_for_departures", lambda *_args: none):
            self.wizard.action_register_departure()

    def bare(self):
        # Importable once the registry is there.
        from odoo.addons.hr_exit_interview.wizard.departure.hr_departure_wizard import (
            HrDepartureWizard,
        )

        super(HrDepartureWizard, self.wizard).action_register_departure()

    def count(self, size):
        """What is added to core's own queries, of which there are some per person."""
        count = super().count(size)
        return count - self._run(self.bare)["queries"]

    def is_reached(self, result):
        return result["ratio"] <= 1.25
