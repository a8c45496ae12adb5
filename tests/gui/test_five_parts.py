"""From First steps to a printed plan over five parts of life, through the widgets, in both languages.

No page that is met on the way is empty: each has words of its own and something to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from planner.plan.life import DOMAIN_WORDS, LifeDomain
from planner.tour import steps_form, steps_paper
from planner.tour import walk as way
from planner.tour.made_up import SAID
from planner.tour.stage import Stage
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.kit.text import Text
from planner.ui.pages.form import FormPage
from planner.words import _, in_language

PARTS = {
    "health": LifeDomain.HEALTH,
    "home": LifeDomain.HOME,
    "money": LifeDomain.MONEY,
    "my-papers": LifeDomain.PAPERS,
    "people-around-me": LifeDomain.PEOPLE,
}
"""The forms that are answered after First steps, and what each is about."""
MOST_PAGES = 120


@pytest.fixture
def stage(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    """An empty folder and a window that is not open yet."""
    made = Stage(qapp, tmp_path / "data")
    yield made
    made.end()


def not_empty(stage: Stage) -> None:
    """The page in sight says something, and offers something to do."""
    page = stage.shell.page(stage.shell.current)
    here = f"{stage.shell.current} {steps_form._key(stage) if stage.shell.current == 'form' else ''}"
    assert not [each for each in page.findChildren(EmptyPage) if each.isVisible()], here
    said = [each.text() for each in page.findChildren(Text) if each.isVisible() and each.text().strip()]
    assert len(" ".join(said)) > 20, here
    todo = [*page.findChildren(QAbstractButton), *page.findChildren(QAbstractItemView)]
    assert [each for each in todo if each.isVisible()], here


def answer(stage: Stage) -> None:
    """The first choice of every question on the page; what is typed is left open."""
    page = stage.shell.page("form")
    assert isinstance(page, FormPage)
    assert page.flow is not None
    for item in page.flow.page.items:
        if item.kind in {"select_one", "select_multiple"} and item.choices and not item.is_head:
            # Of a paper that is there already nothing has to be asked.
            wanted = [each for each in item.choices if each.value == "missing"] or item.choices
            stage.hand.choose(*(each.value for each in wanted[: 1 if item.kind == "select_one" else 3]))


def fill(stage: Stage, form: str) -> None:
    """A whole form, page by page, into the plan."""
    hand = stage.hand
    hand.press(_("Guided forms"))
    not_empty(stage)
    page = stage.shell.page("forms")
    begin = page._ways[form]  # type: ignore[attr-defined]
    hand._press(begin)
    hand.wait_for(lambda: stage.shell.current == "form", "the form")
    keys: list[str] = []
    for _page in range(MOST_PAGES):
        key = steps_form._key(stage)
        not_empty(stage)
        if "summary" in key:
            break
        keys.append(key)
        answer(stage)
        hand.press(_("Next"))
    assert "summary" in steps_form._key(stage), keys
    assert len(keys) > 8, keys
    hand.press(_("See what could go into my plan"))
    hand.wait_to_see(_("This is what could go into your plan"))
    hand.press(_("Put into my plan"))
    hand.wait_to_see(_("It is in your plan now"))
    hand.hush()
    not_empty(stage)
    hand.press(_("Go to my plan"))
    not_empty(stage)


@pytest.mark.parametrize("language", ["en", "es"])
def test_five_parts_of_life_on_paper(stage: Stage, language: str, tmp_path: Path) -> None:
    said = SAID[language]
    stage.start(language=language)
    way.beginning(stage, said)
    way.first_steps(stage, said)
    for form in PARTS:
        fill(stage, form)
    goals = stage.session.goals(stage.me)
    for domain in PARTS.values():
        assert [goal for goal in goals if goal.domain is domain], domain
    for tab in (_("Today"), _("My plan"), _("Calendar"), _("People"), _("Library"), _("My papers")):
        stage.hand.press(tab)
        not_empty(stage)
    steps_paper.choose_parts(stage)
    not_empty(stage)
    steps_paper.look_at_it(stage)
    path = steps_paper.save_pdf(stage, tmp_path)
    with pikepdf.open(path) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
    words = " ".join(read(path).split())
    with in_language(language):
        for domain in PARTS.values():
            assert _(DOMAIN_WORDS[domain]) in words, domain
    for goal in goals:
        if not goal.mine_alone:
            assert " ".join(goal.title.split()) in words, goal.title


def read(path: Path) -> str:
    """All words of a PDF, in order."""
    document = pypdfium2.PdfDocument(path)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
