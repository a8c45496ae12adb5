"""Each kind of question on the screen: what is typed or pressed, and what the form then holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.packs.forms import Audience, ShippedForm
from planner.packs.texts import Words
from planner.session import Session
from planner.session import form_versions as desk
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form_answers import AcknowledgeAnswer, Answer, AreaAnswer, LineAnswer, MomentAnswer
from planner.ui.pages.form_answers_table import ANSWERS, answer_class
from planner.ui.pages.form_views import HeavyView
from tests.gui.forms_desk import Key, OnScreen, press, type_keys

SHEET = """
| survey |
|  | type | name | label | hint | required | constraint | constraint_message | readonly | calculation | appearance | H |
|  | integer | years | How many years? |  |  | . < 120 | That is a long time. |  |  |  |  |
|  | decimal | weight | How much? |  |  |  |  |  |  |  |  |
|  | text | long | In your words |  | yes |  |  |  |  | multiline |  |
|  | acknowledge | seen | Please read this. |  |  |  |  |  |  |  |  |
|  | dateTime | when | When was it sent? |  |  |  |  |  |  |  |  |
|  | calculate | twice |  |  |  |  |  |  | ${years} * 2 |  |  |
|  | begin group | both | Both at once |  |  |  |  |  |  | field-list |  |
|  | integer | again | And how many more? |  |  |  |  |  |  |  |  |
|  | text | shown | So it is |  |  |  |  | yes | concat('You said ', ${again}) |  |  |
|  | end group |  |  |  |  |  |  |  |  |  |  |
|  | begin group | later | A hard part |  |  |  |  |  |  |  | yes |
|  | text | hard | Anything else? |  |  |  |  |  |  |  |  |
|  | end group |  |  |  |  |  |  |  |  |  |  |

| settings |
|  | form_title | form_id |
|  | Kinds | kinds |
"""


@dataclass(frozen=True, slots=True)
class Written(ShippedForm):
    """A form that lies where the test wrote it."""

    here: Path = Path()

    def path(self) -> Path:
        return self.here


@pytest.fixture
def kinds(
    open_session: Callable[..., Session],
    show_notebook: Callable[..., OpenNotebook],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> OnScreen:
    path = tmp_path / "kinds.md"
    path.write_text(SHEET.replace("| H |", "| bind::planner:heavy |"), encoding="utf-8")
    words = Words({"en": "Kinds", "es": "Kinds"})
    written = Written("kinds", words, words, words, 1, Audience.SELF, "kinds.md", here=path)
    monkeypatch.setattr(desk, "shipped_forms", lambda: (written,))
    notebook = show_notebook(open_session("empty"), "forms")
    main = notebook.page("forms").first_focus()
    assert main is not None
    press(main)
    return OnScreen(notebook.session, notebook)


def test_a_whole_number_and_a_soft_word_that_is_no_wall(kinds: OnScreen) -> None:
    kinds.write("years", "many")
    kinds.next()
    assert "years" in kinds.key
    assert "whole number" in kinds.block("years")._ask.text()
    answer = kinds.block("years").answer
    assert isinstance(answer, LineAnswer)
    answer.field.selectAll()
    kinds.write("years", "130")
    kinds.next()
    assert "weight" in kinds.key, "it was asked once on this page"
    kinds.back()
    kinds.next()
    assert kinds.block("years")._ask.text() == "That is a long time."
    field = kinds.block("years").answer
    assert isinstance(field, LineAnswer)
    field.field.selectAll()
    kinds.write("years", "12")
    type_keys(Key.Key_Return)
    assert "weight" in kinds.key
    assert kinds.filling.value("years") == "12"


@pytest.mark.parametrize(("typed", "kept"), [("3.5", "3.5"), ("3,5", "3.5"), ("4", "4")])
def test_a_number_with_a_comma_or_a_point(kinds: OnScreen, typed: str, kept: str) -> None:
    kinds.until("weight")
    kinds.write("weight", typed)
    kinds.next()
    assert kinds.filling.value("weight") == kept
    assert "long" in kinds.key


def test_required_asks_gently_once(kinds: OnScreen) -> None:
    kinds.until("long")
    assert isinstance(kinds.block("long").answer, AreaAnswer)
    kinds.next()
    assert "long" in kinds.key
    assert "You can also go on." in kinds.block("long")._ask.text()
    assert walk(kinds.notebook.window()) == []
    kinds.next()
    assert "seen" in kinds.key


def test_read_and_ticked(kinds: OnScreen) -> None:
    kinds.until("seen")
    answer = kinds.block("seen").answer
    assert isinstance(answer, AcknowledgeAnswer)
    type_keys("1")
    assert kinds.filling.value("seen") == "OK"
    press(answer.group.cards[0])
    assert kinds.filling.value("seen") == ""


def test_a_day_with_its_time(kinds: OnScreen) -> None:
    kinds.until("when")
    answer = kinds.block("when").answer
    assert isinstance(answer, MomentAnswer)
    QTest.keyClicks(answer.day.field, "3/14/2026")
    QTest.keyClicks(answer.hour.field, "9:15")
    kinds.next()
    assert kinds.filling.value("when").startswith("2026-03-14T09:15")
    kinds.back()
    again = kinds.block("when").answer
    assert isinstance(again, MomentAnswer)
    assert (again.day.field.text(), again.hour.field.text()) == ("March 14, 2026", "9:15\u00a0am")
    assert walk(kinds.notebook.window()) == []


def test_what_is_worked_out_follows_what_is_typed(kinds: OnScreen) -> None:
    kinds.until("both")
    kinds.write("again", "7")
    type_keys(Key.Key_Tab)
    QApplication.processEvents()
    shown = [each.text() for each in kinds.page.view.findChildren(Text) if each.isVisible()]
    assert "You said 7" in shown
    assert "Both at once" in shown


def test_a_heavy_part_without_a_note_of_its_own(kinds: OnScreen) -> None:
    kinds.until("section-note")
    assert isinstance(kinds.page.view, HeavyView)
    assert kinds.page.view.heading().startswith("A hard part")


def test_each_kind_that_can_be_answered_has_an_answer() -> None:
    from planner.forms.kinds import KINDS

    for each in KINDS.values():
        assert issubclass(answer_class(each.name), Answer)
    assert all(issubclass(answer_class(*_named(each)), Answer) for each in ANSWERS)


def _named(key: str) -> tuple[str, frozenset[str]]:
    kind, _blank, appearance = key.partition(" ")
    return kind, frozenset(appearance.split())
