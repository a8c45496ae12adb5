"""Words of her own in a quiet moment: hers from her own page, one at a time, and new ones kept there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from planner.plan.safety import SafetyGroup, SafetyLine
from planner.ui.a11y import walk
from planner.ui.pages.moment import MomentPage
from planner.ui.pages.moment_words import WordsView
from tests.gui.forms_desk import press, type_keys
from tests.gui.notebooks import PageWith

WORDS = 3


Start = Callable[..., MomentPage]


@pytest.fixture(name="page")
def page_fixture(page_with: PageWith) -> Start:
    return partial(page_with, MomentPage)


def at_words(page: MomentPage) -> WordsView:
    press(page.choice._parts[WORDS])
    assert page.own_words is not None
    return page.own_words


def lines(page: MomentPage) -> list[SafetyLine]:
    person = page.desk.session.person
    assert person is not None
    return page.desk.session.safety_lines(person.id)


def calm(words: str, order: str) -> SafetyLine:
    return SafetyLine(group=SafetyGroup.CALM, line=words, order=order)


def test_nothing_is_shown_that_she_did_not_write(page: Start) -> None:
    view = at_words(page(SafetyLine(group=SafetyGroup.SIGN, line="I stop eating")))
    assert view.words.text() == "There are no words here yet."
    assert not view.next_button.isVisibleTo(view)


def test_her_words_come_one_at_a_time_and_round_again(page: Start) -> None:
    view = at_words(page(calm("This will pass", "A"), calm("I am here", "B")))
    seen = [view.words.text()]
    for _again in range(2):
        press(view.next_button)
        seen.append(view.words.text())
    assert seen == ["This will pass", "I am here", "This will pass"]


def test_new_words_stand_on_her_own_page_and_are_shown_at_once(page: Start) -> None:
    shown = page(calm("This will pass", "A"))
    view = at_words(shown)
    press(view.write_button)
    type_keys("Breathe, love")
    press(view.keep_button)
    assert [each.line for each in lines(shown)] == ["This will pass", "Breathe, love"]
    assert lines(shown)[1].group is SafetyGroup.CALM
    assert not lines(shown)[1].on_card
    assert view.words.text() == "Breathe, love"
    assert not view.field.text()


def test_empty_words_are_not_kept(page: Start) -> None:
    shown = page()
    view = at_words(shown)
    press(view.write_button)
    press(view.keep_button)
    assert lines(shown) == []


def test_half_written_words_are_there_again(page: Start) -> None:
    shown = page()
    assert shown.draft() is None
    view = at_words(shown)
    press(view.write_button)
    view.field.set_text("Half a line")
    kept = shown.draft()
    view.field.set_text("")
    shown.show_for()
    shown.take_draft(kept or {})
    assert view.field.text() == "Half a line"
    assert view.field.isVisibleTo(shown)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_of_it_can_be_walked(page: Start, language: str, scale: float) -> None:
    shown = page(calm("This will pass", "A"), calm("I am here", "B"), language=language, scale=scale)
    view = at_words(shown)
    problems = walk(shown.window())
    press(view.write_button)
    QApplication.processEvents()
    problems += walk(shown.window())
    assert not problems, problems
