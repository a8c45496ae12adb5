"""Short words that can be selected and copied by mouse and keyboard: phone numbers, a folder."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from planner.ui.kit.field_paint import clear_ground
from planner.ui.kit.to_itself import keep_to_itself
from planner.ui.theme import theme

REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Selectable(QLineEdit):
    """One line to be read and copied, never changed; all of it is selected when the keyboard comes to it."""

    def __init__(self, text: str, name: str, step: str = "question", *, whole_width: bool = False) -> None:
        """``name`` is said by a screen reader before the words; ``step`` is a step of the type table."""
        super().__init__(text)
        self._step, self._whole = step, whole_width
        keep_to_itself(self)
        self.setReadOnly(True)
        self.setFrame(False)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # A number or a folder is written from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        wide = QSizePolicy.Policy.Expanding if whole_width else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.ring_radius = theme.radius("small")
        self.ring_inset = 0
        self.textChanged.connect(lambda _text: self.updateGeometry())
        self.setCursorPosition(0)
        self.retheme()

    def retheme(self) -> None:
        """Take sizes and colours from the theme again."""
        self.setFont(theme.font(self._step, tabular=True))
        clear_ground(self)
        self.setFixedHeight(max(theme.size("target"), theme.line(self._step)))
        self.setTextMargins(2, 0, 2, 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All of the words."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(int(width) + 14, self.height())

    def minimumSizeHint(self) -> QSize:
        """All of the words, unless it may be narrower than they are."""
        return QSize(theme.px(120), self.height()) if self._whole else self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select everything when the keyboard comes here."""
        super().focusInEvent(event)
        if event.reason() in REASONS:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave nothing selected behind."""
        super().focusOutEvent(event)
        if event.reason() in REASONS:
            self.deselect()
