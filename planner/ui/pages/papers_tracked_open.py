"""One paper that is kept track of: what it is, where it stands, where to ask, and its photos."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from planner.plan.life import LifeDomain
from planner.plan.paper_days import PAPER_FIELDS, STATES, field_name
from planner.plan.records import PaperState, TrackedPaper, new_id
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dates import DateField
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import column, columns, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Note
from planner.ui.pages.open_record import OneRecord, as_chosen
from planner.ui.pages.papers_kinds import KindHelp
from planner.ui.pages.papers_of import PapersOf
from planner.ui.pages.papers_words import needs_renewing, runs_out_words
from planner.ui.pages.plan_details import PartPicker
from planner.ui.pages.plan_words import one_line, part_of
from planner.ui.pages.proposal_words import value_words
from planner.words import N_, _, language

if TYPE_CHECKING:
    from planner.packs.paper_kinds import PaperKind
    from planner.ui.page import Desk

TYPED = ("title", "where_to_ask", "cost", "fee_waiver", "safe_address")


class OneTracked(OneRecord[TrackedPaper]):
    """The fields of one paper, saved as they are typed; a new one is kept from the first word of its title on."""

    main: ClassVar[str] = "title"
    please: ClassVar[str] = N_("A word is enough, such as “ID card”.")

    def __init__(self, desk: Desk, back: Callable[[], object], remove: Callable[[], object]) -> None:
        """``back`` shows all of them; ``remove`` takes this one out."""
        super().__init__(desk, back, remove, PAPER_FIELDS)
        self.fields = {name: Field() for name in TYPED}
        self.note = TextArea(lines=2, most=6)
        self.state = Picker([(state.value, _(words)) for state, words in STATES.items()])
        self.expires = DateField(desk.formats)
        self.part = PartPicker(LifeDomain.PAPERS)
        self.alone = TickChoice(_("Mine alone"), _("Never in a print or a copy, unless you choose it."))
        self.pen.watch(*self.fields.values(), self.note)
        for chosen in (self.state.changed, self.part.changed, self.expires.changed):
            chosen.connect(self.touched)
        self.alone.clicked.connect(lambda _on=False: self.touched())
        self.soon = Note("", "later")
        self._soon_part = hold(column(self.soon, 16))
        self.photos = PapersOf(desk)
        self.kinds = KindHelp(desk, self._of_kind)
        self.back_button = Button(_("Back to the papers"), "quiet", icon="back", compact=True, on=back)
        self._lay()

    def _lay(self) -> None:
        self.title_row = FieldRow(field_name("title"), self.fields["title"], hint=_("A card, a permit, a letter."))
        rows = {name: FieldRow(field_name(name), self.fields[name], optional=True) for name in TYPED if name != "title"}
        rows["safe_address"].set_hint(_("Where post comes that only you open."))
        self.expires_row = FieldRow(field_name("expires"), self.expires, optional=True)
        main = column(
            flow(self.back_button),
            8,
            self._soon_part,
            self.rivals,
            4,
            self.kinds,
            16,
            self.title_row,
            16,
            fold(FieldRow(field_name("state"), self.state), self.expires_row, gap=16),
            16,
            rows["where_to_ask"],
            16,
            fold(rows["cost"], rows["fee_waiver"], gap=16),
            16,
            rows["safe_address"],
            16,
            FieldRow(_("Note"), self.note, optional=True, hint=_("Keep it short. No story is needed.")),
            20,
            flow(self.done_button, self.remove_button, self.erase_button),
        )
        side = column(FieldRow(field_name("domain"), self.part), 12, self.alone, self.photos)
        self.setLayout(column(columns(main, side)))

    # ---------------------------------------------------------------- showing

    def main_part(self) -> tuple[FieldRow, Field]:
        return self.title_row, self.fields["title"]

    def begin(self) -> None:
        """A new one; what was typed into it before stays."""
        self.show_new(TrackedPaper(id=new_id()))

    def show_none(self, *, there: bool) -> None:
        """As the base; what was told about a kind of paper goes too."""
        super().show_none(there=there)
        self.kinds.forget()

    def _of_kind(self, kind: PaperKind) -> None:
        """Take over what a kind says into fields that are still empty; the rest is hers."""
        spoken = language()
        if not one_line(self.fields["title"].text()):
            self.fields["title"].setText(kind.title.get(spoken))
        if kind.place is not None and not one_line(self.fields["where_to_ask"].text()):
            self.fields["where_to_ask"].setText(kind.place.get(spoken))
        if self.record is None:
            self.part.choose(part_of(kind.domain).value)
        self.touched()

    def show_fields(self, record: TrackedPaper, *, another: bool) -> None:
        if another:
            self.kinds.forget()
            self.kinds.show_for(record.title)
        for name, field in self.fields.items():
            self.pen.fill(field, getattr(record, name))
        self.pen.fill(self.note, record.note)
        self.state.choose(record.state.value)
        self.part.choose(part_of(record.domain).value)
        self.alone.setChecked(record.mine_alone)
        if another or not self.expires.field.hasFocus():
            self.expires.set_value(_day(record.expires))
            self.expires_row.ask(self.expires.problem())
        self.photos.show_papers(self._hand.person, self.record.id if self.record is not None else "")
        self._say_soon(record)

    def _say_soon(self, paper: TrackedPaper) -> None:
        today = self._desk.session.today()
        words = needs_renewing(paper, today)
        self._soon_part.setVisible(bool(words))
        if words:
            self.soon.set_text(words, runs_out_words(paper, self._desk.formats, today))

    def rival_words(self, name: str, value: Any) -> str:
        value = as_chosen(name, value, {"state": PaperState, "domain": LifeDomain})
        return value_words(name, value, self._desk.formats)

    def title(self) -> str:
        """What it is called, for the head of the page."""
        return self.record.title if self.record is not None else _("A paper to keep track of")

    # ---------------------------------------------------------------- what is kept

    def values(self) -> dict[str, Any]:
        ends = self.expires.value()
        return {
            **{name: one_line(field.text()) for name, field in self.fields.items()},
            "note": self.note.text().strip(),
            "state": PaperState(self.state.value()),
            "expires": ends.isoformat() if ends is not None else "",
            "domain": self.part.part(),
            "mine_alone": self.alone.isChecked(),
        }

    def touched(self) -> None:
        self.expires_row.ask(self.expires.problem())
        super().touched()

    def add(self, values: dict[str, Any]) -> bool:
        made = TrackedPaper(id=self.id, **values)
        return self._hand.write(_("Write down a paper"), lambda edit: edit.add(made))

    def change(self, record: str, values: dict[str, Any]) -> bool:
        words = _("Change what is written about a paper")
        return self._hand.write(words, lambda edit: edit.change(record, **values))

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put back what :meth:`draft` gave."""
        self.begin()
        for name, field in self.fields.items():
            field.setText(str(data.get(name, "")))
        self.note.set_text(str(data.get("note", "")))
        self.state.choose(str(data.get("state", "")))
        self.part.choose(str(data.get("domain", "")))
        self.alone.setChecked(bool(data.get("mine_alone")))
        self.expires.set_value(_day(str(data.get("expires", ""))))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
