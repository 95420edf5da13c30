from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from .hr_exit_interview_talk import WRITTEN_FORMS
from .hr_exit_interview_talk_save import TALK_STATES

MESSAGE = "hr_exit_interview.mail_template_message"
ANSWERED = "hr_exit_interview.mail_template_answered"
ACTIVITY = "mail.mail_activity_data_todo"
# Several messages in a row are announced once.
NOTICE_MINUTES = 15
MAX_MESSAGES = 500


class HrExitInterview(models.Model):
    """A conversation in writing: messages on the screen and on the leaver's page."""

    _inherit = "hr.exit.interview"

    message_notice_datetime = fields.Datetime(
        readonly=True, copy=False, help="When the leaver was last told of a message."
    )

    def _after_points_saved(self, points):
        result = super()._after_points_saved(points)
        sent = points.filtered(lambda p: p.kind == "message" and not p.is_by_leaver)
        if sent:
            self._announce_message()
        return result

    def _announce_message(self):
        """Tell the leaver that there is a message, not what it says."""
        now = fields.Datetime.now()
        last = self.message_notice_datetime
        if last and fields.Datetime.add(last, minutes=NOTICE_MINUTES) > now:
            return
        # sudo: hr.exit.interview - set by the system alone
        self.sudo().message_notice_datetime = now
        self._send_leaver_mail(MESSAGE)

    # === The leaver's side; called as superuser ===

    def _add_leaver_message(self, text, uid):
        """Keep a message of the leaver; the same one sent again stays one.

        :param str text: what the leaver wrote
        :param str uid: name of the message, given with the empty form
        :raises UserError: no messages are exchanged in this conversation
        """
        self.ensure_one()
        self._check_thread_open()
        if not text or uid in self.point_ids.mapped("client_uid"):
            return
        self._create_page_point(uid, text, "message")
        self._announce_answer()

    def _announce_answer(self):
        """Tell who holds the talk that the leaver wrote, once until it is looked at."""
        if self.outside_interviewer_id:
            self._send_interviewer_mail(ANSWERED)
        elif self.interviewer_id and not self._get_answer_activities():
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY,
                summary=self.env._("The leaver wrote a message"),
                user_id=self.interviewer_id.id,
            )

    def _get_answer_activities(self):
        return self.activity_ids.filtered(
            lambda activity: (
                activity.user_id == self.interviewer_id
                and activity.activity_type_id == self.env.ref(ACTIVITY)
            )
        )

    def _is_thread_open(self):
        """Whether messages are exchanged: a written form, and not over."""
        return self.form in WRITTEN_FORMS and self.state in TALK_STATES

    def _check_thread_open(self):
        if not self._is_thread_open():
            raise UserError(
                self.env._(
                    "No messages are exchanged in this conversation at the moment."
                )
            )
        if len(self._get_messages()) >= MAX_MESSAGES:
            raise UserError(
                self.env._(
                    "There are very many messages already. Ask HR for a talk instead."
                )
            )

    def _get_messages(self):
        return self.point_ids.filtered(lambda point: point.kind == "message")

    @api.model
    def _prepare_message(self, point, zone):
        """A message as a page shows it."""
        return {
            "id": point.id,
            "is_by_leaver": point.is_by_leaver,
            "is_blanked": point.is_blanked,
            "text": point.answer or "",
            "moment": format_datetime(self.env, point.create_date, zone, "short"),
        }

    def _prepare_thread(self, zone):
        """The messages, oldest first, and whether one can be added.

        :param str zone: time zone of the reader
        :return: dict with ``messages`` and ``is_open``
        """
        return {
            "messages": [self._prepare_message(p, zone) for p in self._get_messages()],
            "is_open": self._is_thread_open(),
        }
