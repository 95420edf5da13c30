import uuid
from collections import defaultdict
from datetime import datetime, time, timedelta

from pytz import UTC, timezone

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.intervals import Intervals

from ...lib.planning import midpoint, slots
from ...lib.planning.ics import make_ics
from ...lib.turns import take_turns
from . import hr_exit_interview  # noqa: F401 - extended here

# Odoo's calendar neither mails, logs nor describes what we put into it.
SILENT_CALENDAR = {
    "dont_notify": True,
    "no_mail_to_attendees": True,
    "skip_contact_description": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}
PLANNABLE_STATES = (
    "offered",
    "accepted",
    "scheduled",
    "no_show",
    "declined",
    "expired",
)
# A last day far away, or one that was mistyped, must not keep a leaver waiting.
MAX_WINDOW = timedelta(days=366)


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

    proposed_date = fields.Date(
        string="Proposed Day",
        compute="_compute_proposed_date",
        help="Halfway between notice and last day, when both work, with two working "
        "days left at least.",
    )

    @api.depends("state", "candidate_ids", "interviewer_id", "outside_interviewer_id")
    def _compute_proposed_date(self):
        waiting = self.filtered(lambda i: i.state in ("offered", "accepted", "no_show"))
        (self - waiting).proposed_date = False
        # sudo: resource.calendar, calendar.event - a day, not why another is not free
        agenda = waiting.sudo()._get_agenda()
        for interview in waiting.sudo():
            starts = interview._get_free_starts(agenda)
            interview.proposed_date = next(
                iter(interview._order_days(starts, agenda)), False
            )

    def _book_slot(self, start, interviewer, is_by_hand=False):
        """Plan the conversation: state, both calendars, mail to the leaver.

        Planning it again moves it. Two people who choose the same slot wait for one
        another on the interviewer; the second gets the message.

        :param datetime start: naive UTC
        :param interviewer: ``res.users``; none when an outside interviewer holds it
        :param bool is_by_hand: HR chose the slot: any that is not taken will do
        :raises UserError: the time slot is taken, or the interview can not be planned
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
        if self.state not in PLANNABLE_STATES:
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

    def _release_slot(self, is_told=True):
        """Take back what was planned; the leaver may choose another time slot.

        :param bool is_told: send the leaver a mail that takes it out of the calendar
        """
        # sudo: hr.exit.interview - the leaver gives it back without being a user
        interviews = self.sudo().filtered(lambda i: i.state == "scheduled")
        interviews._clear_agenda()
        interviews.write({"state": "accepted"})
        interviews._tell_moment_is_off()
        if is_told:
            # Before the time slot is forgotten: the calendar file names it.
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
        """Return what a calendar says about it, to everybody who may look."""
        return self.env._("Conversation")

    def _get_ics(self, attendee=None):
        """Return the calendar file for the leaver: what is planned, or that it is off.

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
        """Tell whether an appointment stands: not called off, not taken back."""
        return self.state in ("scheduled", "held", "closed") and bool(
            self.interviewer_id or self.outside_interviewer_id
        )

    def _get_free_slots(self, limit=6):
        """Return a few free slots for the leaver to choose from, in order of time.

        :param int limit: how many at most
        :return: list of dicts ``{"start": naive UTC, "stop": naive UTC,
            "interviewer": res.users}``; no user where an outsider holds the interview
        """
        self.ensure_one()
        return self._get_free_slots_by_interview(limit)[self]

    def _get_free_slots_by_interview(self, limit=6):
        """Return free time slots for interviews; a constant number of queries.

        :return: dict {interview: list of dicts, see :meth:`_get_free_slots`}
        """
        # sudo: resource.calendar, calendar.event - whether colleagues are free
        interviews = self.sudo()
        agenda = interviews._get_agenda()
        return {
            interview: interview._choose_slots(agenda, limit)
            for interview in interviews
        }

    def _choose_slots(self, agenda, limit):
        starts = self._get_free_starts(agenda)
        days = self._order_days(starts, agenda)
        weighed = [(start, user, agenda["loads"][user]) for start, user in starts]
        return [
            self._prepare_slot(start, user)
            for start, user in slots.choose_slots(weighed, days, limit)
        ]

    def _prepare_slot(self, start, interviewer):
        """Return one free slot as the leaver's page and the planning want it."""
        start, stop, _meta = self._get_slot_interval(start)
        return {
            "start": _to_utc(start),
            "stop": _to_utc(stop),
            "interviewer": interviewer,
        }

    def _get_slot_interval(self, start):
        """Return a talk that begins at ``start``, as an interval with time zone."""
        length = timedelta(minutes=self.company_id.exit_talk_minutes)
        return start, start + length, self.env["res.users"]

    def _order_days(self, starts, agenda):
        """Return the days with a free time slot, the best one first."""
        departure = self.departure_id
        days = {start.date() for start, _user in starts}
        last_day = departure.departure_date
        if not last_day or self.is_second:
            return sorted(days)
        return midpoint.order_days(
            departure._get_notice_day(),
            last_day,
            days,
            {interval[0].date() for interval in self._get_leaver_work(agenda)},
        )

    def _get_free_starts(self, agenda):
        """Return all times at which a talk can begin.

        :return: list of (start on the leaver's clock, interviewer)
        """
        zone = timezone(self.departure_id._get_leaver_tz())
        minutes = self.company_id.exit_talk_minutes
        result = []
        for user in self._get_choosable_interviewers():
            free = self._get_free_times(user, agenda)
            local = [
                (start.astimezone(zone), stop.astimezone(zone))
                for start, stop, _ in free
            ]
            result += [(start, user) for start in slots.cut_slots(local, minutes)]
        return result

    def _get_choosable_interviewers(self):
        """Return whom the leaver chooses from; one empty user for an outsider."""
        if self.outside_interviewer_id:
            return [self.env["res.users"]]
        # Of an interview that is only tried out, the users as they are.
        users = self.candidate_ids._origin | self.interviewer_id
        return list(users - self.departure_id._get_barred_users())

    def _get_free_times(self, user, agenda):
        """Return when both can talk: the hours of both less their appointments."""
        start, stop = self._get_window()
        window = Intervals([(start, stop, self.env["res.users"])])
        free = window & agenda["work"][user or self.company_id]
        free -= agenda["busy"][user.partner_id or self.outside_interviewer_id]
        end = self._get_leaver_end()
        if start >= end:
            return free
        empty = self.env["res.users"]
        serving = (
            free & Intervals([(start, end, empty)]) & self._get_leaver_work(agenda)
        )
        leaver = self.departure_id.employee_id.user_id.partner_id
        later = Intervals([(end, stop, empty)]) if end < stop else Intervals()
        return (serving - agenda["busy"][leaver]) | (free & later)

    def _get_leaver_work(self, agenda):
        # Nobody's hours where the employee was deleted meanwhile.
        return agenda["work"].get(self.departure_id.employee_id, Intervals())

    def _get_leaver_end(self):
        """Return the time after which the leaver has no working hours here any more."""
        zone = timezone(self.departure_id._get_leaver_tz())
        day = self.departure_id.departure_date or fields.Date.context_today(self)
        return zone.localize(datetime.combine(day + timedelta(days=1), time()))

    def _get_window(self):
        """Return from tomorrow until the offer closes, as (start, stop)."""
        zone = timezone(self.departure_id._get_leaver_tz())
        tomorrow = datetime.now(zone).date() + timedelta(days=1)
        last = max(self._get_closing_day() or tomorrow, tomorrow)
        last = min(last, tomorrow + MAX_WINDOW)
        return (
            zone.localize(datetime.combine(tomorrow, time())),
            zone.localize(datetime.combine(last + timedelta(days=1), time())),
        )

    def _get_agenda(self):
        """Working hours and appointments of everybody in these interviews.

        A constant number of queries per working schedule; called as superuser.

        :return: dict with ``work`` {employee, user or company: intervals}, ``busy``
            {partner: intervals} and ``loads`` {user: number of interviews}
        """
        if not self:
            return {}
        windows = [interview._get_window() for interview in self]
        start = min(window[0] for window in windows)
        stop = max(window[1] for window in windows)
        users = self.candidate_ids._origin | self.interviewer_id
        employees = self.departure_id.employee_id
        partners = (
            users.partner_id
            | employees.user_id.partner_id
            | self.outside_interviewer_id
        )
        return {
            "work": self._read_working_hours(users, employees, start, stop),
            "busy": self._read_appointments(partners, start, stop),
            "loads": self._get_loads(users),
        }

    def _read_working_hours(self, users, employees, start, stop):
        """Working hours by employee, user and company, leave and holidays taken off."""
        by_user = {
            user: user.employee_ids.filtered(
                lambda e, u=user: e.active and e.company_id in self.company_id
            )[:1]
            for user in users
        }
        work = {}
        everybody = employees.union(*by_user.values())
        for (calendar, zone), colleagues in everybody.grouped(_get_schedule).items():
            work |= _read_schedule(calendar, zone, colleagues, start, stop)
        work |= self._read_company_hours(by_user, start, stop)
        for user, employee in by_user.items():
            work[user] = work[employee or user.company_id]
        return work

    def _read_company_hours(self, by_user, start, stop):
        """Return the hours of companies, for those who have none of their own here."""
        outside = self.filtered("outside_interviewer_id").company_id
        without = outside.browse()
        for user, employee in by_user.items():
            if not employee:
                without |= user.company_id
        return {
            company: company.resource_calendar_id._work_intervals_batch(start, stop)[
                False
            ]
            for company in outside | without
        }

    def _read_appointments(self, partners, start, stop):
        """Busy times by partner; the appointment of the one that moves is left out."""
        times = defaultdict(list)
        nobody = self.env["res.users"]
        for attendee in self._search_attendance(partners, start, stop):
            times[attendee.partner_id].append(
                (*_get_event_times(attendee.event_id), nobody)
            )
        for interview in self._search_outside_talks(partners):
            begin = UTC.localize(interview.start_datetime)
            end = UTC.localize(interview.stop_datetime)
            times[interview.outside_interviewer_id].append((begin, end, nobody))
        return defaultdict(
            Intervals, {partner: Intervals(list_) for partner, list_ in times.items()}
        )

    def _search_attendance(self, partners, start, stop):
        """Return who is busy at what event within a period, by the calendars."""
        moving = self.event_id if len(self) == 1 else self.env["calendar.event"]
        return self.env["calendar.attendee"].search_fetch(
            Domain("partner_id", "in", partners.ids)
            & Domain("state", "!=", "declined")
            & Domain("event_id", "not in", moving.ids)
            & Domain("event_id.active", "=", True)
            & Domain("event_id.show_as", "=", "busy")
            & Domain("event_id.start", "<", _to_utc(stop))
            & Domain("event_id.stop", ">", _to_utc(start)),
            ["partner_id", "event_id"],
        )

    def _search_outside_talks(self, partners):
        """Planned talks with outside interviewers: they have no calendar here."""
        return self.search(
            Domain("outside_interviewer_id", "in", partners.ids)
            & Domain("state", "=", "scheduled")
            & Domain("id", "not in", self.ids)
        )

    def _is_free(self, start, interviewer, is_by_hand):
        """Tell whether a talk can begin at this time with this interviewer.

        :param datetime start: naive UTC
        :param bool is_by_hand: outside working hours too, as long as nothing else is
            planned
        """
        if not is_by_hand:
            free = self._get_free_starts(self._get_agenda())
            return (start, interviewer) in [(_to_utc(at), user) for at, user in free]
        moment = UTC.localize(start)
        end = moment + timedelta(minutes=self.company_id.exit_talk_minutes)
        partner = interviewer.partner_id or self.outside_interviewer_id
        busy = self._read_appointments(partner, moment, end)[partner]
        return not busy & Intervals([(moment, end, self.env["res.users"])])


def _get_schedule(employee):
    """Return the working schedule and time zone of an employee."""
    company_calendar = employee.company_id.resource_calendar_id
    return employee.resource_calendar_id or company_calendar, employee.tz


def _read_schedule(calendar, zone, employees, start, stop):
    """Working hours of employees with one schedule: hours once, leave of each.

    With a resource, Odoo looks up the contract in force with one query per person.

    :return: dict {employee: intervals}
    """
    tz = timezone(zone or calendar.tz or "UTC")
    hours = calendar._attendance_intervals_batch(start, stop, tz=tz)[False]
    leaves = calendar._leave_intervals_batch(start, stop, employees.resource_id, tz=tz)
    return {one: hours - leaves[one.resource_id.id] for one in employees}


def _to_utc(moment):
    """Return a datetime as the ORM stores it: naive, in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _get_event_times(event):
    """Begin and end of an appointment in UTC; a whole day takes all of it."""
    if event.allday:
        start = datetime.combine(event.start_date, time())
        stop = datetime.combine(event.stop_date + timedelta(days=1), time())
    else:
        start, stop = event.start, event.stop
    return UTC.localize(start), UTC.localize(stop)
