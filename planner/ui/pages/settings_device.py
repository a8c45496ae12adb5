"""Settings of this device: the look, what the lock screen shows, and where the notebook lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from planner.settings import TEXT_SIZES
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column, fold, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.ui.kit.tips import set_tip
from planner.ui.pages.selectable import Selectable
from planner.ui.pages.settings_values import lock_screen_lines
from planner.words import LANGUAGES, _, language

if TYPE_CHECKING:
    from planner.ui.page import Desk


class LookPart(QWidget):
    """Language, text size and colours; each is in use at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        local = desk.local
        sizes = sorted({*TEXT_SIZES, local.text_size})
        self.pickers = {
            "language": Picker(list(LANGUAGES.items()), local.language or language(), name=_("Language")),
            "text_size": Picker(
                [(str(size), _("{n} %").format(n=size)) for size in sizes], str(local.text_size), name=_("Text size")
            ),
            "theme": Picker(
                [("light", _("Light")), ("dark", _("Dark")), ("system", _("As the device has it"))],
                local.theme,
                name=_("Colors"),
            ),
        }
        for name, picker in self.pickers.items():
            picker.changed.connect(lambda name=name: self._chosen(name))
        labels = {"language": _("Language"), "text_size": _("Text size"), "theme": _("Colors")}
        self.setLayout(fold(*[FieldRow(labels[name], picker) for name, picker in self.pickers.items()], gap=16))

    def _chosen(self, name: str) -> None:
        value = self.pickers[name].value()
        # Everything is built anew in the other look; the keyboard is to come back to this very place.
        self._desk.go("settings", at=name)
        self._desk.change_look(name, int(value) if name == "text_size" else value)


class LockScreenPart(QWidget):
    """Her own help line on the lock screen: off, and only for a machine of a shelter's own."""

    def __init__(self, desk: Desk, ask_for_line: Callable[[], object]) -> None:
        """``ask_for_line`` is called where there is no number to show yet."""
        super().__init__()
        self._desk, self._ask_for_line = desk, ask_for_line
        self.tick = TickChoice(
            _("Show the help line while locked"),
            _("Only for a device that belongs to a shelter."),
            chosen=desk.local.help_on_lock_screen,
        )
        self.tick.toggled.connect(self._toggled)
        seen = Text(
            _(
                "Whoever stands in front of this device can then read the name and the number, without a passphrase. "
                "On your own device, leave it off."
            ),
            "body",
            "ink_soft",
        )
        self.setLayout(column(self.tick, 8, seen))

    def refresh(self) -> None:
        """Show what is in use."""
        self._set(self._desk.local.help_on_lock_screen)

    def _set(self, on: bool) -> None:
        blocker = QSignalBlocker(self.tick)
        self.tick.setChecked(on)
        blocker.unblock()

    def _toggled(self, on: bool) -> None:
        lines = lock_screen_lines(self._desk.session)
        if on and not lines:
            self._set(False)
            self._ask_for_line()
            return
        if not on:
            self._show_while_locked(())
            return
        from planner.ui.dialogs.ask_passphrase import AskPassphrase

        self._set(False)
        title, words = _("Show the help line while locked"), _("This needs your passphrase once more.")
        self._desk.ask(
            AskPassphrase(
                self.window(), self._desk, title, words, _("Show the line"), lambda: self._show_while_locked(lines)
            )
        )

    def _show_while_locked(self, lines: tuple[dict[str, str], ...]) -> None:
        self._desk.change_look("help_lines", lines)
        self._desk.change_look("help_on_lock_screen", bool(lines))
        self.refresh()
        self._desk.say(
            _("The lock screen shows the help line now.") if lines else _("The lock screen shows no number any more.")
        )

    def line_changed(self) -> None:
        """The line is another now: so it is on the lock screen."""
        if not self._desk.local.help_on_lock_screen:
            return
        lines = lock_screen_lines(self._desk.session)
        if lines != self._desk.local.help_lines:
            self._desk.change_look("help_lines", lines)


def folder_part(desk: Desk) -> QWidget:
    """Where the notebook lies, to be copied as a whole."""
    folder = str(desk.session.notebook.folder)
    path = Selectable(folder, _("Folder of this notebook"), "label", whole_width=True)
    set_tip(path, folder)
    return hold(
        column(
            Text(_("Where this notebook lies"), "label", weight=600),
            6,
            Sheet(column(path, margins=(14, 2, 8, 2)), kind="well", radius="control"),
            6,
            Text(
                _("Its safety copies lie in this folder too. To copy all of it by hand, lock the notebook first."),
                "body",
                "ink_soft",
            ),
        )
    )
