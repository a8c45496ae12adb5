"""Which file or folder of this computer to take something from.

Our own window for the same reasons as :mod:`planner.ui.paper.place`: the systems' own windows remember the last folder
and list what was opened. Here nothing is remembered, nothing is looked into before it is chosen, and no small picture
of any file is made.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.system.files import DiskFull, DiskTrouble, FolderReadOnly, can_write, write_private
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button, PressChip
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.layouts import column, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.text import Text
from planner.ui.paper.place import folder_words, usual_places
from planner.words import _

UP = ".."
MOST_SHOWN = 1000
"""Files of one folder that are listed: more is nothing that somebody looks through."""
_FOLDER = "folder "
_FILE = "file "


class NotRead(MachineTrouble):
    """A chosen file could not be read."""


def read_chosen(path: Path, at_most: int) -> bytes:
    """The bytes of a file that somebody chose.

    Raises:
        NotRead: it is gone, may not be read, is no ordinary file, is empty, or is larger than ``at_most`` bytes.
    """
    try:
        # A pipe would be waited for without end; an ordinary file does not care.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            kind = os.fstat(stream.fileno())
            if not stat.S_ISREG(kind.st_mode):
                raise NotRead(_("This is not a file that can be read here."), _("Choose another file."))
            content = stream.read(at_most + 1) if kind.st_size <= at_most else b""
            too_large = kind.st_size > at_most or len(content) > at_most
    except OSError:
        raise NotRead(
            _("This file cannot be read."),
            _("If it is on a memory stick, put it back in. You can also choose another one."),
        ) from None
    if too_large:
        raise NotRead(
            _("This file is too large to bring in."),
            _("If you can, save it again in smaller parts, and bring them in one after the other."),
        )
    if not content:
        raise NotRead(_("There is nothing in this file."), _("Choose another file."))
    return content


class NotSaved(MachineTrouble):
    """A file could not be written; nothing of it is left where it was to go."""


def save_chosen(path: Path, content: bytes) -> None:
    """Write a file, at a place that :class:`~planner.ui.paper.place.ChoosePlace` gave, whole or not at all.

    Raises:
        NotSaved: there is no room, the folder takes nothing, or the disk did not answer.
    """
    try:
        write_private(path, content)
    except DiskFull:
        raise NotSaved(
            _("There is no room left there, so the file was not saved."), _("Choose another place, or make some room.")
        ) from None
    except FolderReadOnly:
        raise NotSaved(_("Nothing can be saved in that folder."), _("Choose another one.")) from None
    except (DiskTrouble, FileNotFoundError):
        raise NotSaved(
            _("The disk did not take the file."),
            _("If it was to go on a memory stick, put it back in. You can also choose another place."),
        ) from None


@dataclass(frozen=True)
class Entry:
    """What stands in a folder; ``size`` in bytes."""

    name: str
    folder: bool
    size: int = 0
    changed: date = date.min


def entries(folder: Path, suffixes: Sequence[str]) -> list[Entry]:
    """The folders by name, then the files whose names end so, the newest first; hidden ones are left out.

    Raises:
        OSError: the folder cannot be opened.
    """
    folders: list[Entry] = []
    files: list[tuple[float, Entry]] = []
    with os.scandir(folder) as found:
        for each in found:
            if each.name.startswith("."):
                continue
            # One that cannot be asked, for example a link to nowhere, is left out.
            with suppress(OSError, OverflowError, ValueError):
                if each.is_dir():
                    folders.append(Entry(each.name, True))
                elif suffixes and each.name.lower().endswith(tuple(suffixes)) and each.is_file():
                    about = each.stat()
                    day = date.fromtimestamp(about.st_mtime)  # noqa: DTZ012 - the day on this computer's own clock
                    files.append((about.st_mtime, Entry(each.name, False, about.st_size, day)))
    folders.sort(key=lambda each: each.name.casefold())
    files.sort(key=lambda each: (-each[0], each[1].name.casefold()))
    return folders + [each for _when, each in files]


def size_words(size: int) -> str:
    """A size in bytes as people read it."""
    if size < 1024 * 1024:
        return _("{n} KB").format(n=max(1, round(size / 1024)))
    return _("{n} MB").format(n=round(size / 1024 / 1024))


def places_to_look() -> list[tuple[str, Path]]:
    """Where files usually are: downloads first, then the places where one saves."""
    downloads = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation) or os.devnull)
    usual = usual_places()
    if downloads.is_dir() and downloads not in [path for _words, path in usual]:
        usual.insert(0, (_("Downloads"), downloads))
    return usual


class _Looking(Dialog):
    """What both kinds share: shortcuts, where we are, and a list to walk through."""

    def __init__(
        self, parent: QWidget, formats: Formats, title: str, words: str, folder: Path | None, suffixes: Sequence[str]
    ) -> None:
        self._formats = formats
        self._suffixes = tuple(each.lower() for each in suffixes)
        self._shown: dict[str, Entry] = {}
        self.folder = folder or Path.home()
        self.where = Text("", "strong")
        self.note = Text("", "body", "ink_soft").hide_empty()
        self.list = ListView(_("Folders and files") if suffixes else _("Folders"), chevron=True)
        self.list.opened.connect(self._open)
        chips = flow(*(PressChip(words, on=partial(self.show_folder, path)) for words, path in places_to_look()))
        body = column(chips, 12, self.where, 4, self.list, self.note)
        super().__init__(parent, title, words, body, width=620)

    def show_folder(self, folder: Path) -> None:
        """Show what is in this folder."""
        self.folder = folder
        self.where.setText(printable(folder_words(folder)))
        note = ""
        try:
            found = entries(folder, self._suffixes)
        except OSError:
            found, note = [], _("This folder cannot be opened. Choose another one.")
        more = len(found) > MOST_SHOWN
        shown = found[:MOST_SHOWN]
        self._shown = {f"{_FOLDER if each.folder else _FILE}{n}": each for n, each in enumerate(shown)}
        lines = [Line(UP, _("One folder up"), icon="back")] if folder.parent != folder else []
        self.list.set_lines(lines + [self._line(name, each) for name, each in self._shown.items()])
        if more:
            note = _("There is more in this folder than can be shown.")
        elif not note and self._suffixes and all(each.folder for each in shown):
            note = _("No such file is in this folder.")
        self.note.setText(note or self._note_for(folder))

    def _note_for(self, folder: Path) -> str:
        return ""

    def _line(self, name: str, entry: Entry) -> Line:
        if entry.folder:
            return Line(name, printable(entry.name), icon="folder")
        detail = f"{self._formats.day(entry.changed)}, {size_words(entry.size)}"
        return Line(name, printable(entry.name), detail, icon="forms")

    def _open(self, name: str) -> None:
        if name == UP:
            self.show_folder(self.folder.parent)
        elif name in self._shown and self._shown[name].folder:
            self.show_folder(self.folder / self._shown[name].name)
        elif name in self._shown:
            self._take(self.folder / self._shown[name].name)

    def _take(self, path: Path) -> None:
        raise NotImplementedError


class ChooseFile(_Looking):
    """One file to bring in: pressing it chooses it. ``on_chosen`` gets its path; read it by :func:`read_chosen`."""

    def __init__(
        self,
        parent: QWidget,
        formats: Formats,
        on_chosen: Callable[[Path], object],
        *,
        title: str,
        suffixes: Sequence[str],
        words: str = "",
        folder: Path | None = None,
    ) -> None:
        """``suffixes`` are how the names end that are listed, as ``(".ics",)``; ``folder`` is home if not given."""
        self._on_chosen = on_chosen
        super().__init__(parent, formats, title, words, folder, suffixes)
        self.add_button(_("Not now"), "quiet")
        self.show_folder(self.folder)

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def _take(self, path: Path) -> None:
        self.accept()
        self._on_chosen(path)


class ChooseFolder(_Looking):
    """One folder; ``on_chosen`` gets its path. With ``to_write`` only one into which this account may write."""

    def __init__(
        self,
        parent: QWidget,
        formats: Formats,
        on_chosen: Callable[[Path], object],
        *,
        title: str,
        words: str = "",
        folder: Path | None = None,
        use: str = "",
        to_write: bool = False,
    ) -> None:
        """``use`` are the words of the main button, "Use this folder" if not given."""
        self._on_chosen = on_chosen
        self._to_write = to_write
        super().__init__(parent, formats, title, words, folder, ())
        self.use: Button = self.add_button(use or _("Use this folder"), "main", self._use, closes=False, default=True)
        self.add_button(_("Not now"), "quiet")
        self.show_folder(self.folder)

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def _note_for(self, folder: Path) -> str:
        if self._to_write and not can_write(folder):
            return _("Nothing can be saved in this folder. Choose another one.")
        return ""

    def _use(self) -> None:
        if not self.folder.is_dir():
            self.note.setText(_("This folder cannot be opened. Choose another one."))
            return
        if self._to_write and not can_write(self.folder):
            self.note.setText(_("Nothing can be saved in this folder. Choose another one."))
            return
        self.accept()
        self._on_chosen(self.folder)


def printable(name: str) -> str:
    """A name as it can be shown: some systems allow line breaks, signs that turn the reading round, or bare bytes."""
    whole = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(each if each.isprintable() else "\N{MIDDLE DOT}" for each in whole)
