"""Numbers from a clinician: kept from the first word on, read by published bands, told nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.packs.scores import load_score_kinds, read_score_kinds
from planner.packs.sources import load_sources
from planner.packs.texts import PackProblem
from planner.plan.life import Section
from planner.plan.scores import INSTRUMENTS, Score
from planner.ui.a11y import walk
from planner.ui.pages.scores import ScoresPage, read_total
from tests.gui.forms_desk import press
from tests.gui.notebooks import PageWith

Start = Callable[..., ScoresPage]


@pytest.fixture(name="page")
def page_fixture(page_with: PageWith) -> Start:
    return partial(page_with, ScoresPage)


TWELVE = Score(id="twelve", instrument="phq-9", total=12, day="2026-02-03", by="Dr. Lin")


def stored(page: ScoresPage) -> list[Score]:
    person = page.desk.session.person
    assert person is not None
    return page.desk.session.scores(person.id)


def pick(page: ScoresPage, instrument: str) -> None:
    page.one.which.choose(instrument)
    page.one.which.changed.emit()


def test_nothing_is_kept_before_something_is_said(page: Start) -> None:
    shown = page()
    press(shown.first_button)
    assert shown.one.isVisibleTo(shown)
    press(shown.one.done_button)
    assert stored(shown) == []
    press(shown.first_button)
    pick(shown, "gad-7")
    QTest.keyClicks(shown.one.total, "9")
    assert shown.leave()
    (kept,) = stored(shown)
    assert (kept.instrument, kept.total, kept.day) == ("gad-7", 9, shown.desk.session.today().isoformat())
    assert kept.home() is Section.MINE_ALONE


def test_a_number_is_read_by_its_published_band(page: Start) -> None:
    shown = page(TWELVE)
    shown.desk.go("scores", score=TWELVE.id)
    assert shown.one.read.text() == "It is read as: moderate."
    pick(shown, "who-5")
    assert "very low" in shown.one.read.text()
    assert shown.one.where_from.isVisibleTo(shown)


def test_what_is_no_such_number_is_asked_about_and_not_read(page: Start) -> None:
    shown = page(TWELVE)
    shown.desk.go("scores", score=TWELVE.id)
    shown.one.total.setFocus()
    shown.one.total.selectAll()
    QTest.keyClicks(shown.one.total, "twelve")
    shown.leave()
    assert shown.one.total_row.asking()
    assert stored(shown)[0].total == 12
    shown.one.total.selectAll()
    QTest.keyClicks(shown.one.total, "99")
    shown.leave()
    assert shown.one.total_row.asking()
    assert not shown.one.read.isVisibleTo(shown)


def test_one_is_removed_with_a_way_back(page: Start) -> None:
    shown = page(TWELVE)
    shown.desk.go("scores", score=TWELVE.id)
    press(shown.one.remove_button)
    assert stored(shown) == []
    shown.desk.session.undo()
    assert [each.id for each in stored(shown)] == [TWELVE.id]


def test_undo_takes_a_number_back_also_while_somebody_types(page: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = page()
    press(shown.first_button)
    pick(shown, "gad-7")
    shown.one.pen._timer.setInterval(1_000_000)  # however slow the hand is
    QTest.keyClicks(shown.one.by, "Dr. Lin")
    assert shown.one.pen.waiting
    tried: list[dict[str, object]] = []
    monkeypatch.setattr(shown.one, "write", lambda **values: tried.append(values))
    shown.desk.session.undo()
    assert stored(shown) == []
    assert not tried, "what is typed into a number that is gone is written nowhere"
    assert shown.empty.isVisible()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_of_it_can_be_walked(page: Start, language: str, scale: float) -> None:
    shown = page(TWELVE, Score(id="five", instrument="pc-ptsd-5", total=3), language=language, scale=scale)
    problems = walk(shown.window())
    shown.desk.go("scores", score="five")
    QApplication.processEvents()
    problems += walk(shown.window())
    assert not problems, problems


def test_every_set_of_questions_has_bands_from_nothing_to_its_most() -> None:
    kinds = {each.id: each for each in load_score_kinds()}
    assert kinds.keys() == INSTRUMENTS.keys()
    for kind in kinds.values():
        assert all(kind.band(total) is not None for total in range(kind.most + 1))
        assert kind.band(-1) is kind.band(kind.most + 1) is None
        assert len({load_sources()[each].publisher for each in kind.sources}) >= 2, kind.id
        assert all(line.sources for line in kind.facts)
    words = [str(kinds["phq-9"].band(total)) for total in (4, 5, 9, 10, 14, 15, 19, 20)]
    assert words == [
        *("hardly any", "mild", "mild", "moderate", "moderate"),
        *("between moderate and severe", "between moderate and severe", "severe"),
    ]


@pytest.mark.parametrize("change", [{"id": "bdi"}, {"most": "27"}, {"band": [{"from": 1, "en": "a", "es": "a"}]}])
def test_a_table_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    raw = {
        "id": "phq-9",
        "most": 27,
        "about": {"en": "a", "es": "a"},
        "sources": ["mii-phq9"],
        "jurisdiction": "any",
        "reviewed": date(2026, 11, 23),
        "band": [{"from": 0, "en": "a", "es": "a"}],
    }
    assert len(read_score_kinds({"score": [raw]}, load_sources())) == 1
    with pytest.raises(PackProblem):
        read_score_kinds({"score": [raw | change]}, load_sources())


def test_only_whole_numbers_are_read() -> None:
    assert [read_total(each) for each in (" 12 ", "0", "1.5", "-3", "", "twelve", "99999")] == [
        *(12, 0, None, None, None, None, None)
    ]
