"""A calendar file for one appointment (RFC 5545, RFC 5546), without ORM."""

import pytz
import vobject


def make_ics(event):
    """Return the calendar file of one appointment.

    The same ``uid`` with a higher ``sequence`` replaces what was sent before; with
    ``is_cancelled`` it takes the appointment out of the calendar again.

    :param dict event: ``uid``, ``sequence``, ``stamp``, ``start`` and ``stop`` (naive
        UTC), ``summary``, ``organizer`` and ``attendee`` as (name, e-mail address),
        ``is_cancelled``, and ``location`` or ""
    :return: bytes in UTF-8
    """
    is_cancelled = event["is_cancelled"]
    calendar = vobject.iCalendar()
    calendar.add("method").value = "CANCEL" if is_cancelled else "REQUEST"
    vevent = calendar.add("vevent")
    vevent.add("uid").value = event["uid"]
    vevent.add("sequence").value = str(event["sequence"])
    vevent.add("dtstamp").value = event["stamp"].replace(tzinfo=pytz.utc)
    vevent.add("dtstart").value = event["start"].replace(tzinfo=pytz.utc)
    vevent.add("dtend").value = event["stop"].replace(tzinfo=pytz.utc)
    vevent.add("summary").value = event["summary"]
    if event["location"]:
        vevent.add("location").value = event["location"]
    vevent.add("status").value = "CANCELLED" if is_cancelled else "CONFIRMED"
    vevent.add("class").value = "PRIVATE"
    _add_person(vevent, "organizer", *event["organizer"])
    attendee = _add_person(vevent, "attendee", *event["attendee"])
    attendee.params |= {"PARTSTAT": ["ACCEPTED"], "RSVP": ["FALSE"]}
    return calendar.serialize().encode()


def _add_person(vevent, role, name, email):
    person = vevent.add(role)
    person.value = f"mailto:{email}"
    # A quoted parameter value has no way to write a quote or a line end.
    person.params["CN"] = [" ".join(name.replace('"', "'").split())]
    return person
