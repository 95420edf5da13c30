"""The example in docs/settlement.md is installed, used and uninstalled for real."""

import pathlib
import re
import subprocess

REPO = pathlib.Path(__file__).parents[2]
ADDONS = REPO / "tests" / "addons"
EXAMPLE = ADDONS / "hr_settlement_source_bonus"


def test_a_source_comes_and_goes_with_its_module():
    """No other file changes: the line appears, and stays readable afterwards."""
    script = f"ADDONS = {str(ADDONS)!r}\n" + (ADDONS / "check_bonus.py").read_text()
    done = subprocess.run(
        [REPO / "setup" / "shell", "min"],
        input=script,
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
