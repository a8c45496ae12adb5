"""What is typed stays in the window: input methods are told to learn nothing of it, no line of it is dragged out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

PRIVATE = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
"""An input method that listens to hints keeps nothing in its dictionary and guesses no words."""


def keep_to_itself(field: QLineEdit | QPlainTextEdit, more: Qt.InputMethodHint = Qt.InputMethodHint.ImhNone) -> None:
    """Every field of the program is made so; ``more`` says what is typed into this one."""
    field.setInputMethodHints(PRIVATE | more)
    if isinstance(field, QLineEdit):
        field.setDragEnabled(False)
