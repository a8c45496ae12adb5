"""A person's card as it is read: how to reach them safely, what they know, what they help with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from planner.plan.records import Dependent, Reach, Ring, SupportContact
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, Box, OwnLayout, clear, column, flow, height_of, hold, row
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Chip, Person, Rule, Text
from planner.ui.pages.people_parts import Numbers, ReachLine, grows
from planner.ui.pages.people_rivals import PersonRivals
from planner.ui.pages.people_words import (
    about_words,
    born_words,
    call_words,
    if_near_words,
    language_words,
    message_words,
    shown_name,
    text_words,
)
from planner.ui.pages.plan_words import Hand
from planner.ui.people_words import tone_of
from planner.ui.theme import theme
from planner.words import _


@dataclass(frozen=True)
class Link:
    """Where somebody is needed: a goal or an appointment. ``page`` and ``id`` say what opens."""

    page: str
    id: str
    title: str
    detail: str
    icon: str


class Shares(OwnLayout):
    """Two things side by side, four to three; one under the other in a narrow place or with large text."""

    def sizeHint(self) -> QSize:
        """As wide as a sheet."""
        return QSize(theme.px(560), self.heightForWidth(theme.px(560)))

    def arrange(self, rect: QRect, place: bool) -> int:
        """Place what is to be seen."""
        items = self.shown()
        gap = theme.sp(self._gap)
        if len(items) == 2 and rect.width() >= theme.px(500) and not theme.narrow(1 << 16):
            first = (rect.width() - gap) * 4 // 7
            spots = [(items[0], 0, first), (items[1], first + gap, rect.width() - first - gap)]
            heights = [height_of(item, width) for item, _x, width in spots]
            if place:
                for (item, x, width), height in zip(spots, heights, strict=True):
                    self.put_at(item, rect, x, 0, width, height)
            return max(heights)
        y = 0
        for item in items:
            height = height_of(item, rect.width())
            if place:
                self.put_at(item, rect, 0, y, rect.width(), height)
            y += height + theme.sp(24)
        return max(0, y - theme.sp(24))


class Part(QWidget):
    """A head with its ruled line, and what stands under it."""

    def __init__(self, head: str, *things: QWidget) -> None:
        """``head`` can be put in other words."""
        super().__init__()
        self.head = Text(head, "strong")
        self.setLayout(column(self.head, Rule(above=4, below=8), *things))
        grows(self)


class _Head(QWidget):
    """The disc, the name, who this is, and the pencil."""

    def __init__(self, edit: Callable[[], object], move: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.mover = Button("", "quiet", icon="swap", compact=True, name=_("Closer or further"), on=move)
        self.disc = Person("", 0, "person_big")
        self.name = Text("", "question")
        self.about = Text("", "body", "ink_soft").hide_empty()
        self.place = Text("", "body", "ink_soft").hide_empty()
        self.pencil = Button("", "quiet", icon="edit", compact=True, name=_("Change"), on=edit)
        words = column(self.name, self.about, self.place)
        tools = hold(row((self.mover, TOP), (self.pencil, TOP)))
        self.setLayout(row((self.disc, TOP), (words, 1), (tools, TOP), gap=16))
        self.mover.setVisible(move is not None)
        grows(self)

    def show_person(self, record: SupportContact | Dependent, about: str, place: str) -> None:
        self.disc.set(record.name[:1].upper() or "?", tone_of(record.id))
        self.name.setText(shown_name(record))
        self.about.setText(about)
        self.place.setText(place)
        self.pencil.set_words("", _("Change what is written about {name}").format(name=shown_name(record)))
        self.mover.set_words("", _("Move {name} closer or further").format(name=shown_name(record)))


class ContactCard(QWidget):
    """Somebody in her life, or somebody to be careful with."""

    def __init__(self, hand: Hand, edit: Callable[[bool], object], step: Callable[[int], object]) -> None:
        """``edit`` is called with whether it is about reaching them; ``step`` with -1 for closer and 1 for further."""
        super().__init__()
        self._hand = hand
        self._links: tuple[Link, ...] = ()
        self._step, self._ring = step, Ring.AROUND
        self.head = _Head(lambda: edit(False), self._move)
        self.rivals = PersonRivals(hand)
        self.near = Text("", "lead").hide_empty()
        self.near_part = Part("", self.near)
        self.ways = {name: ReachLine(icon) for name, icon in WAYS.items()}
        self.word = ReachLine("key")
        self.not_said = Text("", "body", "ink_soft").hide_empty()
        self.say_button = Button(_("Write it down"), "quiet", icon="edit", compact=True, on=lambda: edit(True))
        self.numbers = Numbers()
        reach = (*self.ways.values(), self.word, self.not_said, self.say_button)
        self.reach_part = Part("", *reach)
        self._chips = flow(gap=8)
        self.knows_part = Part("", hold(self._chips))
        self.speaks = Text("", "body")
        self.speaks_part = Part(_("Speaks"), self.speaks)
        self._linked = Box(True, 0, (0, 0, 0, 0))
        self.links_part = Part(_("Helps with"), hold(self._linked))
        self.note = Text("", "body")
        self.note_part = Part(_("Note"), self.note)
        shares = Shares(24)
        self._start = hold(column(self.near_part, self.reach_part, 16, self.numbers))
        self._end = hold(column(self.knows_part, self.speaks_part, self.links_part, gap=24))
        shares.add(self._start, self._end)
        self._id = ""
        self.export_button = Button(_("Save as a card"), "quiet", icon="sharing", compact=True, on=self._export)
        self.setLayout(column(self.head, 16, self.rivals, 8, shares, 24, self.note_part, 16, flow(self.export_button)))
        grows(self)

    def _move(self) -> None:
        """Closer or further, as in the circle and in the list."""
        from planner.ui.kit.floats import Menu
        from planner.ui.pages.people_list import move_items

        Menu(self.head.mover, move_items(self._ring, self._step)).open()

    def show_contact(self, contact: SupportContact, careful: bool, links: tuple[Link, ...]) -> None:
        """Show what is stored; another person's numbers come covered."""
        self._ring = contact.ring
        self.head.mover.setVisible(not careful)
        name = contact.name
        self._id = contact.id
        self.export_button.setVisible(not careful and bool(name.strip() or contact.organisation.strip()))
        self.setAccessibleName(shown_name(contact))
        self.head.show_person(contact, about_words(contact, self._hand.desk), contact.organisation)
        self.rivals.show_record(contact)
        self.near_part.setVisible(careful and bool(contact.if_near))
        self.near_part.head.setText(if_near_words(self._hand.desk))
        self.near.setText(contact.if_near)
        self.numbers.set(contact.phones, contact.email)
        self._show_ways(contact, name, careful)
        self._show_knows(contact, name, careful)
        self.speaks.setText(", ".join(language_words(each) for each in contact.languages))
        self.speaks_part.setVisible(bool(contact.languages) and not careful)
        self._show_links(links)
        self.note.setText(contact.note)
        self.note_part.setVisible(bool(contact.note))
        parts = (self.knows_part, self.speaks_part, self.links_part)
        self._end.setVisible(any(not part.isHidden() for part in parts))

    def _export(self) -> None:
        from planner.ui.dialogs.card_export import export_card

        export_card(self._hand.desk, self._id)

    def _show_ways(self, contact: SupportContact, name: str, careful: bool) -> None:
        # Two sentences, not one with a gap: what stands in for a name bends differently in every language.
        head = _("How to reach {name} safely").format(name=name) if name else _("How to reach them safely")
        self.reach_part.head.setText(head)
        self.reach_part.setVisible(not careful)
        known = (
            ("call", call_words(contact.call), contact.call, contact.call_when),
            ("message", message_words(contact.message), contact.message, contact.message_note),
            ("text", text_words(contact.text), contact.text, contact.text_note),
        )
        said = any(reach is not Reach.UNKNOWN or more for _way, _words, reach, more in known)
        for way, words, reach, more in known:
            self.ways[way].show_reach(words, reach, more)
            self.ways[way].setVisible(said)
        self.word.show_reach(_("Our word"), None, contact.our_word)
        self.word.setVisible(bool(contact.our_word))
        silent = not (said or contact.our_word)
        self.not_said.setText(_("Not said yet. There is no hurry.") if silent else "")
        self.say_button.setVisible(silent)

    def _show_knows(self, contact: SupportContact, name: str, careful: bool) -> None:
        self.knows_part.head.setText(_("What {name} knows").format(name=name) if name else _("What they know"))
        self._chips.clear()
        for each in contact.knows:
            self._chips.add(Chip(each, "yes"))
        for each in contact.knows_not:
            self._chips.add(Chip(_("Not: {what}").format(what=each), "no", "line"))
        self.knows_part.setVisible(bool(contact.knows or contact.knows_not) and not careful)

    def _show_links(self, links: tuple[Link, ...]) -> None:
        self.links_part.setVisible(bool(links))
        if links == self._links:
            return
        self._links = links
        clear(self._linked)
        for link in links:
            self._linked.put(self._link_row(link))

    def _link_row(self, link: Link) -> ListRow:
        where = {"goal": link.id} if link.page == "plan" else {"appointment": link.id}
        return ListRow(
            link.title,
            link.detail,
            icon=link.icon,
            trail=None,
            first_step="label",
            on=lambda: self._hand.desk.go(link.page, **where),
        )


WAYS = {"call": "phone", "message": "voicemail", "text": "message"}


class DependentCard(QWidget):
    """A child or somebody else she looks after."""

    def __init__(self, hand: Hand, edit: Callable[[], object]) -> None:
        """``edit`` turns it into fields."""
        super().__init__()
        self._hand = hand
        self.head = _Head(edit)
        self.rivals = PersonRivals(hand)
        self.day, self.needs, self.note = Text(), Text(), Text()
        self.day_part = Part(_("In the day"), self.day)
        self._chips = flow(gap=8)
        self.collect_part = Part(_("Who may collect"), hold(self._chips))
        self.needs_part, self.note_part = Part(_("Needs"), self.needs), Part(_("Note"), self.note)
        self.nothing = Text(_("Only a name so far. That is enough."), "body", "ink_soft")
        parts = (self.day_part, self.collect_part, self.needs_part, self.note_part, self.nothing)
        self.setLayout(column(self.head, 16, self.rivals, 8, column(*parts, gap=24)))
        grows(self)

    def show_dependent(self, dependent: Dependent) -> None:
        """Show what is stored."""
        desk = self._hand.desk
        self.setAccessibleName(shown_name(dependent))
        born = born_words(dependent.born, desk.session.today(), desk.formats)
        self.head.show_person(dependent, dependent.relation, born)
        self.rivals.show_record(dependent)
        for part, text, words in (
            (self.day_part, self.day, dependent.day_place),
            (self.needs_part, self.needs, dependent.needs),
            (self.note_part, self.note, dependent.note),
        ):
            text.setText(words)
            part.setVisible(bool(words))
        self._chips.clear()
        for each in dependent.may_collect:
            self._chips.add(Chip(each, "yes"))
        self.collect_part.setVisible(bool(dependent.may_collect))
        said = (dependent.day_place, dependent.needs, dependent.note, dependent.may_collect)
        self.nothing.setVisible(not any(said))
