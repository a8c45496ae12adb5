"""The sections of a form in the navigation's place: quiet, and each can be opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Overlay
from planner.ui.kit.layouts import Box, column, hold, row
from planner.ui.kit.text import Text
from planner.ui.kit.tips import set_tip
from planner.ui.navigation import Navigation, Tab
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.forms import OutlineSection
    from planner.ui.pages.form_flow import Flow

SUMMARY = "summary"


class Outline(Navigation):
    """One tab a section, then the page to read over.

    ``section_asked`` carries a section's ref, its number where it has none, or :data:`SUMMARY`.
    """

    section_asked = Signal(str)
    all_forms_asked = Signal()

    def __init__(self) -> None:
        title = Text("", "card")
        back = Button(_("All guided forms"), "quiet", icon="back")
        self._note = Text(_("Stop any time. It is all kept."), "body", "ink_soft")
        words = column(title, self._note, margins=(12, 0, 12, 0))
        super().__init__(width="outline_width", top=hold(column(back, 8, hold(words), margins=(12, 0, 12, 0))))
        self._title, self.all_forms = title, back
        back.clicked.connect(lambda _on=False: self._ask_all())
        self._shown: list[Tab] = []
        self.setAccessibleName(_("Sections"))
        self._keep_moment_in_sight()
        set_tip(self.moment, _("Also with Esc"))
        self.moment.setAccessibleDescription(_("Also with Esc"))
        self.chosen_changed.connect(self._asked)

    def _keep_moment_in_sight(self) -> None:
        """A form may have many sections: they scroll, and the way to a quiet moment stays where it is."""
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = self.layout()
        assert isinstance(layout, Box)
        layout.put(hold(row((self.moment, 1), margins=(12, 8, 12, 20))))

    def say_nothing_is_kept(self) -> None:
        """The form is only tried."""
        self._note.setText(_("Stop any time. Nothing is kept."))

    def show_flow(self, title: str, flow: Flow, *, here: bool) -> None:
        """Show where she is; ``here`` False: on none of the pages."""
        self._title.setText(title)
        page = flow.page
        sections = flow.filling.outline()
        order = [section.part for section in sections]
        at = order.index(page.part) if page.part in order else len(order)
        names = [flow.named(section.part, title) for section in sections]
        tabs = [_tab(section, number, at, names[number], here=here) for number, section in enumerate(sections)]
        tabs.append(Tab(SUMMARY, _("To read over"), state="here" if at == len(order) and here else "open"))
        chosen = "" if not here else tabs[at].name
        if tabs != self._shown:
            focused = next((item.tab.name for item in self._items if item.hasFocus()), None)
            self._chosen = chosen
            self.set_tabs(tabs)
            self._shown = tabs
            item = self.item(focused) if focused is not None else None
            if item is not None:
                item.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choose(chosen)
        QTimer.singleShot(0, self, self._show_here)

    def _show_here(self) -> None:
        """Bring the section in which she is, and what is beside it, into sight."""
        item = self.item(self._chosen)
        if item is not None:
            self._scroll.ensureWidgetVisible(item, 0, 2 * item.height())

    def _asked(self, name: str) -> None:
        self._and_shut(lambda: self.section_asked.emit(name))

    def _ask_all(self) -> None:
        self._and_shut(self.all_forms_asked.emit)

    def _and_shut(self, then: Callable[[], object]) -> None:
        """Where it lies over the page, it goes away before the page turns."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, Overlay):
            parent = parent.parentWidget()
        if isinstance(parent, Overlay):
            parent.reject()
        then()


def _tab(section: OutlineSection, number: int, at: int, name: str, *, here: bool) -> Tab:
    # What was passed over without an answer is still open, or a date that cannot wait would look settled.
    was_read = not section.asks and number < at
    done = section.state == "answered" or was_read
    state = "here" if number == at and here else "done" if done else "open"
    if section.state == "later":
        note = _("Left for later")
    elif section.kept_for_later:
        note = n_("{n} kept for later", "{n} kept for later", section.kept_for_later).format(n=section.kept_for_later)
    else:
        note = _(section.note) if not done else ""
    return Tab(section.ref or str(section.part), name, note=note, state=state)
