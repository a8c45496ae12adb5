"""The way to a notebook that there is not yet: the first one, one more, or one that is made of a safety copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.errors import MachineTrouble
from planner.settings import EVERYDAY

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
        self,
        window: Window,
        data_dir: Path,
        make_session: Callable[[Notebook], Session],
        cost: Cost | None,
        taken: Sequence[str] = (),
    ) -> None:
        """``cost`` is what a key costs; None: found out on this machine. ``taken`` are labels of other notebooks."""
        super().__init__(window)
        self._taken = tuple(taken)
        self._session: Session | None = None
        self._window, self._data_dir = window, data_dir
        self._make_session, self._cost = make_session, cost
        self.screen: FirstStart | None = None

    def show(self) -> None:
        """Show the first screen."""
        from planner.ui.first_start.first_start import FirstStart
        from planner.ui.first_start.route import Answers, Stop

        another = bool(self._taken)
        answers = Answers(another=another, taken=self._taken)
        self.screen = FirstStart(self._make_notebook, answers, Stop.WHO if another else Stop.BEFORE)
        self.screen.look_changed.connect(self.look_changed)
        self.screen.left.connect(self.left)
        self.screen.finished.connect(self._finished)
        self.screen.print_spare_key.connect(self._print_spare_key)
        self.screen.copy_wanted.connect(self._ask_for_copy)
        self._window.show_screen(self.screen)

    def _make_notebook(self, passphrase: str) -> Notebook:
        """All of it, beside the window: whoever leaves at a later stop has the notebook as it was wanted."""
        from planner.keys import calibrate
        from planner.store.notebooks import Notebook
        from planner.ui.labels import write_labels

        assert self.screen is not None
        answers = self.screen.answers
        write_labels(self._data_dir)
        notebook = Notebook.create(self._data_dir, passphrase, answers.label, self._cost or calibrate())
        try:
            self._session = session = self._make_session(notebook)
            session.set_up(answers.mode, answers.my_name, answers.line_name, answers.line_number)
            if answers.everyday:
                session.set_setting("contents", EVERYDAY)
            if answers.filled:
                from planner.session.everyday import fill_everyday

                fill_everyday(session)
        except BaseException:
            notebook.close()
            _take_away(notebook.folder)
            raise
        return notebook

    def _finished(self, _notebook: Notebook, _answers: Answers) -> None:
        if self._session is not None:
            self._over(self._session)

    def _ask_for_copy(self) -> None:
        from planner.ui.from_copy import FromCopy

        FromCopy(self._window, self._data_dir, self._make_session, self._over).ask()

    def _over(self, session: Session) -> None:
        self.screen = None
        self.made.emit(session)

    def _print_spare_key(self, spare_key: str) -> None:
        from planner.ui.printing import print_spare_key

        print_spare_key(self._window, spare_key)


def _take_away(folder: Path) -> None:
    """Nothing is left of a notebook that could not be made whole."""
    from planner.store.erasing import erase_store

    with suppress(MachineTrouble):
        erase_store(folder)
