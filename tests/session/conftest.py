"""A real notebook on disk, at a fixed hour, opened and locked as the program does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.keys import Cost
from planner.session import Mode, Session
from planner.session.types import Choice, Decision
from planner.store.notebooks import Notebook

PASSPHRASE = "quiet rivers carry small boats"
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ZONE = "America/New_York"


class Kept:
    """A notebook that can be locked and opened again."""

    def __init__(self, data_dir: Path, mode: Mode) -> None:
        notebook = Notebook.create(data_dir, PASSPHRASE, "", Cost())
        self.folder = notebook.folder
        self.now = NOON
        self.session = Session(notebook, clock=lambda: self.now, zone=ZONE)
        self.session.set_up(mode, "Ana" if mode is Mode.FOR_ME else "Ruth")

    def lock_and_open(self) -> Session:
        """Lock, then open in a session of its own."""
        self.session.lock()
        return self.open()

    def open(self) -> Session:
        """Open what is closed, in a session of its own."""
        self.session = Session(Notebook.open(self.folder, PASSPHRASE), clock=lambda: self.now, zone=ZONE)
        return self.session

    @property
    def me(self) -> str:
        """The id of the one person of a notebook for oneself."""
        person = self.session.person
        assert person is not None
        return person.id

    def answer(self, form: str, **answers: str) -> None:
        """Answer questions of a form, and leave it begun."""
        desk = self.session.forms.open(self.me, form)
        for name, words in answers.items():
            desk.filling.answer(name, words)
        desk.save()

    def finish(self, form: str) -> str:
        """Finish what was begun, and take nothing into the plan; the id of the answers."""
        desk = self.session.forms.open(self.me, form)
        proposals = desk.proposals()
        desk.finish(proposals, [Decision(each.origin, Choice.DROP) for each in proposals])
        return self.session.forms.finished(self.me)[0].id


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """A notebook for oneself."""
    made = Kept(tmp_path / "data", Mode.FOR_ME)
    yield made
    made.session.notebook.close()


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Kept]:
    """A notebook for the people somebody works with."""
    made = Kept(tmp_path / "data", Mode.WITH_OTHERS)
    yield made
    made.session.notebook.close()
