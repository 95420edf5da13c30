"""A server that is killed while it publishes the closed quarters, again and again."""

import multiprocessing
import random
import time
from unittest.mock import patch

from steps import Steps, expect

import odoo.sql_db
from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry

YEARS, EACH = 6, 12
KILLS = 6
RELEASE = "odoo.addons.hr_exit_interview.models.insight.hr_exit_insight_release"
FIGURE = (
    "SELECT quarter, item, dimension, department_id, departure_type, tenure_band,"
    " is_rest, reason_id, answer_type, is_answer_rest, n, total, figure"
    " FROM hr_exit_insight WHERE company_id = %s AND item <> 'survival'"
)


def check(env, addons):
    steps = Steps(env, addons)
    company_id = steps.run(prepare)
    expected = steps.run(publish_and_undo, company_id)
    expect(len(expected) > 4 * YEARS, True)
    killed = sum(kill_run(steps, company_id) for _try in range(KILLS))
    expect(killed > 0, True)
    for _twice in range(2):
        finish(steps, company_id)
        expect(steps.run(figures, company_id), expected)
    steps.run(expect_counted_once, company_id)


def prepare(env):
    """Twelve leavers in every quarter of six years, with a reason each."""
    company = env["res.company"].create({"name": "Poldertuin B.V."})
    company.exit_insight_batch = 5
    units = env["hr.department"].create(
        [{"name": name, "company_id": company.id} for name in ("Trade", "Office")]
    )
    reasons = env["hr.exit.reason"].search([("parent_id", "!=", False)], limit=2)
    days = [
        f"{2015 + at // 4}-{2 + 3 * (at % 4):02}-10"
        for at in range(4 * YEARS)
        for _leaver in range(EACH)
    ]
    env["hr.departure"].create(
        [
            {
                "employee_name": f"Leaver {at}",
                "company_id": company.id,
                "department_id": units[at % 2].id,
                "departure_reason_id": env.ref("hr.departure_resigned").id,
                "service_start_date": "2012-01-01",
                "departure_date": day,
                "interview_ids": [
                    Command.create(
                        {
                            "state": "closed",
                            "held_date": day,
                            "main_reason_id": reasons[at % 2].id,
                        }
                    )
                ],
            }
            for at, day in enumerate(days)
        ]
    )
    return company.id


def figures(env, company_id):
    env.cr.execute(FIGURE, [company_id])
    return sorted(env.cr.fetchall(), key=repr)


def publish_and_undo(env, company_id):
    """What an undisturbed run publishes."""
    company = env["res.company"].browse(company_id)
    with env.cr.savepoint() as savepoint:
        env["hr.exit.insight.release"]._publish_waiting(company)
        expected = figures(env, company_id)
        savepoint.rollback()
    env.invalidate_all()
    return expected


def count(env, company_id):
    return env["hr.exit.insight.release"].search_count(
        [("company_id", "=", company_id)]
    )


def kill_run(steps, company_id):
    """Run in a process of its own and kill it; tell whether it was in the middle."""
    begin = steps.run(count, company_id)
    worker = multiprocessing.get_context("fork").Process(
        target=run_apart, args=(steps.database,)
    )
    worker.start()
    end = time.monotonic() + 30
    while steps.run(count, company_id) == begin and worker.is_alive():
        if time.monotonic() > end:
            break
        time.sleep(0.005)
    time.sleep(random.random() / 20)  # somewhere within a quarter
    in_the_middle = worker.is_alive()
    worker.kill()
    worker.join()
    return in_the_middle and steps.run(count, company_id) < 4 * YEARS


def run_apart(database):
    """Run in the forked process, on connections of its own."""
    odoo.sql_db._Pool = None
    Registry(database)._db = odoo.sql_db.db_connect(database)
    run(database)


def run(database):
    """What the cron job does, a quarter at a time."""
    with (
        Registry(database).cursor() as cr,
        patch(f"{RELEASE}.QUARTERS_AT_ONCE", 1),
    ):
        api.Environment(cr, SUPERUSER_ID, {})["hr.exit.insight.release"]._cron_publish()


def finish(steps, company_id):
    """Go on until every quarter is there: at most as often as there are quarters."""
    for _try in range(4 * YEARS):
        run(steps.database)
        if not steps.run(waiting, company_id):
            return
    raise AssertionError("the run did not go on")


def waiting(env, company_id):
    company = env["res.company"].browse(company_id)
    return env["hr.exit.insight.release"]._get_waiting_quarters(company)


def expect_counted_once(env, company_id):
    """Every interview and every departure is in one release."""
    env.cr.execute(
        "SELECT count(interview_id), count(DISTINCT interview_id),"
        " count(departure_id), count(DISTINCT departure_id)"
        " FROM hr_exit_insight_counted counted"
        " JOIN hr_exit_insight_release release ON release.id = counted.release_id"
        " WHERE release.company_id = %s",
        [company_id],
    )
    expect(env.cr.fetchone(), (4 * YEARS * EACH,) * 4)
