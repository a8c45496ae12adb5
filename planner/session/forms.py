"""The forms of an open notebook: what can be begun, what was begun and finished, and which of it is on the table."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.plan.records import new_id
from planner.session.filling_desk import FillingDesk, page_key
from planner.session.filling_files import erase_unused
from planner.session.filling_index import FillingIndex
from planner.session.filling_words import beside_row
from planner.session.form_versions import Versions
from planner.session.types import Changed, FormInfo
from planner.store.rows import FillingRow
from planner.words import language

if TYPE_CHECKING:
    from planner.forms import Filling, Form
    from planner.session.core import Session
    from planner.session.own_forms import OwnForms


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
        rows = self._session.store.fillings(person)
        rows.sort(key=lambda row: row.updated)
        # Turned round, not sorted the other way: of two in one second the one that was begun later is the newer.
        rows.reverse()
        return rows

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
            return self.versions.newest_digest(row.form) != row.digest
        return True

    def only_read(self, filling_id: str) -> bool:
        """Whether these answers are seen only as they were: finished, and others or another version came since."""
        row = self._session.store.filling(filling_id)
        if row is None or not row.finished:
            return False
        newest = next(each for each in self._rows(row.person) if each.form == row.form)
        return newest.id != row.id or self.reads_otherwise(row)

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
            if not store.fillings(row.person, row.form):
                # What she said no to tells what she had answered.
                store.set(f"dropped/{row.person}/{row.form}", [])
        self._open = None
        self._session.editor.tell(Changed(row.person, frozenset({"filling"}), frozenset({filling_id})))
