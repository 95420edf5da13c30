import re
from datetime import datetime

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, format_time

PLANNABLE = ("accepted", "scheduled", "no_show")
# Written at one's own moment: no appointment is needed.
FORMS_WITHOUT_MOMENT = ("email", "questionnaire")
SLOT_PATTERN = re.compile(r"(?P<moment>\d{8}T\d{4}|other)-(?P<user>\d{1,9})", re.ASCII)
SLOT_FORMAT = "%Y%m%dT%H%M"


class HrExitInterview(models.Model):
    """How, with whom and when, as the leaver chooses; called as superuser."""

    _inherit = "hr.exit.interview"

    def _prepare_page_plan(self):
        """Return the choices of form, person and moment."""
        can_plan = self.state in PLANNABLE
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
        """Return a moment in the leaver's language and time zone.

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
        """The calendar file of what is planned; nothing when there is nothing."""
        return self._get_ics() if self._prepare_page_appointment() else b""

    def _save_page_plan(self, values, slot):
        """Note how the leaver wants to talk and, when chosen, plan the moment.

        :param dict values: any of ``form`` and ``contact_email``
        :param str slot: as in :meth:`_prepare_page_interviewers`, "cancel" or ""
        :raises UserError: the moment is taken, or no choice of this page
        """
        self.ensure_one()
        self._check_answerable()
        self.write(values)
        if self._get_answer() != "accepted":
            self._answer("accepted")
        if slot == "cancel" or self.form in FORMS_WITHOUT_MOMENT:
            self._unbook()
        elif slot:
            self._save_page_slot(slot)

    def _save_page_slot(self, slot):
        start, interviewer = self._parse_page_slot(slot)
        if not start:
            self._unbook()
            self.interviewer_id = interviewer
        elif not self._is_page_slot_booked(start, interviewer):
            self._book(start, interviewer)

    def _is_page_slot_booked(self, start, interviewer):
        """Tell whether the same form was sent before."""
        booked = (self.state, self.start_datetime, self.interviewer_id)
        return booked == ("scheduled", start, interviewer)

    def _parse_page_slot(self, slot):
        """Return the moment (naive UTC; None for another one) and the person.

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
