"""A server that is killed in the middle of a mass departure, again and again."""

import time
from unittest.mock import patch

from killing import kill_in_the_middle
from steps import Steps, expect

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry

PEOPLE, CHUNK = 120, 4
KILLS = 3
RUN = "odoo.addons.hr_exit_interview.models.batch.hr_departure_batch"


def check(env, addons):
    steps = Steps(env, addons)
    batch_id = steps.run(prepare)
    for step in ("calculate", "register", "confirm"):
        steps.run(press, batch_id, step)
        killed = sum(kill_run(steps, batch_id) for _try in range(KILLS))
        expect(killed > 0, True)
        steps.run(expect_whole, batch_id)
        finish(steps, batch_id)
        steps.run(expect_whole, batch_id)
        expect(steps.run(count, batch_id), PEOPLE)
    steps.run(expect_once, batch_id)


def prepare(env):
    """A reorganisation of 120 people, prepared by an HR exit officer."""
    company = env["res.company"].create(
        {"name": "Poldertuin B.V.", "country_id": env.ref("base.nl").id}
    )
    officer = env["res.users"].create(
        {
            "name": "Officer",
            "login": "officer",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [
                Command.link(env.ref("hr_exit_interview.group_exit_officer").id)
            ],
        }
    )
    employees = env["hr.employee"].create(
        [
            {
                "name": f"Worker {number}",
                "company_id": company.id,
                "date_version": "2021-03-01",
                "contract_date_start": "2021-03-01",
                "wage": 3000.0,
            }
            for number in range(PEOPLE)
        ]
    )
    lines = [Command.create({"employee_id": employee.id}) for employee in employees]
    batch = env["hr.departure.batch"].with_user(officer)
    batch = batch.with_context(allowed_company_ids=company.ids)
    return batch.create(
        {
            "name": "Reorganisation",
            "company_id": company.id,
            "departure_reason_id": env.ref("hr.departure_fired").id,
            "departure_type": "redundancy",
            "notice_date": "2026-05-12",
            "initiative": "employer",
            "departure_date": "2026-08-31",
            "line_ids": lines,
        }
    ).id


def press(env, batch_id, step):
    batch = env["hr.departure.batch"].browse(batch_id)
    officer = env["res.users"].search([("login", "=", "officer")])
    batch = batch.with_user(officer).with_context(
        allowed_company_ids=batch.company_id.ids
    )
    getattr(batch, f"action_{step}")()


def count(env, batch_id):
    return env["hr.departure.batch"].browse(batch_id).done_count


def kill_run(steps, batch_id):
    """Run in a process of its own and kill it; tell whether it was in the middle."""
    begin = steps.run(count, batch_id)
    in_the_middle = kill_in_the_middle(
        steps.database, run, lambda: steps.run(count, batch_id) != begin
    )
    return in_the_middle and steps.run(count, batch_id) < PEOPLE


def run(database):
    """What the cron job does, in small chunks."""
    with Registry(database).cursor() as cr, patch(f"{RUN}.CHUNK", CHUNK):
        api.Environment(cr, SUPERUSER_ID, {})["hr.departure.batch"]._cron_run()


def finish(steps, batch_id):
    """Go on until it is done: PostgreSQL may still be undoing what was killed."""
    for _try in range(100):
        run(steps.database)
        if (
            steps.run(lambda env: env["hr.departure.batch"].browse(batch_id).state)
            == "done"
        ):
            return
        time.sleep(0.1)
    raise AssertionError("the run did not go on")


def expect_whole(env, batch_id):
    """Every line is done or to do, with all or nothing of what a step makes."""
    batch = env["hr.departure.batch"].browse(batch_id)
    done = batch.line_ids.filtered(lambda line: line.state == "done")
    expect(batch.failed_count, 0)
    if batch.step == "calculate":
        expect(batch.cost_ids.line_id, done)
        costs = batch.cost_ids.grouped("line_id").values()
        expect(len({len(some) for some in costs}), 1)
    elif batch.step == "register":
        expect(batch.line_ids.filtered("departure_id"), done)
        departures = env["hr.departure"].search(
            [("company_id", "=", batch.company_id.id)]
        )
        expect(set(departures.ids), set(done.departure_id.ids))
        expect(len(done.departure_id), len(done))
    else:
        confirmed = batch.line_ids.filtered(
            lambda line: line.departure_id.state == "confirmed"
        )
        expect(confirmed, done)
        expect(batch.line_ids.filtered("settlement_id"), done)


def expect_once(env, batch_id):
    """One departure and one settlement a person, with the costs of the what-if."""
    batch = env["hr.departure.batch"].browse(batch_id)
    domain = [("company_id", "=", batch.company_id.id)]
    expect(env["hr.departure"].search_count(domain), PEOPLE)
    expect(env["hr.settlement"].search_count(domain), PEOPLE)
    expect(len(batch.line_ids.departure_id.employee_id), PEOPLE)
    expect(round(batch.settlement_total, 2), round(batch.cost_total, 2))
    # 720.00 of holiday allowance and 5,940.00 of transition payment each.
    expect(round(batch.cost_total, 2), 6660.00 * PEOPLE)
