"""The twenty words of a share: shown to be copied, or typed one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from planner.keys.shares import SHARE_WORDS, ShareRefused, completions, whole_word, words_like
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, row
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.theme import theme
from planner.words import _

_OFFERED = 6


def numbered(words: Sequence[str]) -> list[str]:
    """Each word with its place in front."""
    # A figure space is as wide as a digit.
    return [f"{place:\u2007>2}  {word}" for place, word in enumerate(words, 1)]


class ShareWords(QWidget):
    """The words in their order, in two columns, large enough to be copied by hand."""

    def __init__(self, words: Sequence[str], name: str) -> None:
        """``name`` is what a screen reader calls them."""
        super().__init__()
        lines = [Text(each, "row", wrap=False, tabular=True) for each in numbered(words)]
        half = (len(lines) + 1) // 2
        self.setLayout(row((column(*lines[:half], gap=4), 1), (column(*lines[half:], gap=4), 1), gap=16))
        self.setAccessibleName(name)
        self.setAccessibleDescription(", ".join(f"{place} {word}" for place, word in enumerate(words, 1)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In large text not all words are in sight: the arrows bring the others there."""
        lines = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 4, Qt.Key.Key_PageUp: -4}
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None or event.key() not in lines:
            super().keyPressEvent(event)
            return
        bar = above.verticalScrollBar()
        bar.setValue(bar.value() + lines[Qt.Key(event.key())] * self.height() // 10)


class ShareEntry(QWidget):
    """Twenty words, typed one after the other; the first letters are enough, and each word can be typed again.

    ``complete`` is told when all are in: after the last one, and after each that was typed again.
    """

    complete = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = [""] * SHARE_WORDS
        self._at = 0
        self.field = Field()
        self.field.is_kept = False
        hints = Qt.InputMethodHint
        self.field.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhNoAutoUppercase)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.row = FieldRow(" ", self.field, hint=_("The first four letters are enough. Then press Enter."))
        self.offered = [Button("", "plain", compact=True, on=self._taker(at)) for at in range(_OFFERED)]
        self.typed = [Button("", "quiet", compact=True, on=self._again(at)) for at in range(SHARE_WORDS)]
        self.setLayout(column(self.row, 8, flow(*self.offered, gap=8), 8, flow(*self.typed, gap=4, gap_y=0)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(self._edited)
        self.field.returnPressed.connect(lambda: self._take(self.field.text()))
        self._show()

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are in, in their order."""
        return tuple(each for each in self._words if each)

    def clear(self) -> None:
        """Begin anew, with the keyboard at the first word."""
        self._words = [""] * SHARE_WORDS
        self._ask_for(0)

    def refuse(self, problem: ShareRefused) -> None:
        """Say what is not right yet; the word that it is about, where that is known, is typed again."""
        if problem.place:
            self._ask_for(problem.place - 1)
        words = f"{problem.sentence} {problem.what_next}"
        if not problem.place:
            words += " " + _("Choose a word below to type it again.")
        self.row.ask(words)

    def _ask_for(self, at: int) -> None:
        self._at = at
        self.field.clear()
        self.row.ask("")
        self._show()
        self.field.setFocus()

    def _again(self, at: int) -> Callable[[], object]:
        return lambda: self._ask_for(at)

    def _taker(self, at: int) -> Callable[[], object]:
        return lambda: self._take(self.offered[at].text())

    def _edited(self, text: str) -> None:
        self.row.ask("")
        if any(each.isspace() for each in text):
            self._take(text)
        else:
            self._offer(completions(text, _OFFERED))

    def _offer(self, words: Sequence[str]) -> None:
        for at, button in enumerate(self.offered):
            there = at < len(words)
            button.setVisible(there)
            if there:
                button.set_words(words[at])

    def _take(self, text: str) -> None:
        """Take what was typed, pasted or chosen: one word, or several with spaces between them."""
        for typed in text.split():
            word = whole_word(typed)
            if word is None:
                self._refuse_word(typed)
                return
            if self._at >= SHARE_WORDS:
                break
            self._words[self._at] = word
            self._at = self._words.index("") if "" in self._words else SHARE_WORDS
        self.field.clear()
        self.row.ask("")
        self._show()
        self.field.setFocus()
        if "" not in self._words and text.strip():
            self.complete.emit()

    def _refuse_word(self, typed: str) -> None:
        self.field.setText(typed)
        several = completions(typed, _OFFERED)
        like = several or words_like(typed)
        self._show_words()
        self._offer(like)
        if several:
            said = _("More than one word begins with “{typed}”. Type one more letter.")
        elif like:
            said = _("“{typed}” is not on the list of words. Did you mean one of these?")
        else:
            said = _("“{typed}” is not on the list of words. Look at the paper once more.")
        self.row.ask(said.format(typed=typed))
        self.field.setFocus()

    def _show(self) -> None:
        self._offer(())
        self._show_words()
        announce(self.field, self.row.accessibleName())

    def _show_words(self) -> None:
        full = self._at >= SHARE_WORDS
        label = _("All 20 words are in") if full else _("Word {n} of 20").format(n=self._at + 1)
        self.row.set_label(label)
        self.row.setAccessibleName(label)
        self.field.setReadOnly(full)
        for at, button in enumerate(self.typed):
            button.setVisible(bool(self._words[at]))
            if self._words[at]:
                text = f"{at + 1} {self._words[at]}"
                button.set_words(text, _("Word {n}, {word}: type it again").format(n=at + 1, word=self._words[at]))
