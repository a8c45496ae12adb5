"""Two copies of a notebook in which forms came, were put aside, offered again and removed say the same once merged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from planner.forms import Form
from planner.session import Mode, Session
from planner.session.merging import Merging
from planner.store.in_memory import NOWHERE, MemoryStore
from planner.store.notebooks import Notebook

BEGINNING = datetime(2026, 3, 12, 12, tzinfo=UTC)
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
    <h:title>Arriving</h:title><model><instance><data id="arriving" version="{v}"><a/></data></instance>
    <bind nodeset="/data/a" type="string"/></model></h:head>
    <h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""
ACTS = st.sampled_from(["bring 1", "bring 2", "bring 3", "aside", "offer", "remove", "answer", "throw away"])


@cache
def form(version: str) -> Form:
    return Form.from_xml(XFORM.format(v=version).encode())


class Copy:
    """One copy of a notebook, at a clock that both share."""

    def __init__(self, person: str = "") -> None:
        self.now = BEGINNING
        notebook = SimpleNamespace(store=MemoryStore.empty(), folder=NOWHERE)
        self.session = Session(cast("Notebook", notebook), clock=lambda: self.now, zone="UTC")
        self.session.set_up(Mode.FOR_ME, "Ana")
        self.me = self.session.people()[0].id

    def act(self, what: str) -> None:
        forms, own = self.session.forms, self.session.forms.own
        if what.startswith("bring"):
            own.keep(own.look_at(form(what[-1])))
        elif what == "answer" and "arriving" in {each.id for each in forms.all()}:
            desk = forms.open(self.me, "arriving")
            desk.filling.answer("a", f"at {self.now}")
            desk.save()
        elif what == "throw away":
            for row in forms.unfinished(self.me):
                forms.throw_away(row.id)
        elif what == "remove" and own.can_remove("arriving"):
            own.remove("arriving")
        elif what in ("aside", "offer") and "arriving" in forms.versions.own():
            (own.put_aside if what == "aside" else own.offer_again)("arriving")

    def take_in(self, other: Copy) -> None:
        Merging(self.session, other.session.store).everything()

    def says(self) -> list[tuple[str, str, bool]]:
        return [(each.id, each.version, each.put_aside) for each in self.session.forms.versions.infos() if each.own]

    def sound(self) -> bool:
        """Every answer has the version of its form."""
        store = self.session.store
        kept = {row.digest for row in store.forms()}
        return all(row.digest in kept for row in store.fillings(self.me)) and not store._check_rows()


def same_person(one: Copy, other: Copy) -> None:
    """As if the second were a restored copy of the first."""
    row = one.session.store.person(one.me)
    assert row is not None
    other.session.store.remove_person(other.me)
    other.session.store.save_person(row)
    other.session.forget_people()
    other.me = one.me
    cast("Any", other.session)._chosen = one.me


@given(st.lists(st.tuples(st.booleans(), ACTS), max_size=10))
def test_both_say_the_same_after_they_were_merged_both_ways(acts: list[tuple[bool, str]]) -> None:
    one, other = Copy(), Copy()
    same_person(one, other)
    for first, what in acts:
        one.now = other.now = one.now + timedelta(minutes=1)
        (one if first else other).act(what)
    one.take_in(other)
    other.take_in(one)
    one.take_in(other)
    assert one.says() == other.says()
    assert one.sound()
    assert other.sound()


def test_a_form_removed_elsewhere_goes_here_too_unless_somebody_answered_it() -> None:
    for answered in (False, True):
        one, other = Copy(), Copy()
        same_person(one, other)
        one.act("bring 1")
        other.take_in(one)
        assert other.says() == [("arriving", "1", False)]
        if answered:
            one.act("answer")
        other.now += timedelta(minutes=1)
        other.act("remove")
        one.take_in(other)
        assert one.says() == ([("arriving", "1", True)] if answered else [])


def test_what_was_put_aside_last_stays_aside_though_another_version_came_before() -> None:
    one, other = Copy(), Copy()
    same_person(one, other)
    one.act("bring 1")
    other.take_in(one)
    other.now += timedelta(minutes=1)
    other.act("bring 2")
    one.now += timedelta(minutes=2)
    one.act("aside")
    one.take_in(other)
    assert one.says() == [("arriving", "2", True)]
