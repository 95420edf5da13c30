"""PostgreSQL ends every connection, again and again, while a server is at work."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg2
import requests
from scene import Scene
from steps import Steps, expect

from odoo.sql_db import connection_info_for

# Longer forms take more of all.
ROUNDS = int(os.environ.get("EXIT_ROUNDS", "8"))
WORDS = 12
LEAVERS = 3
PATIENCE = 60
UID = "a-point-under-load"
PASSWORD = "interviewer-under-load"  # of a throw-away database


def check(env, addons):
    steps = Steps(env, addons)
    case = steps.run(prepare)
    with server(steps.database) as address:
        people = [Leaver(address, token) for token in case["tokens"]]
        people.append(Interviewer(address, case["login"], case["interviews"][0]))
        disturbed = disturb(steps.database, people)
    expect(sum(person.failures for person in people) > 0, True)
    expect(disturbed > 0, True)
    steps.run(expect_all_words, case["interviews"])


def prepare(env):
    """Some leavers with a page of their own, one of them with an interviewer."""
    scene = Scene(env, "database_gone")
    user = scene.users["interviewer"]
    user.password = PASSWORD
    interviews = [
        scene.interview(
            scene.confirmed(f"Leaver {number}", 30),
            state="accepted",
            interviewer_id=user.id,
        )
        for number in range(LEAVERS)
    ]
    for interview in interviews:
        interview.departure_id._ensure_exit_token()
    return {
        "tokens": [interview.departure_id.exit_token for interview in interviews],
        "interviews": [interview.id for interview in interviews],
        "login": user.login,
    }


# === The server ===


@contextmanager
def server(database):
    """An Odoo server of its own on the database; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "odoo", "-d", database]
    options = [
        f"--db-filter=^{database}$",
        f"--http-port={port}",
        "--max-cron-threads=0",
        "--log-level=critical",
    ]
    process = subprocess.Popen(command + options, stdin=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address
        expect(process.poll(), None)
    finally:
        process.kill()
        process.wait()


def wait_for(address, process):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            requests.get(f"{address}/web/login", timeout=PATIENCE)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not start")


def disturb(database, people):
    """End all connections while everybody is at work; return how many were ended."""
    threads = [threading.Thread(target=person.work) for person in people]
    for thread in threads:
        thread.start()
    ended = 0
    for _round in range(ROUNDS):
        time.sleep(0.4)
        ended += end_connections(database)
    for person in people:
        person.may_finish.set()
    for thread in threads:
        thread.join(PATIENCE)
    expect([person.error for person in people], [None] * len(people))
    expect(any(thread.is_alive() for thread in threads), False)
    return ended


def end_connections(database):
    connection = psycopg2.connect(**connection_info_for("postgres")[1])
    try:
        with connection.cursor() as cr:
            cr.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = %s",
                [database],
            )
            return cr.fetchone()[0]
    finally:
        connection.close()


# === The people ===


class Person:
    """Somebody who tries again until the server has said that it is saved."""

    def __init__(self, address):
        self.address = address
        self.session = requests.Session()
        self.failures = 0
        self.error = None
        self.may_finish = threading.Event()

    def work(self):
        try:
            self.until_done(self.begin)
            for number in range(WORDS):
                self.until_done(self.say, number)
                time.sleep(0.1)
            self.may_finish.wait(PATIENCE)
            # The server is itself again.
            self.until_done(self.say, WORDS)
        except Exception as error:
            self.error = repr(error)

    def until_done(self, action, *args):
        end = time.monotonic() + PATIENCE
        while not self.try_once(action, *args):
            self.failures += 1
            if time.monotonic() > end:
                raise AssertionError(f"{action.__name__} never came through")
            time.sleep(0.1)

    def try_once(self, action, *args):
        try:
            return action(*args)
        except requests.ConnectionError:
            return False


class Leaver(Person):
    """Adds words to one point on the own page."""

    def __init__(self, address, token):
        super().__init__(address)
        self.token = token
        self.saved = ""

    def begin(self):
        page = self.session.get(f"{self.address}/exit/{self.token}", timeout=PATIENCE)
        found = re.search(r'name="form_token" value="(\w+)"', page.text)
        self.form_token = found and found.group(1)
        return bool(found)

    def say(self, number):
        text = f"{self.saved} word{number}".strip()
        answer = self.session.post(
            f"{self.address}/exit/points",
            data={
                "form_token": self.form_token,
                f"base_{UID}": self.saved,
                f"text_{UID}": text,
            },
            allow_redirects=False,
            timeout=PATIENCE,
        )
        if answer.status_code != 303:
            return False
        self.saved = text
        return True


class Interviewer(Person):
    """Notes follow-ups on the conversation screen."""

    def __init__(self, address, login, interview_id):
        super().__init__(address)
        self.login = login
        self.interview_id = interview_id

    def begin(self):
        page = self.session.get(f"{self.address}/web/login", timeout=PATIENCE)
        token = re.search(r'name="csrf_token" value="(\w+)"', page.text)
        if not token:
            return page.url.endswith("/odoo")  # logged in still
        answer = self.session.post(
            f"{self.address}/web/login",
            data={
                "login": self.login,
                "password": PASSWORD,
                "csrf_token": token.group(1),
            },
            allow_redirects=False,
            timeout=PATIENCE,
        )
        return answer.status_code == 303

    def say(self, number):
        point = {
            "uid": f"follow-up-{number}",
            "kind": "follow_up",
            "question": f"question{number}",
            "answer": f"answer{number}",
            "base": {},
        }
        answer = self.session.post(
            f"{self.address}/web/dataset/call_kw/hr.exit.interview/save_talk",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": "hr.exit.interview",
                    "method": "save_talk",
                    "args": [[self.interview_id], {"points": [point], "closing": {}}],
                    "kwargs": {},
                },
            },
            timeout=PATIENCE,
        )
        if answer.status_code == 200 and "result" in answer.json():
            return True
        # Without its database Odoo ends the session: one logs in again.
        self.begin()
        return False


def expect_all_words(env, interview_ids):
    """Whatever the server said it had saved is there, once."""
    words = [f"word{number}" for number in range(WORDS + 1)]
    for interview in env["hr.exit.interview"].browse(interview_ids):
        [point] = interview.point_ids.filtered("is_by_leaver")
        expect(point.answer.split(), words)
    first = env["hr.exit.interview"].browse(interview_ids[0])
    notes = first.point_ids.filtered(lambda point: point.kind == "follow_up")
    expect(
        sorted(notes.mapped("answer")),
        sorted(f"answer{number}" for number in range(WORDS + 1)),
    )
