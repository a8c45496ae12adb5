"""Finding a safety copy in a folder of another device, and choosing one of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.dialogs import Dialog
from planner.ui.kit.lists import Line, ListView
from planner.words import _

if TYPE_CHECKING:
    from planner.store.backups import Backup


class NoCopyThere(MachineTrouble):
    """A folder was chosen that holds no safety copy."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no safety copy in this folder."),
            _("It lies in a folder whose name begins with a year. Choose that folder, or the one it is in."),
        )


def copies_at(folder: Path) -> list[Backup]:
    """The copies in a folder, the newest first; or the one that the folder itself is."""
    from planner.store.backups import backups_in

    return backups_in(folder) or [each for each in backups_in(folder.parent) if each.folder == folder]


class WhichCopy(Dialog):
    """The copies by the day on which they were made."""

    def __init__(
        self,
        parent: QWidget,
        copies: Sequence[Backup],
        words: Callable[[datetime], str],
        on_chosen: Callable[[Backup], object],
    ) -> None:
        """``words`` says when a copy was made."""
        self._copies = {str(each.folder): each for each in copies}
        self._on_chosen = on_chosen
        self.list = ListView(_("Which copy?"))
        self.list.set_lines([Line(name, words(each.made), icon="copies") for name, each in self._copies.items()])
        self.list.opened.connect(self._take)
        super().__init__(parent, _("Which copy?"), "", self.list)
        self.add_button(_("Not now"), "quiet")

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def _take(self, name: str) -> None:
        self.accept()
        self._on_chosen(self._copies[name])
