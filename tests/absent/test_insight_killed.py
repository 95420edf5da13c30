from .checks import run_check


def test_publishing_survives_kill_9():
    """Killed in the middle several times, then run twice: the same figures, once."""
    run_check("check_insight_killed")
