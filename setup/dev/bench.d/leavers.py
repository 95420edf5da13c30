"""Leavers with everything a settlement can find: pay, leave, things, agreements."""

from dateutil.relativedelta import relativedelta
from population import Crowd

from odoo import Command, fields

from tests.facts import (
    agreement_commands,
    allocate,
    give_components,
    make_calendar,
    make_leave_type,
    make_plan,
    take,
)

KINDS = 8  # people made by the ORM: each other hours, half of them with a raise
HOURS = (40, 32, 24, 16)
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "leave_skip_date_check": True,
    "leave_fast_create": True,
}


class Office:
    """A Dutch company of ``size`` people; all but a few of them are copies."""

    def __init__(self, env):
        # install_mode: nothing of the country is installed beside it.
        self.company = (
            env["res.company"]
            .with_context(install_mode=True)
            .create(
                {
                    "name": "Poldertuin B.V.",
                    "country_id": env.ref("base.nl").id,
                    "currency_id": self._euro(env).id,
                }
            )
        )
        env.user.write({"company_ids": [Command.link(self.company.id)]})
        self.env = env(
            context={
                **env.context,
                **QUIET,
                "allowed_company_ids": self.company.ids,
            }
        )
        self.company = self.company.with_env(self.env)
        self.today = fields.Date.today()
        self.calendars = [make_calendar(self.company, hours) for hours in HOURS]
        self.unit = self.env["hr.department"].create({"name": "Kas"})
        self.manager = self._make_people([("Marit de Boer", 0)])

    @staticmethod
    def _euro(env):
        euro = env.ref("base.EUR")
        euro.active = True
        return euro

    def ago(self, **period):
        return self.today - relativedelta(**period)

    def ahead(self, **period):
        return self.today + relativedelta(**period)

    @property
    def last_day(self):
        """The end of next month."""
        return self.today + relativedelta(months=1, day=31)

    def _make_people(self, names, **vals):
        return self.env["hr.employee"].create(
            [
                {
                    "name": name,
                    "company_id": self.company.id,
                    "date_version": self.ago(years=5, months=at),
                    "contract_date_start": self.ago(years=5, months=at),
                    "wage": 3000.0 + 50 * at,
                    "birthday": "1980-05-05",
                    "work_email": f"leaver{at}@example.com",
                    "private_email": f"private{at}@example.com",
                    "department_id": self.unit.id,
                    "resource_calendar_id": self.calendars[at % len(HOURS)].id,
                    **vals,
                }
                for name, at in names
            ]
        )

    def hire(self, size):
        """Return ``size`` employees with contracts, without anything else."""
        people = self._make_people(
            [(f"Leaver {at}", at) for at in range(min(size, KINDS))],
            parent_id=self.manager.id,
        )
        return self._copied("hr.employee", size, people)

    def let_go(self, size):
        """Return ``size`` departures of people with everything to settle."""
        kinds = min(size, KINDS)
        people = self._make_people(
            [(f"Leaver {at}", at) for at in range(kinds)], parent_id=self.manager.id
        )
        for employee in people[::2]:
            employee.create_version(
                {"date_version": self.ago(days=20), "wage": employee.wage + 100}
            )
        departures = self._dismiss(people)
        return self._copied(
            "hr.departure",
            size,
            people,
            departures,
            departures.agreement_ids,
            give_components(people),
            *self._give_leave(people),
            *self._give_things(people),
        )

    def _copied(self, model, size, people, *belongings):
        """Return ``size`` records of ``model``, of people and copies of them."""
        crowd = Crowd(
            self.env,
            people.work_contact_id,
            people.resource_id,
            people,
            people.version_ids,
            *belongings,
        )
        kinds = min(size, KINDS)
        times = -(-size // kinds) - 1
        crowd.copy(times)
        return crowd.get(model, times).with_env(self.env)[:size]

    def _dismiss(self, people):
        """Departures that the employer started, with agreements."""
        return self.env["hr.departure"].create(
            [
                {
                    "employee_id": employee.id,
                    "departure_reason_id": self.env.ref("hr.departure_fired").id,
                    "departure_type": "redundancy",
                    "notice_date": self.ago(days=14),
                    "departure_date": self.last_day,
                    "agreement_ids": agreement_commands(self.ago(months=18)),
                }
                for employee in people
            ]
        )

    def _give_leave(self, people):
        """A year's allocation, an older one, an accrual; a request past the end."""
        statutory = make_leave_type(self.company, "Statutory", "statutory")
        extra = make_leave_type(self.company, "Extra", "extra")
        unpaid = make_leave_type(
            self.company,
            "Unpaid",
            "none",
            "day",
            requires_allocation=False,
            unpaid=True,
        )
        year = self.today.replace(month=1, day=1)
        grants = [
            (statutory, 20, {"date_from": year}),
            (extra, 5, {"date_from": year - relativedelta(years=1)}),
            (
                extra,
                0,
                {
                    "date_from": year,
                    "allocation_type": "accrual",
                    "accrual_plan_id": make_plan(self.env).id,
                },
            ),
        ]
        week = relativedelta(days=7)
        periods = [
            (statutory, self.last_day - week, self.last_day + week),
            (unpaid, self.ago(days=10), self.ago(days=6)),
        ]
        return allocate(people, grants), take(people, periods)

    # === What other apps hold ===

    def _give_things(self, people):
        """An expense, overtime, a laptop, a car and a payslip each."""
        expenses = self.env["hr.expense"].create(
            [
                {
                    "name": "Train",
                    "employee_id": employee.id,
                    "company_id": self.company.id,
                    "total_amount_currency": 84.50,
                }
                for employee in people
            ]
        )
        expenses.approval_state = "approved"
        return (
            expenses,
            self.env["hr.attendance.overtime.line"].create(
                [
                    {
                        "employee_id": employee.id,
                        "date": self.ago(days=30),
                        "duration": 12.5,
                        "status": "approved",
                        "compensable_as_leave": True,
                    }
                    for employee in people
                ]
            ),
            self.env["maintenance.equipment"].create(
                [
                    {
                        "name": "Laptop",
                        "company_id": self.company.id,
                        "equipment_assign_to": "employee",
                        "employee_id": employee.id,
                    }
                    for employee in people
                ]
            ),
            *self._give_cars(people),
            *self._give_payslips(people),
        )

    def _give_cars(self, people):
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "Donkervoort"})
        model = self.env["fleet.vehicle.model"].create(
            {"name": "D8", "brand_id": brand.id}
        )
        cars = self.env["fleet.vehicle"].create(
            [
                {
                    "model_id": model.id,
                    "license_plate": f"AB-{employee.id}-C",
                    "company_id": self.company.id,
                    "driver_employee_id": employee.id,
                }
                for employee in people
            ]
        )
        odometers = self.env["fleet.vehicle.odometer"].create(
            [
                {"vehicle_id": car.id, "value": 41_000, "date": self.ago(days=30)}
                for car in cars
            ]
        )
        return cars, odometers

    def _give_payslips(self, people):
        category = self.env["hr.salary.rule.category"].create(
            {"name": "Net", "code": "NET"}
        )
        rule = self.env["hr.salary.rule"].create(
            {
                "name": "Net",
                "code": "NET",
                "category_id": category.id,
                "condition_select": "none",
                "amount_select": "fix",
            }
        )
        payslips = self.env["hr.payslip"].create(
            [
                {
                    "name": "Payslip",
                    "employee_id": employee.id,
                    "company_id": self.company.id,
                    "contract_id": employee.version_id.id,
                    "date_from": self.ago(months=1, day=1),
                    "date_to": self.ago(months=1, day=31),
                    "state": "verify",
                    "line_ids": [
                        Command.create(
                            {
                                "name": "Net",
                                "code": "NET",
                                "category_id": category.id,
                                "salary_rule_id": rule.id,
                                "employee_id": employee.id,
                                "contract_id": employee.version_id.id,
                                "condition_select": "none",
                                "amount_select": "fix",
                                "amount": 2450.0,
                                "quantity": 1.0,
                                "rate": 100.0,
                            }
                        )
                    ],
                }
                for employee in people
            ]
        )
        return payslips, payslips.line_ids
