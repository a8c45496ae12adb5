"""Numbers that a clinician gave: which, how high, on which day, and how such a number is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from planner.plan.records import new_id
from planner.plan.scores import INSTRUMENTS, Score
from planner.ui.kit.buttons import Button
from planner.ui.kit.dates import DateField
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, columns, flow, fold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Rule, Text
from planner.ui.page import Page
from planner.ui.pages.library_parts import WhereFrom
from planner.ui.pages.open_entry import OneEntry
from planner.ui.pages.plan_words import Hand
from planner.words import N_, _, language

if TYPE_CHECKING:
    from planner.packs.scores import ScoreKind
    from planner.session import Changed
    from planner.ui.page import Desk

SHOWN = frozenset({Score.kind, "chosen", "person"})
RIVALS = {
    "instrument": N_("Which one"),
    "total": N_("The number"),
    "day": N_("Which day"),
    "by": N_("Who told me"),
}


def read_total(text: str) -> int | None:
    """The whole number that is typed, or ``None``."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else None


class ScoresPage(Page):
    """All of them; ``score`` opens one by its id."""

    name: ClassVar[str] = "scores"
    tab: ClassVar[str] = "today"

    def __init__(self, desk: Desk) -> None:
        """Build both faces."""
        super().__init__(desk)
        self.scores: list[Score] = []
        self._open_id = ""
        self._hand = Hand(desk)
        self.back_button = Button(
            _("Back to how it has been"), "quiet", icon="back", compact=True, on=lambda: desk.go("check-ins")
        )
        self.add_button = Button(_("Add a number"), "main", icon="plus", on=self.add)
        self.list = ListView(_("Numbers from a doctor or therapist"), chevron=True)
        self.list.opened.connect(lambda score: desk.go("scores", score=score))
        self._some = columns(
            column(flow(self.back_button), 12, flow(self.add_button), 20, Rule(), self.list),
            column(Note(court_words(), "law"), 16, Note(not_you_words())),
        )
        self.first_button = Button(_("Add a number"), "main", icon="plus", on=self.add)
        self.empty = EmptyPage(
            "sheet",
            _("Numbers from a doctor or therapist will be here"),
            _("Only the total and the day. The questions and your answers stay with whoever asked them."),
            [self.first_button],
            court_words(),
        )
        self.one = OneScore(self._hand, self)
        self.set_body(column(self._some, self.empty, self.one))
        self.refresh(None)

    def title(self) -> str:
        """The one that is open, or all of them."""
        return (self.one.record.title_text() if self.one.record is not None else "") or _(
            "Numbers from a doctor or therapist"
        )

    def first_focus(self) -> QWidget | None:
        """Which one, or what adds one."""
        if self.one.record is not None:
            return self.one.which
        return self.add_button if self.scores else self.first_button

    def show_for(self, **where: str) -> None:
        """``score`` opens one by its id; ``add`` begins one."""
        self._open_id = self.one.begin() if where.get("add") else where.get("score", "")
        self.refresh(None)

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """What was being added is written down by now."""
        return {"score": self._open_id} if any(each.id == self._open_id for each in self.scores) else where

    def leave(self) -> bool:
        """Save what is typed."""
        self.one.pen.flush()
        return True

    def refresh(self, changed: Changed | None) -> None:
        """Show them as they are stored."""
        person = self._hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        self.scores = self.desk.session.scores(person) if person else []
        found = self.one.wanted(self._open_id, self.scores)
        self.one.show_entry(found, self.scores)
        self.one.setVisible(found is not None)
        self._some.setVisible(found is None and bool(self.scores))
        self.empty.setVisible(found is None and not self.scores)
        self.list.set_lines([self._line(each) for each in self.scores])
        self.head_changed.emit()

    def _line(self, score: Score) -> Line:
        words = _("{name}: {number}").format(name=score.title_text() or _("A number"), number=shown_total(score))
        day = day_of(score)
        about = [self.desk.formats.day(day) if day is not None else "", band_words(self.desk, score), score.by]
        return Line(score.id, words, " · ".join(part for part in about if part), icon="health")

    def add(self) -> None:
        """Begin one; nothing is kept of it yet."""
        self.desk.go("scores", add="new")

    def show_list(self) -> None:
        """Back to all of them."""
        self.desk.go("scores")


def court_words() -> str:
    """Said before the first number is kept."""
    return _("A court could ask to see these numbers. You can also leave them with whoever gave them.")


def not_you_words() -> str:
    """What such a number is."""
    return _(
        "A number is one look at one time. It does not say who you are. Ask whoever gave it what it means for you."
    )


def shown_total(score: Score) -> str:
    """The number, or a dash while it is not said."""
    return str(score.total) if score.total >= 0 else "–"


def day_of(score: Score) -> date | None:
    """Its day; a copy from elsewhere may hold anything."""
    try:
        return date.fromisoformat(score.day)
    except ValueError:
        return None


def kind_of(desk: Desk, instrument: str) -> ScoreKind | None:
    """How the numbers of a set of questions are read."""
    return next((each for each in desk.session.content.score_kinds() if each.id == instrument), None)


def band_words(desk: Desk, score: Score) -> str:
    """The published word for this number; "" where there is none."""
    kind = kind_of(desk, score.instrument)
    band = kind.band(score.total) if kind is not None else None
    return band.get(language()) if band is not None else ""


class OneScore(OneEntry[Score]):
    """One number, kept from the first thing that is said about it on."""

    adding: ClassVar[str] = N_("Add a number")
    changing: ClassVar[str] = N_("Change a number")
    removing: ClassVar[str] = N_("Remove a number")
    removed: ClassVar[str] = N_("The number is removed.")

    def __init__(self, hand: Hand, page: ScoresPage) -> None:
        super().__init__(hand, page.show_list, RIVALS)
        items = [("", _("Choose")), *INSTRUMENTS.items()]
        self.which = Picker(items, name=_("Which one"))
        self.which.changed.connect(self._chosen)
        self.total, self.by = Field(name=_("The number")), Field(name=_("Who told me"))
        self.total_row = FieldRow(_("The number"), self.total)
        self.day = DateField(hand.desk.formats, name=_("Which day"))
        self.day.changed.connect(self._day_chosen)
        self.pen.watch(self.total, self.by)
        self.about = Text("", "body", "ink_soft").hide_empty()
        self.read = Text("", "lead").hide_empty()
        self.facts = Text("", "body", "ink_soft").hide_empty()
        self.where_from = WhereFrom(hand.desk)
        back = Button(_("Back to all numbers"), "quiet", icon="back", compact=True, on=page.show_list)
        main = column(
            *(flow(back), 12, self.rivals),
            *(FieldRow(_("Which one"), self.which), 4, self.about, 16),
            *(fold(self.total_row, FieldRow(_("Which day"), self.day), gap=16), 12),
            *(FieldRow(_("Who told me"), self.by, optional=True, hint=_("A first name or a role is enough.")), 20),
            *(self.read, 4, self.facts, 24),
            *(flow(self.done_button, self.remove_button, self.erase_button), 28, self.where_from),
        )
        self.setLayout(column(columns(main, column(Note(court_words(), "law"), 16, Note(not_you_words())))))

    def rival_words(self, name: str, value: Any) -> str:
        return INSTRUMENTS.get(str(value), str(value)) if name == "instrument" else str(value)

    # ---------------------------------------------------------------- shown

    def begin(self) -> str:
        """A new one for today; nothing is kept of it yet."""
        if self.record is None or not self.is_new(self.record.id):
            self.begin_with(Score(id=new_id(), day=self._hand.desk.session.today().isoformat()))
        return self._new

    def show_fields(self, record: Score) -> None:
        self.which.choose(record.instrument)
        self.pen.fill(self.total, str(record.total) if record.total >= 0 else "")
        self.pen.fill(self.by, record.by)
        self.day.set_value(day_of(record))
        self._explain(record)

    def _explain(self, score: Score) -> None:
        desk, spoken = self._hand.desk, language()
        kind = kind_of(desk, score.instrument)
        most = _("From 0 to {most}.").format(most=kind.most) if kind is not None else ""
        self.about.setText(f"{kind.about.get(spoken)} {most}" if kind is not None else "")
        over = kind is not None and score.total > kind.most
        self.total_row.ask(_("Such a number goes from 0 to {most}.").format(most=kind.most) if over and kind else "")
        band = band_words(desk, score)
        self.read.setText(_("It is read as: {words}.").format(words=band) if band else "")
        self.facts.setText(" ".join(each.words.get(spoken) for each in kind.facts) if kind is not None else "")
        self.where_from.setVisible(kind is not None)
        if kind is not None:
            self.where_from.show_sources(kind.sources, kind.standing)

    # ---------------------------------------------------------------- kept

    def _chosen(self) -> None:
        if self.record is not None and self.which.value() != self.record.instrument:
            self.write(instrument=self.which.value())

    def _day_chosen(self) -> None:
        if self.record is None or self.day.problem():
            return
        chosen = self.day.value()
        day = chosen.isoformat() if chosen is not None else ""
        if day != self.record.day:
            self.write(day=day)

    def keep_typed(self) -> bool:
        score = self.record
        if score is None:
            return True
        typed, by = self.total.text().strip(), self.by.text().strip()
        total = read_total(typed) if typed else -1
        self.total_row.ask("" if total is not None else _("A whole number, please."))
        values: dict[str, object] = {}
        if total is not None and total != score.total:
            values["total"] = total
        if by != score.by:
            values["by"] = by
        return not values or self.write(**values)
