"""What the system says about how windows should look."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QStyle


class Appearance(QObject):
    """The person's choices in the system's own settings, and ``changed`` when one of them changes."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._hints = application.styleHints()
        self._hints.colorSchemeChanged.connect(self._tell)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._tell)

    def dark(self) -> bool:
        """Whether the system is dark; false where it does not tell."""
        return self._hints.colorScheme() is Qt.ColorScheme.Dark

    def more_contrast(self) -> bool:
        """Whether the system asks for strong contrast; false where it does not tell."""
        return self._hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast

    def less_motion(self) -> bool:
        """Whether the system asks for little movement.

        Qt 6.11 has no hint of its own for this; where the desktop turns animations off, the style's duration is 0.
        """
        style = QApplication.style()
        return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

    def _tell(self) -> None:
        self.changed.emit()
