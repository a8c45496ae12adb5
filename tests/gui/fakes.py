"""A desk and a session for tests of widgets: nothing behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from planner.session.types import Changed, Person
from planner.session.undoing import Undone
from planner.ui.formats import Formats


class FakeSession:
    """Remembers who listens; can be told that something changed."""

    person = None

    def __init__(self) -> None:
        self.listeners: list[Callable[[Any], None]] = []
        self.undone: list[str] = []
        self.words: str | None = None

    def on_change(self, callback: Callable[[Any], None]) -> Callable[[], None]:
        self.listeners.append(callback)
        return lambda: self.listeners.remove(callback)

    def change(self) -> None:
        for listener in list(self.listeners):
            listener(None)

    def undo_words(self) -> str | None:
        return self.words

    def redo_words(self) -> str | None:
        return None

    def steps_in_last(self, *, again: bool = False) -> int:
        return 1

    def take_back(self, *, again: bool = False) -> Undone:
        self.undone.append(self.words or "")
        return Undone(self.words or "", Changed(""), "", "")

    def tell(self, changed: Changed) -> None:
        self.change()

    def end_step(self) -> None:
        """Nothing is typed here."""

    def find_person(self, _person: str) -> Person:
        return Person("", "Ana")


class FakeDesk:
    """Remembers where pages wanted to go and what they said."""

    def __init__(self, session: Any = None) -> None:
        self.session = session or FakeSession()
        self.formats = Formats("en", "12", date(2026, 3, 12))
        self.gone: list[tuple[str, dict[str, str]]] = []
        self.said: list[tuple[str, bool]] = []
        self.backs = 0

    def go(self, page: str, **where: str) -> None:
        self.gone.append((page, where))

    def back(self) -> None:
        self.backs += 1

    def leave(self) -> bool:
        return True

    def say(self, words: str, undo: bool = False) -> None:
        self.said.append((words, undo))

    def ask(self, dialog: Any) -> None:
        dialog.open()

    def keep(self, work: Callable[[], object]) -> bool:
        work()
        return True

    def busy(self, words: str, work: Callable[[Any], Any], done: Callable[[Any], object], cancel: bool = True) -> None:
        from planner.ui.work import Progress

        done(work(Progress(lambda _done, _of: None)))
