"""Places and services: found by what is needed, written into a notebook, brought in as lists, and one after a merge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.services_read import ServiceTrouble
from planner.packs.services import MANY, Cost, Ease, Need, OwnService, load_services
from planner.plan.records import Ring
from planner.session import Mode, OutOfReach, Session
from planner.session.bringing import bring_some
from planner.session.comparing import Fate, compare
from planner.session.directory import Directory, Listing, Wanted
from planner.session.directory_lists import DirectoryPreview, State, TakenIn
from planner.session.merging import Merging
from planner.store.in_memory import NOWHERE, MemoryStore
from planner.store.notebooks import Notebook
from planner.words import use_language

BEGINNING = datetime(2026, 3, 12, 12, tzinfo=UTC)
TODAY = BEGINNING.date()
KITCHEN = OwnService(
    name="Harbor kitchen",
    purpose="A warm meal",
    needs=("food",),
    phones=({"number": "(212) 555-0142", "label": "day"},),
    address="12 Pier St",
    languages=("es", "Mam"),
    cost="free",
    eases=("no-id", "children"),
    checked="2026-03-01",
)


class Copy:
    """A notebook in memory, at a clock of its own."""

    def __init__(self, mode: Mode = Mode.FOR_ME) -> None:
        self.now = BEGINNING
        notebook = SimpleNamespace(store=MemoryStore.empty(), folder=NOWHERE)
        self.session = Session(cast("Notebook", notebook), clock=lambda: self.now, zone="UTC")
        self.session.set_up(mode, "Ana")

    @property
    def directory(self) -> Directory:
        return self.session.directory

    @property
    def me(self) -> str:
        return self.session.people()[0].id

    def says(self) -> list[OwnService]:
        return self.directory.own()

    def merge(self, other: Copy) -> None:
        Merging(self.session, other.session.store, keep_both=False).everything()


def no_progress(_done: int, _of: int) -> None:
    """Nobody looks."""


def names(found: tuple[Listing, ...]) -> list[str]:
    return [each.name for each in found]


@pytest.fixture
def copy() -> Iterator[Copy]:
    use_language("en")
    yield Copy()
    use_language("en")


# ---------------------------------------------------------------- finding


def test_what_is_built_in_is_always_there_whatever_is_written_beside_it(copy: Copy) -> None:
    built_in = [each.id for each in copy.directory.all()]
    assert built_in[0] == "built-in/emergency"
    assert len(built_in) == len(load_services()) > 20
    for each in copy.directory.national():
        copy.directory.save(OwnService(name=each.line.name.get("en"), phones=({"number": "1", "label": ""},)))
    assert [each.id for each in copy.directory.all() if each.national is not None] == built_in
    assert [each.line for each in copy.directory.national()] == [each.line for each in load_services()]


def test_a_place_is_found_by_what_somebody_needs(copy: Copy) -> None:
    copy.directory.save(KITCHEN)
    copy.directory.save(OwnService(name="Nobody says"))
    food = copy.directory.find(Wanted(need="food"))
    assert names(food.found) == ["Harbor kitchen", "211, help near you", "National Hunger Hotline"]
    assert names(food.silent) == ["Nobody says"]
    easy = copy.directory.find(Wanted(need="food", ease="no-id"))
    assert names(easy.found) == ["Harbor kitchen"]
    assert names(easy.silent) == ["Nobody says", "211, help near you", "National Hunger Hotline"]
    free = copy.directory.find(Wanted(need="food", cost="free"))
    assert names(free.found) == ["Harbor kitchen", "211, help near you"]


def test_an_interpreter_speaks_every_language(copy: Copy) -> None:
    found = copy.directory.find(Wanted(language="so")).found
    assert found
    assert all(MANY in each.languages for each in found)
    assert "BeFree, national line" in names(copy.directory.find(Wanted(language="so")).silent)
    assert "es" in copy.directory.languages()
    assert MANY not in copy.directory.languages()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("harb", "Harbor kitchen"),
        ("warm kitch", "Harbor kitchen"),
        ("5550142", "Harbor kitchen"),
        ("741741", "Crisis Text Line"),
        ("HOTLINE hunger", "National Hunger Hotline"),
        ("mam", "Harbor kitchen"),
    ],
)
def test_a_place_is_found_by_typing(copy: Copy, text: str, name: str) -> None:
    copy.directory.save(KITCHEN)
    assert names(copy.directory.find(Wanted(text=text)).found)[0] == name


def test_an_address_that_is_not_shown_is_not_found_by(copy: Copy) -> None:
    kept = copy.directory.save(KITCHEN)
    assert names(copy.directory.find(Wanted(text="pier")).found) == []
    copy.directory.save(replace(kept, show_address=True))
    assert names(copy.directory.find(Wanted(text="pier")).found) == ["Harbor kitchen"]


def test_the_words_are_those_of_the_language(copy: Copy) -> None:
    use_language("es")
    assert copy.directory.find(Wanted(text="hambre")).found[0].name == "Línea Nacional contra el Hambre"


# ---------------------------------------------------------------- writing


def test_an_entry_is_written_changed_taken_out_and_put_back(copy: Copy) -> None:
    told: list[frozenset[str]] = []
    copy.session.on_change(lambda changed: told.append(changed.kinds))
    kept = copy.directory.save(KITCHEN)
    assert copy.says() == [kept]
    assert replace(kept, id="", changed="") == KITCHEN
    later = copy.directory.save(replace(kept, note="Ring twice"))
    assert later.id == kept.id
    assert later.changed > kept.changed, "also within one moment of the clock"
    gone = copy.directory.remove(kept.id)
    assert gone == later
    assert copy.says() == []
    assert copy.directory.entry(kept.id) is None
    assert copy.directory.save(gone).note == "Ring twice"
    assert len(copy.says()) == 1
    assert told == [frozenset({"service"})] * 4


def test_a_place_without_a_name_is_no_place(copy: Copy) -> None:
    with pytest.raises(ValueError, match="name"):
        copy.directory.save(OwnService(name="  ", note="x"))
    assert copy.says() == []


def test_an_entry_of_long_ago_says_please_check() -> None:
    assert not KITCHEN.please_check(date(2027, 3, 1))
    assert KITCHEN.please_check(date(2027, 3, 2))
    assert OwnService(name="x").please_check(TODAY)
    assert OwnService(name="x", checked="soon").please_check(TODAY)


def test_with_somebody_beside_the_worker_it_is_read_and_not_changed() -> None:
    team = Copy(Mode.WITH_OTHERS)
    lin = team.session.add_person("Lin")
    kept = team.directory.save(KITCHEN)
    team.session.stay_with(lin.id)
    assert names(team.directory.find(Wanted(text="harbor")).found) == ["Harbor kitchen"]
    for act in (
        lambda: team.directory.save(KITCHEN),
        lambda: team.directory.remove(kept.id),
        lambda: team.directory.look(b"name\nX\n", no_progress),
        lambda: team.directory.take_in(DirectoryPreview(()), (), show_addresses=False, progress=no_progress),
        lambda: team.directory.take_back(TakenIn()),
    ):
        with pytest.raises(OutOfReach):
            act()
    assert team.says() == [kept]


def test_a_place_becomes_somebody_to_call_once(copy: Copy) -> None:
    kept = Listing(own=copy.directory.save(KITCHEN))
    contact_id, new = copy.directory.into_people(kept, copy.me)
    assert new
    (contact,) = copy.session.contacts(copy.me)
    assert (contact.name, contact.ring) == ("Harbor kitchen", Ring.FURTHER)
    assert contact.phones == ({"number": "(212) 555-0142", "label": "day"},)
    assert contact.languages == ("Mam", "es")
    assert "Pier" not in contact.note, "an address that is not to be shown goes nowhere"
    assert copy.directory.into_people(kept, copy.me) == (contact_id, False)
    assert len(copy.session.contacts(copy.me)) == 1
    copy.session.undo()
    assert copy.session.contacts(copy.me) == []


def test_a_built_in_line_becomes_somebody_to_call(copy: Copy) -> None:
    lines = {each.id: each for each in copy.directory.all()}
    copy.directory.into_people(lines["built-in/ndvh"], copy.me)
    (contact,) = copy.session.contacts(copy.me)
    assert [(each["number"], each["label"]) for each in contact.phones] == [
        ("1-800-799-7233", ""),
        ("88788", "message START"),
        ("1-800-787-3224", "TTY"),
    ]
    assert "thehotline.org" in contact.note


# ---------------------------------------------------------------- lists


LIST = "name,phone,notes,address,cost\nHarbor kitchen,212 555 0142,Ring twice,,free\nNew place,2125550188,,3 Elm St,\n"


def test_a_list_is_looked_at_row_by_row_before_anything_changes(copy: Copy) -> None:
    kept = copy.directory.save(KITCHEN)
    preview = copy.directory.look((LIST + ",1,no name,,\n").encode(), no_progress)
    assert copy.says() == [kept]
    harbor, new = preview.rows
    assert (harbor.state, harbor.before, harbor.fields) == (State.CHANGED, kept, ("note",))
    assert harbor.entry.purpose == "A warm meal", "where the list says nothing, what was here stays"
    assert (new.state, new.entry.name) == (State.NEW, "New place")
    assert len(preview.left_out) == 1
    assert preview.addresses == 2


@pytest.mark.parametrize("show", [True, False])
def test_only_the_chosen_rows_come_and_can_be_taken_back(copy: Copy, *, show: bool) -> None:
    kept = copy.directory.save(KITCHEN)
    preview = copy.directory.look(LIST.encode(), no_progress)
    new = preview.of(State.NEW)[0]
    taken = copy.directory.take_in(preview, {new.number}, show_addresses=show, progress=no_progress)
    assert (taken.new, taken.changed) == (1, 0)
    added = next(each for each in copy.says() if each.name == "New place")
    assert added.show_address is show
    both = copy.directory.take_in(preview, {1, 2}, show_addresses=False, progress=no_progress)
    assert {each.name: each.note for each in copy.says()}["Harbor kitchen"] == "Ring twice"
    copy.directory.take_back(both)
    copy.directory.take_back(taken)
    assert [replace(each, changed="") for each in copy.says()] == [replace(kept, changed="")]
    again = copy.directory.look(LIST.encode(), no_progress)
    assert [each.state for each in again.rows] == [State.CHANGED, State.NEW]


def test_a_list_that_is_here_has_nothing_to_bring(copy: Copy) -> None:
    preview = copy.directory.look(LIST.encode(), no_progress)
    copy.directory.take_in(preview, {1, 2}, show_addresses=False, progress=no_progress)
    again = copy.directory.look(LIST.encode(), no_progress)
    assert [each.state for each in again.rows] == [State.SAME, State.SAME]
    assert copy.directory.take_in(again, {1, 2}, show_addresses=False, progress=no_progress) == TakenIn()


def test_a_hostile_list_changes_nothing(copy: Copy) -> None:
    kept = copy.directory.save(KITCHEN)
    with pytest.raises(ServiceTrouble):
        copy.directory.look(b"PK\x03\x04", no_progress)
    assert copy.says() == [kept]


def test_stopping_in_the_middle_brings_nothing(copy: Copy) -> None:
    class Stopped(Exception):
        """Somebody pressed the button."""

    def stop(done: int, _of: int) -> None:
        if done == 1:
            raise Stopped

    preview = copy.directory.look(LIST.encode(), no_progress)
    with pytest.raises(Stopped):
        copy.directory.take_in(preview, {1, 2}, show_addresses=False, progress=stop)
    assert copy.says() == []


def test_a_list_cannot_put_another_number_in_the_place_of_a_built_in_line(copy: Copy) -> None:
    table = 'name,phone\nemergency,5551234\n"BeFree, national line",1-888-373-7888\n'
    wrong, right = copy.directory.look(table.encode(), no_progress).rows
    assert (wrong.state, wrong.like) == (State.NEW, "emergency")
    assert right.like == ""
    copy.directory.take_in(
        copy.directory.look(table.encode(), no_progress), {1, 2}, show_addresses=False, progress=no_progress
    )
    emergency = next(each for each in copy.directory.all() if each.id == "built-in/emergency")
    assert emergency.numbers == ("911",)


# ---------------------------------------------------------------- copies

ORIGIN = "ac148810-d857-441c-9679-408f346de14b"
ACTS = st.sampled_from(["add", "change", "remove", "list", "put back"])


def act(copy: Copy, what: str, number: int) -> None:
    """One thing that somebody does."""
    directory, own = copy.directory, copy.says()
    copy.now += timedelta(seconds=number)
    if what == "add":
        directory.save(OwnService(name=f"Place {number}"))
    elif what == "list":
        service = {"id": ORIGIN, "name": "Clinic", "organization": {"name": f"Of {number}"}}
        preview = directory.look(json.dumps(service).encode(), no_progress)
        directory.take_in(preview, {1}, show_addresses=False, progress=no_progress)
    elif own and what == "change":
        directory.save(replace(own[number % len(own)], note=f"Note {number}"))
    elif own:
        gone = directory.remove(own[number % len(own)].id)
        if what == "put back" and gone is not None:
            directory.save(gone)


@given(st.lists(st.tuples(st.booleans(), ACTS, st.integers(0, 9)), max_size=12))
def test_two_copies_say_the_same_once_they_have_met(acts: list[tuple[bool, str, int]]) -> None:
    one, other = Copy(), Copy()
    for first, what, number in acts:
        act(one if first else other, what, number)
    one.merge(other)
    other.merge(one)
    assert one.says() == other.says()
    again = one.says()
    one.merge(other)
    assert one.says() == again
    assert len([each for each in again if each.origin]) <= 1, "one entry of one list, wherever it was brought in"


def compared(mine: Copy, theirs: Copy) -> Any:
    return compare(mine.session.store, theirs.session.store, BEGINNING, no_progress)


def of_services(items: Any) -> list[Any]:
    return [each for each in items if each.kind == "service"]


def test_a_copy_shows_which_places_differ_and_brings_one_back() -> None:
    here, copy = Copy(), Copy()
    kept = here.directory.save(KITCHEN)
    copy.merge(here)
    assert of_services(compared(here, copy).different) == []
    here.now += timedelta(hours=1)
    here.directory.save(replace(kept, note="Ring twice"))
    (item,) = of_services(compared(here, copy).different)
    assert (item.title, item.newer) == ("Harbor kitchen", "here")
    here.directory.remove(kept.id)
    (item,) = of_services(compared(here, copy).only_there)
    assert item.fate is Fate.REMOVED
    here.merge(copy)
    assert here.says() == [], "what was taken out stays out"
    bring_some(here.session, copy.session.store, [item], no_progress)
    assert [each.name for each in here.says()] == ["Harbor kitchen"]
    here.merge(copy)
    assert len(here.says()) == 1


def test_every_word_by_which_a_place_is_found_is_known() -> None:
    for each in load_services():
        assert each.needs, f"{each.id} is found by nothing"
        assert each.needs <= set(Need)
        assert each.eases <= set(Ease)
        assert each.cost in set(Cost)
