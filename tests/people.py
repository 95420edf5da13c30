"""The people that tests work with: a Dutch company, a user per role, a leaver.

``setup/test`` puts them into its databases (``setup/lib/prepare_tests.py``), because
that takes a second; elsewhere each class of tests makes them for itself.
"""

from odoo import Command
from odoo.tests import new_test_user

from .facts import make_calendar

ADDON = "hr_exit_interview"
# Under which people are found again, as XML ids.
MODULE = "exit_tests"
USERS = {
    "officer": ("exit_officer", f"{ADDON}.group_exit_officer"),
    "admin": ("exit_admin", f"{ADDON}.group_exit_admin"),
    "payroll": ("exit_payroll", f"{ADDON}.group_exit_payroll"),
    "interviewer": ("interviewer", f"{ADDON}.group_exit_interviewer"),
    "hr_officer": ("hr_officer", "hr.group_hr_user"),
    "hr_manager": ("hr_manager", "hr.group_hr_manager"),
    "plain": ("plain", "base.group_user"),
    # Heads the leaver's team and has the HR exit role: rank opens no interviews.
    "manager_user": ("team_manager", f"{ADDON}.group_exit_officer"),
}
NAMES = (*USERS, "company", "calendar", "department", "job")
NAMES += ("manager", "employee", "report")


def find_people(env):
    """Return {name: record} of the people, who are made where they are not there."""
    if not env.ref(f"{MODULE}.company", raise_if_not_found=False):
        _name_people(env, _make_people(env))
    return {name: env.ref(f"{MODULE}.{name}") for name in NAMES}


def _name_people(env, people):
    env["ir.model.data"].create(
        [
            {"module": MODULE, "name": name, "model": record._name, "res_id": record.id}
            for name, record in people.items()
        ]
    )


def _make_people(env):
    company = make_company(env, "Poldertuin B.V.")
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    company = company.with_env(env)
    calendar = make_calendar(company, 40)
    users = {
        name: make_user(company, login, groups)
        for name, (login, groups) in USERS.items()
    }
    department = env["hr.department"].create({"name": "Kas"})
    job = env["hr.job"].create({"name": "Teelt"})
    manager = make_employee(
        calendar,
        "Marit de Boer",
        "2018-03-01",
        5200.0,
        user_id=users["manager_user"].id,
    )
    employee = make_employee(
        calendar,
        "Joost Visser",
        "2021-03-01",
        3200.0,
        department_id=department.id,
        job_id=job.id,
        parent_id=manager.id,
    )
    report = make_employee(
        calendar, "Sanne Kok", "2023-01-01", 2900.0, parent_id=employee.id
    )
    return {
        **users,
        "company": company,
        "calendar": calendar,
        "department": department,
        "job": job,
        "manager": manager,
        "employee": employee,
        "report": report,
    }


def make_company(env, name, country="base.nl", currency="base.EUR"):
    """A company with its own currency; the country decides on its rules."""
    currency = env.ref(currency)
    currency.active = True
    return env["res.company"].create(
        {
            "name": name,
            "country_id": env.ref(country).id,
            "currency_id": currency.id,
        }
    )


def make_user(company, login, groups, **vals):
    """An internal user of the company with the given groups (xml ids)."""
    return new_test_user(
        company.env,
        login=login,
        groups=groups,
        company_id=company.id,
        company_ids=[Command.set(company.ids)],
        **vals,
    )


def make_employee(calendar, name, start, wage, **vals):
    """An employee of the calendar's company, under contract from ``start``."""
    return calendar.env["hr.employee"].create(
        {
            "name": name,
            "company_id": calendar.company_id.id,
            "date_version": start or "2020-01-01",
            "contract_date_start": start,
            "wage": wage,
            "resource_calendar_id": calendar.id,
            **vals,
        }
    )
