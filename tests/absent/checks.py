"""Checks that run in an Odoo shell of their own, on a throw-away copy."""

import pathlib
import subprocess

REPO = pathlib.Path(__file__).parents[2]
ADDONS = REPO / "tests" / "addons"

SCRIPT = """
import sys
sys.path.insert(0, {addons!r})
from {check} import check
check(env, {addons!r})
"""


def run_check(check, timeout=300):
    """Run ``check`` of the module of that name in tests/addons; it must not raise.

    :param timeout: seconds
    """
    done = subprocess.run(
        [REPO / "setup" / "shell", "min"],
        input=SCRIPT.format(addons=str(ADDONS), check=check),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
