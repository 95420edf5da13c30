from odoo import fields, models
from odoo.tools import format_datetime

OFF = "hr_exit_interview.mail_template_interviewer_off"


class HrExitInterview(models.Model):
    """Interviewers hear it when a moment is given back, moved or called off.

    In neutral words: such a message is read on telephones and in shared mailboxes, and
    who no longer holds the conversation need not know with whom it was.
    """

    _inherit = "hr.exit.interview"

    def _tell_moment_is_off(self):
        """Tell who was to hold these interviews; called while it is known who.

        A message for colleagues, in their inbox or by mail as they chose; a mail with
        the calendar file for an outside interviewer.
        """
        planned = self.filtered(lambda i: i._is_still_to_come())
        for interview in planned.filtered("interviewer_id.active"):
            interview._notify_moment_is_off()
        planned.filtered("outside_interviewer_id")._send_interviewer_mail(
            OFF, with_ics=True, has_link=False
        )

    def _is_still_to_come(self):
        now = fields.Datetime.now()
        return bool(self.start_datetime) and self.start_datetime > now

    def _notify_moment_is_off(self):
        user = self.interviewer_id
        env = self.with_context(lang=user.lang or self.env.lang).env
        zone = user.tz or self.departure_id._get_leaver_tz()
        moment = format_datetime(env, self.start_datetime, zone, "EEEE d MMMM, HH:mm")
        # sudo: mail.thread - on no record: nothing says whose conversation it is
        self.env["mail.thread"].sudo().with_context(
            # The leaver or HR does not wait for the mail server, nor sees its faults.
            mail_notify_force_send=False,
            lang=env.lang,
        ).message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("A conversation does not take place"),
            body=env._(
                "The conversation of %(moment)s is taken out of your calendar. You "
                "need not do anything.",
                moment=moment,
            ),
        )
