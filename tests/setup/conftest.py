import os
import pathlib
import subprocess

import pytest

REPO = pathlib.Path(__file__).parents[2]


@pytest.fixture
def bash(tmp_path):
    """Run a script with all functions of setup/lib, in an empty state folder."""

    def run(script, check=None, timeout=60, **env):
        done = subprocess.run(
            ["bash", "-c", f'. "{REPO}/setup/lib/all.sh"\n{script}'],
            env={**os.environ, "EXIT_VAR": str(tmp_path / "var"), **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    (tmp_path / "var").mkdir()
    run("open_state_folder", check=0)
    return run
