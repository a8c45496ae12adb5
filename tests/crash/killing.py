"""Starts a busy process, kills it at a random moment and looks at what is left."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.indexing import index_row
from planner.plan.documents import SectionDocument
from planner.plan.life import Section
from planner.plan.records import Goal
from planner.store.rows import PersonRow
from planner.store.store import Store

BUSY = Path(__file__).with_name("busy.py")
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Expected:
    """What has to be in the store: the titles of goals by id, and the facts of notes."""

    goals: dict[str, str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def after(self, change: dict[str, Any]) -> Expected:
        goals, notes = dict(self.goals), set(self.notes)
        match change["what"]:
            case "put":
                goals[change["id"]] = change["title"]
            case "gone":
                goals.pop(change["id"], None)
            case "note":
                notes.add(change["facts"])
        return Expected(goals, notes)


@dataclass
class Killed:
    """How many changes were reported saved, and the one that was under way, if any."""

    saved: int
    expected: Expected
    under_way: dict[str, Any] | None


class KillingGround:
    """One store that lives through all the kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.dice = random.Random(seed)
        self.key = self.dice.randbytes(32)
        self.expected = Expected()
        self.reported = 0
        store = Store.create(folder, self.key)
        store.save_person(PersonRow(id="person", name="Ana", created="2026-03-12T00:00:00+00:00"))
        store.set("mode", "with-others")
        store.close()

    def kill_once(self, *, truthful: bool = True) -> Killed:
        """Let a process work, kill it, and see what it said until then."""
        words = [sys.executable, str(BUSY), str(self.folder), str(self.dice.randrange(2**32))]
        if not truthful:
            words.append("--untruthful")
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(self.key.hex() + "\n")
        process.stdin.close()
        lines: list[str] = []
        # One in eight dies while it starts; the others after some changes, at any point of the next one.
        early = truthful and self.dice.random() < 0.125
        wanted = 0 if early else self.dice.randint(1, 40)
        while len(lines) < 2 * wanted:
            line = process.stdout.readline()
            if not line:
                raise AssertionError(f"the busy process ended by itself with {process.wait()}")
            lines.append(line)
        time.sleep(self.dice.uniform(0, 0.4) if early else self.dice.uniform(0, 0.012))
        assert process.poll() is None, "the busy process ended by itself"
        process.kill()
        lines += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        return self._read(lines)

    def _read(self, lines: list[str]) -> Killed:
        expected, under_way, saved = self.expected, None, 0
        for line in lines:
            if not line.endswith("\n"):
                break  # cut off by the kill: not reported
            said = json.loads(line)
            if "try" in said:
                under_way = said["try"]
            elif under_way is not None:
                expected, under_way = expected.after(under_way), None
                saved += 1
        self.reported += saved
        return Killed(saved, expected, under_way)

    def look(self, killed: Killed) -> None:
        """Fail unless everything reported is there, nothing else is, and the store is whole."""
        store = Store.open(self.folder, self.key)
        try:
            wrong = store.verify()
            assert not wrong, wrong
            found = self._found(store)
        finally:
            store.close()
        allowed = [killed.expected]
        if killed.under_way is not None:
            allowed.append(killed.expected.after(killed.under_way))
        assert found in allowed, f"of {killed.saved} changes reported saved not all are there"
        self.expected = found

    def _found(self, store: Store) -> Expected:
        """What the documents hold; the index must say the same."""
        goals: dict[str, str] = {}
        rows = {row.id: row for row in store.rows("person", None, include_removed=True)}
        seen: set[str] = set()
        for section in Section:
            stored = store.document("person", section)
            if not stored.state and not stored.deltas:
                continue
            for record in SectionDocument.load(stored.state, stored.deltas).records().values():
                row = replace(index_row("person", section, record), search="")
                assert rows[record.id] == row, "the index tells another story"
                assert record.id not in seen, "in two documents at once"
                seen.add(record.id)
                if isinstance(record, Goal) and not record.removed:
                    goals[record.id] = record.title
        assert set(rows) == seen, "the index knows records that are nowhere, or lacks some"
        return Expected(goals, {note.facts for note in store.notes("person")})
