"""The lock screen: one field, one button, and nothing that tells what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from planner.ui.called import called
from planner.ui.card_screen import CardScreen
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.layouts import CENTRE, column, flow, hold
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Mark, Text
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.kit.picker import Picker


@dataclass(frozen=True, slots=True)
class Shown:
    """A notebook as it is seen before unlocking: its folder and its neutral label.

    ``missing`` says calmly what is not as it should be, and is empty on all good days; ``what_next`` says what can be
    done then, as long as nothing better is known. ``can_mend`` is whether a second copy of the key file lies beside a
    damaged or missing one. ``copy`` is the folder of the last safety copy that is whole, and ``copy_from`` says of
    when it is.
    """

    folder: Path
    label: str
    missing: str = ""
    what_next: str = ""
    can_mend: bool = False
    copy: Path | None = None
    copy_from: str = ""


def look_at(folder: Path, label: str, complete: bool = False) -> Shown:
    """What is to be said of a notebook before anyone opens it; changes nothing.

    A ``complete`` one is not looked into, so that on good days nothing is loaded for it: whether its key file is
    damaged is found when it is opened.
    """
    if complete:
        return Shown(folder, label)
    from planner.keys.errors import KeysDamaged, KeysMissing
    from planner.places import KEYS
    from planner.store.errors import StoreMissing
    from planner.store.notebooks import Notebook

    there = (folder / KEYS).is_file()
    if Notebook.can_mend_keys(folder):
        return Shown(folder, label, (KeysDamaged() if there else KeysMissing()).sentence, can_mend=True)
    problem = StoreMissing() if there else KeysMissing()
    return Shown(folder, label, problem.sentence, problem.what_next)


class LockScreen(CardScreen):
    """Asks for a passphrase; ``opening`` carries the folder of the notebook and what was typed.

    ``mending`` carries the same where she chose that the second copy of the key file takes the place of the first,
    ``restoring`` where she chose that the last safety copy is opened beside a notebook that is damaged. ``another`` is
    sent where one more notebook is to be made.
    ``help_line`` is a name and a number that a shelter chose to show on its own machine while locked.
    """

    opening = Signal(Path, str)
    mending = Signal(Path, str)
    restoring = Signal(Path, str)
    another = Signal()

    def __init__(
        self, notebooks: Sequence[Shown], help_line: tuple[str, str] | None = None, chosen: Path | None = None
    ) -> None:
        """``chosen`` is the notebook that is offered first."""
        self._notebooks = notebooks
        self._spare = False
        self._by_shares = False
        self.picker = self._make_picker(chosen) if len(notebooks) > 1 else None
        self.secret = PassphraseField(name=_("Passphrase"))
        self.secret.returnPressed.connect(self._open)
        self.secret.changed.connect(self._typed_anew)
        self._row = FieldRow(_("Passphrase"), self.secret)
        self.open_button = Button(_("Open"), "main", big=True, fill=True, on=self._open)
        self.other_way = Button(_("Another way to open"), "quiet", on=self._switch)
        self.shares_way = Button(_("Open with shares"), "quiet", on=self._ask_for_shares)
        self.shares_way.hide()
        self._note = self._make_note() if any(each.missing for each in notebooks) else None
        choose = FieldRow(_("Notebook"), self.picker) if self.picker is not None else None
        self._top = hold(column((Mark(40), CENTRE), 16, Text(called.name, "question", align=CENTRE)))
        body = column(
            self._top,
            28,
            *((choose, 16) if choose is not None else ()),
            *((self._note, 16) if self._note is not None else ()),
            self._row,
            20,
            *((self.mend_button, self.copy_button) if self._note is not None else ()),
            self.open_button,
            8,
            flow(self.other_way, self.shares_way, gap=4, gap_y=0, centred=True),
            margins=(64, 40, 40, 24),
        )
        tall = theme.scale > 1 or choose is not None or self._note is not None
        self.another_button = Button(_("Make another notebook"), "quiet", icon="plus", on=self._make_another)
        super().__init__(
            440, body, bound=True, foot_end=_foot_end(help_line), scrolls=tall, foot_more=(self.another_button,)
        )
        if self._note is not None:
            if self.picker is not None:
                self.picker.changed.connect(self._look)
            self._look()

    def _make_picker(self, chosen: Path | None) -> Picker:
        """Made, and its room loaded, only where there is a choice."""
        from planner.ui.kit.picker import Picker

        return Picker(
            [(str(each.folder), each.label) for each in self._notebooks], str(chosen or ""), name=_("Notebook")
        )

    def _make_note(self) -> Sheet:
        """Made only on bad days, so that on all others the lock screen is there sooner."""
        self.missing = Text("", "body").hide_empty()
        self.mend_words = Text(
            _(
                "A second copy of that file lies beside it. It brings back the way to open this notebook; what you "
                "wrote is not touched. Type your passphrase, then use the copy."
            ),
            "body",
            "ink_soft",
        )
        self.copy_words = Text("", "body", "ink_soft").hide_empty()
        self.mend_button = Button(_("Use the second copy of the key file"), fill=True, on=self._mend)
        self.copy_button = Button(_("Open the safety copy"), "main", big=True, fill=True, on=self._restore)
        words = column(self.missing, 4, self.mend_words, self.copy_words, margins=(16, 12, 16, 12))
        return Sheet(words, "sand")

    def take(self, notebooks: Sequence[Shown]) -> None:
        """More is known of the same notebooks; what is typed stays. Only where one of them was missing something."""
        self._notebooks = notebooks
        if self._note is not None:
            self._look()

    @property
    def chosen(self) -> Shown:
        """The notebook that is to be opened."""
        if self.picker is None:
            return self._notebooks[0]
        chosen = self.picker.value()
        return next(each for each in self._notebooks if str(each.folder) == chosen)

    def _look(self) -> None:
        """Say what is missing from the chosen notebook; of one on a good day nothing is."""
        assert self._note is not None
        chosen = self.chosen
        of_copy = _copy_words(chosen)
        self.missing.setText(chosen.missing)
        self.mend_words.setVisible(chosen.can_mend)
        self.copy_words.setText("" if chosen.can_mend else of_copy or chosen.what_next)
        words = " ".join(filter(None, (chosen.missing, self.copy_words.text())))
        self._note.setVisible(bool(chosen.missing))
        self._note.setAccessibleName(words)
        self.mend_button.setVisible(chosen.can_mend)
        self.copy_button.setVisible(bool(of_copy))
        self.open_button.setVisible(not chosen.can_mend and not of_copy)
        self._row.ask("")
        announce(self, words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.secret.setFocus()

    def _make_another(self) -> None:
        self.another.emit()

    def _switch(self) -> None:
        self._spare = not self._spare
        self._row.set_label(_("Spare key") if self._spare else _("Passphrase"))
        self.secret.setAccessibleName(_("Spare key") if self._spare else _("Passphrase"))
        self._row.ask("")
        self._row.set_hint(self._hint())
        self.other_way.set_words(_("Use the passphrase") if self._spare else _("Another way to open"))
        self.shares_way.setVisible(self._spare)
        self._make_room()
        self.secret.clear()
        self.secret.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """In a low window the drawing and the name give their room to the hint, or to the choice of a notebook."""
        crowded = self._spare or self.picker is not None
        self._top.setVisible(not crowded or self.height() >= theme.px(600))

    def _ask_for_shares(self) -> None:
        from planner.ui.dialogs.open_with_shares import OpenWithShares

        OpenWithShares(self, self._take_shares).open()

    def _take_shares(self, secret: str) -> None:
        """As if it had been typed: so also where a second key file or a safety copy is to be opened with it."""
        self.type_again(secret)
        self._by_shares = True
        self._open()

    def _typed_anew(self) -> None:
        self._by_shares = False

    def _hint(self) -> str:
        return _("Type it as it is on the paper. Spaces and small letters are fine.") if self._spare else ""

    def _open(self) -> None:
        if not self._typed():
            return
        if self._note is not None and not self.open_button.isVisibleTo(self):
            # Enter does not choose for her.
            (self.mend_button if self.chosen.can_mend else self.copy_button).setFocus()
            return
        self.open_button.set_words(_("Opening…"))
        self.opening.emit(self.chosen.folder, self.secret.text())

    def _mend(self) -> None:
        if self._typed():
            self.mending.emit(self.chosen.folder, self.secret.text())

    def _restore(self) -> None:
        if self._typed():
            self.restoring.emit(self.chosen.folder, self.secret.text())

    def _typed(self) -> bool:
        if self.secret.text():
            self._row.ask("")
            return True
        self._row.ask(_("Type your passphrase first."))
        self.secret.setFocus()
        return False

    def stays_closed(self) -> None:
        """It was not opened after all; what was typed stays, to be looked at and changed."""
        self.open_button.set_words(_("Open"))
        self.secret.setFocus()

    def could_not_open(self, sentence: str, what_next: str = "") -> None:
        """Say calmly why it stays closed."""
        if self._by_shares:
            self.secret.clear()
        self.stays_closed()
        words = f"{sentence} {what_next}".strip()
        self._row.ask(words)
        announce(self, words)

    def type_again(self, secret: str) -> None:
        """Put back what was typed before the screen was shown anew."""
        self.secret.field.setText(secret)

    def opened(self) -> None:
        """Forget what was typed."""
        self.secret.clear()


def _copy_words(chosen: Shown) -> str:
    """What the last good copy would bring back; "" where there is none, or where mending comes first."""
    if chosen.copy is None or chosen.can_mend:
        return ""
    return _(
        "Last good safety copy: {when}. What was written after that is not in it. It opens as a notebook of its own, "
        "and this one stays as it is. Type your passphrase, then open the copy."
    ).format(when=chosen.copy_from)


def _foot_end(help_line: tuple[str, str] | None) -> QWidget | None:
    if help_line is not None:
        name, number = help_line
        return Text(f"{name} {number}", "body", "ink", wrap=False)
    language = QGuiApplication.inputMethod().locale().nativeLanguageName()
    if not language:
        return None
    return Text(_("Keyboard: {name}").format(name=language), "body", "ink_soft", wrap=False)
