"""Where something is saved: a folder and a name.

Not Qt's own dialog: that one keeps the last folder in the registry (Windows) or the defaults (macOS), whatever it is
told, speaks English in its corners, and lies in a window of its own, over which Hide cannot be reached.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QStorageInfo
from PySide6.QtWidgets import QWidget

from planner.system.files import can_write
from planner.ui.kit.buttons import PressChip
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.text import Text
from planner.words import _, c_

SUFFIX = ".pdf"
UP = ".."
_NOT_IN_A_NAME = frozenset('/\\:*?"<>|')
"""What one system or another cannot have in the name of a file."""

_OUTSIDE = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where systems put what was plugged in."""


class ChoosePlace(Dialog):
    """A name that says nothing, a folder, and nothing remembered."""

    def __init__(
        self,
        parent: QWidget,
        on_chosen: Callable[[Path], object],
        folder: Path | None = None,
        *,
        suffix: str = SUFFIX,
        name: str = "",
    ) -> None:
        """``on_chosen`` gets a place that is free, or whose file may be replaced; ``folder`` is home if not given.

        ``suffix`` is how the name of the file ends, ``name`` what stands before it, "Document" if not given.
        """
        self._on_chosen = on_chosen
        self._suffix = suffix
        self.folder = folder or Path.home()
        self.file_name = Field(name or c_("paper", "Document"))
        self.file_name.is_kept = False
        self.name_row = FieldRow(_("Name of the file"), self.file_name, hint=_("A name that says nothing is safest."))
        self.where = Text("", "strong")
        self.note = Text("", "body", "ink_soft").hide_empty()
        self.list = ListView(_("Folders"), chevron=True)
        self.list.opened.connect(self._enter)
        shortcuts = flow(*(PressChip(words, on=partial(self.show_folder, path)) for words, path in usual_places()))
        body = column(
            self.name_row, 16, Text(_("Folder"), "label"), 8, shortcuts, 12, self.where, 4, self.list, self.note
        )
        super().__init__(parent, _("Where to save it"), "", body, width=620)
        self.save = self.add_button(_("Save here"), "main", self._take, closes=False, default=True)
        self.add_button(_("Not now"), "quiet")
        self.file_name.textEdited.connect(lambda _text: self.name_row.ask(""))
        self.file_name.returnPressed.connect(self._take)
        self.show_folder(self.folder)

    def show_folder(self, folder: Path) -> None:
        """Show what folders there are in this one."""
        self.folder = folder
        self.where.setText(folder_words(folder))
        note = "" if can_write(folder) else _("Nothing can be saved in this folder. Choose another one.")
        lines = [Line(UP, _("One folder up"), icon="back")] if folder.parent != folder else []
        try:
            inside = sorted(_folders(folder), key=str.casefold)
        except OSError:
            inside, note = [], _("This folder cannot be opened. Choose another one.")
        self.list.set_lines(lines + [Line(name, name, icon="folder") for name in inside])
        self.note.setText(note)

    def _enter(self, name: str) -> None:
        self.show_folder(self.folder.parent if name == UP else self.folder / name)

    def _take(self) -> None:
        name = self.file_name.text().strip()
        if not name:
            self.name_row.ask(_("Give it a name, and it can be saved."))
            self.file_name.setFocus()
            return
        if name.startswith(".") or not name.isprintable() or _NOT_IN_A_NAME & set(name):
            self.name_row.ask(_("Letters, numbers and spaces work in every place."))
            self.file_name.setFocus()
            return
        # What is of another kind is never replaced, least of all a file of the notebook's own.
        path = self.folder / (name if name.lower().endswith(self._suffix) else name + self._suffix)
        if os.path.lexists(path):
            ask_first(
                self,
                _("There is already a file of this name."),
                _("If you replace it, what is in it now is gone."),
                _("Replace it"),
                lambda: self._done_with(path),
                kind="erase",
                no=_("Choose another name"),
            )
            return
        self._done_with(path)

    def _done_with(self, path: Path) -> None:
        self.accept()
        self._on_chosen(path)


def _folders(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [each.name for each in entries if not each.name.startswith(".") and each.is_dir()]


def folder_words(folder: Path) -> str:
    """A folder as people call it: from home on where it lies there, else its whole path."""
    home = Path.home()
    if folder.is_relative_to(home):
        return " / ".join([_("Home folder"), *folder.relative_to(home).parts])
    return str(folder)


def usual_places() -> list[tuple[str, Path]]:
    """Home, the desktop, documents, and what is plugged in, as far as they are there; each once."""
    kinds = QStandardPaths.StandardLocation
    found = [
        (_("Home folder"), Path.home()),
        (_("Desktop"), Path(QStandardPaths.writableLocation(kinds.DesktopLocation) or os.devnull)),
        (_("Documents"), Path(QStandardPaths.writableLocation(kinds.DocumentsLocation) or os.devnull)),
    ]
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        outside = root.startswith(_OUTSIDE) or (sys.platform == "win32" and not volume.isRoot())
        if outside and volume.isReady() and not volume.isReadOnly():
            found.append((volume.displayName() or root, Path(root)))
    once: dict[Path, str] = {}
    for words, path in found:
        if path.is_dir():
            once.setdefault(path, words)
    return [(words, path) for path, words in once.items()]
