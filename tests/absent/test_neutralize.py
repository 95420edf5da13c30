"""Odoo's own command, on a throw-away copy with a mail server that listens."""

from .checks import run_check


def test_a_neutralised_copy_mails_nobody():
    """No link works, no mail waits, and jobs run by hand reach no mail server."""
    run_check("check_neutralized", timeout=120)
