"""What this program can and cannot do, in parts that open: on a page of the notebook, and before the first start."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner import __version__
from planner.packs.built_in import limits, looked_over
from planner.packs.limits import Limit, LimitGroup, Step, SystemName
from planner.packs.sources import is_old
from planner.system.device_facts import device_facts
from planner.system.harden import in_force
from planner.ui.kit.layouts import Box, column, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.kit.tips import set_tip
from planner.ui.pages.library_parts import points
from planner.ui.pages.selectable import Selectable
from planner.words import N_, _, language

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from planner.ui.formats import Formats

HEADS: dict[LimitGroup, tuple[str, str]] = {
    LimitGroup.PROTECTS: (N_("What helps, and where it ends"), N_("Press a line to read more.")),
    LimitGroup.NOTHING: (N_("What nothing here can stop"), N_("And what you can do instead.")),
    LimitGroup.DEVICE: (
        N_("What the device keeps by itself"),
        N_("And how some of it is turned off. On a device that is not yours, ask first."),
    ),
}
SYSTEMS = {SystemName.LINUX: "Linux", SystemName.WINDOWS: "Windows", SystemName.MACOS: "macOS"}


def this_system() -> SystemName:
    """The system that this program runs on."""
    return {"win32": SystemName.WINDOWS, "darwin": SystemName.MACOS}.get(sys.platform, SystemName.LINUX)


class OpeningRow(QWidget):
    """One part: a line to press, and below it what it does, what it cannot do, and what she can do."""

    opened = Signal(bool)

    def __init__(self, limit: Limit) -> None:
        super().__init__()
        spoken = language()
        self.limit = limit
        self._sign = Icon("down", "ink_soft", box=24, box_height=24)
        self.line = ListRow(
            limit.title.get(spoken), limit.short.get(spoken), icon=limit.icon, trail=self._sign, on=self._turn
        )
        self._place = Box(True, 0, (0, 0, 0, 0))
        self._body: QWidget | None = None
        self.setLayout(column(self.line, self._place, Rule(start=8)))
        self.setFocusProxy(self.line)
        self._say_state()

    def is_open(self) -> bool:
        """Whether the words below the line are to be seen."""
        return self._body is not None and self._body.isVisibleTo(self)

    def set_open(self, open: bool) -> None:  # noqa: A002
        """Open or shut it; its words are set when it is opened for the first time."""
        if open == self.is_open():
            return
        if self._body is None:
            self._body = hold(column(part_words(self.limit), margins=(44, 4, 8, 20)))
            self._place.put(self._body)
        self._body.setVisible(open)
        self._sign.set("close" if open else "down")
        self._say_state()
        self.opened.emit(open)

    def _turn(self) -> None:
        self.set_open(not self.is_open())
        announce(self, self._state())

    def _state(self) -> str:
        return _("open") if self.is_open() else _("shut")

    def _say_state(self) -> None:
        self.line.press.setAccessibleDescription(self._state())


def part_words(limit: Limit) -> Box:
    """All that is said of one part."""
    spoken = language()
    lines = Box(True, 0, (0, 0, 0, 0))
    cannot = _("What it cannot do") if limit.does else _("Good to know")
    for head, icon, tone, said in (
        (_("What it does"), "check", "accent", limit.does),
        (cannot, "no", "ink_soft", limit.cannot),
        (_("What you can do"), "next", "accent", limit.can),
    ):
        if said:
            lines.put(12 if lines.count() else None, Text(head, "label", "ink_soft", weight=600), 6)
            lines.put(points((each.get(spoken) for each in said), icon=icon, tone=tone))
    for step in in_order(limit.steps):
        lines.put(16, step_words(step))
    return lines


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Those of this system first."""
    here = this_system()
    return sorted(steps, key=lambda step: step.system is not here)


def step_words(step: Step) -> QWidget:
    """What is turned off, where, and what is typed for it."""
    name = SYSTEMS[step.system]
    lines = column(Text(name, "label", weight=600), 4, Text(step.words.get(language()), "body"))
    if step.commands:
        typed = [_command(each, name) for each in step.commands]
        lines.put(8, Sheet(column(*typed, margins=(14, 2, 8, 2)), kind="well", radius="control"))
    return hold(lines)


def _command(words: str, system: str) -> QWidget:
    typed = Selectable(words, _("To be typed on {system}").format(system=system), "body", whole_width=True)
    set_tip(typed, words)
    return typed


class LimitsList(QWidget):
    """Every part, by groups."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, OpeningRow] = {}
        lines = Box(True, 0, (0, 0, 0, 0))
        for group in LimitGroup:
            head, under = HEADS[group]
            lines.put(32 if lines.count() else None, Section(_(head)), 4, Text(_(under), "body", "ink_soft"), 8)
            for each in limits():
                if each.group is group:
                    row = self.rows[each.id] = OpeningRow(each)
                    lines.put(row)
        self.setLayout(lines)

    def open_only(self, name: str) -> OpeningRow | None:
        """Open one part and shut the others; None where there is no such part."""
        for each in self.rows.values():
            each.set_open(each.limit.id == name)
        return self.rows.get(name)


def in_short() -> QWidget:
    """The whole page in a few sentences."""
    said = (
        _("Locked, and with a strong passphrase, it keeps what you wrote from whoever finds or copies this device."),
        _("It cannot help on a device that someone watches, or if someone makes you open it."),
        _("It cannot hide that it is here."),
    )
    return Sheet(column(Text(_("In short"), "strong"), 8, points(said), margins=(24, 20, 24, 20)), name=_("In short"))


def on_this_device(folder: Path) -> QWidget | None:
    """What is so here and now, ``folder`` being that of the notebook; None where nothing was put in force."""
    if not in_force():
        return None
    signs = {True: ("check", "accent"), False: ("no", "ink_soft"), None: ("why", "ink_soft")}
    lines = column(gap=10)
    for fact in device_facts(folder):
        icon, tone = signs[fact.protects]
        lines.put(points([fact.sentence], icon=icon, tone=tone))
    head = _("On this device now")
    return Sheet(column(Text(head, "strong"), 8, lines, margins=(24, 20, 24, 20)), name=head)


def how_old(formats: Formats) -> QWidget:
    """The age of the program, and of what it says."""
    return Sheet(
        column(
            Text(_("How old this is"), "strong"),
            8,
            Text(age_words(formats), "body", "ink_soft"),
            margins=(24, 20, 24, 20),
        ),
        name=_("How old this is"),
    )


def age_words(formats: Formats) -> str:
    """Which version this is, when what it says was last looked over, and what to do where that is long ago."""
    from planner.ui.pages.help import directory

    newest, lines = looked_over(), directory().reviewed
    said = [
        _("This is Planner {version}.").format(version=__version__),
        _("What it says was last looked over in {month}.").format(month=formats.month_year(newest)),
        _("The help lines were last checked in {month}.").format(month=formats.month_year(lines)),
    ]
    if old(newest, lines, formats.today()):
        said.append(_("That is more than a year ago. Please check what you rely on."))
        said.append(_("Ask whoever gave you this program if there is a newer one."))
    return " ".join(said)


def old(newest: date, lines: date, today: date) -> bool:
    """Whether one of the two is so old that it has to be checked."""
    return is_old(newest, today) or is_old(lines, today)


def never_run() -> QWidget | None:
    """On Windows and macOS: that these parts were written and never tried; None on Linux."""
    if this_system() is SystemName.LINUX:
        return None
    words = _(
        "On this system, parts of this program were written but never tried: private files, locking by itself, and "
        "starting anew after a lock. Lock it by hand, and see if it does."
    )
    return Sheet(
        column(Text(_("Not tried on this system"), "strong"), 8, Text(words, "body"), margins=(24, 20, 24, 20)), "sand"
    )


def in_a_column(*sheets: QWidget | None) -> Box:
    """Those that are there, one under the other."""
    return column(*(each for each in sheets if each is not None), gap=16)
