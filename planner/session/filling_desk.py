"""Guided forms of an open notebook: begun, saved after every answer, resumed, finished into the plan."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from planner.errors import MachineTrouble
from planner.plan.records import Appointment, Goal, GoalPart, Record, WrittenBy, new_id
from planner.session.filling_files import FillingFiles, erase_unused
from planner.session.filling_index import FillingIndex
from planner.session.filling_words import beside_row
from planner.session.form_versions import Versions
from planner.session.proposing import Ends, kept_words, proposals_of
from planner.session.types import Changed, Choice, Decision, FormInfo, Mode, Proposal
from planner.store.rows import FillingRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Filling, Form
    from planner.forms.pages import FormPage
    from planner.session.core import Session
    from planner.session.editing import Edit
    from planner.session.own_forms import OwnForms

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
        kept = json.loads(self.filling.state())
        if self.decided:
            kept[_DECIDED] = self.decided
        if self.spoken:
            kept[_SPOKEN] = self.spoken
        if self.turned:
            kept[_TURNED] = True
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()

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
        self.filling = self.filling.form.resume_state(state, now=self._session.now, last_saved=last)

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
        if isinstance(record, Appointment) and not record.zone:
            record = replace(record, zone=session.zone)
        return [ends.placed(each) if isinstance(each, GoalPart) else each for each in (record, *parts)]

    def _dropped_name(self) -> str:
        return f"dropped/{self.person}/{self.info.id}"


class Forms:
    """The forms that can be opened, and the fillings of each person."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.index = FillingIndex(session)
        self._open: FillingDesk | None = None
        self.versions = Versions(session)
        """Every version of every form, of the program and of the notebook."""
        self.last_kept: tuple[str, ...] = ()
        """The titles of what the form finished last put into the plan, for the page after it; never stored."""

    def all(self) -> list[FormInfo]:
        """The forms that can be begun: those of the program in their order, then those that were brought in."""
        return [each for each in self.versions.infos() if not each.put_aside]

    def known(self, person: str) -> list[FormInfo]:
        """All of them, and those that can be begun no longer and hold answers of this person."""
        begun = self.begun(person)
        infos = {each.id: each for each in self.versions.infos() if not each.put_aside or each.id in begun}
        titles = self.versions.titles()
        left = [each for each in sorted(begun) if each not in infos and each in titles]
        return [*infos.values(), *(FormInfo(each, titles[each], "", put_aside=True) for each in left)]

    def titles(self) -> dict[str, str]:
        """What forms are called, by id, in the language in use; also those that can be begun no longer."""
        return self.versions.titles()

    @cached_property
    def own(self) -> OwnForms:
        """The forms that somebody brought in."""
        from planner.session.own_forms import OwnForms

        return OwnForms(self._session)

    def begun(self, person: str) -> frozenset[str]:
        """The forms of which there is a filling, finished or not."""
        self._session.within_reach(person)
        return frozenset(row.form for row in self._session.store.fillings(person))

    def unfinished(self, person: str) -> list[FillingRow]:
        """The fillings that were begun and not finished, newest first."""
        return [row for row in self._rows(person) if not row.finished]

    def finished(self, person: str) -> list[FillingRow]:
        """The fillings that were finished, newest first."""
        return [row for row in self._rows(person) if row.finished]

    def _rows(self, person: str) -> list[FillingRow]:
        self._session.within_reach(person)
        return sorted(self._session.store.fillings(person), key=lambda row: row.updated, reverse=True)

    def stopped_at(self, row: FillingRow) -> str:
        """The title of the section in which an unfinished filling was left, in the language in use; or empty.

        Raises:
            FillingUnreadable, FormUnreadable, StoreDamaged: its answers or its form are damaged.
            KeyError: there is no such form any more.
        """
        filling = self.versions.own_of(row).resume_state(row.state, now=self._session.now)
        filling.language = language()
        return next((page.section_title for page in filling.pages() if page_key(page) == filling.page), "")

    def open(self, person: str, form_id: str) -> FillingDesk:
        """Resume the unfinished filling of a form, else begin one; answers of a finished one are taken over.

        A filling that is open stays the same one until it is finished, thrown away, or another one is opened.

        Raises:
            KeyError: there is no such form.
            FillingUnreadable: the answers kept are damaged; they stay as they are.
            FormUnreadable, StoreDamaged: the form that was kept cannot be opened.
        """
        session = self._session
        session.within_reach(person)
        if self._open is not None and self.is_open(person, form_id):
            return self._open
        self._open = self._resumed(person, self._info(person, form_id))
        return self._open

    def read(self, filling_id: str) -> FillingDesk:
        """A finished filling as it was, under the version of its form under which it was finished; only to read.

        Raises:
            KeyError: there is no such filling, it is not finished, or nothing is known of its form.
            FillingUnreadable, FormUnreadable, StoreDamaged: its answers or its form are damaged.
        """
        row = self._session.store.filling(filling_id)
        if row is None or not row.finished:
            raise KeyError(filling_id)
        self._session.within_reach(row.person)
        info = self._info(row.person, row.form)
        filling = self.versions.own_of(row).resume(row.state, now=self._session.now)
        return FillingDesk(self._session, row, filling, info, stored=True)

    def reads_otherwise(self, row: FillingRow) -> bool:
        """Whether the form has another version by now than a filling was saved under."""
        if not row.digest:
            return False
        with suppress(KeyError, MachineTrouble):
            return self.versions.newest(row.form).digest != row.digest
        return True

    def form_changed(self, form_id: str) -> None:
        """Another version of a form is the newest now, or none is offered any more; its answers are saved already."""
        if self._open is not None and self._open.info.id == form_id:
            self._open = None

    def _info(self, person: str, form_id: str) -> FormInfo:
        info = next((each for each in self.versions.infos() if each.id == form_id), None)
        info = info or next((each for each in self.known(person) if each.id == form_id), None)
        if info is None:
            raise KeyError(form_id)
        return info

    @property
    def on_the_table(self) -> FillingDesk | None:
        """The filling that is open, if one is."""
        return self._open

    def is_open(self, person: str, form_id: str) -> bool:
        """Whether a filling of this form is on the table already."""
        return self._open is not None and (self._open.person, self._open.info.id) == (person, form_id)

    def _resumed(self, person: str, info: FormInfo) -> FillingDesk:
        session, form = self._session, self.versions.newest(info.id)
        rows = sorted(session.store.fillings(person, info.id), key=lambda row: row.updated)
        done = next((row for row in reversed(rows) if row.finished), None)
        earlier = self._answers(form, done)
        begun = next((row for row in reversed(rows) if not row.finished), None)
        if begun is not None:
            begun = session.letting_go.without_old(begun)
            last = done.state if done is not None else b""
            # Somebody may change a form and leave its number as it was.
            other = bool(begun.digest) and begun.digest != form.digest
            filling = form.resume_state(begun.state, now=session.now, last_saved=last, other=other)
            return FillingDesk(session, begun, filling, info, stored=True, earlier=earlier)
        if done is not None and earlier is not None:
            filling = form.again(done.state, now=session.now)
        else:
            filling = form.start(now=session.now)
        now = session.stamp()
        row = FillingRow(
            id=new_id(),
            person=person,
            form=info.id,
            version=form.version,
            state=filling.state(),
            started=now,
            updated=now,
            finished="",
        )
        return FillingDesk(session, row, filling, info, stored=False, earlier=earlier)

    def _answers(self, form: Form, row: FillingRow | None) -> Filling | None:
        from planner.forms import FillingUnreadable

        try:
            return form.resume(row.state, now=self._session.now) if row is not None else None
        except FillingUnreadable:
            return None  # they stay in the store as they are; a new filling begins without them

    def index_again(self, person: str) -> None:
        """Let the answers of a person be found again, after the index was dropped; damaged ones are left out."""
        for row in self._session.store.fillings(person):
            self.index_row(row)

    def index_row(self, row: FillingRow) -> None:
        """Let the answers of a filling be found by what they are now; damaged ones are left out."""
        from planner.forms import FillingUnreadable, FormUnreadable
        from planner.store.errors import StoreDamaged

        session = self._session
        try:
            if self._open is not None and self._open.is_at(row):
                title, filling = self._open.info.title, self._open.filling
            else:
                form = self.versions.own_of(row)
                filling = form.resume(row.state, now=session.now) if row.finished else form.resume_state(row.state)
                title = self.titles()[row.form]
        except (FillingUnreadable, FormUnreadable, StoreDamaged, KeyError):
            return
        session.store.put_beside(beside_row(row, title, filling))

    def settle(self) -> None:
        """Let every answer be found that was saved since: before a search, and when the page of a form is left.

        Raises:
            MachineTrouble: it could not be kept; the answers are.
        """
        self.index.settle()

    def put_away(self, desk: FillingDesk) -> None:
        """Keep a filling open no longer."""
        if self._open is desk:
            self._open = None

    def marks_went(self, row: FillingRow) -> None:
        """Old marks were taken out of a filling in the store."""
        if self._open is not None:
            self._open.marks_went(row)

    def forget_open(self, person: str, forms: Collection[str] | None) -> None:
        """The answers of these forms (None: of all) of a person are erased: none of them stays open."""
        desk = self._open
        if desk is not None and desk.person == person and (forms is None or desk.info.id in forms):
            self._open = None
            self.last_kept = ()

    def throw_away(self, filling_id: str) -> None:
        """Delete a filling with all its answers; what it put into the plan stays there.

        Raises:
            OnHold: nothing of this person may be erased now.
        """
        store = self._session.store
        row = store.filling(filling_id)
        if row is None:
            return
        self._session.within_reach(row.person)
        self._session.erasing.refuse_if_held(row.person)
        with store.transaction():
            store.remove_filling(filling_id)
            erase_unused(self._session, row.person, {row.form})
        self._open = None
        self._session.editor.tell(Changed(row.person, frozenset({"filling"}), frozenset({filling_id})))


def page_key(page: FormPage) -> str:
    """By what a page is found again when answers have changed; kept in ``filling.page``."""
    return f"{page.kind}:{page.ref}"


_DECIDED, _SPOKEN, _TURNED = "decided", "spoken", "turned"


def _extra(state: bytes, name: str, otherwise: Extra) -> Extra:
    """What a state keeps beside what the filling itself keeps."""
    try:
        found = json.loads(state).get(name, otherwise)
    except (ValueError, AttributeError):
        return otherwise
    return found if isinstance(found, type(otherwise)) else otherwise
