"""A copy neutralised by Odoo's own command mails nobody and answers no link."""

import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

from scene import ADDON, Scene
from steps import Steps, expect

# Longer than it takes to connect on one machine, refused or not.
PATIENCE = 0.2


def check(env, addons):
    steps = Steps(env, addons)
    with mail_server() as (port, connections):
        tokens = steps.run(prepare, port)
        steps.run(offer)
        steps.run(send)
        # Otherwise the silence afterwards would prove nothing.
        expect(bool(connections), True)
        steps.run(expect_links_work, tokens, True)
        neutralize(steps.database)
        steps.run(expect_links_work, tokens, False)
        steps.run(expect_nothing_waits)
        connections.clear()
        for name in steps.run(get_jobs):
            steps.run(run_job, name)
        # Somebody who tests in the copy sends by hand, too.
        made = steps.run(offer)
        steps.run(send)
        expect(made > 0, True)
        expect(connections, [])


@contextmanager
def mail_server():
    """A mail server that is too busy; yields its port and who connected to it."""
    connections = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        is_over = threading.Event()

        def answer():
            while not is_over.is_set():
                try:
                    client, address = server.accept()
                except TimeoutError:
                    continue
                with client:
                    connections.append(address)
                    client.sendall(b"421 too busy\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1], connections
        finally:
            is_over.set()
            thread.join()


def prepare(env, port):
    """Leavers to offer, to remind, to plan with; links of a leaver and of a coach."""
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {"name": "busy", "smtp_host": "127.0.0.1", "smtp_port": port}
    )
    scene = Scene(env, "neutralized")
    scene.offers()
    scene.follow_up()
    departure = scene.confirmed("Has A Link", 40)
    departure._ensure_exit_token()
    coach = env["res.partner"].create({"name": "Coach", "email": "c@example.net"})
    interview = scene.interview(departure, outside_interviewer_id=coach.id)
    interview._renew_interviewer_token()
    return departure.exit_token, interview.interviewer_token


def offer(env):
    """Offer as HR does, more than the jobs do; return how much mail that made."""
    scene = env["hr.departure"].search([("employee_name", "=", "Has A Link")])
    scene.interview_ids._send_leaver_mail(f"{ADDON}.mail_template_offer")
    return env["mail.mail"].search_count([("exit_interview_id", "!=", False)])


def send(env):
    env["mail.mail"].process_email_queue()
    env["mail.mail"]._cron_retry_exit()


def neutralize(database):
    command = [sys.executable, "-m", "odoo", "neutralize", "-d", database]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False
    )
    expect((done.returncode, done.stderr if done.returncode else ""), (0, ""))


def expect_links_work(env, tokens, expected):
    leaver, coach = tokens
    found = env["hr.departure"]._find_by_exit_token(leaver)
    expect(bool(found), expected)
    found = env["hr.exit.interview"]._find_by_interviewer_token(coach)
    expect(bool(found), expected)


def expect_nothing_waits(env):
    """No mail with a link that works in the original, and none of our jobs is on."""
    expect(env["mail.mail"].search_count([("exit_interview_id", "!=", False)]), 0)
    expect(env["mail.message"].search_count([("body", "like", "/exit/")]), 0)
    jobs = env["ir.cron"].with_context(active_test=False).search([])
    ours = jobs.filtered(lambda job: "Exit Interviews" in job.cron_name)
    expect(bool(ours), True)
    expect(ours.filtered("active").mapped("cron_name"), [])


def get_jobs(env):
    """Odoo's own mail queue and all jobs of ours, as if somebody switched them on."""
    names = env["ir.model.data"].search(
        [("module", "=", ADDON), ("model", "=", "ir.cron")], order="name"
    )
    return [*names.mapped("complete_name"), "mail.ir_cron_mail_scheduler_action"]


def run_job(env, name):
    env.ref(name).ir_actions_server_id.run()
