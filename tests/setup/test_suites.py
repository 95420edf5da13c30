"""setup/dev/suites: what counts as a difference."""

import subprocess
import sys

from .conftest import REPO

SCRIPT = REPO / "setup" / "dev" / "compare_suites.py"


def report(path, **states):
    """Write what pytest says about tests: passed, failed or skipped."""
    marks = {"passed": "", "failed": "<failure/>", "skipped": "<skipped/>"}
    cases = "".join(
        f'<testcase classname="test_a.TestA" name="{name}">{marks[state]}</testcase>'
        for name, state in states.items()
    )
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")


def compare(*arguments):
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_same_failures_are_no_difference(tmp_path):
    report(tmp_path / "without" / "hr.xml", test_x="failed", test_y="passed")
    report(tmp_path / "with" / "hr.xml", test_x="failed", test_y="passed")
    done = compare("--table", "hr", tmp_path)
    assert done.returncode == 0
    assert "| `hr` | 2 | 0 | 1 | 1 | yes |" in done.stdout
    assert "* `hr.test_a.TestA.test_x`" in done.stdout


def test_what_fails_on_one_side_is_run_again(tmp_path):
    report(tmp_path / "without" / "hr.xml", test_x="passed")
    report(tmp_path / "with" / "hr.xml", test_x="failed")
    done = compare("--differences", "hr", "hr/tests", tmp_path)
    assert done.stdout == "hr/tests/test_a.py::TestA::test_x\n"
    # Alone it passes on both sides: the machine was busy.
    for side in ("without", "with"):
        report(tmp_path / side / "hr-again.xml", test_x="passed")
    assert compare("--table", "hr", tmp_path).returncode == 0


def test_a_failure_with_our_addons_only_is_told(tmp_path):
    for name in ("hr", "hr-again"):
        report(tmp_path / "without" / f"{name}.xml", test_x="passed")
        report(tmp_path / "with" / f"{name}.xml", test_x="failed")
    done = compare("--table", "hr", tmp_path)
    assert done.returncode == 1
    assert "| `hr` | 1 | 0 | 0 | 1 | **no** |" in done.stdout


def test_a_test_that_is_not_run_is_told(tmp_path):
    report(tmp_path / "without" / "hr.xml", test_x="passed", test_y="passed")
    report(tmp_path / "with" / "hr.xml", test_x="passed")
    assert compare("--table", "hr", tmp_path).returncode == 1


def test_a_module_without_tests_is_said(tmp_path):
    done = compare("--table", "hr_maintenance", tmp_path)
    assert "none in its package" in done.stdout
