"""Filling in a form together: what is said to the worker alone, and turning the screen so that it is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from planner.forms.for_worker import speaks_to_worker
from planner.session import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.ui.kit.tips import set_tip
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.session.filling_desk import FillingDesk


def worker_looks(session: Session) -> bool:
    """Whether a worker is at the screen: the notebook is theirs, and nobody was left alone with one person's pages."""
    return session.mode is Mode.WITH_OTHERS and session.only is None


def worker_card(words: str, session: Session) -> QWidget:
    """The card with what is said to a worker."""
    name = str(session.setting("my_name")).strip() or _("the person who works with you")
    title = _("For {worker}").format(worker=name)
    head = row(Icon("together", "ink_soft"), (Text(title, "strong"), 1), gap=12)
    return Sheet(column(head, 8, Text(words), margins=(20, 20, 20, 20)), "line", name=title)


class WorkerSide(QObject):
    """Whether a worker's words may stand on the screen now, and the button that turns it.

    ``turned`` of the filling is kept with it: after a lock or a kill it is as it was.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._table: FillingDesk | None = None
        self._has_words = False
        self.button = Button("", "quiet", icon="swap", on=self.turn)

    def take(self, table: FillingDesk | None) -> None:
        """Another filling is on the screen, or none."""
        self._table = table
        self._has_words = table is not None and speaks_to_worker(table.filling.form)
        self._say()

    @property
    def offered(self) -> bool:
        """Whether the screen can be turned: a worker is there, and the form says something to them."""
        return self._has_words and worker_looks(self._session)

    @property
    def can_turn(self) -> bool:
        """Whether a worker is there with a filling on the screen."""
        return self._table is not None and worker_looks(self._session)

    @property
    def shows(self) -> bool:
        """Whether a worker's words stand on the screen."""
        return worker_looks(self._session) and self._table is not None and not self._table.turned

    def turn(self) -> None:
        """The person reads the screen now; or the worker again."""
        if self._table is not None:
            self._table.turned = not self._table.turned
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        turned = self._table is not None and self._table.turned
        self.button.set_words(_("Turn it back") if turned else _("Turn the screen"))
        more = "" if turned else _("What is said to you alone goes away, so that you can read together.")
        set_tip(self.button, more)
        self.button.setAccessibleDescription(more)
