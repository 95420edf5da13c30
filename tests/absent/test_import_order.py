"""Inside a package the order of imports decides nothing."""

import ast
import json
import os
import shutil
import subprocess
import sys

from odoo.tests.common import get_db_name

from .checks import ADDONS, REPO, SCRIPT

NAME = "hr_exit_interview"
FOLDERS = ("models", "wizard", "report")


def turn_round(source):
    """Return the text of an ``__init__.py`` that imports in the reverse order."""
    tree = ast.parse(source)
    for node in tree.body:
        node.names.reverse()
    tree.body.reverse()
    return ast.unparse(tree)


def describe(addons_path):
    """Return the registry as a process of its own loads it."""
    command = [sys.executable, "-m", "odoo", "shell", "-d", get_db_name()]
    done = subprocess.run(
        [*command, "--no-http", "--max-cron-threads=0", "--log-level=warn"],
        input=SCRIPT.format(addons=str(ADDONS), check="check_import_order"),
        env={**os.environ, "ODOO_ADDONS_PATH": addons_path},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_reversed_imports_make_the_same_registry(tmp_path):
    """Fields, and which packages define a method in which order."""
    shutil.copytree(REPO / NAME, tmp_path / NAME)
    for folder in FOLDERS:
        for init in (tmp_path / NAME / folder).glob("*/**/__init__.py"):
            init.write_text(turn_round(init.read_text()))
    as_it_is = os.environ["ODOO_ADDONS_PATH"]
    turned = as_it_is.replace(str(REPO), str(tmp_path), 1)
    assert turned != as_it_is
    expected, found = describe(as_it_is), describe(turned)
    assert expected["hr.departure"]["methods"]["write"][-1] == "departure"
    assert found == expected
