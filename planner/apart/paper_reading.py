"""What reads photos and PDFs in the child: Qt, pdfium and qpdf see a stranger's bytes here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.apart.questions import Cleaned, Page, Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from planner.apart.questions import CleanAsked, PageAsked, PictureAsked

MOST_PIXELS = 120_000_000
"""What says it has more is not read; good cameras make a third of this."""

MOST_MEGABYTES = 512
"""Memory that reading one picture may take."""

MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
"""Letters of all pages together."""


class CannotRead(Exception):
    """It is broken, of another kind, or too large."""


def picture(asked: PictureAsked, _progress: Callable[[int, int], None]) -> Picture:
    """A photo as it is to be seen, turned."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
    from PySide6.QtGui import QColorSpace, QImageReader

    from planner.apart.papers import picture_format

    held = QByteArray(asked.content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(MOST_MEGABYTES)
    # A drawing of lines (SVG) may name other files of this computer: what it is is said, and nothing else is tried.
    reader = QImageReader(buffer, QByteArray(picture_format(asked.media_type).encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    pixels = size.width() * size.height()
    if not size.isValid() or not 0 < pixels <= MOST_PIXELS:
        raise CannotRead
    if pixels > asked.most:
        part = (asked.most / pixels) ** 0.5
        reader.setScaledSize(QSize(max(1, round(size.width() * part)), max(1, round(size.height() * part))))
    found = reader.read()
    if found.isNull():
        raise CannotRead
    if asked.longest and max(found.width(), found.height()) > asked.longest:
        ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        found = found.scaled(asked.longest, asked.longest, *ways)
    if asked.usual_colours and found.colorSpace().isValid():
        found.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return _plain(found, seen_through=asked.seen_through)


def _plain(found: QImage, *, seen_through: bool) -> Picture:
    """The pixels alone, without the words that a file may carry."""
    from PySide6.QtGui import QColor, QImage, QPainter

    seen_through = seen_through and found.hasAlphaChannel()
    made = QImage(found.size(), QImage.Format.Format_ARGB32 if seen_through else QImage.Format.Format_RGB32)
    if seen_through:
        made = found.convertToFormat(QImage.Format.Format_ARGB32)
    else:
        made.fill(QColor(255, 255, 255))  # paper, whatever the theme is
        brush = QPainter(made)
        brush.drawImage(0, 0, found)
        brush.end()
    return Picture(made.width(), made.height(), bytes(made.constBits()), seen_through)


class Pages:
    """One PDF after another, and the pages of the last one."""

    def __init__(self) -> None:
        self._document: Any = None
        self._widths: list[float] = []

    def __call__(self, asked: PageAsked, _progress: Callable[[int, int], None]) -> Page:
        """Open one, or draw a page of the one that is open."""
        return self._open(asked.content) if asked.content is not None else self._draw(asked.number, asked.width)

    def _open(self, content: bytes) -> Page:
        import pypdfium2

        if self._document is not None:
            self._document.close()
            self._document = None
        document = pypdfium2.PdfDocument(content)
        if not 0 < len(document) <= MOST_PAGES:
            raise CannotRead
        sizes, texts, letters = [], [], 0
        for page in document:
            width, height = page.get_size()
            if min(width, height) < 1:
                raise CannotRead
            words = page.get_textpage()
            sizes.append((width, height))
            texts.append(one_line(words.get_text_range()))
            letters += len(texts[-1])
            if letters > MOST_LETTERS:
                raise CannotRead
            words.close()
            page.close()
        self._document, self._widths = document, [width for width, _height in sizes]
        return Page(tuple((round(1000 * width), round(1000 * height)) for width, height in sizes), tuple(texts))

    def _draw(self, number: int, width: int) -> Page:
        page = self._document[number]
        bitmap = page.render(scale=width / self._widths[number], prefer_bgrx=True)
        row, whole = bitmap.width * 4, memoryview(bitmap.buffer).cast("B")
        if bitmap.n_channels != 4:
            raise CannotRead
        lines = (whole[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
        pixels = bytes(whole) if bitmap.stride == row else b"".join(lines)
        drawn = Picture(bitmap.width, bitmap.height, pixels)
        del whole
        bitmap.close()
        page.close()
        return Page(picture=drawn)


def one_line(text: str) -> str:
    """The words of a page on one line."""
    # A zero-width space lets long words break on paper; a screen reader would stumble over it.
    return " ".join(text.replace("\u200b", "").replace("\ufffe", "-").split())


def clean(asked: CleanAsked, progress: Callable[[int, int], None]) -> Cleaned:
    """A paper without anything that was written into it beside what is seen."""
    from planner.exchange.paper_kinds import ready_to_leave

    if asked.on:
        from planner.exchange.clean_pdf import photo_page

        return Cleaned(photo_page(asked.content, asked.on))
    return Cleaned(ready_to_leave(asked.media_type, asked.content, progress))
