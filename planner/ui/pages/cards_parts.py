"""Pieces of the page that brings cards in: a list to take people out of, and a card beside who is here already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from planner.session.card_files import Alike, CardDecision, FieldPair, Keep, What
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.choices import Choice
from planner.ui.kit.layouts import TOP, OwnLayout, column, flow, height_of, hold, row
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.said import announce
from planner.ui.kit.text import Icon, Person, Text
from planner.ui.pages.cards_words import (
    FIELD_WORDS,
    KEEP_WORDS,
    about_card,
    by_words,
    careful_words,
    more_words,
    value_words,
)
from planner.ui.pages.people_words import shown_name
from planner.ui.people_words import tone_of
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

Policy = QSizePolicy.Policy
SHOWN = 100
"""Lines of a list that are shown before more are asked for: each is measured when it is shown."""


def _no_line(each: str) -> Line:
    return Line(each, "")


class InOrOut(QWidget):
    """People of whom each is pressed to stay out or to come along; thousands fit, some are shown at a time."""

    changed = Signal()

    def __init__(self, name: str, *, on_words: str, off_words: str) -> None:
        """``on_words`` and ``off_words`` stand at the end of a line, as in "comes in" and "stays out"."""
        super().__init__()
        self._words = {True: on_words, False: off_words}
        self._ids: tuple[str, ...] = ()
        self._line_of: Callable[[str], Line] = _no_line
        self._out: set[str] = set()
        self._most = SHOWN
        self.list = ListView(name)
        self.list.opened.connect(self._turn)
        self.more_button = Button("", "quiet", icon="down", compact=True, on=self._more)
        self._held = hold(flow(self.more_button))
        self.setLayout(column(self.list, self._held))
        self.setFocusProxy(self.list)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def set_people(self, ids: Sequence[str], line_of: Callable[[str], Line], out: Collection[str] = ()) -> None:
        """Show these, each by the line that ``line_of`` makes; ``out`` are those who stay out at first."""
        self._ids, self._line_of, self._out, self._most = tuple(ids), line_of, set(out), SHOWN
        self._show()

    def set_all(self, on: bool) -> None:
        """All of them, or none."""
        self._out = set() if on else set(self._ids)
        self._show()
        self.changed.emit()

    def on(self) -> list[str]:
        """Who comes along, in the order shown, also of those further down."""
        return [each for each in self._ids if each not in self._out]

    def _turn(self, each: str) -> None:
        self._out ^= {each}
        self._show()
        announce(self.list, self._words[each not in self._out])
        self.changed.emit()

    def _more(self) -> None:
        first = self._ids[self._most]
        self._most += SHOWN
        self._show()
        self.list.choose(first)
        self.list.choose("")
        self.list.setFocus()

    def _show(self) -> None:
        self.list.set_lines([self._line(each) for each in self._ids[: self._most]])
        left = len(self._ids) - self._most
        self._held.setVisible(left > 0)
        self.more_button.set_words(more_words(max(left, 0)))

    def _line(self, each: str) -> Line:
        on = each not in self._out
        # An icon as well as words and ink: nobody has to tell tones apart.
        return replace(self._line_of(each), id=each, icon="yes" if on else "no", trail=self._words[on], soft=not on)


class Sides(OwnLayout):
    """Equal shares of one line, however long the words; one under the other where room is short or text is large."""

    LEAST = 168
    """px at 100 % that each share has at least."""

    def sizeHint(self) -> QSize:
        """As wide as a column of a page."""
        return QSize(theme.px(480), self.heightForWidth(theme.px(480)))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Place what is to be seen."""
        items = self.shown()
        gap = theme.sp(self._gap)
        share = (rect.width() - gap * (len(items) - 1)) // max(1, len(items))
        if share < theme.px(self.LEAST) or theme.narrow(1 << 16):
            return self.stacked(items, rect, place)
        height = max((height_of(item, share) for item in items), default=0)
        if place:
            for number, item in enumerate(items):
                self.put_at(item, rect, number * (share + gap), 0, share, height)
        return height


class FieldChoice(QWidget):
    """One field: what is here, what the card says, or both; side by side, or below each other where room is short."""

    changed = Signal()

    def __init__(self, pair: FieldPair, about: str) -> None:
        """``about`` is whose field it is, for a screen reader."""
        super().__init__()
        self.pair = pair
        head = _(FIELD_WORDS[pair.name])
        self.cards: dict[Keep, Choice] = {}
        self._group = QButtonGroup(self)
        # What is here always stands first, so that the two sides mean the same for every field.
        for each in (each for each in Keep if each in pair.offered):
            card = Choice(self._words(each), _(KEEP_WORDS[each]), chosen=each is pair.usual, value=each.value)
            card.setAccessibleName(f"{head}: {card.text()}")
            card.clicked.connect(lambda _on=False: self.changed.emit())
            self.cards[each] = card
            self._group.addButton(card)
        self.setAccessibleName(f"{about}, {head}")
        sides = Sides(8)
        sides.add(*self.cards.values())
        self.setLayout(column(Text(head, "label"), sides, gap=6))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def _words(self, keep: Keep) -> str:
        if keep is Keep.BOTH:
            return _("Keep both")
        value = self.pair.mine if keep is Keep.MINE else self.pair.theirs
        return value_words(self.pair.name, value) or _("Leave it empty")

    def keep(self) -> Keep:
        """What is chosen."""
        return next(each for each, card in self.cards.items() if card.isChecked())


class AlikeCard(QWidget):
    """A card that may be about somebody who is here: the same person, somebody else, or left out."""

    changed = Signal()
    WAYS = (What.MERGE, What.NEW, What.LEAVE)

    def __init__(self, alike: Alike) -> None:
        """Begins with what is usual."""
        super().__init__()
        self.alike = alike
        mine, card = alike.existing, alike.arriving.contact
        name = shown_name(mine)
        told = by_words(alike.by)
        if alike.earlier:
            told = _("{reason}, on another card of this file.").format(reason=told)
        else:
            told = _("{reason} as {name}, who is here.").format(reason=told, name=name)
        self.tray = Segment(
            (_("Same person"), _("Somebody else"), _("Leave out")), self.WAYS.index(alike.usual), shown_name(card)
        )
        self.tray.chosen_changed.connect(self._turned)
        self.fields = [FieldChoice(pair, name) for pair in alike.fields]
        for each in self.fields:
            each.changed.connect(self.changed)
        self._fields = hold(column(*self.fields, gap=16))
        disc = Person(card.name[:1].upper() or "?", tone_of(mine.id))
        words = column(Text(shown_name(card), "row"), Text(told, "body", "ink_soft"))
        self.after = Text("", "body", "ink_soft").hide_empty()
        inner = column(words, 12, flow(self.tray), 8, self.after, 8, self._fields)
        self.setLayout(row((disc, TOP), (inner, 1), gap=12, margins=(8, 16, 8, 20)))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self._show()

    def _turned(self, _place: int) -> None:
        self._show()
        self.changed.emit()

    @property
    def what(self) -> What:
        """What becomes of the card."""
        return self.WAYS[self.tray.chosen]

    def _show(self) -> None:
        self._fields.setVisible(self.what is What.MERGE)
        words = {
            What.MERGE: "",
            What.NEW: _("This card becomes somebody new. Nothing changes for who is here."),
            What.LEAVE: _("This card stays out. Nothing changes."),
        }
        self.after.setText(words[self.what])

    def decision(self) -> CardDecision:
        """What she chose."""
        return CardDecision(self.what, {each.pair.name: each.keep() for each in self.fields})


class CarefulCard(QWidget):
    """A card that is like somebody she keeps away from: it stays out, unless it is somebody else."""

    changed = Signal()

    def __init__(self, desk: Desk, alike: Alike) -> None:
        """Begins with staying out."""
        super().__init__()
        self.alike = alike
        card = alike.arriving.contact
        self.tray = Segment(
            (_("Leave out"), _("This is somebody else")),
            0,
            shown_name(card),
        )
        self.tray.chosen_changed.connect(lambda _place: self.changed.emit())
        name = shown_name(alike.existing)
        words = column(
            Text(shown_name(card), "row"),
            Text(about_card(card), "body", "ink_soft").hide_empty(),
            4,
            Text(careful_words(desk, name), "body"),
            Text(
                _("{reason}. What is written about {name} does not change.").format(
                    reason=by_words(alike.by), name=name
                ),
                "body",
                "ink_soft",
            ),
        )
        inner = column(words, 12, flow(self.tray))
        self.setLayout(row((Icon("shield", "ink_soft", box=24), TOP), (inner, 1), gap=12, margins=(8, 16, 8, 20)))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def decision(self) -> CardDecision:
        """What she chose."""
        return CardDecision(What.NEW if self.tray.chosen else What.LEAVE)
