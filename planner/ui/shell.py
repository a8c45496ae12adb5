"""The notebook: navigation, the head, and the page that is open. It is the desk that pages are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QRect, Qt, QThread, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from planner.ui.header import Header
from planner.ui.kit.floats import Overlay, Toast, overlay_open
from planner.ui.kit.layouts import Box
from planner.ui.kit.own_layouts import discard
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Ground
from planner.ui.navigation import FOR_ME, PAGES, Navigation, Tab, exists
from planner.ui.page import Page
from planner.ui.searching import Searching
from planner.ui.taking_back import TakingBack
from planner.ui.theme import theme
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session import Changed, Session
    from planner.ui.formats import Formats
    from planner.ui.kit.dialogs import Dialog
    from planner.ui.work import Progress

Result = TypeVar("Result")
SETTINGS = Tab("settings", N_("Settings"), "settings")
LOCK = Tab("lock", N_("Lock"), "lock")
"""Stands at the foot of the navigation like a page, but closes the notebook."""
HISTORY = 50


class Shell(QWidget):
    """Everything that is seen while a notebook is open."""

    lock_asked = Signal()
    hide_asked = Signal()
    page_changed = Signal(str)
    _changed_beside = Signal(object)

    def __init__(self, session: Session, formats: Formats, *, pages: dict[str, str] | None = None) -> None:
        """``pages`` as :data:`planner.ui.navigation.PAGES`; what has no module yet is left out of the tabs."""
        super().__init__()
        self.session, self.formats = session, formats
        self._pages = PAGES if pages is None else pages
        self._built: dict[str, Page] = {}
        self._where: dict[str, dict[str, str]] = {}
        self._history: list[tuple[str, dict[str, str]]] = []
        self._stale: set[str] = set()
        self._drawer: Overlay | None = None
        self._outline: QWidget | None = None
        self.current = ""
        self._build()
        self._shortcuts()
        self.set_tabs(FOR_ME)
        self._changed_beside.connect(self._changed)
        self._unsubscribe: Callable[[], None] = session.on_change(self._heard)
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        self.navigation = Navigation(moment=exists("moment", self._pages))
        self.navigation.chosen_changed.connect(self._tab)
        self.navigation.moment_asked.connect(lambda: self.go("moment"))
        self.header = Header()
        self.header.help_asked.connect(self._help)
        self.header.put_help(there=exists("help", self._pages))
        self.header.hide_asked.connect(self.hide_asked)
        self.header.menu_asked.connect(self._open_drawer)
        self.taking_back = TakingBack(self)
        self.header.undo_asked.connect(lambda: self.taking_back.open_menu(self.header.undo_button))
        self._side = Box(True, 0, (0, 0, 0, 0))
        self._side.put(self.navigation)
        self._stack_holder = QWidget()
        self._stack = QStackedLayout(self._stack_holder)
        ground = Ground("page")
        column = Box(True, 0, (0, 0, 0, 0))
        column.put(self.header, (self._stack_holder, 1))
        ground.setLayout(column)
        whole = Box(False, 0, (0, 0, 0, 0))
        whole.put(self._side, (ground, 1))
        self.setLayout(whole)
        self.toast = Toast(self)
        self.toast.undo.connect(self.undo)
        self.setTabOrder(self.navigation, self.header)
        self.searching = Searching(self)

    def set_tabs(self, tabs: Sequence[Tab], foot: Sequence[Tab] = (SETTINGS, LOCK)) -> None:
        """Other tabs, for another mode; call again after the language changed."""
        there = [tab for tab in tabs if exists(tab.name, self._pages)]
        at_foot = [tab for tab in foot if tab == LOCK or exists(tab.name, self._pages)]
        self.navigation.set_tabs(there, at_foot)
        self._join_tab()
        self.header.translate()

    def always_reachable(self) -> list[QWidget]:
        """Hide stays free of everything that covers the window."""
        return [self.header.hide_button]

    # ---------------------------------------------------------------- keys

    def _shortcuts(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+L": self.lock_asked.emit,
            "Ctrl+Shift+H": self.hide_asked.emit,
        }
        guarded: dict[str, Callable[[], object]] = {
            "F1": self._help,
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Ctrl+Y": self.redo,
            "Ctrl+F": self.header.focus_search,
            "Ctrl+K": self._open_switcher,
            "Alt+Left": self.back,
        }
        for number in range(1, 10):
            guarded[f"Ctrl+{number}"] = partial(self._tab_at, number - 1)
        for key, call in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(call)
        for key, call in guarded.items():
            # Under an open dialog only leaving works; a page must not change behind it.
            QShortcut(QKeySequence(key), self).activated.connect(
                lambda call=call: None if overlay_open(self.window()) else call()
            )

    def _help(self) -> None:
        if exists("help", self._pages):
            self.go("help")

    def _tab_at(self, place: int) -> None:
        tabs = self.navigation.tabs
        if place < len(tabs):
            self.go(tabs[place].name)

    def _open_switcher(self) -> None:
        if self.header.is_narrow:
            self._open_drawer()
        self.navigation.open_switcher()

    # ---------------------------------------------------------------- pages

    def page(self, name: str) -> Page:
        """The page of a name, built when it is first asked for. Raises KeyError when there is no such page."""
        found = self._built.get(name)
        if found is None:
            module, _colon, cls = self._pages[name].partition(":")
            made = getattr(import_module(module), cls)(self)
            assert isinstance(made, Page)
            found = self._built[name] = made
            found.head_changed.connect(lambda: self._head(name))
            self._stack.addWidget(found)
        return found

    def _tab(self, name: str) -> None:
        self._close_drawer()
        if name == LOCK.name:
            self.lock_asked.emit()
        else:
            self.go(name)

    def go(self, page: str, **where: str) -> None:
        """Open a page, unless the one that is open asks to stay."""
        if self.current and not self._built[self.current].leave():
            return
        # Each key in the search field is no page of its own to go back to.
        typing = page == self.current == "search"
        if self.current and not typing and (self.current, self._where.get(self.current, {})) != (page, where):
            self._history = [*self._history, (self.current, self._where.get(self.current, {}))][-HISTORY:]
        self._open(page, where)

    def back(self) -> None:
        """Open the page before; without one, the first tab."""
        if self.current and not self._built[self.current].leave():
            return
        if self._history:
            self._open(*self._history.pop())
        elif self.navigation.tabs:
            self._open(self.navigation.tabs[0].name, {})

    def _open(self, name: str, where: dict[str, str]) -> None:
        focus = QApplication.focusWidget()
        stays = focus is not None and (self.navigation.isAncestorOf(focus) or self.header.isAncestorOf(focus))
        page = self.page(name)
        self._where[name] = where
        turned = name != self.current
        self.current = name
        page.show_for(**where)
        page.refresh(None)
        self._stale.discard(name)
        self._stack.setCurrentWidget(page)
        self._join_tab()
        self._put_side(page.outline())
        self._head(name)
        self._fit()
        if turned:
            # The outline of a form takes the place of what had the keyboard.
            stays = stays and focus is not None and focus.isVisible()
            first = page.first_focus()
            if first is not None and not stays:
                first.setFocus(Qt.FocusReason.OtherFocusReason)
            elif not stays:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, page.title() or page.over_title())
            self.page_changed.emit(name)

    def _join_tab(self) -> None:
        page = self.open_page()
        self.navigation.choose((page.tab if page is not None else "") or self.current)

    def _head(self, name: str) -> None:
        if name == self.current:
            page = self._built[name]
            searchable = page.searchable and exists("search", self._pages)
            self.header.set_page(page.title(), page.over_title(), page.head_extras(), searchable)
            if name == "search":
                self.header.show_search(self._where[name].get("text", ""))
            elif not self.header.search.hasFocus():
                self.header.search.setText("")

    def _put_side(self, outline: QWidget | None) -> None:
        """The navigation, or what takes its place."""
        wanted = outline if outline is not None else self.navigation
        if self._outline is not None and self._outline is not outline:
            self._side.removeWidget(self._outline)
            self._outline.hide()
        self._outline = outline
        if self._side.indexOf(wanted) < 0:
            self._side.put(wanted)

    def forget(self, *names: str) -> None:
        """Drop built pages, so that they are built anew: after another language, or another person."""
        for name in names or tuple(self._built):
            page = self._built.pop(name, None)
            if page is not None:
                for extra in page.head_extras():
                    extra.setParent(page)
                self._stack.removeWidget(page)
                discard(page)
        if self.current not in self._built:
            self.current = ""

    # ---------------------------------------------------------------- changes

    def _heard(self, changed: Changed) -> None:
        """What work beside the window changed is shown in the window's own thread."""
        if QThread.isMainThread():
            self._changed(changed)
        else:
            self._changed_beside.emit(changed)

    def _changed(self, changed: Changed) -> None:
        for name in self._built:
            if name == self.current:
                self._built[name].refresh_in_place(changed)
                self._head(name)
            else:
                self._stale.add(name)

    def undo(self) -> None:
        """Take the last change back and say so."""
        self.taking_back.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.taking_back.redo()

    def open_page(self) -> Page | None:
        """The page that is open; None before the first."""
        return self._built.get(self.current)

    def leave(self) -> bool:
        """Let the open page commit what is half typed; before a lock."""
        return not self.current or self._built[self.current].leave()

    def drafts(self) -> dict[str, dict[str, Any]]:
        """What is half typed on each page, to be kept over a lock."""
        found = {name: page.draft() for name, page in self._built.items()}
        return {name: draft for name, draft in found.items() if draft is not None}

    def close_down(self) -> None:
        """Listen to the session no longer."""
        self._unsubscribe()
        self.taking_back.close_down()

    # ---------------------------------------------------------------- what pages ask for

    def say(self, words: str, undo: bool = False) -> None:
        """Say what was just done."""
        self.toast.say(words, undo)
        self._place_toast()

    def say_and_show(self, words: str, undo: bool, show: Callable[[], object]) -> None:
        """Say what was just done on another page, with a button that leads there."""
        self.toast.say(words, undo, show)
        self._place_toast()

    def ask(self, dialog: Dialog) -> None:
        """Open a dialog."""
        dialog.open()

    def busy(
        self, words: str, work: Callable[[Progress], Result], done: Callable[[Result], object], cancel: bool = True
    ) -> None:
        """Do work beside the window."""
        from planner.ui.work import Work

        Work(self, words, work, done, cancel=cancel)

    # ---------------------------------------------------------------- room

    @property
    def narrow(self) -> bool:
        """Whether there is one column now."""
        return theme.narrow(self.width())

    def _fit(self) -> None:
        narrow = self.narrow
        if not narrow:
            self._close_drawer()
        side = self._outline if self._outline is not None else self.navigation
        for widget in {self.navigation, side}:
            if self._drawer is None or not self._drawer.isAncestorOf(widget):
                widget.setVisible(widget is side and not narrow)
        words = _("Sections") if self._outline is not None else _("Menu")
        self.header.set_narrow(narrow, True, words)
        self._place_toast()

    def _open_drawer(self) -> None:
        if self._drawer is None and self.narrow:
            side = self._outline if self._outline is not None else self.navigation
            self._drawer = _Drawer(self, side, self._put_back)
            self._drawer.open()

    def _put_back(self, side: QWidget) -> None:
        self._drawer = None
        self._side.insertWidget(0, side)
        self._fit()

    def _close_drawer(self) -> None:
        if self._drawer is not None:
            self._drawer.reject()

    def _place_toast(self) -> None:
        if not self.toast.isVisible():
            return
        edge = theme.space("page")
        left = 0 if self.narrow else (self._outline or self.navigation).width()
        room = self.width() - left - 2 * edge
        width = min(room, max(theme.px(320), self.toast.sizeHint().width()))
        height = max(self.toast.heightForWidth(width), theme.px(48))
        # At the end of the line: main buttons stand at its beginning, and are not to be covered.
        x = edge if theme.rtl else self.width() - edge - width
        # Where a page has a foot, its buttons stand there: what is said stands above it.
        page = self.open_page()
        below = page.below if page is not None else None
        foot = below.height() if below is not None and below.isVisible() else theme.sp(12)
        self.toast.setGeometry(QRect(x, self.height() - height - theme.sp(8) - foot, width, height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Keep the toast in its place when the layout moved."""
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._place_toast)
        return super().event(event)


class _Drawer(Overlay):
    """The navigation, laid over the page from the side where reading begins."""

    def __init__(self, shell: Shell, side: QWidget, put_back: Callable[[QWidget], None]) -> None:
        super().__init__(shell)
        self._side, self._put_back = side, put_back
        self.setAccessibleName(_("Pages"))
        side.setParent(self)
        side.show()

    def arrange(self) -> None:
        width = self._side.width()
        self._side.setGeometry(self.width() - width if theme.rtl else 0, 0, width, self.height())

    def mousePressEvent(self, event: object) -> None:
        self.reject()

    def paintEvent(self, event: object) -> None:
        from planner.ui.kit.paint import painter

        p = painter(self)
        p.fillRect(self.rect(), theme.colour("shade", 0.5 if theme.name == "dark" else 0.28))
        p.end()

    def done(self, result: int) -> None:
        put_back, side = self._put_back, self._side
        put_back(side)
        super().done(result)
