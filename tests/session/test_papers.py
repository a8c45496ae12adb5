"""Papers of an open notebook: called, moved and removed with a way back, and gone after a lock."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.exchange.paper_kinds import HEIC, NotAPaper, kind_of
from planner.plan.records import Goal
from planner.session import OutOfReach
from planner.session.erasing import OnHold
from planner.session.papers import MOST_BYTES, Paper
from planner.session.types import Changed
from tests.session.conftest import Kept
from tests.unit.exchange.photos import jpeg, pdf, png, webp

PHOTO = jpeg()


def keep(kept: Kept, title: str = "Letter", person: str = "") -> Paper:
    return kept.session.papers.keep(person or kept.me, PHOTO, "image/jpeg", title)


def titles(kept: Kept) -> list[str]:
    return [each.title for each in kept.session.papers.of(kept.me)]


def test_a_paper_is_kept_as_it_came_over_a_lock(kept: Kept) -> None:
    paper = keep(kept, "  Birth record ")
    assert (paper.title, paper.size, paper.is_pdf) == ("Birth record", len(PHOTO), False)
    kept.lock_and_open()
    assert kept.session.papers.of(kept.me) == [paper]
    assert kept.session.papers.content(paper) == PHOTO
    assert paper.added == kept.now.replace(microsecond=0)


def test_kinds_are_told_by_what_is_in_a_file() -> None:
    kinds = {"image/jpeg": jpeg(), "image/png": png(), "image/webp": webp(), "application/pdf": pdf()}
    assert {kind: kind_of(content) for kind, content in kinds.items()} == {kind: kind for kind in kinds}
    assert kind_of(b"\x00\x00\x00\x20ftypheic") == HEIC
    assert kind_of(b"junk before it\n%PDF-1.4") == "application/pdf"
    for other in (b"", b"GIF89a", b"PK\x03\x04", b"<svg/>", b"hello", b"\x00" * 2000 + b"%PDF-1.4", b"\xff\xd8"):
        with pytest.raises(NotAPaper):
            kind_of(other)


def test_a_name_is_changed_and_taken_back_and_changed_again(kept: Kept) -> None:
    papers = kept.session.papers
    paper = keep(kept)
    told: list[Changed] = []
    kept.session.on_change(told.append)
    papers.rename(paper, "Lease ")
    assert titles(kept) == ["Lease"]
    assert told == [Changed(kept.me, frozenset({"paper"}), frozenset({paper.id}))]
    session = kept.session
    assert session.undo_words() == "Change the name of a paper"
    assert session.undo()
    assert titles(kept) == ["Letter"]
    assert session.undo_words() is None
    assert session.redo_words() == "Change the name of a paper"
    assert session.redo()
    assert titles(kept) == ["Lease"]
    assert session.undo()
    papers.rename(paper, "Something new")
    assert not session.redo(), "after a new change nothing can be done again"
    with pytest.raises(ValueError, match="title"):
        papers.rename(paper, "  ")


def test_a_name_that_is_typed_is_one_step(kept: Kept) -> None:
    papers = kept.session.papers
    paper, other = keep(kept), keep(kept, "Other")
    papers.rename(other, "Another")
    for typed in ("L", "Lea", "Lease"):
        papers.rename(paper, typed, typing=True)
    papers.rename(paper, "Lease of the room")
    papers.rename(paper, "Lease", typing=True)
    kept.session.end_step()
    papers.rename(paper, "Old lease")
    names = []
    while kept.session.undo():
        names.append(sorted(titles(kept)))
    assert names == [
        ["Another", "Lease"],
        ["Another", "Lease of the room"],
        ["Another", "Letter"],
        ["Letter", "Other"],
    ]


def test_a_paper_belongs_to_a_goal(kept: Kept) -> None:
    with kept.session.edit(kept.me, "x") as edit:
        goal = edit.add(Goal(title="A room"))
    paper = keep(kept)
    kept.session.papers.belongs_to(paper, goal)
    assert [each.id for each in kept.session.papers.of_record(kept.me, goal)] == [paper.id]
    assert kept.session.undo()
    assert kept.session.papers.of_record(kept.me, goal) == []
    assert kept.session.undo_words() == "x"


def test_removed_it_can_come_back_until_the_lock_and_is_erased_then(kept: Kept) -> None:
    paper = keep(kept)
    kept.session.papers.remove(paper)
    assert titles(kept) == []
    assert kept.session.papers.find(kept.me, paper.id) is None
    kept.session.settle()
    assert kept.session.undo_words() == "Remove a paper"
    assert kept.session.undo(), "a quiet moment leaves what undo may need"
    assert titles(kept) == ["Letter"]
    assert kept.session.redo()
    kept.lock_and_open()
    assert kept.session.store.attachments(include_removed=True) == []


def test_of_somebody_on_hold_nothing_is_erased_at_a_lock(kept: Kept) -> None:
    paper = keep(kept)
    row = kept.session.store.person(kept.me)
    assert row is not None
    kept.session.store.save_person(replace(row, held_since="2026-03-01T00:00:00+00:00"))
    with pytest.raises(OnHold):
        kept.session.papers.erase(paper)
    kept.session.papers.remove(paper)
    kept.lock_and_open()
    assert [each.id for each in kept.session.store.attachments(include_removed=True)] == [paper.id]


def test_erased_it_does_not_come_back(kept: Kept) -> None:
    paper, other = keep(kept), keep(kept, "Other")
    kept.session.papers.rename(paper, "Lease")
    kept.session.papers.rename(other, "Another")
    kept.session.papers.erase(paper)
    assert kept.session.undo()
    assert not kept.session.undo()
    assert titles(kept) == ["Other"]


def test_what_is_coming_in_is_not_swept_away(kept: Kept) -> None:
    seen = []

    def look(_done: int, _of: int) -> None:
        kept.session.settle()
        seen.append(len(kept.session.store.attachments(include_removed=True)))

    paper = kept.session.papers.keep(kept.me, PHOTO, "image/jpeg", "Letter", progress=look)
    assert seen == [0, 1]
    assert kept.session.papers.content(paper) == PHOTO


def test_beside_one_person_the_papers_of_others_are_out_of_reach(team: Kept) -> None:
    session = team.session
    noor, sara = session.add_person("Noor"), session.add_person("Sara")
    paper = keep(team, person=noor.id)
    session.papers.rename(paper, "Lease")
    session.stay_with(sara.id)
    assert session.papers.of(sara.id) == []
    for ask in (
        lambda: session.papers.of(noor.id),
        lambda: session.papers.find(noor.id, paper.id),
        lambda: session.papers.content(paper),
        lambda: session.papers.rename(paper, "x"),
        lambda: session.papers.erase(paper),
        lambda: session.papers.of_record(noor.id, "x"),
        lambda: keep(team, person=noor.id),
    ):
        with pytest.raises(OutOfReach):
            ask()
    assert session.papers.find(sara.id, paper.id) is None
    assert not session.undo()


def test_what_is_too_large_or_has_no_name_is_refused(kept: Kept) -> None:
    with pytest.raises(ValueError, match="not too large"):
        kept.session.papers.keep(kept.me, b"x" * (MOST_BYTES + 1), "image/png", "Large")
    with pytest.raises(ValueError, match="title"):
        keep(kept, "  ")
    assert titles(kept) == []
