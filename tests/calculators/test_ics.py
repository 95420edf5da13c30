from datetime import datetime

from odoo.addons.hr_exit_interview.lib.planning.ics import make_ics

EVENT = {
    "uid": "0f0e",
    "sequence": 2,
    "stamp": datetime(2026, 3, 10, 9, 5, 7),
    "start": datetime(2026, 3, 31, 8, 0),
    "stop": datetime(2026, 3, 31, 9, 0),
    "summary": "Gesprek, vertrouwelijk",
    "location": "Kamer 3; links\nachter de kas",
    "organizer": ('Poldertuin "de kas"', "hr@poldertuin.example.com"),
    "attendee": ("Joost", "joost.visser@example.net"),
    "is_cancelled": False,
}


def test_invitation():
    """What RFC 5545 asks: UTC, escaped text, lines that end in CRLF."""
    text = make_ics(EVENT).decode()
    assert text.replace("\r\n", "").isprintable()
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    assert {line for line in lines if not line.startswith("PRODID:")} == {
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:0f0e",
        "SEQUENCE:2",
        "DTSTAMP:20260310T090507Z",
        "DTSTART:20260331T080000Z",
        "DTEND:20260331T090000Z",
        "SUMMARY:Gesprek\\, vertrouwelijk",
        "LOCATION:Kamer 3\\; links\\nachter de kas",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "ORGANIZER;CN=Poldertuin 'de kas':mailto:hr@poldertuin.example.com",
        "ATTENDEE;CN=Joost;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:joost.visser@example.net",
        "END:VEVENT",
        "END:VCALENDAR",
    }


def test_cancellation():
    """The same appointment taken out of the calendar again."""
    text = make_ics({**EVENT, "is_cancelled": True, "location": ""}).decode()
    assert "METHOD:CANCEL\r\n" in text
    assert "STATUS:CANCELLED\r\n" in text
    assert "LOCATION" not in text


def test_long_lines_are_cut_between_characters():
    """At most 75 octets a line, whatever the script; unfolded it is the same."""
    text = make_ics({**EVENT, "summary": "é" * 100})
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert "é" * 100 in text.decode().replace("\r\n ", "")


def test_a_name_cannot_add_lines():
    """Line ends in a name do not become lines of the file."""
    text = make_ics({**EVENT, "attendee": ("A\r\nX-EVIL:1", "a@example.net")}).decode()
    assert "\r\nX-EVIL" not in text
