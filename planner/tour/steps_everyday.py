"""Every day with it: the week and the month, the circle, what comes from elsewhere, and taking back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from planner.tour.hand import ALT, Key
from planner.tour.made_up import Said
from planner.tour.made_up_files import calendar_file, cards_file
from planner.tour.stage import Stage
from planner.ui.pages.calendar_import import CalendarImportPage
from planner.ui.pages.cards_import import CardsImportPage
from planner.words import _


def week_and_month(stage: Stage) -> None:
    """The same appointments as a week and as a month; the keyboard goes from day to day."""
    hand = stage.hand
    hand.press(_("Calendar"))
    hand.press(_("Week"))
    hand.hush()
    hand.picture("calendar-week")
    hand.press(_("Month"))
    hand.picture("calendar-month")
    for key in (Key.Key_Down, Key.Key_Right):
        hand.key(key)
    hand.picture("calendar-month-another-day")
    hand.press(_("List"))


def calendar_from_elsewhere(stage: Stage, said: Said) -> None:
    """A calendar file is looked at, and only then brought in."""
    hand = stage.hand
    hand.press(_("Bring in a calendar"))
    hand.picture("calendar-import-empty")
    page = stage.shell.page("calendar-import")
    assert isinstance(page, CalendarImportPage)
    page.read(_file(stage, "calendar.ics", calendar_file(said)))
    hand.wait_for(page.take.isVisible, "what is in the calendar file")
    hand.picture("calendar-import")
    page.take.click()
    hand.wait_for(lambda: stage.shell.current == "calendar", "the calendar")
    hand.picture("calendar-brought-in")
    hand.hush()
    hand.press(_("Undo or redo"))
    hand.picture("undo-menu")
    hand.key(Key.Key_Escape)


def circle(stage: Stage) -> None:
    """People in three rings, and one of them moved closer by the keyboard."""
    hand = stage.hand
    hand.press(_("People"))
    hand.press(_("Circle"))
    hand.hush()
    hand.picture("circle")
    spot = stage.shell.page("people").first_focus()
    assert isinstance(spot, QAbstractButton)
    spot.setFocus()
    hand.key(Key.Key_Up, ALT)
    hand.picture("circle-moved")
    hand.hush()
    hand.press(_("List"))


def people_from_elsewhere(stage: Stage, said: Said) -> None:
    """A file of cards: who is new, who is perhaps here already, side by side."""
    hand = stage.hand
    stage.shell.go("cards-import")
    hand.picture("cards-import-empty")
    page = stage.shell.page("cards-import")
    assert isinstance(page, CardsImportPage)
    page.read(_file(stage, "people.vcf", cards_file(said)))
    hand.wait_for(page.bring.isVisible, "who is in the file")
    hand.picture("cards-import")
    hand.scroll(1)
    hand.picture("cards-import-below")
    page.bring.click()
    hand.wait_for(lambda: stage.shell.current == "people", "the people")
    hand.picture("people-brought-in")
    hand.hush()


def _file(stage: Stage, name: str, content: bytes) -> Path:
    """A file as it comes from elsewhere; it goes with the stage."""
    path = stage.folder.parent / name
    path.write_bytes(content)
    return path
