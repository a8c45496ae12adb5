"""What changed, in plain sentences; nothing that is still open is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.indexing import record_of
from planner.plan.records import (
    Appointment,
    CheckIn,
    Dependent,
    Goal,
    GoalPart,
    GoalState,
    LimitState,
    Outcome,
    PaperState,
    Record,
    Step,
    SupportContact,
    TimeLimit,
    TrackedPaper,
)
from planner.plan.safety import SafetyLine
from planner.plan.scores import Score
from planner.session.own_page import own_page_name
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.since import Piece

MANY = 4
"""From so many new things of one kind on, only their number is told."""
_LONGEST = 60
_WHOLE = ("goal", "appointment", "contact", "dependent", "tracked-paper", "check-in", "clock", "score", "safety-line")
_ALL_AT_ONCE = 40
"""From so many changes on, all records are read at once, not one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and the record that it is about (``id`` empty: only the kind is known)."""

    kind: str
    id: str
    words: str


def told(session: Session, person: str, pieces: Sequence[Piece]) -> list[Line]:
    """Every sentence, in the order in which they are told."""
    teller = _Teller(session, person, everything=len(pieces) >= _ALL_AT_ONCE)
    return [
        *teller.goals(pieces),
        *teller.parts(pieces),
        *teller.appointments(pieces),
        *teller.people(pieces),
        *teller.papers(pieces),
        *teller.limits(pieces),
        *teller.check_ins(pieces),
        *teller.scores(pieces),
        *teller.own_page(pieces),
        *teller.copies(pieces),
        *teller.gone(pieces),
    ]


class _Teller:
    def __init__(self, session: Session, person: str, *, everything: bool) -> None:
        self._session, self._person = session, person
        self._known: dict[str, Record | None] = {}
        if everything:
            self._known = {row.id: record_of(row) for row in session.store.rows(person)}

    def _record(self, record_id: str) -> Record | None:
        if record_id not in self._known:
            found = self._session.record(self._person, record_id)
            self._known[record_id] = found if found is not None and not found.removed else None
        return self._known[record_id]

    def _of(self, pieces: Sequence[Piece], kind: str, *whats: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for piece in pieces:
            if piece.kind == kind and piece.what in whats and self._record(piece.id) is not None:
                found.setdefault(piece.id, set()).add(piece.what)
        return found

    # -- goals and what belongs to them ------------------------------------------------------------------------------
    def goals(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """New ones, what became of others, and those whose words or place are others now."""
        for each in self._of(pieces, Goal.kind, "new"):
            yield Line(Goal.kind, each, _("A new goal: {title}").format(title=self._title(each)))
        for each, what in self._of(pieces, Goal.kind, "state", "words", "place").items():
            goal = self._record(each)
            if isinstance(goal, Goal) and "state" in what:
                words = {
                    GoalState.OPEN: _("Open again: {title}"),
                    GoalState.DONE: _("A goal is done: {title}"),
                    GoalState.RESTING: _("Resting for now: {title}"),
                    GoalState.LET_GO: _("Let go: {title}"),
                }[goal.state]
            elif "words" in what:
                words = _("Other words for a goal: {title}")
            else:
                words = _("Another time or part of life for a goal: {title}")
            yield Line(Goal.kind, each, words.format(title=self._title(each)))

    def parts(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """Steps, help and what is in the way; those of a new goal come with it and are not told."""
        made = set(self._of(pieces, Goal.kind, "new"))
        done, opened = self._steps_done(pieces)
        new = {each for each in self._of(pieces, Step.kind, "new") if each not in done}
        for goal, steps in self._by_goal(done).items():
            if len(steps) >= MANY:
                words = n_("{n} step done in {title}", "{n} steps done in {title}", len(steps))
                yield Line(Goal.kind, goal, words.format(n=len(steps), title=self._title(goal)))
            else:
                for each in steps:
                    yield Line(Step.kind, each, _("Step done: {title}").format(title=self._title(each)))
        for each in opened:
            yield Line(Step.kind, each, _("A step is open again: {title}").format(title=self._title(each)))
        for goal, steps in self._by_goal(new).items():
            if goal in made:
                continue
            if len(steps) == 1:
                yield Line(Step.kind, steps[0], _("A new step: {title}").format(title=self._title(steps[0])))
            else:
                words = n_("{n} new step in {title}", "{n} new steps in {title}", len(steps))
                yield Line(Goal.kind, goal, words.format(n=len(steps), title=self._title(goal)))
        changed = self._of(pieces, Step.kind, "words")
        others = {*self._of(pieces, "helper", "new", "words"), *self._of(pieces, "barrier", "new", "words")}
        for goal, steps in self._by_goal(set(changed)).items():
            words = _("Other words for a step: {title}") if len(steps) == 1 else _("Other words for steps in {title}")
            about = steps[0] if len(steps) == 1 else goal
            yield Line(Goal.kind, goal, words.format(title=self._title(about)))
        for goal in self._by_goal(others):
            if goal not in made:
                words = _("Who helps, or what is in the way, was written down: {title}")
                yield Line(Goal.kind, goal, words.format(title=self._title(goal)))

    def _steps_done(self, pieces: Sequence[Piece]) -> tuple[set[str], list[str]]:
        done: set[str] = set()
        opened: list[str] = []
        for each, what in self._of(pieces, Step.kind, "done", "new").items():
            step = self._record(each)
            if isinstance(step, Step) and step.done_on:
                done.add(each)
            elif "done" in what:
                opened.append(each)
        return done, opened

    def _by_goal(self, ids: set[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in sorted(ids, key=lambda one: (getattr(self._record(one), "order", ""), one)):
            part = self._record(each)
            if isinstance(part, GoalPart) and self._record(part.goal) is not None:
                found.setdefault(part.goal, []).append(each)
        return found

    # -- appointments ------------------------------------------------------------------------------------------------
    def appointments(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """New ones, those at another time, what became of them, and those with other words."""
        kind = Appointment.kind
        new = self._of(pieces, kind, "new")
        if len(new) >= MANY:
            words = n_("{n} new appointment", "{n} new appointments", len(new)).format(n=len(new))
            yield Line(kind, "", words)
        else:
            for each in new:
                yield Line(kind, each, _("A new appointment: {title}").format(title=self._title(each)))
        moved, said = self._outcomes(pieces)
        others = self._of(pieces, kind, "when", "words")
        for each, what in others.items():
            if "when" in what or each in moved:
                yield Line(kind, each, _("Another time: {title}").format(title=self._title(each)))
        for each in moved:
            if each not in others and each not in new:
                yield Line(kind, each, _("Another time: {title}").format(title=self._title(each)))
        for each in said:
            yield Line(kind, each, _("It is written down how it went: {title}").format(title=self._title(each)))
        for each, what in others.items():
            if "when" not in what and each not in moved:
                yield Line(
                    kind,
                    each,
                    _("Something else is written about an appointment: {title}").format(title=self._title(each)),
                )

    def _outcomes(self, pieces: Sequence[Piece]) -> tuple[list[str], list[str]]:
        moved: dict[str, None] = {}
        said: dict[str, None] = {}
        for each in self._of(pieces, Outcome.kind, "new", "said"):
            outcome = self._record(each)
            if isinstance(outcome, Outcome) and self._record(outcome.appointment) is not None:
                (moved if outcome.what == "moved" else said)[outcome.appointment] = None
        return list(moved), list(said)

    # -- people ------------------------------------------------------------------------------------------------------
    def people(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """Somebody new, another way to reach somebody; never a number, and never a name to keep away from."""
        kind = SupportContact.kind
        contacts = self._of(pieces, kind, "new", "reach", "away", "ring", "words")
        near = {each: what for each, what in contacts.items() if not self._careful(each)}
        new = [each for each, what in near.items() if "new" in what]
        if len(new) >= MANY:
            yield Line(kind, "", n_("{n} new person", "{n} new people", len(new)).format(n=len(new)))
        else:
            for each in new:
                yield Line(kind, each, _("Somebody new among the people: {name}").format(name=self._title(each)))
        for each, what in near.items():
            if "new" in what:
                continue
            if "reach" in what:
                words = _("Another safe way to reach {name}")
            elif "away" in what:
                words = _("No longer among the people to be careful with: {name}")
            elif "ring" in what:
                words = _("Closer or further away now: {name}")
            else:
                words = _("Something else is written about {name}")
            yield Line(kind, each, words.format(name=self._title(each)))
        careful = [each for each in contacts if each not in near]
        if careful:
            only = careful[0] if len(careful) == 1 else ""
            yield Line(kind, only, _("Something changed among the people to be careful with."))
        for each, what in self._of(pieces, Dependent.kind, "new", "words").items():
            words = (
                _("Somebody new to look after: {name}")
                if "new" in what
                else _("Something else is written about {name}")
            )
            yield Line(Dependent.kind, each, words.format(name=self._title(each)))

    def _careful(self, record_id: str) -> bool:
        record = self._record(record_id)
        return isinstance(record, SupportContact) and record.to_be_careful_with

    # -- papers and check-ins ----------------------------------------------------------------------------------------
    def papers(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """New ones, where others stand now, and those with other words."""
        for each, what in self._of(pieces, TrackedPaper.kind, "new", "state", "expires", "words").items():
            paper = self._record(each)
            if "new" in what:
                words = _("A new paper to keep track of: {title}")
            elif "state" in what and isinstance(paper, TrackedPaper):
                words = {
                    PaperState.MISSING: _("Not here: {title}"),
                    PaperState.ASKED: _("Asked for: {title}"),
                    PaperState.RECEIVED: _("Here now: {title}"),
                    PaperState.NOT_NEEDED: _("Not needed: {title}"),
                }[paper.state]
            elif "expires" in what:
                words = _("Another day on which it runs out: {title}")
            else:
                words = _("Something else is written about a paper: {title}")
            yield Line(TrackedPaper.kind, each, words.format(title=self._title(each)))

    def limits(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """New ones, those with another day, what is done, and those with other words."""
        for each, what in self._of(pieces, TimeLimit.kind, "new", "state", "due", "words").items():
            limit = self._record(each)
            if "new" in what:
                words = _("A new time limit: {title}")
            elif "due" in what:
                words = _("Another last day: {title}")
            elif "state" in what and isinstance(limit, TimeLimit):
                words = {
                    LimitState.OPEN: _("Open again: {title}"),
                    LimitState.DONE: _("Done: {title}"),
                    LimitState.NOT_NEEDED: _("Not needed: {title}"),
                }[limit.state]
            else:
                words = _("Something else is written about a time limit: {title}")
            yield Line(TimeLimit.kind, each, words.format(title=self._title(each)))

    def check_ins(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """That there are some; never what they say."""
        new, other = self._of(pieces, CheckIn.kind, "new"), self._of(pieces, CheckIn.kind, "said")
        if new:
            only = next(iter(new)) if len(new) == 1 else ""
            yield Line(CheckIn.kind, only, n_("A new check-in", "{n} new check-ins", len(new)).format(n=len(new)))
        for each in other:
            if each not in new:
                yield Line(CheckIn.kind, each, _("Something else is written in a check-in"))

    def scores(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """That there are some; never which, nor what they say."""
        if self._of(pieces, Score.kind, "new", "said"):
            yield Line(Score.kind, "", _("Something changed among the numbers from a doctor or therapist"))

    def own_page(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """That something is another there; never what it says, and nothing of where she goes or whom she calls."""
        if self._of(pieces, SafetyLine.kind, "new", "said"):
            page = own_page_name(self._session, self._person)
            yield Line(SafetyLine.kind, "", _("Something changed on “{words}”").format(words=page))

    # -- the rest ----------------------------------------------------------------------------------------------------
    def copies(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """Where two copies say different things, until someone has chosen."""
        for piece in pieces:
            record = self._record(piece.id)
            if record is None or not record.rivals or piece.what not in ("rivals", "new"):
                continue
            shown = _("somebody to be careful with") if self._careful(piece.id) else self._title(piece.id)
            yield Line(piece.kind, piece.id, _("Two copies say different things: {title}").format(title=shown))

    def gone(self, pieces: Sequence[Piece]) -> Iterable[Line]:
        """How many things were taken out; what belonged to a goal that went is not counted besides."""
        found = [piece for piece in pieces if piece.what == "gone" and self._record(piece.id) is None]
        whole = [piece for piece in found if piece.kind in _WHOLE]
        counted = whole if any(piece.kind == Goal.kind for piece in whole) else found
        counted = [piece for piece in counted if piece.kind != Outcome.kind]
        if counted:
            words = n_("One thing was taken out.", "{n} things were taken out.", len(counted))
            yield Line("", "", words.format(n=len(counted)))

    def _title(self, record_id: str) -> str:
        record = self._record(record_id)
        if isinstance(record, CheckIn):
            return _("a check-in")
        if isinstance(record, Score):
            return _("a number from a doctor or therapist")
        if isinstance(record, SafetyLine):
            return _("a line of “{words}”").format(words=own_page_name(self._session, self._person))
        title = " ".join(record.title_text().split()) if record is not None else ""
        if len(title) > _LONGEST:
            title = f"{title[:_LONGEST].rsplit(' ', 1)[0]} …"
        return title or _("Without a name")
