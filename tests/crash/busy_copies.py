"""Edits a notebook, makes safety copies, restores them and changes the passphrase, until it is killed.

Run as a program: ``busy_copies.py FOLDER SEED``, the passphrase as the first line of standard input. Lines on standard
output are JSON, as those of ``busy.py``: ``{"try": what}`` before, ``{"done": n}`` after. A hash stands in for Argon2,
which writes nothing and would take most of the time of a thousand kills.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.keys import cost as derivation
from planner.plan.records import Goal
from planner.session.core import Session
from planner.store.backups_open import restore
from planner.store.notebooks import Notebook
from tests.few_derivations import quick


class Busy:
    """One process at work; every random choice follows from the seed."""

    def __init__(self, folder: Path, secret: str, seed: int) -> None:
        self.folder, self.secret = folder, secret
        self.dice = random.Random(seed)
        # Some weeks pass during all the kills, so that copies are thinned too.
        self.now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=self.dice.randrange(24 * 40))
        self.notebook = Notebook.open(folder, secret)
        self.session = Session(self.notebook, clock=lambda: self.now, zone="UTC")
        self.person = self.session.store.people()[0].id
        self.said = 0

    @contextmanager
    def telling(self, **what: object) -> Iterator[None]:
        print(json.dumps({"try": what}), flush=True)
        yield
        self.said += 1
        print(json.dumps({"done": self.said}), flush=True)

    def work(self) -> None:
        actions = (self.edit, self.copy, self.restore, self.change_passphrase, self.second_device)
        while True:
            self.dice.choices(actions, weights=(4, 4, 2, 3, 1))[0]()

    def edit(self) -> None:
        goal = Goal(title=self.dice.randbytes(200).hex())
        with self.telling(what="put", id=goal.id), self.session.edit(self.person, "Add a goal") as edit:
            edit.add(goal)

    def copy(self) -> None:
        self.session.backups.prepare()
        with self.telling(what="copy"):
            self.session.backups.make()

    def second_device(self) -> None:
        stick = self.folder.parent.parent / "stick"
        stick.mkdir(exist_ok=True)
        with self.telling(what="copy"):
            self.session.backups.make_on_second_device(stick)

    def restore(self) -> None:
        for backup in self.session.backups.list()[:1]:
            with self.telling(what="restore"):
                restore(backup.folder, self.secret, self.folder.parent, "")

    def change_passphrase(self) -> None:
        following = f"secret {self.dice.randrange(10**6)}"
        with self.telling(what="secret", secret=following):
            self.notebook.change_passphrase(self.secret, following)
        self.secret = following


if __name__ == "__main__":
    derivation.argon2id = quick
    given = sys.stdin.readline().rstrip("\n")
    Busy(Path(sys.argv[1]), given, int(sys.argv[2])).work()
