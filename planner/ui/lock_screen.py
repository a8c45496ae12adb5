"""The lock screen: one field, one button, and nothing that tells what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from planner.ui.card_screen import CardScreen
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import CENTRE, column
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.text import Mark, Text
from planner.ui.theme import theme
from planner.words import _


@dataclass(frozen=True, slots=True)
class Shown:
    """A notebook that can be opened: its folder and its neutral label."""

    folder: Path
    label: str


class LockScreen(CardScreen):
    """Asks for a passphrase; ``opening`` carries the folder of the notebook and what was typed.

    ``help_line`` is a name and a number that a shelter chose to show on its own machine while locked.
    """

    opening = Signal(Path, str)

    def __init__(self, notebooks: Sequence[Shown], help_line: tuple[str, str] | None = None) -> None:
        self._notebooks = notebooks
        self._spare = False
        self.picker = Picker([(str(each.folder), each.label) for each in notebooks], name=_("Notebook"))
        self.secret = PassphraseField(name=_("Passphrase"))
        self.secret.returnPressed.connect(self._open)
        self._row = FieldRow(_("Passphrase"), self.secret)
        self.open_button = Button(_("Open"), "main", big=True, fill=True, on=self._open)
        self.other_way = Button(_("Another way to open"), "quiet", fill=True, on=self._switch)
        choose = FieldRow(_("Notebook"), self.picker) if len(notebooks) > 1 else None
        body = column(
            (Mark(40), CENTRE),
            16,
            Text("Planner", "question", align=CENTRE),
            28,
            *((choose, 16) if choose is not None else ()),
            self._row,
            20,
            self.open_button,
            8,
            self.other_way,
            margins=(64, 40, 40, 24),
        )
        super().__init__(
            440, body, bound=True, foot_end=_foot_end(help_line), scrolls=theme.scale > 1 or choose is not None
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.setFocus()

    def _switch(self) -> None:
        self._spare = not self._spare
        self._row.set_label(_("Spare key") if self._spare else _("Passphrase"))
        self.secret.setAccessibleName(_("Spare key") if self._spare else _("Passphrase"))
        hint = _("Type it as it is on the paper. Spaces and small letters are fine.") if self._spare else ""
        self._row.set_hint(hint)
        self.other_way.setText(_("Use the passphrase") if self._spare else _("Another way to open"))
        self.secret.clear()
        self.secret.setFocus()

    def _open(self) -> None:
        secret = self.secret.text()
        if not secret:
            self._row.ask(_("Type your passphrase first."))
            self.secret.setFocus()
            return
        self._row.ask("")
        self.open_button.setText(_("Opening…"))
        self.opening.emit(Path(self.picker.value()) if len(self._notebooks) > 1 else self._notebooks[0].folder, secret)

    def could_not_open(self, sentence: str, what_next: str = "") -> None:
        """Say calmly why it stays closed; what was typed stays, to be looked at and changed."""
        self.open_button.setText(_("Open"))
        words = f"{sentence} {what_next}".strip()
        self._row.ask(words)
        announce(self, words)
        self.secret.setFocus()

    def opened(self) -> None:
        """Forget what was typed."""
        self.secret.clear()


def _foot_end(help_line: tuple[str, str] | None) -> QWidget | None:
    if help_line is not None:
        name, number = help_line
        return Text(f"{name} {number}", "body", "ink", wrap=False)
    language = QGuiApplication.inputMethod().locale().nativeLanguageName()
    if not language:
        return None
    return Text(_("Keyboard: {name}").format(name=language), "body", "ink_soft", wrap=False)
