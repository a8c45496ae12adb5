"""One record of a list that is open: its fields are saved as they are typed, and a new one is kept from a word on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.plan.records import Record
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.people_rivals import PersonRivals
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.plan_words import Hand
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

Kept = TypeVar("Kept", bound=Record)


class OneRecord(QWidget, Generic[Kept]):
    """The fields of one record, saved as they are typed; a new one is kept from the first word of its main field on.

    A subclass builds the fields and lays them out with the buttons made here; :attr:`pen` watches what is typed, and
    what is chosen tells :meth:`touched`.
    """

    main: ClassVar[str]
    """The name of the field that must hold a word; emptied, it keeps the words that it had."""
    please: ClassVar[str]
    """Asks for that word where everything else was filled in; a msgid."""

    def __init__(
        self, desk: Desk, back: Callable[[], object], remove: Callable[[], object], rivals: Mapping[str, str]
    ) -> None:
        """``back`` shows all of them; ``remove`` takes this one out; ``rivals`` names what two copies may differ in."""
        super().__init__()
        self._desk, self._hand, self._back = desk, Hand(desk), back
        self.record: Kept | None = None
        """The record as it is stored; None while a new one has no main word yet, or none is open."""
        self.id = ""
        self._shown: dict[str, Any] = {}
        self.pen = Pen(self, self._keep)
        self.rivals = PersonRivals(self._hand, rivals, self.rival_words)
        self.done_button = Button(_("That is right"), "main", icon="check", on=self._done)
        self.remove_button = Button(_("Remove"), "quiet", on=remove)
        self.erase_button = erase_button(desk, lambda: self.record.id if self.record is not None else "")

    # ---------------------------------------------------------------- what a subclass tells

    def main_part(self) -> tuple[FieldRow, Field]:
        """The main field, and the row that it stands in."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Every field as it stands on the screen."""
        raise NotImplementedError

    def show_fields(self, record: Kept, *, another: bool) -> None:
        """Put a record into the fields; ``another``: not the one that was there, so nothing of it is being typed."""
        raise NotImplementedError

    def add(self, values: dict[str, Any]) -> bool:
        """Keep a new one under :attr:`id`; False where the machine could not."""
        raise NotImplementedError

    def change(self, record: str, values: dict[str, Any]) -> bool:
        """Keep what is others in one that is stored; False where the machine could not."""
        raise NotImplementedError

    def rival_words(self, name: str, value: Any) -> str:
        """A value of this or of another copy, which comes as it is stored."""
        raise NotImplementedError

    # ---------------------------------------------------------------- showing

    @property
    def is_open(self) -> bool:
        """Whether one is shown here, also a new one."""
        return bool(self.id)

    def show_new(self, record: Kept) -> None:
        """Begin this new one, unless a new one is open already: what was typed into that one stays."""
        if not self.id or self.record is not None:
            self.pen.flush()
            self._fill(record, None)

    def show_record(self, record: Kept) -> None:
        """Show what is stored; what is being typed stays."""
        if record.id != self.id:
            self.pen.flush()
        self._fill(record, record)

    def show_none(self, *, there: bool) -> None:
        """Show none; what is typed is saved where the record is still ``there``, and undo has not taken it back."""
        if there:
            self.pen.flush()
        self.pen.drop()
        self.record, self.id = None, ""

    def _fill(self, record: Kept, stored: Kept | None) -> None:
        another = record.id != self.id
        if another:
            self.pen.drop()
            self.main_part()[0].ask("")
        self.record, self.id = stored, record.id
        self.show_fields(record, another=another)
        if not self.pen.waiting:
            self._shown = self.values()
        self.rivals.show_record(record)
        for button in (self.remove_button, self.erase_button):
            button.setVisible(stored is not None)

    # ---------------------------------------------------------------- what is kept

    def touched(self) -> None:
        """Something was chosen: it is kept at once."""
        self.pen.waiting = True
        self.pen.flush()

    def _written(self) -> dict[str, Any]:
        return {name: value for name, value in self.values().items() if value != self._shown.get(name)}

    def _keep(self) -> bool:
        written = self._written()
        if not self.id or not written:
            return True
        values = self.values()
        if self.record is None:
            return not values[self.main] or self.add(values)
        if not values[self.main]:
            written.pop(self.main, None)
        return not written or self.change(self.record.id, written)

    def draft(self) -> dict[str, Any] | None:
        """What is typed and has no main word yet."""
        if not self.id or self.record is not None:
            return None
        return {name: getattr(value, "value", value) for name, value in self._written().items()} or None

    def _done(self) -> None:
        if self.record is None and not self.values()[self.main] and self.draft():
            row, field = self.main_part()
            row.ask(_(self.please))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.pen.flush()
        self._back()


def as_chosen(name: str, value: Any, kinds: Mapping[str, type[StrEnum]]) -> Any:
    """A stored value as the choice that it stands for; ``kinds`` names the fields in which something is chosen."""
    kind = kinds.get(name)
    return kind(value) if kind is not None and value in set(kind) else value
