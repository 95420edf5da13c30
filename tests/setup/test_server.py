"""The ports and the process of the demo."""

import socket
import sys

import pytest


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_named_port_that_is_taken_is_an_error(bash, taken_port):
    done = bash(f"choose_port {taken_port}", check=1)
    assert f"port {taken_port} is taken" in done.stderr
    assert not done.stdout


def test_the_usual_port_gives_way_to_a_free_one(bash, taken_port):
    done = bash(f"FIRST_PORT={taken_port}; choose_port", check=0)
    assert int(done.stdout) > taken_port
    assert f"Port {taken_port} is taken" in done.stderr


def test_another_process_with_the_old_number_is_not_the_server(bash):
    done = bash(
        'sleep 30 & echo $! >"$PID_FILE"; server_runs && echo runs; kill $!', check=0
    )
    assert done.stdout == ""


def test_stopping_what_does_not_run_is_no_error(bash):
    bash('echo 999999999 >"$PID_FILE"; stop_server; ! [ -e "$PID_FILE" ]', check=0)


def test_a_server_that_dies_is_told_with_its_log(bash):
    script = (
        'launch() { echo "the reason" >"$LOG/demo.log"; '
        'echo "$1" >"$PORT_FILE"; echo 999999999 >"$PID_FILE"; }; '
        f"VENV={sys.prefix}; start_server"
    )
    done = bash(script, check=1)
    assert "does not answer" in done.stderr
    assert "the reason" in done.stderr
