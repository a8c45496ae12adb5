"""What the pages tell, beside the choices; it stays in sight while they are scrolled."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from planner.ui.kit.layouts import clear, column
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Text
from planner.words import _


class Told(QWidget):
    """Plain sentences on sand. Where there is more height than they need, they go along with the scroll bar."""

    def __init__(self, head: str = "") -> None:
        """``head`` stands above them."""
        super().__init__()
        head = head or _("What these pages tell")
        self._lines = column(gap=8)
        self.sentences: list[str] = []
        self.sheet = Sheet(column(Text(head, "card"), self._lines, gap=8, margins=(20, 16, 20, 20)), "sand", name=head)
        self.sheet.setParent(self)
        self._bar: QScrollBar | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def follow(self, bar: QScrollBar) -> None:
        """Stay in sight of this scroll bar's area."""
        self._bar = bar
        bar.valueChanged.connect(lambda _value: self._place())
        bar.rangeChanged.connect(lambda _least, _most: self._place())

    def say(self, sentences: Iterable[str], *, aloud: bool = False) -> None:
        """Other sentences; ``aloud`` lets a screen reader say those that are new."""
        said = list(sentences)
        new = [each for each in said if each not in self.sentences]
        if said == self.sentences:
            return
        self.sentences = said
        clear(self._lines)
        for each in said:
            self._lines.put(Text(each, "body"))
        if aloud:
            announce(self, " ".join(new))
        self.updateGeometry()
        QTimer.singleShot(0, self, self._place)

    def hasHeightForWidth(self) -> bool:
        """As high as the sentences."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the sentences."""
        return self.sheet.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """As the sheet."""
        return self.sheet.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As the sheet."""
        return QSize(self.sheet.minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """The words may be larger now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            QTimer.singleShot(0, self, self._place)
        return super().event(event)

    def _place(self) -> None:
        height = self.sheet.heightForWidth(self.width())
        spare = max(0, self.height() - height)
        top = 0
        if self._bar is not None and spare:
            # What is higher than the window goes along more slowly, so that its end is seen at the end.
            fits = height <= self._bar.pageStep()
            value = self._bar.value()
            top = value if fits else round(spare * value / max(1, self._bar.maximum()))
        self.sheet.setGeometry(0, min(top, spare), self.width(), height)
