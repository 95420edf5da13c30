from .checks import run_check


def test_a_mass_departure_survives_kill_9():
    """Killed in the middle of each step, several times: nothing lost, nothing twice."""
    run_check("check_batch_killed")
