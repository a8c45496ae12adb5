"""How it has been: one line a day, and the day that is open, with our own short ratings and a few words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.plan.records import CheckIn, new_id
from planner.plan.scales import in_order, scale_words
from planner.session.types import Mode
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.fields import FieldRow, TextArea
from planner.ui.kit.layouts import Box, clear, column, columns, flow, fold, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Rule
from planner.ui.page import Page
from planner.ui.pages.check_ins_chart import Chart, DaysTable, of_kind
from planner.ui.pages.open_entry import OneEntry
from planner.ui.pages.papers_words import (
    check_in_title,
    rating_items,
    rating_words,
    ratings_words,
    scale_names,
    with_ratings,
)
from planner.ui.pages.plan_words import Hand
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

SHOWN = frozenset({CheckIn.kind, "chosen", "person"})
DAYS, CHART, TABLE = range(3)
SPANS = (timedelta(days=92), timedelta(days=366), None)
"""How far back the chart and the table go; None for all of it."""
HARDEST = 1
RIVALS = {"day": N_("Which day"), "scales": N_("How it was"), "note": N_("A few words")}


class CheckInsPage(Page):
    """The days; or one of them. ``day`` opens one by its id, ``add`` today's."""

    name: ClassVar[str] = "check-ins"
    tab: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        """Build both faces."""
        super().__init__(desk)
        self.days: list[CheckIn] = []
        self._open_id = ""
        self._hand = Hand(desk)
        self.today_button = Button(_("Write down how today is"), "main", icon="plus", on=self.write_today)
        self.list = ListView(_("How it has been"), chevron=True)
        self.list.opened.connect(lambda day: desk.go("check-ins", day=day))
        self.views = Segment([_("Days"), _("Over time"), _("As a table")], name=_("How it is shown"), wraps=True)
        self.views.chosen_changed.connect(lambda _view: self._look())
        self.span = Segment([_("3 months"), _("A year"), _("All")], name=_("How far back"), wraps=True)
        self.span.chosen_changed.connect(lambda _span: self._look())
        self.about = Segment([_("Days and weeks"), _("Parts of my life")], name=_("What is shown"), wraps=True)
        self.about.chosen_changed.connect(lambda _about: self._look())
        self.chart, self.table = Chart(desk.formats), DaysTable(desk.formats)
        note = Note(_("There is no right answer and no score. A day can be left out, and so can each line of it."))
        court = Note(_("A court could ask to see what is written here. Keep what helps you. The rest can go."), "law")
        self.scores_button = Button(
            _("Numbers from a doctor or therapist"), "quiet", icon="health", on=lambda: desk.go("scores")
        )
        self._some = columns(
            column(
                flow(self.today_button),
                20,
                flow(self.views, self.span, self.about, gap=16, gap_y=8),
                16,
                Rule(),
                self.list,
                hold(column(16, self.chart, self.table)),
            ),
            column(note, 16, court, 16, flow(self.scores_button)),
        )
        mine = desk.session.mode is Mode.FOR_ME
        self.first_button = Button(_("Write down how today is"), "main", icon="plus", on=self.write_today)
        self.empty = EmptyPage(
            "sheet",
            _("Single days will be here"),
            _("How the sleep was, how the mood is, and a few words. Only when you want to."),
            [self.first_button],
            _("Only you and those you choose can see this.")
            if mine
            else _("Only those who can open this notebook can see this."),
        )
        self.one = OneDay(self._hand, self)
        self.set_body(column(self._some, self.empty, self.one))
        self.refresh(None)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """The day that is open, or all of them."""
        day = self.one.record
        return check_in_title(day.day, self.desk.formats) if day is not None else _("How it has been")

    def first_focus(self) -> QWidget | None:
        """The first rating, or what opens one."""
        if self.one.record is not None:
            return next(iter(self.one.pickers.values()))
        return self.today_button if self.days else self.first_button

    def show_for(self, **where: str) -> None:
        """``day`` opens one by its id; ``add`` opens today's."""
        self._open_id = where.get("day", "")
        if where.get("add"):
            self._open_id = self._of_today()
        self.refresh(None)

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """What was being added is written down by now."""
        return {"day": self._open_id} if self._open_id else where

    def leave(self) -> bool:
        """Save what is typed."""
        self.one.pen.flush()
        return True

    def refresh(self, changed: Changed | None) -> None:
        """Show the days as they are stored."""
        person = self._hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        self.days = self.desk.session.check_ins(person) if person else []
        found = self.one.wanted(self._open_id, self.days)
        if found is None:
            self._open_id = ""
        self.one.show_entry(found, self.days)
        self.one.setVisible(found is not None)
        self._some.setVisible(found is None and bool(self.days))
        self.empty.setVisible(found is None and not self.days)
        lines = [
            Line(
                each.id,
                check_in_title(each.day, self.desk.formats),
                " · ".join(part for part in (ratings_words(each), " ".join(each.note.split())) if part),
                icon="sun",
            )
            for each in self.days
        ]
        self.list.set_lines(lines)
        self.views.setVisible(sum(1 for each in self.days if each.ratings) > 1)
        self._look()
        self.head_changed.emit()

    def _look(self) -> None:
        """The days as a list, as a chart, or as a table; only what is seen is made."""
        view = self.views.chosen if self.views.isVisibleTo(self) else DAYS
        self.list.setVisible(view == DAYS)
        self.span.setVisible(view != DAYS)
        both = all(any(of_kind(each, life=life) for each in self.days) for life in (False, True))
        only_life = not both and any(of_kind(each, life=True) for each in self.days)
        if not both:
            self.about.choose(int(only_life))
        self.about.setVisible(view != DAYS and both)
        self.chart.setVisible(view == CHART)
        self.table.setVisible(view == TABLE)
        back = SPANS[self.span.chosen]
        since = self.desk.session.today() - back if back is not None else None
        if view != DAYS:
            (self.chart if view == CHART else self.table).show_days(self.days, since, life=self.about.chosen == 1)

    # ---------------------------------------------------------------- what is done

    def write_today(self) -> None:
        """Open today's, or begin it."""
        self.desk.go("check-ins", add="today")
        self.one.focus_first()

    def _of_today(self) -> str:
        today = self.desk.session.today().isoformat()
        person = self._hand.person
        days = self.desk.session.check_ins(person) if person else []
        there = next((each.id for each in days if each.day == today), "")
        return there or self.one.begin(today)

    def show_list(self) -> None:
        """Back to all of them."""
        self.desk.go("check-ins")


class OneDay(OneEntry[CheckIn]):
    """The ratings of one day, saved as they are chosen; a new one is kept from its first word or rating on."""

    adding: ClassVar[str] = N_("Write down how a day is")
    changing: ClassVar[str] = N_("Change a check-in")
    removing: ClassVar[str] = N_("Remove a check-in")
    removed: ClassVar[str] = N_("The check-in is removed.")

    def __init__(self, hand: Hand, page: CheckInsPage) -> None:
        super().__init__(hand, page.show_list, RIVALS)
        self.pickers: dict[str, Picker] = {}
        self._shown: tuple[str, ...] = ()
        self.help_button = Button(_("Help now"), "note", icon="phone", on=lambda: hand.desk.go("help"))
        self.help_note = Note("", "phone", action=self.help_button)
        self.help_note.hide()
        self._scales = Box(True, 12, (0, 0, 0, 0))
        self.note = TextArea(name=_("A few words"), lines=2, most=8)
        self.pen.watch(self.note)
        back = Button(_("Back to all days"), "quiet", icon="back", compact=True, on=page.show_list)
        note = Note(_("Each line can be left out, and changed later."))
        main = column(
            flow(back),
            12,
            self.rivals,
            self.help_note,
            12,
            self._scales,
            16,
            FieldRow(_("A few words"), self.note, optional=True, hint=_("Keep it short. No story is needed.")),
            20,
            flow(self.done_button, self.remove_button, self.erase_button),
        )
        self.setLayout(column(columns(main, column(note))))

    def begin(self, day: str) -> str:
        """A new one for a day; nothing is kept of it yet."""
        if self.record is None or not self.is_new(self.record.id) or self.record.day != day:
            self.begin_with(CheckIn(id=new_id(), day=day))
        return self._new

    def focus_first(self) -> None:
        """Give the keyboard to the first rating."""
        if self.pickers:
            next(iter(self.pickers.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_fields(self, record: CheckIn) -> None:
        names = tuple(scale_names(record))
        if names != self._shown:
            self._build(names)
        ratings = record.ratings
        for name, picker in self.pickers.items():
            picker.choose(str(ratings.get(name, "")))
        self._offer_help(ratings)
        self.pen.fill(self.note, record.note)

    def _build(self, names: tuple[str, ...]) -> None:
        self._shown = names
        clear(self._scales)
        self.pickers = {}
        rows = []
        for name in names:
            picker = Picker(rating_items(), name=scale_words(name))
            picker.changed.connect(self._chosen)
            self.pickers[name] = picker
            rows.append(FieldRow(scale_words(name), picker))
        for at in range(0, len(rows), 2):
            self._scales.put(fold(*rows[at : at + 2], gap=16))

    def _chosen(self) -> None:
        check_in = self.record
        if check_in is None:
            return
        chosen = {name: picker.value() for name, picker in self.pickers.items()}
        scales = with_ratings(check_in, chosen)
        if {each["name"]: each["value"] for each in scales} != {n: str(v) for n, v in check_in.ratings.items()}:
            self.write(scales=scales)

    def _offer_help(self, ratings: dict[str, int]) -> None:
        """An answer that speaks of danger leads to help first, before anything else on the page."""
        words = ""
        if ratings.get("safety") == HARDEST:
            words = _("If you are in danger right now, go to Help now first. The rest can wait.")
        elif HARDEST in (ratings.get("hope"), ratings.get("mood")):
            words = _("You do not have to carry this alone. If you think of dying, go to Help now first.")
        shown = self.help_note.isVisibleTo(self)
        self.help_note.set_text(words)
        self.help_note.setVisible(bool(words))
        if words and not shown:
            announce(self, words)

    def keep_typed(self) -> bool:
        check_in, typed = self.record, self.note.text().strip()
        return check_in is None or typed == check_in.note or self.write(note=typed)

    def rival_words(self, name: str, value: Any) -> str:
        if name != "scales":
            return str(value)
        ratings = CheckIn(scales=tuple(value)).ratings
        return " · ".join(rating_words(each, rating) for each, rating in in_order(ratings).items())
