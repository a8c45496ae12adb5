"""Find: what may be seen right now, from everything there is, beside the window."""

from __future__ import annotations

import threading
from datetime import date
from queue import Queue

import pytest

from planner.errors import MachineTrouble
from planner.plan.records import Appointment, Barrier, Goal, Helper, Outcome, Step, SupportContact
from planner.session import Session
from planner.session.finding import FIRST, MOST, Answer
from planner.store.errors import DiskTrouble
from planner.store.rows import AttachmentRow
from tests.session.conftest import Kept

LONG = 30.0
DAY = date(2026, 3, 12)


def ids(session: Session, text: str) -> list[str]:
    return [each.id for each in session.finding.find(text).found]


def answers(session: Session, text: str) -> list[Answer]:
    """What a search beside the window tells, in order."""
    told: Queue[Answer] = Queue()
    session.finding.look(text, told.put)
    found = [told.get(timeout=LONG)]
    while not found[-1].last:
        found.append(told.get(timeout=LONG))
    return found


def paper(session: Session, person: str, title: str) -> str:
    row = AttachmentRow(id=f"paper-{title}-{person}", person=person, title=title, size=1, added=session.stamp())
    session.store.add_attachment(row, b"x")
    return row.id


def note(session: Session, person: str, facts: str) -> str:
    return session.notes.add(person, when=DAY, kind="call", minutes=5, who="Lin", facts=facts, agreed="")


def answered(session: Session, person: str, words: str) -> str:
    """A form begun, with these words for an answer; the id of its filling."""
    desk = session.forms.open(person, "first-steps")
    desk.filling.answer("needs", "hope")
    desk.filling.answer("hope", words)
    desk.save()
    return session.forms.unfinished(person)[0].id


def test_everything_of_a_plan_is_found_with_what_it_belongs_to(kept: Kept) -> None:
    goal = Goal(title="Zebra goal")
    visit = Appointment(title="Zebra visit", starts="2026-03-20T10:00", zone="UTC")
    parts = (
        Step(goal=goal.id, title="Zebra step"),
        Helper(goal=goal.id, name="Zebra helper"),
        Barrier(goal=goal.id, what="Zebra in the way"),
        Outcome(appointment=visit.id, occurrence=visit.starts, note="Zebra came"),
        SupportContact(name="Zebra friend"),
        SupportContact(name="Zebra other", keep_away=True),
    )
    with kept.session.edit(kept.me, "Add") as edit:
        for each in (goal, visit, *parts):
            edit.add(each)
    found = {each.id: each for each in kept.session.finding.find("zebra").found}
    assert set(found) == {goal.id, visit.id, *(each.id for each in parts)}
    assert {found[each.id].owner for each in parts[:3]} == {goal.id}
    assert found[parts[3].id].owner == visit.id
    assert [found[each.id].careful for each in parts[4:]] == [False, True]
    assert found[parts[3].id].matched == "Zebra came"
    assert found[visit.id].day == "2026-03-20T10:00"


def test_answers_are_found_begun_and_finished_until_they_are_thrown_away(kept: Kept) -> None:
    session = kept.session
    filling = answered(session, kept.me, "Zébra stripes")
    (found,) = session.finding.find("zebra").found
    assert (found.kind, found.id, found.owner) == ("filling", filling, "first-steps")
    (piece,) = [each for each in found.matched.split("\n") if "Zébra" in each]
    question, _tab, answer = piece.partition("\t")
    assert (bool(question), answer) == (True, "Zébra stripes")
    assert ids(session, "hope zebra") == [filling], "also by what was chosen"
    desk = session.forms.open(kept.me, "first-steps")
    desk.finish([], [])
    assert ids(session, "zebra") == [filling]
    session = kept.lock_and_open()
    session.store.clear_index()
    assert ids(kept.lock_and_open(), "zebra") == [filling]
    kept.session.forms.throw_away(filling)
    assert ids(kept.session, "zebra") == []


def test_an_answer_that_was_put_off_is_not_found(kept: Kept) -> None:
    from planner.forms.ways import Way

    session = kept.session
    answered(session, kept.me, "zebra")
    desk = session.forms.open(kept.me, "first-steps")
    desk.filling.put_off("hope", Way.RATHER_NOT)
    desk.save()
    assert ids(session, "zebra") == []


def test_a_rebuilt_index_finds_what_the_one_before_found(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana")
    with session.edit(ana.id, "Add") as edit:
        edit.add(Goal(title="Zebra goal"))
    note(session, ana.id, "Zebra at ten")
    paper(session, ana.id, "Zebra card")
    answered(session, ana.id, "zebra")
    before = session.finding.find("zebra").found
    assert [each.kind for each in before] == ["goal", "filling", "paper", "note"]
    session.store.clear_index()
    assert session.finding.find("zebra").found == ()
    assert team.lock_and_open().finding.find("zebra").found == before


def test_with_someone_there_notes_and_others_are_out_of_reach(team: Kept) -> None:
    session = team.session
    ana, bea = session.add_person("Zebra Ana"), session.add_person("Bea", code="Zébra-2")
    of = {each.id: [note(session, each.id, "zebra"), paper(session, each.id, "zebra")] for each in (ana, bea)}
    own = answered(session, ana.id, "zebra")
    everything = session.finding.find("zebra")
    assert [each.id for each in everything.people] == [bea.id, ana.id]
    assert {each.id for each in everything.found} == {own, *of[ana.id], *of[bea.id]}
    assert [each.last for each in answers(session, "zebra")] == [False, True]
    session.choose(bea.id)
    chosen = session.finding.find("zebra")
    assert (chosen.people, {each.id for each in chosen.found}) == ((), set(of[bea.id]))
    session.choose(None)
    session.stay_with(ana.id)
    for each in (session.finding.find("zebra"), *answers(session, "zebra")):
        assert each.people == ()
        assert {found.id for found in each.found} == {own, of[ana.id][1]}


def test_in_a_notebook_for_oneself_there_are_no_notes_of_a_worker(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana")
    written = note(session, ana.id, "zebra")
    assert ids(session, "zebra") == [written]
    session.set_setting("mode", "for-me")
    assert ids(team.lock_and_open(), "zebra") == []


def test_people_are_found_by_name_and_code_whatever_the_accents(team: Kept) -> None:
    session = team.session
    jose, nadia = session.add_person("José Núñez", code="K-17"), session.add_person("Надия")
    assert [each.id for each in session.finding.find("nunez jo").people] == [jose.id]
    assert [each.id for each in session.finding.find("k17").people] == [jose.id]
    assert [each.id for each in session.finding.find("над").people] == [nadia.id]
    assert session.finding.find("unez").people == ()
    session.change_person(nadia.id, name="Vera")
    assert session.finding.find("над").people == ()
    assert [each.id for each in session.finding.find("ver").people] == [nadia.id]


def test_first_results_come_before_the_ranked_ones_and_one_letter_is_answered_once(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add") as edit:
        for number in range(MOST + 5):
            edit.add(Goal(title=f"Zebra {number}"))
    first, ranked = answers(kept.session, "ze")
    assert (len(first.found), len(ranked.found)) == (FIRST, MOST)
    assert {each.id for each in first.found} <= {each.id for each in ranked.found}
    assert ranked.more
    (only,) = answers(kept.session, "z")
    assert only.last
    assert len(only.found) == MOST
    assert [each.last for each in answers(kept.session, "法")] == [False, True]


def test_the_next_key_gives_up_the_search_before(kept: Kept) -> None:
    session = kept.session
    with session.edit(kept.me, "Add") as edit:
        edit.add(Goal(title="Zebra"))
        edit.add(Goal(title="Lion"))
    told: list[str] = []
    done = threading.Event()

    def last(answer: Answer) -> None:
        told.append(answer.text)
        if answer.last:
            done.set()

    # Nobody can search while the store is in use, so that all wait until the last key.
    with session.store.transaction():
        for text in ("zebr", "zebra", "lio", "lion"):
            session.finding.look(text, last)
    assert done.wait(LONG)
    assert set(told) == {"lion"}
    with session.store.transaction():
        session.finding.look("zebra", last)
        session.finding.stop()
    assert answers(session, "lion")[-1].found
    assert set(told) == {"lion"}


def test_a_lock_in_the_middle_of_a_search_is_safe(kept: Kept) -> None:
    told: list[Answer] = []
    for text in ("ze", "zeb", "zebr"):
        kept.session.finding.look(text, told.append)
    again = kept.lock_and_open()
    assert not [each for each in told if each.trouble]
    assert ids(again, "zebra") == []


def test_trouble_of_the_machine_is_told_and_does_not_leak(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_values: object, **_more: object) -> object:
        raise DiskTrouble

    monkeypatch.setattr(kept.session.store, "search", broken)
    told: Queue[Answer] = Queue()
    kept.session.finding.look("zebra", told.put)
    answer = told.get(timeout=LONG)
    assert isinstance(answer.trouble, MachineTrouble)
    assert answer.last


def test_a_mistake_of_ours_is_told_to_whoever_asked(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_values: object, **_more: object) -> object:
        raise KeyError("ours")

    monkeypatch.setattr(kept.session.store, "search", broken)
    told: Queue[Answer] = Queue()
    kept.session.finding.look("zebra", told.put)
    assert isinstance(told.get(timeout=LONG).mistake, KeyError)


def test_no_key_waits_for_the_store(kept: Kept) -> None:
    """While another thread has the store, looking begins at once; the answer comes afterwards."""
    finding = kept.session.finding
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with kept.session.store.transaction():
            inside.set()
            leave.wait(LONG)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(LONG)
    told: Queue[Answer] = Queue()
    finding.look("zebra", told.put)
    assert told.empty()
    assert holder.is_alive()
    leave.set()
    holder.join()
    assert told.get(timeout=LONG).found == ()


def test_an_edit_that_changes_no_words_leaves_the_search_alone(kept: Kept) -> None:
    goal = Goal(title="Zebra")
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(goal)

    def blocks() -> list[tuple[object, ...]]:
        return kept.session.store._ask("SELECT id, block FROM search_data ORDER BY id")

    def changed(**values: object) -> bool:
        before = blocks()
        with kept.session.edit(kept.me, "Change") as edit:
            edit.change(goal.id, **values)
        return blocks() != before

    assert changed(title="Zebra two")
    assert not changed(order="x")
    assert ids(kept.session, "two") == [goal.id]
