"""Papers that are kept track of and check-ins, in everything that an open notebook does with its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from planner.plan import records as kinds
from planner.plan import registers
from planner.plan.life import LifeDomain, Section
from planner.plan.records import CheckIn, Goal, PaperState, TrackedPaper
from planner.session import Session
from planner.session import since as since_module
from planner.store import index
from tests.session.conftest import NOON, Kept
from tests.session.test_folding import decrypted
from tests.session.test_merging import merge, replica

CARD = TrackedPaper(
    id="card",
    title="plover-card",
    state=PaperState.ASKED,
    where_to_ask="plover-clerk",
    cost="plover-cost",
    fee_waiver="plover-free",
    safe_address="plover-address",
    expires="2026-04-01",
    note="plover-note",
)
DAY = CheckIn(
    id="day",
    day="2026-03-12",
    scales=({"name": "sleep", "value": "2"}, {"name": "own_scale", "value": "4"}),
    note="plover-day",
)
STAYS = "curlew-stays"


@pytest.fixture(name="filled")
def filled_fixture(kept: Kept) -> Kept:
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(CARD)
        edit.add(DAY)
        edit.add(Goal(title=STAYS))
    return kept


def section_of(session: Session, person: str, record: str) -> Section:
    row = session.store.row(person, record)
    assert row is not None
    return Section(row.section)


def words(session: Session, person: str) -> list[str]:
    return [line.words for line in session.since.news(person).lines]


def next_day(kept: Kept, days: int = 1) -> Session:
    kept.session.settle()
    kept.now += timedelta(days=days)
    return kept.lock_and_open()


def test_they_come_back_from_the_disk_as_they_were(filled: Kept) -> None:
    session = filled.lock_and_open()
    assert session.tracked_papers(filled.me) == [CARD]
    assert session.check_ins(filled.me) == [DAY]
    assert DAY.ratings == {"sleep": 2, "own_scale": 4}
    assert section_of(session, filled.me, "card") is Section.MONEY_AND_PAPERS
    assert section_of(session, filled.me, "day") is Section.HEALTH


def test_what_is_no_rating_is_none() -> None:
    broken = ({"name": "sleep", "value": "9"}, {"name": 4, "value": "3"}, "sleep", {"value": "3"}, {"name": "mood"})
    values = {"scales": [*broken, {"name": "hope", "value": "3"}], "day": 4}
    made = kinds.from_fields("check-in", "x", values)
    assert isinstance(made, CheckIn)
    assert (made.ratings, made.day) == ({"hope": 3}, "")
    assert kinds.from_fields("tracked-paper", "x", {"state": "resting"}) == TrackedPaper(id="x")


def test_a_paper_about_another_part_of_life_moves_with_it(filled: Kept) -> None:
    with filled.session.edit(filled.me, "Change") as edit:
        edit.change("card", domain=LifeDomain.T_STATUS)
    assert section_of(filled.session, filled.me, "card") is Section.LAW
    with filled.session.edit(filled.me, "Change") as edit:
        edit.change("card", mine_alone=True)
    assert section_of(filled.session, filled.me, "card") is Section.MINE_ALONE
    assert filled.session.tracked_papers(filled.me) == [replace(CARD, domain=LifeDomain.T_STATUS, mine_alone=True)]


@pytest.mark.parametrize("word", ["plover-card", "plover-clerk", "plover-free", "plover-address", "plover-note"])
def test_every_word_of_a_paper_is_found(filled: Kept, word: str) -> None:
    (found,) = filled.session.finding.find(word).found
    assert (found.kind, found.id, found.title) == ("tracked-paper", "card", "plover-card")


def test_a_check_in_is_found_by_its_words_and_tells_its_day(filled: Kept) -> None:
    (found,) = filled.session.finding.find("plover-day").found
    assert (found.kind, found.id, found.day) == ("check-in", "day", "2026-03-12")


def test_undo_takes_them_back_and_brings_them_again(filled: Kept) -> None:
    session, me = filled.session, filled.me
    with session.edit(me, "Change") as edit:
        edit.change("card", state=PaperState.RECEIVED)
        edit.remove("day")
    assert (session.tracked_papers(me)[0].state, session.check_ins(me)) == (PaperState.RECEIVED, [])
    assert session.undo()
    assert (session.tracked_papers(me), session.check_ins(me)) == ([CARD], [DAY])
    assert session.undo()
    assert (session.tracked_papers(me), session.check_ins(me)) == ([], [])
    assert session.redo()
    assert (session.tracked_papers(me), session.check_ins(me)) == ([CARD], [DAY])


def test_typing_in_one_field_is_one_step_of_undo(filled: Kept) -> None:
    session, me = filled.session, filled.me
    for typed in ("The", "The county", "The county clerk"):
        with session.edit(me, "Change a paper") as edit:
            edit.change("card", where_to_ask=typed)
    assert session.undo()
    assert session.tracked_papers(me) == [CARD]


def test_what_changed_is_told_and_what_a_check_in_says_is_not(filled: Kept) -> None:
    session = next_day(filled)
    session.since.look(filled.me)
    with session.edit(filled.me, "Much") as edit:
        edit.change("card", state=PaperState.RECEIVED, expires="2031-04-01")
        edit.change("day", note="plover-other")
        edit.add(TrackedPaper(id="p2", title="Passport"))
        edit.add(replace(DAY, id="d2", day="2026-03-13"))
    session = next_day(filled)
    assert sorted(words(session, filled.me)) == [
        "A new check-in",
        "A new paper to keep track of: Passport",
        "Here now: plover-card",
        "Something else is written in a check-in",
    ]
    assert not any("plover-other" in each or "2026" in each for each in words(session, filled.me))
    with session.edit(filled.me, "Much") as edit:
        edit.change("p2", expires="2031-01-01")
        edit.change("card", note="other")
        edit.remove("d2")
    session = next_day(filled)
    assert sorted(words(session, filled.me)) == [
        "Another day on which it runs out: Passport",
        "One thing was taken out.",
        "Something else is written about a paper: plover-card",
    ]


def test_erasing_leaves_none_of_their_words(filled: Kept) -> None:
    session, me = filled.session, filled.me
    session.settle()
    session.store.checkpoint()
    assert b"plover-address" in decrypted(filled)
    assert b"plover-day" in decrypted(filled)
    account = session.erasing.look_at_record(me, "card")
    assert "plover-card" in account.title
    assert session.erasing.look_at_record(me, "day").title == "one check-in"
    session.erasing.erase_record(me, "card")
    session.erasing.erase_record(me, "day")
    session.store.checkpoint()
    left = decrypted(filled)
    assert b"plover" not in left
    assert STAYS.encode() in left


def test_erasing_one_person_counts_them(team: Kept) -> None:
    session = team.session
    person = session.add_person("Ana").id
    with session.edit(person, "Add") as edit:
        edit.add(CARD)
        edit.add(replace(CARD, id="card2"))
        edit.add(DAY)
    goes = session.erasing.look_at_person(person).goes
    assert "What is written about 2 papers" in goes
    assert "1 check-in" in goes


def test_a_paper_takes_its_photos_along_when_it_is_erased(filled: Kept) -> None:
    session, me = filled.session, filled.me
    photo = session.papers.keep(me, b"plover-pixels", "image/png", "A photo", "card")
    assert session.papers.of_record(me, "card") == [photo]
    session.erasing.erase_record(me, "card")
    assert session.papers.of(me) == []


def test_two_copies_that_say_different_things_keep_both(filled: Kept, tmp_path: Path) -> None:
    session, me = filled.session, filled.me
    other = replica(session, tmp_path / "other")
    try:
        with session.edit(me, "Change") as edit:
            edit.change("card", state=PaperState.RECEIVED)
        with other.edit(me, "Change") as edit:
            edit.change("card", state=PaperState.NOT_NEEDED, cost="nothing")
            edit.change("day", scales=[{"name": "sleep", "value": "5"}])
            edit.add(replace(DAY, id="d2", day="2026-03-11"))
        brought = merge(session, other)
    finally:
        other.notebook.close()
    assert brought.counts == {"tracked-paper": 1, "check-in": 2}
    (card,) = session.tracked_papers(me)
    assert {card.state.value, *card.rivals["state"]} == {"received", "not-needed"}
    assert card.cost == "nothing"
    assert {each.id: each.ratings for each in session.check_ins(me)} == {
        "day": {"sleep": 5},
        "d2": {"sleep": 2, "own_scale": 4},
    }


# ---------------------------------------------------------------- an older version of the program


def before_there_were_any(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as it was when it knew neither papers nor check-ins."""
    for kind in ("tracked-paper", "check-in"):
        monkeypatch.delitem(kinds.RECORD_TYPES, kind)
        monkeypatch.delitem(registers.DEFAULTS, kind)
        monkeypatch.delitem(since_module.ASPECTS, kind)
    monkeypatch.setattr(index, "INDEX_VERSION", 2)


def test_an_older_version_works_on_and_loses_nothing(filled: Kept) -> None:
    next_day(filled)
    with pytest.MonkeyPatch.context() as older:
        before_there_were_any(older)
        session = filled.lock_and_open()
        session.since.news(filled.me)
        assert session.store.rows(filled.me, ["tracked-paper", "check-in"]) == []
        assert session.finding.find("plover").found == ()
        assert [each.title for each in session.goals(filled.me)] == [STAYS]
        with session.edit(filled.me, "Change") as edit:
            edit.add(Goal(title="A paper goal", domain=LifeDomain.PAPERS))
            edit.add(Goal(title="A health goal", domain=LifeDomain.HEALTH))
        assert session.undo()
        assert session.redo()
        session.settle()
        session = next_day(filled)
        assert len(session.goals(filled.me)) == 3
    session = filled.lock_and_open()
    assert session.tracked_papers(filled.me) == [CARD]
    assert session.check_ins(filled.me) == [DAY]
    assert len(session.goals(filled.me)) == 3
    assert session.finding.find("plover-clerk").found


def test_an_older_version_takes_in_a_copy_that_has_them(kept: Kept, tmp_path: Path) -> None:
    with kept.session.edit(kept.me, "Add") as edit:
        edit.add(Goal(title=STAYS, domain=LifeDomain.PAPERS))
    newer = replica(kept.session, tmp_path / "other")
    try:
        with newer.edit(kept.me, "Add") as edit:
            edit.add(CARD)
            edit.add(DAY)
        with pytest.MonkeyPatch.context() as older:
            before_there_were_any(older)
            session = kept.lock_and_open()
            merge(session, newer)
            assert [each.title for each in session.goals(kept.me)] == [STAYS]
            session.settle()
            session.lock()
        session = kept.open()
    finally:
        newer.notebook.close()
    assert session.tracked_papers(kept.me) == [CARD]
    assert session.check_ins(kept.me) == [DAY]
    assert kept.now == NOON
