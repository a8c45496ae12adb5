"""Finding a choice among many: letters narrow the cards down; or all of it behind one line that opens."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button, Pressed
from planner.ui.kit.field_paint import SIDE, draw_field
from planner.ui.kit.fields import Field
from planner.ui.kit.floats import Popup
from planner.ui.kit.layouts import Box, clear, column, flow
from planner.ui.kit.paint import Block, across, painter, tinted
from planner.ui.kit.said import announce
from planner.ui.kit.tab_order import in_reading_order
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers_choices_grid import CardGrid
from planner.ui.theme import theme
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.forms import Choice
    from planner.ui.pages.form_answers_choices_cards import Card

SHOWN = 24
"""So many cards are shown at once; letters find the others."""

SEARCHED_FROM = 13
"""A list that opens has a line to search in from so many choices on."""


def folded(words: str) -> str:
    """Words without marks on letters and without large letters: "Leon" finds "León"."""
    apart = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


class Finder(QWidget):
    """Choices with a line to search in above them; to be used as a ``ChoiceGroup`` is.

    A label is found by any part of it, large and small letters alike (XLSForm documentation, "Select widget with
    search"). What is chosen stays on top, whatever is searched for.
    """

    changed = Signal()
    taken = Signal()
    renewed = Signal()
    """Other cards are shown."""

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        many: bool = False,
        chosen: Sequence[str] = (),
        name: str = "",
        files: Mapping[str, bytes] | None = None,
        search: bool = True,
    ) -> None:
        """``search`` False leaves the line away and shows every choice."""
        super().__init__()
        self.setAccessibleName(name)
        self._choices, self.many, self._name, self._files = tuple(choices), many, name, files
        self._found_by = [(each, folded(each.label)) for each in choices]
        offered = {each.value for each in choices}
        self._chosen = [each for each in chosen if each in offered]
        self.field: Field | None = None
        if search:
            self.field = Field(
                icon="search", placeholder=_("Type to find it"), name=_("Find: {what}").format(what=name)
            )
            self.field.textEdited.connect(lambda _text: self._search())
            self.field.installEventFilter(self)
        self._place = Box(True, 0, (0, 0, 0, 0))
        self._more = Text("", "body", "ink_soft").hide_empty()
        self.grid = CardGrid(())
        self._above = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(column(self.field, 12 if search else None, self._above, self._place, 8, self._more))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._fill()

    @property
    def cards(self) -> list[Card]:
        """The cards that are shown now."""
        return self.grid.cards

    def put_above(self, layout: QLayout) -> None:
        """Put something between the line and the cards, where it can be reached however many there are."""
        self._above.put(layout, 12)
        in_reading_order(self)

    def matches(self) -> list[Choice]:
        """The choices that are searched for."""
        wanted = folded(self.field.text().strip()) if self.field is not None else ""
        return [each for each, words in self._found_by if wanted in words]

    def _fill(self) -> None:
        found = self.matches()
        on_top = [each for each in self._choices if each.value in self._chosen and each not in found[:SHOWN]]
        shown = [*on_top, *found[:SHOWN]] if self.field is not None else list(self._choices)
        clear(self._place)
        self.grid = CardGrid(shown, many=self.many, chosen=self._chosen, name=self._name, files=self._files)
        self.grid.changed.connect(self._clicked)
        self.grid.taken.connect(self.taken)
        self._place.put(self.grid)
        self.grid.show()
        left = len(found) - len(found[:SHOWN]) if self.field is not None else 0
        if not found and self._choices:
            words = _("Nothing like this is in the list. Fewer letters may find more.")
        elif left:
            words = n_(
                "{n} more is in the list. Type a few letters to find it.",
                "{n} more are in the list. Type a few letters to find one.",
                left,
            ).format(n=left)
        else:
            words = ""
        self._more.setText(words)
        in_reading_order(self)  # cards that come later would else be reached after all that follows on the page

    def _search(self) -> None:
        self._fill()
        self.renewed.emit()
        count = len(self.matches())
        announce(self, n_("{n} found", "{n} found", count).format(n=count))

    def _clicked(self) -> None:
        shown = {card.value for card in self.cards}
        hidden = [] if not self.many else [each for each in self._chosen if each not in shown]
        now = self.grid.values()
        kept = [each for each in self._chosen if each in now or each in hidden]
        self._chosen = kept + [each for each in now if each not in kept]
        self.changed.emit()

    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order chosen."""
        return tuple(self._chosen)

    def choose(self, values: Collection[str]) -> None:
        """Choose without telling anyone."""
        self._chosen = [each.value for each in self._choices if each.value in values]
        self._fill()
        self.renewed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line, arrow down goes to the cards, and Enter takes the only one that is left."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.cards:
            if event.key() == Qt.Key.Key_Down:
                self.cards[0].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            found = self.matches()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(found) == 1:
                only = next(card for card in self.cards if card.value == found[0].value)
                if not (only.isChecked() and self.many):
                    only.click()
                return True
        return super().eventFilter(watched, event)


class Opener(Pressed):
    """One line that says what is chosen, and opens the choices. It grows with its words."""

    def __init__(self, name: str, empty: str) -> None:
        """``name`` is the question; ``empty`` is said while nothing is chosen."""
        super().__init__("", name)
        self._name, self._empty = name, empty
        self._block = Block("")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say("")

    def say(self, words: str) -> None:
        """What is chosen, in words."""
        self.setText(words)
        self.setAccessibleName(f"{self._name}: {words or self._empty}")
        self.retheme()

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text() or self._empty, "lead")
        self.updateGeometry()
        self.update()

    def _room(self, width: int) -> int:
        return max(1, width - 2 * theme.sp(SIDE) - theme.size("icon_small") - theme.sp(8))

    def hasHeightForWidth(self) -> bool:
        """Long words take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        return max(theme.size("choice"), self._block.height(self._room(width)) + 2 * theme.px(12))

    def sizeHint(self) -> QSize:
        """In one line."""
        beside = 2 * theme.sp(SIDE) + theme.size("icon_small") + theme.sp(8)
        return QSize(int(self._block.natural()) + 2 + beside, theme.size("choice"))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(160), theme.size("choice"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down opens it too, with and without Alt."""
        if event.key() == Qt.Key.Key_Down:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field with an arrow down."""
        draw_field(self, self.hasFocus())
        p = painter(self)
        size, side = theme.size("icon_small"), theme.sp(SIDE)
        room = self._room(self.width())
        area = QRectF(across(self, side, room), 0, room, self.height())
        self._block.paint_middle(p, area, "ink" if self.text() else "ink_soft")
        left = across(self, self.width() - side - size, size)
        p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, "down", "ink_soft", size))
        p.end()


class OpenList(QWidget):
    """The choices of a question behind one line: for many choices, or little room."""

    changed = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        many: bool = False,
        chosen: Sequence[str] = (),
        name: str = "",
        files: Mapping[str, bytes] | None = None,
        search: bool = False,
    ) -> None:
        """``search`` True puts a line to search in above the choices, however few there are."""
        super().__init__()
        self._choices, self._many, self._name, self._files = tuple(choices), many, name, files
        self._search = search or len(self._choices) >= SEARCHED_FROM
        offered = {each.value for each in choices}
        self._chosen = tuple(each for each in chosen if each in offered)
        self.opener = Opener(name, _("Choose what fits") if many else _("Choose one"))
        self.opener.clicked.connect(lambda _on=False: self.open())
        self.setFocusProxy(self.opener)
        self.setLayout(column(self.opener))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._say()

    def _say(self) -> None:
        labels = {each.value: each.label for each in self._choices}
        self.opener.say(", ".join(labels[each] for each in self._chosen))

    def values(self) -> tuple[str, ...]:
        """What is chosen, in the order chosen."""
        return self._chosen

    def show_chosen(self, values: Sequence[str]) -> None:
        """Choose, without telling anyone."""
        self._chosen = tuple(values)
        self._say()

    def take(self, values: Sequence[str]) -> None:
        """Choose, and tell it."""
        if tuple(values) != self._chosen:
            self.show_chosen(values)
            self.changed.emit()

    def open(self) -> None:
        """Open the choices below the line."""
        finder = Finder(
            self._choices,
            many=self._many,
            chosen=self._chosen,
            name=self._name,
            files=self._files,
            search=self._search,
        )
        done = Button(_("Done"), "plain", name=_("Done: {what}").format(what=self._name)) if self._many else None
        none = Button(_("Take my answer back"), "quiet") if self._chosen else None
        buttons = [each for each in (done, none) if each is not None]
        if buttons:
            finder.put_above(flow(*buttons))
        inner = column(finder, margins=(12, 12, 12, 12))
        popup = _Choices(self.opener, inner, finder)
        if done is not None:
            done.clicked.connect(lambda _on=False: popup.accept())
        if none is not None:
            none.clicked.connect(lambda _on=False: self._taken(popup, ()))
        if self._many:
            finder.changed.connect(lambda: self.take(finder.values()))
        else:
            # Not from within the press itself: what is pressed would be gone before it is let go.
            finder.taken.connect(lambda: QTimer.singleShot(0, self, lambda: self._taken(popup, finder.values())))
        popup.open()

    def _taken(self, popup: Popup, values: Sequence[str]) -> None:
        popup.accept()
        self.take(values)


class _Choices(Popup):
    """The choices, as wide as the line that opens them."""

    def __init__(self, anchor: QWidget, inner: Box, finder: Finder) -> None:
        self._finder = finder
        super().__init__(anchor, inner, anchor.width(), anchor.accessibleName())

    def first_focus(self) -> QWidget | None:
        """The line to search in, else what is chosen, else the first choice."""
        cards = self._finder.cards
        return self._finder.field or next((card for card in cards if card.isChecked()), cards[0] if cards else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the choice of that number, as on the page below."""
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= min(9, len(self._finder.cards)) and not event.modifiers():
            self._finder.cards[digit - 1].click()
        else:
            super().keyPressEvent(event)
