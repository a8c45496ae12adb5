"""The calendar: as a list, a week or a month, whichever was looked at last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.layouts import Box, column
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.page import Page
from planner.ui.pages.calendar_head import CalendarActions
from planner.ui.pages.calendar_list import CalendarList
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk
    from planner.ui.pages.calendar_month import MonthView
    from planner.ui.pages.calendar_week import WeekView

KINDS = frozenset({"appointment", "outcome", "person", "contact", "tracked-paper", "clock", "chosen"})
LIST, WEEK, MONTH = "list", "week", "month"
VIEWS = (LIST, WEEK, MONTH)


class CalendarPage(Page):
    """One person's appointments; with nobody chosen, those of everyone a worker works with."""

    name: ClassVar[str] = "calendar"

    def __init__(self, desk: Desk) -> None:
        """The list is built at once, week and month when they are first looked at."""
        super().__init__(desk)
        self._person: str | None = None
        self._month: MonthView | None = None
        self._week: WeekView | None = None
        self._actions = CalendarActions(desk, self)
        words = [_("List"), _("Week"), _("Month")]
        self.view = Segment(words, VIEWS.index(desk.session.setting("calendar_view")), _("Show the calendar as"))
        self.view.chosen_changed.connect(lambda index: self.show_view(VIEWS[index]))
        self.listed = CalendarList(desk, self._actions)
        self.list, self.add, self.more = self.listed.list, self.listed.add, self.listed.more
        self.earlier, self.earlier_list = self.listed.earlier, self.listed.earlier_list
        self.paper = self.listed.paper
        add_first = Button(_("Add the first one"), "main", icon="plus", on=lambda: self.desk.go("appointment"))
        self.empty = EmptyPage(
            "calendar",
            _("Your appointments will be here"),
            _(
                "Each with its day and hour, and what makes it easier: who comes along, the way there, what to bring. "
                "A day and a word are enough."
            ),
            [add_first, Button(_("Bring in a calendar"), icon="folder", on=self._actions.bring_in)],
            _("Only you and those you choose can see this."),
        )
        self._views: Box = column((self.listed, 1), (self.empty, 1))
        self.set_body(self._views)

    def title(self) -> str:
        """The same in each view."""
        return _("Calendar")

    def head_extras(self) -> list[QWidget]:
        """List, week or month."""
        return [self.view]

    # ---------------------------------------------------------------- the views

    @property
    def shown(self) -> str:
        """Which view is shown: "list", "week" or "month"."""
        return VIEWS[self.view.chosen]

    @property
    def month(self) -> MonthView:
        """The month, built when first asked for."""
        if self._month is None:
            from planner.ui.pages.calendar_month import MonthView

            self._month = MonthView(self.desk, self._actions)
            self._views.put((self._month, 1))
        return self._month

    @property
    def week(self) -> WeekView:
        """The week, built when first asked for."""
        if self._week is None:
            from planner.ui.pages.calendar_week import WeekView

            self._week = WeekView(self.desk, self._actions, self._more_of)
            self._views.put((self._week, 1))
        return self._week

    def _more_of(self, day: date) -> None:
        """A day with more than a week shows: its list beside the month."""
        self.show_view(MONTH)
        self.month.choose(day)
        self.month.side.enter()

    def show_view(self, view: str) -> None:
        """Show the calendar as a "list", a "week" or a "month", and remember it; both look at the same day."""
        before = self.desk.session.setting("calendar_view")
        if view == MONTH and before == WEEK and self._week is not None:
            self.month.choose(self._week.day)
        elif view == WEEK and before == MONTH and self._month is not None:
            self.week.choose(self._month.day)
        if view != before:
            self.desk.keep(lambda: self.desk.session.set_setting("calendar_view", view))
        self.view.choose(VIEWS.index(view))
        self.refresh(None)
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def first_focus(self) -> QWidget | None:
        """The chosen day, or the list."""
        if self.shown == MONTH:
            return self.month.first_focus()
        if self.shown == WEEK:
            return self.week.first_focus()
        return self.list if self.listed.has_items else None

    def show_for(self, **where: str) -> None:
        """``view`` is list, week or month; ``day`` (ISO 8601) is then chosen in a week or a month."""
        self.listed.begin_anew()
        if where.get("view") in VIEWS:
            self.show_view(where["view"])
        if where.get("day") and self.shown != LIST:
            view = self.month if self.shown == MONTH else self.week
            view.choose(date.fromisoformat(where["day"]))

    def refresh(self, changed: Changed | None) -> None:
        """Show what is stored now."""
        person = self.desk.session.person
        if changed is not None and changed.kinds and not changed.kinds & KINDS:
            return
        if changed is not None and person is not None and changed.person not in ("", person.id):
            return
        whose = person.id if person is not None else ""
        if whose != self._person:
            self._begin_with(whose)
        shown = self.shown
        something = self.listed.show_all() if shown == LIST else True
        self.listed.setVisible(shown == LIST and something)
        self.empty.setVisible(shown == LIST and not something)
        if shown == MONTH:
            self.month.show_all()
        elif shown == WEEK:
            self.week.show_all()
        if self._month is not None:
            self._month.setVisible(shown == MONTH)
        if self._week is not None:
            self._week.setVisible(shown == WEEK)

    def _begin_with(self, whose: str) -> None:
        """Somebody else's calendar opens on today."""
        first = self._person is None
        self._person = whose
        if not first:
            today = self.desk.session.today()
            if self._month is not None:
                self._month.choose(today)
            if self._week is not None:
                self._week.choose(today)
