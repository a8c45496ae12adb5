"""Beside a paper that is kept track of: of which kind it is, where to ask for it, what it costs, a safe address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.packs.paper_kinds import PaperKind
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import Box, clear, column, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.library_parts import WhereFrom, points, standing_note
from planner.words import N_, _, language

if TYPE_CHECKING:
    from planner.packs.items import Line
    from planner.ui.page import Desk

PARTS: tuple[tuple[str, str], ...] = (
    ("ask", N_("How to ask for it")),
    ("need", N_("What it takes")),
    ("cost", N_("What it costs")),
    ("safe", N_("A safe address")),
)


class KindHelp(QWidget):
    """A choice of kinds, and what is known about the one that is chosen; the choice itself is not kept."""

    def __init__(self, desk: Desk, chosen: Callable[[PaperKind], object]) -> None:
        """``chosen`` is called with a kind when somebody chooses it."""
        super().__init__()
        self._desk, self._chosen = desk, chosen
        self.kind: PaperKind | None = None
        self.picker = Picker([("", _("Choose"))])
        self.picker.changed.connect(self._take)
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.where_from = WhereFrom(desk)
        self.sheet = Sheet(column(self._lines, 8, self.where_from, margins=(20, 16, 20, 16)), "well")
        row = FieldRow(
            _("Which kind of paper is it?"),
            self.picker,
            optional=True,
            hint=_("Shows where to ask, and what it costs."),
        )
        self.setLayout(column(row, 12, self.sheet))
        self.sheet.hide()

    def show_for(self, title: str) -> None:
        """Offer the kinds, and show the one that is called so, in any language; none where there is no such kind."""
        kinds = self._desk.session.content.paper_kinds()
        self.picker.set_items([("", _("Choose")), *((each.id, each.title.get(language())) for each in kinds)])
        found = next((each for each in kinds if each.is_called(title)), None)
        if found is None and not title.strip():
            self.picker.choose("")
            self._show(None)
        elif found is not None or self.kind is None:
            self.picker.choose(found.id if found is not None else "")
            self._show(found)
        else:
            self.picker.choose(self.kind.id)

    def forget(self) -> None:
        """Nothing is chosen any more."""
        self._show(None)

    def _take(self) -> None:
        wanted = self.picker.value()
        kinds = self._desk.session.content.paper_kinds()
        self._show(next((each for each in kinds if each.id == wanted), None))
        if self.kind is not None:
            self._chosen(self.kind)

    def _show(self, kind: PaperKind | None) -> None:
        if kind is self.kind and kind is not None:
            return
        self.kind = kind
        clear(self._lines)
        self.sheet.setVisible(kind is not None)
        if kind is None:
            return
        for name, head in PARTS:
            said: tuple[Line, ...] = getattr(kind, name)
            if said:
                lines = points(each.words.get(language()) for each in said)
                self._lines.put(hold(column(Text(_(head), "strong"), 8, lines)), 16)
        note = standing_note(self._desk, kind.standing)
        if note is not None:
            self._lines.put(note, 8)
        self.where_from.show_sources(kind.sources, kind.standing)
