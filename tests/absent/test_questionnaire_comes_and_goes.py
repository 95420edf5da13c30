"""The addon is installed and uninstalled for real, on a throw-away copy."""

import pathlib
import subprocess

REPO = pathlib.Path(__file__).parents[2]
ADDONS = REPO / "tests" / "addons"

SCRIPT = """
import sys
sys.path.insert(0, {addons!r})
from check_questionnaire import check
check(env, {addons!r})
"""


def test_what_leavers_said_outlives_the_addon():
    """Interviews, departures and surveys are intact, and answers are in no reach."""
    done = subprocess.run(
        [REPO / "setup" / "shell", "min"],
        input=SCRIPT.format(addons=str(ADDONS)),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
