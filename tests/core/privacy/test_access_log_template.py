from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...interview_common import InterviewCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 10:20:00")
class TestAccessLogTemplate(InterviewCommon):
    """A mail template says what its reader may read, and is not logged.

    Whoever may write expressions has the rights of an administrator: Odoo's own group.
    """

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

    def test_a_template_is_not_logged(self):
        """As docs/privacy.md says: an officer sees the words that the role may read."""
        self._prepare_words()
        for name in self._read_by_template().keys() - {"superuser", "anything"}:
            with self.subTest(way=name):
                record, body = self._read_by_template()[name]
                self.assertIn("Te druk.", self._preview(self.officer, body, record))
        self.assertFalse(self._read_log())

    def test_only_editors_write_expressions(self):
        """Odoo restricts it unless an administrator decides otherwise."""
        restricted = self.env["ir.config_parameter"].get_param(
            "mail.restrict.template.rendering"
        )
        self.assertTrue(restricted)
        for user in (self.officer, self.admin, self.hr_manager, self.plain):
            for name in ("superuser", "anything"):
                with self.subTest(user=user.login, way=name):
                    self.assertFalse(user.has_group("mail.group_mail_template_editor"))
                    record, body = self._read_by_template()[name]
                    composer = (
                        self.env["mail.compose.message"]
                        .with_user(user)
                        .create(
                            {
                                "model": record._name,
                                "res_ids": repr(record.ids),
                                "composition_mode": "mass_mail",
                                "body": body,
                            }
                        )
                    )
                    with self.assertRaisesRegex(AccessError, "Mail Template Editor"):
                        composer._render_field("body", record.ids)

    def test_a_template_hands_nothing_to_who_may_not_read(self):
        """An editor who may not read the interview, without asking as superuser."""
        self._prepare_words()
        for user in (self.plain, self.manager_user, self.hr_manager):
            user.group_ids += self.env.ref("mail.group_mail_template_editor")
            for name in ("field", "anything"):
                record, body = self._read_by_template()[name]
                with (
                    self.subTest(user=user.login, way=name),
                    self.assertRaises(UserError),
                    mute_logger("odoo.addons.mail.models.mail_render_mixin"),
                ):
                    self._preview(user, body, record)
        self.assertFalse(self._read_log())
