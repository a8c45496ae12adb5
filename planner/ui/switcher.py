"""Whose pages are open: stands above the tabs, and opens as a list to search in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLayout, QSizePolicy

from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Overlay
from planner.ui.kit.layouts import column
from planner.ui.kit.lists import Line
from planner.ui.kit.paint import Block, across, painter, rounded, soft_shadow, tinted
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.text import Rule, Text, draw_person
from planner.ui.kit.tips import set_tip
from planner.ui.people_list import EVERYONE, PeopleList, draw_all, nobody_line
from planner.ui.people_words import talked, tone_of
from planner.ui.theme import theme
from planner.ui.with_someone import ask_to_open_others, only_words, stay_with, turn_to
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed, Person
    from planner.ui.open_notebook import OpenNotebook

WITH_SOMEONE_KEY = "Ctrl+Shift+W"
WIDTH = 316
"""The open list, px at 100 %."""


class Switcher(Pressed):
    """The closed switcher: disc, name, and one soft line."""

    def __init__(self, desk: OpenNotebook) -> None:
        super().__init__()
        self._desk = desk
        self._popup: SwitcherPopup | None = None
        self._person: Person | None = None
        self._name = self._more = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _on=False: self.open())
        self._key = QShortcut(QKeySequence(WITH_SOMEONE_KEY), desk)
        self._key.activated.connect(self.with_someone)
        stop = desk.session.on_change(self._changed)
        self.destroyed.connect(lambda _gone=None: stop())
        self.show_who()

    # ---------------------------------------------------------------- what it says

    def _changed(self, changed: Changed) -> None:
        if changed.kinds & {"person", "chosen", "note"}:
            self.show_who()

    def show_who(self) -> None:
        """Say whose pages are open now."""
        session = self._desk.session
        self._person = session.person
        if self._person is None:
            count = len(session.people())
            self._name = _("Everyone")
            self._more = n_("{n} person", "{n} people", count).format(n=count)
        else:
            self._name = self._person.shown
            self._more = only_words() if session.only is not None else talked(self._desk, self._person)
        said = ", ".join(part for part in (self._name, self._more) if part)
        self.setAccessibleName(_("Whose pages: {who}").format(who=said))
        self.setAccessibleDescription(_("Press to choose. Ctrl+K opens this from every page."))
        self.retheme()

    def retheme(self) -> None:
        """Set the words anew."""
        self._first = Block(self._name, "label", weight=600, wrap=False)
        self._second = Block(self._more, "body", wrap=False)
        self.setFixedHeight(max(theme.size("person"), theme.line("label") + theme.line("body")) + 2 * theme.sp(12))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the navigation lets it be."""
        return QSize(theme.px(212), self.height())

    def minimumSizeHint(self) -> QSize:
        """Names are cut with an ellipsis; a screen reader has them whole."""
        return QSize(theme.px(120), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with disc, name, soft line and arrow; its edge is green while the list is open."""
        p = painter(self)
        radius, area = theme.radius("control"), QRectF(self.rect())
        opened = self._popup is not None
        ground = "press" if self.isDown() else "well" if self.hovered else "sheet"
        edge, width = ("accent", theme.stroke("chosen")) if opened else ("line_strong", theme.stroke("hair"))
        rounded(p, area, radius, theme.colour(ground), theme.colour(edge), width)
        size, start = theme.size("person"), theme.sp(12)
        disc = QRectF(across(self, start, size), (self.height() - size) / 2, size, size)
        if self._person is None:
            draw_all(p, disc, self.devicePixelRatioF())
        else:
            draw_person(p, disc, self._person.initial, tone_of(self._person.id))
        icon = theme.size("icon_small")
        end = theme.sp(10) + icon
        sign = "lock" if self._desk.session.only is not None else "down"
        left = across(self, self.width() - end, icon)
        p.drawPixmap(round(left), round((self.height() - icon) / 2), tinted(self, sign, "ink_soft", icon))
        start += size + theme.sp(12)
        room = self.width() - start - end - theme.sp(4)
        lines = [(self._first, "ink")] + ([(self._second, "ink_soft")] if self._more else [])
        top = (self.height() - sum(block.line_height for block, _ink in lines)) / 2
        for block, ink in lines:
            block.paint_cut(p, QRectF(across(self, start, room), top, room, block.line_height), ink)
            top += block.line_height
        p.end()

    # ---------------------------------------------------------------- what it does

    def open(self) -> None:
        """Open the list, or what leads back to the others while only one person's pages can be reached."""
        if self._popup is not None:
            return
        self._popup = SwitcherPopup(self, self._desk)
        self._popup.finished.connect(self._closed)
        self._popup.open()
        self.update()

    def _closed(self, _result: int) -> None:
        self._popup = None
        self.update()

    def with_someone(self) -> None:
        """The one key: only the chosen person's pages stay open, or the way back is asked for."""
        session = self._desk.session
        if session.only is not None:
            ask_to_open_others(self._desk)
        elif session.person is not None:
            stay_with(self._desk, session.person)
        else:
            self._desk.say(_("Choose a person first. Then this key leaves only their pages open."))
            self.open()


class SwitcherPopup(Overlay):
    """The open switcher: search as you type, everyone, each person, and adding one."""

    def __init__(self, anchor: Switcher, desk: OpenNotebook) -> None:
        super().__init__(anchor)
        self._anchor, self._desk = anchor, desk
        self.setAccessibleName(_("Whose pages"))
        self.field = Field(placeholder=_("Find a person"), icon="search")
        self.list = PeopleList(_("People"), ticked=True)
        session = desk.session
        if session.only is not None:
            self._build_closed()
            return
        person = session.person
        self.list.choose(person.id if person is not None else EVERYONE)
        self.list.opened.connect(self._take)
        self.list.installEventFilter(self)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.returnPressed.connect(self._take_first)
        only = (
            Button(
                _("Show only {name}").format(name=person.shown),
                "quiet",
                icon="together",
                fill=True,
                centred=False,
                on=lambda: self._then_stay(person),
            )
            if person is not None
            else None
        )
        if only is not None:
            set_tip(only, _("{key} does this from every page.").format(key=WITH_SOMEONE_KEY))
        add = Button(_("Add a person"), "quiet", icon="plus", fill=True, centred=False, on=self._add)
        self._card = self._lay(column(self.field, 8, (self.list, 1), 4, Rule(), 4, only, add, margins=(12, 12, 12, 8)))
        self._fill()

    def _build_closed(self) -> None:
        """With someone: nothing of the others, only the way back."""
        person = self._desk.session.person
        assert person is not None
        self.field.setParent(None)
        self.list.setParent(None)
        words = _("Only {name}’s pages can be opened now.").format(name=person.shown)
        self.open_others = Button(_("Open the others"), icon="lock", on=self._open_others)
        layout = column(
            Text(words, "body"),
            4,
            Text(_("Your passphrase opens the others."), "body", "ink_soft"),
            16,
            self.open_others,
            margins=(20, 16, 20, 20),
        )
        self._card = self._lay(layout)

    def _lay(self, layout: QLayout) -> Scroll:
        """What scrolls as a whole where even the buttons have no room, as in a small window with large text."""
        card = Scroll(layout)
        card.setParent(self)
        return card

    # ---------------------------------------------------------------- what is in it

    def _fill(self) -> None:
        text = self.field.text().strip()
        people = self._desk.session.people(text)
        lines = [] if text else [Line(EVERYONE, _("Everyone"), icon="people")]
        lines += [self._line(person) for person in people]
        if text and not people:
            lines = [nobody_line(text)]
        self.list.set_lines(lines)
        self.list.verticalScrollBar().setValue(0)
        self.list.set_active(people[0].id if text and people else "")
        if text:
            count = len(people)
            announce(self.field, n_("{n} person", "{n} people", count).format(n=count))
        if self.isVisible():
            self.arrange()

    def _line(self, person: Person) -> Line:
        told = _("Resting for now") if person.resting else talked(self._desk, person)
        return Line(person.id, person.shown, told, letter=person.initial, tone=tone_of(person.id))

    # ---------------------------------------------------------------- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys lead from the field into the list and back; letters typed in the list go to the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.field and event.key() == Qt.Key.Key_Down and self._has_lines():
                self._into_list()
                return True
            if watched is self.list and self._from_list(event):
                return True
        return super().eventFilter(watched, event)

    def _has_lines(self) -> bool:
        return any(not line.section for line in self.list.lines())

    def _into_list(self) -> None:
        searched = bool(self.list.active)
        self.list.set_active("")
        # The chosen one is where the keyboard comes in; among the people that were found, the first.
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        if not searched:
            self.list.choose(self.list.chosen)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.show_current()

    def _from_list(self, event: QKeyEvent) -> bool:
        up = event.key() == Qt.Key.Key_Up and self.list.currentIndex().row() <= 0
        typed = event.text()
        letters = bool(typed) and typed.isprintable() and not typed.isspace()
        if not up and not letters:
            return False
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if letters:
            self.field.setText(self.field.text() + typed)
        return True

    # ---------------------------------------------------------------- what is done

    def _take_first(self) -> None:
        if self.list.active:
            self._take(self.list.active)

    def _take(self, line_id: str) -> None:
        self.accept()
        person = None if line_id == EVERYONE else line_id
        session = self._desk.session
        here = session.person.id if session.person is not None else None
        if person != here:
            turn_to(self._desk, person)

    def _then_stay(self, person: Person) -> None:
        self.accept()
        stay_with(self._desk, person)

    def _open_others(self) -> None:
        self.accept()
        ask_to_open_others(self._desk)

    def _add(self) -> None:
        from planner.ui.dialogs.person import AddPerson

        text = self.field.text().strip()
        self.accept()
        self._desk.ask(AddPerson(self._desk, self._desk, text, self._added))

    def _added(self, person: Person) -> None:
        turn_to(self._desk, person.id)

    # ---------------------------------------------------------------- where it lies

    def arrange(self) -> None:
        """Under the switcher, no longer than the window; the list gives way, not the field or the buttons."""
        edge = theme.space("tight")
        anchor = QRect(self._anchor.mapTo(self._window, self._anchor.rect().topLeft()), self._anchor.size())
        width = min(max(theme.px(WIDTH), anchor.width()), self.width() - 2 * edge)
        top = anchor.bottom() + 1 + theme.sp(12)
        lowest = self.height() - edge
        if self._desk.session.only is None:
            least = 2 * (theme.size("person") + theme.sp(16))
            self.list.setFixedHeight(least)
            rest = self._card.heightForWidth(width) - least
            top = max(edge, min(top, lowest - rest - 2 * least))
            most = max(least, lowest - top - rest)
            self.list.setFixedHeight(min(most, self.list.full_height(width - 2 * theme.sp(12), most)))
        wanted = self._card.heightForWidth(width)
        left = anchor.right() + 1 - width if theme.rtl else anchor.left()
        left = max(edge, min(left, self.width() - width - edge))
        for place in self.kept_clear:
            if place.intersects(QRect(left, top, width, min(wanted, lowest - top))):
                top = place.bottom() + edge
        self._card.setGeometry(left, top, width, min(wanted, lowest - top))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Outside: close."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.reject()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with a soft shadow."""
        p = painter(self)
        area = QRectF(self._card.geometry())
        soft_shadow(p, area, theme.radius("card"))
        rounded(p, area, theme.radius("card"), theme.colour("sheet"), theme.colour("line"))
        p.end()
