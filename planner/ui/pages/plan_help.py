"""Who helps with a goal, and what is in its way with a way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.plan.records import Barrier as BarrierRecord
from planner.plan.records import Helper, new_id
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field, FieldRow, TextArea
from planner.ui.kit.layouts import STRETCH, Box, column, flow, row
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Barrier, Sheet
from planner.ui.kit.text import Person, Text
from planner.ui.pages.plan_typing import Cover, Pen
from planner.ui.pages.plan_words import Hand, at_the_end, close_word, one_line
from planner.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.plan.records import SupportContact

SOMEONE = ""
"""The answer that stands for a name that is typed."""


class _Editor(Sheet):
    """Fields that are saved as they are typed, and a row of buttons under them; Esc closes."""

    def __init__(self, fields: Box, buttons: list[QWidget], close: Callable[[], object]) -> None:
        self._close = close
        fields.put(12, flow(Button(close_word(), on=close), *buttons))
        fields.set_margins((16, 16, 16, 16))
        super().__init__(fields, "line", radius="control")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)


class _HelperRow(QWidget):
    """Somebody who helps, pressed to change it."""

    def __init__(self, place: Helpers, helper: Helper | None) -> None:
        super().__init__()
        self._place, self.helper = place, helper
        self.id = helper.id if helper is not None else new_id()
        self._hand = place.hand
        self._column = column()
        self.setLayout(self._column)
        self.pen = Pen(self, self._keep)
        self._fields: _Editor | None = None
        self.face = QWidget()
        self.disc = Person("", 1)
        self.name = Text("", "label")
        self.how = Text("", "body", "ink_soft").hide_empty()
        words = column(STRETCH, self.name, self.how, STRETCH)
        self.face.setLayout(row(self.disc, (words, 1), gap=12, margins=(8, 6, 8, 6)))
        self.cover = Cover(self.face)
        self.cover.let_through()
        self.cover.clicked.connect(lambda _on=False: self.open())
        self._column.put(self.face)

    def show_helper(self, helper: Helper, name: str, tone: int) -> None:
        """``name`` is the contact's own name now, or the one that was typed."""
        self.helper = helper
        self.disc.set(name[:1].upper(), tone)
        self.name.setText(name or _("No name yet"))
        self.how.setText(helper.how)
        self.cover.setAccessibleName(", ".join(part for part in (name, helper.how) if part))
        self.cover.setAccessibleDescription(_("Press to change it"))
        self._fill()

    # ---------------------------------------------------------------- the fields

    def is_open(self) -> bool:
        return self._fields is not None and not self._fields.isHidden()

    def open(self) -> None:
        if self._fields is None:
            self._fields = self._make()
        self._fill()
        self.face.hide()
        self._fields.show()
        (self.who if self._place.contacts else self.typed).setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self) -> _Editor:
        people = [(SOMEONE, _("Someone I write here"))]
        people += [(each.id, each.name or _("No name yet")) for each in self._place.contacts]
        self.who = Picker(people, self.helper.contact if self.helper is not None else SOMEONE)
        self.typed = Field()
        self.does = Field()
        self.typed_row = FieldRow(_("Name"), self.typed)
        does = FieldRow(_("How"), self.does, hint=_("For example: comes with me, or helps with papers"))
        self.pen.watch(self.typed, self.does)
        self.who.changed.connect(self._chosen)
        self.card = Button(_("Open this person’s page"), "quiet", on=self._to_card)
        gone = Button(_("Take off this list"), "quiet", on=lambda: self._place.remove(self))
        who = FieldRow(_("Who"), self.who) if self._place.contacts else None
        body = column(who, 12 if who is not None else None, self.typed_row, 12, does)
        editor = _Editor(body, [self.card, gone], self.close_fields)
        self._column.put(editor)
        return editor

    def _chosen(self) -> None:
        self.typed_row.setVisible(self.who.value() == SOMEONE)
        self.card.setVisible(self.who.value() != SOMEONE)
        self.pen.waiting = True
        self.pen.flush()

    def _to_card(self) -> None:
        self._hand.desk.go("people", contact=self.who.value())

    def _fill(self) -> None:
        if self._fields is None:
            return
        helper = self.helper
        if helper is not None and not self.pen.waiting:
            self.who.choose(helper.contact)
            self.pen.fill(self.typed, helper.name)
            self.pen.fill(self.does, helper.how)
        self.typed_row.setVisible(self.who.value() == SOMEONE)
        self.card.setVisible(self.who.value() != SOMEONE)

    def _keep(self) -> bool:
        contact = self.who.value()
        name = self._place.name_of(contact) if contact else one_line(self.typed.text())
        how = one_line(self.does.text())
        helper = self.helper
        if helper is None:
            if not (name or how):
                return True
            place = self._place
            made = Helper(id=self.id, goal=place.goal, contact=contact, name=name, how=how, order=place.next_order())
            return self._hand.write(_("Add someone who helps"), lambda edit: edit.add(made))
        values = {"contact": contact, "name": name or helper.name, "how": how}
        changed = {key: value for key, value in values.items() if getattr(helper, key) != value}
        if not changed:
            return True
        return self._hand.write(_("Change who helps"), lambda edit: edit.change(helper.id, **changed))

    def close_fields(self) -> None:
        self.pen.flush()
        if self.pen.waiting or self._fields is None:
            return
        self._fields.hide()
        self.face.show()
        self._place.closed(self)


class Helpers(QWidget):
    """Who helps, one under the other, and a way to add someone."""

    def __init__(self, hand: Hand) -> None:
        """``hand`` writes."""
        super().__init__()
        self.hand = hand
        self.goal = ""
        self.contacts: list[SupportContact] = []
        self._helpers: tuple[Helper, ...] = ()
        self._rows: list[_HelperRow] = []
        self._list = column()
        self.add_button = Button(_("Add someone"), "quiet", icon="plus", compact=True, on=self.add)
        head = Text(_("Who helps"), "strong")
        self.setLayout(column(row((head, 1), margins=(8, 0, 0, 0)), 6, self._list, self.add_button))

    def rows(self) -> list[_HelperRow]:
        """The rows that are to be seen, in order."""
        return self._rows

    def name_of(self, contact: str) -> str:
        """The name of somebody in her life; "" when they are not among her people any more."""
        return next((each.name for each in self.contacts if each.id == contact), "")

    def next_order(self) -> str:
        """A place at the end."""
        return at_the_end([helper.order for helper in self._helpers])

    def show_helpers(self, goal: str, helpers: tuple[Helper, ...], contacts: list[SupportContact]) -> None:
        """Show these; rows that stay keep keyboard and fields."""
        same_goal = goal == self.goal
        self.goal, self._helpers, self.contacts = goal, helpers, contacts
        wanted = {helper.id for helper in helpers}
        for each in list(self._rows):
            if not same_goal or (each.helper is not None and each.id not in wanted):
                self._drop(each)
        known = {each.id: each for each in self._rows}
        for place, helper in enumerate(helpers):
            found = known.get(helper.id) or self._new_row(helper)
            found.show_helper(helper, self.name_of(helper.contact) or helper.name, place + 1)

    def _new_row(self, helper: Helper | None) -> _HelperRow:
        made = _HelperRow(self, helper)
        self._rows.append(made)
        self._list.addWidget(made)
        return made

    def _drop(self, gone: _HelperRow) -> None:
        gone.pen.drop()
        self._rows.remove(gone)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def add(self) -> None:
        """Fields for somebody more."""
        self._new_row(None).open()

    def closed(self, place: _HelperRow) -> None:
        """Fields were closed: what was never named goes away."""
        if place.helper is None:
            self._drop(place)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            place.cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, place: _HelperRow) -> None:
        """Take somebody off, with Undo."""
        place.pen.drop()
        helper = place.helper
        if helper is None:
            self._drop(place)
        else:
            self.hand.write(
                _("Take off someone who helps"), lambda edit: edit.remove(helper.id), _("Taken off the list.")
            )
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is typed."""
        for each in self._rows:
            each.pen.flush()


class _BarrierCard(QWidget):
    """What is in the way and the way round, pressed to change it."""

    def __init__(self, place: Barriers, barrier: BarrierRecord | None) -> None:
        super().__init__()
        self._place, self.barrier = place, barrier
        self.id = barrier.id if barrier is not None else new_id()
        self.face = Barrier("", "")
        self.cover = Cover(self.face, radius="card")
        self.cover.let_through()
        self.cover.clicked.connect(lambda _on=False: self.open())
        self.what = TextArea(lines=2, most=6)
        self.way = TextArea(lines=2, most=6)
        self.pen = Pen(self, self._keep)
        self.pen.watch(self.what, self.way)
        fields = column(
            FieldRow(_("What is in the way"), self.what, hint=_("Money, a paper, time, a fear: whatever it is.")),
            12,
            FieldRow(_("A way round"), self.way, hint=_("Who could help? Is there a smaller step? It can stay open.")),
        )
        gone = Button(_("Remove this"), "quiet", on=lambda: place.remove(self))
        self.fields = _Editor(fields, [gone], self.close_fields)
        self.fields.hide()
        self.setLayout(column(self.face, self.fields))
        for area in (self.what, self.way):
            area.paper.installEventFilter(self)

    def show_barrier(self, barrier: BarrierRecord) -> None:
        self.barrier = barrier
        self.face.set(barrier.what, barrier.way_round)
        parts = [f"{_('In the way')}: {barrier.what}" if barrier.what else ""]
        parts.append(f"{_('A way round')}: {barrier.way_round}" if barrier.way_round else "")
        self.cover.setAccessibleName(" ".join(part for part in parts if part))
        self.cover.setAccessibleDescription(_("Press to change it"))
        self.pen.fill(self.what, barrier.what)
        self.pen.fill(self.way, barrier.way_round)

    def is_open(self) -> bool:
        return not self.fields.isHidden()

    def open(self) -> None:
        self.face.hide()
        self.fields.show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_fields(self) -> None:
        self.pen.flush()
        if self.pen.waiting:
            return
        self.fields.hide()
        self.face.show()
        self._place.closed(self)

    def _keep(self) -> bool:
        what, way = self.what.text().strip(), self.way.text().strip()
        hand, barrier = self._place.hand, self.barrier
        if barrier is None:
            if not (what or way):
                return True
            place = self._place
            made = BarrierRecord(id=self.id, goal=place.goal, what=what, way_round=way, order=place.next_order())
            return hand.write(_("Write what is in the way"), lambda edit: edit.add(made))
        if (what, way) == (barrier.what, barrier.way_round) or not (what or way):
            return True
        changed = {"what": what, "way_round": way}
        return hand.write(_("Change what is in the way"), lambda edit: edit.change(barrier.id, **changed))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc closes from inside a field, too."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close_fields()
            return True
        return super().eventFilter(watched, event)


class Barriers(QWidget):
    """What is in the way, one card each, and a way to write one more."""

    def __init__(self, hand: Hand) -> None:
        """``hand`` writes."""
        super().__init__()
        self.hand = hand
        self.goal = ""
        self._barriers: tuple[BarrierRecord, ...] = ()
        self._cards: list[_BarrierCard] = []
        self._list = column(gap=12)
        self._none = Text(_("Is something in the way?"), "strong")
        self.add_button = Button("", "quiet", icon="plus", compact=True, on=self.add)
        self.setLayout(column(row((self._none, 1), margins=(8, 0, 0, 0)), self._list, 6, self.add_button))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def cards(self) -> list[_BarrierCard]:
        """The cards that are to be seen, in order."""
        return self._cards

    def next_order(self) -> str:
        """A place at the end."""
        return at_the_end([each.order for each in self._barriers])

    def show_barriers(self, goal: str, barriers: tuple[BarrierRecord, ...]) -> None:
        """Show these; cards that stay keep keyboard and fields."""
        same_goal = goal == self.goal
        self.goal, self._barriers = goal, barriers
        wanted = {each.id for each in barriers}
        for card in list(self._cards):
            if not same_goal or (card.barrier is not None and card.id not in wanted):
                self._drop(card)
        known = {card.id: card for card in self._cards}
        for barrier in barriers:
            (known.get(barrier.id) or self._new_card(barrier)).show_barrier(barrier)
        self._say()

    def _say(self) -> None:
        self._none.setVisible(not self._cards)
        self.add_button.set_words(_("Something else is in the way") if self._cards else _("Write what is in the way"))

    def _new_card(self, barrier: BarrierRecord | None) -> _BarrierCard:
        card = _BarrierCard(self, barrier)
        self._cards.append(card)
        self._list.addWidget(card)
        self._say()
        return card

    def _drop(self, card: _BarrierCard) -> None:
        card.pen.drop()
        self._cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self._say()

    def add(self) -> None:
        """Fields for one more."""
        self._new_card(None).open()

    def closed(self, card: _BarrierCard) -> None:
        """Fields were closed: what stayed empty goes away."""
        if card.barrier is None:
            self._drop(card)
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            card.cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, card: _BarrierCard) -> None:
        """Take one away, with Undo."""
        card.pen.drop()
        barrier = card.barrier
        if barrier is None:
            self._drop(card)
        else:
            words = _("Remove what is in the way")
            self.hand.write(words, lambda edit: edit.remove(barrier.id), _("It is taken away."))
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Save what is typed."""
        for card in self._cards:
            card.pen.flush()
