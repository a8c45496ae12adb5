"""Places and services as the screens use them: those that travel with the program, and the notebook's own.

Own entries belong to the notebook, not to a person. They stand beside the built-in lines and never hide or change one.
While somebody sits beside the worker everything can be read and nothing changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from planner.packs.services import MANY, WRITTEN, Cost, NationalService, OwnService, own_service
from planner.plan.folded import asked_words, kept_words
from planner.plan.records import Ring, SupportContact, new_id
from planner.session.types import Changed, OutOfReach
from planner.store.rows import ServiceRow
from planner.words import _, language

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.directory_lists import DirectoryPreview, TakenIn

Progress = Callable[[int, int], None]
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Listing:
    """One place, whichever it is: ``own`` or ``national`` is set."""

    own: OwnService | None = None
    national: NationalService | None = None

    @property
    def id(self) -> str:
        """Told apart from all others."""
        if self.own is not None:
            return f"own/{self.own.id}"
        return f"from/{self.giver}/{self._line.id}" if self.giver else f"built-in/{self._line.id}"

    @property
    def _line(self) -> NationalService:
        assert self.national is not None
        return self.national

    @property
    def name(self) -> str:
        """What it is called, in the language in use."""
        return self.own.name if self.own is not None else self._line.line.name.get(language())

    @property
    def purpose(self) -> str:
        """What it is for."""
        return self.own.purpose if self.own is not None else self._line.line.purpose.get(language())

    @property
    def needs(self) -> frozenset[str]:
        """What somebody may look for who comes here."""
        return frozenset(self.own.needs if self.own is not None else self._line.needs)

    @property
    def languages(self) -> frozenset[str]:
        """Codes or words; :data:`MANY` stands for interpreters."""
        return frozenset(self.own.languages if self.own is not None else self._line.languages)

    @property
    def cost(self) -> str:
        """What it costs (:class:`Cost`), or "" when nobody says."""
        return self.own.cost if self.own is not None else self._line.cost.value

    @property
    def eases(self) -> frozenset[str]:
        """What is easy here."""
        return frozenset(self.own.eases if self.own is not None else self._line.eases)

    @property
    def numbers(self) -> tuple[str, ...]:
        """How it is reached: phone numbers and sites."""
        if self.own is not None:
            return (*(each["number"] for each in self.own.phones), *filter(None, (self.own.site, self.own.email)))
        return tuple(each.value for each in self._line.line.numbers)

    @property
    def giver(self) -> str:
        """Whose it is; "" for what is built in or written here."""
        return self.national.giver if self.national is not None else ""

    def please_check(self, today: date) -> bool:
        """Whether "please check" stands beside it."""
        return self.own.please_check(today) if self.own is not None else self._line.please_check(today)

    def words(self) -> str:
        """Everything by which it is found."""
        if self.own is not None:
            own = self.own
            shown = [own.name, own.purpose, own.cost_note, own.hours, own.note, *own.languages]
            return " ".join([*shown, own.address if own.show_address else "", *self.numbers])
        said = (each.words.get(language()) for each in self._line.line.claims)
        return " ".join([self.name, self.purpose, *said, *self.numbers])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; "" where anything will do. ``cost``: ``free``, or ``by-income`` for that or free."""

    text: str = ""
    need: str = ""
    language: str = ""
    cost: str = ""
    ease: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What fits, own entries before the built-in ones; ``silent`` are places that do not say whether they do."""

    found: tuple[Listing, ...]
    silent: tuple[Listing, ...]


class Directory:
    """The places and services of an open notebook."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._of: tuple[object, ...] = ()
        self._all: list[Listing] | None = None
        self._words: dict[str, tuple[list[str], str]] = {}

    # ---------------------------------------------------------------- reading

    def national(self) -> tuple[NationalService, ...]:
        """Built in, and what packs add."""
        return self._session.content.services()

    def own(self) -> list[OwnService]:
        """The notebook's own, by name."""
        found = [_entry(row) for row in self._session.store.services()]
        return sorted((each for each in found if each.name), key=lambda each: (each.name.casefold(), each.id))

    def entry(self, service: str) -> OwnService | None:
        """One of the notebook's own."""
        row = self._session.store.service(service)
        return _entry(row) if row is not None and not row.removed else None

    def all(self) -> list[Listing]:
        """Everything: first what somebody here knows, then what is built in."""
        return list(self._read())

    def _read(self) -> list[Listing]:
        """The same, kept until anything is written: each letter typed asks for it, and a list may have thousands."""
        now = (self._session.store.writes(), self.national(), language())
        if self._all is None or self._of != now:
            self._of, self._words = now, {}
            own = (Listing(own=each) for each in self.own())
            self._all = [*own, *(Listing(national=each) for each in self.national())]
        return self._all

    def _kept_words(self, listing: Listing) -> tuple[list[str], str]:
        """The words of a place, and its digits in a row."""
        found = self._words.get(listing.id)
        if found is None:
            digits = "".join(sign for sign in " ".join(listing.numbers) if sign.isdigit())
            found = self._words[listing.id] = (kept_words(listing.words()), digits)
        return found

    def find(self, wanted: Wanted) -> Answer:
        """What fits, and what might: places that do not say."""
        asked = [word for words in asked_words(wanted.text, _MOST_WORDS) for word in words]
        found: list[Listing] = []
        silent: list[Listing] = []
        for each in self._read():
            if asked and not _has(*self._kept_words(each), asked):
                continue
            answers = [_need(each, wanted), _language(each, wanted), _cost(each, wanted), _ease(each, wanted)]
            if all(answers):
                found.append(each)
            elif all(answer is not False for answer in answers):
                silent.append(each)
        return Answer(tuple(found), tuple(silent))

    def languages(self) -> list[str]:
        """Every language that a place speaks, without the mark for interpreters."""
        return sorted({each for listing in self._read() for each in listing.languages} - {MANY})

    # ---------------------------------------------------------------- writing

    def save(self, entry: OwnService) -> OwnService:
        """Keep an entry as it stands; one without an id is new.

        Raises:
            ValueError: it has no name.
            OutOfReach: somebody is beside the worker.
            MachineTrouble: it could not be saved; nothing changed.
        """
        self.closed_with_someone()
        clean = own_service({name: getattr(entry, name) for name in WRITTEN})
        if not clean.name:
            raise ValueError("a place has a name")
        service = entry.id or new_id()
        kept = replace(clean, id=service, origin=entry.origin, changed=self.moment_after(service))
        self._session.store.save_service(row_of(kept))
        self.tell([service])
        return kept

    def remove(self, service: str) -> OwnService | None:
        """Take an entry out; what is returned can be put back with :meth:`save`.

        Raises:
            OutOfReach, MachineTrouble: nothing changed.
        """
        self.closed_with_someone()
        entry = self.entry(service)
        if entry is not None:
            self._session.store.remove_service(service, self.moment_after(service))
            self.tell([service])
        return entry

    def into_people(self, listing: Listing, person: str) -> tuple[str, bool]:
        """Make somebody to call of a place; returns the contact's id, and whether it is new.

        Raises:
            MachineTrouble: it could not be saved; nothing changed.
        """
        contact = contact_of(listing)
        mine = {each["number"] for each in contact.phones}
        for each in self._session.contacts(person):
            if each.name == contact.name and mine <= {phone.get("number", "") for phone in each.phones}:
                return each.id, False
        with self._session.edit(person, _("Put a place into the people")) as edit:
            edit.add(contact)
        return contact.id, True

    # ---------------------------------------------------------------- lists from elsewhere

    def look(self, data: bytes, progress: Progress, region: str = "") -> DirectoryPreview:
        """What bringing in a list would do; nothing changes. May run beside the window.

        Raises:
            ServiceTrouble: it is no list, hostile or too large.
            OutOfReach: somebody is beside the worker.
        """
        from planner.session.directory_lists import look

        self.closed_with_someone()
        return look(self, data, progress, region)

    def take_in(
        self, preview: DirectoryPreview, chosen: Collection[int], *, show_addresses: bool, progress: Progress
    ) -> TakenIn:
        """Bring in the rows of these numbers, all or none. May run beside the window; :meth:`tell` comes after it.

        Raises:
            MachineTrouble, whatever ``progress`` raises: nothing changed.
        """
        from planner.session.directory_lists import take_in

        self.closed_with_someone()
        return take_in(self, self._session.store, preview, chosen, show_addresses=show_addresses, progress=progress)

    def take_back(self, taken: TakenIn) -> None:
        """Undo :meth:`take_in`.

        Raises:
            MachineTrouble: nothing changed.
        """
        self.closed_with_someone()
        store = self._session.store
        with store.transaction():
            for service, before in taken.before.items():
                at = self.moment_after(service)
                if before is None:
                    store.remove_service(service, at)
                else:
                    store.save_service(row_of(replace(before, changed=at)))
        self.tell(taken.before)

    # ---------------------------------------------------------------- for the lists too

    def tell(self, services: Iterable[str]) -> None:
        """Say which entries are others now."""
        self._session.editor.tell(Changed("", frozenset({"service"}), frozenset(services)))

    def moment_after(self, service: str) -> str:
        """Now, or a moment after the entry was written last: what came last counts when copies come together."""
        now = self._session.clock().astimezone(UTC).isoformat(timespec="microseconds")
        row = self._session.store.service(service)
        if row is None or now > row.changed:
            return now
        try:
            later = datetime.fromisoformat(row.changed) + timedelta(microseconds=1)
            return later.astimezone(UTC).isoformat(timespec="microseconds")
        except (ValueError, OverflowError):
            return now

    def closed_with_someone(self) -> None:
        """Raise :class:`OutOfReach` while somebody sits beside the worker."""
        if self._session.only is not None:
            raise OutOfReach


def row_of(entry: OwnService) -> ServiceRow:
    """An entry as the store keeps it."""
    content = {name: getattr(entry, name) for name in WRITTEN}
    plain = {name: [*value] if isinstance(value, tuple) else value for name, value in content.items()}
    plain["phones"] = [dict(each) for each in entry.phones]
    return ServiceRow(id=entry.id, origin=entry.origin, changed=entry.changed, content=plain)


def _entry(row: ServiceRow) -> OwnService:
    return own_service(row.content, id=row.id, origin=row.origin, changed=row.changed)


def contact_of(listing: Listing) -> SupportContact:
    """Somebody to call, made of a place: its name, its numbers, and in a few words what it is for."""
    own, national = listing.own, listing.national
    phones: list[Mapping[str, str]] = []
    more = [listing.purpose]
    email = ""
    if own is not None:
        phones = [dict(each) for each in own.phones]
        email = own.email
        more += [own.hours, own.site, own.address if own.show_address else ""]
    elif national is not None:
        from planner.packs.help_lines import Way

        for each in national.line.numbers:
            if each.way in {Way.CHAT, Way.SITE}:
                more.append(each.value)
            else:
                label = {Way.TEXT: _("message"), Way.TTY: "TTY"}.get(each.way, "")
                phones.append({"number": each.value, "label": f"{label} {each.send}".strip()})
    return SupportContact(
        name=listing.name,
        phones=tuple(phones),
        email=email,
        languages=tuple(sorted(listing.languages - {MANY})),
        ring=Ring.FURTHER,
        note="\n".join(filter(None, more)),
    )


# ---------------------------------------------------------------- does it fit? True, False, or None: it does not say


def _has(words: list[str], digits: str, asked: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) or (part.isdigit() and part in digits) for part in asked)


def _need(listing: Listing, wanted: Wanted) -> bool | None:
    if not wanted.need or wanted.need in listing.needs:
        return True
    return False if listing.needs else None


def _language(listing: Listing, wanted: Wanted) -> bool | None:
    if not wanted.language or listing.languages & {wanted.language, MANY}:
        return True
    return False if listing.languages else None


def _cost(listing: Listing, wanted: Wanted) -> bool | None:
    fits = {Cost.FREE.value} | ({Cost.BY_INCOME.value} if wanted.cost == Cost.BY_INCOME else set())
    if not wanted.cost or listing.cost in fits:
        return True
    return False if listing.cost else None


def _ease(listing: Listing, wanted: Wanted) -> bool | None:
    return True if not wanted.ease or wanted.ease in listing.eases else None
