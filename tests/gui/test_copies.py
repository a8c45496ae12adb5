"""Safety copies as somebody uses them: made, looked at, brought back from, kept elsewhere, and remembered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from planner.errors import MachineTrouble
from planner.plan.records import Goal
from planner.session import Session
from planner.store.backups import make_backup
from planner.store.backups_errors import NoRoomForBackup, PlaceMissing
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.ui.a11y import walk
from planner.ui.copies_words import made_words
from planner.ui.dialogs.copy_secret import not_this_copy
from planner.ui.dialogs.which_copy import NoCopyThere, WhichCopy
from planner.ui.formats import Formats
from planner.ui.pages.activity import ActivityPage
from planner.ui.work import give_way
from tests.gui.copies_desk import LONG, Open, Show, asked, asks, copy_page_of, idle, looked_at, page_of, titles_in
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY
from tests.gui.programs import dialog_on, said, type_into

# ---------------------------------------------------------------- making


def test_a_copy_is_made_now_and_stands_in_the_list(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    notebook = show_notebook(session, "copies")
    page = page_of(notebook)
    assert "There is none yet." in said(page)
    assert walk(notebook.window()) == []
    page.make_button.click()
    qtbot.waitUntil(lambda: session.backups.list() != [], timeout=LONG)
    idle(qtbot)
    (backup,) = session.backups.list()
    assert "The safety copy is made. It is whole." in said(notebook.toast)
    assert "There is none yet." not in said(page)
    assert "Checked: all whole" in said(page)
    assert walk(notebook.window()) == []
    assert backup.made == NOON


def test_days_are_told_as_people_tell_them() -> None:
    formats = Formats("en", "24", TODAY)
    utc = NOON.tzinfo
    assert made_words(formats, NOON, utc) == "today, 12:00"
    assert made_words(formats, NOON - timedelta(days=1, hours=1), utc) == "yesterday, 11:00"
    assert made_words(formats, NOON - timedelta(days=9), utc) == "March 3"
    assert made_words(formats, NOON - timedelta(days=9), utc, hour=True) == "March 3, 12:00"
    assert made_words(formats, NOON - timedelta(days=80), utc) == "December 22, 2025"
    assert made_words(formats, NOON + timedelta(days=2), utc) == "March 14"


def test_a_damaged_copy_says_so_and_is_not_opened(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    for days in (3, 1):
        make_backup(session.notebook, now=NOON - timedelta(days=days))
    newest = session.backups.list()[0].folder / "data"
    content = bytearray(newest.read_bytes())
    content[5000] ^= 1
    newest.write_bytes(bytes(content))
    notebook = show_notebook(session, "copies")
    page = page_of(notebook)
    qtbot.waitUntil(lambda: len(page._whole) == 2, timeout=LONG)
    assert list(page._whole.values()).count(False) == 1
    assert "Checked: all whole" not in said(page)
    page.list.opened.emit(str(newest.parent))
    assert notebook.current == "copies"
    assert "This copy is damaged." in said(notebook.toast)


def test_a_copy_goes_to_another_device_and_that_is_written_down(
    open_session: Open, show_notebook: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_session("me")
    stick = tmp_path / "stick"
    stick.mkdir()
    notebook = show_notebook(session, "copies")
    page = page_of(notebook)
    page.copy_to(stick)
    qtbot.waitUntil(lambda: bool(session.setting("second_copy_made")), timeout=LONG)
    (copy,) = session.backups.on_device(stick)
    assert session.backups.list() == []
    assert session.setting("second_copy_made") == TODAY.isoformat()
    assert "Last copied to another device: today." in said(page)
    notebook.go("activity")
    activity = notebook.page("activity")
    assert isinstance(activity, ActivityPage)
    assert any("A safety copy was saved on another device" in each for each in titles_in(activity.list))
    assert str(stick) not in str([each.detail for each in session.activity()])
    assert copy.folder.parent == stick


@pytest.mark.parametrize("problem", [NoRoomForBackup, PlaceMissing])
def test_what_hinders_a_copy_is_said_calmly(
    open_session: Open,
    show_notebook: Show,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    problem: Callable[[], MachineTrouble],
) -> None:
    session = open_session("me")

    def hindered(*_any: object) -> None:
        raise problem()

    monkeypatch.setattr(session.backups, "make_on_second_device", hindered)
    notebook = show_notebook(session, "copies")
    page_of(notebook).copy_to(tmp_path)
    idle(qtbot)
    assert problem().sentence in said(dialog_on(notebook.window()))
    assert session.setting("second_copy_made") == ""


def test_the_place_is_asked_for_in_our_own_window(open_session: Open, show_notebook: Show) -> None:
    notebook = show_notebook(open_session("me"), "copies")
    page = page_of(notebook)
    page.away_button.click()
    assert "Whoever finds it sees that something is there, but cannot read it." in said(dialog_on(notebook.window()))
    assert walk(notebook.window()) == []
    dialog_on(notebook.window()).reject()
    page.from_button.click()
    assert "Where is the safety copy?" in said(dialog_on(notebook.window()))


# ---------------------------------------------------------------- looking and bringing back


def test_what_was_removed_comes_back_and_what_is_newer_stays(
    open_session: Open, show_notebook: Show, qtbot: QtBot
) -> None:
    session = open_session("me")
    assert session.person is not None
    me = session.person.id
    first, second = session.goals(me)[:2]
    backup = make_backup(session.notebook, now=NOON - timedelta(days=2))
    with session.edit(me, "Change") as edit:
        edit.remove(first.id)
        edit.change(second.id, title="Other words now")
        new = edit.add(Goal(title="Learn to swim"))
    session.settle()
    notebook = show_notebook(session, "copies")
    page = looked_at(qtbot, notebook, backup.folder)
    assert "March 10" in page.title()
    assert walk(notebook.window()) == []
    assert not page.bring_button.isVisible(), "she removed it herself"
    assert any(first.title in each for each in titles_in(page.there.list))
    assert any("Other words now" in each for each in titles_in(page.different.list))
    assert any("Learn to swim" in each for each in titles_in(page.here.list))
    page.there.list.opened.emit(f"{me}/goal/{first.id}")
    dialog = dialog_on(notebook.window())
    assert "You removed it." in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.record(me, first.id) is None or first.id not in {each.id for each in session.goals(me)}
    page.there.list.opened.emit(f"{me}/goal/{first.id}")
    QTest.keyClick(dialog_on(notebook.window()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: first.title in {each.title for each in session.goals(me)}, timeout=LONG)
    qtbot.waitUntil(lambda: "1 thing is back." in said(notebook.toast), timeout=LONG)
    idle(qtbot)
    now = {each.id: each.title for each in session.goals(me)}
    assert now[second.id] == "Other words now"
    assert now[new] == "Learn to swim"
    assert session.store.verify() == []


def test_what_differs_is_shown_where_both_values_stand(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    assert session.person is not None
    me = session.person.id
    people = session.contacts(me, keep_away=False)
    with_role = next(each for each in people if each.role)
    without = next(each for each in people if not each.role and each.id != with_role.id)
    session.settle()
    backup = make_backup(session.notebook, now=NOON - timedelta(days=2))
    with session.edit(me, "Other words") as edit:
        edit.change(with_role.id, role="Other words now")
        edit.change(without.id, role="Words where none were")
    session.settle()
    notebook = show_notebook(session, "copies")
    page = looked_at(qtbot, notebook, backup.folder)
    page.different.list.opened.emit(f"{me}/contact/{without.id}")
    QTest.keyClick(dialog_on(notebook.window()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "The copy has nothing to put beside it." in said(notebook.toast), timeout=LONG)
    idle(qtbot)
    assert notebook.current == "copy"
    page.different.list.opened.emit(f"{me}/contact/{with_role.id}")
    QTest.keyClick(dialog_on(notebook.window()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notebook.current == "people", timeout=LONG)
    assert "Both stand here now." in said(notebook.toast)
    assert {"Other words now", with_role.role} <= {each.text() for each in notebook.findChildren(QAbstractButton)}
    idle(qtbot)


def test_nothing_is_different(open_session: Open, show_notebook: Show, qtbot: QtBot) -> None:
    session = open_session("me")
    session.settle()
    backup = make_backup(session.notebook, now=NOON)
    notebook = show_notebook(session, "copies")
    page = looked_at(qtbot, notebook, backup.folder)
    assert "The copy and the notebook hold the same. Nothing is missing." in said(page)
    assert not page.bring_button.isVisible()


def test_a_copy_that_is_gone_meanwhile(open_session: Open, show_notebook: Show, tmp_path: Path) -> None:
    notebook = show_notebook(open_session("me"), "copies")
    notebook.go("copy", folder=str(tmp_path / "2026-03-01T100000Z-abcdef"))
    assert "This safety copy is not there any more." in said(copy_page_of(notebook))


def test_from_another_device_under_another_passphrase(
    open_session: Open, show_notebook: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_session("me")
    assert session.person is not None
    me = session.person.id
    stick = tmp_path / "stick"
    stick.mkdir()
    goal = session.goals(me)[0]
    make_backup(session.notebook, stick, now=NOON - timedelta(days=5))
    session.change_passphrase(PASSPHRASE, "copper lanterns over the wall")
    with session.edit(me, "Remove") as edit:
        edit.remove(goal.id)
    session.settle()
    notebook = show_notebook(session, "copies")
    page_of(notebook).look_in(stick)
    page = copy_page_of(notebook)
    qtbot.waitUntil(lambda: asks(notebook), timeout=LONG)
    dialog = asked(notebook)
    assert walk(notebook.window()) == []
    dialog.yes.click()
    assert "Type your passphrase first." in said(dialog)
    type_into(dialog.secret, "not this one")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not_this_copy() in said(dialog), timeout=LONG)
    dialog.secret.clear()
    type_into(dialog.secret, PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(lambda: page.comparison is not None, timeout=LONG)
    assert not asks(notebook)
    page.there.list.opened.emit(f"{me}/goal/{goal.id}")
    QTest.keyClick(dialog_on(notebook.window()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: goal.title in {each.title for each in session.goals(me)}, timeout=LONG)
    idle(qtbot)


def test_what_was_written_elsewhere_is_missing_here_and_comes(
    open_session: Open, show_notebook: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    from planner.store.backups_open import restore

    session = open_session("me")
    assert session.person is not None
    me = session.person.id
    session.settle()
    backup = make_backup(session.notebook, now=NOON - timedelta(days=5))
    other = Session(Notebook.open(restore(backup.folder, PASSPHRASE, tmp_path / "other", ""), PASSPHRASE), zone="UTC")
    with other.edit(me, "Add") as edit:
        edit.add(Goal(title="Written on the other laptop"))
    other.settle()
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = make_backup(other.notebook, stick, now=NOON)
    other.lock()
    notebook = show_notebook(session, "copies")
    page_of(notebook).look_in(copy.folder)
    page = copy_page_of(notebook)
    qtbot.waitUntil(lambda: page.comparison is not None or asks(notebook), timeout=LONG)
    if asks(notebook):
        type_into(asked(notebook).secret, PASSPHRASE)
        asked(notebook).yes.click()
    qtbot.waitUntil(lambda: page.comparison is not None, timeout=LONG)
    assert "1 thing in the copy is missing from the notebook." in said(page)
    page.bring_button.click()
    came = "Written on the other laptop"
    qtbot.waitUntil(lambda: came in {each.title for each in session.goals(me)}, timeout=LONG)
    idle(qtbot)
    qtbot.waitUntil(lambda: not page.bring_button.isVisible(), timeout=LONG)


def test_a_folder_with_several_copies_asks_which_and_one_without_says_so(
    open_session: Open, show_notebook: Show, tmp_path: Path
) -> None:
    session = open_session("me")
    stick, empty = tmp_path / "stick", tmp_path / "empty"
    stick.mkdir()
    empty.mkdir()
    for days in (9, 4):
        make_backup(session.notebook, stick, now=NOON - timedelta(days=days))
    notebook = show_notebook(session, "copies")
    page_of(notebook).look_in(empty)
    assert NoCopyThere().sentence in said(dialog_on(notebook.window()))
    dialog_on(notebook.window()).reject()
    page_of(notebook).look_in(stick)
    which = dialog_on(notebook.window())
    assert isinstance(which, WhichCopy)
    assert ["March 8" in each for each in titles_in(which.list)] == [True, False]
    assert walk(notebook.window()) == []
    which.list.opened.emit(str(session.backups.on_device(stick)[1].folder))
    assert notebook.current == "copy"
    assert "March 3" in copy_page_of(notebook).title()
    assert give_way()


def test_it_opens_beside_as_a_notebook_of_its_own(
    open_session: Open, show_notebook: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_session("me")
    backup = make_backup(session.notebook, now=NOON - timedelta(days=2))
    data_dir = session.notebook.folder.parent
    notebook = show_notebook(session, "copies")
    page = looked_at(qtbot, notebook, backup.folder)
    page.beside_button.click()
    dialog = asked(notebook)
    type_into(dialog.secret, "not this one")
    dialog.yes.click()
    qtbot.waitUntil(lambda: not_this_copy() in said(dialog), timeout=LONG)
    assert len(list(data_dir.glob("store-*"))) == 1
    dialog.secret.clear()
    type_into(dialog.secret, PASSPHRASE)
    dialog.yes.click()
    qtbot.waitUntil(lambda: len(list(data_dir.glob("store-*"))) == 2, timeout=LONG)
    idle(qtbot)
    told = said(dialog_on(notebook.window()))
    assert "You find it on the lock screen as “Notebook 2”." in told
    assert "The one that is open now is “Notes” there." in told
    assert session.store.is_open
    (new,) = [each for each in data_dir.glob("store-*") if each != session.notebook.folder]
    assert Local.read(data_dir).labels[new.name] == "Notebook 2"
    restored = Notebook.open(new, PASSPHRASE)
    assert restored.store.verify() == []
    restored.close()


@pytest.mark.parametrize("page", ["copies", "copy"])
def test_nobody_beside_a_worker_sees_the_copies(open_session: Open, show_notebook: Show, page: str) -> None:
    session = open_session("others")
    notebook = show_notebook(session, "copies")
    assert notebook.current == "copies"
    session.stay_with(session.people()[0].id)
    notebook.go(page)
    assert notebook.current == "today"


@pytest.mark.parametrize(("language", "look"), [("en", "light"), ("es", "dark")])
def test_at_twice_the_size_nothing_is_cut(
    open_session: Open, show_notebook: Show, qtbot: QtBot, language: str, look: str
) -> None:
    from planner.words import use_language

    use_language(language)
    try:
        session = open_session("me", language)
        backup = make_backup(session.notebook, now=NOON - timedelta(days=2))
        session.set_setting("second_copy_days", 14)
        notebook = show_notebook(session, "copies", width=640, scale=2.0, language=language, look=look)
        assert walk(notebook.window()) == []
        looked_at(qtbot, notebook, backup.folder)
        assert walk(notebook.window()) == []
    finally:
        use_language("en")
