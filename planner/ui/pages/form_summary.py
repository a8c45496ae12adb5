"""Everything that was answered, to read over; each line leads back to its page."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from planner.forms.styling import plain
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


AT_ONCE = 30
"""Lines that come up at once; more than a window shows."""


class SummaryView(View):
    """By sections; what is open is said once a section and leads to the first of it.

    Of a long form the first sections come up at once, the others one by one as soon as the window has time.
    """

    look_at = Signal(object)
    print_asked = Signal()
    whole = Signal()
    """Now every section is there."""

    def __init__(self, pages: Sequence[FormPage], formats: Formats, *, leads: bool = True) -> None:
        """``leads``: whether the form can bring something into the plan."""
        super().__init__()
        self._leads = leads
        self.rows: list[ListRow] = []
        self._formats = formats
        self._main = main = column(
            Text(_("To read over"), "question"),
            8,
            Text(_("Choose a line to change it. Nothing has to be complete."), "body", "ink_soft"),
        )
        self._coming = deque(list(group) for _section, group in groupby(pages, key=lambda page: page.part))
        while self._coming and len(self.rows) < AT_ONCE:
            self._put_section()
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._go_on)
        if self._coming:
            self._more.start()
        words = _("Next you see what could go into your plan. You choose each thing. Nothing goes in by itself.")
        aside = Note(words if leads else _("Your answers stay here. You can come back to them and change them."))
        self.print_button = Button(_("Print these answers"), "quiet", icon="print", on=self.print_asked.emit)
        self.setLayout(column(columns(main, column(aside, 12, flow(self.print_button)), "why_width")))

    @property
    def is_whole(self) -> bool:
        """Whether every section is there."""
        return not self._coming

    def _go_on(self) -> None:
        if self.isHidden():
            return  # she has gone on meanwhile
        self._put_section()
        if self._coming:
            self._more.start()
        else:
            self.whole.emit()

    def _put_section(self) -> None:
        inside = [page for page in self._coming.popleft() if any(asks(item) for item in page.items)]
        if not inside:
            return
        self._main.put(28, Section(inside[0].section_title) if inside[0].section_title else Rule())
        for line in self._lines(inside):
            self._main.put(line, Rule(start=8))

    def _lines(self, pages: Sequence[FormPage]) -> list[ListRow]:
        lines: list[ListRow] = []
        open_page: FormPage | None = None
        open_label = ""
        for page in pages:
            for item in filter(asks, page.items):
                words = self._words(item)
                if words:
                    lines.append(self._line(plain(item.label), words, page))
                elif open_page is None:
                    open_page, open_label = page, "" if page.section_title else plain(item.label)
        if open_page is not None:
            words = _("Some of it is left open. That is fine.") if lines else _("Left open. That is fine.")
            # In a part that has no name, what was left open is known by its first question.
            both = hold(column(Text(open_label, "body", "ink_soft").hide_empty(), Text(words, "body", "ink_soft")))
            spoken = f"{open_label} {words}".strip()
            lines.append(ListRow(both, spoken=spoken, on=partial(self.look_at.emit, open_page)))
        self.rows += lines
        return lines

    def _words(self, item: Question) -> str:
        if item.way is not None and not item.value:
            return _(WAYS[item.way][0])
        return shown(item, self._formats)

    def _line(self, label: str, words: str, page: FormPage) -> ListRow:
        both = hold(column(Text(label, "body", "ink_soft"), Text(words, "row")))
        return ListRow(both, spoken=f"{label} {words}", on=partial(self.look_at.emit, page))

    def next_words(self) -> tuple[str, str]:
        """To what comes of it."""
        return (_("See what could go into my plan"), "next") if self._leads else (_("Done for now"), "check")

    def heading(self) -> str:
        """The title."""
        return _("To read over")

    def first(self) -> QWidget | None:
        """The first line."""
        return self.rows[0].press if self.rows else None
