"""What the page of forms shows of forms that were brought in, and of answers that were finished earlier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import ask_first
from planner.ui.kit.layouts import Box, apart, clear, column, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Section, Text
from planner.words import _

if TYPE_CHECKING:
    from planner.session.types import FormInfo
    from planner.store.rows import FillingRow
    from planner.ui.page import Desk


def own_words(info: FormInfo) -> str:
    """What can be said of a form that says nothing of itself."""
    if not info.own:
        return ""
    if info.giver:
        return _("From {giver}, version {v}.").format(giver=info.giver, v=info.version or "–")
    return _("Brought in, version {v}.").format(v=info.version) if info.version else _("Brought in.")


def earlier_answers(desk: Desk, info: FormInfo, rows: Sequence[FillingRow]) -> QWidget | None:
    """A line for each time the form was finished, where there is more to see than the last time under this version."""
    forms = desk.session.forms
    if not rows or (len(rows) == 1 and not info.put_aside and not forms.reads_otherwise(rows[0])):
        return None
    zone = desk.session.now().tzinfo
    lines = column(20, Text(_("Answered before"), "label", "ink_soft"))
    for number, each in enumerate(rows):
        day = desk.formats.day_full(datetime.fromisoformat(each.finished).astimezone(zone).date())
        other = forms.reads_otherwise(each)
        detail = _("In an earlier version of the form") if other and not info.put_aside else ""
        spoken = ". ".join(part for part in (day, detail, info.title) if part)
        line = ListRow(day, detail, spoken=spoken, on=partial(desk.go, "form-read", filling=each.id))
        lines.put(Rule() if number else 4, line)
    return hold(lines)


class OwnForms(QWidget):
    """The forms that were brought in: each can be put aside, offered again, or removed while nobody answered it."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._place = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(self._place)
        self.buttons: dict[str, Button] = {}

    def refresh(self, person: str) -> None:
        """Show anew what there is; with somebody beside the worker nothing is taken away from everybody."""
        clear(self._place)
        self.buttons.clear()
        session = self._desk.session
        own = [each for each in session.forms.versions.infos() if each.own]
        shown = bool(own) and session.only is None
        self.setVisible(shown)
        if not shown:
            return
        self._place.put(Section(_("Forms of your own")))
        for number, info in enumerate(own):
            self._place.put(Rule() if number else None, self._line(info))

    def _line(self, info: FormInfo) -> QWidget:
        more = Button("", "quiet", icon="more", name=_("What to do with “{form}”").format(form=info.title))
        more.clicked.connect(lambda: self._menu(info, more))
        self.buttons[info.id] = more
        detail = _("Put aside") if info.put_aside else ""
        words = column(Text(info.title, "body"), Text(detail, "label", "ink_soft").hide_empty())
        return hold(apart(hold(words), more))

    def _menu(self, info: FormInfo, anchor: QWidget) -> None:
        from planner.ui.kit.floats import Menu, MenuItem

        own = self._desk.session.forms.own
        if info.put_aside:
            items = [MenuItem(_("Offer it again"), "undo", on=lambda: self._offer(info))]
        else:
            items = [MenuItem(_("Put it aside"), "later", on=lambda: self._aside(info))]
        if own.can_remove(info.id):
            items.append(MenuItem(_("Remove it"), "close", on=lambda: self._ask(info), erase=True))
        Menu(anchor, items).open()

    def _aside(self, info: FormInfo) -> None:
        if self._desk.keep(lambda: self._desk.session.forms.own.put_aside(info.id)):
            self._desk.say(_("“{form}” is put aside. Answers to it stay.").format(form=info.title))

    def _offer(self, info: FormInfo) -> None:
        if self._desk.keep(lambda: self._desk.session.forms.own.offer_again(info.id)):
            self._desk.say(_("“{form}” is among your forms again.").format(form=info.title))

    def _ask(self, info: FormInfo) -> None:
        ask_first(
            self._page,
            _("Remove this form?"),
            _("“{form}” leaves this notebook. You can bring it in again from its file.").format(form=info.title),
            _("Remove it"),
            lambda: self._remove(info),
            kind="erase",
        )

    def _remove(self, info: FormInfo) -> None:
        if self._desk.keep(lambda: self._desk.session.forms.own.remove(info.id)):
            self._desk.say(_("“{form}” is removed.").format(form=info.title))
