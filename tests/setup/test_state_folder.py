"""What .var holds is whole or not there, whatever happens half-way."""

import os
import signal
import subprocess
import time

from .conftest import REPO


def test_a_folder_is_named_when_complete(bash, tmp_path):
    bash('fill() { echo data >"$1/file"; }; make_folder "$VAR/thing" fill', check=0)
    assert (tmp_path / "var/thing/file").read_text() == "data\n"
    assert not (tmp_path / "var/thing.part").exists()


def test_a_failed_folder_leaves_nothing(bash, tmp_path):
    script = 'fill() { echo data >"$1/file"; return 1; }; make_folder "$VAR/thing" fill'
    assert bash(script).returncode != 0
    assert not (tmp_path / "var/thing").exists()
    assert not (tmp_path / "var/thing.part").exists()


def test_a_killed_download_is_begun_afresh(bash, tmp_path):
    """After kill -9 only the unfinished folder is there; the next run replaces it."""
    script = f'. "{REPO}/setup/lib/all.sh"\n' + (
        'fill() { echo half >"$1/half"; sleep 60; }; make_folder "$VAR/thing" fill'
    )
    process = subprocess.Popen(
        ["bash", "-c", script],
        env={**os.environ, "EXIT_VAR": str(tmp_path / "var")},
        start_new_session=True,
    )
    half = tmp_path / "var/thing.part/half"
    while not half.exists():
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "var/thing").exists()

    bash('fill() { echo data >"$1/file"; }; make_folder "$VAR/thing" fill', check=0)
    assert os.listdir(tmp_path / "var/thing") == ["file"]


def test_an_old_folder_stays_until_the_new_one_is_complete(bash, tmp_path):
    bash('fill() { echo old >"$1/file"; }; make_folder "$VAR/thing" fill', check=0)
    bash('fill() { return 1; }; make_folder "$VAR/thing" fill', check=1)
    assert (tmp_path / "var/thing/file").read_text() == "old\n"


def test_a_second_command_waits_and_says_so(bash, tmp_path):
    first = 'lock; (sleep 1; echo "$BASHPID" >"$VAR/first-done") & wait'
    process = subprocess.Popen(
        ["bash", "-c", f'. "{REPO}/setup/lib/all.sh"\n{first}'],
        env={**os.environ, "EXIT_VAR": str(tmp_path / "var")},
    )
    while not (tmp_path / "var/run/lock.owner").exists():
        time.sleep(0.02)
    done = bash('lock; ls "$VAR/first-done"', check=0)
    process.wait()
    assert f"process {process.pid}" in done.stderr
    assert "waiting" in done.stderr


def test_waiting_for_the_lock_has_an_end(bash):
    done = bash("lock; exec 8>&9; (EXIT_LOCK_WAIT=1; exec 9>&-; lock)", check=1)
    assert "waited too long" in done.stderr


def test_what_stays_in_the_background_does_not_hold_the_lock(bash):
    bash("lock; quietly sleeper bash -c 'sleep 30 & disown'; unlock", check=0)
    assert "waiting" not in bash("lock", check=0).stderr


def test_a_folder_that_cannot_be_written_is_named(bash):
    done = bash("open_state_folder", check=1, EXIT_VAR="/dev/null/var")
    assert "/dev/null/var cannot be written" in done.stderr
    assert "EXIT_VAR" in done.stderr


def test_a_full_disk_is_told_before_the_download(bash):
    done = bash("need_disk 999999999", check=1)
    assert "needs 999999999 MB" in done.stderr


def test_a_disk_that_fills_up_is_told(bash):
    done = bash("free_mb() { echo 3; }; quietly step bash -c 'exit 1'", check=1)
    assert "is full" in done.stderr


def test_a_failed_step_shows_the_end_of_its_log(bash):
    done = bash("quietly step bash -c 'echo the reason; exit 3'", check=3)
    assert "the reason" in done.stderr


def test_stdout_belongs_to_the_script(bash):
    done = bash("step working; say words; warn careful", check=0)
    assert done.stdout == ""
