import re
import secrets
from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import format_datetime, format_time

from ..interview.hr_exit_interview_offer import ANSWERABLE
from ..interview.hr_exit_interview_talk import WRITTEN_FORMS
from ..interview.hr_exit_interview_talk_save import TALK_STATES

LEAVER_PLANS_IN_STATES = ("accepted", "scheduled", "no_show")
# Written at a time of one's own: no appointment is needed.
FORMS_WITHOUT_MOMENT = ("email", "questionnaire")
SLOT_PATTERN = re.compile(r"(?P<moment>\d{8}T\d{4}|other)-(?P<user>\d{1,9})", re.ASCII)
SLOT_FORMAT = "%Y%m%dT%H%M"
MAX_POINTS = 50
UID_PATTERN = re.compile(r"[\w-]{8,40}", re.ASCII)
MESSAGE = "hr_exit_interview.mail_template_message"
ANSWERED = "hr_exit_interview.mail_template_answered"
ACTIVITY = "mail.mail_activity_data_todo"
# Several messages in a row are announced once.
NOTICE_MINUTES = 15
MAX_MESSAGES = 500


class HrExitInterview(models.Model):
    """The leaver's copy of one conversation; called as superuser."""

    _inherit = "hr.exit.interview"

    message_notice_datetime = fields.Datetime(
        readonly=True, copy=False, help="When the leaver was last told of a message."
    )

    def _prepare_copy(self):
        """Return the sections of the copy about one conversation."""
        self.ensure_one()
        title = (
            self.env._("Second conversation")
            if self.is_second
            else self.env._("The conversation")
        )
        sections = [
            (title, self._prepare_copy_facts()),
            (self.env._("What you may decide"), self._prepare_copy_wishes()),
            (self.env._("What was said"), self._prepare_copy_points()),
            (self.env._("Reasons and summary"), self._prepare_copy_reasons()),
        ]
        return [
            self.departure_id._make_section(name, items) for name, items in sections
        ]

    def _prepare_copy_facts(self):
        env = self.env
        departure = self.departure_id
        people = (self.interviewer_id, self.outside_interviewer_id)
        return [
            (env._("State"), self._get_label("state")),
            (env._("Your answer was given on"), self._say_time(self.answered_datetime)),
            (env._("Ask again on"), departure._get_long_day(self.later_date)),
            (env._("How"), self._get_label("form")),
            (env._("Planned"), self._say_time(self.start_datetime)),
            (env._("With"), ", ".join(person.name for person in people if person)),
            (env._("Took place on"), departure._get_long_day(self.held_date)),
        ]

    def _prepare_copy_wishes(self):
        env = self.env
        return [
            (env._("May your manager see a summary"), self._get_label("share_choice")),
            (
                env._("May we ask again after three months"),
                env._("Yes") if self.second_opt_in else env._("No"),
            ),
            (env._("E-mail address for that"), self.second_email),
            (env._("E-mail address for the conversation"), self.contact_email),
        ]

    def _prepare_copy_points(self):
        """Return what was said, point by point: who wrote it, the text, its theme."""
        env = self.env
        items = []
        for point in self.point_ids:
            # What an interviewer only prepared was not said by anybody.
            if not point.answer and not point.is_blanked:
                continue
            label = point.question or self._get_copy_label(point)
            text = point.answer or env._("This text was taken out by HR.")
            if point.theme_id or point.reason_id:
                names = [point.theme_id.name, point.reason_id.name]
                theme = ", ".join(filter(None, names))
                text = env._("%(text)s (theme: %(theme)s)", text=text, theme=theme)
            items.append((label, text))
        return items

    def _prepare_copy_reasons(self):
        env = self.env
        return [
            (env._("Main reason, as you said it"), self.main_reason_id.name),
            (
                env._("Other reasons, as you said them"),
                ", ".join(self.reason_ids.mapped("name")),
            ),
            (env._("Summary, as read back to you"), self.summary),
        ]

    def _get_label(self, name):
        """Return the word for a choice, in the reader's language."""
        return dict(self._fields[name]._description_selection(self.env)).get(self[name])

    def _get_copy_label(self, point):
        if point.is_by_leaver:
            return self.env._("You wrote")
        return self.env._("Noted in the conversation")

    def _prepare_page_values(self):
        """Return what the page shows of one conversation, or of none.

        :return: dict of values for the template ``hr_exit_interview.exit_page``
        """
        if not self:
            return {"interview_state": False, "appointment": False}
        self.ensure_one()
        return {
            "interview_state": self.state,
            "status_text": self._get_page_status(),
            "is_readonly": self.state == "closed",
            "can_answer": self.state in ANSWERABLE,
            "answer": self._get_answer(),
            "answer_choices": self._prepare_page_choices(),
            "later_date": fields.Date.to_string(self.later_date),
            "today": fields.Date.to_string(fields.Date.context_today(self)),
            **self._prepare_page_plan(),
            **self._prepare_page_points(),
            **self._prepare_page_wishes(),
        }

    def _prepare_page_choices(self):
        """Return the three answers, none of which is the expected one."""
        return [
            {
                "code": "accepted",
                "label": self.env._("Yes, I would like to talk"),
                "hint": self.env._("You choose how, with whom and when."),
            },
            {
                "code": "later",
                "label": self.env._("I will decide later"),
                "hint": self.env._("Nothing is planned meanwhile."),
            },
            {
                "code": "declined",
                "label": self.env._("No, thank you"),
                "hint": self.env._("You need not say why. No more reminders."),
            },
        ]

    def _get_page_status(self):
        """Return where the conversation stands, in a sentence for the leaver."""
        if self.state == "held":
            return self._get_held_text()
        if self.state == "closed":
            return self.env._(
                "The conversation is over and has been written down. This page stays "
                "readable, so that you know what is kept. Thank you for taking the "
                "time."
            )
        if self.state == "declined":
            return self.env._(
                "You would rather not talk. That is fine: you will hear no more about "
                "it. Should you change your mind, then you can say so here."
            )
        if self.state == "no_show":
            return self.env._(
                "We missed each other. That can happen: if you still feel like it, "
                "choose another moment."
            )
        if self.state == "expired":
            return self.env._(
                "We did not hear from you, and that is fine. You can still answer, as "
                "long as this page works."
            )
        if self.state == "accepted":
            return self._get_accepted_text()
        if self._get_answer() == "later":
            return self.env._("You want to decide later. There is no hurry.")
        return ""

    def _get_accepted_text(self):
        if not self.interviewer_id:
            return self.env._(
                "Good that you want to talk. Choose below how and when it suits you."
            )
        return self.env._(
            "Good that you want to talk. %(name)s contacts you about the moment, or "
            "choose one below.",
            name=self.interviewer_id.name,
        )

    def _get_held_text(self):
        if not self.held_date:
            return self.env._(
                "The conversation has taken place. Thank you for taking the time."
            )
        return self.env._(
            "The conversation took place on %(day)s. Thank you for taking the time.",
            day=self.departure_id._get_long_day(self.held_date),
        )

    def _prepare_page_wishes(self):
        return {
            "share_choice": self.share_choice,
            "share_choices": self._fields["share_choice"]._description_selection(
                self.env
            ),
            "asks_second": not self.is_second,
            "second_opt_in": self.second_opt_in,
            "second_email": self.second_email or "",
        }

    def _save_page_wishes(self, share_choice, second_opt_in, second_email):
        """Save what may be done with what was said; consent can always be taken back.

        :param str share_choice: a code, or False to leave it as it is
        :param bool second_opt_in: a few questions after three months
        :param str second_email: the private address for that, or False
        """
        values = {
            "second_opt_in": second_opt_in,
            # Not asked again, so there is nothing to use the address for.
            "second_email": second_opt_in and second_email,
        }
        if share_choice:
            values["share_choice"] = share_choice
        self.write(values)

    def _prepare_page_plan(self):
        """Return the choices of form, person and time slot."""
        can_plan = self.state in LEAVER_PLANS_IN_STATES
        return {
            "can_plan": can_plan,
            "appointment": self._prepare_page_appointment(),
            "forms": self._fields["form"]._description_selection(self.env),
            "form": self.form,
            "contact_email": self.contact_email or "",
            "interviewers": self._prepare_page_interviewers() if can_plan else [],
        }

    def _prepare_page_interviewers(self):
        """Return each person to talk with, and when that is possible."""
        slots = self._get_free_slots()
        return [
            {
                "name": user.name or self.outside_interviewer_id.name,
                "other": f"other-{user.id or 0}",
                "slots": [
                    {
                        "value": f"{slot['start']:{SLOT_FORMAT}}-{user.id or 0}",
                        "label": self._get_moment(slot["start"], slot["stop"]),
                    }
                    for slot in slots
                    if slot["interviewer"] == user
                ],
            }
            for user in self._get_choosable_interviewers()
        ]

    def _get_moment(self, start, stop):
        """Return a time slot in the leaver's language and time zone.

        :param datetime start: naive UTC
        :param datetime stop: naive UTC
        """
        zone = self.departure_id._get_leaver_tz()
        return self.env._(
            "%(day)s, %(start)s to %(stop)s",
            day=format_datetime(self.env, start, zone, self._get_day_format()),
            start=format_time(self.env, start, zone, "short"),
            stop=format_time(self.env, stop, zone, "short"),
        )

    def _prepare_page_appointment(self):
        """Return what is planned: when, with whom, how and where; False without."""
        if self.state != "scheduled" or not self.start_datetime:
            return False  # also for no conversation at all
        interviewer = self.interviewer_id.name or self.outside_interviewer_id.name
        forms = dict(self._fields["form"]._description_selection(self.env))
        return {
            "moment": self._get_moment(self.start_datetime, self.stop_datetime),
            "interviewer": interviewer,
            "form": forms.get(self.form),
            "location": self.location,
            "video_url": self.video_url,
        }

    def _get_page_ics(self):
        """Return the calendar file of what is planned; empty if nothing is planned."""
        return self._get_ics() if self._prepare_page_appointment() else b""

    def _save_page_plan(self, values, slot):
        """Save how the leaver wants to talk and, when chosen, plan the time slot.

        :param dict values: any of ``form`` and ``contact_email``
        :param str slot: as in :meth:`_prepare_page_interviewers`, "cancel" or ""
        :raises UserError: the time slot is taken, or no choice of this page
        """
        self.ensure_one()
        self._check_answerable()
        self.write(values)
        if self._get_answer() != "accepted":
            self._record_answer("accepted")
        if slot == "cancel" or self.form in FORMS_WITHOUT_MOMENT:
            self._release_slot()
        elif slot:
            self._save_page_slot(slot)

    def _save_page_slot(self, slot):
        start, interviewer = self._parse_page_slot(slot)
        if not start:
            self._release_slot()
            self.interviewer_id = interviewer
        elif not self._is_page_slot_booked(start, interviewer):
            self._book_slot(start, interviewer)

    def _is_page_slot_booked(self, start, interviewer):
        """Tell whether the same form was sent before."""
        booked = (self.state, self.start_datetime, self.interviewer_id)
        return booked == ("scheduled", start, interviewer)

    def _parse_page_slot(self, slot):
        """Return the start (naive UTC; None for another one) and the person.

        :raises UserError: not one of the choices of this page
        """
        found = SLOT_PATTERN.fullmatch(slot)
        try:
            is_other = found["moment"] == "other"
            start = (
                None if is_other else datetime.strptime(found["moment"], SLOT_FORMAT)
            )
            people = {user.id or 0: user for user in self._get_choosable_interviewers()}
            return start, people[int(found["user"])]
        except (KeyError, TypeError, ValueError):
            raise UserError(
                self.env._("Choose one of the moments on this page.")
            ) from None

    def _get_page_points(self):
        """Return what the leaver wrote on the page, in its order."""
        return self.point_ids.filtered(
            lambda point: point.kind == "leaver" and point.is_by_leaver
        ).sorted(lambda point: (point.sequence, point.id))

    def _prepare_page_points(self):
        """Return the points as the page shows them, and a name for one more."""
        return {
            "points": [
                {
                    "uid": point.client_uid,
                    "text": point.answer or "",
                    "is_blanked": point.is_blanked,
                }
                for point in self._get_page_points()
            ],
            "new_uid": secrets.token_urlsafe(12),
            "save_words": self._get_page_save_words(),
        }

    def _get_page_save_words(self):
        """Return what the page says while it saves automatically."""
        return {
            "saving": self.env._("Saving…"),
            "saved": self.env._("Saved"),
            "unsaved": self.env._("Not saved yet"),
            "offline": self.env._(
                "No connection. Your text is still here and is saved as soon as the "
                "connection is back."
            ),
            "lost": self.env._(
                "This could not be saved: the page was closed or its link expired. "
                "Copy your text, then open your link again."
            ),
        }

    def _save_page_points(self, texts):
        """Save points as the leaver typed them; sending them again changes nothing.

        Two windows may have the same point open: their texts are merged, so that no
        word of either is lost. Emptying a point takes it away.

        :param dict texts: {uid of the page: (text it started from, text now)}
        :return: dict {uid: text as it is kept}
        :raises UserError: closed, or too many points
        """
        self.ensure_one()
        self._check_page_open()
        points = {point.client_uid: point for point in self._get_page_points()}
        self._check_page_points(points, texts)
        kept = {}
        for uid, (base, text) in texts.items():
            point = points.get(uid, self.env["hr.exit.interview.point"])
            kept[uid] = self._save_page_point(point, uid, base, text)
        return kept

    def _save_page_point(self, point, uid, base, text):
        if point:
            text = point._merge_text(
                "answer", {"answer": text, "base": {"answer": base}}
            )
        if not text:
            point.unlink()
        elif not point:
            self._create_page_point(uid, text)
        elif text != point.answer:
            point.answer = text
        return text

    def _create_page_point(self, uid, text, kind="leaver"):
        values = {
            "interview_id": self.id,
            "client_uid": uid,
            "kind": kind,
            "is_by_leaver": True,
            "answer": text,
        }
        try:
            self.env["hr.exit.interview.point"].create(values)
        except UniqueViolation as error:
            # Sent twice at the same time: tried again, it finds what the other saved.
            raise ConcurrencyError(str(error)) from error

    def _check_page_open(self):
        if self.state in ("closed", "cancelled"):
            raise UserError(
                self.env._(
                    "The conversation is over, so nothing more is added to it. What "
                    "you still want to say can be sent to HR."
                )
            )

    def _check_page_points(self, points, texts):
        new = [uid for uid, (_base, text) in texts.items() if text]
        if len(points.keys() | set(new)) > MAX_POINTS:
            raise UserError(
                self.env._(
                    "There is room for %(limit)s points. Put some of them together.",
                    limit=MAX_POINTS,
                )
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
        """Tell whether messages are exchanged: a written form, and not over."""
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
        """Return a message as a page shows it."""
        return {
            "id": point.id,
            "is_by_leaver": point.is_by_leaver,
            "is_blanked": point.is_blanked,
            "text": point.answer or "",
            "moment": format_datetime(self.env, point.create_date, zone, "short"),
        }

    def _prepare_thread(self, zone):
        """Return the messages, oldest first, and whether one can be added.

        :param str zone: time zone of the reader
        :return: dict with ``messages`` and ``is_open``
        """
        return {
            "messages": [self._prepare_message(p, zone) for p in self._get_messages()],
            "is_open": self._is_thread_open(),
        }
