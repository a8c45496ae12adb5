"""Her own page for days that are not calm, under a name of her choice: short lines in a few groups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from planner.plan.records import SafetyLine
from planner.plan.safety import ICONS, SafetyGroup, group_words
from planner.session.own_page import KIND, hide_tab, is_hidden, own_name, own_page_name, rename
from planner.session.own_page import NAME_MOST as NAME_LETTERS
from planner.session.types import Mode
from planner.ui.kit.buttons import Button, PressChip
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, columns, flow
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Section
from planner.ui.page import Page
from planner.ui.pages.plan_typing import Pen
from planner.ui.pages.plan_words import Hand, one_line, put_between
from planner.ui.pages.safety_line import OneLine
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk

SHOWN = frozenset({SafetyLine.kind, KIND, "chosen", "person", "contact"})
FORM = "my-safety"


class SafetyPage(Page):
    """The lines; or one of them. ``line`` opens one by its id, ``add`` a new one in that group."""

    name: ClassVar[str] = "safety"

    def __init__(self, desk: Desk) -> None:
        """Build both faces."""
        super().__init__(desk)
        self.lines: list[SafetyLine] = []
        self._hand = Hand(desk)
        self._open_id = ""
        self._adding = ""
        self.list = ListView(_("My lines"), movable=True, chevron=True)
        self.list.opened.connect(lambda line: desk.go("safety", line=line))
        self.list.moved.connect(self._moved)
        self.chips = {
            group: PressChip(
                group_words(group),
                ICONS[group],
                name=_("Write a line: {group}").format(group=group_words(group)),
                on=partial(self.write, group),
            )
            for group in SafetyGroup
        }
        self.card_button = Button(_("Card for my wallet"), "main", icon="print", on=lambda: desk.go("card"))
        self.print_button = Button(_("Put the page on paper"), icon="print", on=self.put_on_paper)
        self.form_button = Button(_("Be asked, one thing at a time"), "quiet", icon="forms", on=self.ask_me)
        self.one = OneLine(desk, self.show_list, self.remove)
        self._side = self._make_side()
        main = column(
            self.list,
            24,
            Section(_("Write a line about")),
            12,
            flow(*self.chips.values(), gap=8),
            28,
            flow(self.card_button, self.print_button, self.form_button, gap=12),
        )
        self._some = columns(main, self._side)
        self.first_button = Button(_("Be asked, one thing at a time"), "main", icon="forms", on=self.ask_me)
        self.first_line = Button(_("Write a line"), icon="plus", on=lambda: self.write(SafetyGroup.CALM))
        self.empty = EmptyPage(
            "path",
            _("A page of your own will be here"),
            _("What you notice first on a hard day. What calms you. Who you can call, and where you can go."),
            [self.first_button, self.first_line],
            _("Each line is yours alone until you say otherwise."),
        )
        self.set_body(column(self._some, self.empty, self.one))
        self.refresh(None)

    def _make_side(self) -> QLayout:
        self.page_name = Field(placeholder=_("My page"))
        self.page_name.setMaxLength(NAME_LETTERS)
        self.pen = Pen(self, self._rename)
        self.pen.watch(self.page_name)
        self.tab_tick = TickChoice(_("Show it on the left"), _("Without it, the way here is through the library."))
        self.tab_tick.clicked.connect(lambda _on=False: self._hide())
        alone = _("Each line is yours alone until you say otherwise. It goes into no printed plan and no shared part.")
        return column(
            FieldRow(
                _("What this page is called"),
                self.page_name,
                hint=_("A name that tells others nothing, such as Recipes or Notes."),
            ),
            12,
            self.tab_tick,
            16,
            Note(alone, "lock"),
        )

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        """The part that is open, or the name of the page."""
        if self.one.is_open:
            return self.one.title()
        return own_page_name(self.desk.session, self._hand.person) if self._hand.person else _("My page")

    def over_title(self) -> str:
        """The name of the page, over the part of it that is open."""
        return own_page_name(self.desk.session, self._hand.person) if self.one.is_open and self._hand.person else ""

    def first_focus(self) -> QWidget | None:
        """The words of the line, or what begins one."""
        if self.one.is_open:
            return self.one.words
        return self.list if self.lines else self.first_button

    def show_for(self, **where: str) -> None:
        """``line`` opens one by its id; ``add`` a new one in a group."""
        self._open_id, self._adding = where.get("line", ""), where.get("add", "")
        self.refresh(None)

    def leave(self) -> bool:
        """Save what is typed."""
        self.one.pen.flush()
        self.pen.flush()
        return True

    def draft(self) -> dict[str, Any] | None:
        """A line without words yet."""
        return self.one.draft()

    def take_draft(self, data: dict[str, Any]) -> None:
        """Put it back."""
        self._adding = str(data.get("group", "")) or SafetyGroup.CALM.value
        self.one.take_draft(data, self.lines)
        self._show_faces()

    def refresh(self, changed: Changed | None) -> None:
        """Show the lines as they are stored."""
        person = self._hand.person
        if changed is not None and not changed.concerns(person, SHOWN):
            return
        session = self.desk.session
        self.lines = session.safety_lines(person) if person else []
        if person:
            self.pen.fill(self.page_name, own_name(session, person))
            self.tab_tick.setChecked(not is_hidden(session, person))
        self._show_one()
        self.list.set_lines(self._as_lines())
        self._show_faces()

    def _show_one(self) -> None:
        found = next((each for each in self.lines if each.id == self._open_id), None)
        if found is None and self._adding and self.one.is_open:
            # A new one that has just been kept for the first time stays open.
            found = next((each for each in self.lines if each.id == self.one.id), None)
        if found is not None:
            self.one.show_line(found, self.lines)
        elif self._adding and not (self.one.is_open and self.one.record is not None):
            group = SafetyGroup(self._adding) if self._adding in set(SafetyGroup) else SafetyGroup.CALM
            self.one.begin(group, self.lines)
        else:
            there = any(each.id == self.one.id for each in self.lines) or self.one.record is None
            self.one.show_none(there=there)
            self._open_id = self._adding = ""

    def _show_faces(self) -> None:
        shown = self.one.is_open
        self.one.setVisible(shown)
        self._some.setVisible(not shown and bool(self.lines))
        self.empty.setVisible(not shown and not self.lines)
        self.head_changed.emit()

    def _as_lines(self) -> list[Line]:
        made: list[Line] = []
        for group in SafetyGroup:
            inside = [each for each in self.lines if each.group is group]
            if inside:
                made.append(Line(f"head-{group.value}", group_words(group), section=True))
            made += [
                Line(
                    each.id,
                    each.line or _("No words yet"),
                    icon=ICONS[group],
                    chips=_chips(each),
                    movable=True,
                    group=group.value,
                )
                for each in inside
            ]
        return made

    # ---------------------------------------------------------------- what is done

    def write(self, group: SafetyGroup) -> None:
        """A new line in a group."""
        self.desk.go("safety", add=group.value)
        self.one.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Back to all of them."""
        self.desk.go("safety")

    def ask_me(self) -> None:
        """The guided form that leads through all of it."""
        self.desk.go("form", form=FORM)

    def remove(self) -> None:
        """Take the line out, with a way back."""
        line = self.one.record
        if line is None:
            return
        self.one.pen.flush()
        if self._hand.write(_("Remove a line"), lambda edit: edit.remove(line.id)):
            self.desk.go("safety")
            self.desk.say(_("The line is removed."), undo=True)

    def put_on_paper(self) -> None:
        """Choose what of the page goes onto paper."""
        from planner.ui.dialogs.safety_print import PrintOwnPage

        assert isinstance(self.desk, QWidget)
        self.pen.flush()
        self.desk.ask(PrintOwnPage(self.desk, self.desk))

    def _moved(self, line: str, before: str) -> None:
        group = next((each.group for each in self.lines if each.id == line), None)
        if group is None:
            return
        inside = [each for each in self.lines if each.group is group]
        ids = [each.id for each in inside if each.id != line]
        ids.insert(ids.index(before) if before in ids else len(ids), line)
        orders = {each.id: each.order for each in inside}
        self._hand.write(_("Move a line"), lambda edit: put_between(edit, line, ids, orders))

    def _rename(self) -> bool:
        person, typed = self._hand.person, one_line(self.page_name.text())
        if not person:
            return True
        session = self.desk.session
        return typed == own_name(session, person) or self.desk.keep(lambda: rename(session, person, typed))

    def _hide(self) -> None:
        person, hidden = self._hand.person, not self.tab_tick.isChecked()
        if person and self.desk.keep(lambda: hide_tab(self.desk.session, person, hidden)):
            mine = self.desk.session.mode is Mode.FOR_ME
            if hidden:
                self.desk.say(
                    _("The page is no longer on the left. What stands on it stays.")
                    if mine
                    else _("The page is no longer on the left.")
                )


def _chips(line: SafetyLine) -> tuple[tuple[str, str], ...]:
    chips = [("phone", _("Number"))] if line.phone else []
    chips += [("bookmark", _("On the card"))] if line.on_card else []
    chips += [] if line.mine_alone else [("sharing", _("Can be shared"))]
    return tuple(chips)
