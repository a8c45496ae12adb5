"""An appointment kit: read, printed on one page, or put into an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from planner.plan.records import Appointment
from planner.session.library import kit_lines, put_kit
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, column, hold
from planner.ui.kit.text import Section, Text
from planner.ui.pages.library_parts import doors, points
from planner.ui.pages.library_reading import ReadingPage
from planner.ui.pages.plan_words import Hand
from planner.words import _, language, n_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.packs.items import Line
    from planner.packs.kits import Kit
    from planner.session import Changed
    from planner.session.editing import Edit
    from planner.ui.page import Desk

DAYS_AHEAD = 120
"""How far ahead appointments are offered to put a kit into."""


class KitPage(ReadingPage):
    """Opened with ``kit=id``, from an appointment also with ``appointment=id``: then it is put into that one."""

    name: ClassVar[str] = "kit"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.kit: Kit | None = None
        self._appointment = ""
        self._hand = Hand(desk)
        self.put_button = Button(_("Put into an appointment"), "main", icon="calendar", on=self.put)
        self.print_button = Button(_("Print one page"), "plain", icon="print", on=self.print_page)
        self.lay_out(self.put_button, self.print_button)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        return self.kit.title.get(language()) if self.kit is not None else super().title()

    def over_title(self) -> str:
        return _("Getting ready for an appointment") if self.kit is not None else ""

    def show_for(self, **where: str) -> None:
        kit = self.desk.session.content.kit(where.get("kit", ""))
        self.kit, self._appointment = kit, where.get("appointment", "")
        self.begin(kit is not None)
        self._fit_buttons()
        if kit is None:
            return
        self.place.put(Text(kit.about.get(language()), "lead", "ink_soft"))
        self._lines(self.place, _("What to bring"), kit.bring)
        self._lines(self.place, _("What to ask and to say"), kit.ask)
        self._lines(self.place, _("What I may say no to"), kit.no, "no")
        self._lines(self.beside, _("Who may come along"), kit.comes)
        self._lines(self.beside, _("Afterwards"), kit.after)
        on = doors(self.desk, kit.doors, _("From here"))
        if on is not None:
            self.beside.put(on)
        self.end(kit.standing, kit.sources)

    def refresh(self, changed: Changed | None) -> None:
        if changed is None or changed.kinds & {"chosen", "appointment"}:
            self._fit_buttons()

    # ---------------------------------------------------------------- showing

    def _lines(self, place: Box, head: str, said: Sequence[Line], icon: str = "") -> None:
        if said:
            above = 28 if place is self.place else None
            words = [each.words.get(language()) for each in said]
            place.put(above, hold(column(Section(head), 12, points(words, icon=icon))))

    def _record(self) -> Appointment | None:
        """The appointment from which the kit was opened, while it is there."""
        person = self.desk.session.person
        if person is None or not self._appointment:
            return None
        found = self.desk.session.record(person.id, self._appointment)
        return found if isinstance(found, Appointment) and not found.removed else None

    def _fit_buttons(self) -> None:
        person = self.desk.session.person
        self.put_button.setVisible(person is not None)
        into = _("Put into this appointment") if self._record() is not None else _("Put into an appointment")
        self.put_button.set_words(into)

    # ---------------------------------------------------------------- into an appointment

    def put(self) -> None:
        """Into the appointment it was opened from, or one that is chosen now."""
        record = self._record()
        if record is not None:
            self.put_into(record)
            return
        from planner.ui.dialogs.which_appointment import WhichAppointment

        session, person = self.desk.session, self.desk.session.person
        if person is None:
            return
        coming: dict[str, Any] = {}
        for each in session.agenda(session.today(), DAYS_AHEAD, person.id):
            coming.setdefault(each.appointment.id, each)
        self.desk.ask(WhichAppointment(self, list(coming.values()), self.desk.formats, self._chosen))

    def _chosen(self, appointment: Appointment | None) -> None:
        if appointment is None:
            self.put_into_new()
        else:
            self.put_into(appointment)

    def put_into(self, record: Appointment) -> None:
        """Add what is not there yet, and show the appointment."""
        kit = self.kit
        if kit is None:
            return
        new = 0

        def add(edit: Edit) -> None:
            nonlocal new
            new = put_kit(edit, kit, language(), record)

        if self._hand.write(_("Get ready for an appointment"), add):
            self.desk.go("appointment", appointment=record.id)
            if new:
                said = n_(
                    "{n} line was added. What was there stays.", "{n} lines were added. What was there stays.", new
                )
                self.desk.say(said.format(n=new), undo=True)
            else:
                self.desk.say(_("All of it was there already."))

    def put_into_new(self) -> None:
        """A new appointment with the lines of the kit; its day is asked for on its page."""
        kit = self.kit
        if kit is None:
            return
        bring, ask = kit_lines(kit, language())
        record = Appointment(
            title=kit.title.get(language()), domain=kit.domain, zone=self.desk.session.zone, bring=bring, ask=ask
        )
        if self._hand.write(_("Add an appointment"), lambda edit: edit.add(record)):
            self.desk.go("appointment", appointment=record.id)
            self.desk.say(_("The appointment is here. When is it?"), undo=True)

    # ---------------------------------------------------------------- onto paper

    def print_page(self) -> None:
        """Make the page and show it."""
        from planner.exchange.gate import Leaving, Left, PaperKind
        from planner.exchange.kit_paper import kit_reveals
        from planner.ui.printing import preview_and_print, usual_paper_size

        kit, spoken, size = self.kit, language(), usual_paper_size()
        if kit is None:
            return

        def render() -> Any:
            from planner.exchange.kit_paper import KitPaper, kit_sheet

            return kit_sheet(KitPaper(kit=kit, language=spoken, size=size))

        person = self.desk.session.person
        leaving = Leaving(what=Left.PRINTED, paper=PaperKind.KIT, person=person.id if person is not None else "")
        preview_and_print(self.desk, _("The page"), render, kit_reveals(kit, spoken), leaving)
