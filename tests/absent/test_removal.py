"""Both addons are used, uninstalled and installed again, on a throw-away copy."""

from .checks import run_check


def test_nothing_is_left_behind():
    """No row, table, job or mail of theirs; Odoo's HR works, they install again."""
    run_check("check_removed", timeout=900)
