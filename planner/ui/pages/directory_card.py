"""One place as it is read: how it is reached, what is known about it, and where that comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.packs.services import NationalService, OwnService
from planner.session.directory import Listing
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import MIDDLE, Box, clear, column, columns, flow, hold, row
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Chip, Icon, Text
from planner.ui.pages.directory_words import cost_words, day_words, ease_words, need_words, spoken
from planner.ui.pages.help import line_view
from planner.ui.pages.people_words import hers
from planner.ui.pages.selectable import Selectable
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


class PlaceCard(QWidget):
    """A place that is open. Nothing is dialed or opened: numbers are there to be read and copied."""

    def __init__(
        self,
        desk: Desk,
        *,
        back: Callable[[], object],
        into_people: Callable[[], object],
        change: Callable[[], object],
        remove: Callable[[], object],
        checked: Callable[[], object],
    ) -> None:
        """What is done with it is done by the page."""
        super().__init__()
        self._desk = desk
        self.listing: Listing | None = None
        self.back_button = Button(_("Back to all places"), "quiet", icon="back", compact=True, on=back)
        words = _("Put into my people") if hers(desk) else _("Put into the people of this person")
        self.people_button = Button(words, "main", icon="people", on=into_people)
        self.checked_button = Button(_("It is right, I checked today"), icon="check", on=checked)
        self.change_button = Button(_("Change"), icon="edit", on=change)
        self.remove_button = Button(_("Remove"), "quiet", on=remove)
        self._place = Box(True, 0, (0, 0, 0, 0))
        buttons = flow(self.people_button, self.checked_button, self.change_button, self.remove_button, gap=12)
        self.setLayout(column(flow(self.back_button), 12, self._place, 28, buttons))

    def show_place(self, listing: Listing | None) -> None:
        """Show one; ``None`` empties the card."""
        self.listing = listing
        clear(self._place)
        if listing is None:
            return
        session = self._desk.session
        mine = listing.own is not None and session.only is None
        self.people_button.setVisible(session.person is not None)
        for button in (self.checked_button, self.change_button, self.remove_button):
            button.setVisible(mine)
        if listing.own is not None:
            self._place.put(self._own(listing.own, listing))
        elif listing.national is not None:
            self._place.put(self._national(listing.national, listing))

    def first_focus(self) -> QWidget:
        """Its first number, else the way back."""
        numbers = self.findChildren(Selectable)
        return numbers[0] if numbers else self.back_button

    # ---------------------------------------------------------------- built in

    def _national(self, service: NationalService, listing: Listing) -> QWidget:
        desk = self._desk
        view = line_view(service.line, desk.session.today(), desk.formats, head=False)
        chips = self._chips(listing)
        whose = Note(_("From {giver}, not from this program.").format(giver=service.giver)) if service.giver else None
        return hold(column(whose, 16 if whose else None, view, 20, chips, 20, self._where_from(service)))

    def _chips(self, listing: Listing) -> QWidget:
        words = [need_words(each) for each in sorted(listing.needs)]
        easy = [ease_words(each) for each in sorted(listing.eases)]
        chips = [Chip(each, kind="well") for each in words] + [Chip(each, "check", "wash") for each in easy]
        return hold(flow(*chips, gap=8))

    def _where_from(self, service: NationalService) -> QWidget:
        """Every page that was read for it, with its dates."""
        known, formats = self._desk.session.content.sources(), self._desk.formats
        line = service.line
        ids = [each for number in line.numbers for each in number.sources]
        ids += [each for claim in line.claims for each in claim.sources]
        lines = Box(True, 16, (0, 0, 0, 0))
        for name in dict.fromkeys(each for each in ids if each in known):
            page = known[name]
            of = formats.month_year(page.page_date) if page.page_date else ""
            dated = _("Page of {month}").format(month=of) if of else _("The page bears no date")
            read = _("read in {month}").format(month=formats.month_year(page.read_date))
            dates = Text(_("{page}, {read}").format(page=dated, read=read), "body", "ink_soft")
            address = Selectable(page.address, _("Address of the page"), "body", whole_width=True)
            lines.put(hold(column(Text(page.title, "body"), address, dates)))
        return Disclosure(_("Where this comes from"), _("Hide where this comes from"), hold(lines))

    # ---------------------------------------------------------------- the notebook's own

    def _own(self, entry: OwnService, listing: Listing) -> QWidget:
        numbers = [self._number(each["number"], each.get("label", ""), entry.name) for each in entry.phones]
        for icon, words, name in (("globe", entry.site, _("On the web")), ("message", entry.email, _("E-mail"))):
            if words:
                numbers.append(self._reach(icon, name, words, entry.name))
        main = column(
            Text(entry.purpose, "lead", "ink_soft").hide_empty(),
            8,
            *numbers,
            12,
            self._chips(listing),
        )
        return columns(main, column(*self._facts(entry)), side_width=440, main_width=520, gap=48)

    def _number(self, number: str, label: str, of: str) -> QWidget:
        return self._reach("phone", label or _("Phone"), number, of)

    def _reach(self, icon: str, label: str, value: str, of: str) -> QWidget:
        words = row((Icon(icon, "ink_soft", box_height=40), MIDDLE), (Text(label, "body"), MIDDLE), gap=8)
        return hold(flow(hold(words), Selectable(value, f"{of}, {label}"), gap=12, gap_y=0))

    def _facts(self, entry: OwnService) -> list[QWidget | int]:
        cost = ". ".join(filter(None, (cost_words(entry.cost), entry.cost_note)))
        said = [
            (_("When it is open"), entry.hours),
            (_("Languages"), ", ".join(spoken(each) for each in entry.languages)),
            (_("Cost"), cost),
            (_("Note"), entry.note),
        ]
        facts: list[QWidget | int] = []
        for label, words in said:
            if words:
                facts += [self._fact(label, words), 8]
        if entry.address:
            facts += [self._address(entry), 8]
        return [*facts, self._age(entry)]

    def _fact(self, label: str, words: str) -> QWidget:
        named = _("{label}:").format(label=label)
        return Text(f"{named} {words}", "body", bold=(named,))

    def _address(self, entry: OwnService) -> QWidget:
        """An address that is kept and not to be shown is one press away, for this one look."""
        words = self._fact(_("Address"), entry.address)
        if entry.show_address:
            return words
        shown = Disclosure(_("Show the address"), _("Cover the address"), words)
        return hold(column(Text(_("The address is kept here and covered."), "body", "ink_soft"), shown))

    def _age(self, entry: OwnService) -> QWidget:
        formats, today = self._desk.formats, self._desk.session.today()
        said = _("Written into this notebook.")
        if entry.origin:
            said = _("From a list that was brought in.")
        if entry.checked:
            said += " " + _("Checked on {day}.").format(day=day_words(entry.checked, formats))
        check = [Chip(_("Please check"), "why", "sand")] if entry.please_check(today) else []
        return hold(column(Text(said, "body", "ink_soft"), 6 if check else None, flow(*check) if check else None))
