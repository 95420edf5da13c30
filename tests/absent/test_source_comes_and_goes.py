"""Modules are installed and uninstalled for real, on a throw-away copy."""

import pathlib
import re
import subprocess

import pytest

REPO = pathlib.Path(__file__).parents[2]
ADDONS = REPO / "tests" / "addons"
EXAMPLE = ADDONS / "hr_settlement_source_bonus"

SCRIPT = """
import sys
sys.path.insert(0, {addons!r})
from {check} import check
check(env, {addons!r})
"""


@pytest.mark.parametrize("check", ["check_bonus", "check_fleet"])
def test_lines_come_with_a_module_and_stay_readable_without_it(check):
    """No other file changes: installed, its line appears; gone, the line stays."""
    done = subprocess.run(
        [REPO / "setup" / "shell", "min"],
        input=SCRIPT.format(addons=str(ADDONS), check=check),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_documentation_shows_the_code_that_is_tested():
    """Each block of docs/settlement.md that names a file is that file."""
    text = (REPO / "docs" / "settlement.md").read_text()
    blocks = re.findall(r"`(\w+/[\w.]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL)
    assert [name for name, _code in blocks] == [
        "sources/bonus.py",
        "data/hr_settlement_rule_data.xml",
    ]
    for name, code in blocks:
        assert code == (EXAMPLE / name).read_text(), name
