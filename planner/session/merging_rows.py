"""What of another copy is no document: people, forms, fillings, notes, papers and the lines of the activity log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.session.filling_files import files_named
from planner.session.form_versions import as_it_is
from planner.session.gone import forget_form, forget_person, gone_forms, is_gone, remember_forms
from planner.session.retention import KEPT_FROM, is_announced, take_later_change
from planner.store.attachments import ANSWER
from planner.store.errors import StoreDamaged

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.merging import Gathered
    from planner.store.rows import ActivityRow, FillingRow, FormRow, NoteRow, PersonRow, ServiceRow
    from planner.store.store import Store

Progress = Callable[[int, int], None]
_DIGEST_KEY = "digest_key"


class Rows:
    """Rows of another store, taken into that of a session within a transaction of the caller's."""

    def __init__(self, session: Session, other: Store, *, keep_both: bool) -> None:
        self._session, self._store, self._other = session, session.store, other
        self._keep_both = keep_both
        self._things: list[tuple[str, str, str]] = []
        self._answered: set[str] = set()
        self._of_strangers: set[str] = set()

    def digest_key(self) -> bytes:
        """The key of the digests of what was deleted here; empty while nothing was."""
        kept = self._store.get(_DIGEST_KEY, "")
        return bytes.fromhex(kept) if isinstance(kept, str) else b""

    # ------------------------------------------------------------ people

    def is_erased(self, person: str) -> bool:
        """Whether this is somebody who was erased here, in a copy of this very notebook."""
        return not self._keep_both and is_gone(self._store, person)

    def people(self, people: Iterable[str], gathered: Gathered) -> None:
        """Add those who are not here, and fill in what was never said here of those who are."""
        somebody = any(each.is_me for each in self._store.people())
        for person in people:
            theirs, mine = self._other.person(person), self._store.person(person)
            if theirs is None:
                continue
            if mine is None:
                row = replace(theirs, is_me=theirs.is_me and not somebody)
                self._store.save_person(row)
                forget_person(self._store, person)
                self._settings_of(person)
                gathered.person(row)
                continue
            take_later_change(self._store, self._other, person)
            if (row := _filled_in(mine, theirs)) != mine:
                self._store.save_person(row)
                gathered.person(row)

    def _settings_of(self, person: str) -> None:
        for name, value in self._other.settings().items():
            # A person of a copy that somebody made up may be called like a setting of the whole notebook.
            if name.split("/")[1:2] == [person] and self._store.get(name) is None and not is_announced(name):
                self._store.set(name, value)

    # ------------------------------------------------------------ all the rest of everybody

    def everything(self, people: Collection[str], progress: Progress) -> None:
        """Take in all rows of these people, digests of what was deleted there, and the activity log."""
        self._share_digest_key()
        self.packs()
        self.forms()
        self.services()
        for done, person in enumerate(people):
            progress(done, len(people))
            self.all_of(person, progress)
            self._purged(person)
        self._log()

    def all_of(self, person: str, progress: Progress) -> None:
        """Take in the fillings, notes and papers of one person."""
        for filling in self._other.fillings(person):
            self.filling(filling)
        self.notes(self._other.notes(person))
        for paper in self._other.attachments(person):
            if paper.record != ANSWER:
                self.paper(paper.id, progress)

    def filling(self, theirs: FillingRow, *, always: bool = False) -> None:
        """Take in one filling: the newer state counts. ``always``: also an older or erased one."""
        mine = self._store.filling(theirs.id)
        if mine is not None and replace(theirs, digest=mine.digest) == mine:
            # Only the version of its form was not kept there yet, or not yet here.
            return
        if mine is None:
            if not self._stays_erased(theirs.person, theirs.id, always=always):
                self._save(theirs)
            return
        newer, older = (theirs, mine) if _age(theirs) > _age(mine) else (mine, theirs)
        if self._keep_both or always:
            self._keep_beside(older)
        if newer is not mine:
            self._save(newer)

    def _stays_erased(self, person: str, thing: str, *, always: bool) -> bool:
        """Whether something was erased here, and its coming in a copy of this very notebook means nothing."""
        erased = thing in self._store.gone(person)
        if erased and (always or self._keep_both):
            self._store.forget_gone(person, thing)
            return False
        return erased

    def _keep_beside(self, older: FillingRow) -> None:
        """The older state as a filling of its own; its id follows from it, so that both copies make the same one."""
        name = hashlib.blake2b(json.dumps([older.id, older.updated]).encode() + older.state, digest_size=16).hexdigest()
        if self._store.filling(name) is None:
            self._save(replace(older, id=name))

    def _save(self, row: FillingRow) -> None:
        if row.digest and self._store.form(row.digest) is None and not self._bring_form(row.digest):
            row = replace(row, digest="")
        self._store.save_filling(row)
        self._files_of(row)
        self._answered.add(row.person)
        self._things.append((row.person, "filling", row.id))

    def _files_of(self, row: FillingRow) -> None:
        """The files that these answers name come with them, whatever became of them here."""
        for theirs in files_named(self._other, row.person, row.state):
            mine = self._store.attachment(theirs.id)
            if mine is None:
                self._store.forget_gone(row.person, theirs.id)
                self._store.add_attachment(replace(theirs, removed=False), self._other.attachment_content(theirs.id))
            elif mine.removed and (mine.person, mine.record) == (row.person, ANSWER):
                self._store.change_attachment(theirs.id, removed=False)

    # ------------------------------------------------------------ forms

    def forms(self) -> None:
        """Take in the forms that were brought in there; of one that is on both sides, what was done last counts.

        A version that is kept only because somebody answered under it comes with those answers.
        """
        self._gone_there()
        gone = gone_forms(self._store)
        for theirs in self._other.forms():
            mine = self._store.form(theirs.digest)
            if not theirs.own or theirs.digest in self._of_strangers:
                continue
            if mine is None:
                if theirs.added > gone.get(theirs.digest, ""):
                    self._bring_form(theirs.digest)
            elif (row := _done_last(mine, theirs)) != mine:
                self._change_form(row)
        for newest in {row.form: row for row in self._store.forms() if row.own}.values():
            # An earlier version may have been put aside after this one was brought in elsewhere.
            hidden = max(row.hidden for row in self._store.forms(newest.form) if row.own)
            if hidden > newest.hidden:
                self._change_form(replace(newest, hidden=hidden))

    def form(self, form_id: str) -> None:
        """Take in one form by its newest version, also when it was removed here; it is offered from now on."""
        own = [row for row in self._other.forms(form_id) if row.own]
        if own:
            forget_form(self._store, own[-1].digest)
            if self._bring_form(own[-1].digest):
                self._change_form(replace(own[-1], added=self._session.forms.own.a_moment_later(form_id)))

    def _gone_there(self) -> None:
        """What was removed there after it came here goes here too, or is put aside where somebody needs it."""
        for digest, at in gone_forms(self._other).items():
            mine = self._store.form(digest)
            if mine is not None and mine.added > at:
                continue
            if at > gone_forms(self._store).get(digest, ""):
                remember_forms(self._store, [digest], at)
            if mine is None or not mine.own:
                continue
            if self._store.form_is_used(mine.form):
                self._change_form(replace(mine, hidden=max(mine.hidden, at)))
            else:
                self._store.remove_form(digest)
                self._things.append(("", "form", mine.form))

    def _change_form(self, row: FormRow) -> None:
        self._store.change_form(row)
        self._things.append(("", "form", row.form))

    def _bring_form(self, digest: str) -> bool:
        """Take in one version with what is in it; False where it is not there, or cannot be read."""
        theirs = self._other.form(digest)
        if theirs is None:
            return False
        try:
            xform, files = self._other.form_content(digest)
        except StoreDamaged:
            return False
        row = as_it_is(theirs, xform, files)
        if row is None:
            return False
        removed = gone_forms(self._store).get(digest, "")
        self._store.keep_form(replace(row, hidden=max(row.hidden, removed)), xform, files)
        self._things.append(("", "form", theirs.form))
        return True

    # ------------------------------------------------------------ places and services

    def services(self) -> None:
        """Take in the entries of the directory; of one that is on both sides, what was written last counts."""
        for theirs in self._other.services(include_removed=True):
            mine = self._store.service(theirs.id)
            is_news = not theirs.removed if mine is None else _written(theirs) > _written(mine)
            if is_news:
                self._put_service(theirs)

    def service(self, service: str) -> None:
        """Take in one entry as it is there, also when it was removed here."""
        theirs = self._other.service(service)
        if theirs is not None and not theirs.removed:
            self._put_service(replace(theirs, changed=self._session.directory.moment_after(service)))

    def _put_service(self, row: ServiceRow) -> None:
        self._store.save_service(row)
        self._things.append(("", "service", row.id))

    # ------------------------------------------------------------ packs

    def packs(self) -> None:
        """Take in the packs of the other copy, as far as their givers are trusted here."""
        if not self._other.packs(taken_out=True) and not self._other.givers():
            return
        from planner.session.merging_packs import merge_packs

        self._things += [("", "pack", pack) for pack in merge_packs(self._session, self._other)]
        if self._things:
            self._session.packs.forget()
        here = {digest for row in self._store.packs(taken_out=True) for digest in row.forms.values()}
        self._of_strangers = {each for row in self._other.packs() for each in row.forms.values()} - here

    def pack(self, pack: str) -> None:
        """Take in one pack with its forms, also when it was taken out here."""
        from planner.session.merging_packs import merge_pack

        if merge_pack(self._session, self._other, pack):
            self._things.append(("", "pack", pack))

    # ------------------------------------------------------------ notes and papers

    def notes(self, theirs: Iterable[NoteRow]) -> None:
        """Take in notes; each first one before its amendments."""
        rows = sorted(theirs, key=lambda row: (bool(row.amends), row.at))
        people = {row.person for row in rows}
        here = {row.id for person in people for row in self._store.notes(person)}
        for row in rows:
            if row.id not in here and (not row.amends or row.amends in here):
                self._store.add_note(row)
                here.add(row.id)
                self._things.append((row.person, "note", row.id))

    def paper(self, paper: str, progress: Progress, *, always: bool = False) -> None:
        """Take in one paper with what is in it. ``always``: also one that was removed or erased here."""
        theirs, mine = self._other.attachment(paper), self._store.attachment(paper)
        if theirs is None or self._store.person(theirs.person) is None:
            return
        if mine is None:
            if self._stays_erased(theirs.person, paper, always=always):
                return
            self._store.add_attachment(replace(theirs, removed=False), self._other.attachment_content(paper), progress)
        elif mine.removed and always:
            self._store.change_attachment(paper, removed=False)
        else:
            return
        self._things.append((theirs.person, "paper", paper))

    # ------------------------------------------------------------ what nobody sees

    def _share_digest_key(self) -> None:
        theirs = self._other.get(_DIGEST_KEY, "")
        if theirs and not self._store.get(_DIGEST_KEY, ""):
            self._store.set(_DIGEST_KEY, theirs)

    def _purged(self, person: str) -> None:
        """Digests mean something only under the key that they were made with."""
        if self._other.get(_DIGEST_KEY, "") != self._store.get(_DIGEST_KEY, ""):
            return
        for section in self._other.purged_sections(person):
            here = {row.id for row in self._store.rows(person, None, include_removed=True)}
            mine = self._store.purged(person, section)
            theirs = self._other.purged(person, section)
            fresh = {name: blob for name, blob in theirs.items() if name not in mine and name not in here}
            if fresh:
                self._store.add_purged(person, section, fresh)

    def _log(self) -> None:
        """Lines of the activity log get numbers of their own here; none is there twice, none comes back."""
        here = {_line(each) for each in self._store.activity(-1)}
        people = {"", *(each.id for each in self._store.people())}
        kept_from = str(self._store.get(KEPT_FROM, ""))
        for each in reversed(self._other.activity(-1)):
            if _line(each) not in here and each.person in people and each.at >= kept_from:
                self._store.log(each.at, each.what, each.person, each.detail)

    # ------------------------------------------------------------ the end

    def tell(self, gathered: Gathered) -> None:
        """Say what came, and let answers be found."""
        for person, kind, thing in self._things:
            gathered.one(person, kind, thing)
        for form in {thing for _person, kind, thing in self._things if kind == "form"}:
            self._session.forms.form_changed(form)
        for person in sorted(self._answered):
            self._session.forms.index_again(person)
        if any(kind == "pack" for _person, kind, _thing in self._things):
            self._session.packs.forget()
        self._store.drop_unused_forms()


def _line(row: ActivityRow) -> str:
    return json.dumps([row.at, row.what, row.person, row.detail], sort_keys=True)


def _written(row: ServiceRow) -> tuple[str, bool, str]:
    """Both copies choose alike, also where two wrote at the same moment."""
    return (row.changed, row.removed, json.dumps(row.content, sort_keys=True))


def _age(row: FillingRow) -> tuple[str, str, bytes]:
    return (row.updated, row.finished, row.state)


def _done_last(mine: FormRow, theirs: FormRow) -> FormRow:
    """When a form was brought in counts only where somebody did that."""
    added = max(each.added for each in (mine, theirs) if each.own)
    return replace(mine, own=True, added=added, hidden=max(mine.hidden, theirs.hidden))


def _filled_in(mine: PersonRow, theirs: PersonRow) -> PersonRow:
    """What was never said here comes from there; a hold of either side stays."""
    return replace(
        mine,
        name=mine.name or theirs.name,
        code=mine.code or theirs.code,
        under_18=mine.under_18 if mine.under_18 is not None else theirs.under_18,
        told_on=mine.told_on or theirs.told_on,
        language=mine.language or theirs.language,
        held_since=mine.held_since or theirs.held_since,
    )
