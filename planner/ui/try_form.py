"""A form in a window of its own, on a notebook in memory: to see how it will be, with nothing kept anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from planner.errors import MachineTrouble
from planner.session import Mode, Session
from planner.store.in_memory import MemoryNotebook
from planner.store.local import LEAVE_KEYS, Local
from planner.ui.formats import Formats
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import trouble
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.navigation import PAGES
from planner.ui.page import Page
from planner.ui.pages.form import FormPage
from planner.ui.shell import Shell
from planner.ui.sight import Sight, out_of_sight
from planner.ui.window import Window
from planner.words import _, language

if TYPE_CHECKING:
    from planner.forms import Form
    from planner.ui.page import Desk

_OVER = "try-over"
_HERE = {**{name: PAGES[name] for name in ("form", "moment", "help")}, _OVER: "planner.ui.try_form:OverPage"}


class TryWindow(Window):
    """The window; what was answered is gone with it."""

    def __init__(self, form: Form, leave_key: str = LEAVE_KEYS[0]) -> None:
        """``form`` was read already; the theme is in use. ``leave_key`` as in :data:`planner.ui.sight.KEYS`.

        Raises:
            FormUnreadable: it cannot be filled in.
        """
        super().__init__()
        self._form = form
        self.sight = Sight(self, leave_key)
        self.sight.asked.connect(self.hide_asked)
        self.hide_asked.connect(self.leave)
        self.begin()

    def begin(self) -> None:
        """Begin with an empty notebook."""
        self.session = Session(MemoryNotebook())
        self.session.set_up(Mode.FOR_ME, "")
        self.session.forms.own.keep(self.session.forms.own.look_at(self._form))
        self.shell = TryShell(self.session)
        self.shell.hide_asked.connect(self.leave)
        self.shell.lock_asked.connect(self.close)
        self.shell.begin_asked.connect(self._begin_again)
        self.show_screen(self.shell)
        page = self.shell.page("form")
        assert isinstance(page, FormPage)
        page.sections.say_nothing_is_kept()
        page.languages.offers_all = False
        self.shell.go("form", form=self._form.id)
        self.shell.say(_("You are trying this form. Nothing is kept."))

    def leave(self) -> None:
        """Out of sight first, then over."""
        out_of_sight()
        self.close()
        QApplication.quit()

    def _begin_again(self) -> None:
        self._let_go()
        self.begin()

    def _let_go(self) -> None:
        if self.session.store.is_open:
            self.shell.close_down()
            self.session.notebook.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of everything."""
        super().closeEvent(event)
        if event.isAccepted():
            self._let_go()


class TryShell(Shell):
    """The desk of one form: its pages, a quiet moment, and help; every other way ends the try."""

    begin_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session, Formats(language(), "", session.today()), pages=_HERE)
        self.local = Local()
        self.set_tabs((), ())

    def go(self, page: str, **where: str) -> None:
        """Open a page that is here; what leads elsewhere ends the try."""
        super().go(page if page in _HERE else _OVER, **(where if page in _HERE else {}))

    def back(self) -> None:
        """Open the page before; without one, the try is over."""
        if self._history:
            super().back()
        else:
            self.go(_OVER)

    def keep(self, work: Callable[[], object]) -> bool:
        """Save into the memory; False where even that has no room."""
        try:
            work()
        except MachineTrouble as problem:
            trouble(self, problem)
            return False
        return True

    def lock(self) -> None:
        """Nothing stays that could be locked."""
        self.lock_asked.emit()

    def erase_notebook(self) -> None:
        """There is none."""
        self.lock_asked.emit()

    def change_look(self, name: str, value: object) -> None:
        """The look is that of the program."""


class OverPage(Page):
    """The end of a try."""

    name: ClassVar[str] = _OVER
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.again = Button(_("Begin again"), "main", after="next", on=self._again)
        self.close_it = Button(_("Close"), on=lambda: self.window().close())
        words = _("What was answered was never written anywhere. It is gone when this window closes.")
        self.set_body(EmptyPage("sheet", _("That was the form"), words, [self.again, self.close_it]))

    def first_focus(self) -> QWidget | None:
        """Once more."""
        return self.again

    def _again(self) -> None:
        assert isinstance(self.desk, TryShell)
        # After this press is over: the button goes away with the page.
        QTimer.singleShot(0, self.desk.begin_asked.emit)
