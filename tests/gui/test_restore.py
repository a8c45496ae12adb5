"""A damaged notebook at the lock screen: the last good safety copy is offered by its date, and opens beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.errors import MachineTrouble
from planner.keys import Cost, KeysDamaged, KeysMissing, WrongPassphrase
from planner.sample import fill_for_me
from planner.store.backups import backups_in, list_backups, make_backup
from planner.store.errors import CopyDoesNotFit, StoreDamaged, StoreMissing
from planner.store.local import Local
from planner.store.notebooks import COPY, Notebook
from planner.ui.a11y import walk
from planner.ui.copies_words import made_words
from planner.ui.dialogs.copy_secret import CopySecret, not_this_copy
from planner.ui.dialogs.which_copy import WhichCopy
from planner.ui.first_start.route import Stop
from planner.ui.first_start.stops import Who
from planner.ui.formats import Formats
from planner.ui.labels import new_label
from planner.ui.lock_screen import LockScreen
from planner.ui.paper.choose_file import ChooseFolder
from tests.gui.notebooks import NOON, PASSPHRASE, TODAY
from tests.gui.programs import StartProgram, dialog_on, said, tree, type_into

Damage = Callable[[Path], None]


def made(data_dir: Path, *days_ago: int) -> Path:
    """Ana's notebook with copies from so many days ago, and something written after the last one; locked."""
    notebook = Notebook.create(data_dir, PASSPHRASE, "Notes", Cost())
    fill_for_me(notebook.store, "en", TODAY, "UTC")
    for days in sorted(days_ago, reverse=True):
        notebook.store.set("written", days)
        make_backup(notebook, now=NOON - timedelta(days=days))
    notebook.store.set("written", "after the last copy")
    notebook.close()
    Local.read(data_dir).write(data_dir)
    return notebook.folder


def screen_of(program: Program) -> LockScreen:
    assert program.lock_screen is not None
    return program.lock_screen


def cut_data(folder: Path) -> None:
    (folder / "data").write_bytes((folder / "data").read_bytes()[:9000])


def flip_data(folder: Path) -> None:
    data = bytearray((folder / "data").read_bytes())
    data[200] ^= 1
    (folder / "data").write_bytes(bytes(data))


def lose_data(folder: Path) -> None:
    (folder / "data").unlink()


def damage_keys(folder: Path) -> None:
    keys = bytearray((folder / "keys").read_bytes())
    keys[60] ^= 1
    for name in ("keys", COPY):
        (folder / name).write_bytes(bytes(keys))


def lose_keys(folder: Path) -> None:
    for name in ("keys", COPY):
        (folder / name).unlink()


def offered(qtbot: QtBot, program: Program) -> LockScreen:
    """Try to open where that can be tried; the screen with the offer."""
    screen = screen_of(program)
    if screen.open_button.isVisible():
        type_into(screen.secret, PASSPHRASE)
        QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _offers(screen_of(program)), timeout=20_000)
    return screen_of(program)


def _offers(screen: LockScreen) -> bool:
    return screen._note is not None and screen.copy_button.isVisible()


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (cut_data, StoreDamaged),
        (flip_data, StoreDamaged),
        (lose_data, StoreMissing),
        (damage_keys, KeysDamaged),
        (lose_keys, KeysMissing),
    ],
)
def test_the_last_good_copy_is_offered_by_its_date_and_opens_beside(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot, damage: Damage, problem: Callable[[], MachineTrouble]
) -> None:
    folder = made(tmp_path, 9, 4)
    damage(folder)
    before = tree(folder)
    program = start_program(tmp_path)
    screen = offered(qtbot, program)
    assert problem().sentence in said(screen)
    day = made_words(Formats("en"), NOON - timedelta(days=4))
    assert f"Last good safety copy: {day}. What was written after that is not in it." in said(screen)
    assert not screen.open_button.isVisible()
    assert walk(program.window) == []
    screen.secret.clear()
    type_into(screen.secret, PASSPHRASE)
    # Enter alone takes no copy.
    QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    assert screen.copy_button.hasFocus()
    QTest.mouseClick(screen.copy_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    session = program.session
    assert session is not None
    assert session.notebook.folder != folder
    assert session.store.get("written") == 4
    assert session.store.verify() == []
    words = said(dialog_on(program.window))
    assert day in words
    assert "“Notebook 2” on the lock screen" in words
    assert "The damaged one was left as it is." in words
    assert tree(folder) == before
    assert Local.read(tmp_path).labels[session.notebook.name] == "Notebook 2"
    # The next time the new one is offered first: nobody is to begin with the old copy again.
    session.store.set("written", "in the new one")
    program.lock()
    again = start_program(tmp_path)
    screen = screen_of(again)
    assert screen.chosen.folder == session.notebook.folder
    type_into(screen.secret, PASSPHRASE)
    screen.open_button.click()
    qtbot.waitUntil(lambda: again.session is not None, timeout=20_000)
    assert again.session is not None
    assert again.session.store.get("written") == "in the new one"


def test_mending_the_keys_comes_first_because_it_loses_nothing(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    folder = made(tmp_path, 2)
    (folder / "keys").unlink()
    program = start_program(tmp_path)
    screen = screen_of(program)
    qtbot.wait(200)
    assert screen.mend_button.isVisible()
    assert not screen.copy_button.isVisible()
    assert "Last good safety copy" not in said(screen)


def test_where_the_keys_cannot_be_mended_the_copy_is_offered(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    folder = made(tmp_path)
    notebook = Notebook.open(folder, PASSPHRASE)
    old = (folder / "keys").read_bytes()
    notebook.change_passphrase(PASSPHRASE, "other words are here")
    make_backup(notebook, now=NOON - timedelta(days=3))
    notebook.close()
    (folder / COPY).write_bytes(old)
    (folder / "keys").write_bytes(b"damaged")
    program = start_program(tmp_path)
    screen = screen_of(program)
    type_into(screen.secret, PASSPHRASE)
    QTest.keyClick(screen.secret.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen_of(program) is not screen, timeout=20_000)
    screen_of(program).mend_button.click()
    qtbot.waitUntil(lambda: _offers(screen_of(program)), timeout=20_000)
    assert CopyDoesNotFit().sentence in said(screen_of(program))


def test_a_wrong_passphrase_brings_nothing_back(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder = made(tmp_path, 1)
    lose_data(folder)
    before = tree(tmp_path)
    program = start_program(tmp_path)
    screen = offered(qtbot, program)
    screen.secret.clear()
    screen.copy_button.click()
    assert "Type your passphrase first." in said(screen)
    type_into(screen.secret, "not this one")
    screen.copy_button.click()
    qtbot.waitUntil(lambda: WrongPassphrase().sentence in said(screen), timeout=20_000)
    assert program.session is None
    assert screen.copy_button.isVisible()
    assert tree(tmp_path) == before


def test_a_damaged_copy_is_passed_over_for_the_one_before(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    folder = made(tmp_path, 8, 1)
    flip_data(list_backups(folder)[0].folder)
    cut_data(folder)
    screen = offered(qtbot, start_program(tmp_path))
    assert made_words(Formats("en"), NOON - timedelta(days=8)) in said(screen)


def test_without_any_copy_nothing_is_promised(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder = made(tmp_path, 1)
    shutil.rmtree(folder / "backups")
    lose_data(folder)
    screen = screen_of(start_program(tmp_path))
    qtbot.wait(200)
    assert StoreMissing().sentence in said(screen)
    assert StoreMissing().what_next in said(screen)
    assert not screen.copy_button.isVisible()


def test_a_second_notebook_opens_while_one_is_damaged(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    lose_data(made(tmp_path, 1))
    good = Notebook.create(tmp_path, PASSPHRASE, "Zebra", Cost())
    good.close()
    program = start_program(tmp_path)
    screen = offered(qtbot, program)
    assert screen.picker is not None
    screen.picker.choose(str(good.folder))
    screen.picker.changed.emit()
    assert not screen.copy_button.isVisible()
    type_into(screen.secret, PASSPHRASE)
    screen.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.notebook.folder == good.folder


def test_a_new_label_is_one_that_no_other_has() -> None:
    assert new_label([]) == "Notebook 1"
    assert new_label(["Notebook 1"]) == "Notebook 2"
    assert new_label(["Notebook 2", "Garden"]) == "Notebook 3"
    assert new_label(["Notebook 3", "Notebook 4", "x"]) == "Notebook 5"


# ---------------------------------------------------------------- on a new computer


def test_at_the_first_start_a_copy_from_another_device_is_gone_on_with(
    tmp_path: Path, start_program: StartProgram, qtbot: QtBot
) -> None:
    stick, data_dir = tmp_path / "stick", tmp_path / "new computer"
    stick.mkdir()
    old = Notebook.create(tmp_path / "old", PASSPHRASE, "", Cost())
    fill_for_me(old.store, "en", TODAY, "UTC")
    for days in (9, 4):
        old.store.set("written", days)
        make_backup(old, stick, now=NOON - timedelta(days=days))
    old.close()
    before = tree(stick)
    program = start_program(data_dir)
    first = program.first_start
    assert first is not None
    first.show_stop(Stop.WHO)
    assert isinstance(first.view, Who)
    first.view.copy_button.click()
    place = dialog_on(program.window)
    assert isinstance(place, ChooseFolder)
    place.show_folder(stick)
    place.use.click()
    which = dialog_on(program.window)
    assert isinstance(which, WhichCopy)
    which.list.opened.emit(str(backups_in(stick)[0].folder))
    secret = dialog_on(program.window)
    assert isinstance(secret, CopySecret)
    assert walk(program.window) == []
    type_into(secret.secret, "not this one")
    secret.yes.click()
    qtbot.waitUntil(lambda: not_this_copy() in said(secret), timeout=20_000)
    assert not data_dir.exists() or list(data_dir.glob("store-*")) == []
    secret.secret.clear()
    type_into(secret.secret, PASSPHRASE)
    secret.yes.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.store.get("written") == 4
    assert program.first_start is None
    assert len(list(data_dir.glob("store-*"))) == 1
    assert tree(stick) == before
