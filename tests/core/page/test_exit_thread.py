from odoo.tests import freeze_time, tagged

from ...exit_page_common import ExitPageCommon

UID = "message-1234"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-20 09:00:00")
class TestExitThread(ExitPageCommon):
    """A conversation by chat or e-mail, between the screen and the leaver's page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "hr@poldertuin.example.com"
        cls.employee.private_email = "joost@example.net"
        cls.interview.write(
            {"form": "email", "state": "accepted", "interviewer_id": cls.interviewer.id}
        )
        cls.talk = cls.interview.with_user(cls.interviewer)

    def _ask(self, text="Hoe kijk je terug?", uid="ask-1234"):
        message = {"uid": uid, "kind": "message", "answer": text}
        self.talk.save_talk({"points": [message]})

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "ilike", "joost@")])

    def test_messages_go_both_ways(self):
        """What the interviewer asks is on the page, the answer on the screen."""
        self._ask("Hoe <b>kijk</b> je terug?")
        page = self._open()
        self.assertIn("Hoe &lt;b&gt;kijk&lt;/b&gt; je terug?", page.text)
        answer = self._send("message", page, message="Met plezier.", message_uid=UID)
        self.assertIn("Your message was sent.", answer.text)
        self.env.invalidate_all()
        messages = [p for p in self.talk.get_talk()["points"] if p["kind"] == "message"]
        self.assertEqual(
            [(m["answer"], m["is_by_leaver"]) for m in messages],
            [("Hoe <b>kijk</b> je terug?", False), ("Met plezier.", True)],
        )

    def test_same_message_sent_twice_stays_one(self):
        self._ask()
        page = self._open()
        for _time in range(2):
            self._send("message", page, message="Met plezier.", message_uid=UID)
        self.env.invalidate_all()
        self.assertEqual(len(self.interview._get_messages()), 2)

    def test_mail_says_that_there_is_a_message_not_what(self):
        """Several in a row are announced once."""
        with freeze_time("2026-03-20 10:00:00"):
            self._ask("Vertel eens over de baas")
        with freeze_time("2026-03-20 10:05:00"):
            self._ask("En over het loon", uid="ask-5678")
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("wrote you a message", mail.body_html)
        self.assertNotIn("baas", mail.body_html)
        with freeze_time("2026-03-20 10:30:00"):
            self._ask("Ben je er nog?", uid="ask-9012")
        self.assertEqual(len(self._mails()), 2)

    def test_interviewer_is_told_once_without_the_words(self):
        self._ask()
        page = self._open()
        self._send("message", page, message="Met plezier.", message_uid=UID)
        self._send("message", page, message="En nog iets.", message_uid=UID + "5")
        self.env.invalidate_all()
        activity = self.interview.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.interviewer)
        self.assertNotIn("plezier", f"{activity.summary} {activity.note}")
        self.assertNotIn("plezier", str(self.interview.message_ids.mapped("body")))

    def test_no_messages_in_a_talk_face_to_face(self):
        """Neither shown nor taken; the page says why."""
        self.interview.form = "in_person"
        page = self._open()
        self.assertNotIn('id="thread"', page.text)
        answer = self._send("message", page, message="Met plezier.", message_uid=UID)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("No messages are exchanged", answer.text)

    def test_too_long_a_message_is_given_back(self):
        self._ask()
        page = self._open()
        text = "a" * 20_001
        answer = self._send("message", page, message=text, message_uid=UID)
        self.assertEqual(answer.status_code, 422)
        self.assertIn(text, answer.text)

    def test_closed_talk_stays_readable(self):
        self._ask()
        self.talk.close_talk()
        page = self._open()
        self.assertIn("Hoe kijk je terug?", page.text)
        self.assertNotIn('name="message"', page.text)

    def test_messages_alone(self):
        """For the script; without the link nothing."""
        self._ask()
        self.assertEqual(self.url_open("/exit/thread").status_code, 404)
        self._open()
        self.assertIn("Hoe kijk je terug?", self.url_open("/exit/thread").text)
