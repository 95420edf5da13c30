"""Installing both addons where people worked and left before."""

import subprocess
import sys
import time

from apart import database_from
from harness import Figure, summary
from leavers import Office

ADDONS = "hr_exit_interview,hr_exit_interview_survey"


class Install(Figure):
    name = "install"
    what = "Installing both addons; half as many past leavers as employees"
    goal = "under a minute with 10,000 employees and 5,000 past leavers"
    sizes = (10_000,)
    is_apart = True

    def measure(self, size):
        runs = []
        for _run in range(self.runs):
            with database_from(self.template.replace("tpl", "base"), self.name) as name:
                self._make_people(name, size)
                runs.append(self._install(name))
                self._check(name, size // 2)
        return {"size": size, **summary(runs)}

    def _make_people(self, database, size):
        with self.open(database) as env:
            office = Office(env)
            people = office.hire(size + size // 2)
            env.cr.execute(
                "UPDATE hr_version SET contract_date_end = %s, departure_date = %s"
                " WHERE employee_id = ANY(%s)",
                (office.ago(years=1), office.ago(years=1), people[size:].ids),
            )
            env.cr.execute(
                "UPDATE hr_employee SET active = false WHERE id = ANY(%s)",
                (people[size:].ids,),
            )
            env.cr.execute("ANALYZE")
            env.cr.commit()

    def _install(self, database):
        command = [sys.executable, "-m", "odoo", "-d", database, "-i", ADDONS]
        command += ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
        started = time.perf_counter()
        done = subprocess.run(
            [*command, "--log-level=error"], capture_output=True, text=True, check=True
        )
        if " ERROR " in done.stderr:
            raise RuntimeError(done.stderr)
        return {
            "seconds": time.perf_counter() - started,
            "cpu": 0.0,
            "queries": 0,
            "slowest_query": 0.0,
            "peak_mb": 0.0,
        }

    def _check(self, database, leavers):
        with self.open(database) as env:
            env.cr.execute("SELECT count(*) FROM hr_departure WHERE is_historical")
            [found] = env.cr.fetchone()
        if found != leavers:
            raise AssertionError(f"{found} departures of {leavers} past leavers")

    def is_reached(self, result):
        return result["median_s"] < 60
