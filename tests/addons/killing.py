"""kill -9 of a worker that is at work."""

import multiprocessing
import random
import time

import odoo.sql_db
from odoo.modules.registry import Registry

PATIENCE = 60


def kill_in_the_middle(database, work, has_begun, delay=0.1):
    """Do ``work(database)`` in a process of its own and kill that.

    :param has_begun: tells from outside whether there is something to be seen of it
    :param delay: the longest time to wait after that, in seconds
    :return: whether the process was at work still
    """
    worker = multiprocessing.get_context("fork").Process(
        target=_work_apart, args=(database, work)
    )
    worker.start()
    end = time.monotonic() + PATIENCE
    while worker.is_alive() and time.monotonic() < end and not has_begun():
        time.sleep(0.005)
    time.sleep(random.random() * delay)
    in_the_middle = worker.is_alive()
    worker.kill()
    worker.join()
    return in_the_middle


def _work_apart(database, work):
    """Work in the forked process, on connections of its own."""
    odoo.sql_db._Pool = None
    Registry(database)._db = odoo.sql_db.db_connect(database)
    work(database)
