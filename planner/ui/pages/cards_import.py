"""Bring in people from a file of cards: choose it, look at who is in it, decide, and only then bring them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.plan.records import Ring, SupportContact
from planner.session.card_files import Alike, CardDecision, CardsPreview, TakenIn, What
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import Box, apart, clear, column, columns, flow, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.bring_file import BringFilePage
from planner.ui.pages.cards_parts import SHOWN, AlikeCard, CarefulCard, InOrOut
from planner.ui.pages.cards_words import (
    about_card,
    done_words,
    left_out_words,
    more_words,
    not_understood_words,
    summary,
    usual_region,
)
from planner.ui.pages.people_words import ring_words, shown_name
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk
    from planner.ui.work import Progress

RINGS = (Ring.CLOSE, Ring.AROUND, Ring.FURTHER)
AT_ONCE = 10
"""Cards that are compared side by side before more are asked for: each is many fields."""
SUFFIXES = (".vcf", ".vcard")


class CardsImportPage(BringFilePage):
    """Before a file is chosen: what will happen. After it: who is new, who is here, who is not understood."""

    name: ClassVar[str] = "cards-import"

    def __init__(self, desk: Desk) -> None:
        """Nothing is read until a file is chosen."""
        super().__init__(desk)
        self.preview: CardsPreview | None = None
        self._new: dict[str, SupportContact] = {}
        self._coming = 0
        self.alike_cards: list[AlikeCard] = []
        self.careful_cards: list[CarefulCard] = []
        self._build_new()
        self._build_others()
        self.sum = Text("", "lead")
        self._main = column(
            self.sum,
            self.careful_part,
            self.new_part,
            self.alike_part,
            self.same_part,
            self.odd_part,
            16,
        )
        self.note = Note(_("Nothing changes before you press the button below."), "feather")
        self.left_out = Note("", "no")
        self._both = columns(self._main, column(self.note, self.left_out, gap=16))
        self.bring = Button("", "main", icon="check", on=self.bring_in)
        self.another = Button(_("Choose another file"), icon="folder", on=self.choose)
        self.back = Button(_("Not now"), "quiet", on=self._not_now)
        self._foot = hold(column(Rule(), 16, flow(self.bring, self.another, self.back), margins=(40, 0, 40, 20)))
        self.choose_button = Button(_("Choose a file"), "main", icon="folder", on=self.choose)
        self.empty = EmptyPage(
            "people",
            _("People from a file will be here"),
            _(
                "A phone or a mail program can save its people as a file that ends in .vcf. "
                "First you see who is in it. Nothing changes before you say so."
            ),
            [self.choose_button, Button(_("Back to people"), "quiet", icon="back", on=lambda: desk.go("people"))],
            _("Pictures are left out. The file itself stays where it is; this notebook does not change it."),
        )
        self.set_body(column((self._both, 1), (self.empty, 1)), foot=self._foot)
        self._show()

    def _build_new(self) -> None:
        self.new_list = InOrOut(_("New people"), on_words=_("comes in"), off_words=_("stays out"))
        self.new_list.changed.connect(self._count)
        self.new_section = Section(_("New people"))
        self.ring = Segment([ring_words(each) for each in RINGS], 1, _("How close they are"))
        ring_row = apart(
            column(
                Text(_("How close they are"), "strong"),
                Text(_("For all new ones. You can change it later for each."), "body", "ink_soft"),
            ),
            self.ring,
        )
        self.all_in = Button(_("Bring all in"), "quiet", compact=True, on=lambda: self.new_list.set_all(True))
        self.all_out = Button(_("Leave all out"), "quiet", compact=True, on=lambda: self.new_list.set_all(False))
        self._many = hold(flow(self.all_in, self.all_out))
        self.new_part = hold(column(28, self.new_section, 12, ring_row, 16, self.new_list, 8, self._many))

    def _build_others(self) -> None:
        self._careful = Box(True, 0, (0, 0, 0, 0))
        self.careful_part = hold(column(28, Section(_("Be careful")), hold(self._careful)))
        self._alike = Box(True, 0, (0, 0, 0, 0))
        self.more_button = Button("", icon="down", on=self._more_alike)
        self.alike_section = Section(_("Perhaps here already"))
        self.alike_part = hold(
            column(
                28,
                self.alike_section,
                8,
                Text(_("What is written here stays. What is missing is added, unless you choose otherwise."), "body"),
                hold(self._alike),
                12,
                flow(self.more_button),
            )
        )
        self.same_list = ListView(_("Here with all of this"))
        self.same_shut = Disclosure(_("Show who"), _("Hide who"), self.same_list)
        self.same_section = Section(_("Here with all of this"))
        self.same_part = hold(column(28, self.same_section, 8, self.same_shut))
        self.odd_list = ListView(_("Not understood"))
        self.odd_part = hold(column(28, Section(_("Not understood")), 8, self.odd_list))

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """The page's name."""
        return _("Bring in people")

    def first_focus(self) -> QWidget | None:
        """The first thing to do."""
        if self.preview is None:
            return self.choose_button
        return self.new_list if self.preview.new else self.bring

    def refresh(self, changed: Changed | None) -> None:
        """Another person's page begins anew: a file was looked at for one person alone."""
        person = self.desk.session.person
        if self.preview is not None and (person is None or person.id != self.preview.person):
            self.forget()

    def forget(self) -> None:
        """Let go of the file and of what was chosen."""
        super().forget()
        self.preview = None
        self._show()

    # ---------------------------------------------------------------- a file

    def choose(self) -> None:
        """Which file."""
        self.choose_one(_("Which file?"), _("Files of cards end in .vcf. Only such files are listed."), SUFFIXES)

    def read(self, path: Path) -> None:
        """Look into a file beside the window."""
        person = self.desk.session.person
        if person is None:
            return
        files = self.desk.session.card_files
        files.region = usual_region()

        def work(progress: Progress) -> CardsPreview:
            from planner.exchange.cards_text import MOST_BYTES
            from planner.ui.paper.choose_file import read_chosen

            return files.preview(read_chosen(path, MOST_BYTES), person.id, progress.step)

        self.look_at(_("Reading the cards"), work, self.show_preview)

    def show_preview(self, preview: CardsPreview) -> None:
        """Show who is in a file."""
        self.preview = preview
        self.refresh(None)
        self._show()
        self.to_the_top()

    # ---------------------------------------------------------------- what is shown

    def _show(self) -> None:
        preview = self.preview
        self.empty.setVisible(preview is None)
        self._both.setVisible(preview is not None)
        self._foot.setVisible(preview is not None)
        for box in (self._alike, self._careful):
            clear(box)
        self.alike_cards, self.careful_cards = [], []
        self.ring.choose(RINGS.index(Ring.AROUND))
        if preview is None:
            self.new_list.set_people((), self._new_line)
            self.same_list.set_lines([])
            self.odd_list.set_lines([])
            return
        self.sum.setText(summary(preview))
        self._show_new(preview)
        for each in preview.careful:
            self._put_careful(each)
        self.careful_part.setVisible(bool(preview.careful))
        self.alike_part.setVisible(bool(preview.alike))
        self.alike_section.set_more(str(len(preview.alike)))
        self._more_alike()
        self.same_list.set_lines(
            _some([Line(each.arriving.key, shown_name(each.existing), icon="check") for each in preview.same])
        )
        self.same_section.set_more(str(len(preview.same)))
        self.same_part.setVisible(bool(preview.same))
        self.same_shut.set_open(False)
        odd = [
            Line(str(each.number), self._card_words(each.number, each.name), not_understood_words(each), icon="why")
            for each in preview.not_understood
        ]
        self.odd_list.set_lines(_some(odd))
        self.odd_part.setVisible(bool(preview.not_understood))
        left = left_out_words(preview.left_out)
        self.left_out.set_text("\n".join(left))
        self.left_out.setVisible(bool(left))
        self._count()

    def _card_words(self, number: int, name: str) -> str:
        return name or _("Card {n}").format(n=number)

    def _show_new(self, preview: CardsPreview) -> None:
        self._new = {each.key: each.contact for each in preview.new}
        self.new_list.set_people(tuple(self._new), self._new_line)
        self.new_section.set_more(str(len(preview.new)))
        self.new_part.setVisible(bool(preview.new))
        self._many.setVisible(len(preview.new) > 2)

    def _new_line(self, key: str) -> Line:
        contact = self._new[key]
        return Line(key, shown_name(contact), about_card(contact))

    def _put_careful(self, alike: Alike) -> None:
        card = CarefulCard(self.desk, alike)
        card.changed.connect(self._count)
        self._careful.put(Rule(start=8) if self.careful_cards else None, card)
        self.careful_cards.append(card)

    def _more_alike(self) -> None:
        """Show some more cards side by side with who is here."""
        preview = self.preview
        if preview is None:
            return
        shown = len(self.alike_cards)
        for alike in preview.alike[shown : shown + AT_ONCE]:
            card = AlikeCard(alike)
            card.changed.connect(self._count)
            self._alike.put(Rule(start=8) if self.alike_cards else None, card)
            self.alike_cards.append(card)
        left = len(preview.alike) - len(self.alike_cards)
        self.more_button.set_words(more_words(left))
        self.more_button.setVisible(left > 0)
        self._order_tabs()
        if shown:
            self.alike_cards[shown].tray.findChildren(QWidget)[0].setFocus()

    def _order_tabs(self) -> None:
        """Tab comes to the cards, which were put in last, before it comes to the foot."""
        last: QWidget = self
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            if self._both.isAncestorOf(widget):
                last = widget
            widget = widget.nextInFocusChain()
        for button in (self.bring, self.another, self.back):
            QWidget.setTabOrder(last, button)
            last = button

    # ---------------------------------------------------------------- what was decided

    def decisions(self) -> dict[str, CardDecision]:
        """What she decided about every card."""
        preview = self.preview
        if preview is None:
            return {}
        on = set(self.new_list.on())
        said = {each.key: CardDecision(What.NEW if each.key in on else What.LEAVE) for each in preview.new}
        cards: list[AlikeCard | CarefulCard] = [*self.alike_cards, *self.careful_cards]
        return said | {each.alike.arriving.key: each.decision() for each in cards}

    def _count(self) -> None:
        """Say on the button what it will do."""
        preview = self.preview
        if preview is None:
            return
        said = self.decisions()
        usual = {each.arriving.key: each.usual for each in (*preview.alike, *preview.careful)}
        whats = [each.what for each in said.values()] + [usual[key] for key in usual if key not in said]
        count = len(whats) - whats.count(What.LEAVE)
        if count:
            self.bring.set_words(n_("Bring in {n} card", "Bring in {n} cards", count).format(n=count))
        else:
            self.bring.set_words(_("Back to people"))
        self.bring.set_icon("check" if count else "back")
        self._coming = count

    def ring_chosen(self) -> Ring:
        """How close the new ones are."""
        return RINGS[self.ring.chosen]

    def bring_in(self) -> None:
        """Bring in what was chosen, beside the window; then the people are shown."""
        preview = self.preview
        if preview is None:
            return
        if not self._coming:
            self._not_now()
            return
        files = self.desk.session.card_files
        decisions, ring = self.decisions(), self.ring_chosen()

        def work(progress: Progress) -> TakenIn:
            return files.take_in(preview, decisions, progress.step, ring)

        self.take_in(_("Bringing people in"), work, self._brought, self._coming)

    def _brought(self, taken: TakenIn) -> None:
        self.forget()
        self.desk.session.card_files.tell(taken)
        if taken.ids:
            self.desk.go("people", contact=taken.ids[0])
        else:
            self.desk.go("people")
        words = done_words(len(taken.ids), taken.merged)
        if taken.held_back:
            words += " " + n_(
                "{n} card stayed out: look at it again.", "{n} cards stayed out: look at them again.", taken.held_back
            ).format(n=taken.held_back)
        self.desk.say(words, undo=bool(taken.ids or taken.merged))

    def _not_now(self) -> None:
        self.forget()
        self.desk.go("people")


def _some(lines: list[Line]) -> list[Line]:
    """The first lines, and how many more there are."""
    more = len(lines) - SHOWN
    if more <= 0:
        return lines
    words = n_("And {n} more.", "And {n} more.", more).format(n=more)
    return [*lines[:SHOWN], Line("more", words, soft=True)]
