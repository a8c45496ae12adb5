"""The head of every page: its title; search, Help now and Hide at the same place everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field
from planner.ui.kit.scroll import SelfSizing
from planner.ui.kit.text import Text
from planner.ui.sight import HideButton
from planner.ui.theme import theme
from planner.words import _


class Header(SelfSizing):
    """Wide: title at the start, controls at the end. Narrow: one bar on the desk, with a menu button."""

    help_asked = Signal()
    hide_asked = Signal()
    menu_asked = Signal()
    undo_asked = Signal()

    def __init__(self) -> None:
        """Everything is made once and only placed anew."""
        super().__init__()
        self._narrow = False
        self._has_menu = True
        self._searchable, self._search_open = True, False
        self._has_help = True
        self._extras: list[QWidget] = []
        self.over = Text("", "body", "ink_soft")
        self.title = Text("", "title")
        self.short = Text("", "label", weight=600, wrap=False)
        self.menu = Button(_("Menu"), icon="menu", name=_("Open the pages"), on=self.menu_asked.emit)
        self.search = Field(placeholder=_("Search"), icon="search", name=_("Search"))
        self.look = Button("", icon="search", name=_("Search"), on=self.focus_search)
        self.undo_button = Button("", icon="undo", name=_("Undo or redo"), on=self.undo_asked.emit)
        self.help = Button(_("Help now"), icon="phone", on=self.help_asked.emit)
        self.hide_button = HideButton()
        self.hide_button.clicked.connect(lambda _checked=False: self.hide_asked.emit())
        for widget in (
            self.menu,
            self.over,
            self.title,
            self.short,
            self.search,
            self.look,
            self.undo_button,
            self.help,
            self.hide_button,
        ):
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # ---------------------------------------------------------------- what it says

    def set_page(self, title: str, over: str, extras: Sequence[QWidget], searchable: bool) -> None:
        """Show the head of another page; extras of the page before are put away, not deleted."""
        for extra in self._extras:
            if extra not in extras:
                extra.hide()
                extra.setParent(None)
        self._extras = list(extras)
        after: QWidget = self.menu
        for extra in self._extras:
            extra.setParent(self)
            QWidget.setTabOrder(after, extra)
            after = extra
        self._searchable = searchable
        # Hidden for a moment, the field would lose the keyboard in the middle of a word.
        self._search_open = self.search.hasFocus()
        self.title.setText(title)
        self.over.setText(over)
        self.short.setText(title or over)
        self.arrange()

    def set_narrow(self, narrow: bool, has_menu: bool = True, menu_words: str = "") -> None:
        """One bar, or the whole head."""
        self._narrow, self._has_menu = narrow, has_menu
        pages = menu_words in {"", _("Menu")}
        self.menu.set_words(menu_words or _("Menu"), _("Open the pages") if pages else "")
        self.arrange()

    def put_help(self, *, there: bool) -> None:
        """Whether this notebook has that page."""
        self._has_help = there
        self.help.setVisible(there)
        self.arrange()

    def translate(self) -> None:
        """Take words of the language in use."""
        self.search.setPlaceholderText(_("Search"))
        self.search.setAccessibleName(_("Search"))
        self.look.set_words("", _("Search"))
        self.undo_button.set_words("", _("Undo or redo"))
        self.help.set_words(_("Help now"))
        self.hide_button.translate()

    # ---------------------------------------------------------------- search

    def focus_search(self) -> None:
        """Bring the search field up and put the keyboard in it."""
        if self._searchable:
            self._search_open = True
            self.arrange()
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def show_search(self, text: str) -> None:
        """Keep the field open with these words, as on the page of what was found."""
        self._search_open = True
        # A blank after a word is not taken away while the next one is on its way.
        if self.search.text().strip() != text:
            self.search.setText(text)
        self.arrange()

    @property
    def is_narrow(self) -> bool:
        """Whether it is one bar now."""
        return self._narrow

    # ---------------------------------------------------------------- where things go

    def retheme(self) -> None:
        """Place everything in the new sizes."""
        QTimer.singleShot(0, self, self.arrange)

    def sizeHint(self) -> QSize:
        """Its height is fixed each time it is arranged."""
        return QSize(theme.px(400), self.height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window may be."""
        return QSize(0, self.height())

    def arrange(self) -> None:
        """Place everything for the width there is."""
        if self.width() < 10:
            return
        height = self._arrange_narrow() if self._narrow else self._arrange_wide()
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)
        self.update()

    def _put(self, widget: QWidget, x: int, y: int, width: int, height: int) -> None:
        """Place a widget ``x`` px from where reading begins."""
        widget.setGeometry(self.width() - x - width if theme.rtl else x, y, width, height)
        widget.show()

    def _arrange_wide(self) -> int:
        edge, top, gap, apart = theme.space("page"), theme.space("page_top"), theme.sp(12), theme.space("card")
        for widget in (self.menu, self.short, self.look):
            widget.hide()
        helps = [self.help] if self._has_help else []
        for button in (*helps, self.hide_button, *self._extras):
            if isinstance(button, Button):
                button.set_bare(False)
        end = self.width() - edge
        high = theme.size("button")
        for button in (self.hide_button, *helps, self.undo_button):
            width = button.sizeHint().width()
            end -= width
            self._put(button, end, top, width, high)
            end -= gap
        wanted = self.title.sizeHint().width()
        extras = sum(extra.sizeHint().width() + apart for extra in self._extras)
        if self._searchable:
            room = end - edge - min(wanted, theme.px(360)) - apart - extras
            width = max(theme.px(140), min(theme.size("search_width"), room))
            end -= width
            self._put(self.search, end, top, width, high)
            end -= gap
        else:
            self.search.hide()
        below = edge + min(wanted, theme.px(300)) + apart + extras > end
        if not below:
            end -= apart - gap
            for extra in reversed(self._extras):
                width = extra.sizeHint().width()
                end -= width
                self._put(extra, end, top, width, extra.sizeHint().height())
                end -= apart
        room = max(theme.px(120), end - edge)
        bottom = self._arrange_title(edge, top, room, high)
        if below:
            bottom = self._extras_in_line(edge, bottom + theme.sp(12))
        return bottom

    def _arrange_title(self, edge: int, top: int, room: int, high: int) -> int:
        """Title with its line above, in the height of the controls when both are short; returns where they end."""
        over, title = self.over.text(), self.title.text()
        over_high = self.over.heightForWidth(room) if over else 0
        title_high = self.title.heightForWidth(room) if title else 0
        y = top
        if not (over and title):
            y += max(0, (high - over_high - title_high) // 2)
        self.over.setVisible(bool(over))
        self.title.setVisible(bool(title))
        if over:
            self._put(self.over, edge, y, room, over_high)
        if title:
            self._put(self.title, edge, y + over_high, room, title_high)
        return max(top + high, y + over_high + title_high)

    def _extras_in_line(self, x: int, y: int) -> int:
        bottom = y
        start = x
        for extra in self._extras:
            hint = extra.sizeHint()
            if x > start and x + hint.width() > self.width() - start:
                x, y = start, bottom + theme.sp(8)
            self._put(extra, x, y, min(hint.width(), self.width() - 2 * start), hint.height())
            x += hint.width() + theme.sp(12)
            bottom = max(bottom, y + hint.height())
        return bottom

    def _bar_height(self) -> int:
        return theme.size("button") + 2 * theme.sp(10)

    def _arrange_narrow(self) -> int:
        edge, gap, high = min(theme.space("page"), self.width() // 24), theme.sp(12), theme.size("button")
        top = theme.sp(10)
        for widget in (self.title, self.over):
            widget.hide()
        self.menu.setVisible(self._has_menu)
        self.look.setVisible(self._searchable and not self._search_open)
        helps = [self.help] if self._has_help else []
        controls = [self.hide_button, *helps, *([self.look] if self._searchable and not self._search_open else [])]
        controls.append(self.undo_button)
        inside = self._extras_in_the_bar(controls, 2 * edge, gap)
        controls += inside
        shy = [self.menu, *helps, self.hide_button]
        for button in shy:
            button.set_bare(False)
        for button in shy:
            taken = sum(b.sizeHint().width() + gap for b in controls)
            taken += self.menu.sizeHint().width() + gap if self._has_menu else 0
            if self.width() - 2 * edge - taken >= min(theme.px(96), self.short.sizeHint().width()):
                break
            button.set_bare(True)
        else:
            # No room for every one: undo is still on its keys, and offered after each change.
            taken = sum(b.sizeHint().width() + gap for b in controls)
            taken += self.menu.sizeHint().width() + gap if self._has_menu else 0
            if self.width() - 2 * edge < taken:
                controls.remove(self.undo_button)
        self.undo_button.setVisible(self.undo_button in controls)
        start = edge
        if self._has_menu:
            width = self.menu.sizeHint().width()
            self._put(self.menu, start, top, width, high)
            start += width + gap
        end = self.width() - edge
        for button in controls:
            width = button.sizeHint().width()
            end -= width
            self._put(button, end, top, width, high)
            end -= gap
        self._put(self.short, start, top, max(1, end - start), high)
        bottom = self._bar_height() + 1
        if self._searchable and self._search_open:
            self._put(self.search, edge, bottom + theme.sp(12), self.width() - 2 * edge, high)
            bottom += theme.sp(12) + high
        else:
            self.search.hide()
        if self._extras and not inside:
            bottom = self._extras_in_line(edge, bottom + theme.sp(12))
        return bottom

    def _extras_in_the_bar(self, controls: Sequence[Button], edges: int, gap: int) -> list[Button]:
        """The extras as icons beside the other controls, so that a line of their own takes no height.

        None if one of them has no icon, or there is no room.
        """
        extras = [each for each in self._extras if isinstance(each, Button) and each.has_icon]
        if len(extras) < len(self._extras):
            return []
        for extra in extras:
            extra.set_bare(True)
        least = sum(each.bare_width() + gap for each in (*controls, *extras, *([self.menu] if self._has_menu else [])))
        if self.width() - edges - least >= theme.px(96):
            return extras
        for extra in extras:
            extra.set_bare(False)
        return []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other places."""
        if event.size().width() != event.oldSize().width():
            super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page; in one column the bar lies on the desk."""
        p = QPainter(self)
        p.fillRect(self.rect(), theme.colour("page"))
        if self._narrow:
            p.fillRect(0, 0, self.width(), self._bar_height(), theme.colour("desk"))
            p.fillRect(0, self._bar_height(), self.width(), 1, theme.colour("line"))
        p.end()
