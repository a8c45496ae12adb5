"""What a goal is about, when, whose words, mine alone; where it stands; and what two copies say differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.plan.life import LifeDomain
from planner.plan.records import Barrier, Goal, GoalState, GoalTime, Helper, Record, Step, WrittenBy
from planner.session.types import GoalParts
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import SIDE, FieldRow, draw_field
from planner.ui.kit.floats import Menu, MenuItem
from planner.ui.kit.layouts import Box, clear, column, flow
from planner.ui.kit.paint import Block, across, painter, tinted
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.pages.erase_entry import erase_button
from planner.ui.pages.plan_layouts import Pair
from planner.ui.pages.plan_words import (
    STATE_WORDS,
    TIME_WORDS,
    Hand,
    by_words,
    close_word,
    part_of,
    parts_of_life,
    same_part,
)
from planner.ui.theme import theme
from planner.words import N_, _


class PartPicker(Picker):
    """The parts of life, each with its icon and word; the law stands there once."""

    def __init__(self, part: LifeDomain = LifeDomain.BASIC_NEEDS) -> None:
        """``part`` is chosen at first."""
        parts = parts_of_life()
        self._icons = {domain.value: icon for domain, _words, icon in parts}
        super().__init__([(domain.value, words) for domain, words, _icon in parts], part_of(part).value)

    def part(self) -> LifeDomain:
        """What is chosen."""
        return LifeDomain(self.value())

    def _open(self) -> None:
        def take(value: str) -> Callable[[], None]:
            return lambda: self._take(value)

        items = [
            MenuItem(label, icon=self._icons[value], on=take(value), checked=value == self.value())
            for value, label in self._items
        ]
        Menu(self, items, width=self.width()).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A field with the icon of the part, and an arrow down."""
        draw_field(self, self.hasFocus())
        p = painter(self)
        size, side = theme.size("icon_small"), theme.sp(SIDE)
        lead = side + size + theme.sp(8)
        room = self.width() - lead - side - size - theme.sp(8)
        block = Block(self.text(), "label", weight=400, wrap=False)
        area = QRectF(across(self, lead, room), (self.height() - block.line_height) / 2, room, block.line_height)
        block.paint_cut(p, area, "ink")
        top = round((self.height() - size) / 2)
        icon = tinted(self, self._icons.get(self.value(), "plan"), "ink_soft", size)
        p.drawPixmap(round(across(self, side, size)), top, icon)
        left = across(self, self.width() - side - size, size)
        p.drawPixmap(round(left), top, tinted(self, "down", "ink_soft", size))
        p.end()


def time_picker(time: GoalTime = GoalTime.NOW) -> Picker:
    """When a goal is for."""
    return Picker([(each.value, _(words)) for each, words in TIME_WORDS.items()], time.value)


class Details(Sheet):
    """Opened by the pencil: what a goal is about, when, whose words; mine alone; remove."""

    def __init__(self, hand: Hand, close: Callable[[], object], remove: Callable[[], object]) -> None:
        """``hand`` writes as soon as something is chosen."""
        super().__init__(kind="line", radius="control")
        self._hand = hand
        self._goal = Goal()
        self.part = PartPicker()
        self.time = time_picker()
        self.by = Picker([(each.value, each.value) for each in WrittenBy])
        self.alone = TickChoice(_("Mine alone"), _("Never in a print or a copy, unless you choose it."))
        pair = Pair(16)
        part_row = FieldRow(_("Part of life"), self.part)
        pair.add(FieldRow(_("When"), self.time), part_row)
        self.erase_button = erase_button(hand.desk, lambda: self._goal.id)
        gone = Button(_("Remove this goal"), "quiet", on=remove)
        buttons = flow(Button(close_word(), on=close), gone, self.erase_button)
        by_row = FieldRow(_("Whose words"), self.by)
        self.setLayout(column(pair, 12, by_row, 12, self.alone, 12, buttons, margins=(16, 16, 16, 16)))
        leave_out(hand.desk, part_row, by_row, self.alone)
        self.part.changed.connect(self._part)
        self.time.changed.connect(lambda: self._set(time=GoalTime(self.time.value())))
        self.by.changed.connect(lambda: self._set(written_by=WrittenBy(self.by.value())))
        self.alone.clicked.connect(lambda _on=False: self._set(mine_alone=self.alone.isChecked()))

    def show_goal(self, goal: Goal) -> None:
        """Show what is stored."""
        self._goal = goal
        self.part.choose(part_of(goal.domain).value)
        self.time.choose(goal.time.value)
        self.by.set_items([(each.value, words) for each, words in by_words(self._hand.desk).items()])
        self.by.choose(goal.written_by.value)
        self.alone.setChecked(goal.mine_alone)

    def _part(self) -> None:
        chosen = self.part.part()
        if not same_part(self._goal.domain, chosen):
            self._set(domain=chosen)

    def _set(self, **values: Any) -> None:
        goal = self._goal
        if not self._hand.write(_("Change a goal"), lambda edit: edit.change(goal.id, **values)):
            self.show_goal(goal)


class Standing(QWidget):
    """Where a goal stands, and the other places it could stand; each is as good as another."""

    def __init__(self, hand: Hand) -> None:
        """``hand`` writes."""
        super().__init__()
        self._hand = hand
        self._goal = Goal()
        self.words = Text("", "body", "ink_soft").hide_empty()
        self.buttons = {
            GoalState.OPEN: Button(_("Open it again"), icon="plan", on=lambda: self._set(GoalState.OPEN)),
            GoalState.DONE: Button(_("It is done"), icon="check", on=lambda: self._set(GoalState.DONE)),
            GoalState.RESTING: Button(_("Let it rest"), icon="pause", on=lambda: self._set(GoalState.RESTING)),
            GoalState.LET_GO: Button(_("Let it go"), icon="feather", on=lambda: self._set(GoalState.LET_GO)),
        }
        self.setLayout(column(self.words, 4, flow(*self.buttons.values(), gap=8)))

    def show_goal(self, goal: Goal) -> None:
        """Show where it stands."""
        self._goal = goal
        self.words.setText(
            {
                GoalState.OPEN: "",
                GoalState.DONE: _("This is done. You can open it again at any time."),
                GoalState.RESTING: _("This is resting for now. It can rest as long as you like."),
                GoalState.LET_GO: _("You let this go. You can take it up again at any time."),
            }[goal.state]
        )
        for state, button in self.buttons.items():
            button.setVisible(state is not goal.state)

    def _set(self, state: GoalState) -> None:
        goal = self._goal
        words = {
            GoalState.OPEN: (_("Open a goal again"), _("The goal is open again.")),
            GoalState.DONE: (_("Finish a goal"), _("The goal is done.")),
            GoalState.RESTING: (_("Let a goal rest"), _("The goal is resting for now.")),
            GoalState.LET_GO: (_("Let a goal go"), _("The goal is let go.")),
        }[state]
        if self._hand.write(words[0], lambda edit: edit.change(goal.id, state=state), words[1]):
            next(each for each in self.buttons.values() if not each.isHidden()).setFocus()


class Rivals(Sheet):
    """Where two copies say different things: both, and a choice."""

    def __init__(self, hand: Hand) -> None:
        """Hidden while nothing differs."""
        self._hand = hand
        self._shown: list[tuple[str, str, tuple[object, ...]]] = []
        self._list = Box(True, 8, (0, 0, 0, 0))
        head = Text(_("Two copies say different things here"), "strong")
        words = Text(_("Choose which one to keep. Until then, both stay."), "body")
        super().__init__(column(head, words, 12, self._list, margins=(20, 12, 20, 16)), "sand")
        self.hide()

    def show_goal(self, goal: Goal, parts: GoalParts) -> None:
        """Look for fields with more than one value in a goal and all that belongs to it."""
        found = [
            (record, name, (getattr(record, name), *values))
            for record in (goal, *parts.steps, *parts.helpers, *parts.barriers)
            for name, values in sorted(record.rivals.items())
            if name in FIELD_WORDS and values
        ]
        known = [(record.id, name, values) for record, name, values in found]
        self.setVisible(bool(found))
        if known == self._shown:
            return
        self._shown = known
        clear(self._list)
        for record, name, values in found:
            self._list.put(Text(self._head(record, name), "body", "ink_soft"))
            self._list.put(*(self._button(record, name, value) for value in values), 4)

    def _head(self, record: Record, name: str) -> str:
        what = _(FIELD_WORDS[name])
        if isinstance(record, Goal):
            return what
        kind = {Step.kind: _("Step"), Helper.kind: _("Who helps"), Barrier.kind: _("In the way")}[record.kind]
        words = record.title_text() if name not in ("title", "name", "what") else ""
        return f"{words or kind}: {what}"

    def _button(self, record: Record, name: str, value: object) -> Button:
        words = self._words(record, name, value)
        spoken = _("Keep: {words}").format(words=words)
        return Button(words, name=spoken, fill=True, centred=False, on=lambda: self._keep(record, name, value))

    def _words(self, record: Record, name: str, value: object) -> str:
        tables: dict[str, dict[str, str]] = {
            "time": {each.value: _(words) for each, words in TIME_WORDS.items()},
            "state": {each.value: _(words) or _("Still open") for each, words in STATE_WORDS.items()},
            "domain": {each.value: words for each, words, _icon in parts_of_life()},
            "written_by": {each.value: words for each, words in by_words(self._hand.desk).items()},
        }
        text = str(value)
        if name == "mine_alone":
            return _("Mine alone") if value else _("For those I choose")
        if name == "domain":
            text = part_of(LifeDomain(text)).value if text in list(LifeDomain) else text
        if name == "done_on":
            return _("Done on {day}").format(day=text) if text else _("Still open")
        return tables.get(name, {}).get(text, text) or _("Nothing written")

    def _keep(self, record: Record, name: str, value: object) -> None:
        words = _("Choose between two copies")
        self._hand.write(words, lambda edit: edit.change(record.id, **{name: value}), _("This one is kept."))


FIELD_WORDS: dict[str, str] = {
    "title": N_("The words"),
    "why": N_("Why"),
    "domain": N_("Part of life"),
    "time": N_("When"),
    "state": N_("Where it stands"),
    "written_by": N_("Whose words"),
    "mine_alone": N_("Who may see it"),
    "when": N_("When"),
    "with_whom": N_("With whom"),
    "done_on": N_("Done"),
    "name": N_("Name"),
    "contact": N_("Who"),
    "how": N_("How"),
    "what": N_("What is in the way"),
    "way_round": N_("A way round"),
}
"""Fields that are chosen between, in words. Places in a list differ too, but the next move settles them."""
