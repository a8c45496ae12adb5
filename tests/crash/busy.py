"""Works on a store until it is killed, and says every change before it is tried and after it is saved.

Run as a program: ``busy.py FOLDER SEED [--untruthful]``, the raw data key in hex as the first line of standard input
(so that no Argon2 stands in the way of 200 starts). Lines on standard output are JSON: ``{"try": change}`` and
``{"done": n}``. ``--untruthful`` says done without doing; that is how the test shows that it would notice.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, cast

from planner.plan.life import LifeDomain
from planner.plan.records import Goal, new_id
from planner.session.core import Session
from planner.store.store import Store

MOST_GOALS = 30
DOMAINS = (LifeDomain.HOME, LifeDomain.HEALTH, LifeDomain.PAPERS)


class Opened:
    """What a session needs of a notebook, without its keys."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def close(self) -> None:
        self.store.close()


class Busy:
    def __init__(self, folder: Path, key: bytes, seed: int, truthful: bool) -> None:
        self.folder, self.key, self.truthful = folder, key, truthful
        self.dice = random.Random(seed)
        self.session = self.open()
        self.person = self.session.store.people()[0].id
        self.said = 0

    def open(self) -> Session:
        return Session(cast(Any, Opened(Store.open(self.folder, self.key))), zone="UTC")

    @contextmanager
    def telling(self, **change: object) -> Iterator[bool]:
        """Says the change, then that it is saved; yields whether to do it."""
        print(json.dumps({"try": change}), flush=True)
        yield self.truthful
        self.said += 1
        print(json.dumps({"done": self.said}), flush=True)

    def work(self) -> None:
        actions = (self.add, self.change, self.remove, self.move, self.note, self.settle, self.lock, self.undo)
        while True:
            self.dice.choices(actions, weights=(30, 25, 10, 8, 8, 8, 4, 7))[0]()

    def goals(self) -> list[Goal]:
        return self.session.goals(self.person)

    def add(self) -> None:
        if len(self.goals()) >= MOST_GOALS:
            self.remove()
            return
        goal = Goal(title=self.words(), domain=self.dice.choice(DOMAINS), why=self.words())
        with self.telling(what="put", id=goal.id, title=goal.title) as really:
            if really:
                with self.session.edit(self.person, "Add a goal") as edit:
                    edit.add(goal)

    def change(self) -> None:
        if goals := self.goals():
            goal, title = self.dice.choice(goals), self.words()
            with self.telling(what="put", id=goal.id, title=title) as really:
                if really:
                    with self.session.edit(self.person, "Change a goal") as edit:
                        edit.change(goal.id, title=title)

    def move(self) -> None:
        """To another part of life: out of one document and into another, in one edit."""
        if goals := self.goals():
            goal = self.dice.choice(goals)
            with self.telling(what="put", id=goal.id, title=goal.title) as really:
                if really:
                    with self.session.edit(self.person, "Move a goal") as edit:
                        edit.change(goal.id, domain=self.dice.choice(DOMAINS))

    def remove(self) -> None:
        if goals := self.goals():
            goal = self.dice.choice(goals)
            with self.telling(what="gone", id=goal.id) as really:
                if really:
                    with self.session.edit(self.person, "Remove a goal") as edit:
                        edit.remove(goal.id)

    def undo(self) -> None:
        """Adds a goal and takes it back; nothing of it may stay."""
        goal = Goal(title=self.words())
        with self.telling(what="put", id=goal.id, title=goal.title) as really:
            if really:
                with self.session.edit(self.person, "Add a goal") as edit:
                    edit.add(goal)
        with self.telling(what="gone", id=goal.id) as really:
            if really:
                self.session.undo()

    def note(self) -> None:
        facts = self.words()
        with self.telling(what="note", facts=facts) as really:
            if really:
                self.session.notes.add(
                    self.person, when=date(2026, 3, 12), kind="call", minutes=5, who="", facts=facts, agreed=""
                )

    def settle(self) -> None:
        with self.telling(what="nothing"):
            self.session.settle()

    def lock(self) -> None:
        with self.telling(what="nothing"):
            self.session.lock()
            self.session = self.open()

    def words(self) -> str:
        return " ".join(new_id() for _ in range(self.dice.randint(1, 12)))


if __name__ == "__main__":
    given = bytes.fromhex(sys.stdin.readline())
    Busy(Path(sys.argv[1]), given, int(sys.argv[2]), "--untruthful" not in sys.argv).work()
