"""Real notebooks on disk, and the window in which one is open: fixtures for every test of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from planner.keys import Cost
from planner.plan.records import Record
from planner.sample import fill_for_me, fill_with_others
from planner.session import Mode, Session
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.formats import Formats
from planner.ui.open_notebook import OpenNotebook
from planner.ui.page import Page
from planner.ui.theme import theme
from planner.ui.window import Window

TODAY = date(2026, 3, 12)
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
PASSPHRASE = "paper boat on a quiet river"

OpenSession = Callable[..., Session]
ShowNotebook = Callable[..., OpenNotebook]
Shown = TypeVar("Shown", bound=Page)


class PageWith(Protocol):
    """As :func:`page_with` makes it."""

    def __call__(self, kind: type[Shown], *records: Record, language: str = "en", **look: object) -> Shown:
        """The page; ``look`` as for ``show_notebook``."""


@pytest.fixture
def open_session(tmp_path: Path) -> Iterator[OpenSession]:
    """``open_session(what="me", language="en")`` opens a real notebook on disk, on March 12, 2026, at noon UTC.

    ``what`` is "empty" (for me, nothing in it), "me" (Ana's own, made up), "others" (Miriam with five people) or
    "nobody" (with others, nobody there yet).
    """
    opened: list[Session] = []

    def start(what: str = "me", language: str = "en") -> Session:
        notebook = Notebook.create(tmp_path / f"data{len(opened)}", PASSPHRASE, "Notes", Cost())
        if what == "me":
            fill_for_me(notebook.store, language, TODAY, "UTC")
        elif what == "others":
            fill_with_others(notebook.store, language, TODAY, "UTC")
        session = Session(notebook, clock=lambda: NOON, zone="UTC")
        if what in ("empty", "nobody"):
            session.set_up(Mode.FOR_ME if what == "empty" else Mode.WITH_OTHERS, "Ana" if what == "empty" else "Miriam")
        opened.append(session)
        return session

    yield start
    for session in opened:
        session.notebook.close()


@pytest.fixture
def show_notebook(qtbot: QtBot, tmp_path: Path) -> Iterator[ShowNotebook]:
    """``show_notebook(session, "plan", width=1366, height=768, language="en", scale=1.0, look="light")``.

    The notebook is on the screen, in the active window, with that page open.
    """
    windows: list[tuple[Window, OpenNotebook]] = []

    def show(
        session: Session,
        page: str = "today",
        *,
        width: int = 1366,
        height: int = 768,
        language: str = "en",
        scale: float = 1.0,
        look: str = "light",
    ) -> OpenNotebook:
        theme.apply(look, scale, language)
        window = Window()
        qtbot.addWidget(window)
        notebook = OpenNotebook(session, Formats(language, "12", TODAY), Local.read(tmp_path))
        window.show_screen(notebook)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        notebook.go(page)
        windows.append((window, notebook))
        return notebook

    yield show
    for window, notebook in windows:
        notebook.close_down()
        window.close()


@pytest.fixture
def page_with(open_session: OpenSession, show_notebook: ShowNotebook) -> PageWith:
    """``page_with(ScoresPage, *records)``: that page on the screen, of a notebook for me that holds these records."""

    def start(kind: type[Shown], *records: Record, language: str = "en", **look: object) -> Shown:
        session = open_session("empty", language)
        notebook = show_notebook(session, "today", language=language, **look)
        assert session.person is not None
        with session.edit(session.person.id, "Add") as edit:
            for each in records:
                edit.add(each)
        notebook.go(kind.name)
        found = notebook.page(kind.name)
        assert isinstance(found, kind)
        return found

    return start
