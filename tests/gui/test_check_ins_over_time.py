"""Single days seen over months, and help first where an answer speaks of danger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from planner.plan.records import CheckIn
from planner.plan.scales import scale_words, step_words
from planner.ui.a11y import walk
from planner.ui.pages.check_ins import CHART, TABLE, CheckInsPage
from planner.ui.pages.check_ins_chart import GAP, Strip, by_scale
from planner.ui.pages.help import HelpPage
from tests.gui.forms_desk import press
from tests.gui.notebooks import PageWith


def rated(day: date, **ratings: int) -> CheckIn:
    return CheckIn(
        id=day.isoformat(),
        day=day.isoformat(),
        scales=tuple({"name": name, "value": str(value)} for name, value in ratings.items()),
    )


Start = Callable[..., CheckInsPage]


@pytest.fixture(name="page")
def page_fixture(page_with: PageWith) -> Start:
    return partial(page_with, CheckInsPage)


def choose(page: CheckInsPage, words: str) -> None:
    """Press one part of a tray."""
    parts = [each for each in page.findChildren(QAbstractButton) if each.text() == words and each.isVisibleTo(page)]
    press(parts[0])


def weeks(last: date, number: int) -> list[CheckIn]:
    return [rated(last - timedelta(days=7 * back), mood=1 + back % 5, sleep=3) for back in range(number)]


def test_each_scale_has_its_days_between_the_same_two() -> None:
    first, last = date(2026, 1, 5), date(2026, 3, 2)
    days = [rated(last, mood=5, knitting=2), rated(first, sleep=1), CheckIn(day="some day", scales=()), CheckIn(day="")]
    found = {each.name: each for each in by_scale(days)}
    assert list(found) == ["mood", "sleep", "knitting"]
    assert {(each.first, each.last) for each in found.values()} == {(first, last)}
    assert found["mood"].points == ((last, 5),)
    assert [found["mood"].at(day) for day in (first, last)] == [0.0, 1.0]
    assert by_scale(days, since=last)[0].at(last) == 0.5
    assert not by_scale([])


def test_one_day_offers_no_chart_and_two_do(page: Start) -> None:
    today = date(2026, 3, 12)
    alone = page(rated(today, mood=2))
    assert not alone.views.isVisibleTo(alone)
    shown = page(*weeks(today, 2))
    assert shown.views.isVisibleTo(shown)


def test_the_chart_goes_back_as_far_as_is_chosen(page: Start) -> None:
    today = date(2026, 3, 12)
    long_ago = rated(today - timedelta(days=300), hope=4)
    shown = page(*weeks(today, 3), long_ago)
    choose(shown, "Over time")
    assert shown.chart.isVisibleTo(shown)
    assert not shown.list.isVisibleTo(shown)
    assert [each.days.name for each in shown.chart.strips] == ["mood", "sleep"]
    choose(shown, "A year")
    assert [each.days.name for each in shown.chart.strips] == ["mood", "sleep", "hope"]
    choose(shown, "Days")
    assert shown.list.isVisibleTo(shown)
    assert not shown.chart.isVisibleTo(shown)


def test_better_days_stand_higher_and_later_ones_further_on(page: Start) -> None:
    today = date(2026, 3, 12)
    shown = page(rated(today - timedelta(days=70), mood=1), rated(today, mood=4))
    choose(shown, "Over time")
    QApplication.processEvents()
    (strip,) = shown.chart.strips
    before, after = (strip.place(day, value) for day, value in strip.days.points)
    assert after.y() < before.y()
    assert after.x() > before.x()
    assert after.x() <= strip.width()
    assert strip.days.points[1][0] - strip.days.points[0][0] > GAP
    assert _joined(strip) == 0
    near = page(rated(today - timedelta(days=20), mood=1), rated(today, mood=4))
    choose(near, "Over time")
    QApplication.processEvents()
    assert _joined(near.chart.strips[0]) > 0


def _joined(strip: Strip) -> int:
    """How many points halfway between the two dots differ from the ground beside them."""
    ends = [strip.place(day, value) for day, value in strip.days.points]
    middle = (ends[0] + ends[1]) / 2
    picture = strip.grab().toImage()
    ratio = picture.devicePixelRatio()
    at = [picture.pixelColor(round(middle.x() * ratio), round((middle.y() + off) * ratio)) for off in (-5, 0, 5)]
    return sum(1 for each in at if abs(each.green() - at[0].green()) > 12)


def test_parts_of_a_life_are_shown_apart(page: Start) -> None:
    today = date(2026, 3, 12)
    shown = page(*weeks(today, 2), rated(today - timedelta(days=3), life_home=2, life_work=4))
    choose(shown, "Over time")
    assert [each.days.name for each in shown.chart.strips] == ["mood", "sleep"]
    choose(shown, "Parts of my life")
    assert [each.days.name for each in shown.chart.strips] == ["life_home", "life_work"]
    choose(shown, "As a table")
    assert [shown.table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(2)] == [
        *(scale_words("life_home"), scale_words("life_work"))
    ]
    alone = page(*(rated(today - timedelta(days=back), life_home=2) for back in (0, 30)))
    choose(alone, "Over time")
    assert [each.days.name for each in alone.chart.strips] == ["life_home"]
    assert not alone.about.isVisibleTo(alone)


def test_the_table_says_the_same_in_words(page: Start) -> None:
    today = date(2026, 3, 12)
    shown = page(rated(today, mood=5, sleep=1), rated(today - timedelta(days=7), mood=2))
    choose(shown, "As a table")
    table = shown.table
    model, wide, high = table.model(), table.columnCount(), table.rowCount()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(wide)]
    cells = [[model.index(line, at).data() for at in range(wide)] for line in range(high)]
    assert heads == ["Mood", "Sleep"]
    assert cells == [[step_words(5), step_words(1)], [step_words(2), "–"]]
    assert table.accessibleName()


@pytest.mark.parametrize("view", [CHART, TABLE])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_both_can_be_walked_and_nothing_is_cut_off(page: Start, view: int, language: str, scale: float) -> None:
    shown = page(*weeks(date(2026, 3, 12), 9), language=language, scale=scale)
    shown.views.choose(view)
    shown.views.chosen_changed.emit(view)
    QApplication.processEvents()
    problems = walk(shown.window())
    assert not problems, problems


@pytest.mark.parametrize(
    ("ratings", "said"), [({"safety": 1}, "in danger"), ({"hope": 1}, "dying"), ({"mood": 1, "sleep": 5}, "dying")]
)
def test_danger_leads_to_help_first(page: Start, ratings: dict[str, int], said: str) -> None:
    day = rated(date(2026, 3, 12), **ratings)
    shown = page(day)
    shown.desk.go("check-ins", day=day.id)
    assert shown.one.help_note.isVisibleTo(shown)
    assert said in shown.one.help_note.accessibleName()
    assert shown.one.help_note.mapTo(shown, shown.one.help_note.rect().topLeft()).y() < (
        next(iter(shown.one.pickers.values())).mapTo(shown, shown.rect().topLeft()).y()
    )
    shown.one.help_button.click()
    assert not shown.isVisible()
    assert [each for each in shown.window().findChildren(HelpPage) if each.isVisible()]


def test_no_help_is_pressed_on_a_hard_night_or_a_good_day(page: Start) -> None:
    day = rated(date(2026, 3, 12), sleep=1, body=1, safety=2)
    shown = page(day)
    shown.desk.go("check-ins", day=day.id)
    assert not shown.one.help_note.isVisibleTo(shown)
    picker = shown.one.pickers["safety"]
    picker.choose("1")
    picker.changed.emit()
    assert shown.one.help_note.isVisibleTo(shown)
    picker.choose("3")
    picker.changed.emit()
    assert not shown.one.help_note.isVisibleTo(shown)
