"""Forms that a shelter has already: looked at first, then brought in; put aside or removed later.

A form belongs to the notebook, not to a person. One that comes again with the same id and other content is the newest
version of it from then on; what is in progress opens under it, and what was finished stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.session.form_versions import is_aside, is_shipped, titles_in
from planner.session.gone import forget_form, remember_forms
from planner.session.types import Changed, FormInfo, OutOfReach
from planner.store.rows import FormRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Form, Problem
    from planner.session.core import Session

LARGEST_BESIDE = 40_000_000
"""Bytes of all files beside a form together."""


class Arrival(StrEnum):
    """What a form that is looked at would be here."""

    NEW = "new"
    SAME = "same"
    """It is here, to the last letter."""
    BACK = "back"
    """It is here and was put aside; it would be offered again."""
    NEWEST = "newest"
    """A form of its id is here; this would be its newest version."""


@dataclass(frozen=True, slots=True)
class FormPreview:
    """What bringing in a form would do; nothing has changed.

    ``questions`` counts those that can be answered. ``before`` is the version that is the newest now, ``fresh`` and
    ``gone`` how many questions the two have not in common, ``in_progress`` how many fillings would open under it.
    ``shipped``: it would take the place of a form that travels with the program.
    """

    form: Form
    arrival: Arrival
    questions: int
    languages: tuple[str, ...]
    problems: tuple[Problem, ...]
    before: str = ""
    fresh: int = 0
    gone: int = 0
    in_progress: int = 0
    shipped: bool = False

    @property
    def title(self) -> str:
        """The form's title in the language in use, else its own, else its id."""
        titles = titles_in(self.form)
        return titles.get(language()) or titles[""]


class OwnForms:
    """The forms that were brought into an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._versions = session.forms.versions

    def look(self, path: Path, progress: Callable[[int, int], None] | None = None) -> FormPreview:
        """Read a form and the files beside it; nothing changes. May take seconds, and may run beside the window.

        ``progress`` may raise to stop.

        Raises:
            FormUnreadable: it cannot be opened; ``problems`` says where, as far as that is known.
        """
        from planner.apart.form_files import read_form

        self._closed_with_someone()
        return self.look_at(read_form(path, progress))

    def look_at(self, form: Form) -> FormPreview:
        """What a form that was read already would be here.

        Raises:
            FormUnreadable: it cannot be opened, or is too large to be kept.
        """
        from planner.forms import FormUnreadable
        from planner.forms.form import digest_anew

        self._closed_with_someone()
        if sum(len(each) for each in form.files.values()) > LARGEST_BESIDE:
            raise FormUnreadable(_("The files beside this form are too large to be kept with it."))
        form.start(now=self._session.now).pages()
        preview = FormPreview(form, Arrival.NEW, len(_asked(form)), form.languages, form.problems)
        try:
            before = self._versions.newest(form.id)
        except KeyError:
            return preview
        except MachineTrouble:
            return replace(preview, arrival=Arrival.NEWEST)
        rows = [each for each in self._session.store.forms(form.id) if each.own]
        offered = bool(rows) and not is_aside(rows[-1])
        old, new = _asked(before), _asked(form)
        arrival = Arrival.NEWEST
        same = digest_anew(before) == digest_anew(form)
        if rows and (rows[-1].digest == form.digest or (offered and same)):
            arrival = Arrival.SAME if offered else Arrival.BACK
        elif same:
            arrival = Arrival.SAME
        return replace(
            preview,
            arrival=arrival,
            before=before.version,
            fresh=len(new - old),
            gone=len(old - new),
            in_progress=self._session.store.unfinished_of(form.id),
            shipped=is_shipped(form.id) and not offered,
        )

    def keep(self, preview: FormPreview) -> FormInfo:
        """Bring in what was looked at; from now on it is the newest version of its form.

        Raises:
            MachineTrouble: it could not be saved; nothing changed.
        """
        self._closed_with_someone()
        form = preview.form
        with self._session.store.transaction():
            self.put(form)
            self._session.store.drop_unused_forms()
        self._changed(form.id)
        return next(each for each in self._versions.infos() if each.id == form.id)

    def put(self, form: Form) -> None:
        """Make a form the newest of its id; belongs into a transaction of the caller's, who also tells of it.

        Raises:
            MachineTrouble: it could not be saved.
        """
        store = self._session.store
        row = FormRow(
            digest=form.digest,
            form=form.id,
            version=form.version,
            titles=titles_in(form),
            own=True,
            added=self.a_moment_later(form.id),
            hidden="",
        )
        store.keep_form(row, form.xform, form.files)
        forget_form(store, form.digest)
        self._versions.remember(form)

    def let_go(self, form_id: str, digest: str) -> None:
        """Offer one version no longer, if it is the newest: put aside where anybody answered the form, else removed.

        Belongs into a transaction of the caller's, who also tells of it.

        Raises:
            MachineTrouble: it could not be saved.
        """
        store = self._session.store
        rows = [row for row in store.forms(form_id) if row.own]
        if not rows or rows[-1].digest != digest:
            return
        at = self.a_moment_later(form_id)
        if not store.form_is_used(form_id):
            store.remove_form(digest)
            remember_forms(store, [digest], at)
        elif not is_aside(rows[-1]):
            store.change_form(replace(rows[-1], hidden=at))

    def put_aside(self, form_id: str) -> None:
        """Offer a form no longer; answers to it stay, and can be read and gone on with.

        Raises:
            MachineTrouble: it could not be saved; nothing changed.
        """
        self._set(form_id, hidden=True)

    def offer_again(self, form_id: str) -> None:
        """Offer a form that was put aside.

        Raises:
            MachineTrouble: it could not be saved; nothing changed.
        """
        self._set(form_id, hidden=False)

    def can_remove(self, form_id: str) -> bool:
        """Whether nobody has begun a form that was brought in."""
        return form_id in self._versions.own() and not self._session.store.form_is_used(form_id)

    def remove(self, form_id: str) -> None:
        """Remove a form for good.

        Raises:
            ValueError: somebody has begun it, or it was not brought in.
            MachineTrouble: it could not be removed; nothing changed.
        """
        self._closed_with_someone()
        if not self.can_remove(form_id):
            raise ValueError("a form under which there are answers is only put aside")
        store = self._session.store
        with store.transaction():
            rows, at = store.forms(form_id), self.a_moment_later(form_id)
            for row in rows:
                store.remove_form(row.digest)
            remember_forms(store, [row.digest for row in rows], at)
        self._changed(form_id)

    def _set(self, form_id: str, *, hidden: bool) -> None:
        self._closed_with_someone()
        store = self._session.store
        row = self._versions.own()[form_id]
        at = self.a_moment_later(form_id)
        with store.transaction():
            store.change_form(replace(row, hidden=at) if hidden else replace(row, added=at))
        self._changed(form_id)

    def a_moment_later(self, form_id: str) -> str:
        """Now, or a moment after the last thing that was done with this form: what came last decides."""
        now = self._session.clock().astimezone(UTC).isoformat(timespec="microseconds")
        done = [each for row in self._session.store.forms(form_id) for each in (row.added, row.hidden) if each]
        last = max(done, default="")
        return now if now > last else _a_moment_after(last)

    def _changed(self, form_id: str) -> None:
        self._session.forms.form_changed(form_id)
        self._session.editor.tell(Changed("", frozenset({"form"}), frozenset({form_id})))

    def _closed_with_someone(self) -> None:
        if self._session.only is not None:
            raise OutOfReach


def _a_moment_after(stamp: str) -> str:
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(stamp) + timedelta(microseconds=1)
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return f"{stamp}+"  # a copy that somebody handed over may hold any words; sorting is all that is asked of them


def _asked(form: Form) -> set[str]:
    """The paths of what a form asks."""
    return {node.path for node in form.definition.nodes.values() if node.control is not None}
