"""A PDF of our own in memory as pictures and as text; pdfium is loaded when the first one is opened.

What somebody else made is never opened here: :mod:`planner.ui.paper.pictures` has a child for that.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from planner.apart.paper_reading import one_line
from planner.errors import MachineTrouble
from planner.words import _

POINTS = 72
"""Points of a PDF to an inch (ISO 32000-2, 8.3.2.3)."""

LONGEST = 10.0
"""Seconds that one page may take; whoever made a PDF can make it take hours, and nothing stops pdfium in a page."""

_one_at_a_time = threading.Lock()  # pdfium is not made for two threads at once
_taken_at = [0.0]


class PdfBusy(MachineTrouble):
    """Another PDF keeps pdfium from everything else; only a fresh process helps."""

    def __init__(self) -> None:
        super().__init__(
            _("A PDF that was opened before takes very long, so no other one can be shown now."),
            _("Lock the notebook and open it again. Then do not open that PDF."),
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Pdfium for this thread alone. Raises PdfBusy where another thread does not give it back."""
    while not _one_at_a_time.acquire(timeout=0.05):
        if monotonic() - _taken_at[0] > LONGEST:
            raise PdfBusy
    _taken_at[0] = monotonic()
    try:
        yield
    finally:
        _one_at_a_time.release()


class PdfPages:
    """The pages of an unencrypted PDF; may be used from any thread."""

    def __init__(self, pdf: bytes) -> None:
        """Sizes and text are read now, pictures when they are asked for. Raises PdfBusy, as everything here."""
        import pypdfium2

        self.pdf = pdf
        with _alone():
            self._document: Any = pypdfium2.PdfDocument(pdf)
            count = len(self._document)
        self.sizes: list[QSizeF] = []
        self.texts: list[str] = []
        for number in range(count):
            with _alone():
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
        with _alone():
            page = self._document[number]
            scale = width / self.sizes[number].width()
            bitmap = page.render(scale=scale, grayscale=grey, prefer_bgrx=True)
            shape = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
            picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
            bitmap.close()
            page.close()
        return picture

    def close(self) -> None:
        """Give the memory back; nothing can be asked afterwards. Where pdfium hangs, the end of the process does it."""
        with suppress(PdfBusy), _alone():
            self._document.close()
