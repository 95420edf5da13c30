"""Modules are installed and uninstalled for real, on a throw-away copy."""

import re

import pytest

from .checks import ADDONS, REPO, run_check

EXAMPLE = ADDONS / "hr_settlement_source_bonus"


@pytest.mark.parametrize("check", ["check_bonus", "check_apps"])
def test_lines_come_with_a_module_and_stay_readable_without_it(check):
    """No other file changes: installed, its line appears; gone, the line stays.

    One module of another maker; then Expenses, Attendances, Maintenance, Fleet and the
    OCA's Payroll on one database.
    """
    run_check(check, timeout=600)


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
