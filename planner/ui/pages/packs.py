"""Content from others: what is in, whose it is, taking it out; whose six words were compared; and one's own."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.packs.items import OUTSIDE
from planner.packs.sources import is_old
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import ask_first
from planner.ui.kit.layouts import TOP, Box, apart, clear, column, columns, flow, hold, row
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.packs_bring import put_words
from planner.ui.pages.packs_words import counts_words
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.session.packs import GiverInfo, PackInfo
    from planner.ui.page import Desk

CONCERNS = frozenset({"pack", "form", "chosen"})


class PacksPage(Page):
    """A ruled list of what is in; beside it whose words were compared, and what one needs to give something."""

    name: ClassVar[str] = "packs"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.bring = Button(_("Look at a file"), "main", icon="folder", on=lambda: desk.go("packs-bring"))
        self.first = Button(_("Look at a file"), "main", icon="folder", on=lambda: desk.go("packs-bring"))
        self.none = EmptyPage(
            "sheet",
            _("Nothing from others is here yet"),
            _(
                "A shelter or a group can give you forms, guides and ideas as one file. You see first what is in it, "
                "and whose it is. It never changes a help line."
            ),
            [self.first],
        )
        self.out: dict[str, Button] = {}
        self.forget_buttons: dict[str, Button] = {}
        self._list = Box(True, 0, (0, 0, 0, 0))
        self._list_place = hold(column(flow(self.bring), 24, self._list))
        self._givers = Box(True, 0, (0, 0, 0, 0))
        self._own = Box(True, 0, (0, 0, 0, 0))
        self.show_words = Button(_("Show my six words"), icon="show", on=self.show_own)
        self._own_place = hold(
            column(
                Section(_("When you give content to others")),
                12,
                Text(
                    _("Read people your six words, face to face. So they know that it comes from you."),
                    "body",
                    "ink_soft",
                ),
                12,
                flow(self.show_words),
                self._own,
            )
        )
        note = Note(
            _("Nothing here is fetched from the internet. It comes from a file that somebody gave you."), icon="lock"
        )
        side = column(note, 28, self._givers, self._own_place)
        self.set_body(columns(column(self._list_place, self.none), side))

    def title(self) -> str:
        return _("Content from others")

    def first_focus(self) -> QWidget | None:
        return self.bring if self.desk.session.packs.all() else self.first

    def show_for(self, **where: str) -> None:
        clear(self._own)
        self.show_words.show()

    def leave(self) -> bool:
        clear(self._own)
        self.show_words.show()
        return True

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.kinds & CONCERNS:
            return
        session = self.desk.session
        alone = session.only is None
        packs, givers = session.packs.all(), session.packs.givers()
        clear(self._list)
        clear(self._givers)
        self.out.clear()
        self.forget_buttons.clear()
        self.none.setVisible(not packs)
        self._list_place.setVisible(bool(packs))
        self.bring.setVisible(alone)
        self.first.setVisible(alone)
        self._own_place.setVisible(alone)
        for number, info in enumerate(packs):
            self._list.put(Rule() if number else None, self._pack(info, alone))
        if givers and alone:
            self._givers.put(Section(_("Whose six words you compared")))
            for number, giver in enumerate(givers):
                self._givers.put(Rule() if number else None, self._giver(giver))
            self._givers.put(28)

    # ---------------------------------------------------------------- one pack, one giver

    def _pack(self, info: PackInfo, alone: bool) -> QWidget:
        whose = _("From {giver}").format(giver=info.giver) if info.giver else _("Nobody signed this.")
        came = _("version {v}, brought in on {day}").format(v=info.version, day=_day(self, info.added))
        lines = column(
            Text(info.name, "card"),
            4,
            Text(self.desk.formats.sentence(f"{whose.rstrip('.')} · {came}"), "body", "ink_soft"),
            8,
            Text(info.about, "body").hide_empty(),
            Text(counts_words(info.counts), "body", "ink_soft").hide_empty(),
        )
        if info.damaged:
            lines.put(
                4, Text(_("It is damaged, so nothing of it is shown. Take it out, and bring it in again."), "body")
            )
        elif info.manifest is not None and is_old(info.manifest.reviewed, self.desk.session.today()):
            month = self.desk.formats.month_year(info.manifest.reviewed)
            lines.put(
                4, Text(_("Last looked over in {month}. Please check what you rely on.").format(month=month), "body")
            )
        if info.manifest is not None and info.manifest.jurisdiction != OUTSIDE:
            place = info.manifest.jurisdiction.upper()
            lines.put(4, Text(_("It holds for: {place}").format(place=place), "body", "ink_soft"))
        if alone:
            button = Button(
                _("Take it out"),
                icon="close",
                name=_("Take out “{name}”").format(name=info.name),
                on=partial(self._ask_out, info),
            )
            self.out[info.id] = button
            lines.put(12, flow(button))
        lines.set_margins((0, 20, 0, 20))
        return hold(row((Icon("library", "accent", box=28, box_height=64), TOP), (hold(lines), 1), gap=12))

    def _giver(self, giver: GiverInfo) -> QWidget:
        day = _day(self, giver.confirmed)
        when = _("compared on {day}").format(day=day) if day else ""
        words = column(Text(giver.name, "body"), Text(when, "label", "ink_soft").hide_empty())
        button = Button(
            _("Forget"),
            "quiet",
            name=_("Forget that the words of {giver} were compared").format(giver=giver.name),
            on=partial(self._forget, giver),
        )
        self.forget_buttons[giver.key] = button
        line = column(apart(hold(words), button))
        line.set_margins((0, 8, 0, 8))
        return hold(line)

    def _ask_out(self, info: PackInfo) -> None:
        ask_first(
            self,
            _("Take this out?"),
            _(
                "“{name}” goes with everything in it. What you took into your plan stays. Answers to its forms stay, "
                "and you can read them and go on with them."
            ).format(name=info.name),
            _("Take it out"),
            lambda: self._take_out(info),
        )

    def _take_out(self, info: PackInfo) -> None:
        if self.desk.keep(lambda: self.desk.session.packs.take_out(info.id)):
            self.desk.say(_("“{name}” is out. What you wrote is still here.").format(name=info.name))

    def _forget(self, giver: GiverInfo) -> None:
        if self.desk.keep(lambda: self.desk.session.packs.forget_giver(giver.key)):
            self.desk.say(
                _("Before anything else from {giver} comes in, you compare the six words again.").format(
                    giver=giver.name
                )
            )

    # ---------------------------------------------------------------- giving

    def show_own(self) -> None:
        """The six words of this notebook; the key is made now where there was none."""
        if not self.desk.keep(lambda: self.desk.session.packs.my_words("en")):
            return
        clear(self._own)
        put_words(self._own, self.desk.session.packs.my_words)
        self.show_words.hide()


def _day(page: PacksPage, stamp: str) -> str:
    """The day of a stamp in words; empty where a copy that somebody handed over says something else."""
    try:
        moment = datetime.fromisoformat(stamp.rstrip("+")).astimezone(page.desk.session.now().tzinfo)
    except (ValueError, OverflowError):
        return ""
    return page.desk.formats.day(moment.date())
