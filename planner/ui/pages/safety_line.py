"""One line of her own page: its words, a number, where it stands, and whether the card shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from planner.plan.records import SafetyLine, new_id
from planner.plan.safety import SafetyGroup, group_words
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import Field, FieldRow, PhoneField
from planner.ui.kit.layouts import column, columns, flow, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Note
from planner.ui.pages.open_record import OneRecord
from planner.ui.pages.plan_words import at_the_end, one_line
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.ui.page import Desk

LINE_MOST, CARD_MOST = 200, 60
"""Letters of a line, and of what the card says instead, at most."""

RIVALS = {
    "line": N_("The line"),
    "phone": N_("Phone"),
    "group": N_("Part of the page"),
    "card_words": N_("What the card says instead"),
    "on_card": N_("On the card"),
    "mine_alone": N_("Mine alone"),
}

HINTS: dict[SafetyGroup, str] = {
    SafetyGroup.SIGN: N_("What you notice first, such as “my sleep gets short”."),
    SafetyGroup.CALM: N_("Something small that helps, such as “cold water on my hands”."),
    SafetyGroup.PERSON: N_("A first name or a nickname is enough."),
    SafetyGroup.PLACE: N_("A place with people and light. A name only you know is fine."),
    SafetyGroup.DEVICE: N_("What you do to keep your phone yours."),
    SafetyGroup.CONTACTED: N_("What you do, such as “not answer for one day”. Not what they wrote."),
    SafetyGroup.WAY_OUT: N_("A door, a bus, a word that means “come”."),
}


class OneLine(OneRecord[SafetyLine]):
    """The fields of one line, saved as they are typed; a new one is kept from its first word on."""

    main: ClassVar[str] = "line"
    please: ClassVar[str] = N_("A word or two is enough.")

    def __init__(self, desk: Desk, back: Callable[[], object], remove: Callable[[], object]) -> None:
        """``back`` shows the whole page; ``remove`` takes this line out."""
        super().__init__(desk, back, remove, RIVALS)
        self._orders: Sequence[SafetyLine] = ()
        self.words, self.phone, self.card_words = Field(), PhoneField(), Field()
        self.words.setMaxLength(LINE_MOST)
        self.card_words.setMaxLength(CARD_MOST)
        self.group = Picker([(each.value, group_words(each)) for each in SafetyGroup])
        self.contact = Picker([("", _("Nobody"))])
        self.on_card = TickChoice(_("On the card for my wallet"), _("Whoever finds the card can read it."))
        self.alone = TickChoice(_("Mine alone"), _("Never in what I share, unless I choose it."))
        self.pen.watch(self.words, self.phone, self.card_words)
        self.group.changed.connect(self.touched)
        self.contact.changed.connect(self._take_contact)
        for tick in (self.on_card, self.alone):
            tick.clicked.connect(lambda _on=False: self.touched())
        self._lay()

    def _lay(self) -> None:
        self.words_row = FieldRow(_("The line"), self.words)
        self.contact_row = FieldRow(
            _("Take somebody from my people"), self.contact, hint=_("Only the name and the number come along.")
        )
        self._contact_part = hold(column(self.contact_row, 16))
        self.card_row = FieldRow(
            _("What the card says instead"),
            self.card_words,
            hint=_("A plain name that tells a stranger nothing. Empty: the line itself."),
            optional=True,
        )
        self.back_button = Button(_("Back to the page"), "quiet", icon="back", compact=True, on=self._back)
        main = column(
            flow(self.back_button),
            12,
            self.rivals,
            4,
            self._contact_part,
            self.words_row,
            16,
            fold(FieldRow(_("Phone"), self.phone, optional=True), FieldRow(_("Part of the page"), self.group), gap=16),
            20,
            self.on_card,
            hold(column(12, self.card_row)),
            20,
            flow(self.done_button, self.remove_button, self.erase_button),
        )
        note = Note(_("Keep it short. It is about what you do, never about what was. No story is needed."))
        self.setLayout(column(columns(main, column(self.alone, 16, note))))

    # ---------------------------------------------------------------- showing

    def main_part(self) -> tuple[FieldRow, Field]:
        return self.words_row, self.words

    def begin(self, group: SafetyGroup, lines: Sequence[SafetyLine]) -> None:
        """A new one; what was typed into it before stays. ``lines`` are all that are there."""
        self._orders = lines
        self.show_new(SafetyLine(id=new_id(), group=group))

    def show_line(self, line: SafetyLine, lines: Sequence[SafetyLine]) -> None:
        """Show what is stored; what is being typed stays."""
        self._orders = lines
        self.show_record(line)

    def show_fields(self, record: SafetyLine, *, another: bool) -> None:
        self.pen.fill(self.words, record.line)
        self.pen.fill(self.phone, record.phone)
        self.pen.fill(self.card_words, record.card_words)
        self.group.choose(record.group.value)
        self.on_card.setChecked(record.on_card)
        self.alone.setChecked(record.mine_alone)
        self._show_parts()

    def _show_parts(self) -> None:
        group = SafetyGroup(self.group.value())
        self.words_row.set_hint(_(HINTS[group]))
        self.card_row.setVisible(self.on_card.isChecked())
        person = self._desk.session.person
        offered = group is SafetyGroup.PERSON and self.record is None and person is not None
        people = self._desk.session.contacts(person.id, keep_away=False) if offered and person is not None else []
        if people:
            self.contact.set_items([("", _("Nobody")), *((each.id, each.name or _("No name yet")) for each in people)])
        self._contact_part.setVisible(bool(people))

    def title(self) -> str:
        """The part of the page that it stands in, for the head."""
        return group_words(SafetyGroup(self.group.value()))

    # ---------------------------------------------------------------- what is kept

    def values(self) -> dict[str, Any]:
        return {
            "line": one_line(self.words.text()),
            "phone": one_line(self.phone.text()),
            "card_words": one_line(self.card_words.text()),
            "group": SafetyGroup(self.group.value()),
            "on_card": self.on_card.isChecked(),
            "mine_alone": self.alone.isChecked(),
        }

    def touched(self) -> None:
        self._show_parts()
        super().touched()

    def _take_contact(self) -> None:
        person = self._desk.session.person
        found = self._desk.session.contacts(person.id, keep_away=False) if person is not None else []
        contact = next((each for each in found if each.id == self.contact.value()), None)
        if contact is not None:
            self.words.setText(contact.name[:LINE_MOST])
            self.phone.setText(str(contact.phones[0].get("number", "")) if contact.phones else "")
            self.touched()

    def add(self, values: dict[str, Any]) -> bool:
        order = at_the_end([each.order for each in self._orders if each.group is values["group"]])
        made = SafetyLine(id=self.id, order=order, **values)
        return self._hand.write(_("Write a line"), lambda edit: edit.add(made))

    def change(self, record: str, values: dict[str, Any]) -> bool:
        return self._hand.write(_("Change a line"), lambda edit: edit.change(record, **values))

    def draft(self) -> dict[str, Any] | None:
        """What is typed and has no words of its own yet, with the part of the page where it stands."""
        typed = super().draft()
        return {**typed, "group": self.group.value()} if typed else None

    def take_draft(self, data: dict[str, Any], lines: Sequence[SafetyLine]) -> None:
        """Put back what :meth:`draft` gave."""
        group = str(data.get("group", ""))
        self.begin(SafetyGroup(group) if group in set(SafetyGroup) else SafetyGroup.CALM, lines)
        self.group.choose(group or self.group.value())
        self.words.setText(str(data.get("line", "")))
        self.phone.setText(str(data.get("phone", "")))
        self.card_words.setText(str(data.get("card_words", "")))
        self.on_card.setChecked(bool(data.get("on_card")))
        self.alone.setChecked(bool(data.get("mine_alone", True)))
        self._show_parts()

    def rival_words(self, name: str, value: Any) -> str:
        if name == "group" and value in set(SafetyGroup):
            return group_words(SafetyGroup(value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(value)
