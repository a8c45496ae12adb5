"""Find: one box over everything that may be seen right now, answered beside the window while she types."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import TYPE_CHECKING

from planner.errors import MachineTrouble
from planner.indexing import record_of, search_text
from planner.plan.folded import asked_words, kept_words
from planner.plan.records import Appointment, CheckIn, GoalPart, Outcome, SupportContact
from planner.session.types import Found, Mode
from planner.store.connection import ReadingStopped
from planner.store.finding import MOST_WORDS, Reach
from planner.store.rows import Hit, IndexRow

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.types import Person

MOST = 40
"""What is given of everything together; with more, another word finds sooner."""

FIRST = 20
"""What the first, quick answer has: more than a page shows at once, and sooner there."""

MOST_PEOPLE = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a text. ``last`` is False for the first, quick answer; a ranked one follows.

    ``found`` stands by kind, within a kind in the order to show; ``more`` when there is more of it. ``trouble`` is what
    the machine did instead of an answer, ``mistake`` one of ours, to be raised in the thread of the window.
    """

    text: str
    people: tuple[Person, ...] = ()
    found: tuple[Found, ...] = ()
    more: bool = False
    last: bool = True
    trouble: MachineTrouble | None = None
    mistake: Exception | None = None

    def __len__(self) -> int:
        return len(self.people) + len(self.found)


class Finding:
    """The search of an open notebook. All but what :meth:`look` begins belongs to the thread of the window."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stop = Event()
        # Asked once, so that no key has to wait for the store; a notebook stays what it was made for.
        self._for_others = session.mode is Mode.WITH_OTHERS
        self._forms = session.forms
        self._words_of: dict[tuple[str, str], list[str]] = {}

    def find(self, text: str) -> Answer:
        """The whole answer, at once; for who can wait."""
        self._catch_up()
        people, reach = self._people(text), self._reach()
        return self._answer(text, people, reach, ranked=True, stop=Event())

    def look(self, text: str, told: Callable[[Answer], object]) -> None:
        """Search beside the window; a search before this one is given up.

        ``told`` is called in the thread of the search, twice at most: with the first results, then with the ranked
        ones. It must not wait for the window. What could be seen when this was called is what is looked through.
        """
        self.stop()
        self._catch_up()
        stop = self._stop = Event()
        people, reach = self._people(text), self._reach()
        work = (text, people, reach, stop, told)
        Thread(target=self._look, args=work, name="find", daemon=True).start()

    def _catch_up(self) -> None:
        """Have the answers of forms found by what they are now; with trouble they are found by what they were."""
        with suppress(MachineTrouble):
            self._forms.settle()

    def stop(self) -> None:
        """Give up a search that is under way; it tells nothing any more, but for what it is telling now."""
        self._stop.set()

    def _look(
        self,
        text: str,
        people: tuple[Person, ...],
        reach: Reach,
        stop: Event,
        told: Callable[[Answer], object],
    ) -> None:
        passes = (False,) if _few_letters(text) else (False, True)
        try:
            for ranked in passes:
                answer = self._answer(text, people, reach, ranked=ranked, stop=stop)
                answer = replace(answer, last=ranked is passes[-1])
                if stop.is_set():
                    return
                told(answer)
        except ReadingStopped:
            return
        except MachineTrouble as trouble:
            if not stop.is_set():
                told(Answer(text, trouble=trouble))
        except Exception as mistake:  # noqa: BLE001 - raised by whoever is told
            told(Answer(text, mistake=mistake))

    def _answer(self, text: str, people: tuple[Person, ...], reach: Reach, *, ranked: bool, stop: Event) -> Answer:
        most = MOST if ranked or _few_letters(text) else FIRST
        found = self._session.store.search(text, reach, most, ranked=ranked, stop=stop.is_set)
        return Answer(text, people, tuple(_found(hit) for hit in found.hits), found.more)

    def _reach(self) -> Reach:
        """One person's pages where one is chosen; notes for a worker with nobody beside them."""
        session = self._session
        return Reach(session.only or session.chosen_id, self._for_others and session.only is None, session.stamp())

    def _people(self, text: str) -> tuple[Person, ...]:
        """Those whose own name or code is like the words, where several people have pages here."""
        session = self._session
        asked = [word for words in asked_words(text, MOST_WORDS) for word in words]
        if not asked or not self._for_others or session.chosen_id is not None or session.only is not None:
            return ()
        found = []
        for each in session.people():
            words = self._words(each.name, each.code)
            if all(any(word.startswith(part) for word in words) for part in asked):
                found.append(each)
                if len(found) == MOST_PEOPLE:
                    break
        return tuple(found)

    def _words(self, name: str, code: str) -> list[str]:
        found = self._words_of.get((name, code))
        if found is None:
            found = self._words_of[(name, code)] = kept_words(f"{name} {code}")
        return found


def _few_letters(text: str) -> bool:
    """One letter begins so much that its order says nothing; one character of another script may be a word."""
    return len(text.strip()) < 2 and text.isascii()


def _found(hit: Hit) -> Found:
    if not hit.fields:
        # The title of a form is in the words of the language in use, and known by its id.
        return Found(hit.person, hit.kind, hit.id, hit.title, hit.text, owner=hit.owner, day=hit.day)
    row = IndexRow(
        person=hit.person, id=hit.id, section="", kind=hit.kind, title=hit.title, removed=False, fields=hit.fields
    )
    record = record_of(row)
    owner = record.goal if isinstance(record, GoalPart) else ""
    owner = record.appointment if isinstance(record, Outcome) else owner
    careful = isinstance(record, SupportContact) and record.to_be_careful_with
    # The day on which something began to repeat is long gone, and tells nothing.
    starts = record.starts if isinstance(record, Appointment) and not record.repeat else ""
    day = record.day if isinstance(record, CheckIn) else starts
    return Found(hit.person, hit.kind, hit.id, hit.title, search_text(record), owner=owner, day=day, careful=careful)
