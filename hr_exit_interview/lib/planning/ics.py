"""A calendar file for one appointment (RFC 5545, RFC 5546): plain text, no ORM."""

LINE_OCTETS = 75


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hr_exit_interview//EN",
        f"METHOD:{'CANCEL' if is_cancelled else 'REQUEST'}",
        "BEGIN:VEVENT",
        f"UID:{event['uid']}",
        f"SEQUENCE:{event['sequence']}",
        f"DTSTAMP:{_utc(event['stamp'])}",
        f"DTSTART:{_utc(event['start'])}",
        f"DTEND:{_utc(event['stop'])}",
        f"SUMMARY:{_text(event['summary'])}",
        *([f"LOCATION:{_text(event['location'])}"] if event["location"] else []),
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        _person("ORGANIZER", *event["organizer"]),
        _person("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE", *event["attendee"]),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line)).encode()


def _utc(moment):
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _text(value):
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        value = value.replace(plain, escaped)
    return "\\n".join(value.splitlines())


def _person(role, name, email):
    # A quoted parameter value has no way to write a quote or a line end.
    quoted = " ".join(name.replace('"', "'").split())
    return f'{role};CN="{quoted}":mailto:{email}'


def _fold(line):
    """Cut a line into parts of at most 75 octets, never inside a character."""
    limit = LINE_OCTETS
    part = ""
    for character in line:
        if len((part + character).encode()) > limit:
            yield part
            part = " "
        part += character
    yield part
