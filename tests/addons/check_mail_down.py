"""The mail server is down: mail waits and is sent once, all the rest goes on."""

from contextlib import contextmanager
from unittest.mock import patch

from scene import Scene
from steps import Steps, expect

from odoo import fields

from odoo.addons.base.models.ir_mail_server import IrMail_Server

LEAVER = "to.offer@example.net"


def check(env, addons):
    steps = Steps(env, addons)
    departure_id = steps.run(offer_while_down)
    steps.run(expect_waiting, departure_id)
    steps.run(expect_page_works, departure_id)
    # Down still: it is tried again, and fails again.
    steps.run(retry)
    steps.run(expect_waiting, departure_id, "accepted")
    with working_server() as sent:
        steps.run(retry)
        steps.run(retry)
    expect(
        [address for address in sent if LEAVER in address], [f'"To Offer" <{LEAVER}>']
    )
    steps.run(expect_no_mail_left)
    steps.run(give_up)


def offer_while_down(env):
    """Nothing listens on the port of the mail server of these databases."""
    scene = Scene(env, "mail_down")
    departure = scene.confirmed("To Offer", 40)
    departure._offer_interviews()
    env["mail.mail"].process_email_queue()
    return departure.id


def find_mails(env):
    return env["mail.mail"].search([("exit_interview_id", "!=", False)])


def expect_waiting(env, departure_id, state="offered"):
    """The offer stands, its mail is there with the reason why it did not leave."""
    interview = env["hr.departure"].browse(departure_id).interview_ids
    expect(interview.state, state)
    expect(interview.is_letter_needed, False)
    mail = find_mails(env)
    expect((len(mail), mail.state), (1, "exception"))
    expect(bool(mail.failure_reason), True)


def expect_page_works(env, departure_id):
    """The leaver answers and plans; the mail about it waits too."""
    departure = env["hr.departure"].browse(departure_id)
    found = env["hr.departure"]._find_by_exit_token(departure.exit_token)
    expect(found, departure)
    interview = found.interview_ids
    interview._record_answer("accepted", {})
    expect(interview.state, "accepted")
    expect(
        interview._save_page_points({"a-point-of-mine": ("", "Thank you")}),
        {"a-point-of-mine": "Thank you"},
    )


def retry(env):
    env["mail.mail"]._cron_retry_exit()
    env["mail.mail"].process_email_queue()


@contextmanager
def working_server():
    """A mail server that takes everything; yields the addresses it was sent to."""
    sent = []

    def send_email(_server, message, *_args, **_kwargs):
        sent.append(message["To"])
        return message["Message-Id"]

    with (
        patch.object(IrMail_Server, "_connect__", lambda *_args, **_kwargs: None),
        patch.object(IrMail_Server, "send_email", send_email),
    ):
        yield sent


def expect_no_mail_left(env):
    """Sent mail is deleted: the personal link was in it."""
    expect(find_mails(env).ids, [])


def give_up(env):
    """After days without a server HR gets the letter to hand over, once."""
    interview = env["hr.exit.interview"].search([("state", "=", "accepted")])
    interview._send_leaver_mail("hr_exit_interview.mail_template_offer")
    env["mail.mail"].process_email_queue()
    mail = find_mails(env)
    expect(mail.state, "exception")
    env.cr.execute(
        "UPDATE mail_mail SET create_date = %s WHERE id = %s",
        [fields.Datetime.subtract(fields.Datetime.now(), days=4), mail.id],
    )
    env.invalidate_all()
    for _run in range(2):
        env["mail.mail"]._cron_retry_exit()
    expect(mail.exists().ids, [])
    expect(interview.is_letter_needed, True)
    letters = interview.activity_search(
        ["hr_exit_interview.mail_activity_type_interview_letter"]
    )
    expect(len(letters), 1)
