"""Several people in one notebook: chosen, searched, and out of reach while somebody is beside the worker."""

from __future__ import annotations

from datetime import date

import pytest

from planner.keys import WrongPassphrase
from planner.plan.records import Appointment, Goal, SupportContact
from planner.session import Mode, OutOfReach
from tests.session.conftest import PASSPHRASE, Kept


def test_a_notebook_for_me_has_one_person_from_the_start(kept: Kept) -> None:
    assert kept.session.mode is Mode.FOR_ME
    (person,) = kept.session.people()
    assert (person.name, person.is_me, person.initial) == ("Ana", True, "A")
    assert kept.session.person == person
    assert kept.lock_and_open().person == person


def test_people_are_found_by_the_beginnings_of_name_or_code(team: Kept) -> None:
    session = team.session
    for name, code in [("Ana", ""), ("Dede", ""), ("", "H-7"), ("Lin", "anchor")]:
        session.add_person(name, code=code)
    assert [each.shown for each in session.people()] == ["Ana", "Dede", "H-7", "Lin"]
    assert [each.shown for each in session.people("an")] == ["Ana", "Lin"]
    assert [each.shown for each in session.people("h-7")] == ["H-7"]
    assert session.people("nobody") == []


def test_a_person_needs_a_name_or_a_code(team: Kept) -> None:
    with pytest.raises(ValueError, match="name or a code"):
        team.session.add_person("  ")


def test_somebody_resting_stands_at_the_end_and_can_be_renamed(team: Kept) -> None:
    ana = team.session.add_person("Ana")
    team.session.add_person("Lin")
    changed = team.session.change_person(ana.id, resting=True, name="Anna", under_18=True, told_on="2026-03-12")
    assert (changed.name, changed.under_18, changed.told_on) == ("Anna", True, "2026-03-12")
    assert [each.name for each in team.session.people()] == ["Lin", "Anna"]
    with pytest.raises(KeyError):
        team.session.change_person("nobody", name="x")
    with pytest.raises(KeyError):
        team.session.find_person("nobody")


def test_viewing_a_person_is_written_down_without_content(team: Kept) -> None:
    ana = team.session.add_person("Ana")
    team.session.choose(ana.id)
    team.session.choose(ana.id)
    assert [(each.what, each.person, each.detail) for each in team.session.activity()] == [("viewed", ana.id, {})]


def test_with_someone_the_others_are_out_of_reach_until_the_passphrase(team: Kept) -> None:
    session = team.session
    ana, lin = session.add_person("Ana"), session.add_person("Lin")
    for person in (ana, lin):
        with session.edit(person.id, "Add") as edit:
            edit.add(Goal(title=f"Bread for {person.name}"))
            edit.add(Appointment(title=f"Visit of {person.name}", starts="2026-03-12T10:00", zone="America/New_York"))
            edit.add(SupportContact(name=f"Friend of {person.name}"))
    session.notes.add(ana.id, when=date(2026, 3, 11), kind="call", minutes=5, who="me", facts="f", agreed="a")
    assert {found.person for found in session.finding.find("bread").found} == {ana.id, lin.id}
    session.stay_with(ana.id)
    assert session.people() == [session.find_person(ana.id)]
    assert {found.person for found in session.finding.find("bread").found} == {ana.id}
    assert {item.person for item in session.agenda(date(2026, 3, 12), 1)} == {ana.id}
    for closed in (
        lambda: session.goals(lin.id),
        lambda: session.contacts(lin.id),
        lambda: session.record(lin.id, "x"),
        lambda: session.agenda(date(2026, 3, 12), 1, lin.id),
        lambda: session.choose(None),
        lambda: session.choose(lin.id),
        lambda: session.find_person(lin.id),
        lambda: session.edit(lin.id, "x"),
        lambda: session.add_person("New"),
        lambda: session.notes.of(ana.id),
        lambda: session.notes.of(lin.id),
        lambda: session.forms.unfinished(lin.id),
        lambda: session.change_person(lin.id, name="x"),
        lambda: session.draft("plan", lin.id),
        lambda: session.take_draft("plan", lin.id),
        lambda: session.notes.last_days(lin.id),
    ):
        with pytest.raises(OutOfReach):
            closed()
    assert session.notes.last_days().keys() <= {ana.id}
    assert all(each.person == ana.id for each in session.activity())
    while session.undo():
        pass
    assert session.goals(ana.id) == []
    with pytest.raises(WrongPassphrase):
        session.leave_only("not this one at all")
    assert session.only == ana.id
    session.leave_only(PASSPHRASE)
    assert [each.title for each in session.goals(lin.id)] == ["Bread for Lin"]
    session.choose(None)
    assert session.person is None


def test_changing_the_passphrase_shuts_the_old_one_out(kept: Kept) -> None:
    kept.session.change_passphrase(PASSPHRASE, "another row of small words")
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(Goal(title="After"))
    with pytest.raises(WrongPassphrase):
        kept.lock_and_open()


def test_notes_are_added_and_amended_never_changed(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana")
    notes = session.notes
    notes.add(ana.id, when=date(2026, 3, 10), kind="meeting", minutes=30, who="Ruth", facts="Came.", agreed="Call.")
    notes.add(ana.id, when=date(2026, 3, 12), kind="call", minutes=0, who="", facts="Called.", agreed="")
    first = notes.of(ana.id)[1]
    notes.amend(first, facts="Came at ten.", agreed="Call on Friday.")
    newest, first = notes.of(ana.id)
    assert (newest.facts, newest.author) == ("Called.", "Ruth")
    assert first.facts == "Came."
    assert [each.facts for each in first.amendments] == ["Came at ten."]
    assert session.find_person(ana.id).last_talk == date(2026, 3, 12)
    assert session.people()[0].last_talk == date(2026, 3, 12)
    for wrong in ({"kind": "gossip", "minutes": 5}, {"kind": "call", "minutes": -1}):
        with pytest.raises(ValueError, match="kind of note"):
            notes.add(ana.id, when=date(2026, 3, 12), who="", facts="", agreed="", **wrong)  # type: ignore[arg-type]
