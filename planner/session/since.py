"""What changed in a plan since it was last looked at.

Of each day on which somebody's pages were opened, how the plan stood then is kept inside the store: for each record its
kind, and short keyed digests of what is told about; no word of it. Only two days are kept: the newest, and the one
before it. The first look at a plan on a day is compared with the last day before, whatever changed it: her own hand,
a worker's, a file, another copy.
"""

from __future__ import annotations

import json
from base64 import b85encode
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from planner.errors import MachineTrouble

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.since_words import Line

ASPECTS: dict[str, dict[str, tuple[str, ...]]] = {
    "goal": {"state": ("state",), "words": ("title", "why"), "place": ("time", "domain", "mine_alone")},
    "step": {"done": ("done_on",), "words": ("title", "when", "with_whom")},
    "helper": {"words": ("name", "how")},
    "barrier": {"words": ("what", "way_round")},
    "appointment": {
        "when": ("starts", "zone", "repeat", "except_starts", "extra_starts"),
        "words": (
            *("title", "minutes", "place", "way_there", "who_comes", "child_care", "interpreter", "bring", "ask"),
            *("contact", "note"),
        ),
    },
    "outcome": {"said": ("occurrence", "what", "new_starts")},
    "contact": {
        "reach": (
            *("phones", "email", "call", "call_when", "message", "message_note", "text", "text_note", "our_word"),
        ),
        "away": ("keep_away", "if_near"),
        "ring": ("ring",),
        "words": ("name", "role", "organisation", "languages", "knows", "knows_not", "note"),
    },
    "dependent": {"words": ("name", "relation", "born", "day_place", "may_collect", "needs", "note")},
    "tracked-paper": {
        "state": ("state",),
        "expires": ("expires",),
        "words": ("title", "where_to_ask", "cost", "fee_waiver", "safe_address", "note", "domain", "mine_alone"),
    },
    "check-in": {"said": ("day", "scales", "note")},
    "safety-line": {"said": ("group", "line", "phone", "on_card", "card_words", "mine_alone")},
    "score": {"said": ("instrument", "total", "day", "by")},
    "clock": {
        "state": ("state",),
        "due": ("due", "zone"),
        "words": ("title", "rule", "note", "domain", "mine_alone", "warn_days"),
    },
}
"""What is told about of each kind of record, and the fields that belong to it.

Other aspects of a kind: another VERSION. A kind that is new needs none: an older version leaves it out when it reads.
"""

VERSION = 1
MOST = 8
"""Sentences told; of the rest only how many there are."""
_DIGEST_BYTES = 6
_DAYS = 2
_NEW, _GONE, _TWO = "new", "gone", "rivals"

Snapshot = dict[str, str]
"""By the id of a record: its kind and then, after a space each, the digests of its aspects; the kind alone where the
record is deleted for good."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that changed: ``what`` is "new", "gone", "rivals" or the name of an aspect."""

    kind: str
    id: str
    what: str


@dataclass(frozen=True, slots=True)
class News:
    """What changed since ``day``, in plain sentences; ``more`` is how many are left out. No lines: nothing changed."""

    day: date | None
    lines: tuple[Line, ...] = ()
    more: int = 0


class Since:
    """What changed in the plans of an open notebook, each looked at once a session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._found: dict[str, tuple[str, tuple[Piece, ...]]] = {}
        self._unwritten: dict[str, list[tuple[str, Snapshot]]] = {}

    def look(self, person: str) -> None:
        """Compare a plan with how it stood, and note how it stands; only the first call of a session does anything.

        To be called before anything is changed. Trouble of the machine keeps nobody from their pages.
        """
        if person in self._found:
            return
        try:
            days = self._days(person)
            now = self._present(person)
        except MachineTrouble:
            return
        today = self._session.today().isoformat()
        earlier = [each for each in days if each[0] != today]
        before = earlier[-1] if earlier else ("", {})
        self._found[person] = (before[0], tuple(_pieces(before[1], now)) if before[0] else ())
        if len(earlier) == len(days):
            self._unwritten[person] = [*earlier, (today, now)][-_DAYS:]

    def news(self, person: str) -> News:
        """What changed, as it can be told now: what is gone again since is left out.

        Raises:
            OutOfReach: another person's pages are the only ones open.
        """
        from planner.session.since_words import told

        self._session.within_reach(person)
        self.look(person)
        day, pieces = self._found.get(person, ("", ()))
        if not day or not pieces:
            return News(_day(day))
        lines = told(self._session, person, pieces)
        return News(_day(day), tuple(lines[:MOST]), max(0, len(lines) - MOST))

    def write(self) -> None:
        """Keep how the plans stood that were looked at for the first time today. Raises MachineTrouble."""
        for person in list(self._unwritten):
            if self._session.store.person(person) is not None:
                self._keep(person, self._unwritten[person])
            self._unwritten.pop(person, None)

    def leave_out(self, person: str, ids: Collection[str]) -> None:
        """These records are deleted for good: of what kind they were is remembered, and nothing else."""
        self._thin(person, ids, lambda entry: entry.split(" ", 1)[0])

    def forget(self, person: str, ids: Collection[str] | None = None) -> None:
        """These records of a person, or everything about the person (None), are erased without a trace here."""
        if ids is None:
            self._found.pop(person, None)
            self._unwritten.pop(person, None)
            return
        self._thin(person, ids, lambda _entry: "")
        day, pieces = self._found.get(person, ("", ()))
        if pieces:
            self._found[person] = (day, tuple(piece for piece in pieces if piece.id not in ids))

    # -- what is kept ------------------------------------------------------------------------------------------------
    def _days(self, person: str) -> list[tuple[str, Snapshot]]:
        if person in self._unwritten:
            return self._unwritten[person]
        return _read(self._session.store.get(_name(person)))

    def _keep(self, person: str, days: list[tuple[str, Snapshot]]) -> None:
        found = {"version": VERSION, "days": [{"day": day, "records": records} for day, records in days]}
        self._session.store.set(_name(person), found)

    def _thin(self, person: str, ids: Collection[str], left: Any) -> None:
        if not ids:
            return
        waiting = person in self._unwritten
        days = self._days(person)
        touched = False
        for _day_of_it, records in days:
            for each in ids:
                if each in records and records[each] != (entry := left(records[each])):
                    touched = True
                    if entry:
                        records[each] = entry
                    else:
                        del records[each]
        if touched and not waiting:
            self._keep(person, days)
        elif touched:
            stored = _read(self._session.store.get(_name(person)))
            self._unwritten[person] = days
            if stored:
                self._keep(person, days)

    def _present(self, person: str) -> Snapshot:
        from planner.session.folding import digest_key

        keyed = blake2b(digest_size=_DIGEST_BYTES, key=digest_key(self._session)[:64])
        rows = self._session.store.rows(person, tuple(ASPECTS))
        return {row.id: _entry(row.id, row.kind, row.fields, keyed) for row in rows}


_plain = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def _entry(record: str, kind: str, fields: Mapping[str, Any], keyed: Any) -> str:
    """The line of one record; ``keyed`` is a hash that has taken the key in already."""
    parts = [kind]
    for names in (*ASPECTS[kind].values(), (_TWO,)):
        values = [fields.get(name) for name in names]
        if not any(values):
            parts.append("-")  # nothing is written there: the most frequent case, and no secret
            continue
        digest = keyed.copy()
        digest.update(_plain([record, *values]).encode())
        parts.append(b85encode(digest.digest()).decode())
    return " ".join(parts)


def _pieces(before: Snapshot, now: Snapshot) -> Iterable[Piece]:
    for record, entry in now.items():
        kind, *digests = entry.split(" ")
        was = before.get(record)
        if was is None:
            yield Piece(kind, record, _NEW)
            continue
        earlier = was.split(" ")[1:]
        if earlier:  # else it was deleted for good, and came back from another copy
            for aspect, mine, theirs in zip((*ASPECTS[kind], _TWO), digests, earlier, strict=False):
                if mine != theirs:
                    yield Piece(kind, record, aspect)
    for record, entry in before.items():
        if record not in now:
            yield Piece(entry.split(" ", 1)[0], record, _GONE)


def _read(found: Any) -> list[tuple[str, Snapshot]]:
    """What was kept; nothing where another version kept it, or where it is damaged: then nothing is told."""
    if not isinstance(found, dict) or found.get("version") != VERSION:
        return []
    days: list[tuple[str, Snapshot]] = []
    listed = found.get("days")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(each.get("day"), str) and isinstance(each.get("records"), dict):
            records = {str(record): str(entry) for record, entry in each["records"].items()}
            known = {record: entry for record, entry in records.items() if entry.split(" ", 1)[0] in ASPECTS}
            days.append((each["day"], known))
    return days[-_DAYS:]


def _name(person: str) -> str:
    return f"since/{person}"


def _day(day: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(day) if day else None
    return None
