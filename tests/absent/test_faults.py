"""Faults, for real: other processes and connections, on a throw-away copy."""

import pytest

from .checks import run_check


@pytest.mark.parametrize(
    "check",
    [
        "check_people_at_once",
        "check_crons_twice",
        "check_jobs_killed",
        "check_mail_down",
        "check_database_gone",
    ],
)
def test_nothing_is_lost_nothing_is_done_twice(check):
    run_check(check)
