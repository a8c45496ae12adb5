"""The tabs of the notebook, and which page stands behind each name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.called import called
from planner.ui.kit.buttons import Pressed, draw_tick
from planner.ui.kit.layouts import MIDDLE, Box, clear, row
from planner.ui.kit.paint import Block, across, painter, rounded, tinted
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.text import Mark, Text
from planner.ui.theme import theme
from planner.words import N_, _

PAGES: dict[str, str] = {
    "today": "planner.ui.pages.today:TodayPage",
    "plan": "planner.ui.pages.plan:PlanPage",
    "calendar": "planner.ui.pages.calendar:CalendarPage",
    "calendar-import": "planner.ui.pages.calendar_import:CalendarImportPage",
    "appointment": "planner.ui.pages.appointment:AppointmentPage",
    "people": "planner.ui.pages.people:PeoplePage",
    "cards-import": "planner.ui.pages.cards_import:CardsImportPage",
    "forms": "planner.ui.pages.forms:FormsPage",
    "forms-bring": "planner.ui.pages.forms_bring:FormsBringPage",
    "form": "planner.ui.pages.form:FormPage",
    "form-read": "planner.ui.pages.form_read:FormReadPage",
    "library": "planner.ui.pages.library:LibraryPage",
    "guide": "planner.ui.pages.guide:GuidePage",
    "goal-idea": "planner.ui.pages.goal_idea:GoalIdeaPage",
    "kit": "planner.ui.pages.kit:KitPage",
    "everyone": "planner.ui.pages.everyone:EveryonePage",
    "notes": "planner.ui.pages.notes:NotesPage",
    "papers": "planner.ui.pages.papers:PapersPage",
    "check-ins": "planner.ui.pages.check_ins:CheckInsPage",
    "scores": "planner.ui.pages.scores:ScoresPage",
    "clocks": "planner.ui.pages.clocks:ClocksPage",
    "safety": "planner.ui.pages.safety:SafetyPage",
    "card": "planner.ui.pages.safety_card:CardPage",
    "print": "planner.ui.pages.print:PrintPage",
    "activity": "planner.ui.pages.activity:ActivityPage",
    "copies": "planner.ui.pages.copies:CopiesPage",
    "copy": "planner.ui.pages.copies_compare:CopyPage",
    "help": "planner.ui.pages.help:HelpPage",
    "directory": "planner.ui.pages.directory:DirectoryPage",
    "directory-import": "planner.ui.pages.directory_import:DirectoryImportPage",
    "search": "planner.ui.pages.search:SearchPage",
    "packs": "planner.ui.pages.packs:PacksPage",
    "packs-bring": "planner.ui.pages.packs_bring:PacksBringPage",
    "settings": "planner.ui.pages.settings:SettingsPage",
    "limits": "planner.ui.pages.limits:LimitsPage",
    "moment": "planner.ui.pages.moment:MomentPage",
}
"""Page names and where their classes are; a module is imported when its page is first opened."""


@dataclass(frozen=True)
class Tab:
    """One tab. ``state`` (done, here, open) draws a step's circle for the icon; ``note`` is a soft second line.

    ``own``: its words are somebody's own, and never translated.
    """

    name: str
    text: str
    icon: str = ""
    note: str = ""
    state: str = ""
    own: bool = False


FOR_ME = (
    Tab("today", N_("Today"), "today"),
    Tab("plan", N_("My plan"), "plan"),
    Tab("calendar", N_("Calendar"), "calendar"),
    Tab("people", N_("People"), "people"),
    Tab("forms", N_("Guided forms"), "forms"),
    Tab("library", N_("Library"), "library"),
    Tab("papers", N_("My papers"), "papers"),
    Tab("print", N_("Print and share"), "print"),
)
ONE_PERSON = (
    Tab("today", N_("Today"), "today"),
    Tab("plan", N_("The plan"), "plan"),
    Tab("calendar", N_("Calendar"), "calendar"),
    Tab("people", N_("People"), "people"),
    Tab("forms", N_("Guided forms"), "forms"),
    Tab("library", N_("Library"), "library"),
    Tab("papers", N_("Papers"), "papers"),
    Tab("print", N_("Print and share"), "print"),
    Tab("notes", N_("Notes"), "notes"),
)
WITH_EVERYONE = (
    Tab("today", N_("Today"), "today"),
    Tab("calendar", N_("Calendar"), "calendar"),
    Tab("everyone", N_("People I work with"), "people"),
    Tab("library", N_("Library"), "library"),
)
WITH_SOMEONE = ONE_PERSON[:-1]


def exists(name: str, pages: dict[str, str]) -> bool:
    """Whether the page behind a name is there."""
    return name in pages and find_spec(pages[name].partition(":")[0]) is not None


class NavItem(Pressed):
    """A tab: the chosen one is a piece of the page."""

    def __init__(self, tab: Tab, chosen: bool = False) -> None:
        """Words are translated here."""
        super().__init__(tab.text if tab.own else _(tab.text))
        self.tab, self.chosen = tab, chosen
        self._note = _(tab.note)
        self.ring_inset = 4
        self._plain = self._heavy = self._below = Block("")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_chosen(chosen)
        self.retheme()

    def set_chosen(self, chosen: bool) -> None:
        """Join it to the page, or not; also said by a screen reader."""
        self.chosen = chosen
        states = {"done": _("done"), "here": _("you are here"), "open": _("later")}
        spoken = [
            self._note,
            _("you are here") if chosen and not self.tab.state else "",
            states.get(self.tab.state, ""),
        ]
        self.setAccessibleDescription(", ".join(part for part in spoken if part))
        self.update()

    def retheme(self) -> None:
        """Set the words anew."""
        self._plain = Block(self.text(), "label")
        self._heavy = Block(self.text(), "label", weight=600)
        self._below = Block(self._note, "body")
        self.updateGeometry()

    def _lead(self) -> int:
        return theme.sp(24) + theme.size("icon") + theme.sp(12)

    def _room(self, width: int) -> int:
        return max(1, width - self._lead() - theme.sp(16))

    def hasHeightForWidth(self) -> bool:
        """Long names wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """44 for one line, 20 more for each other."""
        extra = (self._heavy.count(self._room(width)) - 1) * self._heavy.line_height
        if self._note:
            extra += self._below.height(self._room(width)) - theme.px(4)
        return theme.size("nav") + extra

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(200), self.heightForWidth(theme.size("nav_width")))

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(120), theme.size("nav"))

    def _paint_piece(self, p: QPainter) -> None:
        width, height = self.width(), self.height()
        p.save()
        if theme.rtl:
            p.translate(width, 0)
            p.scale(-1, 1)
        if self.chosen:
            bend, start = theme.radius("control"), theme.sp(12) + 0.5
            path = QPainterPath()
            path.moveTo(width + 1, 0.5)
            path.lineTo(start + bend, 0.5)
            path.arcTo(QRectF(start, 0.5, 2 * bend, 2 * bend), 90, 90)
            path.lineTo(start, height - 0.5 - bend)
            path.arcTo(QRectF(start, height - 0.5 - 2 * bend, 2 * bend, 2 * bend), 180, 90)
            path.lineTo(width + 1, height - 0.5)
            p.fillPath(path, theme.colour("page"))
            p.setPen(QPen(theme.colour("line"), 1))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawPath(path)
        elif self.hovered or self.isDown():
            area = QRectF(theme.sp(12), 0, width - 2 * theme.sp(12), height)
            rounded(p, area, theme.radius("control"), theme.colour("press"))
        p.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The piece of paper, the icon or circle, the words."""
        p = painter(self)
        self._paint_piece(p)
        size, start = theme.size("icon"), theme.sp(24)
        left, first = across(self, start, size), theme.size("nav")
        if self.tab.state:
            state = "later" if self.tab.state == "open" else self.tab.state
            draw_tick(p, self, QRectF(left, (first - size) / 2, size, size), state)
        elif self.tab.icon:
            image = tinted(self, self.tab.icon, "accent" if self.chosen else "ink_soft", size)
            p.drawPixmap(round(left), round((first - size) / 2), image)
        room = self._room(self.width())
        left = across(self, self._lead(), room)
        block = self._heavy if self.chosen else self._plain
        top = (first - block.line_height) / 2
        high = block.height(room)
        block.paint(p, QRectF(left, top, room, high), "ink" if self.chosen else "ink_soft")
        if self._note:
            self._below.paint(p, QRectF(left, top + high - theme.px(1), room, self.height()), "ink_soft")
        p.end()


class Moment(Pressed):
    """Take a moment: within reach on every page."""

    def __init__(self) -> None:
        """On sand, at the foot."""
        super().__init__(_("Take a moment"))
        self._block = Block("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retheme()

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text(), "label")
        self.setFixedHeight(theme.size("nav"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sand, waves, words."""
        p = painter(self)
        over = self.hovered or self.isDown()
        edge = theme.colour("line_strong" if over else "sand_line")
        rounded(p, QRectF(self.rect()), theme.radius("control"), theme.colour("sand"), edge)
        size, start = theme.size("icon"), theme.sp(12)
        p.drawPixmap(
            round(across(self, start, size)),
            round((self.height() - size) / 2),
            tinted(self, "moment", "ink_soft", size),
        )
        start += size + theme.sp(12)
        room = self.width() - start - theme.sp(8)
        self._block.paint_middle(p, QRectF(across(self, start, room), 0, room, self.height()), "ink")
        p.end()


class Navigation(QWidget):
    """The desk beside the page, with its tabs. Also the outline of a guided form, which takes its place."""

    chosen_changed = Signal(str)
    moment_asked = Signal()

    def __init__(self, *, width: str = "nav_width", top: QWidget | None = None, moment: bool = True) -> None:
        """``top`` stands in the place of the mark; ``width`` is a size of the table."""
        super().__init__()
        self._width = width
        self._items: list[NavItem] = []
        self._foot_items: list[NavItem] = []
        self._chosen = ""
        self._switcher: QWidget | None = None
        self._switcher_place = Box(True, 0, (12, 0, 12, 0))
        self._tabs = Box(True, 4, (0, 0, 0, 0))
        self.moment = Moment()
        if not moment:  # shown before it has a parent, it would open as a window of its own
            self.moment.hide()
        self.moment.clicked.connect(lambda _on=False: self.moment_asked.emit())
        self._foot = Box(True, 4, (0, 0, 0, 0))
        mark = (
            row((Mark(), MIDDLE), (Text(called.name, "card"), 1), gap=12, margins=(24, 0, 12, 0))
            if top is None
            else top
        )
        inner = Box(True, 0, (0, 20, 0, 20))
        inner.put(mark, 20, self._switcher_place, self._tabs)
        inner.addStretch(1)
        inner.put(16)
        foot_line = Box(True, 0, (12, 0, 12, 0))
        foot_line.put(self.moment)
        inner.put(foot_line, 8, self._foot)
        self._scroll = Scroll(inner)
        whole = Box(True, 0, (0, 0, 0, 0))
        whole.put((self._scroll, 1))
        self.setLayout(whole)
        self.setAccessibleName(_("Pages"))
        self.retheme()

    def retheme(self) -> None:
        """Take the width from the theme again."""
        self.setFixedWidth(theme.size(self._width))

    def set_tabs(self, tabs: Sequence[Tab], foot: Sequence[Tab] = ()) -> None:
        """Show these tabs; ``foot`` ones stand at the end, under Take a moment."""
        for box in (self._tabs, self._foot):
            clear(box)
        self._items = self._fill(self._tabs, tabs)
        self._foot_items = self._fill(self._foot, foot)
        self.choose(self._chosen)

    def _fill(self, box: Box, tabs: Sequence[Tab]) -> list[NavItem]:
        items = [NavItem(tab) for tab in tabs]
        for item in items:
            box.put(item)
            item.clicked.connect(lambda _on=False, name=item.tab.name: self.chosen_changed.emit(name))
        return items

    @property
    def tabs(self) -> list[Tab]:
        """The tabs that can be chosen, without those at the foot."""
        return [item.tab for item in self._items]

    def choose(self, name: str) -> None:
        """Join a tab to the page; a name that is no tab joins none."""
        self._chosen = name
        for item in self._items + self._foot_items:
            item.set_chosen(item.tab.name == name)

    def item(self, name: str) -> NavItem | None:
        """The tab of a name."""
        return next((item for item in self._items + self._foot_items if item.tab.name == name), None)

    def set_switcher(self, widget: QWidget | None) -> None:
        """Whose pages are open: stands above the tabs; None takes it away. Ctrl+K calls its ``open()``."""
        clear(self._switcher_place)
        self._switcher = widget
        if widget is not None:
            self._switcher_place.put(widget, 16)

    def open_switcher(self) -> bool:
        """Open the switcher; False when there is none."""
        opener: Callable[[], object] | None = getattr(self._switcher, "open", None)
        if opener is None:
            return False
        opener()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go from tab to tab."""
        items: list[QWidget] = [*self._items, *([self.moment] if self.moment.isVisible() else []), *self._foot_items]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        here = next((place for place, item in enumerate(items) if item.hasFocus()), -1)
        if step and here >= 0:
            items[(here + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk, and the page's edge; the chosen tab paints over the edge."""
        p = QPainter(self)
        p.fillRect(self.rect(), theme.colour("desk"))
        p.fillRect(0 if theme.rtl else self.width() - 1, 0, 1, self.height(), theme.colour("line"))
        p.end()
