"""A worker is killed while it settles many departures or writes a workbook."""

import io
import multiprocessing
import os
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from killing import kill_in_the_middle
from openpyxl import load_workbook
from scene import Scene
from steps import Steps, expect

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

# Longer forms take more of both.
KILLS = int(os.environ.get("EXIT_KILLS", "3"))
PEOPLE = 40
# Longer than it takes to notice that the work has begun, and to kill.
WAIT = 0.3
WORKBOOK = "odoo.addons.hr_exit_interview.report.settlement.hr_settlement_workbook"


def check(env, addons):
    steps = Steps(env, addons)
    check_settling(steps)
    check_workbook(steps)


def work_on(method):
    """What a worker does: ``method(env)``, committed at its end."""

    def work(database):
        with Registry(database).cursor() as cr:
            method(api.Environment(cr, SUPERUSER_ID, {}))

    return work


def expect_in_the_middle(kills):
    """It was killed at work at least once, or this would have checked nothing."""
    expect(any(kills), True)


# === Settling many ===


def check_settling(steps):
    """Forty departures are confirmed and settled at once: all of them or none."""
    ids = steps.run(prepare_settling)
    begun = multiprocessing.Event()
    settle = work_on(lambda env: settle_slowly(env, ids, begun))
    for _kill in range(KILLS):
        begun.clear()
        expect(kill_in_the_middle(steps.database, settle, begun.is_set), True)
        expect(steps.run(count_settled, ids), 0)
    settle(steps.database)
    expect(steps.run(count_settled, ids), PEOPLE)


def settle_slowly(env, ids, begun):
    """Wait where the lists are made and their lines are not: there it is killed."""
    settlements = env.registry["hr.settlement"]
    collect = settlements._collect_lines

    def collect_and_wait(self):
        found = collect(self)
        begun.set()
        time.sleep(WAIT)
        return found

    with patch.object(settlements, "_collect_lines", collect_and_wait):
        env["hr.departure"].browse(ids).action_confirm()


def prepare_settling(env):
    scene = Scene(env, "settling")
    return [scene.departure(f"Leaver {n}", 40).id for n in range(PEOPLE)]


def count_settled(env, ids):
    """How many are settled; each wholly and once, or not at all."""
    departures = env["hr.departure"].browse(ids)
    settled = departures.filtered(lambda d: d.state == "confirmed")
    settlements = env["hr.settlement"].search([("departure_id", "in", ids)])
    expect(len(settlements), len(settled))
    expect(settlements.departure_id, settled)
    expect(len({len(settlement.line_ids) for settlement in settlements}) <= 1, True)
    expect(len({settlement.amount_total for settlement in settlements}) <= 1, True)
    expect(all(settlement.amount_total > 0 for settlement in settlements), True)
    return len(settled)


# === Writing a workbook ===


def check_workbook(steps):
    """Killed halfway it begins anew: one file, with every settlement once."""
    # Half-written files of others are left alone.
    tempfile.tempdir = tempfile.mkdtemp()
    export_id, count = steps.run(prepare_workbook)
    write = work_on(write_in_small_batches)
    kills = [
        kill_in_the_middle(
            steps.database, write, lambda: 0 < steps.run(get_progress, export_id) < 100
        )
        for _kill in range(KILLS)
    ]
    expect_in_the_middle(kills)
    write(steps.database)
    write(steps.database)
    steps.run(expect_one_workbook, export_id, count)
    steps.run(expect_nothing_left_behind)


def prepare_workbook(env):
    scene = Scene(env, "workbook")
    departures = env["hr.departure"].union(
        *(scene.departure(f"Leaver {number}", 40) for number in range(PEOPLE))
    )
    departures.action_confirm()
    return scene.export().id, len(departures)


def write_in_small_batches(env):
    with patch(f"{WORKBOOK}.SETTLEMENT_BATCH", 2):
        env["hr.settlement.export"]._cron_export()


def get_progress(env, export_id):
    return env["hr.settlement.export"].browse(export_id).progress


def expect_one_workbook(env, export_id, count):
    export = env["hr.settlement.export"].browse(export_id)
    expect((export.state, export.progress), ("done", 100))
    files = env["ir.attachment"].search(
        [("res_model", "=", export._name), ("res_id", "=", export_id)]
    )
    expect(files, export.attachment_id)
    headers, *rows = load_workbook(io.BytesIO(files.raw))["Lines"].iter_rows(
        values_only=True
    )
    names = [row[headers.index("employee")] for row in rows]
    expect(len(set(names)), count)
    expect(len(rows), len(export.settlement_ids.line_ids))


def expect_nothing_left_behind(env):
    """What was half written goes with the daily cleaning: wages were in it."""
    folders = list(Path(tempfile.gettempdir()).glob("settlements-*"))
    expect(bool(folders), True)
    for folder in folders:
        os.utime(folder, (0, 0))
    env["hr.settlement.export"]._gc_folders_left_behind()
    expect([folder for folder in folders if folder.exists()], [])
