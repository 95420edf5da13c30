import uuid
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..planning.ics import make_ics
from ..tools.turns import take_turns

# Odoo's calendar neither mails, logs nor describes what we put into it.
SILENT_CALENDAR = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_contact_description": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}
PLANNABLE = ("offered", "accepted", "scheduled", "no_show", "declined", "expired")


class HrExitInterview(models.Model):
    """Planning: who, when and where, and the appointment in two calendars."""

    _inherit = "hr.exit.interview"

    outside_interviewer_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        tracking=True,
        help="A contact who holds the interview instead of a colleague, by an own "
        "link and without a login.",
    )
    location = fields.Char(help="Where to meet. The leaver is told.")
    video_url = fields.Char(
        string="Video Link", help="Address of the video call. The leaver is told."
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="Appointment",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    ics_uid = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    ics_sequence = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)

    @api.constrains("outside_interviewer_id", "departure_id")
    def _check_outside_interviewer(self):
        # sudo: hr.departure - who decided on the dismissal is checked, not shown
        for interview in self.sudo().filtered("outside_interviewer_id"):
            departure = interview.departure_id
            barred = departure._get_barred_users().partner_id
            barred |= departure.employee_id.work_contact_id
            if interview.outside_interviewer_id in barred:
                raise ValidationError(
                    self.env._(
                        "%(contact)s cannot hold this interview: neither the leaver, "
                        "the direct manager nor who took part in the decision does. "
                        "Choose somebody else.",
                        contact=interview.outside_interviewer_id.name,
                    )
                )

    # === Booking ===

    def _book(self, start, interviewer, is_by_hand=False):
        """Plan the conversation: state, both calendars, mail to the leaver.

        Planning it again moves it. Two people who choose the same moment wait for one
        another on the interviewer; the second gets the message.

        :param datetime start: naive UTC
        :param interviewer: ``res.users``; none when an outside interviewer holds it
        :param bool is_by_hand: HR chose the moment: any that is not taken will do
        :raises UserError: the moment is taken, or the interview can not be planned
        """
        self.ensure_one()
        # sudo: hr.exit.interview - the leaver chooses without being a user
        interview = self.sudo()
        interview._check_plannable(start)
        interview._lock_agenda(interviewer)
        if not interview._is_free(start, interviewer, is_by_hand):
            raise interview._get_taken_error(start)
        is_moved = interview.state == "scheduled"
        if is_moved and interview.interviewer_id != interviewer:
            interview._tell_moment_is_off()
        interview._write_booking(start, interviewer)
        interview._send_leaver_mail(
            "hr_exit_interview.mail_template_moved"
            if is_moved
            else "hr_exit_interview.mail_template_planned",
            with_ics=True,
        )
        interview._tell_interviewer()

    def _check_plannable(self, start):
        if self.state not in PLANNABLE:
            raise UserError(self.env._("This conversation can no longer be planned."))
        if start <= fields.Datetime.now():
            raise UserError(
                self.env._("This moment is in the past. Choose another one.")
            )

    def _get_taken_error(self, start):
        return UserError(
            self.env._(
                "%(moment)s is no longer free: somebody else was just before. "
                "Choose another moment.",
                moment=self._say_time(start),
            )
        )

    def _lock_agenda(self, interviewer):
        """Let two bookings with one interviewer wait for each other.

        Who waited starts again and sees what the first one planned.
        """
        take_turns(interviewer or self.outside_interviewer_id)

    def _write_booking(self, start, interviewer):
        stop = start + timedelta(minutes=self.company_id.exit_talk_minutes)
        self.write(
            {
                "state": "scheduled",
                "start_datetime": start,
                "stop_datetime": stop,
                "interviewer_id": interviewer.id,
                "event_id": self._put_in_calendar(start, stop, interviewer).id,
                "ics_uid": self.ics_uid or str(uuid.uuid4()),
                "ics_sequence": self.ics_sequence + 1,
            }
        )

    def _unbook(self, is_told=True):
        """Take back what was planned; the leaver may choose another moment.

        :param bool is_told: send the leaver a mail that takes it out of the calendar
        """
        # sudo: hr.exit.interview - the leaver gives it back without being a user
        interviews = self.sudo().filtered(lambda i: i.state == "scheduled")
        interviews._clear_agenda()
        interviews.write({"state": "accepted"})
        interviews._tell_moment_is_off()
        if is_told:
            # Before the moment is forgotten: the calendar file names it.
            interviews._send_leaver_mail(
                "hr_exit_interview.mail_template_moment_cancelled", with_ics=True
            )
        interviews.write({"start_datetime": False, "stop_datetime": False})

    def _clear_agenda(self):
        """Take appointments out of the interviewer's calendar."""
        self.event_id.with_context(no_mail_to_attendees=True).unlink()
        for interview in self.filtered("ics_uid"):
            interview.ics_sequence += 1
        self._close_planning_activities()

    # === The calendar of the interviewer ===

    def _put_in_calendar(self, start, stop, interviewer):
        """Make or move the appointment in the interviewer's calendar.

        Private events can be searched by anyone, so this one says nothing: a neutral
        title, no description, no place, no link, the interviewer alone, and made as
        if by the interviewer.

        :return: ``calendar.event``, none for an outside interviewer
        """
        if self.event_id and self.event_id.user_id == interviewer:
            self.event_id.with_context(dont_notify=True).write(
                {"start": start, "stop": stop}
            )
            return self.event_id
        self.event_id.with_context(no_mail_to_attendees=True).unlink()
        if not interviewer:
            return self.env["calendar.event"]
        lang = interviewer.lang or self.env.lang
        # sudo: calendar.event - planned by the leaver or by HR for the interviewer, and
        # without the present context, which may name our record
        env = self.env(
            user=interviewer.id, su=True, context={"lang": lang, **SILENT_CALENDAR}
        )
        return env["calendar.event"].create(
            {
                "name": self.with_context(lang=lang)._get_neutral_title(),
                "start": start,
                "stop": stop,
                "user_id": interviewer.id,
                "partner_ids": [Command.set(interviewer.partner_id.ids)],
                "privacy": "private",
                "show_as": "busy",
            }
        )

    def _get_neutral_title(self):
        """What a calendar says about it, to everybody who may look."""
        return self.env._("Conversation")

    # === The calendar of the leaver ===

    def _get_ics(self, attendee=None):
        """The calendar file for the leaver: what is planned, or that it is off.

        Without the personal link: calendars are shared and synchronised.

        :param tuple attendee: (name, e-mail address) of another reader
        :return: bytes; empty when nothing was ever planned
        """
        self.ensure_one()
        # sudo: hr.exit.interview - number of the file and address of the leaver
        interview = self.sudo()
        departure = interview.departure_id
        if not interview.ics_uid or not interview.start_datetime:
            return b""
        company = interview.company_id
        today = fields.Date.context_today(self)
        return make_ics(
            {
                "uid": interview.ics_uid,
                "sequence": interview.ics_sequence,
                "stamp": fields.Datetime.now(),
                "start": interview.start_datetime,
                "stop": interview.stop_datetime,
                "summary": interview._get_neutral_title(),
                "location": interview._say_place(),
                "organizer": (company.name, company.email or "noreply@localhost"),
                "attendee": attendee
                or (
                    departure.employee_name,
                    departure._get_leaver_email(today, interview)
                    or "noreply@localhost",
                ),
                "is_cancelled": not interview._is_planned(),
            }
        )

    def _is_planned(self):
        """Whether an appointment stands: not called off, not taken back."""
        return self.state in ("scheduled", "held", "closed") and bool(
            self.interviewer_id or self.outside_interviewer_id
        )
