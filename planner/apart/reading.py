"""What reads in the child. The other side never loads this module.

Each function has what is asked, and what tells how far it is; each answers what :mod:`planner.apart.kinds` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.apart.questions import CalendarAsked, CardsAsked, ServicesAsked
    from planner.exchange.calendar_read import CalendarFile
    from planner.exchange.cards_read import CardFile
    from planner.exchange.services_read import ServiceFile

Progress = Callable[[int, int], None]


def calendar(asked: CalendarAsked, progress: Progress) -> CalendarFile:
    """The appointments of an .ics file."""
    from planner.exchange.calendar_read import read_calendar

    return read_calendar(asked.content, asked.zone, progress)


def cards(asked: CardsAsked, progress: Progress) -> CardFile:
    """The people of a .vcf file."""
    from planner.exchange.cards_read import read_cards

    return read_cards(asked.content, progress, asked.region)


def services(asked: ServicesAsked, progress: Progress) -> ServiceFile:
    """The places of a list."""
    from planner.exchange.services_read import read_services

    return read_services(asked.content, progress, asked.region)
