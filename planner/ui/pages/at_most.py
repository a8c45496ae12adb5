"""A thing that is no wider than reads well, and gives way where there is less room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.kit.layouts import STRETCH, column, row
from planner.ui.theme import theme


class AtMost(QWidget):
    """``width`` px at 100 %, or what room there is."""

    def __init__(self, inner: QWidget, width: int) -> None:
        super().__init__()
        self._wanted = width
        self.setLayout(column(inner))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(inner)
        self.retheme()

    def retheme(self) -> None:
        """Take the width from the theme again."""
        self.setMaximumWidth(theme.px(self._wanted))

    def sizeHint(self) -> QSize:
        """As wide as wanted."""
        return QSize(theme.px(self._wanted), super().sizeHint().height())


def at_start(inner: QWidget, width: int) -> QWidget:
    """At most ``width`` px wide, where reading begins."""
    held = QWidget()
    held.setLayout(row((AtMost(inner, width), 1000), STRETCH))
    return held
