"""How it has been: one line a day, and the day that is open, with our own short ratings and a few words."""

from __future__ import annotations

from collections.abc import Sequence
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
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.papers_words import (
    check_in_title,
    rating_items,
    rating_words,
    ratings_words,
    scale_names,
    with_ratings,
)
from planner.ui.pages.people_rivals import PersonRivals
from planner.ui.pages.plan_typing import Pen
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
        self.scores_button = Button(_("Numbers from a clinician"), "quiet", icon="health", on=lambda: desk.go("scores"))
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
        day = self.one.check_in
        return check_in_title(day.day, self.desk.formats) if day is not None else _("How it has been")

    def first_focus(self) -> QWidget | None:
        """The first rating, or what opens one."""
        if self.one.check_in is not None:
            return next(iter(self.one.pickers.values()))
        return self.today_button if self.days else self.first_button

    def show_for(self, **where: str) -> None:
        """``day`` opens one by its id; ``add`` opens today's."""
        self._open_id = where.get("day", "")
        if where.get("add"):
            self._open_id = self._of_today()
        self.refresh(None)

    def leave(self) -> bool:
        """Save what is typed."""
        self.one.pen.flush()
        return True

    def refresh(self, changed: Changed | None) -> None:
        """Show the days as they are stored."""
        person = self._hand.person
        if changed is not None and (changed.person not in ("", person) or not changed.kinds & SHOWN):
            return
        self.days = self.desk.session.check_ins(person) if person else []
        found = next((each for each in self.days if each.id == self._open_id), None)
        if found is None and self._open_id and self.one.is_new(self._open_id):
            found = self.one.check_in
        if found is None:
            self._open_id = ""
        self.one.show_day(found, self.days)
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

    def remove(self) -> None:
        """Take the day out, with a way back."""
        day = self.one.check_in
        if day is None:
            return
        if self.one.is_new(day.id):
            self.show_list()
            return
        self.one.pen.drop()
        if self._hand.write(_("Remove a check-in"), lambda edit: edit.remove(day.id)):
            self.desk.go("check-ins")
            self.desk.say(_("The check-in is removed."), undo=True)


class OneDay(QWidget):
    """The ratings of one day, saved as they are chosen; a new one is kept from its first word or rating on."""

    def __init__(self, hand: Hand, page: CheckInsPage) -> None:
        super().__init__()
        self._hand = hand
        self.check_in: CheckIn | None = None
        self._new = ""
        self.pickers: dict[str, Picker] = {}
        self._shown: tuple[str, ...] = ()
        self.rivals = PersonRivals(hand, RIVALS, _value_words)
        self.help_button = Button(_("Help now"), "note", icon="phone", on=lambda: hand.desk.go("help"))
        self.help_note = Note("", "phone", action=self.help_button)
        self.help_note.hide()
        self._scales = Box(True, 12, (0, 0, 0, 0))
        self.note = TextArea(name=_("A few words"), lines=2, most=8)
        self.pen = Pen(self, self._keep_note)
        self.pen.watch(self.note)
        back = Button(_("Back to all days"), "quiet", icon="back", compact=True, on=page.show_list)
        self.done_button = Button(_("That is right"), "main", icon="check", on=page.show_list)
        self.remove_button = Button(_("Remove"), "quiet", on=page.remove)
        self.erase_button = erase_button(hand.desk, self._stored_id)
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
        if self.check_in is None or not self.is_new(self.check_in.id) or self.check_in.day != day:
            self.check_in = CheckIn(id=new_id(), day=day)
            self._new = self.check_in.id
            self.pen.drop()
        return self._new

    def is_new(self, record: str) -> bool:
        """Whether this is the one that nothing is kept of yet."""
        return bool(record) and record == self._new

    def _stored_id(self) -> str:
        return self.check_in.id if self.check_in is not None and not self.is_new(self.check_in.id) else ""

    def focus_first(self) -> None:
        """Give the keyboard to the first rating."""
        if self.pickers:
            next(iter(self.pickers.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, check_in: CheckIn | None, stored: Sequence[CheckIn]) -> None:
        """Show what is stored, or nothing; what is typed into a day that undo took back is forgotten."""
        before = self.check_in
        if before is not None and (check_in is None or check_in.id != before.id):
            if self.is_new(before.id) or any(each.id == before.id for each in stored):
                self.pen.flush()
            self.pen.drop()
        self.check_in = check_in
        if check_in is None:
            self._new = ""
            return
        self.rivals.show_record(check_in)
        names = tuple(scale_names(check_in))
        if names != self._shown:
            self._build(names)
        ratings = check_in.ratings
        for name, picker in self.pickers.items():
            picker.choose(str(ratings.get(name, "")))
        self._offer_help(ratings)
        self.pen.fill(self.note, check_in.note)
        for button in (self.remove_button, self.erase_button):
            button.setVisible(not self.is_new(check_in.id))

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
        check_in = self.check_in
        if check_in is None:
            return
        chosen = {name: picker.value() for name, picker in self.pickers.items()}
        scales = with_ratings(check_in, chosen)
        if {each["name"]: each["value"] for each in scales} != {n: str(v) for n, v in check_in.ratings.items()}:
            self._write(scales=scales)

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

    def _keep_note(self) -> bool:
        check_in, typed = self.check_in, self.note.text().strip()
        return check_in is None or typed == check_in.note or self._write(note=typed)

    def _write(self, **values: Any) -> bool:
        check_in = self.check_in
        assert check_in is not None
        if not self.is_new(check_in.id):
            words = _("Change a check-in")
            return self._hand.write(words, lambda edit: edit.change(check_in.id, **values))
        made = CheckIn(id=check_in.id, day=check_in.day, **values)
        new, self._new = self._new, ""
        if self._hand.write(_("Write down how a day is"), lambda edit: edit.add(made)):
            return True
        self._new = new
        return False


def _value_words(name: str, value: Any) -> str:
    if name == "scales":
        ratings = CheckIn(scales=tuple(value)).ratings
        return " · ".join(rating_words(each, rating) for each, rating in in_order(ratings).items())
    return str(value)
