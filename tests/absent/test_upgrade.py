"""The data of the first version, brought up to date with -u."""

import lzma
import subprocess
import sys

import pytest

from odoo.tests.common import get_db_name

from .checks import ADDONS, REPO, SCRIPT

DUMP = REPO / "tests" / "data" / "first_version.sql.xz"
ODOO = [sys.executable, "-m", "odoo"]
QUIET = ["--no-http", "--max-cron-threads=0", "--log-level=warn"]
# Said about the machine, not about the data.
HARMLESS = ("pdfminer", "security risk")


@pytest.fixture
def database():
    """The first version's database, loaded from its dump."""
    # Dropped with the other copies of this run, should this be killed.
    name = f"{get_db_name()}_first"
    run(["createdb", "-T", "template0", "-E", "UTF8", name])
    try:
        run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", name],
            lzma.decompress(DUMP.read_bytes()),
        )
        yield name
    finally:
        run(["dropdb", "--force", name])


def run(command, given=b"", timeout=300):
    done = subprocess.run(
        command, input=given, capture_output=True, timeout=timeout, check=False
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, said[-4000:]
    return said


@pytest.mark.parametrize("also", [[], ["-i", "hr_exit_interview_survey"]])
def test_the_first_version_is_brought_up_to_date(database, also):
    """Without a warning, alone and with the questionnaires; figures are the same."""
    options = ["--skip-auto-install", "--stop-after-init", *QUIET]
    said = run([*ODOO, "-d", database, "-u", "hr_exit_interview", *also, *options])
    warnings = [
        line
        for line in said.splitlines()
        if (" WARNING " in line or " ERROR " in line or " CRITICAL " in line)
        and not any(word in line for word in HARMLESS)
    ]
    assert not warnings
    script = SCRIPT.format(addons=str(ADDONS), check="check_upgraded")
    run([*ODOO, "shell", "-d", database, *QUIET], script.encode())
