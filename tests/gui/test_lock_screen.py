"""The lock screen on good and on bad days: one calm sentence each, and nothing changed on the disk."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.app import Program
from planner.errors import MachineTrouble
from planner.keys import Cost, KeysDamaged, KeysMissing, KeysTooNew, WrongPassphrase, keyfile
from planner.store.connection import connect
from planner.store.errors import (
    CopyDoesNotFit,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
)
from planner.store.local import Local
from planner.store.notebooks import COPY, Notebook
from planner.store.store import SCHEMA_VERSION
from planner.ui.a11y import walk
from planner.ui.lock_screen import LockScreen
from tests.gui.programs import StartProgram, said, tree, type_into

WORDS = "paper boat on a quiet river"
Key = Qt.Key


def made(data_dir: Path, label: str = "Notes") -> Path:
    """A notebook on disk, locked; its folder."""
    notebook = Notebook.create(data_dir, WORDS, label, Cost())
    notebook.store.set("a", 1)
    notebook.close()
    return notebook.folder


def screen_of(program: Program) -> LockScreen:
    assert program.lock_screen is not None
    return program.lock_screen


def try_to_open(qtbot: QtBot, program: Program, secret: str = WORDS) -> LockScreen:
    """Type and press Enter; wait until it is said why not."""
    screen = screen_of(program)
    type_into(screen.secret, secret)
    QTest.keyClick(screen.secret.field, Key.Key_Return)
    qtbot.waitUntil(lambda: screen_of(program) is not screen or screen._row.asking(), timeout=20_000)
    return screen_of(program)


def refused(qtbot: QtBot, start_program: StartProgram, data_dir: Path, kind: Callable[[], MachineTrouble]) -> None:
    """It stays closed with this one sentence, what was typed stays, and nothing on the disk has changed."""
    before = tree(data_dir)
    program = start_program(data_dir)
    screen = try_to_open(qtbot, program)
    problem = kind()
    assert said(screen).count(problem.sentence) == 1
    assert problem.what_next in said(screen)
    assert screen.secret.text() == WORDS
    assert screen.open_button.text() == "Open"
    assert screen.secret.field.hasFocus()
    assert program.session is None
    assert tree(data_dir) == before
    assert walk(program.window) == []


# ---------------------------------------------------------------- good days


def test_one_field_one_button_and_not_a_word_of_what_is_behind(tmp_path: Path, start_program: StartProgram) -> None:
    made(tmp_path, "Garden")
    program = start_program(tmp_path)
    screen = screen_of(program)
    assert screen.secret.field.hasFocus()
    assert "Garden" not in said(screen)
    assert screen._note is None
    assert program.window.windowTitle() == "Planner"
    assert walk(program.window) == []


def test_it_opens_by_keyboard_and_is_gone(
    tmp_path: Path,
    start_program: StartProgram,
    qtbot: QtBot,
) -> None:
    made(tmp_path)
    program = start_program(tmp_path)
    screen = screen_of(program)
    type_into(screen.secret, WORDS)
    QTest.keyClick(screen.secret.field, Key.Key_Return)
    assert screen.open_button.text() == "Opening…"
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.lock_screen is None


def test_nothing_typed_is_asked_for_gently(tmp_path: Path, start_program: StartProgram) -> None:
    made(tmp_path)
    screen = screen_of(start_program(tmp_path))
    screen.open_button.click()
    assert "Type your passphrase first." in said(screen)


def test_a_spare_key_opens_it_too(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    notebook = Notebook.create(tmp_path, WORDS, "", Cost())
    spare = notebook.add_spare_key()
    notebook.close()
    program = start_program(tmp_path)
    screen = screen_of(program)
    screen.other_way.click()
    assert "Spare key" in said(screen)
    type_into(screen.secret, spare.lower().replace("-", " "))
    screen.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)


def test_several_notebooks_are_told_apart_by_their_labels(
    tmp_path: Path,
    start_program: StartProgram,
    qtbot: QtBot,
) -> None:
    folders = [made(tmp_path, label) for label in ("Blue", "Green")]
    program = start_program(tmp_path)
    screen = screen_of(program)
    assert screen.chosen.label == "Blue"
    assert screen.picker is not None
    screen.picker.choose(str(folders[1]))
    type_into(screen.secret, WORDS)
    screen.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.notebook.folder == folders[1]


def test_the_help_line_is_there_only_where_a_shelter_switched_it_on(
    tmp_path: Path,
    start_program: StartProgram,
) -> None:
    made(tmp_path)
    local = replace(Local.read(tmp_path), help_lines=({"name": "Harbor House", "number": "555 010 0199"},))
    local.write(tmp_path)
    assert "Harbor House" not in said(screen_of(start_program(tmp_path)))
    replace(local, help_on_lock_screen=True).write(tmp_path)
    assert "Harbor House 555 010 0199" in said(screen_of(start_program(tmp_path)))


# ---------------------------------------------------------------- bad days


def test_a_wrong_passphrase(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    made(tmp_path)
    before = tree(tmp_path)
    screen = try_to_open(qtbot, start_program(tmp_path), "not this one")
    assert WrongPassphrase().sentence in said(screen)
    assert screen.secret.text() == "not this one"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty"])
def test_damaged_keys_without_a_copy(tmp_path: Path, start_program: StartProgram, qtbot: QtBot, damage: str) -> None:
    folder = made(tmp_path)
    keys = bytearray((folder / "keys").read_bytes())
    keys[60] ^= 1
    (folder / "keys").write_bytes({"flipped": bytes(keys), "cut": bytes(keys)[:50], "empty": b""}[damage])
    (folder / COPY).unlink()
    refused(qtbot, start_program, tmp_path, KeysDamaged)


def test_keys_of_a_newer_version(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder = made(tmp_path)
    keys = bytearray((folder / "keys").read_bytes())
    struct.pack_into(">H", keys, 8, 2)
    body = bytes(keys)[: -keyfile._HASH]
    (folder / "keys").write_bytes(body + blake2b(body, digest_size=keyfile._HASH).digest())
    refused(qtbot, start_program, tmp_path, KeysTooNew)


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty"])
def test_damaged_data(tmp_path: Path, start_program: StartProgram, qtbot: QtBot, damage: str) -> None:
    folder = made(tmp_path)
    data = bytearray((folder / "data").read_bytes())
    data[100:200] = bytes(100)
    (folder / "data").write_bytes({"flipped": bytes(data), "cut": bytes(data)[:5000], "empty": b""}[damage])
    refused(qtbot, start_program, tmp_path, StoreDamaged)


def test_data_of_a_newer_version(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    notebook = Notebook.create(tmp_path, WORDS, "", Cost())
    notebook.close()
    raw = connect(notebook.folder / "data", notebook._data_key.raw)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    refused(qtbot, start_program, tmp_path, StoreTooNew)


def test_a_second_start_while_it_is_open(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    first = Notebook.create(tmp_path, WORDS, "", Cost())
    program = start_program(tmp_path)
    screen = try_to_open(qtbot, program)
    assert StoreInUse().sentence in said(screen)
    first.store.set("still", "works")
    first.close()
    # Once it is locked there, the same words open it here.
    screen.open_button.click()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)


def test_a_read_only_folder(
    tmp_path: Path,
    start_program: StartProgram,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made(tmp_path)
    monkeypatch.setattr("planner.store.store.can_write", lambda _path: False)
    refused(qtbot, start_program, tmp_path, StoreReadOnly)


@pytest.mark.parametrize(("gone", "kind"), [("data", StoreMissing), ("keys", KeysMissing)])
def test_what_is_missing_is_said_before_anyone_types(
    tmp_path: Path,
    start_program: StartProgram,
    gone: str,
    kind: Callable[[], MachineTrouble],
) -> None:
    folder = made(tmp_path)
    (folder / gone).unlink()
    if gone == "keys":
        (folder / COPY).unlink()
    before = tree(tmp_path)
    program = start_program(tmp_path)
    screen = screen_of(program)
    assert kind().sentence in said(screen)
    assert kind().what_next in said(screen)
    assert not screen.mend_button.isVisible()
    assert tree(tmp_path) == before
    assert walk(program.window) == []


def test_one_of_two_is_incomplete_and_the_other_opens(tmp_path: Path, start_program: StartProgram) -> None:
    folders = [made(tmp_path, label) for label in ("Blue", "Green")]
    (folders[0] / "data").unlink()
    screen = screen_of(start_program(tmp_path))
    assert StoreMissing().sentence in said(screen)
    assert screen.picker is not None
    screen.picker.choose(str(folders[1]))
    screen.picker.changed.emit()
    assert StoreMissing().sentence not in said(screen)


# ---------------------------------------------------------------- the second copy of the key file


def mended(qtbot: QtBot, program: Program) -> None:
    screen = screen_of(program)
    assert screen.mend_button.isVisible()
    QTest.mouseClick(screen.mend_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.store.get("a") == 1


def test_a_damaged_key_file_can_be_replaced_when_she_chooses_so(
    tmp_path: Path,
    start_program: StartProgram,
    qtbot: QtBot,
) -> None:
    folder = made(tmp_path)
    good = (folder / "keys").read_bytes()
    (folder / "keys").write_bytes(good[:-1])
    before = tree(tmp_path)
    program = start_program(tmp_path)
    screen = try_to_open(qtbot, program)
    assert KeysDamaged().sentence in said(screen)
    assert "what you wrote is not touched" in said(screen)
    assert screen.secret.text() == WORDS
    # Enter alone never takes the copy.
    QTest.keyClick(screen.secret.field, Key.Key_Return)
    assert screen.mend_button.hasFocus()
    assert program.session is None
    assert tree(tmp_path) == before
    assert walk(program.window) == []
    mended(qtbot, program)
    assert (folder / "keys").read_bytes() == good


def test_a_missing_key_file_can_be_replaced_at_once(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    folder = made(tmp_path)
    (folder / "keys").unlink()
    program = start_program(tmp_path)
    screen = screen_of(program)
    assert KeysMissing().sentence in said(screen)
    type_into(screen.secret, "wrong words")
    screen.mend_button.click()
    qtbot.waitUntil(screen._row.asking, timeout=20_000)
    assert WrongPassphrase().sentence in said(screen)
    assert not (folder / "keys").exists()
    screen.secret.clear()
    type_into(screen.secret, WORDS)
    mended(qtbot, program)


def test_a_copy_that_does_not_fit_changes_nothing(tmp_path: Path, start_program: StartProgram, qtbot: QtBot) -> None:
    notebook = Notebook.create(tmp_path, WORDS, "", Cost())
    old = (notebook.folder / "keys").read_bytes()
    notebook.change_passphrase(WORDS, "other words are here")
    notebook.close()
    (notebook.folder / COPY).write_bytes(old)
    (notebook.folder / "keys").write_bytes(b"damaged")
    before = tree(tmp_path)
    program = start_program(tmp_path)
    screen = try_to_open(qtbot, program)
    screen.mend_button.click()
    qtbot.waitUntil(screen._row.asking, timeout=20_000)
    assert CopyDoesNotFit().sentence in said(screen)
    assert tree(tmp_path) == before
    assert program.session is None
