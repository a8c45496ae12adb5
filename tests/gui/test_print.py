"""Print and share, as a person does it: choose, read what the pages tell, look at them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.exchange.gate import Leaving, Left, PaperKind
from planner.plan.records import Goal
from planner.session import OutOfReach, Session
from planner.ui import printing
from planner.ui.a11y import walk
from planner.ui.kit.text import Text
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.activity import ActivityPage
from planner.ui.pages.print import PrintPage
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.preview import Preview
from planner.ui.paper.saving import SealFirst
from planner.ui.paper.sheets import KEPT_PICTURES, ZOOMS
from planner.ui.printing import preview_and_print, print_spare_key, usual_paper_size
from planner.words import use_language
from tests.gui.paper_desk import HOSTILE, Desk, desk_fixture, press, press_words  # noqa: F401 - fixtures

# ---------------------------------------------------------------- choosing


def test_what_the_pages_tell_follows_every_choice(desk: Desk) -> None:
    assert "It shows 5 goals." in desk.told()
    assert "phone" not in desk.told()
    desk.tick("phones")
    assert "phone numbers" in desk.told()
    desk.tick("places")
    assert "where you will be" in desk.told()
    desk.tick("goals")
    assert "goals" not in desk.told()
    assert not desk.page.parts_ticks.ticks["steps"].isVisible()
    assert desk.page.paper().parts.steps is False, "what hangs on the goals goes with them"


def test_kept_away_is_in_only_one_by_one(desk: Desk) -> None:
    away = next(each for each in desk.session.contacts(desk.person, keep_away=True))
    assert "keep away from" not in desk.told()
    assert desk.page.paper().parts.kept_away == frozenset()
    press(desk.page.chosen_alone.ticks[away.id])
    assert "It names 1 person you keep away from." in desk.told()
    assert desk.page.paper().parts.kept_away == {away.id}
    assert desk.page.paper().parts.mine_alone == frozenset()


def test_a_goal_of_her_own_alone_waits_to_be_chosen(desk: Desk) -> None:
    goal = Goal(id="0" * 31 + "a", title="Learn to swim", mine_alone=True)
    with desk.session.edit(desk.person, "Add a goal") as edit:
        edit.add(goal)
    tick = desk.page.chosen_alone.ticks[goal.id]
    assert "It shows 5 goals." in desk.told()
    press(tick)
    assert "It shows 6 goals." in desk.told()
    assert "yours alone" in desk.told()


def test_single_things_can_stay_out(desk: Desk) -> None:
    press(desk.page.some_out.button)
    goal = desk.session.goals(desk.person)[0]
    press(desk.page.kept_in.ticks[goal.id])
    assert "It shows 4 goals." in desk.told()
    press(desk.page.kept_in.ticks[goal.id])
    assert "It shows 5 goals." in desk.told()


def test_words_at_the_top_are_told_and_kept_over_a_lock(desk: Desk) -> None:
    QTest.keyClicks(desk.page.heading, "For Monday")
    desk.tick("phones")
    assert "At the top it says “For Monday”." in desk.told()
    kept = desk.page.draft()
    assert kept == {"heading": "For Monday", "flags": {"phones": True}}
    again = PrintPage(desk.notebook)
    again.take_draft(kept)
    assert again.heading.text() == "For Monday"
    assert again.parts_ticks.flags()["phones"] is True


def test_an_untouched_page_has_nothing_to_keep(desk: Desk) -> None:
    assert desk.page.draft() is None


def test_nothing_to_print_says_so_kindly(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    desk = Desk(session := open_session("empty"), show_notebook(session, "print"), qtbot)
    assert desk.page.empty.isVisible()
    assert not desk.page.look_button.isVisible()
    press_words(desk.page.empty, "Open the plan")
    assert desk.notebook.current == "plan"


def test_the_page_itself_loads_nothing_heavy() -> None:
    code = """
import sys
import planner.ui.pages.print, planner.ui.pages.activity, planner.ui.printing
heavy = {"typst", "pikepdf", "pypdfium2", "PySide6.QtPrintSupport", "pycrdt", "dateutil", "lxml", "zxcvbn"}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- looking


def test_the_pages_are_shown_with_their_words(desk: Desk) -> None:
    look = desk.look()
    words = " ".join(sheet.accessibleName() for sheet in look.sheets.sheets)
    assert words.startswith("Page 1 of ")
    for goal in desk.session.goals(desk.person):
        assert (goal.title in words) is (goal.state == "open")
    shown = look.sheets.sheets[0].grab().toImage()
    spots = [(x, y) for x in range(0, shown.width(), 3) for y in range(0, shown.height(), 3)]
    ink = sum(shown.pixelColor(*at).lightness() < 100 for at in spots) / len(spots)
    assert 0.002 < ink < 0.2, "there is ink on the paper, and mostly paper"
    assert QApplication.focusWidget() is look.sheets.sheets[0]


def test_a_hostile_title_is_printed_as_it_stands(desk: Desk) -> None:
    desk.page.heading.setText(HOSTILE)
    look = desk.look()
    words = look.sheets.sheets[0].accessibleName().replace(" ", "")
    assert HOSTILE.replace(" ", "") in words
    assert "root:" not in words


def test_the_size_follows_the_keyboard_and_wide_pages_move_aside(desk: Desk) -> None:
    look = desk.look()
    sheet = look.sheets.sheets[0]
    before = sheet.heightForWidth(sheet.width())
    for _number in ZOOMS:
        QTest.keyClick(sheet, Qt.Key.Key_Plus)
    assert look.sheets.zoom == ZOOMS[-1]
    assert sheet.heightForWidth(sheet.width()) > 3 * before
    QTest.keyClick(sheet, Qt.Key.Key_Right)
    assert sheet.paper().left() < 0
    QTest.keyClick(sheet, Qt.Key.Key_0)
    assert look.sheets.zoom == 1.0
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert look.area.verticalScrollBar().value() > 0
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not look.isVisible()


def test_only_a_few_pictures_are_kept(desk: Desk) -> None:
    sheets = desk.look().sheets
    for width in range(100, 120):
        sheets.picture(0, width)
    assert len(sheets._pictures) == KEPT_PICTURES


def test_letters_that_no_font_has_are_told_of(desk: Desk) -> None:
    desk.page.heading.setText("\U000f1234 sign")
    look = desk.look()
    assert any("cannot draw some of the letters" in each.text() for each in look.findChildren(Text))


# ---------------------------------------------------------------- other people, other papers


def test_with_others_a_question_stands_first_and_one_person_only(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    first, second = session.people()[:2]
    session.choose(first.id)
    session.log(printing.LEFT, second.id, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, pages=1).detail())
    session.log(printing.LEFT, first.id, Leaving(what=Left.PRINTED, paper=PaperKind.SLIP, pages=1).detail())
    desk = Desk(session, show_notebook(session, "print"), qtbot)
    assert desk.page.release_note.isVisible()
    session.stay_with(first.id)
    desk.notebook.go("print")
    assert [tab.name for tab in desk.notebook.tabs()].count("print") == 1
    with pytest.raises(OutOfReach):
        session.contacts(second.id)
    desk.notebook.go("activity")
    page = desk.notebook.page("activity")
    assert isinstance(page, ActivityPage)
    assert [entry.person for entry in page._entries() if entry.what == "left"] == [first.id]


def test_what_left_names_people_by_code_or_initial_when_nobody_is_chosen(
    qtbot: QtBot, open_session: Callable[..., Session], show_notebook: Callable[..., OpenNotebook]
) -> None:
    session = open_session("others")
    someone = next(each for each in session.people() if each.name and not each.code)
    session.log(printing.LEFT, someone.id, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, pages=2).detail())
    notebook = show_notebook(session, "today")
    notebook.go("activity")
    page = notebook.page("activity")
    assert isinstance(page, ActivityPage)
    line = page.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"For {someone.initial}" in line
    assert someone.name not in line


def test_a_slip_goes_the_same_way(desk: Desk) -> None:
    from planner.exchange.paper import slip_pdf

    dates = desk.session.agenda(desk.session.today(), 28, desk.person)
    leaving = Leaving(what=Left.PRINTED, paper=PaperKind.SLIP, parts=("appointments",), person=desk.person)
    preview_and_print(
        desk.notebook, "Next appointments", lambda: slip_pdf(dates, desk.notebook.formats), ["It shows days."], leaving
    )
    look = desk.shown(Preview)
    assert "Appointment" in look.sheets.sheets[0].accessibleName()


def test_a_spare_key_is_printed_and_cannot_be_saved(desk: Desk) -> None:
    window = desk.notebook.window()
    print_spare_key(window, "ABCDE-FGHJK-23456")
    look = desk.shown(Preview)
    assert "ABCDE FGHJK 23456" in look.sheets.sheets[0].accessibleName()
    assert not look.save_button.isVisible()
    assert desk.session.activity() == []


def test_the_paper_fits_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, size in (("en_US", "us-letter"), ("es_MX", "us-letter"), ("de_DE", "a4"), ("C", "us-letter")):
        monkeypatch.setattr(QLocale, "system", staticmethod(lambda name=name: QLocale(name)))
        assert usual_paper_size() == size


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize(
    ("width", "height", "scale", "language", "look"),
    [(1366, 768, 1.0, "en", "light"), (1366, 768, 2.0, "es", "dark"), (640, 480, 2.0, "en", "light")],
)
def test_everything_can_be_reached_and_has_a_name(
    qtbot: QtBot,
    open_session: Callable[..., Session],
    show_notebook: Callable[..., OpenNotebook],
    width: int,
    height: int,
    scale: float,
    language: str,
    look: str,
) -> None:
    use_language(language)
    session = open_session("me", language)
    notebook = show_notebook(session, "print", width=width, height=height, scale=scale, language=language, look=look)
    desk = Desk(session, notebook, qtbot)
    desk.page.some_out.set_open(True)
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    preview = desk.look()
    assert walk(notebook.window()) == []
    preview.ask_passphrase()
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    desk.shown(SealFirst).reject()
    ChoosePlace(preview, lambda _path: None).open()
    QApplication.processEvents()
    assert walk(notebook.window()) == []
    desk.shown(ChoosePlace).reject()
    preview.reject()
    notebook.go("activity")
    QApplication.processEvents()
    assert walk(notebook.window()) == []
