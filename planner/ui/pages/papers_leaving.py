"""A paper goes out: printed, saved as a PDF, or as a copy of the photo; without what cameras and programs wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from planner.apart.papers import ready_to_leave
from planner.errors import MachineTrouble
from planner.exchange.clean_image import JPEG, CannotClean
from planner.exchange.gate import Leaving, Left, PaperKind
from planner.exchange.paper_kinds import PDF, SUFFIXES, paper_reveals
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.layouts import column
from planner.ui.kit.text import Text
from planner.ui.paper.pictures import CannotShow, ColourPages, page_picture, read_pages, read_picture
from planner.ui.printing import LEFT, usual_paper_size
from planner.words import _

if TYPE_CHECKING:
    from planner.session.papers import Paper
    from planner.ui.page import Desk
    from planner.ui.work import Progress

_LOOK = 200
"""px wide: enough to see whether a page can be made."""

AS_IT_CAME = "as_it_came"


class OnlyAsItCame(MachineTrouble):
    """What was written into a paper beside what is seen cannot be taken out."""

    def __init__(self) -> None:
        super().__init__(
            _("This paper can only leave as it came."),
            _("It may still say where, when and by whom it was made."),
        )


def pages_to_leave(content: bytes, media_type: str, size: str, progress: Progress) -> ColourPages:
    """The pages on which a paper leaves, cleaned; ``size`` as :func:`usual_paper_size`. May be called in any thread.

    Raises:
        OnlyAsItCame: it cannot be cleaned or shown.
    """
    from planner.exchange.clean_pdf import picture_page

    try:
        if media_type == PDF:
            pages = read_pages(ready_to_leave(media_type, content, progress.step), progress.step)
            # One that takes for ever is found out here, and not by the window.
            page_picture(pages, 0, _LOOK)
            return pages
        if media_type == JPEG:
            try:
                return read_pages(ready_to_leave(media_type, content, progress.step, on=size), progress.step)
            except CannotClean:
                pass
        picture = read_picture(content, media_type, progress=progress.step)
        progress.step(1, 2)
        return read_pages(picture_page(picture.width(), picture.height(), _rgb(picture), size), progress.step)
    except (CannotClean, CannotShow):
        raise OnlyAsItCame from None


def copy_to_leave(content: bytes, media_type: str, progress: Progress) -> tuple[bytes, str]:
    """A copy of a photo that says nothing beside what is seen, and its media type.

    Raises:
        OnlyAsItCame: it can be neither cleaned nor shown.
    """
    try:
        return ready_to_leave(media_type, content, progress.step), media_type
    except CannotClean:
        pass
    # Made anew from what is seen: nothing else can come along.
    from planner.ui.pages.papers_bringing import as_png

    try:
        return as_png(read_picture(content, media_type, progress=progress.step)), "image/png"
    except (CannotShow, MachineTrouble):
        raise OnlyAsItCame from None


def _rgb(picture: QImage) -> bytes:
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    row = plain.width() * 3
    whole, step = bytes(plain.constBits()), plain.bytesPerLine()
    if step == row:
        return whole
    return b"".join(whole[y * step : y * step + row] for y in range(plain.height()))


class Going:
    """The ways out of one paper."""

    def __init__(self, desk: Desk, parent: QWidget, kind: PaperKind = PaperKind.OWN_PAPER) -> None:
        """``kind`` is what the activity log calls it."""
        self._desk, self._parent, self._kind = desk, parent, kind

    def look_and_print(self, paper: Paper) -> None:
        """Show the pages as they would leave, with Print and Save a PDF."""
        size = usual_paper_size()

        def work(progress: Progress) -> ColourPages:
            return pages_to_leave(self._content(paper, progress), paper.media_type, size, progress)

        def show(pages: ColourPages) -> None:
            from planner.ui.paper.preview import Preview, Told

            told = Told(_("What this paper tells"), paper_reveals(paper.media_type))
            Preview(self._parent, paper.title, pages, told, lambda how, count: self._left(paper, how, count)).open()

        self._work(_("Getting the paper ready"), work, show, paper)

    def save_copy(self, paper: Paper) -> None:
        """Save a photo as a file of its own kind; first what that means."""
        said = [*paper_reveals(paper.media_type), _("Anyone who finds this file can open it, on any device.")]
        dialog = Dialog(
            self._parent, _("Save a copy"), "", column(*(Text(each, "body") for each in said), gap=8), width=560
        )
        dialog.add_button(_("Choose a place"), "main", lambda: self._make_copy(paper), default=True)
        dialog.add_button(_("Not now"), "quiet")
        dialog.open()

    def _make_copy(self, paper: Paper) -> None:
        def work(progress: Progress) -> tuple[bytes, str]:
            return copy_to_leave(self._content(paper, progress), paper.media_type, progress)

        def place(made: tuple[bytes, str]) -> None:
            self._ask_place(paper, *made)

        self._work(_("Getting the paper ready"), work, place, paper)

    def _content(self, paper: Paper, progress: Progress) -> bytes:
        return self._desk.session.papers.content(paper, progress.step)

    def save_as_it_came(self, paper: Paper, ending: str) -> None:
        """Save what can be neither shown nor cleaned, such as a recording; first what that means.

        ``ending`` is how the name of its file ends, such as ``.mp3``.
        """
        said = [
            _("It leaves as it came: it may still say where, when and by whom it was made."),
            _("Anyone who finds this file can open it, on any device."),
        ]
        dialog = Dialog(
            self._parent, _("Save a copy"), "", column(*(Text(each, "body") for each in said), gap=8), width=560
        )
        dialog.add_button(_("Choose a place"), "main", lambda: self._get_as_it_came(paper, ending), default=True)
        dialog.add_button(_("Not now"), "quiet")
        dialog.open()

    def _get_as_it_came(self, paper: Paper, ending: str = "") -> None:
        self._work(
            _("Getting the paper ready"),
            lambda progress: self._content(paper, progress),
            lambda content: self._ask_place(paper, content, paper.media_type, (AS_IT_CAME,), ending),
            paper,
        )

    def _ask_place(
        self, paper: Paper, content: bytes, media_type: str, parts: tuple[str, ...] = (), ending: str = ""
    ) -> None:
        from planner.ui.paper.place import ChoosePlace

        def save(path: Path) -> None:
            self._save(path, content, lambda: self._left(paper, Left.SAVED_OPEN, 1, parts), again)

        def again() -> None:
            self._ask_place(paper, content, media_type, parts, ending)

        ChoosePlace(self._parent, save, suffix=ending or SUFFIXES[media_type]).open()

    def _save(self, path: Path, content: bytes, done: Callable[[], object], again: Callable[[], object]) -> None:
        from planner.ui.paper.choose_file import save_chosen
        from planner.ui.work import Work

        def could_not(problem: MachineTrouble) -> None:
            # Another place may take it.
            trouble(self._parent, problem).finished.connect(lambda _result: again())

        Work(
            self._parent,
            _("Saving"),
            lambda _progress: save_chosen(path, content),
            lambda _none: done(),
            cancel=False,
            failed=could_not,
        )

    def _work(self, words: str, work: Callable[[Progress], object], done: Callable[..., object], paper: Paper) -> None:
        from planner.ui.work import Work

        def could_not(problem: MachineTrouble) -> None:
            if isinstance(problem, OnlyAsItCame):
                self._ask_as_it_came(paper, problem)
            else:
                trouble(self._parent, problem)

        Work(self._parent, words, work, done, failed=could_not)

    def _ask_as_it_came(self, paper: Paper, problem: OnlyAsItCame) -> None:
        dialog = Dialog(self._parent, problem.sentence, problem.what_next)
        dialog.add_button(_("Not now"), "main", default=True)
        dialog.add_button(_("Save it as it came"), "plain", lambda: self._get_as_it_came(paper))
        dialog.open()

    def _left(self, paper: Paper, how: Left, pages: int, parts: tuple[str, ...] = ()) -> None:
        gone = Leaving(what=how, paper=self._kind, parts=parts, person=paper.person, pages=pages)
        self._desk.keep(lambda: self._desk.session.log(LEFT, gone.person, gone.detail()))
        said = {Left.PRINTED: _("Sent to the printer."), Left.SAVED_SEALED: _("The PDF is saved.")}
        self._desk.say(said.get(how, _("The copy is saved.")))
