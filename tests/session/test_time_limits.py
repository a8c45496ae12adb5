"""Time limits, in everything that an open notebook does with its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.plan.life import LifeDomain, Section
from planner.plan.records import Appointment, LimitState, TimeLimit
from planner.session import Session
from planner.session.agenda_limits import LimitItem, close_limits, with_limits
from planner.session.proposals import proposal
from planner.session.types import OutOfReach
from tests.session.conftest import Kept
from tests.session.test_folding import decrypted
from tests.session.test_merging import merge, replica

TODAY = date(2026, 3, 12)
LETTER = TimeLimit(
    id="letter",
    title="plover-letter",
    domain=LifeDomain.HOME,
    due="2026-03-20T15:00",
    zone="America/Los_Angeles",
    rule="plover-rule",
    template="eviction",
    warn_days=14,
    note="plover-note",
)


@pytest.fixture(name="filled")
def filled_fixture(kept: Kept) -> Kept:
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(LETTER)
    return kept


def lines(session: Session, person: str) -> list[str]:
    return [line.words for line in session.since.news(person).lines]


def next_day(kept: Kept) -> Session:
    kept.session.settle()
    kept.now += timedelta(days=1)
    return kept.lock_and_open()


def test_one_comes_back_from_the_disk_as_it_was(filled: Kept) -> None:
    session = filled.lock_and_open()
    assert session.time_limits(filled.me) == [LETTER]
    row = session.store.row(filled.me, "letter")
    assert row is not None
    assert row.section == Section.EVERYDAY.value


def test_about_another_part_of_life_it_moves_there(filled: Kept) -> None:
    with filled.session.edit(filled.me, "Change") as edit:
        edit.change("letter", domain=LifeDomain.T_STATUS)
    row = filled.session.store.row(filled.me, "letter")
    assert row is not None
    assert row.section == Section.LAW.value
    assert filled.session.time_limits(filled.me) == [replace(LETTER, domain=LifeDomain.T_STATUS)]


@pytest.mark.parametrize("word", ["plover-letter", "plover-rule", "plover-note"])
def test_every_word_of_it_is_found(filled: Kept, word: str) -> None:
    (found,) = filled.session.finding.find(word).found
    assert (found.kind, found.id) == ("clock", "letter")


def test_undo_takes_it_back_and_typing_is_one_step(filled: Kept) -> None:
    session, me = filled.session, filled.me
    session.end_step()
    for typed in ("Ask", "Ask Lin"):
        with session.edit(me, "Change a time limit") as edit:
            edit.change("letter", note=typed)
    assert session.undo()
    assert session.time_limits(me) == [LETTER]
    assert session.undo()
    assert session.time_limits(me) == []
    assert session.redo()
    assert session.time_limits(me) == [LETTER]


def test_what_changed_is_told(filled: Kept) -> None:
    session = next_day(filled)
    session.since.look(filled.me)
    with session.edit(filled.me, "Much") as edit:
        edit.change("letter", due="2026-04-01")
        edit.add(TimeLimit(id="new", title="Renew it"))
    session = next_day(filled)
    assert sorted(lines(session, filled.me)) == ["A new time limit: Renew it", "Another last day: plover-letter"]
    with session.edit(filled.me, "Much") as edit:
        edit.change("letter", state=LimitState.DONE)
        edit.change("new", note="other")
    session = next_day(filled)
    assert sorted(lines(session, filled.me)) == [
        "Done: plover-letter",
        "Something else is written about a time limit: Renew it",
    ]


def test_erasing_leaves_none_of_its_words(filled: Kept) -> None:
    session, me = filled.session, filled.me
    session.settle()
    session.store.checkpoint()
    assert b"plover-rule" in decrypted(filled)
    assert "1 time limit" in session.erasing.look_at_person(me).goes
    session.erasing.erase_record(me, "letter")
    session.store.checkpoint()
    assert b"plover" not in decrypted(filled)


def test_two_copies_that_say_different_days_keep_both(filled: Kept, tmp_path: Path) -> None:
    session, me = filled.session, filled.me
    other = replica(session, tmp_path / "other")
    try:
        with session.edit(me, "Change") as edit:
            edit.change("letter", due="2026-03-25")
        with other.edit(me, "Change") as edit:
            edit.change("letter", due="2026-03-27", note="theirs")
        merge(session, other)
    finally:
        other.notebook.close()
    (limit,) = session.time_limits(me)
    assert {limit.due, *limit.rivals["due"]} == {"2026-03-25", "2026-03-27"}
    assert limit.note == "theirs"


# ---------------------------------------------------------------- from a form


def test_a_form_proposes_one() -> None:
    said = {
        "due": "2026-04-01T00:00:00.000-05:00", "rule": "The letter", "template": "letter", "warn_days": "21",
        "domain": "money", "note": "Ask Lin", "mine_alone": "yes",
    }  # fmt: skip
    made = proposal("f/clock", "clock", "Send it", said, {}, frozenset())
    assert made is not None
    record = made.record
    assert isinstance(record, TimeLimit)
    assert (record.title, record.due, record.rule, record.template) == (
        *("Send it", "2026-04-01T00:00", "The letter", "letter"),
    )
    assert (record.warn_days, record.domain, record.note, record.mine_alone) == (21, LifeDomain.MONEY, "Ask Lin", True)
    assert record.state is LimitState.OPEN


@pytest.mark.parametrize(
    ("due", "kept"),
    [
        ("2026-04-01", "2026-04-01"), ("2026-04-01T09:30", "2026-04-01T09:30"), ("soon", ""), ("", ""),
        ("2026-13-01", ""), ("9999-01-01T10:00", "9999-01-01"),
    ],
)  # fmt: skip
def test_a_day_an_hour_or_nothing(due: str, kept: str) -> None:
    made = proposal("f/clock", "clock", "Send it", {"due": due, "warn_days": "-3"}, {}, frozenset())
    assert made is not None
    assert isinstance(made.record, TimeLimit)
    assert (made.record.due, made.record.warn_days) == (kept, TimeLimit().warn_days)


def test_answered_again_it_is_the_same_one_and_her_own_word_stays() -> None:
    there = replace(LETTER, origin="f/clock", state=LimitState.DONE, due="2026-03-20")
    said = {"due": "2026-03-21", "domain": "home"}
    made = proposal("f/clock", "clock", there.title, said, {"f/clock": there}, frozenset())
    assert made is not None
    assert [each.field for each in made.differences] == ["due"]
    assert made.record == replace(there, due="2026-03-21")


# ---------------------------------------------------------------- in the calendar


def test_each_stands_on_its_day_at_the_viewers_clock(filled: Kept) -> None:
    session, me = filled.session, filled.me
    with session.edit(me, "Add") as edit:
        edit.add(Appointment(id="visit", title="Visit", starts="2026-03-20T10:00", zone="America/New_York"))
        edit.add(TimeLimit(id="done", title="Done", due="2026-03-20", state=LimitState.DONE))
        edit.add(TimeLimit(id="open", title="No day"))
        edit.add(TimeLimit(id="day", title="A day", due="2026-03-19"))
        edit.add(TimeLimit(id="late", title="Late", due="2026-04-30"))
    items = with_limits(session, session.agenda(TODAY, 28, me), TODAY, 28, me)
    assert [(each.appointment.id, each.day.isoformat(), str(each.time or "")) for each in items] == [
        ("day", "2026-03-19", ""),
        ("visit", "2026-03-20", "10:00:00"),
        ("letter", "2026-03-20", "18:00:00"),
    ]
    assert [each.limit.id for each in items if isinstance(each, LimitItem)] == ["day", "letter"]
    assert all(each.appointment.id != "letter" for each in session.agenda(TODAY, 28, me)), "nothing of it is stored"


def test_among_everyone_those_that_are_close_are_told_and_of_one_person_only_while_only_that_one_is_open(
    team: Kept,
) -> None:
    session = team.session
    ana, bea = session.add_person("Ana").id, session.add_person("Bea").id
    for person, due in ((ana, "2026-03-14"), (bea, "2026-03-01"), (ana, "2026-05-01")):
        with session.edit(person, "Add") as edit:
            edit.add(TimeLimit(title=f"By {due}", due=due))
    assert [(whose, each.due) for whose, each in close_limits(session, TODAY)] == [
        (bea, "2026-03-01"),
        (ana, "2026-03-14"),
    ]
    assert len(with_limits(session, [], TODAY, 60, None)) == 2
    session.stay_with(ana)
    with pytest.raises(OutOfReach):
        close_limits(session, TODAY)
    with pytest.raises(OutOfReach):
        with_limits(session, [], date(2026, 2, 1), 60, bea)
    assert [each.person for each in with_limits(session, [], date(2026, 2, 1), 120, None)] == [ana, ana]
