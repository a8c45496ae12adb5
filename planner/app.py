"""The composition root: wires store, session, system and window."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from planner.errors import MachineTrouble
from planner.places import GONE, UNFINISHED
from planner.store.local import Local, data_folder, is_portable
from planner.system.here import system_language, system_zone
from planner.system.no_traces import leave_no_traces, no_bus_of_our_own
from planner.ui import theme as look
from planner.ui.called import called
from planner.ui.collecting import Collecting
from planner.ui.door import Door
from planner.ui.fonts import load_fonts
from planner.ui.lock_screen import look_at
from planner.ui.mishap import tell_places_alone
from planner.ui.sight import Sight, out_of_sight
from planner.ui.watching import Watching
from planner.ui.window import Window, mark_icon
from planner.words import _, use_language
from planner.words import language as words_in_use

if TYPE_CHECKING:
    from planner.session import Changed, Session
    from planner.store.notebooks import Notebook
    from planner.system.away import Gone
    from planner.system.relaunch import Relaunch
    from planner.ui.automatic_copies import AutomaticCopies
    from planner.ui.beginning import Beginning
    from planner.ui.first_start.first_start import FirstStart
    from planner.ui.lock_screen import LockScreen
    from planner.ui.open_notebook import OpenNotebook
    from planner.ui.warming import Warming

QUIET_MOMENT = 10_000
"""ms without an edit after which what was edited is folded (DESIGN, "The way of an edit")."""

SHOWN_FIRST = 300
"""ms after which the first page stands there, and what the next ones need may be read in."""

LOOKS = frozenset({"language", "text_size", "theme", "called", "mark"})
"""Local settings after which everything on the screen is another."""


def _now() -> datetime:
    return datetime.now(UTC)


def application(local: Local | None = None) -> QApplication:
    """The one Qt application, kept from writing anything about itself anywhere; it has the name that ``local`` says."""
    from planner.system.plug_ins import own_plug_ins_only
    from planner.system.quiet import NEUTRAL_NAME, before_application, file_name

    name = (local.called if local is not None else "") or NEUTRAL_NAME
    tell_places_alone()
    before_application(name)
    app = QApplication.instance() or QApplication([file_name(name)])
    assert isinstance(app, QApplication)
    own_plug_ins_only()
    app.setQuitOnLastWindowClosed(True)
    load_fonts()
    return app


def run_window(data_dir: Path | None, relaunch: Relaunch | None = None) -> int:
    """Open the window on the notebooks in ``data_dir`` (None: the usual place); returns the exit status."""
    data_dir = data_dir or data_folder()
    no_bus_of_our_own()
    if is_portable(data_dir):
        leave_no_traces()
    app = application(Local.read(data_dir))
    if relaunch is None:
        from planner.system.relaunch import DetachedRelaunch

        relaunch = DetachedRelaunch()
    program = Program(app, data_dir, relaunch)
    tell_places_alone(program.window)
    program.window.show()
    QTimer.singleShot(0, program.settle_down)
    status = app.exec()
    from planner.ui.work import under_way

    if under_way():
        os._exit(status)  # work that cannot be stopped keeps no process: what it began is not decided yet
    return status


def fill_form(path: Path) -> int:
    """Try a form in a window of its own, on a notebook in memory; returns the exit status when it is closed.

    Raises:
        FormUnreadable: it cannot be opened; no window was shown.
    """
    from planner.forms import Form

    form = Form.load(path)
    local, language = Local.read(data_folder()), words_in_use()
    app = application(local)
    look.theme.apply(name=local.theme, scale=local.text_size / 100, language=language)
    called.become(local.called, local.mark)
    from planner.ui.try_form import TryWindow

    window = TryWindow(form, local.leave_key)
    window.setWindowIcon(mark_icon())
    tell_places_alone(window)
    window.show()
    Collecting(window)
    return app.exec()


class Program(QObject):
    """One window and what it shows: the first start, the lock screen, or an open notebook.

    ``clock`` gives the present as an aware datetime; ``cost`` is the cost of a new notebook's key derivation (None:
    measured on this machine); both are given by tests and the tour.
    """

    def __init__(
        self,
        app: QApplication,
        data_dir: Path,
        relaunch: Relaunch,
        *,
        clock: Callable[[], datetime] = _now,
        zone: str = "",
        cost: Any = None,
    ) -> None:
        super().__init__()
        self.app = app
        self.data_dir = data_dir
        self._relaunch = relaunch
        self._clock = clock
        self._zone = zone
        self._cost = cost
        self.local = Local.read(data_dir)
        self.shell: OpenNotebook | None = None
        self._beginning: Beginning | None = None
        self._settled = False
        self._warming: Warming | None = None
        self._copies: AutomaticCopies | None = None
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MOMENT)
        self._quiet.timeout.connect(self._settle)
        self.watching = Watching(self)
        self.watching.soon.connect(self._warn_of_lock)
        self.watching.over.connect(self.lock)
        self.watching.gone.connect(self._gone)
        self._use_look()
        self.window = Window()
        self.window.may_close = self._may_close
        self.window.closing.connect(self._closing)
        self.sight = Sight(self, self.local.leave_key)
        self.sight.asked.connect(self.window.hide_asked)
        self.window.hide_asked.connect(lambda: self.lock(hide=True))
        self.door = Door(self.window, self.data_dir, self._make_session, self._enter, self.change_look)
        self.door.another.connect(self._make_another)
        self.door.restored.connect(self._remember_last)
        self.show_outside()

    def settle_down(self) -> None:
        """What can wait until the window stands there."""
        self._collecting = Collecting(self)
        self.watching.watch_stick(self.data_dir)
        self.watching.watch_clipboard()  # also what is marked on the lock screen
        self.window.setWindowIcon(mark_icon())
        if any(each for beginning in (GONE, UNFINISHED) for each in self.data_dir.glob(f"{beginning}*")):
            from planner.store.erasing import clear_erased

            clear_erased(self.data_dir)  # what a power cut left of a notebook that was erased, or was being made
        self._settled = True
        self.door.begun.connect(self._warm)
        # While the passphrase is turned into the key, which another thread does.
        self.door.begun.connect(lambda: QTimer.singleShot(0, self.watching.watch_system))

    # the look ------------------------------------------------------------------------------------------------------
    def _use_look(self) -> None:
        language = self.local.language or system_language()
        use_language(language)
        called.become(self.local.called, self.local.mark)
        look.theme.apply(name=self.local.theme, scale=self.local.text_size / 100, language=language)

    def change_look(self, name: str, value: object) -> None:
        """Change language, text size, theme or what the lock screen shows, at once and for the next start.

        Nothing is written while there is no notebook: before she goes on, nothing of hers is on the disk.
        """
        if name in LOOKS and self.shell is not None and not self.shell.hand_over():
            return
        self.local = replace(self.local, **{name: value})  # type: ignore[arg-type]
        if self._has_notebook():
            self._keep_local()
        if name == "leave_key":
            self.sight.use_key(self.local.leave_key)
        if name not in LOOKS:
            if self.shell is not None:
                self.shell.local = self.local
                self.shell.header.translate()
            return
        self._use_look()
        if self.first_start is not None:
            self.first_start.redraw()
        elif self.shell is None:
            self.show_outside()
        else:
            self._build_shell_anew()

    def _has_notebook(self) -> bool:
        from planner.store.folders import find_stores

        return bool(find_stores(self.data_dir))

    def _keep_local(self) -> None:
        kept = Local.read(self.data_dir)
        self.local = replace(self.local, labels=kept.labels)
        try:
            self.local.write(self.data_dir)
        except MachineTrouble:
            return  # the look is in use; it is asked for again at the next start

    # outside -------------------------------------------------------------------------------------------------------
    def show_outside(self) -> None:
        """Show the lock screen, or the first start where there is no notebook yet."""
        from planner.store.folders import find_stores
        from planner.ui.labels import labelled

        stores = find_stores(self.data_dir)
        if not stores:
            self._show_first_start()
            return
        shown = [look_at(each.folder, each.label, each.complete) for each in labelled(stores)]
        line = self.local.help_lines[0] if self.local.help_on_lock_screen and self.local.help_lines else None
        last = next((each.folder for each in stores if each.folder.name == self.local.last), None)
        self.door.show(shown, (line.get("name", ""), line.get("number", "")) if line else None, last)

    def _show_first_start(self) -> None:
        self._begin(self.window.close)

    def _make_another(self) -> None:
        from planner.ui.labels import labels_in

        self._begin(self._back_outside, labels_in(self.data_dir))

    def _back_outside(self) -> None:
        self._beginning = None
        self.show_outside()

    def _begin(self, left: Callable[[], object], taken: Sequence[str] = ()) -> None:
        from planner.ui.beginning import Beginning

        self.watching.watch_clipboard()  # a new passphrase or a spare key may be copied
        self._beginning = Beginning(self.window, self.data_dir, self._make_session, self._cost, taken)
        self._beginning.look_changed.connect(self.change_look)
        self._beginning.left.connect(left)
        self._beginning.made.connect(self._made)
        self._beginning.show()

    def _made(self, session: Session) -> None:
        self._keep_local()
        self._beginning = None
        self._enter(session)

    @property
    def first_start(self) -> FirstStart | None:
        """The first start, where that is what is shown."""
        return self._beginning.screen if self._beginning is not None else None

    @property
    def lock_screen(self) -> LockScreen | None:
        """The lock screen, where that is what is shown."""
        return self.door.screen

    def _make_session(self, notebook: Notebook, progress: Callable[[int, int], None] | None = None) -> Session:
        from planner.session import Session
        from planner.store.reserve import keep_reserve

        keep_reserve(notebook.folder)
        return Session(notebook, clock=self._clock, zone=self._zone or system_zone(), progress=progress)

    def enter_notebook(self, notebook: Notebook) -> None:
        """Show a notebook that is open already; where it cannot be read, it is closed, and that is said."""
        try:
            session = self._make_session(notebook)
        except MachineTrouble as problem:
            notebook.close()
            if self.door.screen is not None:
                self.door.screen.could_not_open(problem.sentence, problem.what_next)
            return
        self.door.forget()
        self._enter(session)

    # inside --------------------------------------------------------------------------------------------------------
    @property
    def session(self) -> Session | None:
        """The session of the open notebook, or None."""
        return self.shell.session if self.shell is not None else None

    def _enter(self, session: Session) -> None:
        from planner.ui.automatic_copies import AutomaticCopies

        session.looking.opened()
        session.on_change(self._something_changed)
        self._copies = AutomaticCopies(self.window, session, self._quiet.start)
        self._show_shell(session)
        assert self.shell is not None
        # What had the keyboard is gone with its screen; it begins at the top of the page, not where Qt let it fall.
        self.window.setFocus()
        self.shell.take_up()
        self.watching.watch_idle(session.setting("lock_minutes"))
        self.watching.watch_clipboard()
        self._quiet.start()
        if self._settled:
            QTimer.singleShot(SHOWN_FIRST, self._get_ready)

    def _get_ready(self) -> None:
        """What the first press would otherwise have to wait for, in the window's thread: 25 ms nobody notices."""
        from PySide6.QtWidgets import QScrollArea

        self.watching.watch_system()
        self.watching.watch_stick(self.data_dir)
        self._warm()
        # The watch on idleness sees events of new kinds, for which Qt for Python makes its types of all of QtCore.
        QScrollArea().deleteLater()

    def _warm(self) -> None:
        from planner.ui.warming import Warming

        self._warming = self._warming or Warming()

    def _remember_last(self, name: str) -> None:
        """What was made of the copy of a damaged notebook is offered first, so that nobody begins with the copy again.

        Which one was open last is remembered of no other: that would tell without a passphrase which one is used.
        """
        self.local = replace(self.local, last=name)
        self._keep_local()

    def _show_shell(self, session: Session) -> None:
        from planner.ui.formats import Formats
        from planner.ui.open_notebook import OpenNotebook

        self.shell = OpenNotebook(session, Formats(look.theme.language, today=session.today), self.local)
        self.shell.lock_asked.connect(self.lock)
        self.shell.hide_asked.connect(lambda: self.lock(hide=True))
        self.shell.look_asked.connect(self.change_look)
        self.shell.erase_asked.connect(self.erase)
        self.window.show_screen(self.shell)

    def _build_shell_anew(self) -> None:
        assert self.shell is not None
        session, (page, where) = self.shell.session, self.shell.here()
        self.shell.close_down()
        self._show_shell(session)
        self.shell.go(page, **where)

    def _something_changed(self, changed: Changed) -> None:
        self._quiet.start()
        if "settings" in changed.kinds and self.session is not None:
            self.watching.set_minutes(self.session.setting("lock_minutes"))

    def _gone(self, reason: Gone) -> None:
        from planner.system.away import Gone

        if reason is not Gone.STICK:
            self.lock(hide=reason is Gone.ENDING)
            return
        with suppress(Exception):  # what could not be saved, or loaded, lies on the stick: nobody is asked about it
            self.lock(hide=True)

    def _warn_of_lock(self, seconds: int) -> None:
        if self.shell is not None:
            self.shell.say(_("This locks in {n} seconds. Move or press a key to stay.").format(n=seconds))

    def _settle(self) -> None:
        """A quiet moment: fold what was edited, then make the safety copy of the day; not while other work goes on."""
        from planner.ui.work import under_way

        session = self.session
        if session is None or self._copies is None:
            return
        if under_way():
            self._quiet.start()
            return
        try:
            session.settle()
        except MachineTrouble:
            self._quiet.start()
        else:
            self._copies.look()

    # the lock ------------------------------------------------------------------------------------------------------
    def lock(self, *, hide: bool = False) -> None:
        """Take the window away, keep what is half typed, close the notebook, and begin anew in a fresh process.

        With ``hide`` nothing begins anew: what is out of sight must not come back by itself with a lock screen.
        """
        if self.shell is not None:
            self.shell.notice_typing()
        out_of_sight()
        try:
            self._put_away()
        finally:
            # Locked means gone, also when the disk would not take the last words.
            if hide:
                self.app.quit()
            else:
                self._relaunch(self.data_dir)

    def erase(self) -> None:
        """Erase the open notebook, whose passphrase was asked for, and begin anew in a fresh process."""
        from planner.ui.work import give_way

        session, shell, self.shell = self.session, self.shell, None
        if session is None or shell is None:
            return
        out_of_sight()
        try:
            self._stop_watching()
            give_way()
            shell.close_down()
            session.erasing.erase_notebook()
        finally:
            self._relaunch(self.data_dir)

    def _stop_watching(self) -> None:
        self._quiet.stop()
        self.watching.stop()

    def _put_away(self) -> None:
        """Stop what runs beside the window, keep what is half typed, and close the notebook."""
        from planner.ui.work import give_way

        self._stop_watching()
        give_way()
        session, shell, self.shell = self.session, self.shell, None
        if shell is not None and session is not None:
            try:
                shell.put_away()
            finally:
                session.lock()

    def _may_close(self) -> bool:
        """Whether closing the window loses nothing; where it would, she is asked first."""
        from planner.ui.work import give_way

        give_way()
        try:
            if self.shell is None or self.shell.commit():
                return True
        except MachineTrouble:
            pass
        except Exception:  # noqa: BLE001 - a mistake of ours keeps no window open; putting away meets it again and tells
            return True
        from planner.ui.kit.dialogs import ask_first

        ask_first(
            self.window,
            _("Your last words are not saved yet."),
            _("There is a way to keep them: make some room on the disk. They are saved by themselves then."),
            _("Close without them"),
            self._close_anyway,
            kind="erase",
            no=_("Stay here"),
        )
        return False

    def _close_anyway(self) -> None:
        self.window.may_close = lambda: True
        self.window.close()

    def _closing(self) -> None:
        try:
            self._put_away()
        finally:
            self.app.quit()
