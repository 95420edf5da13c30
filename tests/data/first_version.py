"""What was in the database of the first version; run in its own Odoo shell.

first_version.sql.xz is a dump of a database with `hr_exit_interview` as it was at
commit a961a38 and what this script put in it (`--skip-auto-install`, English, no demo
data). Kept to be read, and to make the dump again from a full clone:

    createdb first && odoo -d first -i hr_exit_interview --skip-auto-install ...
    odoo shell -d first < tests/data/first_version.py
    pg_dump --no-owner --no-privileges first | xz -9e > tests/data/first_version.sql.xz
"""

from odoo import Command

REASON = "hr_exit_interview.exit_reason_%s"


def make_company():
    company = env["res.company"].create(
        {
            "name": "Poldertuin B.V.",
            "country_id": env.ref("base.nl").id,
            "currency_id": env.ref("base.EUR").id,
        }
    )
    company.currency_id.active = True
    return company


def make_user(login, group):
    return env["res.users"].create(
        {
            "name": login.title(),
            "login": login,
            "email": f"{login}@example.com",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.link(env.ref(f"hr_exit_interview.{group}").id)],
        }
    )


def make_employee(name, wage=3200.0, **vals):
    return env["hr.employee"].create(
        {
            "name": name,
            "company_id": company.id,
            "date_version": "2021-03-01",
            "contract_date_start": "2021-03-01",
            "wage": wage,
            **vals,
        }
    )


def make_departure(name, reason="hr.departure_resigned", **vals):
    return env["hr.departure"].create(
        {
            "employee_id": make_employee(name).id,
            "departure_reason_id": env.ref(reason).id,
            "notice_date": "2026-07-20",
            "departure_date": "2026-08-31",
            **vals,
        }
    )


def make_interview(departure, **vals):
    return env["hr.exit.interview"].create(
        {"departure_id": departure.id, "interviewer_id": interviewer.id, **vals}
    )


company = make_company()
env = env(  # noqa: F821
    context={"allowed_company_ids": company.ids}
)
interviewer = make_user("interviewer", "group_exit_interviewer")
payroll = make_user("payroll", "group_exit_payroll")
officer = make_user("officer", "group_exit_officer")

registered = make_departure("Anna Registered")
# A day that the job of those days does not reach.
confirmed = make_departure("Bert Confirmed", action_date="2099-01-01")
confirmed.action_confirm()
agreement = env["hr.departure.agreement"].create(
    {
        "departure_id": confirmed.id,
        "name": "Forklift course",
        "agreement_type": "study_costs",
        "amount": 1200.0,
        "months_total": 24,
        "date_completed": "2025-08-31",
    }
)
confirmed.settlement_ids.action_recompute()
make_interview(confirmed, state="scheduled")

settled = make_departure("Carla Settled")
settled.action_confirm()
settlement = settled.settlement_ids
settlement.action_check()
settlement.with_user(payroll).sudo().action_discuss()
settlement.with_user(payroll).sudo().action_confirm()
make_interview(
    settled,
    state="closed",
    held_date="2026-08-20",
    main_reason_id=env.ref(REASON % "workload").id,
    reason_ids=[Command.set([env.ref(REASON % "workload").id])],
)

withdrawn = make_departure("Daan Withdrawn")
withdrawn.action_confirm()
withdrawn.action_withdraw()

dismissed = make_departure(
    "Els Left",
    "hr.departure_fired",
    departure_type="redundancy",
    initiative="employer",
    notice_date="2025-03-03",
    departure_date="2025-05-31",
)
dismissed.action_confirm()
dismissed._cron_carry_out()
make_interview(dismissed, state="held", held_date="2025-05-20")

env["hr.departure"].create(
    {
        "employee_name": "Frits Before",
        "company_id": company.id,
        "departure_reason_id": env.ref("hr.departure_retired").id,
        "departure_date": "2024-12-31",
    }
)
env["hr.pay.component"].create(
    {
        "name": "Bonus",
        "employee_id": registered.employee_id.id,
        "component_type": env["hr.pay.component"]
        ._fields["component_type"]
        .get_values(env)[0],
        "amount": 100.0,
    }
)
env.cr.commit()
