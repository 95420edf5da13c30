"""Two people, or two jobs, at the same moment: each on a connection of its own."""

import threading
from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying

PATIENCE = 60


def at_once(database, *calls):
    """Run ``call(env)`` of each at the same time, as the server runs requests.

    Every one has seen the database before another one changes it, and is tried again
    where Odoo tries again.

    :return: what each returned, or the exception that its user gets to see
    """
    start = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(number, call):
        try:
            outcomes[number] = _request(database, call, start.wait)
        except Exception as error:
            outcomes[number] = error

    threads = [
        threading.Thread(target=run, args=numbered) for numbered in enumerate(calls)
    ]
    # Odoo waits up to two seconds before it tries again.
    with patch("odoo.service.model.random.uniform", lambda *_range: 0.05):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    if any(thread.is_alive() for thread in threads):
        raise AssertionError(f"{calls} wait for one another for ever")
    return outcomes


def one_passes_the_other(database, slow, fast):
    """Run ``slow``, which saw the database before ``fast`` changed it.

    :return: what both returned, or the exceptions that their users get to see
    """
    outcomes = []

    def overtake():
        if not outcomes:
            outcomes.append(_outcome(database, fast))

    with patch("odoo.service.model.random.uniform", lambda *_range: 0.05):
        outcomes.append(_outcome(database, slow, overtake))
    return outcomes[::-1]


def _outcome(database, call, when_begun=lambda: None):
    try:
        return _request(database, call, when_begun)
    except Exception as error:
        return error


def _request(database, call, when_begun):
    """Run ``call(env)`` in a transaction; the first try has begun before it goes on."""
    begun = []

    def attempt(env):
        if not begun:
            begun.append(True)
            # A transaction sees what there was at its first query.
            env.cr.execute("SELECT 1")
            when_begun()
        return call(env)

    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        return retrying(partial(attempt, env), env)
