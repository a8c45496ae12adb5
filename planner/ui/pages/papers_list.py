"""Papers in a list: a small picture, what it is called, and when it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.apart.papers import Pages, Photos
from planner.session.papers import Paper
from planner.ui.kit.layouts import Box, clear
from planner.ui.kit.paint import painter
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule
from planner.ui.paper.pictures import Beside, ColourPages, page_picture, read_picture
from planner.ui.theme import theme
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

WIDE, HIGH = 52, 64
"""px at 100 %."""

_PIXELS = 90_000
_PAGE_WIDTH = 240


class Small(QWidget):
    """A small picture of a paper, or an empty sheet as long as there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """A sheet, upright."""
        return QSize(theme.px(WIDE), theme.px(HIGH))

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or nothing."""
        self._image = image
        self.update()

    @property
    def has_image(self) -> bool:
        """Whether there is a picture."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The top of the paper fills the sheet."""
        p = painter(self)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        sheet = QPainterPath()
        sheet.addRoundedRect(area, 3, 3)
        p.fillPath(sheet, theme.colour("well"))
        if self._image is not None:
            p.save()
            p.setClipPath(sheet)
            shape = max(area.width() / self._image.width(), area.height() / self._image.height())
            wide = self._image.width() * shape
            p.drawImage(
                QRectF(area.center().x() - wide / 2, area.top(), wide, self._image.height() * shape), self._image
            )
            if theme.name == "dark":
                p.fillPath(sheet, theme.colour("shade", 0.16))
            p.restore()
        p.setPen(theme.colour("line_strong"))
        p.drawPath(sheet)
        p.end()


class PapersList(QWidget):
    """The rows; small pictures come one after the other, drawn from memory, and go when the page is left."""

    def __init__(self, desk: Desk, opened: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._opened = desk, opened
        self._papers: tuple[Paper, ...] = ()
        self._said: tuple[str, ...] = ()
        self.rows: dict[str, ListRow] = {}
        self.pictures: dict[str, Small] = {}
        self._unreadable: set[str] = set()
        self._beside, self._small = Beside(self), SmallPictures()
        self.destroyed.connect(self._small.close)
        self._lines = Box(True, 0, (0, 0, 0, 0))
        self.setLayout(self._lines)

    def show_papers(self, papers: Sequence[Paper], belongs: Callable[[Paper], str]) -> None:
        """Show these; ``belongs`` says in words what a paper belongs to, or nothing."""
        said = tuple(self._second(each, belongs(each)) for each in papers)
        if (tuple(papers), said) == (self._papers, self._said):
            self.draw_missing()
            return
        self._papers, self._said = tuple(papers), said
        kept = {name: small._image for name, small in self.pictures.items()}  # noqa: SLF001 - of this same module
        self._beside.forget()
        clear(self._lines)
        self.rows, self.pictures = {}, {}
        for paper, second in zip(papers, said, strict=True):
            small = Small()
            small.show_image(kept.get(paper.id))
            row = ListRow(
                paper.title,
                second,
                person=small,
                on=lambda paper_id=paper.id: self._opened(paper_id),  # type: ignore[misc]
            )
            self.rows[paper.id], self.pictures[paper.id] = row, small
            self._lines.put(row, Rule())
        self.draw_missing()

    def _second(self, paper: Paper, belongs: str) -> str:
        return " · ".join(
            part for part in (kind_words(paper), self._desk.formats.day(day_of(self._desk, paper)), belongs) if part
        )

    def draw_missing(self) -> None:
        """Draw the small pictures that are not there yet, once the rows are on the screen."""
        QTimer.singleShot(0, self, self._draw_missing)

    def _draw_missing(self) -> None:
        if not self.isVisible() or self._beside.busy:
            return
        papers = self._desk.session.papers
        for paper in self._papers:
            small = self.pictures.get(paper.id)
            if small is None or small.has_image or paper.id in self._unreadable:
                continue
            self._beside.do(
                lambda paper=paper: self._small.of(paper, papers.content(paper)),  # type: ignore[misc]
                small.show_image,
                lambda name=paper.id: self._unreadable.add(name),  # type: ignore[misc]
            )

    def forget(self) -> None:
        """Let go of every picture."""
        self._beside.forget()
        self._small.close()
        for small in self.pictures.values():
            small.show_image(None)


class SmallPictures:
    """Reads small pictures of one person's papers, one after another.

    One child for all photos and one for all PDFs, because each would take longer to start than to read. So a paper that
    takes its child over sees those after it in the list, until the page is left.
    """

    def __init__(self) -> None:
        self._photos, self._pages = Photos(), Pages()

    def of(self, paper: Paper, content: bytes) -> QImage:
        """The first page, small. May be called in any thread. Raises CannotShow."""
        if not paper.is_pdf:
            return read_picture(content, paper.media_type, _PIXELS, self._photos)
        return page_picture(ColourPages(content, self._pages), 0, _PAGE_WIDTH)

    def close(self) -> None:
        """End the children; they begin anew where more is asked."""
        self._photos.close()
        self._pages.close()


def kind_words(paper: Paper) -> str:
    """Photo or PDF."""
    return _("PDF") if paper.is_pdf else _("Photo")


def day_of(desk: Desk, paper: Paper) -> date:
    """The day on which it came in, at the viewer's own clock."""
    return paper.added.astimezone(desk.session.now().tzinfo).date()
