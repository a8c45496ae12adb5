"""On Today: when the notebook was opened before, and what is about to go. And the log, which can only be read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.exchange.gate import Leaving, Left, PaperKind
from planner.session import Session
from planner.session.looking import VIEWED
from planner.session.merging import Merging
from planner.settings import EVERYDAY
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.dialogs.going import AboutToGo
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.activity import ActivityPage
from planner.ui.pages.settings import SettingsPage
from planner.ui.pages.today import TodayPage
from planner.ui.pages.today_kept import opened_words
from tests.gui.notebooks import NOON, PASSPHRASE, OpenSession, ShowNotebook
from tests.gui.programs import said
from tests.gui.worker_desk import dialog_of, id_of, page_of, settle

PLANNER = Path(__file__).parents[2] / "planner"
DAY = timedelta(days=1)


def today_of(notebook: OpenNotebook) -> TodayPage:
    return page_of(notebook, TodayPage)


# ---------------------------------------------------------------- last opened


def opened_again(session: Session, after: timedelta) -> Session:
    folder, now = session.notebook.folder, session.clock() + after
    session.looking.opened()
    session.lock()
    again = Session(Notebook.open(folder, PASSPHRASE), clock=lambda: now, zone="UTC")
    again.looking.opened()
    return again


def test_it_is_not_told_at_the_first_opening_and_from_then_on_it_is(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("empty")
    session.looking.opened()
    notebook = show_notebook(session)
    assert not today_of(notebook).last_opened.isVisible()
    again = opened_again(open_session("empty"), 2 * DAY)
    shown = today_of(show_notebook(again)).last_opened
    assert shown.isVisible()
    assert re.fullmatch(r"Last opened on Thursday, March 12, .*12.*", shown.words.text()), shown.words.text()
    third = opened_again(again, timedelta(hours=3))
    assert third.looking.last_opened == datetime(2026, 3, 14, 12, tzinfo=UTC)
    third.notebook.close()


def test_nobody_beside_a_worker_reads_it(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = opened_again(open_session("others"), DAY)
    notebook = show_notebook(session)
    assert today_of(notebook).last_opened.isVisible()
    session.stay_with(id_of(session, session.people()[0].shown))
    settle()
    notebook.go("today")
    assert not today_of(notebook).last_opened.isVisible()
    session.notebook.close()


def test_a_notebook_for_every_day_does_not_tell_how_seldom_it_is_used(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = opened_again(open_session("empty"), 20 * DAY)
    notebook = show_notebook(session)
    assert today_of(notebook).last_opened.isVisible()
    session.set_setting("contents", EVERYDAY)
    today_of(notebook).last_opened.refresh()
    assert not today_of(notebook).last_opened.isVisible()
    session.notebook.close()


def test_a_clock_that_was_set_differently_is_told_of() -> None:
    before, now = datetime(2027, 3, 3, 14, 5, tzinfo=UTC), datetime(2026, 3, 12, 12, tzinfo=UTC)
    english = Formats("en", "12", now.date)
    assert opened_words(before, now, english).endswith("The clock of this device was set differently then.")
    assert "2027" in opened_words(before, now, english)
    assert "clock" not in opened_words(now - DAY, now, english)


@pytest.mark.parametrize("kept", ["", "yesterday", "2026-03-12T12:00", "9" * 400])
def test_what_cannot_be_read_is_not_told(open_session: OpenSession, kept: str) -> None:
    session = open_session("empty")
    session.store.set("last_opened", kept)
    session.looking.opened()
    assert session.looking.last_opened is None


def test_another_copy_says_nothing_about_when_this_one_was_opened(open_session: OpenSession) -> None:
    mine, other = open_session("empty"), open_session("empty")
    other.store.set("last_opened", (NOON + 30 * DAY).isoformat(timespec="seconds"))
    mine.looking.opened()
    Merging(mine, other.store).everything()
    assert mine.setting("last_opened") == NOON.isoformat(timespec="seconds")


# ---------------------------------------------------------------- what is about to go


def with_something_going(session: Session) -> str:
    """Somebody who rests since three years, and old lines of the log; gives their id."""
    person = session.add_person("Wren")
    session.change_person(person.id, resting=True)
    session.log("left", person.id, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN).detail())
    session.settle()
    session.set_setting("keep_resting_years", 3)
    session.clock = lambda: NOON + 3 * 366 * DAY
    session.settle()
    return person.id


def test_one_calm_line_tells_how_much_goes_and_when(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    gone = with_something_going(session)
    notebook = show_notebook(session)
    line = today_of(notebook).going
    assert line.isVisible()
    assert "1 line of the log from before" in line.words.text()
    assert "The pages of 1 person who is resting go for good after" in line.words.text()
    assert "Wren" not in line.words.text()
    line.look.click()
    settle()
    dialog = dialog_of(notebook, AboutToGo)
    assert "Wren" in said(dialog)
    assert walk(notebook.window()) == []
    dialog.buttons[gone].click()
    settle()
    assert "Wren" not in said(dialog)
    assert [each.id for each in session.retention.going().people] == []
    dialog.reject()


def test_keep_longer_leads_to_the_times_by_keyboard(
    open_session: OpenSession, show_notebook: ShowNotebook, qtbot: QtBot
) -> None:
    session = open_session("others")
    with_something_going(session)
    notebook = show_notebook(session)
    today_of(notebook).going.longer.setFocus()
    QTest.keyClick(today_of(notebook).going.longer, Qt.Key.Key_Space)
    settle()
    page = page_of(notebook, SettingsPage)
    assert page.keeping.log.hasFocus()
    page.keeping.log.choose("2557")
    page.keeping.log.changed.emit()
    session.settle()
    notebook.go("today")
    assert "line of the log" not in today_of(notebook).going.words.text()


def test_what_was_read_is_not_said_again_until_it_is_something_else(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    with_something_going(session)
    notebook = show_notebook(session)
    today_of(notebook).going.seen.click()
    assert not today_of(notebook).going.isVisible()
    notebook.go("calendar")
    notebook.go("today")
    assert not today_of(notebook).going.isVisible()
    other = session.add_person("Lark").id
    session.change_person(other, resting=True)
    session.settle()
    session.clock = lambda: NOON + 6 * 366 * DAY
    session.settle()
    notebook.go("today")
    assert today_of(notebook).going.isVisible()


def test_it_is_said_to_the_worker_alone(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    with_something_going(session)
    notebook = show_notebook(session)
    assert today_of(notebook).going.isVisible()
    somebody = next(each for each in session.people() if not each.resting)
    session.choose(somebody.id)
    settle()
    assert not today_of(notebook).going.isVisible(), "not on the pages of one of them"
    session.stay_with(somebody.id)
    settle()
    assert not today_of(notebook).going.isVisible()


def test_a_hold_is_said(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    with_something_going(session)
    session.erasing.hold(next(each.id for each in session.people() if not each.resting))
    notebook = show_notebook(session)
    assert today_of(notebook).going.words.text().startswith("“Keep everything” is on.")


# ---------------------------------------------------------------- the log


def lines(page: ActivityPage) -> list[str]:
    return [line.title for line in page.list.lines() if not line.section]


def test_looking_is_noted_once_a_day_and_opening_and_only_for_a_worker(open_session: OpenSession) -> None:
    session = open_session("others")
    first, second = (each.id for each in session.people()[:2])
    for person in (first, second, first, None, first):
        session.choose(person)
    assert [(each.what, each.person, each.detail) for each in session.activity()] == [
        (VIEWED, second, {}),
        (VIEWED, first, {}),
    ]
    session.clock = lambda: NOON + DAY
    session.choose(second)
    session.choose(first)
    assert len(session.activity()) == 4
    mine = open_session("me")
    mine.choose(mine.people()[0].id)
    assert mine.activity() == []


def test_the_log_says_in_plain_words_what_was_done(open_session: OpenSession, show_notebook: ShowNotebook) -> None:
    session = open_session("others")
    person = session.people()[0].id
    session.choose(person)
    session.choose(None)
    session.log("left", person, Leaving(what=Left.PRINTED, paper=PaperKind.PLAN, parts=("goals",), pages=2).detail())
    session.log("removed", "", {"kind": "log", "lines": 3})
    session.log("erased", "", {"kind": "person", "by": "time"})
    session.log("erased", person, {"kind": "goal"})
    session.log("from a newer version", person, {})
    session.erasing.hold(person)
    notebook = show_notebook(session, "activity")
    page = page_of(notebook, ActivityPage)
    assert lines(page) == [
        "“Keep everything” was turned on.",
        "Something was erased for good.",
        "Everything about a person was removed, because the time for keeping it was over.",
        "3 old lines of this log were removed.",
        "The plan was printed.",
        "Pages were opened.",
    ]
    names = [each.shown for each in session.people()]
    everything = " ".join(f"{line.title} {line.detail}" for line in page.list.lines())
    assert not [each for each in names if each in everything]
    buttons = {each.text() for each in page.findChildren(Button) if each.isVisible()}
    assert buttons == {"Back"}, "nothing here can be changed"


def test_with_somebody_beside_only_their_lines_are_there(
    open_session: OpenSession, show_notebook: ShowNotebook
) -> None:
    session = open_session("others")
    first, second = (each.id for each in session.people()[:2])
    session.choose(first)
    session.choose(second)
    session.stay_with(first)
    page = page_of(show_notebook(session, "activity"), ActivityPage)
    assert lines(page) == ["Pages were opened."]


def test_whoever_is_erased_leaves_no_line(open_session: OpenSession) -> None:
    session = open_session("others")
    person = session.people()[0].id
    session.choose(person)
    session.choose(None)
    session.log("left", person, {"paper": "plan"})
    assert {each.person for each in session.activity()} == {person}
    session.erasing.erase_person(person)
    session.looking.write()
    assert {each.person for each in session.activity()} == {""}


# What makes a paper, a file or a copy leave, and the modules in which nothing may be written down about it.
OUT = re.compile(r"\b(ChoosePlace|Preview)\(|make_on_second_device\(")
KEYS_ALONE = {"ui/printing_share.py", "ui/printing.py"}
MADE_HERE = {"ui/paper/place.py", "ui/paper/preview.py", "ui/paper/saving.py", "session/backups.py"}


def test_every_way_out_writes_a_line() -> None:
    """The spare key and shares alone leave without one: a line would tell that there is such a paper."""
    ways = {}
    for path in sorted(PLANNER.rglob("*.py")):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(PLANNER).as_posix()
        found = [line for line in text.splitlines() if OUT.search(line) and not line.startswith("class ")]
        if found and name not in MADE_HERE and "tour/" not in name:
            ways[name] = bool(re.search(r"session\.log\((LEFT|\"left\")", text))
    assert len(ways) > 5
    assert {name for name, written in ways.items() if not written} <= KEYS_ALONE
    assert ways["ui/printing.py"], "what is not a key is written down there too"
