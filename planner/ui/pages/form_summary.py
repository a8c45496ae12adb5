"""Everything that was answered, to read over; each line leads back to its page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.form_views import View, asks
from planner.ui.pages.form_words import WAYS, shown
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import FormPage, Question
    from planner.ui.formats import Formats


class SummaryView(View):
    """By sections; what is open is said once a section and leads to the first of it."""

    look_at = Signal(object)
    print_asked = Signal()

    def __init__(self, pages: Sequence[FormPage], formats: Formats) -> None:
        super().__init__()
        self.rows: list[ListRow] = []
        self._formats = formats
        main = column(
            Text(_("To read over"), "question"),
            8,
            Text(_("Choose a line to change it. Nothing has to be complete."), "body", "ink_soft"),
        )
        asking = [page for page in pages if any(asks(item) for item in page.items)]
        for _section, group in groupby(asking, key=lambda page: page.section):
            inside = list(group)
            main.put(28, Section(inside[0].section_title) if inside[0].section_title else Rule())
            for line in self._lines(inside):
                main.put(line, Rule(start=8))
        aside = Note(_("Next you see what could go into your plan. You choose each thing. Nothing goes in by itself."))
        self.print_button = Button(_("Print these answers"), "quiet", icon="print", on=self.print_asked.emit)
        self.setLayout(column(columns(main, column(aside, 12, flow(self.print_button)), "why_width")))

    def _lines(self, pages: Sequence[FormPage]) -> list[ListRow]:
        lines: list[ListRow] = []
        open_page: FormPage | None = None
        for page in pages:
            for item in filter(asks, page.items):
                words = self._words(item)
                if words:
                    lines.append(self._line(item.label, words, page))
                else:
                    open_page = open_page or page
        if open_page is not None:
            words = _("Some of it is left open. That is fine.") if lines else _("Left open. That is fine.")
            lines.append(
                ListRow(Text(words, "body", "ink_soft"), spoken=words, on=partial(self.look_at.emit, open_page))
            )
        self.rows += lines
        return lines

    def _words(self, item: Question) -> str:
        if item.way is not None and not item.value:
            return _(WAYS[item.way][0])
        return shown(item, self._formats)

    def _line(self, label: str, words: str, page: FormPage) -> ListRow:
        both = hold(column(Text(label, "body", "ink_soft"), Text(words, "row")))
        return ListRow(both, spoken=f"{label} {words}", on=partial(self.look_at.emit, page))

    def heading(self) -> str:
        """The title."""
        return _("To read over")

    def first(self) -> QWidget | None:
        """The first line."""
        return self.rows[0].press if self.rows else None
