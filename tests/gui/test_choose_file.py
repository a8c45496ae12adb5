"""Choosing a file or a folder of this computer: walked by keyboard and mouse, nothing remembered, nothing odd taken."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from planner.ui.a11y import walk
from planner.ui.open_notebook import OpenNotebook
from planner.ui.paper.choose_file import (
    ChooseFile,
    ChooseFolder,
    NotRead,
    NotSaved,
    entries,
    printable,
    read_chosen,
    save_chosen,
)
from planner.ui.paper.place import ChoosePlace
from tests.gui.calendar_desk import lines, titles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "home"
    (here / "Music").mkdir(parents=True)
    (here / ".hidden").mkdir()
    for name, age in (("old.ics", 2), ("new.ICS", 1), ("letter.pdf", 0), (".secret.ics", 0)):
        (here / name).write_bytes(b"BEGIN:VCALENDAR\r\n")
        os.utime(here / name, (1_700_000_000 - age * 86_400,) * 2)
    (here / "Music" / "inside.ics").write_bytes(b"x")
    return here


@pytest.fixture
def chosen() -> list[Path]:
    return []


def choose(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> ChooseFile:
    asked = ChooseFile(
        notebook, notebook.formats, chosen.append, title="Choose a calendar", suffixes=(".ics",), folder=folder
    )
    asked.open()
    return asked


def test_only_fitting_files_are_shown_the_newest_first(
    notebook: OpenNotebook, folder: Path, chosen: list[Path]
) -> None:
    asked = choose(notebook, folder, chosen)
    assert titles(asked.list) == ["One folder up", "Music", "new.ICS", "old.ics"]
    assert "1 KB" in lines(asked.list)[2].detail
    assert walk(notebook.window()) == []


def test_a_file_is_chosen_by_the_keyboard(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    asked = choose(notebook, folder, chosen)
    asked.list.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(asked.list, key)
    assert asked.folder == folder / "Music"
    assert titles(asked.list) == ["One folder up", "inside.ics"]
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(asked.list, key)
    assert chosen == [folder / "Music" / "inside.ics"]
    assert not asked.isVisible()


def test_the_next_time_it_begins_anew_and_nothing_was_kept(
    notebook: OpenNotebook, folder: Path, chosen: list[Path], tmp_path: Path
) -> None:
    before = {each for each in tmp_path.rglob("*") if "data" not in each.parts}
    asked = choose(notebook, folder, chosen)
    asked.show_folder(folder / "Music")
    asked.list.opened.emit(lines(asked.list)[1].id)
    assert chosen
    assert {each for each in tmp_path.rglob("*") if "data" not in each.parts} == before
    assert QSettings().allKeys() == []
    again = ChooseFile(notebook, notebook.formats, chosen.append, title="Choose", suffixes=(".ics",))
    assert again.folder == Path.home()


def test_a_folder_that_cannot_be_opened_says_so(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    asked = choose(notebook, folder, chosen)
    asked.show_folder(folder / "gone")
    assert "cannot be opened" in asked.note.text()
    asked.show_folder(folder)
    assert asked.note.text() == ""


def test_a_folder_without_such_files_says_so(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    (folder / "Music" / "inside.ics").unlink()
    asked = choose(notebook, folder, chosen)
    asked.show_folder(folder / "Music")
    assert asked.note.text() == "No such file is in this folder."


def test_a_folder_is_chosen(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    asked = ChooseFolder(
        notebook, notebook.formats, chosen.append, title="Choose a folder", folder=folder, to_write=True
    )
    asked.open()
    assert titles(asked.list) == ["One folder up", "Music"]
    asked.list.opened.emit(lines(asked.list)[1].id)
    asked.use.click()
    assert chosen == [folder / "Music"]


def test_a_folder_that_went_away_is_not_chosen(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    asked = ChooseFolder(notebook, notebook.formats, chosen.append, title="Choose a folder", folder=folder / "Music")
    asked.open()
    (folder / "Music" / "inside.ics").unlink()
    (folder / "Music").rmdir()
    asked.use.click()
    assert chosen == []
    assert asked.isVisible()
    assert "cannot be opened" in asked.note.text()


def test_names_that_cannot_be_shown_do_no_harm(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    odd = [b"bare-\xff.ics", b"line\nbreak.ics", "\u202egnp.ics".encode()]
    for name in odd:
        (folder / os.fsdecode(name)).write_bytes(b"x")
    asked = choose(notebook, folder, chosen)
    shown = [line for line in lines(asked.list) if line.title.isprintable()]
    assert len(shown) == len(lines(asked.list)) == 7
    for line in list(shown)[2:]:
        choose(notebook, folder, chosen).list.opened.emit(line.id)
    assert {os.fsencode(each.name) for each in chosen} == {*odd, b"old.ics", b"new.ICS"}


def test_a_pipe_a_folder_and_what_is_gone_are_refused(folder: Path) -> None:
    pipe = folder / "pipe.ics"
    os.mkfifo(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert "pipe.ics" not in [each.name for each in entries(folder, (".ics",))]
    for path in (pipe, folder, folder / "gone.ics", Path("/dev/null")):
        with pytest.raises(NotRead) as told:
            read_chosen(path, 100)
        assert str(folder) not in f"{told.value}{told.value.sentence}{told.value.what_next}"
        assert told.value.what_next


def test_what_is_too_large_or_empty_is_refused(folder: Path) -> None:
    path = folder / "new.ICS"
    assert read_chosen(path, 17) == b"BEGIN:VCALENDAR\r\n"
    with pytest.raises(NotRead, match="too large"):
        read_chosen(path, 16)
    path.write_bytes(b"")
    with pytest.raises(NotRead, match="nothing in this file"):
        read_chosen(path, 16)


def test_saving_is_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_chosen(folder / "out.ics", b"whole")
    assert (folder / "out.ics").read_bytes() == b"whole"
    assert stat.S_IMODE((folder / "out.ics").stat().st_mode) == 0o600

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = sorted(folder.iterdir())
    with pytest.raises(NotSaved, match="no room"):
        save_chosen(folder / "out.ics", b"other")
    assert sorted(folder.iterdir()) == before
    assert (folder / "out.ics").read_bytes() == b"whole"


def test_a_place_for_another_kind_of_file(notebook: OpenNotebook, folder: Path, chosen: list[Path]) -> None:
    place = ChoosePlace(notebook, chosen.append, folder, suffix=".ics")
    place.open()
    place.save.click()
    assert chosen == [folder / "Document.ics"]


@pytest.mark.parametrize("name", ["a\nb", "\u202ecod", "tab\t", "\udcff"])
def test_a_name_is_shown_in_one_line(name: str) -> None:
    assert printable(name).isprintable()
    assert printable(name).encode()
