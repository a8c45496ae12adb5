"""Where there is no notebook yet: the first start, or a notebook made of a safety copy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from planner.keys import Cost
    from planner.session import Session
    from planner.store.notebooks import Notebook
    from planner.ui.first_start.first_start import FirstStart
    from planner.ui.first_start.route import Answers
    from planner.ui.window import Window


class Beginning(QObject):
    """Shows the first start in the window. ``made`` carries the session of the notebook that there is now.

    ``look_changed`` carries a local setting and its value; ``left`` comes when she goes without a notebook.
    """

    made = Signal(object)
    look_changed = Signal(str, object)
    left = Signal()

    def __init__(
        self, window: Window, data_dir: Path, make_session: Callable[[Notebook], Session], cost: Cost | None
    ) -> None:
        """``cost`` is what a key costs; None: found out on this machine."""
        super().__init__(window)
        self._window, self._data_dir = window, data_dir
        self._make_session, self._cost = make_session, cost
        self.screen: FirstStart | None = None

    def show(self) -> None:
        """Show the first screen."""
        from planner.ui.first_start.first_start import FirstStart

        self.screen = FirstStart(self._make_notebook)
        self.screen.look_changed.connect(self.look_changed)
        self.screen.left.connect(self.left)
        self.screen.finished.connect(self._finished)
        self.screen.print_spare_key.connect(self._print_spare_key)
        self.screen.copy_wanted.connect(self._ask_for_copy)
        self._window.show_screen(self.screen)

    def _make_notebook(self, passphrase: str) -> Notebook:
        from planner.keys import calibrate
        from planner.store.notebooks import Notebook

        return Notebook.create(self._data_dir, passphrase, "", self._cost or calibrate())

    def _finished(self, notebook: Notebook, answers: Answers) -> None:
        session = self._make_session(notebook)
        session.set_up(answers.mode, answers.my_name, answers.line_name, answers.line_number)
        self._over(session)

    def _ask_for_copy(self) -> None:
        from planner.ui.from_copy import FromCopy

        FromCopy(self._window, self._data_dir, self._make_session, self._over).ask()

    def _over(self, session: Session) -> None:
        self.screen = None
        self.made.emit(session)

    def _print_spare_key(self, spare_key: str) -> None:
        from planner.ui.printing import print_spare_key

        print_spare_key(self._window, spare_key)
