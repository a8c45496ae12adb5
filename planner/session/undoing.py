"""Undo and redo, in memory only: what each edit did, the words it goes by, and typing folded into one step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from planner.plan.life import Section

if TYPE_CHECKING:
    from planner.plan.changes import FieldChange
    from planner.session.types import Changed

UNDO_DEPTH = 200
TYPING_PAUSE = 60.0
"""Seconds after which typing on in the same field is a step of its own."""

TYPED: dict[str, frozenset[str]] = {
    "goal": frozenset({"title", "why"}),
    "step": frozenset({"title", "with_whom", "when"}),
    "helper": frozenset({"name", "how"}),
    "barrier": frozenset({"what", "way_round"}),
    "appointment": frozenset(
        {"title", "place", "way_there", "who_comes", "child_care", "interpreter", "bring", "ask", "note"}
    ),
    "outcome": frozenset({"note"}),
    "contact": frozenset(
        {"name", "role", "organisation", "phones", "email", "call_when", "message_note", "text_note", "our_word"}
        | {"if_near", "note"}
    ),
    "dependent": frozenset({"name", "relation", "day_place", "needs", "note"}),
    "tracked-paper": frozenset({"title", "where_to_ask", "cost", "fee_waiver", "safe_address", "note"}),
    "check-in": frozenset({"note"}),
    "safety-line": frozenset({"line", "phone", "card_words"}),
    "clock": frozenset({"title", "rule", "note"}),
    "score": frozenset({"total", "by"}),
}
"""The fields of each kind of record that are typed, and saved again at each pause of typing."""


@dataclass(frozen=True, slots=True)
class Done:
    """One edit as undo needs it."""

    person: str
    words: str
    changes: tuple[tuple[Section, tuple[FieldChange, ...]], ...]

    def each(self) -> Iterator[FieldChange]:
        """Every change, whichever section it was made in."""
        for _section, changes in self.changes:
            yield from changes


@dataclass(frozen=True, slots=True)
class Act:
    """One change beside the documents, as to a paper. ``turn`` takes it back and, called again, makes it again.

    ``turn`` says what it touched; it may raise MachineTrouble, and then nothing has changed. With ``typing`` the next
    one of the same words goes on with it, as one step.
    """

    person: str
    words: str
    kind: str
    id: str
    turn: Callable[[], Changed]
    typing: bool = False

    def each(self) -> Iterator[FieldChange]:
        """No field of any record."""
        return iter(())


Step = Done | Act


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo took back or redo did again: the words of the edit, and what it touched, its first record first."""

    words: str
    changed: Changed
    first: str
    kind: str


class History:
    """The edits that can be taken back, the newest last, and those that can be made again."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """``clock`` counts seconds from anywhere."""
        self.clock = clock
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._at = 0.0
        self._closed = True

    def add(self, done: Step) -> None:
        """Remember an edit that was made; nothing can be made again after it."""
        self.undone.clear()
        now = self.clock()
        going_on = not self._closed and now - self._at <= TYPING_PAUSE
        folded = _folded(self.done[-1], done) if going_on and self.done else None
        if folded is None:
            self.done.append(done)
            del self.done[:-UNDO_DEPTH]
        elif isinstance(folded, Act) or any(folded.each()):
            self.done[-1] = folded
        else:
            self.done.pop()  # typed and taken away again: nothing is left to undo
            self._closed = True
            return
        self._at, self._closed = now, False

    def end_step(self) -> None:
        """What is typed from now on is a step of its own: a field was left, or something was taken back."""
        self._closed = True

    def forget(self) -> None:
        """Empty both."""
        self.done.clear()
        self.undone.clear()
        self.end_step()

    def forget_others(self, person: str) -> None:
        """Keep what was done for one person alone."""
        self.done = [done for done in self.done if done.person == person]
        self.undone = [done for done in self.undone if done.person == person]
        self.end_step()

    def forget_records(self, person: str, ids: Collection[str] | None) -> None:
        """Drop every word about these records of a person, or about all of that person (None)."""
        for steps in (self.done, self.undone):
            kept = [left for left in (_without(each, person, ids) for each in steps) if left is not None]
            steps[:] = kept
        self.end_step()

    def records(self) -> set[str]:
        """The records that undo or redo may still need."""
        return {change.record for done in (*self.done, *self.undone) for change in done.each()}

    def acted_on(self, kind: str) -> set[str]:
        """The things beside the documents, of one kind, that undo or redo may still need."""
        return {each.id for each in (*self.done, *self.undone) if isinstance(each, Act) and each.kind == kind}


def _without(done: Step, person: str, ids: Collection[str] | None) -> Step | None:
    if done.person != person:
        return done
    if ids is None:
        return None
    if isinstance(done, Act):
        return None if done.id in ids else done
    left = tuple(
        (section, tuple(change for change in changes if change.record not in ids)) for section, changes in done.changes
    )
    left = tuple((section, changes) for section, changes in left if changes)
    return replace(done, changes=left) if left else None


def _folded(last: Step, new: Step) -> Step | None:
    """Both as one step, where the second only goes on typing what the first began; None where it does not."""
    if isinstance(last, Act) and isinstance(new, Act):
        same = (last.person, last.words, last.kind, last.id) == (new.person, new.words, new.kind, new.id)
        return replace(last, typing=new.typing) if last.typing and same else None
    if isinstance(last, Act) or isinstance(new, Act):
        return None
    if last.person != new.person or len(last.changes) != 1 or len(new.changes) != 1:
        return None
    (section, before), (now_in, after) = last.changes[0], new.changes[0]
    records = {change.record for change in (*before, *after)}
    if section is not now_in or len(records) != 1 or not all(_typing(change) for change in after):
        return None
    earlier = {change.field: change for change in before}
    made = all(change.before is None for change in before)
    if not made and (last.words != new.words or earlier.keys() != {change.field for change in after}):
        return None
    if any(change.field not in earlier or not earlier[change.field].after for change in after) and made:
        return None  # another field of something new is typed
    later = {change.field: change.after for change in after}
    both = tuple(replace(change, after=later.get(change.field, change.after)) for change in before)
    if not made:
        both = tuple(change for change in both if change.before != change.after or change.rivals_before)
    return replace(last, changes=((section, both),))


def _typing(change: FieldChange) -> bool:
    """Whether a change can come from typing in one field: its words are others, and no entry of a list came or went."""
    if change.field not in TYPED.get(change.kind, ()) or change.before is None or change.after is None:
        return False
    if isinstance(change.before, list):
        return isinstance(change.after, list) and len(change.before) == len(change.after)
    return isinstance(change.before, str)
