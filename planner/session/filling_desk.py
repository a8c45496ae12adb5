"""Guided forms of an open notebook: begun, saved after every answer, resumed, finished into the plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.packs.forms import shipped_forms
from planner.plan.records import Appointment, Goal, GoalPart, Record, WrittenBy, new_id
from planner.session.proposals import proposal
from planner.session.types import Changed, Choice, Decision, FormInfo, Mode, Proposal
from planner.store.rows import FillingRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Filling
    from planner.session.core import Session


class FillingDesk:
    """One filling on the table: the answers in memory and their row in the store."""

    def __init__(self, session: Session, row: FillingRow, filling: Filling, info: FormInfo) -> None:
        self._session = session
        self._row = row
        self.filling = filling
        self.info = info
        self.person = row.person

    @property
    def saved_at(self) -> str:
        """When the last answer was saved: ISO 8601, UTC."""
        return self._row.updated

    def save(self) -> None:
        """Make the answers given so far durable; called after every answer.

        Raises:
            MachineTrouble: it could not be saved; the answers stay in memory.
        """
        row = replace(self._row, state=self.filling.state(), updated=self._session.stamp())
        store = self._session.store
        with store.transaction():
            store.save_filling(row)
        self._row = row
        self._session.editor.tell(Changed(self.person, frozenset({"filling"}), frozenset({row.id})))

    def proposals(self) -> list[Proposal]:
        """What these answers would put into the plan, beside what earlier answers put there."""
        session = self._session
        known = {record.origin: record for record in session.with_origin(self.person)}
        dropped = frozenset(session.store.get(self._dropped_name(), []))
        found = [
            proposal(draft.entity_id, draft.dataset, draft.label, draft.properties, known, dropped)
            for draft in self.filling.entities()
        ]
        kept = [each for each in found if each is not None]
        return [each for each in kept if each.existing is None or each.differences]

    def finish(self, proposals: Iterable[Proposal], decisions: Iterable[Decision]) -> None:
        """Put what she keeps into the plan and close the filling; refused and put-off answers leave no trace.

        Raises:
            MachineTrouble: it could not be kept; nothing changed, and the filling stays open.
        """
        session = self._session
        by_origin = {each.origin: each for each in proposals}
        decided = [(by_origin[each.origin], each) for each in decisions if each.origin in by_origin]
        dropped = set(session.store.get(self._dropped_name(), []))
        dropped -= {each.origin for _offered, each in decided}
        dropped |= {each.origin for _offered, each in decided if each.choice is Choice.DROP}
        done = replace(self._row, state=self.filling.finish(), updated=session.stamp(), finished=session.stamp())

        def close() -> None:
            session.store.set(self._dropped_name(), sorted(dropped))
            session.store.save_filling(done)

        with session.edit(self.person, _("Put answers into the plan"), close) as edit:
            for offered, decision in decided:
                if decision.choice is Choice.KEEP:
                    record = decision.record or offered.record
                    parts = offered.parts if decision.parts is None else decision.parts
                    for each in self._ready(record, parts, new=offered.existing is None):
                        edit.add(each)
        self._row = done
        session.editor.tell(Changed(self.person, frozenset({"filling"}), frozenset({done.id})))

    def _ready(self, record: Record, parts: Iterable[Record], *, new: bool) -> list[Record]:
        from planner.plan.order import between

        session = self._session
        if new and isinstance(record, Goal):
            written = WrittenBy.TOGETHER if session.mode is Mode.WITH_OTHERS else WrittenBy.ME
            goals = session.goals(self.person)
            record = replace(record, written_by=written, order=between(goals[-1].order if goals else "", ""))
        if isinstance(record, Appointment) and not record.zone:
            record = replace(record, zone=session.zone)
        ready = [record]
        steps = session.parts(self.person, record.id).steps if not new else ()
        last = steps[-1].order if steps else ""
        for part in parts:
            if isinstance(part, GoalPart):
                last = between(last, "")
                ready.append(replace(part, order=last))
            else:
                ready.append(part)
        return ready

    def _dropped_name(self) -> str:
        return f"dropped/{self.person}/{self.info.id}"


class Forms:
    """The forms that can be opened, and the fillings of each person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[FormInfo]:
        """The forms that ship with the program, in their order."""
        spoken = language()
        return [
            FormInfo(each.id, each.title.get(spoken), each.about.get(spoken), each.minutes) for each in shipped_forms()
        ]

    def begun(self, person: str) -> frozenset[str]:
        """The forms of which there is a filling, finished or not."""
        self._session.within_reach(person)
        return frozenset(row.form for row in self._session.store.fillings(person))

    def unfinished(self, person: str) -> list[FillingRow]:
        """The fillings that were begun and not finished, newest first."""
        self._session.within_reach(person)
        rows = [row for row in self._session.store.fillings(person) if not row.finished]
        return sorted(rows, key=lambda row: row.updated, reverse=True)

    def open(self, person: str, form_id: str) -> FillingDesk:
        """Resume the unfinished filling of a form, else begin one; answers of a finished one are taken over.

        Raises:
            KeyError: there is no such form.
        """
        session = self._session
        session.within_reach(person)
        info = next((each for each in self.all() if each.id == form_id), None)
        if info is None:
            raise KeyError(form_id)
        from planner.forms import Form

        form = Form.load(next(each.path() for each in shipped_forms() if each.id == form_id))
        rows = sorted(session.store.fillings(person, form_id), key=lambda row: row.updated)
        begun = next((row for row in reversed(rows) if not row.finished), None)
        if begun is not None:
            return FillingDesk(session, begun, form.resume_state(begun.state), info)
        filling = form.resume(rows[-1].state) if rows else form.start(now=session.now())
        now = session.stamp()
        row = FillingRow(
            id=new_id(),
            person=person,
            form=form_id,
            version=form.version,
            state=filling.state(),
            started=now,
            updated=now,
            finished="",
        )
        return FillingDesk(session, row, filling, info)

    def throw_away(self, filling_id: str) -> None:
        """Delete a filling with all its answers."""
        store = self._session.store
        row = store.filling(filling_id)
        if row is None:
            return
        with store.transaction():
            store.remove_filling(filling_id)
        self._session.editor.tell(Changed(row.person, frozenset({"filling"}), frozenset({filling_id})))
