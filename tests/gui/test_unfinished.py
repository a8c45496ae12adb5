"""An unfinished sentence is there after unlocking, from every field of every page and dialog; a secret is not."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import planner.ui
from planner.ui.kit import fields
from tests.gui.unfinished import (
    NUMBER,
    PLACES,
    SENTENCE,
    Desk,
    Notebooks,
    Place,
    is_covered,
    text_of,
    type_over,
)

SECRETS = (
    Place("settings", ("*Change the passphrase",)),
    Place("settings", ("*Make a spare key",)),
    Place("settings", ("*Passphrases of a team", "Add a passphrase"), others=True),
    Place("settings", ("*Change the passphrase", "Use shares instead")),
)
"""Where something is typed that opens the notebook."""

LEAVES_WITH_A_FILE = (
    Place("calendar", ("Save as a calendar file", "Choose a place")),
    Place("people", ("Save as a card", "Choose a place")),
)
"""The name of a file is remembered nowhere, on purpose: it belongs to what leaves."""


ELSEWHERE = {
    "lock_screen": "before a notebook is open",
    "settings_name": "the program's own name, saved outside the notebook when the field is left",
    "header": "tested through the page of what was found",
    "stops": "before there is a notebook",
    "repeat_fields": "a number, and a day that a repeat ends: tests of the appointment",
    "papers_open": "the name of a picture, saved as it is typed: tests of papers",
    "people_list": "what the list of many is narrowed to: as on the page of everyone",
    "safety": "the name of a page that has lines, saved as it is typed: tests of that page",
    "form_answers": "each answer is a row as it is typed (tests of forms)",
    "proposal_card": "what a form puts forward stays as the form left it (tests of forms)",
    "note_editor": "tested through the page of notes",
    "switcher": "a list that is open only while one looks for a name in it",
    "appointment_fields": "tested through the page of one appointment",
}
"""Beginnings of the names of modules that make fields which are not gone to here, and why."""

MAKES_A_FIELD = re.compile(r"\b(?:Field|PhoneField|TextArea|DateField|TimeField)\(")


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Notebooks:
    return Notebooks(tmp_path_factory.mktemp("unfinished"))


def after_hiding(app: QApplication, data_dir: Path) -> tuple[bytes, str]:
    """What the notebook holds, and what is on the screen when it is open again."""
    again = Desk(app, data_dir)
    held, seen = again.held, again.seen()
    again.end()
    return held, seen


def typed_and_hidden(app: QApplication, data_dir: Path, place: Place, which: int) -> str:
    """Go there, type into one field, and press what takes everything away; what was typed."""
    desk = Desk(app, data_dir)
    desk.go(place)
    typed = type_over([each for each in desk.fields() if not is_covered(each)][which], SENTENCE)
    assert SENTENCE in typed or NUMBER in typed
    desk.program.lock(hide=True)
    desk.end()
    return typed


def how_many(app: QApplication, notebooks: Notebooks, place: Place) -> int:
    with notebooks.copied(place) as data_dir:
        desk = Desk(app, data_dir)
        desk.go(place)
        found = [each for each in desk.fields() if not is_covered(each)]
        desk.end()
    assert found, "nothing can be typed there"
    return len(found)


def check(app: QApplication, notebooks: Notebooks, place: Place, which: int) -> None:
    with notebooks.copied(place) as data_dir:
        typed = typed_and_hidden(app, data_dir, place, which)
        held, seen = after_hiding(app, data_dir)
        assert typed.encode() in held, "it is in a record or in a draft"
        assert typed in seen, "it is where she left it"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_what_was_being_typed_is_there_again(place: Place, qapp: QApplication, notebooks: Notebooks) -> None:
    """The last field of each place; every field of each in the slow run."""
    check(qapp, notebooks, place, -1)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_whatever_field_it_was(place: Place, qapp: QApplication, notebooks: Notebooks) -> None:
    for which in range(how_many(qapp, notebooks, place)):
        check(qapp, notebooks, place, which)


def test_words_that_are_nowhere_would_be_missed(qapp: QApplication, notebooks: Notebooks) -> None:
    place = Place("plan", ("Add a goal",))
    with notebooks.copied(place) as data_dir:
        typed = typed_and_hidden(qapp, data_dir, place, 0)
        held, seen = after_hiding(qapp, data_dir)
        assert typed.encode() in held
        assert typed in seen
        assert b"Words nobody typed" not in held
        desk = Desk(qapp, data_dir)
        desk.go(Place("today"))
        assert typed not in desk.seen(), "another page does not show it"
        desk.end()


@pytest.mark.slow
def test_every_module_that_makes_a_field_is_gone_to(
    qapp: QApplication, notebooks: Notebooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    ui = Path(planner.ui.__file__).parent
    making = {
        each.stem for each in ui.rglob("*.py") if each.parent.name != "kit" and MAKES_A_FIELD.search(each.read_text())
    }
    made: dict[int, str] = {}

    def noting(plain: Callable[..., None]) -> Callable[..., None]:
        def made_here(field: QWidget, *given: object, **named: object) -> None:
            frame = sys._getframe(1)
            while frame.f_back is not None and "/kit/" in frame.f_code.co_filename:
                frame = frame.f_back
            made[id(field)] = Path(frame.f_code.co_filename).stem
            plain(field, *given, **named)

        return made_here

    monkeypatch.setattr(fields.Field, "__init__", noting(fields.Field.__init__))
    monkeypatch.setattr(fields._Paper, "__init__", noting(fields._Paper.__init__))
    gone_to: set[str] = set()
    for place in (*PLACES, *SECRETS, *LEAVES_WITH_A_FILE):
        with notebooks.copied(place) as data_dir:
            made.clear()
            desk = Desk(qapp, data_dir)
            desk.go(place)
            gone_to |= {made[id(each)] for each in desk.fields() if id(each) in made}
            desk.end()
    left = {each for each in making - gone_to if not each.startswith(tuple(ELSEWHERE))}
    assert not left, left


@pytest.mark.parametrize("place", [*SECRETS, *LEAVES_WITH_A_FILE], ids=lambda place: place.name)
def test_what_opens_something_is_not_kept(place: Place, qapp: QApplication, notebooks: Notebooks) -> None:
    kept_out = 0
    with notebooks.copied(place) as data_dir:
        desk = Desk(qapp, data_dir)
        desk.go(place)
        number = len(desk.fields())
        desk.end()
    for which in range(number):
        with notebooks.copied(place) as data_dir:
            desk = Desk(qapp, data_dir)
            desk.go(place)
            field = desk.fields()[which]
            if getattr(field, "is_kept", True):
                desk.end()
                continue
            typed = type_over(field, SENTENCE.replace(" ", ""))
            assert text_of(field) == typed != ""
            desk.program.lock(hide=True)
            desk.end()
            held, seen = after_hiding(qapp, data_dir)
            assert typed.encode() not in held
            assert typed not in seen
            kept_out += 1
    assert kept_out
