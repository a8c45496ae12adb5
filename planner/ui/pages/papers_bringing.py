"""A paper comes in: from a file, from what was copied, or dropped on the page. Nothing is left beside the notebook."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QWidget

from planner.errors import MachineTrouble
from planner.exchange.paper_kinds import NAMES, PDF, NotAPaper, NotShownHere, kind_of
from planner.session.papers import MOST_BYTES, Paper
from planner.ui.kit.dialogs import trouble
from planner.ui.paper.choose_file import ChooseFile, NotRead, printable
from planner.ui.paper.pictures import can_show
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk
    from planner.ui.work import Progress

PIECE = 256 * 1024
MEGABYTES = MOST_BYTES // 1024 // 1024
LONGEST_NAME = 60
# What other programs put beside the bare pixels: the file itself, as it was made.
_AS_FILES = ("image/jpeg", "image/png", "image/webp")


class TooLarge(MachineTrouble):
    """The file is larger than a paper may be."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is larger than {n} MB, so it cannot be kept here.").format(n=MEGABYTES),
            _("A photo of each page is smaller. You can bring in as many as you like."),
        )


@dataclass(frozen=True)
class CameIn:
    """A paper that has just come in: from where, and what its file was called, if it was one."""

    paper: Paper
    from_file: bool
    file_name: str = ""


def read_in_pieces(path: Path, progress: Callable[[int, int], None]) -> bytes:
    """The bytes of a file that somebody chose.

    Raises:
        NotRead, TooLarge, whatever ``progress`` raises.
    """
    whole = bytearray()
    try:
        # A pipe would be waited for without end; an ordinary file does not care.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise NotRead(_("This is not a file that can be read here."), _("Choose another file."))
            if about.st_size > MOST_BYTES:
                raise TooLarge
            while piece := stream.read(PIECE):
                whole += piece
                progress(len(whole), about.st_size)
                if len(whole) > MOST_BYTES:
                    raise TooLarge
    except OSError:
        raise NotRead(
            _("This file cannot be read."),
            _("If it is on a memory stick, put it back in. You can also choose another one."),
        ) from None
    if not whole:
        raise NotRead(_("There is nothing in this file."), _("Choose another file."))
    return bytes(whole)


class Bringing:
    """Brings papers of the person whose pages are open into the notebook; ``came`` is told of each."""

    def __init__(self, desk: Desk, came: Callable[[CameIn], object]) -> None:
        self._desk, self._came = desk, came

    def choose(self, parent: QWidget) -> None:
        """Ask for a file."""
        ChooseFile(
            parent,
            self._desk.formats,
            self.file,
            title=_("Which paper?"),
            suffixes=NAMES,
            words=_("A photo or a PDF, up to {n} MB.").format(n=MEGABYTES),
        ).open()

    def file(self, path: Path) -> None:
        """Bring in one file."""
        name = printable(path.stem)[:LONGEST_NAME]
        self._bring(lambda progress: read_in_pieces(path, progress.step), lambda paper: CameIn(paper, True, name))

    def paste(self, parent: QWidget) -> None:
        """Bring in the picture that was copied, or say that there is none."""
        # Nothing at all where nothing was copied yet, whatever the stubs say.
        copied: QMimeData | None = QApplication.clipboard().mimeData()
        if copied is None or not self.take(copied):
            trouble(
                parent,
                NotRead(
                    _("There is no picture to paste right now."),
                    _("Copy a picture in another program, then come back and paste it here."),
                ),
            )

    @staticmethod
    def is_there(data: QMimeData) -> bool:
        """Whether something that is dropped or pasted may be a paper: one file, or a picture."""
        return one_file(data) is not None or data.hasImage() or any(data.hasFormat(each) for each in _AS_FILES)

    def take(self, data: QMimeData) -> bool:
        """Bring in what was dropped or pasted; False when there is nothing in it that can be taken."""
        path = one_file(data)
        if path is not None:
            self.file(path)
            return True
        picture = picture_in(data)
        if picture is None:
            return False
        self._bring(lambda _progress: picture(), lambda paper: CameIn(paper, False))
        return True

    def _bring(self, read: Callable[[Progress], bytes], came: Callable[[Paper], CameIn]) -> None:
        session, formats = self._desk.session, self._desk.formats
        person = session.person
        if person is None:
            return
        day = formats.day(session.today())

        def work(progress: Progress) -> Paper:
            content = read(progress)
            if len(content) > MOST_BYTES:
                raise TooLarge
            kind = kind_of(content)
            if not can_show(kind):
                raise NotShownHere
            title = _("Paper of {day}") if kind == PDF else _("Photo of a paper, {day}")
            return session.papers.keep(person.id, content, kind, title.format(day=day), progress=progress.step)

        def done(paper: Paper) -> None:
            session.papers.told(paper)
            self._came(came(paper))

        self._desk.busy(_("Bringing in the paper"), work, done)


def as_png(picture: QImage) -> bytes:
    """A picture without a file, as one. Raises NotAPaper where it has no pixels."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(picture.copy()):
        raise NotAPaper
    return bytes(held.data())


def picture_in(data: QMimeData) -> Callable[[], bytes] | None:
    """What gives the file of a picture that was dropped or pasted, in any thread; None where there is no picture."""
    for kind in _AS_FILES:
        content = bytes(data.data(kind).data())
        if content:
            return lambda content=content: content  # type: ignore[misc]
    picture = QImage(data.imageData()) if data.hasImage() else QImage()
    return None if picture.isNull() else lambda: as_png(picture)


def one_file(data: QMimeData) -> Path | None:
    """The one file that was dropped or pasted, if it is one."""
    files = [each.toLocalFile() for each in data.urls() if each.isLocalFile()] if data.hasUrls() else []
    return Path(files[0]) if len(files) == 1 and files[0] else None


COPY = Qt.DropAction.CopyAction
"""What is dropped stays where it was."""
