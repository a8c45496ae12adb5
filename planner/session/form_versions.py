"""Every version of every form under which somebody answers: kept in the notebook, so that answers stay readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.packs.forms import shipped_forms
from planner.session.pack_givers import form_givers
from planner.session.types import FormInfo
from planner.store.errors import StoreDamaged
from planner.store.rows import FormRow
from planner.words import language

if TYPE_CHECKING:
    from planner.forms import Form
    from planner.session.core import Session
    from planner.store.rows import FillingRow

_LOADED: dict[str, Form] = {}
_LONGEST_TITLE, _LONGEST_VERSION = 200, 24


def shipped_form(form_id: str) -> Form:
    """A form that travels with the program; read in once for all notebooks, in any thread.

    Raises:
        KeyError: there is no such form.
    """
    from planner.forms import Form

    if form_id not in _LOADED:
        path = next((each.path() for each in shipped_forms() if each.id == form_id), None)
        if path is None:
            raise KeyError(form_id)
        _LOADED[form_id] = Form.load(path)
    return _LOADED[form_id]


def is_shipped(form_id: str) -> bool:
    """Whether a form travels with the program."""
    return any(each.id == form_id for each in shipped_forms())


class Versions:
    """Which forms there are, and which version of each is meant.

    What was brought in takes the place of a form of the same id that travels with the program, until it is put aside.
    Of what was brought in, the version that came last is the newest; its number is only words.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[str, Form] = {}

    # -- what there is -----------------------------------------------------------------------------------------------
    def infos(self) -> list[FormInfo]:
        """Every form by its newest version, also those that were put aside: first what travels with the program."""
        spoken = language()
        own = self.own()
        givers = form_givers(self._session.store)
        found = []
        for each in shipped_forms():
            mine = own.pop(each.id, None)
            if mine is None or is_aside(mine):
                title, about = each.title.get(spoken), each.about.get(spoken)
                found.append(FormInfo(each.id, title, about, each.minutes, part=each.part, icon=each.icon))
            else:
                found.append(_info(mine, givers))
        brought = (_info(row, givers) for row in own.values())
        return found + sorted(brought, key=lambda info: (info.title.casefold(), info.id))

    def own(self) -> dict[str, FormRow]:
        """The newest version of each form that was brought in, by the form's id."""
        return {row.form: row for row in self._session.store.forms() if row.own}

    def titles(self) -> dict[str, str]:
        """What each form is called, also where only answers are left of it."""
        kept = {row.form: title_of(row) for row in self._session.store.forms()}
        return kept | {each.id: each.title for each in self.infos()}

    # -- one of them -------------------------------------------------------------------------------------------------
    def newest(self, form_id: str) -> Form:
        """The version of a form under which somebody answers now.

        Raises:
            KeyError: there is no such form.
            FormUnreadable, StoreDamaged: what is kept of it cannot be opened.
        """
        digest = self._newest_kept(form_id)
        return self._kept(digest) if digest else shipped_form(form_id)

    def newest_digest(self, form_id: str) -> str:
        """The digest of :meth:`newest`, without reading what is kept.

        Raises:
            KeyError: there is no such form.
        """
        return self._newest_kept(form_id) or shipped_form(form_id).digest

    def _newest_kept(self, form_id: str) -> str:
        """The digest of the newest version where the notebook has it; empty: it is that of the program, or none."""
        rows = self._session.store.forms(form_id)
        own = [row for row in rows if row.own]
        if own and not (is_aside(own[-1]) and is_shipped(form_id)):
            return own[-1].digest
        return "" if is_shipped(form_id) or not rows else rows[-1].digest

    def own_of(self, row: FillingRow) -> Form:
        """The version under which a filling was saved last; where none was kept, the newest.

        Raises:
            KeyError: there is no such form.
            FormUnreadable, StoreDamaged: what is kept of it cannot be opened.
        """
        if row.digest and self._session.store.form(row.digest) is not None:
            return self._kept(row.digest)
        return self.newest(row.form)

    def _kept(self, digest: str) -> Form:
        from planner.forms import Form

        if digest not in self._read:
            for each in _LOADED.values():
                if each.digest == digest:
                    return each
            row, (xform, files) = self._session.store.form(digest), self._session.store.form_content(digest)
            form = Form.from_xml(xform, files=files)
            if row is None or form.id != row.form:
                raise StoreDamaged
            self._read[digest] = form
        return self._read[digest]

    # -- keeping -----------------------------------------------------------------------------------------------------
    def keep(self, form: Form) -> None:
        """Keep the version under which answers are saved; belongs into the transaction that saves them.

        Raises:
            MachineTrouble: it could not be saved.
        """
        store = self._session.store
        if store.form(form.digest) is None:
            row = FormRow(
                digest=form.digest,
                form=form.id,
                version=form.version,
                titles=titles_in(form),
                added=self._session.stamp(),
            )
            store.keep_form(row, form.xform, form.files)

    def remember(self, form: Form) -> None:
        """A form that was read already need not be read again."""
        self._read[form.digest] = form

    def name_old_ones(self) -> None:
        """Keep the version of answers that were given before versions were kept, while it is still known.

        Raises:
            MachineTrouble: it could not be saved; the next quiet moment tries again.
        """
        store = self._session.store
        for shipped in shipped_forms():
            if store.has_nameless_fillings(shipped.id):
                form = shipped_form(shipped.id)
                with store.transaction():
                    self.keep(form)
                    store.name_fillings(shipped.id, form.version, form.digest)


def is_aside(row: FormRow) -> bool:
    """Whether a form that was brought in is not offered any more."""
    return row.hidden >= row.added


def as_it_is(row: FormRow, xform: bytes, files: Mapping[str, bytes]) -> FormRow | None:
    """A row of a copy that somebody handed over, with what its form says of itself; None where it is another form.

    A form under the digest of another one would be asked in its place, here and under answers that were given already.
    One that cannot be read comes only with answers: a later version of the program may read it.
    """
    from planner.forms import Form, FormUnreadable
    from planner.forms.form import digest_of

    if digest_of(xform, files) != row.digest:
        return None
    try:
        form = Form.from_xml(xform, files=files)
    except FormUnreadable:
        return None if row.own else row
    return replace(row, version=form.version, titles=titles_in(form)) if form.id == row.form else None


def titles_in(form: Form) -> dict[str, str]:
    """The titles of a form by language code; its own under the empty code."""
    from planner.forms.titles import titles_of

    titles = {"": form.title.strip() or form.id, **titles_of(form.definition)}
    return {code: " ".join(title.split())[:_LONGEST_TITLE] for code, title in titles.items()}


def title_of(row: FormRow) -> str:
    """The title in the language in use, else the form's own."""
    return row.titles.get(language()) or row.titles.get("") or row.form


def short(version: str) -> str:
    """A version as it is shown: its beginning, in one line."""
    words = " ".join(version.split())
    return words if len(words) <= _LONGEST_VERSION else f"{words[:_LONGEST_VERSION]}…"


def _info(row: FormRow, givers: Mapping[str, str]) -> FormInfo:
    return FormInfo(
        row.form,
        title_of(row),
        "",
        own=True,
        version=short(row.version),
        added=row.added,
        put_aside=is_aside(row),
        giver=givers.get(row.digest, ""),
    )
