"""Settings: what holds for this device, apart from what is kept inside this notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.session import Mode
from planner.ui.everyday import leave_out
from planner.ui.kit.buttons import Button
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.settings_about import about, plain_about
from planner.ui.pages.settings_contents import ContentsPart
from planner.ui.pages.settings_device import LockScreenPart, LookPart, folder_part
from planner.ui.pages.settings_disk import disk_part
from planner.ui.pages.settings_erase import ErasePart
from planner.ui.pages.settings_keeping import KeepingPart
from planner.ui.pages.settings_label import LabelPart
from planner.ui.pages.settings_leaving import LeavingPart
from planner.ui.pages.settings_name import NamePart
from planner.ui.pages.settings_notebook import ReminderPart, TypedPart, WaitPart
from planner.ui.pages.settings_safety import SafetyPart
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.ui.page import Desk


class SettingsPage(Page):
    """With somebody beside the worker, only the look, the lock and help are here."""

    name: ClassVar[str] = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.alone = desk.session.only is None
        self._at = ""
        self.look = LookPart(desk)
        self.lock_button = Button(_("Lock now"), icon="lock", on=desk.lock)
        self.help_button = Button(_("Help now"), "quiet", icon="phone", on=lambda: desk.go("help"))
        lock = Sheet(
            column(
                Text(_("Locking closes the notebook and covers everything. Ctrl+L does it too."), "body", "ink_soft"),
                12,
                flow(self.lock_button, self.help_button, gap=8),
                margins=(24, 20, 24, 20),
            ),
            name=_("Lock now"),
        )
        of_device = _head(_("On this device"), _("This can be seen without opening the notebook"))
        device: list[QWidget | int] = [of_device, 16, self.look]
        if not self.alone:
            self.set_body(columns(column(*device), column(lock)))
            return
        self.typed = TypedPart(desk, self._line_changed)
        self.wait = WaitPart(desk)
        self.reminders = ReminderPart(desk)
        self.safety = SafetyPart(desk)
        self.erase = ErasePart(desk)
        disk = disk_part(desk)
        self.label = LabelPart(desk)
        self.keeping = KeepingPart(desk)
        self.contents = ContentsPart(desk)
        packs = packs_row(desk)
        self.leaving = LeavingPart(desk)
        self.lock_screen = LockScreenPart(desk, self._ask_for_line)
        self.name_part = NamePart(desk)
        other = _("Another name and picture")
        self.name_fold = Disclosure(other, other, self.name_part, open=self.name_part.is_used())
        leaving, name, lock_screen = _below(self.leaving), _below(self.name_fold), _below(self.lock_screen)
        packs, contents, keeping = _below(packs), _below(self.contents), _below(self.keeping)
        main = column(
            *device,
            leaving,
            20,
            self.label,
            name,
            lock_screen,
            20,
            folder_part(desk),
            *([disk] if disk else []),
            40,
            _head(_("In this notebook"), _("Kept behind your passphrase")),
            16,
            self.typed,
            20,
            self.wait,
            20,
            self.reminders,
            20,
            self.safety,
            packs,
            contents,
            keeping,
            20,
            self.erase,
        )
        everyday = desk.session.everyday
        self.set_body(columns(main, column(lock, 32, plain_about() if everyday else about(desk))))
        contents.setVisible(desk.session.mode is Mode.FOR_ME)
        leave_out(desk, self.help_button, lock_screen, self.typed.line_part, self.safety.opening, packs)
        leave_out(desk, keeping, self.erase.hold, name, leaving)
        self.refresh(None)

    def title(self) -> str:
        return _("Settings")

    def show_for(self, **where: str) -> None:
        """``at`` names what is to be changed: language, text_size, theme, line, contents, or how long is kept."""
        self._at = where.get("at", "")
        found = self._spot()
        if found is not None and self.isVisible():
            found.setFocus()

    def first_focus(self) -> QWidget | None:
        return self._spot() or self.look.pickers["language"]

    def _spot(self) -> QWidget | None:
        if self._at in self.look.pickers:
            return self.look.pickers[self._at]
        if self.alone and (named := self.name_part.spot(self._at)) is not None:
            self.name_fold.set_open(True)
            return named
        if self.alone and self._at == "contents":
            return self.contents.tick
        if self.alone and self._at == "keeping":
            return self.keeping.log
        if self.alone and self._at == "line":
            return self.typed.line_number if self.typed.line_name.text() else self.typed.line_name
        return None

    def refresh(self, changed: Changed | None) -> None:
        if not self.alone or (changed is not None and "settings" not in changed.kinds):
            return
        self.typed.refresh()
        self.wait.refresh()
        self.reminders.refresh()
        self.safety.refresh()
        self.erase.refresh()
        self.lock_screen.refresh()
        self.label.refresh()
        self.keeping.refresh()
        self.contents.refresh()

    def leave(self) -> bool:
        if self.alone:
            self.typed.flush()
            self.reminders.flush()
        return True

    def _line_changed(self) -> None:
        self.lock_screen.line_changed()

    def _ask_for_line(self) -> None:
        self.typed.line_row.ask(_("Write the number first. Then it can be shown."))
        self.typed.line_number.setFocus()


def _head(text: str, under: str) -> QWidget:
    return hold(column(Section(text), 6, Text(under, "body", "ink_soft")))


def _below(part: QWidget) -> QWidget:
    """A part with the air above it, so that nothing is left of it where it is left out."""
    return hold(column(20, part))


def packs_row(desk: Desk) -> QWidget:
    """The way to content from others."""
    line = ListRow(
        _("Content from others"),
        _("Forms, guides and ideas that a shelter or a group gave you, and whose they are."),
        icon="library",
        on=lambda: desk.go("packs"),
    )
    return hold(column(line, Rule(start=8)))
