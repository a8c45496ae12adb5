"""Guided forms of an open notebook: begun, saved after every answer, resumed, finished into the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from planner.errors import MachineTrouble
from planner.forms.ways import read_state
from planner.plan.records import Appointment, Goal, GoalPart, Record, TimeLimit, WrittenBy
from planner.plan.safety import SafetyLine
from planner.session.filling_files import FillingFiles
from planner.session.proposing import Ends, kept_words, proposals_of
from planner.session.types import Changed, Choice, Decision, FormInfo, Mode, Proposal
from planner.store.rows import FillingRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Filling
    from planner.forms.pages import FormPage
    from planner.session.core import Session
    from planner.session.editing import Edit

Extra = TypeVar("Extra", str, bool, dict[str, Any])


class FillingDesk:
    """One filling on the table: the answers in memory and their row in the store."""

    def __init__(
        self,
        session: Session,
        row: FillingRow,
        filling: Filling,
        info: FormInfo,
        *,
        stored: bool,
        earlier: Filling | None = None,
    ) -> None:
        """``stored`` tells whether the row is in the store; ``earlier`` holds the answers that were finished last."""
        self._session = session
        self._row = row
        self._earlier = earlier
        self.files = FillingFiles(session, row.person)
        """Where files given as answers are kept."""
        self.filling = filling
        self.info = info
        self.person = row.person
        self.stored = stored
        self.spoken = _extra(row.state, _SPOKEN, "") if stored else ""
        """The language of the form that was chosen for this filling, by its name; empty: the program's own."""
        self.turned = _extra(row.state, _TURNED, False) if stored else False
        """Whether the person reads the screen now, so that nothing stands there that is said to a worker alone."""
        self.decided: dict[str, Any] = _extra(row.state, _DECIDED, {}) if stored else {}
        """What she has said about each proposal so far, by its origin; JSON values, gone once it is finished."""
        self._ways = self._open_ways()

    @property
    def saved_at(self) -> str:
        """When the last answer was saved: ISO 8601, UTC; empty while nothing was."""
        return self._row.updated if self.stored else ""

    @property
    def again(self) -> bool:
        """Whether this form was finished before."""
        return self._earlier is not None

    @property
    def finished(self) -> bool:
        """Whether its answers were put into the plan."""
        return bool(self._row.finished)

    def save(self) -> None:
        """Make the answers given so far durable; called after every answer. Of a finished filling nothing is written.

        Raises:
            MachineTrouble: it could not be saved; the answers stay in memory.
        """
        if self.finished:
            return
        row = self._named(replace(self._row, state=self._state(), updated=self._session.stamp()))
        store = self._session.store
        with store.transaction():
            self._save_row(row)
            ways = self._open_ways()
            if ways == self._ways:
                self._session.forms.index.put_off(row)
            else:
                # What was refused or put off is to be found no longer, at once.
                self._session.forms.index.put(row, self.info.title, self.filling)
        self._row, self.stored, self._ways = row, True, ways
        self._session.editor.tell(Changed(self.person, frozenset({"filling"}), frozenset({row.id})))

    def _open_ways(self) -> frozenset[str]:
        return frozenset(live.ref() for live, _way in self.filling.ways())

    def is_at(self, row: FillingRow) -> bool:
        """Whether the answers in memory are those of a row in the store."""
        return self.stored and self._row == row

    def _named(self, row: FillingRow) -> FillingRow:
        """With the version of the form that is open: a filling that was begun under an earlier one goes on under it."""
        form = self.filling.form
        return replace(row, version=form.version, digest=form.digest)

    def _save_row(self, row: FillingRow) -> None:
        """Keep a row with the version of its form; belongs into a transaction."""
        store = self._session.store
        self._session.forms.versions.keep(self.filling.form)
        store.save_filling(row)
        if row.digest != self._row.digest:
            store.drop_unused_forms()

    def _state(self) -> bytes:
        beside: dict[str, Any] = {}
        if self.decided:
            beside[_DECIDED] = self.decided
        if self.spoken:
            beside[_SPOKEN] = self.spoken
        if self.turned:
            beside[_TURNED] = True
        return self.filling.state(beside)

    def as_it_was(self) -> Filling | None:
        """The answers as they were saved last, under the version of the form of that time.

        None where that is the version that is open, or is known no longer.
        """
        if not self.stored or not self._row.digest or self._row.digest == self.filling.form.digest:
            return None
        with suppress(MachineTrouble, KeyError):
            earlier = self._session.forms.versions.own_of(self._row)
            if earlier.digest == self._row.digest and not self.finished:
                return earlier.resume_state(self._row.state, now=self._session.now)
        return None

    def speak(self, name: str) -> None:
        """Ask in this language of the form from now on, kept with the next save; empty: in the program's own."""
        self.spoken = name
        self.filling.language = name or language()

    def marks_went(self, row: FillingRow) -> None:
        """Old marks were taken out of the row in the store: out of the answers in memory, too."""
        if row.id == self._row.id:
            self.filling.forget_old_marks()
            self._row = row

    def put_back(self, state: bytes) -> None:
        """Take the answers back to what ``filling.state()`` gave earlier; for undo within a form."""
        last = self.filling.last_saved
        form = self.filling.form
        self.filling = form.resume_state(state, now=self._session.now, last_saved=last, loads=False)

    @property
    def leads_into_plan(self) -> bool:
        """Whether the form can propose anything at all; many forms only ask."""
        return bool(self.filling.form.definition.entities)

    def proposals(self) -> list[Proposal]:
        """What these answers would put into the plan, beside what earlier answers put there."""
        dropped = frozenset(self._session.store.get(self._dropped_name(), []))
        form, drafts, earlier = self.filling.form.id, self.filling.entities(), self._earlier_drafts()
        return proposals_of(self._session, self.person, form, drafts, earlier, dropped)

    def _earlier_drafts(self) -> dict[str, tuple[str, Mapping[str, str]]]:
        if self._earlier is None:
            return {}
        self._earlier.language = self.filling.language
        return {each.entity_id: (each.label, each.properties) for each in self._earlier.entities()}

    def finish(self, proposals: Iterable[Proposal], decisions: Iterable[Decision]) -> None:
        """Put what she keeps into the plan and close the filling; refused and put-off answers leave no trace.

        Raises:
            MachineTrouble: it could not be kept; nothing changed, and the filling stays open.
        """
        session = self._session
        by_origin = {each.origin: each for each in proposals}
        decided = [(by_origin[each.origin], each) for each in decisions if each.origin in by_origin]
        dropped = set(session.store.get(self._dropped_name(), []))
        dropped -= {each.origin for offered, each in decided if offered.existing is None}
        dropped |= {each.origin for offered, each in decided if each.choice is Choice.DROP and offered.existing is None}
        now = session.stamp()
        done = self._named(replace(self._row, state=self.filling.to_xml(), updated=now, finished=now))

        def close() -> None:
            session.store.set(self._dropped_name(), sorted(dropped))
            self._save_row(done)
            session.forms.index.put(done, self.info.title, self.filling)

        with session.edit(self.person, _("Put answers into the plan"), close) as edit:
            last = ""
            kept: list[str] = []
            ends = Ends(session, self.person)
            for offered, decision in decided:
                record = decision.record or offered.record
                if decision.choice is Choice.KEEP and self._has_place(record):
                    parts = offered.parts if decision.parts is None else decision.parts
                    ready = self._ready(record, parts, last, ends, new=offered.existing is None)
                    last = ready[0].order if isinstance(ready[0], Goal) and offered.existing is None else last
                    kept.append(kept_words(record))
                    for each in ready:
                        self._put(edit, each, offered.existing)
        self.filling.finish()
        self._row, self.stored, self.decided = done, True, {}
        session.forms.last_kept = tuple(kept)
        session.forms.put_away(self)
        session.editor.tell(Changed(self.person, frozenset({"filling"}), frozenset({done.id})))

    def _has_place(self, record: Record) -> bool:
        """A step needs its goal, which undo may have taken away meanwhile."""
        goal = self._session.record(self.person, record.goal) if isinstance(record, GoalPart) else record
        return goal is not None and not goal.removed

    def _put(self, edit: Edit, record: Record, existing: Record | None) -> None:
        """A new record is added; of one that is there only what differs is changed, so that it moves if it must."""
        before = existing if existing is not None and existing.id == record.id else None
        if before is None and isinstance(record, GoalPart):
            before = self._session.record(self.person, record.id)
        if before is None:
            edit.add(record)
            return
        names = [each.name for each in fields(record) if each.name not in record.NOT_STORED]
        changed = {name: getattr(record, name) for name in names if getattr(record, name) != getattr(before, name)}
        if changed:
            edit.change(record.id, **changed)

    def _ready(
        self, record: Record, parts: Iterable[Record], last_order: str, ends: Ends, *, new: bool
    ) -> list[Record]:
        from planner.plan.order import between

        session = self._session
        if new and isinstance(record, Goal):
            written = WrittenBy.TOGETHER if session.mode is Mode.WITH_OTHERS else WrittenBy.ME
            goals = session.goals(self.person)
            after = last_order or (goals[-1].order if goals else "")
            record = replace(record, written_by=written, order=between(after, ""))
        if new and isinstance(record, SafetyLine):
            record = ends.line(record)
        if isinstance(record, Appointment | TimeLimit) and not record.zone:
            record = replace(record, zone=session.zone)
        return [ends.placed(each) if isinstance(each, GoalPart) else each for each in (record, *parts)]

    def _dropped_name(self) -> str:
        return f"dropped/{self.person}/{self.info.id}"


def page_key(page: FormPage) -> str:
    """By what a page is found again when answers have changed; kept in ``filling.page``."""
    return f"{page.kind}:{page.ref}"


_DECIDED, _SPOKEN, _TURNED = "decided", "spoken", "turned"


def _extra(state: bytes, name: str, otherwise: Extra) -> Extra:
    """What a state keeps beside what the filling itself keeps."""
    try:
        found = read_state(state).get(name, otherwise)
    except ValueError:
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise
