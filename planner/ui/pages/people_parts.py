"""Pieces of a person's card: a way of reaching somebody, numbers that stay covered, short lists made of chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from planner.plan.records import Reach
from planner.ui.kit.buttons import Button, PressChip, Segment
from planner.ui.kit.fields import Field, FieldRow, PhoneField
from planner.ui.kit.layouts import MIDDLE, TOP, Box, apart, clear, column, flow, fold, hold, row
from planner.ui.kit.said import announce
from planner.ui.kit.text import Icon, Text
from planner.ui.pages.plan_words import one_line
from planner.words import _

SHOWN_FOR = 30_000
"""ms after which numbers that were shown are covered again."""
REACHES = (Reach.YES, Reach.NO, Reach.UNKNOWN)
MARKS = {Reach.YES: ("yes", "accent"), Reach.NO: ("no", "ink_soft"), Reach.UNKNOWN: ("why", "ink_soft")}

Phones = tuple[Mapping[str, str], ...]
Policy = QSizePolicy.Policy


def grows(widget: QWidget) -> None:
    """Let a widget take the width there is and the height it needs."""
    widget.setSizePolicy(Policy.Expanding, Policy.Minimum)


class ReachLine(QWidget):
    """One way of reaching somebody: what it is, whether it is safe, and what to know about it."""

    def __init__(self, icon: str) -> None:
        """Begins empty."""
        super().__init__()
        self.words = Text("", "strong")
        self.more = Text("", "body", "ink_soft").hide_empty()
        self.mark = Icon("yes", "accent", size=20, box=24)
        words = column(self.words, self.more)
        lead = Icon(icon, "ink_soft", box=24)
        self.setLayout(row((lead, TOP), (words, 1), (self.mark, TOP), gap=12, margins=(0, 8, 0, 8)))
        grows(self)

    def show_reach(self, words: str, reach: Reach | None, more: str) -> None:
        """``reach`` None leaves the mark away; the words say it too."""
        self.words.setText(words)
        self.more.setText(more)
        self.mark.setVisible(reach is not None)
        if reach is not None:
            self.mark.set(*MARKS[reach])


class Numbers(QWidget):
    """Phone numbers and an e-mail address, covered until they are asked for."""

    def __init__(self) -> None:
        """Begins with none, and then takes no room."""
        super().__init__()
        self._phones: Phones = ()
        self._email = ""
        self._list = Box(True, 4, (0, 0, 0, 12))
        self.body = hold(self._list)
        self.button = Button("", icon="show", on=self._press)
        self.setLayout(column(self.body, self.button))
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.cover)
        grows(self)
        self.cover()

    @property
    def covered(self) -> bool:
        """Whether nothing can be read."""
        return self.body.isHidden()

    def set(self, phones: Phones, email: str) -> None:
        """Other numbers come covered."""
        known = tuple(each for each in phones if each.get("number", "").strip())
        if (known, email) != (self._phones, self._email):
            self._phones, self._email = known, email
            self.cover()
        self.setVisible(bool(known or email))

    def cover(self) -> None:
        """Take the numbers off the screen."""
        self._timer.stop()
        clear(self._list)
        self.body.hide()
        self.button.set_icon("show")
        self.button.set_words(self._words())

    def _words(self) -> str:
        if not self._phones:
            return _("Show e-mail")
        if self._email:
            return _("Show number and e-mail")
        return _("Show number") if len(self._phones) == 1 else _("Show numbers")

    def _press(self) -> None:
        if not self.covered:
            self.cover()
            return
        spoken = []
        for phone in self._phones:
            number, label = phone.get("number", ""), phone.get("label", "")
            # A number is read from left to right in every language; the marks keep it so beside other letters.
            told = f"\u2066{number}\u2069"
            self._list.put(_number_line("phone", told, label))
            spoken.append(f"{label} {number}".strip())
        if self._email:
            self._list.put(_number_line("message", f"\u2066{self._email}\u2069", ""))
            spoken.append(self._email)
        self.body.show()
        self.button.set_icon("hide")
        self.button.set_words(_("Cover it again"))
        announce(self, ", ".join(spoken))
        self._timer.start()


def _number_line(icon: str, words: str, label: str) -> QWidget:
    second = Text(label, "body", "ink_soft").hide_empty()
    line = row((Icon(icon, "ink_soft", size=20, box=24), TOP), (column(Text(words, "row", tabular=True), second), 1))
    line.setSpacing(12)
    return hold(line)


class ReachField(QWidget):
    """Yes, no or not sure about one way of reaching somebody, and a line about it."""

    changed = Signal()

    def __init__(self, name: str, about: str, hint: str = "") -> None:
        """``about`` is the name of the line; ``hint`` stands below it."""
        super().__init__()
        self.choice = Segment([_("Yes"), _("No"), _("Not sure")], 2, name)
        self.choice.chosen_changed.connect(lambda _place: self.changed.emit())
        self.note = Field()
        head = apart(Text(name, "strong", align=MIDDLE), self.choice)
        self.setLayout(column(head, 8, FieldRow(about, self.note, hint=hint)))
        grows(self)

    def first_focus(self) -> QWidget:
        """The choice that Tab comes to."""
        return next(part for part in self.choice.findChildren(QAbstractButton) if part.isChecked())

    def value(self) -> Reach:
        """What is chosen."""
        return REACHES[self.choice.chosen]

    def choose(self, reach: str) -> None:
        """Show a choice, without telling anyone."""
        self.choice.choose(REACHES.index(Reach(reach)))


class ChipsField(QWidget):
    """A short list: each entry is a chip that is pressed to take it away; below, one is added."""

    changed = Signal()

    def __init__(
        self,
        *,
        icon: str = "",
        shown: Callable[[str], str] = str,
        kept: Callable[[str], str] = str,
    ) -> None:
        """``shown`` puts a stored entry in words, ``kept`` gives what to store for what was typed."""
        super().__init__()
        self._shown, self._kept = shown, kept
        self._values: tuple[str, ...] = ()
        self._chips: list[PressChip] = []
        self._flow = flow(gap=8)
        self._held = hold(self._flow)
        self.field = Field()
        self.add_button = Button("", icon="plus", name=_("Add"), on=self._add)
        self.setLayout(column(self._held, row((self.field, 1), self.add_button, gap=8), gap=8))
        self.setFocusProxy(self.field)
        self.field.done.connect(self._add)
        grows(self)
        self._build()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.field.setAccessibleName(name)
        self.add_button.set_words("", _("Add to: {list}").format(list=name))

    def set_described(self, words: str) -> None:
        """What a screen reader says after the name."""
        self.field.setAccessibleDescription(words)

    def values(self) -> tuple[str, ...]:
        """The entries, with what stands in the field."""
        typed = self._typed()
        return (*self._values, typed) if typed and typed not in self._values else self._values

    def set_values(self, values: Sequence[str]) -> None:
        """Show these entries; what is being typed stays."""
        if tuple(values) != self._values:
            self._values = tuple(values)
            self._build()

    def empty_field(self) -> None:
        """Forget what is typed and not added."""
        self.field.setText("")

    def _typed(self) -> str:
        typed = one_line(self.field.text())
        return self._kept(typed) if typed else ""

    def _build(self) -> None:
        self._flow.clear()
        self._chips = [self._chip(value) for value in self._values]
        for chip in self._chips:
            self._flow.add(chip)
        self._held.setVisible(bool(self._chips))

    def _chip(self, value: str) -> PressChip:
        words = self._shown(value)
        take = _("Take away: {what}").format(what=words)
        return PressChip(words, "close", name=take, on=lambda: self._take(value))

    def _add(self) -> None:
        values = self.values()
        self.field.setText("")
        if values != self._values:
            self.set_values(values)
            announce(self.field, _("Added"))
            self.changed.emit()

    def _take(self, value: str) -> None:
        place = self._values.index(value)
        self.set_values([each for each in self._values if each != value])
        near = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.field
        near.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class PhonesField(QWidget):
    """Phone numbers, each with a word about it; there is always room for one."""

    changed = Signal()
    """A line was taken away."""

    def __init__(self, watch: Callable[[Field, Field], object]) -> None:
        """Begins with one empty line; ``watch`` is given the fields of every line."""
        super().__init__()
        self._watch = watch
        self.lines: list[tuple[PhoneField, Field]] = []
        self._list = Box(True, 12, (0, 0, 0, 0))
        self.more = Button(_("Another number"), "quiet", icon="plus", compact=True, on=self._another)
        self.setLayout(column(self._list, 4, self.more))
        grows(self)
        self._build(())

    def values(self) -> Phones:
        """The numbers that are not empty."""
        found = ((one_line(number.text()), one_line(label.text())) for number, label in self.lines)
        return tuple({"number": number, "label": label} for number, label in found if number)

    def set_values(self, values: Phones) -> None:
        """Show these numbers; fields that show them already stay."""
        known = [(each.get("number", ""), each.get("label", "")) for each in values]
        if known != [(each["number"], each["label"]) for each in self.values()]:
            self._build(known)

    def _build(self, known: Sequence[tuple[str, str]]) -> None:
        clear(self._list)
        self.lines = []
        for number, label in known or [("", "")]:
            self._add_line(number, label)

    def _add_line(self, number: str, label: str) -> None:
        at = len(self.lines) + 1
        phone = PhoneField(number, name=_("Phone number {n}").format(n=at))
        phone.setPlaceholderText(_("Number"))
        about = Field(label, placeholder=_("Mobile, work …"), name=_("What number {n} is").format(n=at))
        line = (phone, about)
        away = Button("", "quiet", icon="close", compact=True, name=_("Take number {n} away").format(n=at))
        away.clicked.connect(lambda _on=False: self._take(line))
        self._watch(phone, about)
        self.lines.append(line)
        self._list.put(row((fold(phone, about), 1), (away, MIDDLE), gap=4))

    def _another(self) -> None:
        self._add_line("", "")
        self.lines[-1][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, line: tuple[PhoneField, Field]) -> None:
        at = self.lines.index(line)
        left = [(number.text(), label.text()) for number, label in self.lines if number is not line[0]]
        self._build(left)
        self.lines[min(at, len(self.lines) - 1)][0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
