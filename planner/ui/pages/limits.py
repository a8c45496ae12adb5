"""What this can and cannot do: each protection with its end, what none helps against, and how old all of this is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from planner.packs.built_in import limits, looked_over
from planner.packs.items import OUTSIDE, Standing
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.limits_view import LimitsList, how_old, in_a_column, in_short, never_run, on_this_device
from planner.ui.page import Page
from planner.ui.pages.library_parts import WhereFrom
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class LimitsPage(Page):
    """Opened with ``part=id`` of a part that is to be read at once, or with nothing. What is read is kept nowhere."""

    name: ClassVar[str] = "limits"
    tab: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.back_button = Button(_("Back"), "quiet", icon="back", compact=True, on=desk.back)
        self.list = LimitsList()
        self.where_from = WhereFrom(desk, law=False)
        device = on_this_device(desk.session.notebook.folder)
        above = in_a_column(in_short(), never_run())
        side = in_a_column(device, how_old(desk.formats))
        self.set_body(columns(column(flow(self.back_button), 8, above, 28, self.list, 28, self.where_from), side))
        self._show_sources()

    def _show_sources(self) -> None:
        ids = dict.fromkeys(each for limit in limits() for each in limit.all_sources())
        self.where_from.show_sources(tuple(ids), Standing(OUTSIDE, looked_over()))

    def title(self) -> str:
        return _("What this can and cannot do")

    def first_focus(self) -> QWidget | None:
        return self.back_button

    def show_for(self, **where: str) -> None:
        row = self.list.open_only(where.get("part", ""))
        if row is not None:
            QTimer.singleShot(0, row, lambda: self._bring(row))

    def _bring(self, row: QWidget) -> None:
        row.setFocus()
        if self.area is not None:
            self.area.ensureWidgetVisible(row, 0, 0)
