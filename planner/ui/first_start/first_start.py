"""Walks through the first start and makes the notebook when a passphrase was chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.card_screen import CardScreen
from planner.ui.first_start.route import Answers, Stop, after, before
from planner.ui.first_start.stops import Before, Label, Name, Passphrase, Spare, SpareShown, StopView, Who
from planner.ui.kit.own_layouts import discard
from planner.ui.new_passphrase import warn_of_weak
from planner.ui.work import Work
from planner.words import _

if TYPE_CHECKING:
    from planner.store.notebooks import Notebook

CARD_WIDTH = 620


class FirstStart(QWidget):
    """The first start in a window; ``finished`` carries the open notebook and what was said.

    ``make`` creates a notebook from a passphrase (slow: it runs beside the window); nothing is on the disk before.
    ``copy_wanted`` tells that she has a safety copy of a notebook, to go on with here. ``left`` comes where she goes
    without a notebook, and from another one back to the lock screen.
    """

    finished = Signal(object, object)
    left = Signal()
    look_changed = Signal(str, object)
    print_spare_key = Signal(str)
    copy_wanted = Signal()

    def __init__(
        self, make: Callable[[str], Notebook], answers: Answers | None = None, stop: Stop = Stop.BEFORE
    ) -> None:
        super().__init__()
        self._make = make
        self.answers = answers or Answers()
        self.stop = stop
        self.notebook: Notebook | None = None
        self._spare_key = ""
        self.view: StopView | None = None
        self._screen: CardScreen | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.show_stop(stop)

    def show_stop(self, stop: Stop) -> None:
        """Show one screen of the way."""
        self.stop = stop
        view = self._make_view(stop)
        body = QVBoxLayout()
        body.setContentsMargins(40, 36, 40, 36)
        body.addWidget(view)
        screen = CardScreen(CARD_WIDTH, body, bound=False)
        screen.look_changed.connect(self.look_changed)
        view.go_on.connect(self._go_on)
        view.go_back.connect(self._go_back)
        earlier, self._screen, self.view = self._screen, screen, view
        self._layout.addWidget(screen)
        if earlier is not None:
            self._layout.removeWidget(earlier)
            discard(earlier)
        if self.isVisible():
            screen.show()
            self._give_keyboard()

    def always_reachable(self) -> list[QWidget]:
        """Hide stays free of everything that covers the window."""
        return self._screen.always_reachable() if self._screen is not None else []

    def _give_keyboard(self) -> None:
        """To the first field; without one to the words, so that they are read out and Enter skips nothing."""
        if self.view is not None:
            (self.view.first_focus() or self.view).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._give_keyboard()

    def redraw(self) -> None:
        """Show the same screen anew, in another language or look; what was said so far stays."""
        if self.view is not None and not isinstance(self.view, Passphrase):
            self.view.take(self.answers)
        self.show_stop(self.stop)

    def _make_view(self, stop: Stop) -> StopView:
        if stop is Stop.BEFORE:
            before_view = Before()
            before_view.go_away.connect(self.left)
            return before_view
        if stop is Stop.WHO:
            who = Who(self.answers)
            who.language_chosen.connect(lambda code: self.look_changed.emit("language", code))
            who.copy_wanted.connect(self.copy_wanted)
            return who
        if stop is Stop.LABEL:
            return Label(self.answers)
        if stop is Stop.NAME:
            return Name(self.answers)
        if stop is Stop.PASSPHRASE:
            passphrase = Passphrase()
            passphrase.weak.connect(lambda: warn_of_weak(self, passphrase.new, self._go_on))
            return passphrase
        if stop is Stop.SPARE:
            spare = Spare()
            spare.chosen.connect(self._spare_chosen)
            return spare
        shown = SpareShown(self._spare_key)
        shown.print_it.connect(lambda: self.print_spare_key.emit(self._spare_key))
        return shown

    def _go_back(self) -> None:
        previous = before(self.stop, self.answers)
        if previous is None and self.stop is Stop.WHO:
            self.left.emit()
        elif previous is not None and self.view is not None:
            if not isinstance(self.view, Passphrase):
                self.view.take(self.answers)
            self.show_stop(previous)

    def _go_on(self) -> None:
        if self.view is None or not self.view.take(self.answers):
            return
        if self.stop is Stop.PASSPHRASE and isinstance(self.view, Passphrase):
            self._make_notebook(self.view)
            return
        self._next()

    def _next(self) -> None:
        following = after(self.stop, self.answers)
        if following is None:
            self.finished.emit(self.notebook, self.answers)
        else:
            self.show_stop(following)

    def _make_notebook(self, view: Passphrase) -> None:
        secret = view.new.secret

        def made(notebook: Notebook) -> None:
            self.notebook = notebook
            view.new.forget()
            self._next()

        Work(
            self,
            _("Making your notebook"),
            lambda _progress: self._make(secret),
            made,
            cancel=False,
            late=lambda notebook: notebook.close(),
        )

    def _spare_chosen(self, wanted: bool) -> None:
        self.answers.wants_spare_key = wanted
        notebook = self.notebook
        if not wanted or notebook is None:
            self._next()
            return

        def made(spare_key: str) -> None:
            self._spare_key = spare_key
            self._next()

        Work(self, _("Making the spare key"), lambda _progress: notebook.add_spare_key(), made, cancel=False)
