"""One entry of a list that is open: saved as it is chosen or typed, and kept from the first thing that is said on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from planner.plan.records import Record
from planner.ui.kit.buttons import Button
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.people_rivals import PersonRivals
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.plan_words import Hand
from planner.words import _

Entry = TypeVar("Entry", bound=Record)


class OneEntry(QWidget, Generic[Entry]):
    """The fields of one entry of which no field is needed: whatever is said first, it is kept from then on.

    A subclass builds the fields and lays them out with the buttons made here. What undo is to call each change stands
    in ``adding``, ``changing`` and ``removing``, what is said afterwards in ``removed``; all are msgids.
    """

    adding: ClassVar[str]
    changing: ClassVar[str]
    removing: ClassVar[str]
    removed: ClassVar[str]

    def __init__(self, hand: Hand, back: Callable[[], object], rivals: Mapping[str, str]) -> None:
        """``back`` shows all of them; ``rivals`` names what two copies may differ in."""
        super().__init__()
        self._hand, self._back = hand, back
        self.record: Entry | None = None
        """The one that is open, also a new one of which nothing is kept yet."""
        self._new = ""
        self.rivals = PersonRivals(hand, rivals, self.rival_words)
        self.pen = Pen(self, self.keep_typed)
        self.done_button = Button(_("That is right"), "main", icon="check", on=back)
        self.remove_button = Button(_("Remove"), "quiet", on=self.remove)
        self.erase_button = erase_button(hand.desk, self._stored_id)

    # ---------------------------------------------------------------- what a subclass tells

    def show_fields(self, record: Entry) -> None:
        """Put an entry into the fields."""
        raise NotImplementedError

    def keep_typed(self) -> bool:
        """Write what was typed and is others now; False where the machine could not."""
        raise NotImplementedError

    def rival_words(self, name: str, value: Any) -> str:
        """A value of this or of another copy."""
        raise NotImplementedError

    # ---------------------------------------------------------------- showing

    def begin_with(self, record: Entry) -> None:
        """A new one; nothing is kept of it yet."""
        self.record, self._new = record, record.id
        self.pen.drop()

    def is_new(self, record: str) -> bool:
        """Whether this is the one that nothing is kept of yet."""
        return bool(record) and record == self._new

    def _stored_id(self) -> str:
        return self.record.id if self.record is not None and not self.is_new(self.record.id) else ""

    def wanted(self, record: str, stored: Sequence[Entry]) -> Entry | None:
        """The one with this id among those that are stored, or the new one."""
        found = next((each for each in stored if each.id == record), None)
        return self.record if found is None and self.is_new(record) else found

    def show_entry(self, record: Entry | None, stored: Sequence[Entry]) -> None:
        """Show one, or none; what is typed into one that undo took back is forgotten. ``stored`` are all there are."""
        before = self.record
        if before is not None and (record is None or record.id != before.id):
            if self.is_new(before.id) or any(each.id == before.id for each in stored):
                self.pen.flush()
            self.pen.drop()
        self.record = record
        if record is None:
            self._new = ""
            return
        self.rivals.show_record(record)
        self.show_fields(record)
        for button in (self.remove_button, self.erase_button):
            button.setVisible(not self.is_new(record.id))

    # ---------------------------------------------------------------- what is kept

    def write(self, **values: Any) -> bool:
        """Keep what is others in the one that is open; False where the machine could not."""
        record = self.record
        assert record is not None
        if not self.is_new(record.id):
            return self._hand.write(_(self.changing), lambda edit: edit.change(record.id, **values))
        new, self._new = self._new, ""
        if self._hand.write(_(self.adding), lambda edit: edit.add(replace(record, **values))):
            return True
        self._new = new
        return False

    def remove(self) -> None:
        """Take it out, with a way back."""
        record = self.record
        if record is None:
            return
        if self.is_new(record.id):
            self._back()
            return
        self.pen.drop()
        if self._hand.write(_(self.removing), lambda edit: edit.remove(record.id)):
            self._back()
            self._hand.desk.say(_(self.removed), undo=True)
