"""A calendar and a file of cards as they might come from a phone; nobody in them exists."""

from __future__ import annotations

from planner.tour.made_up import Said

_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Made up//EN
BEGIN:VEVENT
UID:made-up-1
DTSTAMP:20260301T120000Z
DTSTART;TZID=America/New_York:20260318T161500
DURATION:PT45M
SUMMARY:{dentist}
LOCATION:{place}
END:VEVENT
BEGIN:VEVENT
UID:made-up-2
DTSTAMP:20260301T120000Z
DTSTART;TZID=America/New_York:20260319T180000
DTEND;TZID=America/New_York:20260319T193000
RRULE:FREQ=WEEKLY;COUNT=8
EXDATE;TZID=America/New_York:20260402T180000
SUMMARY:{choir}
END:VEVENT
BEGIN:VEVENT
UID:made-up-3
DTSTAMP:20260301T120000Z
DTSTART;VALUE=DATE:20260327
SUMMARY:{holiday}
END:VEVENT
BEGIN:VEVENT
UID:made-up-4
DTSTAMP:20260301T120000Z
SUMMARY:{lost}
END:VEVENT
END:VCALENDAR
"""

_CARDS = """BEGIN:VCARD
VERSION:4.0
FN:{friend}
TEL;TYPE=cell:{friend_phone}
EMAIL:maya@example.org
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Okafor;Ngozi;;;
FN:Ngozi Okafor
ORG:{line_name}
TEL;TYPE=WORK,VOICE:555 010 0143
PHOTO;ENCODING=b;TYPE=JPEG:AAAA
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Lima;Teresa;;;
FN:Teresa Lima
TEL;TYPE=CELL:555 010 0155
EMAIL;TYPE=INTERNET:teresa@example.org
END:VCARD
"""

_EVENTS = {
    "en": {
        "dentist": "Dentist",
        "place": "Elm Street 4",
        "choir": "Choir",
        "holiday": "Library is shut",
        "lost": "Bake sale",
    },
    "es": {
        "dentist": "Dentista",
        "place": "Calle Elm 4",
        "choir": "Coro",
        "holiday": "La biblioteca cierra",
        "lost": "Venta de pan",
    },
}


def calendar_file(_said: Said) -> bytes:
    """Four events: once, every week without one, all day, and one without a day."""
    from planner.words import language

    return _CALENDAR.format(**_EVENTS.get(language(), _EVENTS["en"])).replace("\n", "\r\n").encode()


def cards_file(said: Said) -> bytes:
    """Three cards: one of somebody who is here already, one with a photo, one in the older form."""
    words = {"friend": said.friend, "friend_phone": said.friend_phone, "line_name": said.line_name}
    return _CARDS.format(**words).replace("\n", "\r\n").encode()
