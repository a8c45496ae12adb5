"""Answers to a form are found by what they are now, however quickly they were given."""

from __future__ import annotations

import pytest

from planner.forms import Way
from planner.session import Session
from planner.session.filling_desk import FillingDesk
from planner.store.beside import FILLING
from planner.store.notebooks import Notebook
from tests.session.conftest import NOON, PASSPHRASE, ZONE, Kept

FORM = "first-steps"
HOPE = "hope"
"""A question for words of her own, once ``needs`` says so."""


def indexed(session: Session, word: str) -> bool:
    """Whether a word lies in the index itself, without asking as the search does."""
    rows = session.store._ask("SELECT text FROM beside WHERE kind = ?", (FILLING,))
    return any(word in text for (text,) in rows)


def found(session: Session, word: str) -> bool:
    return any(each.kind == FILLING for each in session.finding.find(word).found)


@pytest.fixture
def desk(kept: Kept) -> FillingDesk:
    made = kept.session.forms.open(kept.me, FORM)
    made.filling.answer("needs", "hope")
    made.save()
    kept.session.forms.settle()
    return made


def test_an_answer_is_found_as_soon_as_it_is_saved(kept: Kept, desk: FillingDesk) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    assert not indexed(kept.session, "lighthouse")
    assert found(kept.session, "lighthouse")
    assert indexed(kept.session, "lighthouse")
    desk.filling.answer(HOPE, "harbour")
    desk.save()
    assert found(kept.session, "harbour")
    assert not found(kept.session, "lighthouse")


@pytest.mark.parametrize("way", list(Way))
def test_what_is_not_to_be_said_is_gone_from_the_index_at_once(kept: Kept, desk: FillingDesk, way: Way) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    kept.session.forms.settle()
    assert indexed(kept.session, "lighthouse")
    desk.filling.put_off(HOPE, way)
    desk.save()
    assert not indexed(kept.session, "lighthouse")


def test_locking_leaves_nothing_behind(kept: Kept, desk: FillingDesk) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    assert indexed(kept.lock_and_open(), "lighthouse")


def test_an_answer_is_found_after_a_sudden_end(kept: Kept, desk: FillingDesk) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    kept.session.notebook.close()
    kept.session = Session(Notebook.open(kept.folder, PASSPHRASE), clock=lambda: NOON, zone=ZONE)
    assert not indexed(kept.session, "lighthouse")
    assert found(kept.session, "lighthouse")


def test_what_was_thrown_away_in_between_is_found_no_longer(kept: Kept, desk: FillingDesk) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    (row,) = kept.session.forms.unfinished(kept.me)
    kept.session.forms.throw_away(row.id)
    assert not found(kept.session, "lighthouse")
    assert kept.session.store.get("fillings_behind") == []


def test_finished_answers_are_found_at_once(kept: Kept, desk: FillingDesk) -> None:
    desk.filling.answer(HOPE, "lighthouse")
    desk.save()
    desk.finish([], [])
    assert indexed(kept.session, "lighthouse")
    assert kept.session.store.get("fillings_behind") == []
