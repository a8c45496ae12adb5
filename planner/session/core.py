"""An unlocked store as the screens use it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planner.errors import MachineTrouble
from planner.plan.records import new_id
from planner.session.agenda_ahead import covers_now, extend_agenda
from planner.session.agenda_view import agenda_count, agenda_items
from planner.session.editing import Edit, Editor
from planner.session.filling_files import sweep
from planner.session.folding import Folding
from planner.session.notes import Notes
from planner.session.reading import Reading
from planner.session.rebuilding import rebuild_index
from planner.session.rooms import Rooms
from planner.session.taking_back import TakingBack
from planner.session.types import AgendaItem, Changed, LeftEntry, Mode, OutOfReach, Person
from planner.session.zone import local_zone_name
from planner.settings import SETTINGS
from planner.store.attachments import AT_ONCE
from planner.store.rows import PersonRow
from planner.words import _

if TYPE_CHECKING:
    from planner.session.backups import Backups
    from planner.session.calendar_files import CalendarFiles
    from planner.session.card_files import CardFiles
    from planner.session.content import Content
    from planner.session.erasing import Erasing
    from planner.session.finding import Finding
    from planner.session.forms import Forms
    from planner.session.letting_go import LettingGo
    from planner.session.papers import Papers
    from planner.session.since import Since
    from planner.store.notebooks import Notebook


def _now() -> datetime:
    return datetime.now(UTC)


class Session(Reading, TakingBack, Rooms):
    """One open notebook: its people, their plans, and every edit on them.

    ``clock`` gives the present as an aware datetime; ``zone`` is the viewer's IANA time zone. Reading anything about
    another person while :attr:`only` is set raises :class:`OutOfReach`.

    Opening may take a while where the index has to be built again: ``progress(done, total)`` is called meanwhile, in
    the thread that opens, and may raise to stop; the notebook is then as it was.
    """

    def __init__(
        self,
        notebook: Notebook,
        *,
        clock: Callable[[], datetime] = _now,
        zone: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.notebook = notebook
        self.store = notebook.store
        self.clock = clock
        self.zone = zone or local_zone_name()
        self.editor = Editor(self.store, self.today)
        self.editor.before_edit = self._look_first
        self.notes = Notes(self)
        self.folding = Folding(self)
        self._forms: Forms | None = None
        if not self.store.index_is_current():
            rebuild_index(self.editor, progress, self._index_answers)
        if not covers_now(self):
            with suppress(MachineTrouble):
                extend_agenda(self)
        self.retention.listen()
        self.only: str | None = None
        self._everybody: list[Person] | None = None
        self._chosen: str | None = None
        if self.mode is Mode.FOR_ME:
            self._chosen = next((person.id for person in self.people()), None)

    # -- the clock ---------------------------------------------------------------------------------------------------
    def now(self) -> datetime:
        """The present at the viewer's own clock, aware."""
        from zoneinfo import ZoneInfo

        return self.clock().astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The day it is at the viewer's own clock."""
        return self.now().date()

    def stamp(self) -> str:
        """The present as ISO 8601 text in UTC, to the second."""
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")

    # -- settings ----------------------------------------------------------------------------------------------------
    @property
    def mode(self) -> Mode:
        """Whether this notebook is for one person or for the people somebody works with."""
        return Mode(self.setting("mode"))

    def setting(self, name: str) -> Any:
        """The value of a setting that is kept inside the store."""
        setting = SETTINGS[name]
        return setting.clean(self.store.get(name, setting.default))

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting inside the store.

        Raises:
            ValueError: the value does not fit the setting.
        """
        setting = SETTINGS[name]
        if not setting.valid(value):
            raise ValueError(name)
        self.store.set(name, value)

    # -- people ------------------------------------------------------------------------------------------------------
    def people(self, search: str = "") -> list[Person]:
        """Everybody whose plan is kept here, by name; with ``search`` those whose name or code has a word like it."""
        if self._everybody is None:
            last = self.notes.last_days()
            everybody = [_person(row, last.get(row.id)) for row in self.store.people()]
            self._everybody = sorted(everybody, key=lambda each: (each.resting, each.shown.casefold(), each.id))
        found = [person for person in self._everybody if self.only is None or person.id == self.only]
        wanted = search.casefold().split()
        if wanted:
            found = [each for each in found if all(part in f"{each.name} {each.code}".casefold() for part in wanted)]
        return found

    def forget_people(self) -> None:
        """Read the list of people anew: one of them, or when somebody last talked with one, has changed."""
        self._everybody = None

    @property
    def person(self) -> Person | None:
        """Whose pages are shown; None for everyone."""
        return self.find_person(self._chosen) if self._chosen else None

    @property
    def chosen_id(self) -> str | None:
        """The id of :attr:`person`, without a look into the store."""
        return self._chosen

    def find_person(self, person_id: str) -> Person:
        """One person.

        Raises:
            OutOfReach: another person's pages are the only ones open.
            KeyError: there is nobody of that id.
        """
        self.within_reach(person_id)
        row = self.store.person(person_id)
        if row is None:
            raise KeyError(person_id)
        return _person(row, self.notes.last_days(person_id).get(person_id))

    def within_reach(self, person_id: str) -> None:
        """Raise :class:`OutOfReach` when another person's pages are the only ones open."""
        if self.only is not None and person_id != self.only:
            raise OutOfReach

    def add_person(
        self, name: str, *, code: str = "", under_18: bool | None = None, told_on: str = "", is_me: bool = False
    ) -> Person:
        """Keep a new person's plan here; a chosen name or a code is enough."""
        if self.only is not None:
            raise OutOfReach
        if not (name.strip() or code.strip()) and not is_me:
            raise ValueError("a person needs a name or a code")
        row = PersonRow(
            id=new_id(),
            name=name.strip(),
            code=code.strip(),
            under_18=under_18,
            told_on=told_on,
            language="",
            created=self.stamp(),
            is_me=is_me,
            resting=False,
        )
        with self.store.transaction():
            self.store.save_person(row)
        self.forget_people()
        if self.mode is Mode.FOR_ME and self._chosen is None:
            self._chosen = row.id
        self.editor.tell(Changed("", frozenset({"person"}), frozenset({row.id})))
        return _person(row, None)

    def change_person(self, person_id: str, **values: Any) -> Person:
        """Change a person's name, code, age group or whether the work with them rests."""
        self.within_reach(person_id)
        row = self.store.person(person_id)
        if row is None:
            raise KeyError(person_id)
        with self.store.transaction():
            self.store.save_person(replace(row, **values))
        self.forget_people()
        self.editor.tell(Changed("", frozenset({"person"}), frozenset({person_id})))
        return self.find_person(person_id)

    def choose(self, person_id: str | None) -> None:
        """Show the pages of one person, or of everyone."""
        if person_id is None and self.only is not None:
            raise OutOfReach
        if person_id is not None:
            self.find_person(person_id)
            if self.mode is Mode.WITH_OTHERS and person_id != self._chosen:
                self.looking.viewed(person_id)
        self._chosen = person_id
        self.editor.tell(Changed("", frozenset({"chosen"})))

    def stay_with(self, person_id: str) -> None:
        """From now on only this person's pages can be reached, until the passphrase is entered."""
        self.choose(person_id)
        self.only = person_id
        self.editor.forget_undo_of_others(person_id)
        self.editor.tell(Changed("", frozenset({"chosen"})))

    def check_secret(self, secret: str) -> None:
        """Raise ``WrongPassphrase`` unless this passphrase or spare key opens the notebook. Slow on purpose."""
        self.notebook.check(secret)

    def leave_only(self, secret: str) -> None:
        """Open the others' pages again.

        Raises:
            WrongPassphrase: the passphrase does not open this notebook.
        """
        self.check_secret(secret)
        self.reached_everyone()

    def reached_everyone(self) -> None:
        """Open the others' pages again after :meth:`check_secret` was called, for example from another thread."""
        self.only = None
        self.editor.tell(Changed("", frozenset({"chosen"})))

    # -- reading (the rest stands in reading.py) -----------------------------------------------------------------------
    def agenda(
        self, start: date, days: int, person: str | None = None, limit: int = 400, *, ongoing: bool = False
    ) -> list[AgendaItem]:
        """What is on from ``start`` for ``days`` days, at the viewer's clock, in order; for one person or everyone.

        ``ongoing`` also gives what began before ``start`` and is not over by then. Any days can be asked for.
        """
        if person is None and self.only is not None:
            person = self.only
        if person is not None:
            self.within_reach(person)
        return agenda_items(self, start, days, person, limit, ongoing=ongoing)

    def visits_on(self, day: date) -> tuple[int, int]:
        """How many occurrences there are on a day among everyone, and with how many people."""
        if self.only is not None:
            raise OutOfReach
        return agenda_count(self, day)

    def _index_answers(self, person: str) -> None:
        self.forms.index_again(person)

    @cached_property
    def backups(self) -> Backups:
        """The safety copies of this notebook."""
        from planner.session.backups import Backups

        return Backups(self)

    @cached_property
    def content(self) -> Content:
        """Guides, goal ideas and appointment kits; read when first asked for."""
        from planner.session.content import Content

        return Content(self)

    @cached_property
    def finding(self) -> Finding:
        """Looking for words in everything that may be seen right now."""
        from planner.session.finding import Finding

        return Finding(self)

    @cached_property
    def calendar_files(self) -> CalendarFiles:
        """Calendars that are brought in, and appointments that leave as a calendar file."""
        from planner.session.calendar_files import CalendarFiles

        return CalendarFiles(self)

    @cached_property
    def papers(self) -> Papers:
        """Photos and PDFs of papers."""
        from planner.session.papers import Papers

        return Papers(self)

    def _sweep_papers(self) -> None:
        """Erase the papers that were removed and that undo does not need, some of them; the rest at the lock."""
        sweep(self)
        papers: Papers | None = self.__dict__.get("papers")
        self.store.purge_attachments(papers.needed() if papers is not None else (), AT_ONCE)

    # -- writing -----------------------------------------------------------------------------------------------------
    def edit(self, person_id: str, words: str, also: Callable[[], None] | None = None) -> AbstractContextManager[Edit]:
        """One edit with the words by which undo will call it; durable when the block ends, or nothing changed."""
        self.within_reach(person_id)
        return self.editor.edit(person_id, words, also)

    def on_change(self, callback: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``callback`` after every change; the function returned stops that."""
        return self.editor.on_change(callback)

    # -- forms -------------------------------------------------------------------------------------------------------
    @property
    def forms(self) -> Forms:
        """The guided forms of this notebook; their machinery is loaded when first asked for."""
        if self._forms is None:
            from planner.session.forms import Forms

            self._forms = Forms(self)
        return self._forms

    @cached_property
    def card_files(self) -> CardFiles:
        """Cards of people, from files and into files."""
        from planner.session.card_files import CardFiles

        return CardFiles(self)

    @cached_property
    def since(self) -> Since:
        """What changed in a plan since it was last looked at."""
        from planner.session.since import Since

        return Since(self)

    def _look_first(self, person: str) -> None:
        self.since.look(person)

    @cached_property
    def letting_go(self) -> LettingGo:
        """What was put off or refused in forms, gone after thirty days."""
        from planner.session.letting_go import LettingGo

        return LettingGo(self)

    @cached_property
    def erasing(self) -> Erasing:
        """Erasing for good, and the hold that stops it."""
        from planner.session.erasing import Erasing

        return Erasing(self)

    # -- one next step -----------------------------------------------------------------------------------------------
    def not_today(self, person: str) -> frozenset[str]:
        """The steps that were put off for today; tomorrow they may come again."""
        self.within_reach(person)
        kept = self.store.get(f"not_today/{person}", {})
        return frozenset(kept.get("ids", ())) if kept.get("day") == self.today().isoformat() else frozenset()

    def put_off(self, person: str, step_id: str) -> None:
        """Do not offer this step again today."""
        ids = sorted(self.not_today(person) | {step_id})
        self.store.set(f"not_today/{person}", {"day": self.today().isoformat(), "ids": ids})
        self.editor.tell(Changed(person, frozenset({"next-step"}), frozenset({step_id})))

    def is_set_aside(self, person: str, what: str) -> bool:
        """Whether something offered was put off for good; it stays where it can be found."""
        self.within_reach(person)
        return what in self.store.get(f"aside/{person}", [])

    def set_aside(self, person: str, what: str) -> None:
        """Do not offer this again by itself."""
        self.within_reach(person)
        self.store.set(f"aside/{person}", sorted({*self.store.get(f"aside/{person}", []), what}))
        self.editor.tell(Changed(person, frozenset({"next-step"})))

    # -- what is half typed, and what left ---------------------------------------------------------------------------
    def keep_draft(self, page: str, data: dict[str, Any] | None, person: str | None = None) -> None:
        """Keep what is half typed on a page over a lock; None forgets it. It belongs to ``person``, else the chosen."""
        self.store.put_draft(page, self._draft_owner(person), data)

    def draft(self, page: str, person: str | None = None) -> dict[str, Any] | None:
        """What was half typed on a page; it stays kept."""
        owner = self._draft_owner(person)
        if owner:
            self.within_reach(owner)
        return next((each.value for each in self.store.drafts() if (each.page, each.person) == (page, owner)), None)

    def take_draft(self, page: str, person: str | None = None) -> dict[str, Any] | None:
        """What was half typed on a page; it is forgotten by being taken, or later where the disk is full."""
        found = self.draft(page, person)
        if found is not None:
            with suppress(MachineTrouble):
                self.keep_draft(page, None, person)
        return found

    def _draft_owner(self, person: str | None) -> str:
        return self._chosen or "" if person is None else person

    def log(self, what: str, person: str, detail: dict[str, Any]) -> None:
        """Write one line into the activity log; ``detail`` never holds content."""
        self.store.log(self.stamp(), what, person, detail)

    def activity(self, limit: int = 200) -> list[LeftEntry]:
        """The newest lines of the activity log, newest first."""
        rows = self.store.activity(limit)
        if self.only is not None:
            rows = [row for row in rows if row.person == self.only]
        return [LeftEntry(row.at, row.what, row.person, row.detail) for row in rows]

    # -- quiet work and the lock -------------------------------------------------------------------------------------
    def settle(self) -> None:
        """Work for a quiet moment: fold what was edited and work out the dates of the months to come."""
        self.looking.write()
        self.since.write()
        self.folding.fold_all()
        self.letting_go.look()
        self._sweep_papers()
        self.forms.versions.name_old_ones()
        extend_agenda(self)
        self.retention.look()

    def lock(self) -> None:
        """Fold everything, delete for good what was removed, empty the log and close the store.

        It is closed also when the machine would not let it be folded: that is done at the next quiet moment. Locking
        what is closed does nothing.
        """
        if not self.store.is_open:
            return
        self.editor.forget_undo()
        try:
            self.looking.write()
            self.retention.write()
            self.since.write()
            self.folding.fold_all()
            if self._forms is not None:
                self._forms.settle()
            sweep(self, closed=True)
            self.store.purge_attachments()
        finally:
            self.notebook.close()

    def change_passphrase(self, old: str, new: str) -> None:
        """Give the notebook a new passphrase and a new data key; the old ones open nothing any more. Slow on purpose.

        Raises:
            WrongPassphrase: ``old`` does not open this notebook; nothing changed.
        """
        self.notebook.change_passphrase(old, new)

    def set_up(self, mode: Mode, my_name: str, shelter_name: str = "", shelter_number: str = "") -> None:
        """Write what the first start asked for."""
        with self.store.transaction():
            self.set_setting("mode", mode.value)
            self.set_setting("my_name", my_name)
            self.set_setting("shelter_line_name", shelter_name)
            self.set_setting("shelter_line_number", shelter_number)
            extend_agenda(self)
        if mode is Mode.FOR_ME and not self.store.people():
            self.add_person(my_name or _("Me"), is_me=True)


def _person(row: PersonRow, last_talk: date | None) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        code=row.code,
        under_18=row.under_18,
        told_on=row.told_on,
        language=row.language,
        is_me=row.is_me,
        resting=row.resting,
        last_talk=last_talk,
        held_since=row.held_since,
    )
