"""Calendars, cards of people and lists of places from files: read in a child, and looked over before they are used.

The child may have been taken over by what it read. So whatever it answers is held here against what our own readers can
say at all: days and rules that can be followed, texts no longer than theirs, no more entries than theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from planner.apart import asking
from planner.apart.asking import CouldNotAsk, ItSays, Progress
from planner.apart.questions import CalendarAsked, CardsAsked, ServicesAsked
from planner.errors import MachineTrouble
from planner.words import _

if TYPE_CHECKING:
    from planner.exchange.calendar_read import CalendarFile, Coming
    from planner.exchange.cards_read import Card, CardFile
    from planner.exchange.services_read import Found, ServiceFile

_OFTEN = 50
_ONE_DAY = timedelta(days=1)


def read_calendar(content: bytes, zone: str, progress: Progress) -> CalendarFile:
    """The appointments of a file. ``zone`` is the viewer's (IANA); ``progress`` may raise to stop.

    Raises:
        NotACalendar: the whole file cannot be read.
    """
    from planner.exchange.calendar_lines import MOST_BYTES, MOST_EVENTS, NotACalendar

    cannot = NotACalendar(
        _("This is not a calendar that can be read here."), _("Calendar files usually end in “.ics”.")
    )
    # A file that is too large is said to be so by our own reader, which looks at nothing else of it then.
    asked = CalendarAsked(content[: MOST_BYTES + 1], zone)
    found: CalendarFile = _asked("calendar", asked, progress, NotACalendar, cannot)
    if len(found.coming) > MOST_EVENTS:
        raise cannot
    for number, each in enumerate(found.coming):
        if number % _OFTEN == 0:
            progress(number, len(found.coming))
        if not _can_come(each):
            raise cannot
    return found


def _can_come(coming: Coming) -> bool:
    from planner.plan.agenda import occurrences
    from planner.plan.clock import day_of, read_wall, zone_named
    from planner.plan.trouble import InvalidRepeat

    try:
        starts = read_wall(coming.starts)
        zone_named(coming.zone)
        times = [text for each in coming.times for text in (each.occurrence, each.new_starts) if text]
        for text in (*filter(None, [coming.recurrence]), *coming.except_starts, *coming.extra_starts, *times):
            read_wall(text)
        if coming.repeat:
            day = day_of(starts)
            occurrences(coming.appointment(), (), day, day + _ONE_DAY, strict=True)
    except InvalidRepeat:
        return False
    return coming.minutes >= 0 and bool(coming.uid)


def read_cards(data: bytes, progress: Progress, region: str) -> CardFile:
    """The people of a file; ``region`` (two letters) is where numbers without a country are from.

    Raises:
        CardTrouble: there is no card in it, or there is too much.
    """
    from planner.exchange.cards_text import MOST_BYTES, MOST_CARDS, CardTrouble

    cannot = CardTrouble(
        _("There are no cards of people in this file."),
        _("Such files usually end in .vcf. A phone or a mail program can make one."),
    )
    found: CardFile = _asked("cards", CardsAsked(data[: MOST_BYTES + 1], region), progress, CardTrouble, cannot)
    numbers = [*(each.number for each in found.cards), *(each.number for each in found.not_understood)]
    if len(numbers) > MOST_CARDS or len(set(numbers)) != len(numbers):
        raise cannot
    if not all(_is_card(each) for each in found.cards) or any(each < 0 for each in found.left_out.values()):
        raise cannot
    return found


def _is_card(card: Card) -> bool:
    from planner.exchange.cards_read import MOST_ENTRIES, MOST_NAME, MOST_NOTE

    lines = (card.name, card.organisation, card.role, card.uid, *card.emails, *card.languages)
    phones = [text for each in card.phones for text in (each.number, each.label)]
    lists = (card.phones, card.emails, card.languages)
    short = all(len(each) <= 2 * MOST_NAME and "\n" not in each for each in (*lines, *phones))
    return short and len(card.note) <= MOST_NOTE and all(len(each) <= MOST_ENTRIES for each in lists)


def read_services(data: bytes, progress: Progress, region: str) -> ServiceFile:
    """The places of a list; ``region`` as for cards.

    Raises:
        ServiceTrouble: damaged, hostile, too large, or there is no place in it.
    """
    from planner.exchange.services_files import MOST_BYTES, ServiceTrouble, damaged
    from planner.exchange.services_read import MOST_SERVICES

    asked = ServicesAsked(data[: MOST_BYTES + 1], region)
    found: ServiceFile = _asked("services", asked, progress, ServiceTrouble, damaged())
    numbers = [*(each.number for each in found.found), *(each.number for each in found.left_out)]
    if len(numbers) > MOST_SERVICES or len(set(numbers)) != len(numbers):
        raise damaged()
    if found.formulas < 0 or any(len(each.name) > 1000 for each in found.left_out):
        raise damaged()
    return replace(found, found=tuple(_cleaned(each) for each in found.found))


def _cleaned(found: Found) -> Found:
    from planner.packs.services import own_service

    return replace(found, entry=own_service(asdict(found.entry), origin=found.entry.origin[:300]))


def _asked(
    kind: str,
    question: object,
    progress: Progress,
    trouble: Callable[[str, str], MachineTrouble],
    cannot: MachineTrouble,
) -> Any:
    try:
        return asking.ask(kind, question, progress)
    except ItSays as said:
        raise trouble(said.wrong.sentence, said.wrong.what_next) from None
    except CouldNotAsk:
        raise cannot from None
