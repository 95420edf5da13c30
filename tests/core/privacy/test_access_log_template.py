from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...interview_common import InterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 10:20:00")
class TestAccessLogTemplate(InterviewCommon):
    """Reading what was said by way of a mail template is opening the interview."""

    def _template(self, body, model="hr.exit.interview"):
        """A mail template as whoever may edit templates makes one."""
        return self.env["mail.template"].create(
            {
                "name": "Words",
                "model_id": self.env["ir.model"]._get_id(model),
                "subject": "About an interview",
                "body_html": f"<div>{body}</div>",
            }
        )

    def _preview(self, user, body, record=None):
        """The text that Odoo's preview of a template shows to the user."""
        record = record or self.interview
        template = self._template(body, record._name).with_user(user)
        self.env.flush_all()
        self.env.invalidate_all()
        return template._render_field("body_html", record.ids)[record.id]

    def _read_by_template(self):
        """Expressions that say what was said: {name: (record, body)}."""
        interview, point = self.interview, self._point(answer="Te druk.")
        return {
            "field": (interview, '<t t-out="object.summary"/>'),
            "words": (interview, '<t t-out="object.mail_summary"/>'),
            "points": (interview, "<t t-out=\"object.point_ids.mapped('answer')\"/>"),
            "key": (interview, "<t t-out=\"object['sum' + 'mary']\"/>"),
            "superuser": (interview, '<t t-out="object.sudo().summary"/>'),
            "path": (point, '<t t-out="object.interview_id.summary"/>'),
            "answer": (point, '<t t-out="object.answer"/>'),
            "departure": (
                self.departure,
                "<t t-out=\"object.interview_ids.mapped('summary')\"/>",
            ),
            "anything": (
                self.officer.partner_id,
                f"<t t-out=\"env['hr.exit.interview'].browse({interview.id})"
                '.summary"/>',
            ),
        }

    def _prepare_words(self):
        """Words that the leaver gives to the manager, so that all of them are read."""
        self.interview.write(
            {"summary": "Te druk.", "share_choice": "anonymous", "state": "closed"}
        )
        self.departure.departure_date = "2026-04-01"

    def test_mail_templates_are_noted(self):
        """For an officer and an interviewer who may edit templates."""
        self._prepare_words()
        log = self.env["hr.exit.access.log"]
        for user in (self.officer, self.interviewer):
            user.group_ids += self.env.ref("mail.group_mail_template_editor")
            for name, (record, body) in self._read_by_template().items():
                if user == self.interviewer and name == "departure":
                    continue
                with self.subTest(user=user.login, way=name):
                    log.search([]).unlink()
                    self.assertIn("Te druk.", self._preview(user, body, record))
                    self.env.flush_all()
                    found = log.search([])
                    self.assertEqual(found.interview_id, self.interview)
                    self.assertEqual(found.user_id, user)
                    self.assertEqual(found.how, "template")

    def test_words_in_memory_are_noted_too(self):
        """The system read them before, in the same request."""
        self._prepare_words()
        self.officer.group_ids += self.env.ref("mail.group_mail_template_editor")
        template = self._template('<t t-out="object.summary"/>')
        self.assertEqual(self.interview.summary, "Te druk.")
        template.with_user(self.officer)._render_field("body_html", self.interview.ids)
        self.assertEqual([how for _user, _hour, how in self._read_log()], ["template"])

    def test_a_template_that_anybody_renders_is_noted(self):
        """The summary for the manager needs no right to edit templates."""
        self._prepare_words()
        text = self._preview(self.officer, '<t t-out="object.mail_summary"/>')
        self.assertIn("Te druk.", text)
        self.assertEqual(
            self._read_log(), [(self.officer, "2026-04-20 10:00:00", "template")]
        )

    def test_a_mail_that_is_written_is_noted(self):
        """Odoo's window to write a mail fills in expressions as well."""
        self._prepare_words()
        self.officer.group_ids += self.env.ref("mail.group_mail_template_editor")
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.officer)
            .create(
                {
                    "model": "hr.exit.interview",
                    "res_ids": repr(self.interview.ids),
                    "composition_mode": "mass_mail",
                    "subject": "{{ object.summary }}",
                    "body": "<p>Hello</p>",
                }
            )
        )
        self.env.invalidate_all()
        subjects = composer._render_field("subject", self.interview.ids)
        self.assertEqual(subjects[self.interview.id], "Te druk.")
        self.assertEqual([how for _user, _hour, how in self._read_log()], ["template"])

    def test_a_template_without_words_is_not_opening(self):
        """Dates, states and names, as our own mails have them."""
        self._prepare_words()
        self.officer.group_ids += self.env.ref("mail.group_mail_template_editor")
        body = '<t t-out="object.state"/> <t t-out="object.mail_last_day"/>'
        self.assertIn("closed", self._preview(self.officer, body))
        self.assertFalse(self._read_log())

    def test_a_template_hands_nothing_to_who_may_not_read(self):
        """Not as superuser either, which Odoo lets expressions be."""
        self._prepare_words()
        for user in (self.plain, self.manager_user, self.hr_manager):
            user.group_ids += self.env.ref("mail.group_mail_template_editor")
            for name in ("field", "superuser", "anything"):
                record, body = self._read_by_template()[name]
                with (
                    self.subTest(user=user.login, way=name),
                    self.assertRaises(UserError),
                    mute_logger("odoo.addons.mail.models.mail_render_mixin"),
                ):
                    self._preview(user, body, record)
        self.assertFalse(self._read_log())

    def test_templates_take_as_many_queries_for_many(self):
        """Two interviews, or twelve."""
        self.officer.group_ids += self.env.ref("mail.group_mail_template_editor")
        interviews = self.env["hr.exit.interview"].union(
            *(
                self._interview(self.departure, state="closed", summary="Te druk.")
                for _i in range(14)
            )
        )
        template = self._template(
            '<t t-out="object.summary"/> <t t-out="object.state"/>'
        )
        template = template.with_user(self.officer)

        def render(records):
            template._render_field("body_html", records.ids)

        self.assertSameQueryCount(render, interviews[:2], interviews[2:])
