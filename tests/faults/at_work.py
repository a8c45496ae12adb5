"""A session at work, for a disk that lets it down once.

Run as a program: ``at_work.py DATA_FOLDER``; the passphrase is the first line of standard input. Before each action it
says what the notebook will hold if that succeeds, after it that it is saved, or that the machine was in the way. What
is said goes out through ``writev``, a call that nothing of the program uses, so that no fault meant for the disk hits
it. Any other exception ends the process with a traceback: a mistake of ours. A hash stands in for Argon2id, which
writes nothing, so that more faults fit into an hour.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from planner.errors import MachineTrouble
from planner.keys import cost as derivation
from planner.plan.records import Goal, Step
from planner.session import Session
from planner.store.folders import find_stores
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.store.rows import FillingRow
from tests.few_derivations import quick

BEGINNING = datetime(2026, 3, 12, 12, tzinfo=UTC)
NEW_PASSPHRASE = "seven lamps along the wall"


@dataclass(frozen=True)
class Held:
    """What the notebook holds as far as this test looks: titles by id, facts, half-typed words, what opens it."""

    titles: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    draft: str = ""
    filling: str = ""
    secret: str = ""

    def plain(self) -> dict[str, Any]:
        return {
            "titles": self.titles,
            "notes": list(self.notes),
            "draft": self.draft,
            "filling": self.filling,
            "secret": self.secret,
        }


def say(**words: Any) -> None:
    os.writev(1, [json.dumps(words).encode() + b"\n"])


class Work:
    """``hours`` pass between the actions, so that a safety copy is due now and then."""

    def __init__(self, data: Path, secret: str) -> None:
        self.data = data
        self.time = BEGINNING
        self.held = Held(secret=secret)
        self.session: Session | None = None

    def now(self) -> datetime:
        return self.time

    @property
    def open(self) -> Session:
        assert self.session is not None
        return self.session

    def do(self, words: str, action: Callable[[], object], held: Held | None = None) -> bool:
        """Do one thing; ``held`` is what the notebook holds afterwards, when that is something else."""
        after = self.held if held is None else held
        self.time += timedelta(hours=3)
        say(trying=words, held=after.plain())
        try:
            action()
        except MachineTrouble as problem:
            say(trouble=type(problem).__name__)
            return False
        self.held = after
        say(saved=words)
        return True

    # ------------------------------------------------------------ the actions

    def enter(self) -> None:
        (found,) = find_stores(self.data)
        notebook = Notebook.open(found.folder, self.held.secret)
        try:
            self.session = Session(notebook, clock=self.now, zone="UTC")
        except BaseException:
            notebook.close()
            raise

    def leave(self) -> None:
        session, self.session = self.open, None
        session.lock()

    def person(self) -> str:
        return self.open.people()[0].id

    def add(self, title: str) -> bool:
        goal, step = Goal(title=title), Step(title=f"first step of {title}")
        titles = self.held.titles | {goal.id: goal.title, step.id: step.title}

        def action() -> None:
            with self.open.edit(self.person(), "add a goal") as edit:
                edit.add(goal)
                edit.add(replace(step, goal=goal.id))

        return self.do("add", action, replace(self.held, titles=titles))

    def change(self, title: str) -> bool:
        goal = next(iter(self.held.titles), None)
        if goal is None:
            return False

        def action() -> None:
            with self.open.edit(self.person(), "change a goal") as edit:
                edit.change(goal, title=title)

        return self.do("change", action, replace(self.held, titles=self.held.titles | {goal: title}))

    def remove(self) -> bool:
        gone = next(reversed(self.held.titles), None)
        if gone is None:
            return False

        def action() -> None:
            with self.open.edit(self.person(), "take a step away") as edit:
                edit.remove(gone)

        titles = {each: title for each, title in self.held.titles.items() if each != gone}
        return self.do("remove", action, replace(self.held, titles=titles))

    def put_back(self, titles: dict[str, str]) -> bool:
        return self.do("undo", self.open.undo, replace(self.held, titles=titles))

    def note(self, facts: str) -> bool:
        def action() -> None:
            self.open.notes.add(
                self.person(), when=self.open.today(), kind="call", minutes=10, who="", facts=facts, agreed=""
            )

        return self.do("note", action, replace(self.held, notes=(*self.held.notes, facts)))

    def draft(self, words: str) -> bool:
        return self.do(
            "draft",
            lambda: self.open.keep_draft("plan", {"text": words}, self.person()),
            replace(self.held, draft=words),
        )

    def answer(self, words: str) -> bool:
        at = self.open.stamp()
        row = FillingRow(
            id="filling",
            person=self.person(),
            form="first-steps",
            version="1",
            state=words.encode(),
            started=at,
            updated=at,
            finished="",
        )
        return self.do("answer", lambda: self.open.store.save_filling(row), replace(self.held, filling=words))

    def look(self, theme: str) -> bool:
        """What lies outside the store, and may be lost."""
        return self.do("look", lambda: replace(Local.read(self.data), theme=theme).write(self.data))

    def new_passphrase(self, passphrase: str) -> bool:
        return self.do(
            "passphrase",
            lambda: self.open.change_passphrase(self.held.secret, passphrase),
            replace(self.held, secret=passphrase),
        )

    def day(self) -> None:
        """A day's work; what the machine would not do is tried again by nobody."""
        if not self.do("open", self.enter):
            return
        self.add("a room")
        before = self.held.titles
        if self.change("a warm room"):
            self.put_back(before)
        self.note("Called the clinic.")
        self.draft("I was going to wri")
        self.answer("<answers/>")
        self.do("settle", self.open.settle)
        self.look("dark")
        self.add("work")
        self.remove()
        self.do("copy", self.open.backups.make)
        if not self.new_passphrase(NEW_PASSPHRASE) and not self.open.store.is_open:
            # Whether the key was changed is known at the next opening only.
            return
        self.do("spare key", self.open.notebook.add_spare_key)
        self.add("school")
        self.do("copy again", self.open.backups.make)
        self.do("copies away", lambda: self.open.backups.clear(self.open.backups.list()[1:]))
        self.do("lock", self.leave)
        if self.do("open again", self.enter):
            self.change("a warm room")
            self.do("lock again", self.leave)


if __name__ == "__main__":
    derivation.argon2id = quick
    Work(Path(sys.argv[1]), sys.stdin.readline().rstrip("\n")).day()
    say(ended=True)
