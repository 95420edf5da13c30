"""How figures are measured: by turns with their floor, each run undone.

A figure is a subclass of ``Figure`` in a file ``figure_<something>.py``. Work and
floor take turns, so that a busy machine slows both; what is said of them is the ratio
of their medians, with the interval in which 95 of 100 repetitions would put it.
"""

import gc
import random
import statistics
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor

MEGABYTE = 1024
RESAMPLES = 2000


class Figure:
    """One line of the table: some work, and the floor that it is held against."""

    name = ""
    what = ""  # what is timed
    floor = ""  # what it is held against; empty without a floor
    goal = ""
    sizes = (1_000, 10_000)
    few_many = (4, 40)  # sizes of which the query counts are compared
    rows_a_query = 0  # rows that one more query may stand for: chunked inserts
    slack = 0  # further queries that may come with size alone
    runs = 5
    is_apart = False  # True: commits, so it makes databases of its own
    template = ""  # the database to copy then
    open = None  # then opens an environment on a database: ``with self.open(name)``

    def __init__(self, env=None):
        self.env = env

    def prepare(self, size):
        """Make the data, once per size; nothing of it is timed."""

    def before(self):
        """What each run starts from; not timed, undone with the run."""

    def ours(self):
        """The work."""
        raise NotImplementedError

    def bare(self):
        """The floor."""

    def check(self):
        """Raise when work and floor do not agree."""

    def is_reached(self, result):
        """Tell whether the goal is reached, None when there is none."""

    def measure(self, size):
        """Return what one line of the output says about ``size``."""
        self.prepare(size)
        self.env.flush_all()
        analyze(self.env)
        self.check()
        ours, bare = [], []
        for _run in range(self.runs):
            if self.floor:
                bare.append(self._run(self.bare))
            ours.append(self._run(self.ours))
        result = {"size": size, **summary(ours)}
        if bare:
            result["floor"] = summary(bare)
            result.update(compare(ours, bare))
        return result

    def count(self, size):
        """Return the queries of one run after a first one, for ``size``."""
        self.prepare(size)
        self.env.flush_all()
        self._run(self.ours)
        return self._run(self.ours)["queries"]

    def _run(self, work):
        with undone(self.env):
            self.before()
            self.env.flush_all()
            self.env.invalidate_all()
            gc.collect()
            return timed(self.env, work)


@contextmanager
def undone(env):
    """Undo in the database and the caches whatever happens inside."""
    with env.cr.savepoint() as savepoint:
        yield
        env.clear()
        savepoint.rollback()
    env.clear()


def analyze(env):
    """Let the planner know the sizes of what was just inserted."""
    env.cr.execute("ANALYZE")


def timed(env, work):
    """Run ``work``; return seconds, processor seconds, queries, slowest query, memory.

    Processor seconds are this process's, without PostgreSQL's.
    """
    slowest = [0.0]
    execute = Cursor.execute

    def watched(cursor, *args, **kwargs):
        started = time.perf_counter()
        try:
            return execute(cursor, *args, **kwargs)
        finally:
            slowest[0] = max(slowest[0], time.perf_counter() - started)

    idle = reset_peak()
    with patch.object(Cursor, "execute", watched):
        queries = env.cr.sql_log_count
        busy, started = time.process_time(), time.perf_counter()
        work()
        env.flush_all()
        seconds = time.perf_counter() - started
        busy = time.process_time() - busy
        queries = env.cr.sql_log_count - queries
    return {
        "seconds": seconds,
        "cpu": busy,
        "queries": queries,
        "slowest_query": slowest[0],
        "peak_mb": (read_status("VmHWM") - idle) / MEGABYTE,
    }


def reset_peak():
    """Forget the peak so far; return the kilobytes in use."""
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")
    return read_status("VmRSS")


def read_status(name):
    with open("/proc/self/status") as status:
        return next(int(row.split()[1]) for row in status if row.startswith(name))


def summary(runs):
    """Return medians and ranges of what ``timed`` returned."""
    seconds = [run["seconds"] for run in runs]
    return {
        "runs": len(runs),
        "median_s": rounded(statistics.median(seconds)),
        "min_s": rounded(min(seconds)),
        "max_s": rounded(max(seconds)),
        "cpu_s": rounded(statistics.median(run["cpu"] for run in runs)),
        "queries": max(run["queries"] for run in runs),
        "slowest_query_ms": rounded(
            1000 * statistics.median(run["slowest_query"] for run in runs)
        ),
        "peak_mb": round(max(run["peak_mb"] for run in runs), 1),
    }


def compare(ours, bare):
    """Return the ratio of the medians and the interval of it.

    Pairs are drawn again, as they were measured side by side. The seed is fixed: the
    same runs give the same interval.
    """
    pairs = [(a["seconds"], b["seconds"]) for a, b in zip(ours, bare, strict=True)]
    draw = random.Random(19)
    ratios = sorted(
        ratio_of_medians(draw.choices(pairs, k=len(pairs))) for _at in range(RESAMPLES)
    )
    return {
        "ratio": rounded(ratio_of_medians(pairs)),
        "ratio_interval": [
            rounded(ratios[int(RESAMPLES * 0.025)]),
            rounded(ratios[int(RESAMPLES * 0.975) - 1]),
        ],
    }


def ratio_of_medians(pairs):
    ours, bare = zip(*pairs, strict=True)
    return statistics.median(ours) / statistics.median(bare)


def rounded(number):
    """Three figures are what repeating a run gives, at best."""
    return float(f"{number:.3g}")
