"""One paper erased for good: what goes, what stays, and which safety copies still hold it, before anything is done."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.session.erasing import Account, OnHold
from planner.ui.dialogs.erase import EraseDialog
from planner.ui.kit.dialogs import trouble
from planner.words import _

if TYPE_CHECKING:
    from planner.session.papers import Paper
    from planner.store.backups import Backup
    from planner.ui.page import Desk
    from planner.ui.work import Progress


class ErasePaper(EraseDialog):
    """A photo or a PDF that is kept in the notebook."""

    def __init__(self, parent: QWidget, desk: Desk, paper: Paper, backups: tuple[Backup, ...]) -> None:
        """``backups`` are the safety copies that still hold it."""
        self._paper = paper
        account = Account(
            paper.title,
            (_("The paper as it came in, and its name"),),
            (
                _("The file or the picture that it came from, where it still is"),
                _("What was printed or saved of it"),
                _("One line: that something was erased, and when. Not what it said."),
            ),
            backups,
        )
        quoted = _("“{words}”").format(words=paper.title)
        title = _("Erase {what} for good?").format(what=quoted)
        super().__init__(parent, desk, title, account, _("Erase for good"))

    def erase(self) -> None:
        """Beside the window, because a paper may be large."""
        papers, paper = self.desk.session.papers, self._paper
        self.agree()

        def work(_progress: Progress) -> None:
            papers.erase(paper)

        def done(_nothing: None) -> None:
            papers.told(paper)
            self.clear_copies(_("Erased for good."))

        self.desk.busy(_("Erasing"), work, done, cancel=False)


def ask_to_erase_paper(desk: Desk, parent: QWidget, paper: Paper) -> None:
    """Ask whether to erase a paper; nothing is asked while a hold is on: that is said instead."""
    session = desk.session
    if session.erasing.is_held(paper.person):
        trouble(parent, OnHold())
        return

    def ask(backups: Collection[Backup]) -> None:
        desk.ask(ErasePaper(parent, desk, paper, tuple(backups)))

    if not session.backups.list():
        ask(())
        return

    def work(progress: Progress) -> tuple[Backup, ...]:
        return session.erasing.holding(paper.person, paper.id, progress.step)

    desk.busy(_("Looking into the safety copies"), work, ask)
