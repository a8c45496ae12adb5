"""The rows that the store takes and gives. Times ``at``, ``started`` and ``updated`` are ISO 8601 in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JSONValue = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person with a plan. ``under_18``: ``None`` when nobody asked. ``told_on``: the day it was said who may read.

    ``held_since``: when somebody said that nothing of this person may be erased; empty while nobody has.
    """

    id: str
    name: str = ""
    code: str = ""
    under_18: bool | None = None
    told_on: str = ""
    language: str = ""
    created: str = ""
    is_me: bool = False
    resting: bool = False
    held_since: str = ""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One section of a person's plan as it lies in the store: clean state, and what was written since."""

    state: bytes = b""
    deltas: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One record as lists see it; ``fields`` are the record's own.

    ``search`` holds all words to find it by, one piece a line; it is only taken, and empty in what is given.
    """

    person: str
    id: str
    section: str
    kind: str
    title: str = ""
    removed: bool = False
    fields: dict[str, JSONValue] = field(default_factory=dict)
    search: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRow:
    """Something that can be found and is no record: a note, the answers to a form, a paper.

    ``owner`` is the id of what has to be opened to see it, ``day`` an ISO 8601 day or empty, ``text`` what it says, one
    piece a line.
    """

    person: str
    kind: str
    id: str
    owner: str = ""
    day: str = ""
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found. ``fields`` are those of a record, ``text`` is what anything else says, one piece a line."""

    person: str
    kind: str
    id: str
    title: str = ""
    fields: dict[str, JSONValue] = field(default_factory=dict)
    owner: str = ""
    day: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One occurrence of an appointment.

    ``starts_utc`` and ``ends_utc`` sort as text, so all rows write them alike (``2026-03-12T10:30:00+00:00``); an
    all-day occurrence has the UTC times at which its day begins and ends in its own zone. ``starts`` is the wall clock
    or the day, as in the appointment.
    """

    person: str
    appointment: str
    starts_utc: str
    ends_utc: str = ""
    starts: str = ""
    zone: str = ""
    all_day: bool = False
    title: str = ""
    original_starts: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingRow:
    """A guided form in progress or finished; ``finished`` is empty while it is in progress.

    ``digest`` names the version of the form under which it was saved last (:class:`FormRow`); empty where a version of
    the notebook that kept no forms wrote it.
    """

    id: str
    person: str
    form: str
    version: str = ""
    state: bytes = b""
    started: str = ""
    updated: str = ""
    finished: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One version of a guided form that is kept in the notebook, without what is in it.

    ``digest`` is what tells it from every other (hexadecimal). ``titles`` by language code, the form's own under the
    empty code. ``own``: somebody brought it in; otherwise it is kept only because there is a filling. ``added`` and
    ``hidden``: when it was brought in last, and when it was last put aside; it is offered while ``added`` is later.
    """

    digest: str
    form: str
    version: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    own: bool = False
    added: str = ""
    hidden: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """An entry of the own directory. ``content`` are its fields (:class:`planner.packs.services.OwnService`).

    ``origin`` names the list and entry it was brought in from, or is empty; ``changed`` is when it was written last.
    """

    id: str
    origin: str = ""
    changed: str = ""
    removed: bool = False
    content: dict[str, JSONValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """Content from somebody else, without what is in it.

    ``giver`` is the public half of the key that signed it, or empty; ``digest`` tells what is in it (both hexadecimal).
    ``names`` by language code; ``forms`` the digest of each of its forms by id (:class:`FormRow`), also of those that
    went and stay only because somebody answered them. ``added`` and ``taken_out``: when (ISO 8601, UTC); one that was
    taken out keeps nothing else but who gave it, and which version.
    """

    id: str
    giver: str = ""
    version: str = ""
    digest: str = ""
    names: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    added: str = ""
    taken_out: str = ""


@dataclass(frozen=True, slots=True)
class GiverRow:
    """Somebody who gives packs, known by the public half of a key (hexadecimal), under the name that was confirmed.

    ``confirmed`` and ``forgotten``: when (ISO 8601, UTC); known while the former is later.
    """

    key: str
    name: str
    confirmed: str = ""
    forgotten: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A worker's note. Never changed: an amendment is a note that names the first one in ``amends``."""

    id: str
    person: str
    amends: str = ""
    at: str = ""
    author: str = ""
    when_date: str = ""
    kind: str = ""
    minutes: int = 0
    who: str = ""
    facts: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """A photo or PDF of a paper; ``size`` in bytes, ``record`` the id of what it belongs to, or empty."""

    id: str
    person: str
    record: str = ""
    title: str = ""
    media_type: str = ""
    size: int = 0
    added: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """Something that left, or was done; never any content. ``person`` is empty when it is about nobody."""

    number: int
    at: str
    what: str
    person: str
    detail: dict[str, JSONValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """What was half typed on a page when the notebook was locked."""

    page: str
    person: str
    value: dict[str, JSONValue]
