"""Time limits: days by which something has to be done, what each rests on, and what can still be done afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.packs.time_limits import LimitKind
from planner.plan.limits import in_order, is_open, is_told
from planner.plan.records import TimeLimit
from planner.session.types import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.page import Page
from planner.ui.pages.clocks_add import ChooseLimit, OneTemplate
from planner.ui.pages.clocks_hours import FirstDays
from planner.ui.pages.clocks_open import OneLimit
from planner.ui.pages.clocks_words import limit_icon, limit_second, shown_title
from planner.ui.pages.plan_words import Hand
from planner.words import _, language

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

SHOWN = frozenset({TimeLimit.kind, "chosen", "person"})
HOURS = "hours"


class ClocksPage(Page):
    """The list; or one face of it.

    ``limit`` opens one by its id; ``add="yes"`` chooses a new one, ``add="own"`` begins one of her own; ``template``
    opens one to take over; ``show="hours"`` is the care that helps only in the first days.
    """

    name: ClassVar[str] = "clocks"
    tab: ClassVar[str] = "calendar"

    def __init__(self, desk: Desk) -> None:
        """Build the faces that are always there; the others come when they are first wanted."""
        super().__init__(desk)
        self.limits: list[TimeLimit] = []
        self._open_id = self._template_id = ""
        self._face = self._wanted = ""
        self._adding = False
        self.list = ListView(_("Time limits"), chevron=True)
        self.list.opened.connect(lambda limit: desk.go("clocks", limit=limit))
        self.add_button = Button(_("Add a time limit"), "main", icon="plus", on=self.add)
        self.hours_button = Button(
            _("Care in the first days"), "plain", icon="health", on=lambda: desk.go("clocks", show=HOURS)
        )
        self._some = columns(
            column(flow(self.add_button), 20, self.list),
            column(
                Note(_("Each day here must be confirmed by a lawyer. Rules change, and states differ."), "law"),
                16,
                Note(_("They stand on Today and in the calendar ahead of time, and you can print them."), "bell"),
                20,
                flow(self.hours_button),
            ),
        )
        mine = desk.session.mode is Mode.FOR_ME
        self.first_button = Button(_("Add a time limit"), "main", icon="plus", on=self.add)
        self.first_hours = Button(_("Care in the first days"), icon="health", on=lambda: desk.go("clocks", show=HOURS))
        self.empty = EmptyPage(
            "calendar",
            _("Days that count will be here"),
            _("A hearing, a permit that runs out, a form to send. You are told ahead, and what to do if it is late."),
            [self.first_button, self.first_hours],
            _("Only you and those you choose can see this.")
            if mine
            else _("Only those who can open this notebook can see this."),
        )
        self.one = OneLimit(desk, self.show_list, self.remove)
        self.choosing = ChooseLimit(desk, self.show_list, self._chosen)
        self.taking = OneTemplate(desk, self.add, lambda limit: desk.go("clocks", limit=limit))
        self.first_days = FirstDays(desk, self.show_list)
        self._faces: dict[str, QWidget] = {
            "list": self._some,
            "empty": self.empty,
            "one": self.one,
            "choose": self.choosing,
            "take": self.taking,
            HOURS: self.first_days,
        }
        self.set_body(column(*self._faces.values()))
        self.refresh(None)

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """What is open, or all of them."""
        if self._face == "one":
            return self.one.title()
        if self._face == "choose":
            return _("Which time limit is it?")
        if self._face == "take" and self.taking.template is not None:
            return self.taking.template.title.get(language())
        if self._face == HOURS:
            return _("Care in the first days")
        return _("Time limits")

    def over_title(self) -> str:
        """Where this belongs, where the title is that of one thing."""
        return _("Time limits") if self._face in ("one", "take", HOURS) else ""

    def first_focus(self) -> QWidget | None:
        """The first thing to do on each face."""
        return {
            "one": self.one.title_field,
            "choose": self.choosing.find_field,
            "take": self.taking.due.field,
            HOURS: self.first_days.help_button,
            "empty": self.first_button,
        }.get(self._face, self.add_button)

    def show_for(self, **where: str) -> None:
        """Open one, a new one, a template, or the first days."""
        self._open_id, self._template_id = where.get("limit", ""), where.get("template", "")
        self._adding = where.get("add") == "own"
        self._wanted = "choose" if where.get("add") == "yes" else HOURS if where.get("show") == HOURS else ""
        if self._wanted != HOURS:
            self.first_days.forget()
        if self._wanted != "choose":
            self.choosing.find_field.setText("")
        self.refresh(None)
        if self.area is not None:
            self.area.verticalScrollBar().setValue(0)

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """What was being added is written down by now."""
        return {"limit": self._open_id} if self._open_id else where

    def leave(self) -> bool:
        """Save what is typed; what was looked at in the first days, and a day from a paper, are forgotten."""
        self.one.pen.flush()
        self.first_days.forget()
        self.taking.close_template()
        return True

    def draft(self) -> dict[str, Any] | None:
        """What is typed of one that has no title yet; never a day that was only looked at."""
        return self.one.draft()

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put it back."""
        self._adding = True
        self.one.take_draft(data)
        self.refresh(None)

    # ---------------------------------------------------------------- what is shown

    def refresh(self, changed: Changed | None) -> None:
        """Show them as they are stored."""
        person = self.desk.session.person
        person_id = person.id if person is not None else ""
        if changed is not None and not changed.concerns(person_id, SHOWN):
            return
        self.limits = in_order(self.desk.session.time_limits(person_id)) if person_id else []
        self._face = self._find_face()
        for name, face in self._faces.items():
            face.setVisible(name == self._face)
        if self._face == "list":
            self.list.set_lines(list(self._lines()))
        elif self._face == "choose":
            self.choosing.show_all()
        elif self._face == HOURS:
            self.first_days.show_all()
        self.head_changed.emit()

    def _find_face(self) -> str:
        if self._adding and any(each.id == self.one.id for each in self.limits):
            # A new one that has its title by now is one of those that are written down.
            self._adding, self._open_id = False, self.one.id
        found = next((each for each in self.limits if each.id == self._open_id), None)
        if found is not None:
            self.one.show_record(found)
            return "one"
        if self._adding:
            self.one.begin()
            return "one"
        self._open_id = ""
        self.one.show_none(there=any(each.id == self.one.id for each in self.limits))
        template = self.desk.session.content.time_limit(self._template_id) if self._template_id else None
        if template is not None and template.kind is LimitKind.DAY:
            self.taking.show_template(template)
            return "take"
        return self._wanted or ("list" if self.limits else "empty")

    def _lines(self) -> Iterator[Line]:
        session, formats = self.desk.session, self.desk.formats
        now, head = session.now(), ""
        for each in self.limits:
            told = is_told(each, now.date())
            words = (
                _("To keep in mind now")
                if told
                else _("Later on")
                if is_open(each) and each.due
                else _("A day to ask for")
                if is_open(each)
                else _("Done or not needed")
            )
            if words != head:
                head = words
                yield Line(f"head {each.id}", words, section=True)
            yield Line(
                each.id,
                shown_title(each),
                limit_second(each, formats, now),
                icon=limit_icon(each, now.date()),
                soft=not is_open(each),
            )

    # ---------------------------------------------------------------- what is done

    def add(self) -> None:
        """Choose which one it is."""
        self.desk.go("clocks", add="yes")

    def show_list(self) -> None:
        """Back to all of them."""
        self.desk.go("clocks")

    def _chosen(self, template: str) -> None:
        if template:
            self.desk.go("clocks", template=template)
            return
        self.desk.go("clocks", add="own")
        self.one.title_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self) -> None:
        """Take one out, with a way back."""
        limit = self.one.record
        if limit is None:
            return
        self.one.pen.flush()
        if Hand(self.desk).write(_("Remove a time limit"), lambda edit: edit.remove(limit.id)):
            self.desk.go("clocks")
            self.desk.say(_("The time limit is removed."), undo=True)
