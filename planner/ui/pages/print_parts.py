"""What goes onto the pages: the parts as cards to tick, and single things one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from planner.exchange.parts import PlanParts
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.layouts import clear, column, fold
from planner.ui.kit.text import Section, Text
from planner.ui.theme import theme
from planner.words import N_, _

# The flag of PlanParts, its words, its hint; of each group the first stands above the others, which go with it.
GROUPS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        N_("Goals"),
        (
            ("goals", N_("The goals"), ""),
            ("areas", N_("Which part of life"), ""),
            ("why", N_("Why"), ""),
            ("steps", N_("Steps"), ""),
            ("helpers", N_("Who helps"), ""),
            ("barriers", N_("What is in the way"), ""),
            ("finished", N_("What is done or resting"), ""),
        ),
    ),
    (
        N_("Appointments"),
        (
            ("appointments", N_("The next appointments"), ""),
            ("places", N_("Places"), N_("Where, and the way there")),
            ("details", N_("Details"), N_("Who comes along, what to bring")),
        ),
    ),
    (
        N_("People"),
        (
            ("people", N_("People in my life"), ""),
            ("phones", N_("Phone numbers"), N_("And how to reach them")),
            ("children", N_("People I look after"), N_("Children and others")),
        ),
    ),
    (
        N_("Papers and days"),
        (
            ("limits", N_("Days that count"), N_("Time limits, and where each stands")),
            ("papers", N_("Papers to keep track of"), N_("Where each stands, when it runs out")),
            ("check_ins", N_("How it has been"), N_("The last days that were written down")),
        ),
    ),
)
FREE = frozenset({"children", "papers", "check_ins"})
"""Flags that do not hang on the first of their group."""

_DEFAULT = PlanParts()


class PartTick(TickChoice):
    """A part; all are of one width, so that they stand in columns."""

    def sizeHint(self) -> QSize:
        """Half a column."""
        return QSize(theme.px(280), super().sizeHint().height())


class Parts(QWidget):
    """All parts in their groups."""

    changed = Signal()

    def __init__(self, beside_dates: QWidget) -> None:
        """``beside_dates`` stands among the dates, for example how far ahead they go."""
        super().__init__()
        self.ticks: dict[str, PartTick] = {}
        self._beside_dates = beside_dates
        body = column()
        for number, (head, parts) in enumerate(GROUPS):
            for flag, words, hint in parts:
                tick = PartTick(_(words), _(hint) if hint else "", chosen=getattr(_DEFAULT, flag), value=flag)
                tick.clicked.connect(lambda _on=False: self._ticked())
                self.ticks[flag] = tick
            first, *rest = (self.ticks[flag] for flag, _words, _hint in parts)
            pairs = [fold(*rest[at : at + 2]) for at in range(0, len(rest), 2)]
            body.put(28 if number else None, Section(_(head)), 12, first)
            for pair in pairs:
                body.put(8, pair)
            if parts[0][0] == "appointments":
                body.put(12, beside_dates)
        self.setLayout(body)
        self._show()

    def flags(self) -> dict[str, bool]:
        """Each flag of PlanParts that is a part, true where it is in."""
        found = {}
        for _head, parts in GROUPS:
            first = self.ticks[parts[0][0]].isChecked()
            for flag, _words, _hint in parts:
                found[flag] = self.ticks[flag].isChecked() and (first or flag in FREE)
        return found

    def changed_flags(self) -> dict[str, bool]:
        """What is ticked otherwise than at first."""
        return {
            flag: tick.isChecked()
            for flag, tick in self.ticks.items()
            if tick.isChecked() is not getattr(_DEFAULT, flag)
        }

    def take(self, flags: Mapping[str, Any]) -> None:
        """Tick as :meth:`changed_flags` gave it."""
        for flag, on in flags.items():
            if flag in self.ticks:
                self.ticks[flag].setChecked(bool(on))
        self._show()

    def _ticked(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        for _head, parts in GROUPS:
            first = self.ticks[parts[0][0]].isChecked()
            for flag, _words, _hint in parts[1:]:
                self.ticks[flag].setVisible(first or flag in FREE)
        self._beside_dates.setVisible(self.ticks["appointments"].isChecked())


@dataclass(frozen=True)
class Single:
    """One thing that is chosen by itself. ``group`` is the small head above it."""

    id: str
    words: str
    group: str


class OneByOne(QWidget):
    """Things ticked one by one; what she has ticked stays so while the list is another."""

    changed = Signal()

    def __init__(self, *, on_at_first: bool) -> None:
        super().__init__()
        self._on = on_at_first
        self._built = True
        self._other: set[str] = set()
        self._singles: list[Single] = []
        self.ticks: dict[str, TickChoice] = {}
        self._body = column(gap=8)
        self.setLayout(self._body)

    def set_singles(self, singles: Iterable[Single]) -> None:
        """What there is to choose from."""
        wanted = list(singles)
        self._other &= {each.id for each in wanted}
        if wanted != self._singles:
            self._singles = wanted
            self._built = False
            if self.isVisible():
                self._build()

    def showEvent(self, event: QShowEvent) -> None:
        """The cards are made when they are first to be seen: there may be hundreds."""
        self._build()
        super().showEvent(event)

    def _build(self) -> None:
        if self._built:
            return
        self._built = True
        clear(self._body)
        self.ticks = {}
        group = ""
        for each in self._singles:
            if each.group != group:
                group = each.group
                self._body.put(Text(group, "strong"))
            tick = TickChoice(each.words, chosen=self._on is not (each.id in self._other), value=each.id)
            tick.clicked.connect(lambda on, thing=each.id: self._ticked(thing, on))
            self.ticks[each.id] = tick
            self._body.put(tick)

    def off(self) -> frozenset[str]:
        """The ids that are not ticked."""
        return frozenset(each.id for each in self._singles if self._on is (each.id in self._other))

    def on(self) -> frozenset[str]:
        """The ids that are ticked."""
        return frozenset(each.id for each in self._singles) - self.off()

    def _ticked(self, thing: str, on: bool) -> None:
        if on is self._on:
            self._other.discard(thing)
        else:
            self._other.add(thing)
        self.changed.emit()
