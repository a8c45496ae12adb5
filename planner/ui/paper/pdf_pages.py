"""A PDF of our own in memory as pictures and as text; pdfium is loaded when the first one is opened.

What somebody else made is never opened here: :mod:`planner.ui.paper.pictures` has a child for that.
"""

from __future__ import annotations

import threading
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from planner.apart.paper_reading import one_line

POINTS = 72
"""Points of a PDF to an inch (ISO 32000-2, 8.3.2.3)."""

_one_at_a_time = threading.Lock()  # pdfium is not made for two threads at once


class PdfPages:
    """The pages of an unencrypted PDF; may be used from any thread."""

    def __init__(self, pdf: bytes) -> None:
        """Sizes and text are read now, pictures when they are asked for."""
        import pypdfium2

        self.pdf = pdf
        with _one_at_a_time:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            count = len(self._document)
        self.sizes: list[QSizeF] = []
        self.texts: list[str] = []
        for number in range(count):
            with _one_at_a_time:
                page = self._document[number]
                self.sizes.append(QSizeF(*page.get_size()))
                words = page.get_textpage()
                self.texts.append(one_line(words.get_text_range()))
                words.close()
                page.close()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.sizes)

    def image(self, number: int, width: int, *, grey: bool = False) -> QImage:
        """Page ``number`` (from 0) as a picture about ``width`` px wide."""
        with _one_at_a_time:
            page = self._document[number]
            scale = width / self.sizes[number].width()
            bitmap = page.render(scale=scale, grayscale=grey, prefer_bgrx=True)
            shape = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
            picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
            bitmap.close()
            page.close()
        return picture

    def close(self) -> None:
        """Give the memory back; nothing can be asked afterwards."""
        with _one_at_a_time:
            self._document.close()
