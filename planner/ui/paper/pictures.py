"""Pictures of papers in memory: read within bounds, beside the window, and never written anywhere.

Whoever made a file decides what is in it, so its size is looked at before it is read, only the kind that it was kept as
is tried, and who waits for it stops waiting after a while.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from planner.errors import MachineTrouble
from planner.exchange.paper_kinds import HEIC, PDF, SUFFIXES
from planner.ui.paper.pdf_pages import LONGEST, PdfPages
from planner.words import _

Result = TypeVar("Result")

MOST_PIXELS = 120_000_000
"""What says it has more is not read; good cameras make a third of this."""

MOST_MEGABYTES = 512
"""Memory that reading one picture may take."""

MOST_SHOWN = 16_000_000
"""Pixels of a picture as it is kept for showing; enough to read small print."""

PATIENCE = 20_000
"""ms after which something that is still being read counts as one that cannot be shown."""

_LONGEST_SEEN = 3.0
"""Seconds that the window may stand still for one page that somebody made so that it takes for ever."""

_SMALLEST = 256


class CannotShow(MachineTrouble):
    """A paper is broken, under a passphrase, or too large to be read with care."""

    def __init__(self) -> None:
        super().__init__(
            _("This paper cannot be shown."),
            _("It is kept as it came. It may be broken, or under a passphrase."),
        )


def can_show(media_type: str) -> bool:
    """Whether this computer reads such files."""
    known = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    return media_type == PDF or _format(media_type) in known


def _format(media_type: str) -> str:
    return {"image/jpeg": "jpeg", HEIC: "heic"}.get(media_type, SUFFIXES.get(media_type, ".?")[1:])


def read_picture(content: bytes, media_type: str, most: int = MOST_SHOWN) -> QImage:
    """A photo as it is to be seen, turned, with at most about ``most`` pixels. May be called in any thread.

    Raises:
        CannotShow: it is broken or says that it is too large.
    """
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = bounded_reader(buffer, media_type, most)
    picture = reader.read()
    if picture.isNull():
        raise CannotShow
    return on_white(picture)


def bounded_reader(source: QIODevice, media_type: str, most: int = MOST_SHOWN) -> QImageReader:
    """What reads a photo of this kind and of no other, turned, with at most about ``most`` pixels.

    Raises:
        CannotShow: it is broken or says that it is too large.
    """
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    # A drawing of lines (SVG) may name other files of this computer: what it is is said, and nothing else is tried.
    reader = QImageReader(source, QByteArray(_format(media_type).encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    pixels = size.width() * size.height()
    if not size.isValid() or not 0 < pixels <= MOST_PIXELS:
        raise CannotShow
    if pixels > most:
        part = (most / pixels) ** 0.5
        reader.setScaledSize(QSize(max(1, round(size.width() * part)), max(1, round(size.height() * part))))
    return reader


def on_white(picture: QImage) -> QImage:
    """Without anything to see through, and without the words that a file may carry."""
    plain = QImage(picture.size(), QImage.Format.Format_RGB32)
    plain.fill(QColor(255, 255, 255))  # paper, whatever the theme is
    brush = QPainter(plain)
    brush.drawImage(0, 0, picture)
    brush.end()
    return plain


@dataclass(frozen=True)
class Levels:
    """One picture in several sizes, each half of the one before, so that it is drawn fast and well at any size."""

    images: tuple[QImage, ...]

    @property
    def size(self) -> QSize:
        """In pixels, of the largest."""
        return self.images[0].size()

    def at_least(self, width: float) -> QImage:
        """The smallest one that is as wide as this, or the largest."""
        return next((each for each in reversed(self.images) if each.width() >= width), self.images[0])


def in_levels(picture: QImage) -> Levels:
    """Make the smaller ones."""
    found = [picture]
    while min(found[-1].width(), found[-1].height()) > _SMALLEST:
        last = found[-1]
        half = QSize(last.width() // 2, last.height() // 2)
        ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        found.append(last.scaled(half, *ways))
    return Levels(tuple(found))


class ColourPages(PdfPages):
    """Pages from elsewhere: printed in their colours, and given up where one takes too long or is too large."""

    _hangs = False

    def image(self, number: int, width: int, *, grey: bool = False) -> QImage:
        """In colour, whatever is asked for; less wide where that would be too many pixels.

        Raises:
            CannotShow: a page took longer than LONGEST, or three seconds in the window's thread; it is left behind.
        """
        shape = self.sizes[number].height() / self.sizes[number].width()
        width = max(1, min(width, int((MOST_SHOWN / shape) ** 0.5)))
        made: list[QImage | BaseException] = []
        draw = super().image

        def work() -> None:
            try:
                made.append(draw(number, width))
            except BaseException as problem:  # noqa: BLE001 - raised again by who waits for it
                made.append(problem)

        if not self._hangs:
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            thread.join(_LONGEST_SEEN if threading.current_thread() is threading.main_thread() else LONGEST)
        if not made:
            self._hangs = True
            raise CannotShow
        if isinstance(made[0], BaseException):
            raise made[0]
        return made[0]

    def close(self) -> None:
        """Not where a page of it is still being made."""
        if not self._hangs:
            super().close()


def read_pages(content: bytes) -> ColourPages:
    """The pages of a PDF. May be called in any thread.

    Raises:
        CannotShow: it is broken, under a passphrase, or has no page that can be shown.
    """
    import pypdfium2

    try:
        pages = ColourPages(content)
    except pypdfium2.PdfiumError:
        raise CannotShow from None
    if not pages.count or any(min(each.width(), each.height()) < 1 for each in pages.sizes):
        pages.close()
        raise CannotShow
    return pages


def page_picture(pages: PdfPages, number: int, width: int) -> QImage:
    """One page about ``width`` px wide, or less where that would be too many pixels."""
    import pypdfium2

    try:
        return pages.image(number, width)
    except pypdfium2.PdfiumError:
        raise CannotShow from None


# ---------------------------------------------------------------- beside the window


class Beside(QObject):
    """Does one thing after another beside the window, without a word: for pictures that come when they are there.

    Nothing is written, so a lock need not wait for it; what hangs is left behind.
    """

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject, patience: int = PATIENCE) -> None:
        """``patience`` in ms."""
        super().__init__(parent)
        self._waiting: list[tuple[Callable[[], Any], Callable[[Any], object], Callable[[], object]]] = []
        self._current: object | None = None
        self._clock = QTimer(self, singleShot=True, interval=patience)
        self._clock.timeout.connect(self._too_long)
        self._ended.connect(self._take)

    def do(self, work: Callable[[], Result], done: Callable[[Result], object], failed: Callable[[], object]) -> None:
        """``done`` gets what ``work`` returns; ``failed`` is called for what cannot be read, or takes too long."""
        self._waiting.append((work, done, failed))
        self._next()

    def forget(self) -> None:
        """Nobody waits any more for what is under way or waiting."""
        self._waiting.clear()
        self._current = None
        self._clock.stop()

    @property
    def busy(self) -> bool:
        """Whether somebody waits for something."""
        return self._current is not None

    def _next(self) -> None:
        if self._current is not None or not self._waiting:
            return
        job = self._waiting.pop(0)
        self._current = job
        self._clock.start()
        threading.Thread(target=self._run, args=(job,), daemon=True).start()

    def _run(self, job: tuple[Callable[[], Any], Any, Any]) -> None:
        try:
            result, problem = job[0](), None
        except BaseException as raised:  # noqa: BLE001 - handed to the window's thread, which raises what is a mistake of ours
            result, problem = None, raised
        # The window may be gone by now.
        with suppress(RuntimeError):
            self._ended.emit(job, result, problem)

    def _too_long(self) -> None:
        job, self._current = self._current, None
        assert isinstance(job, tuple)
        job[2]()
        self._next()

    def _take(self, job: object, result: object, problem: object) -> None:
        if job is not self._current or not isinstance(job, tuple):
            return
        self._clock.stop()
        self._current = None
        try:
            if problem is None:
                job[1](result)
            elif isinstance(problem, MachineTrouble | KeyError | MemoryError):
                job[2]()
            elif isinstance(problem, BaseException):
                raise problem
        finally:
            self._next()
