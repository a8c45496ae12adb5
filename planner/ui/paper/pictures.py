"""Pictures of papers in memory: read in a child, within bounds, beside the window, and never written anywhere.

Whoever made a file decides what is in it, so this process gets its pixels alone (:mod:`planner.apart.papers`), and who
waits for them stops waiting after a while.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader

from planner.apart.asking import CouldNotAsk
from planner.apart.papers import MOST_SHOWN, Pages, Photos, picture_format
from planner.apart.questions import Picture, PictureAsked
from planner.errors import MachineTrouble
from planner.exchange.paper_kinds import PDF
from planner.ui.paper.pdf_pages import PdfPages
from planner.words import _

Result = TypeVar("Result")

PATIENCE = 20_000
"""ms after which something that is still being read counts as one that cannot be shown."""

LONGEST = 10.0
"""Seconds that one page or photo may take; whoever made it can make it take hours."""

_LONGEST_SEEN = 3.0
"""Seconds that the window may stand still for one picture that somebody made so that it takes for ever."""

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
    return media_type == PDF or picture_format(media_type) in known


Step = Callable[[int, int], None]


def read_picture(
    content: bytes,
    media_type: str,
    most: int = MOST_SHOWN,
    photos: Photos | None = None,
    progress: Step | None = None,
) -> QImage:
    """A photo as it is to be seen, turned, with at most about ``most`` pixels. May be called in any thread.

    It is read in a child of its own, or by ``photos`` after others. ``progress`` may raise to stop.

    Raises:
        CannotShow: it is broken, says that it is too large, or takes too long.
    """
    return picture_asked(PictureAsked(content, media_type, most), photos, progress)


def picture_asked(asked: PictureAsked, photos: Photos | None = None, progress: Step | None = None) -> QImage:
    """The same, for whoever asks in another way."""
    reads = photos or Photos()
    try:
        return _image_of(reads.read(asked, _patient(progress)))
    except (CouldNotAsk, _TooLong):
        raise CannotShow from None
    finally:
        if photos is None:
            reads.close()


class _TooLong(Exception):
    pass


def _patient(also: Step | None = None) -> Step:
    """Raises _TooLong when whoever waits has waited long enough; the window least of all."""
    in_the_window = threading.current_thread() is threading.main_thread()
    until = monotonic() + (_LONGEST_SEEN if in_the_window else LONGEST)

    def progress(done: int, of: int) -> None:
        if monotonic() > until:
            raise _TooLong
        if also is not None:
            also(done, of)

    return progress


def _image_of(picture: Picture) -> QImage:
    shape = QImage.Format.Format_ARGB32 if picture.seen_through else QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, 4 * picture.width, shape).copy()


_form_photos: list[tuple[Mapping[str, bytes], Photos]] = []


def photos_of_form(files: Mapping[str, bytes]) -> Photos:
    """What reads the pictures of the form whose files these are: one child for all of them, until another form comes.

    They are all from whoever made the form, and a page may show a hundred at once.
    """
    if not _form_photos or _form_photos[0][0] is not files:
        for _files, before in _form_photos:
            before.close()
        _form_photos[:] = [(files, Photos())]
    return _form_photos[0][1]


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
    """Pages from elsewhere, drawn by a child: in colours, and given up where one takes too long or is too large."""

    def __init__(self, content: bytes, pages: Pages | None = None, progress: Step | None = None) -> None:
        """``pages`` draw them after others; else they have a child of their own, as long as they are shown.

        ``progress`` may raise to stop.

        Raises:
            CannotShow: it is broken, under a passphrase, or has no page that can be shown.
        """
        self.pdf = content
        self._pages, self._closed = pages or Pages(), False
        if pages is None:
            weakref.finalize(self, self._pages.close)
        try:
            found = self._pages.open(content, _patient(progress))
        except (CouldNotAsk, _TooLong):
            self.close()
            raise CannotShow from None
        self.sizes = [QSizeF(width / 1000, height / 1000) for width, height in found.sizes]
        self.texts = list(found.texts)

    def image(self, number: int, width: int, *, grey: bool = False) -> QImage:
        """In colour, whatever is asked for; less wide where that would be too many pixels.

        Raises:
            CannotShow: a page took longer than LONGEST, or three seconds in the window's thread; it is left behind.
        """
        shape = self.sizes[number].height() / self.sizes[number].width()
        width = max(1, min(width, int((MOST_SHOWN / shape) ** 0.5)))
        if self._closed:
            raise CannotShow
        try:
            return _image_of(self._pages.draw(number, width, _patient()))
        except (CouldNotAsk, _TooLong):
            self.close()
            raise CannotShow from None

    def close(self) -> None:
        """End the child, also in the middle of a page; nothing is drawn afterwards."""
        self._closed = True
        self._pages.close()


def read_pages(content: bytes, progress: Step | None = None) -> ColourPages:
    """The pages of a PDF. May be called in any thread; ``progress`` may raise to stop.

    Raises:
        CannotShow: it is broken, under a passphrase, or has no page that can be shown.
    """
    return ColourPages(content, progress=progress)


def page_picture(pages: PdfPages, number: int, width: int) -> QImage:
    """One page about ``width`` px wide, or less where that would be too many pixels. Raises CannotShow."""
    return pages.image(number, width)


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
