"""Files as answers: a photo, a recording, a video, any file. Kept in the notebook, seen here, handed out by choice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QSizePolicy, QWidget

from planner.exchange.gate import PaperKind
from planner.exchange.paper_kinds import PDF
from planner.session.filling_files import FillingFiles
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import trouble
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Text
from planner.ui.pages.form_answers import Answer, LineAnswer
from planner.ui.pages.form_files import PICTURES, Held, Incoming, called, ending_of, endings, from_path, held, offered
from planner.ui.pages.papers_bringing import COPY, MEGABYTES
from planner.ui.paper.choose_file import ChooseFile, NotRead, size_words
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.pictures import Beside, CannotShow, Levels, in_levels, read_pages, read_picture
from planner.ui.paper.viewer import ZOOMS, Viewer
from planner.ui.work import Work
from planner.words import N_, _

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from planner.forms import Question
    from planner.ui.formats import Formats
    from planner.ui.pages.form_answers import Around
    from planner.ui.work import Progress

SEEN = 320
"""px; what a picture or a page is high on a page of questions."""

Step = Callable[[int, int], None]
_CHOOSE = {
    "image": (N_("Choose a picture"), N_("Choose another picture")),
    "audio": (N_("Choose a recording"), N_("Choose another recording")),
    "video": (N_("Choose a video"), N_("Choose another video")),
    "file": (N_("Choose a file"), N_("Choose another file")),
}
_TITLES = {
    "image": N_("Which picture?"),
    "audio": N_("Which recording?"),
    "video": N_("Which video?"),
    "file": N_("Which file?"),
}


class Seen(QWidget):
    """A picture or the pages of a PDF, with what makes it larger and turns its pages."""

    def __init__(self, cannot: str = "", high: int = SEEN) -> None:
        """``cannot`` is said of what cannot be shown; ``high`` in px."""
        super().__init__()
        self._beside = Beside(self)
        self.viewer = Viewer()
        self.viewer.setFixedHeight(high)
        self.viewer.shown_changed.connect(self._say_where)
        self.viewer.cannot_show.connect(self._cannot)
        self.smaller = self._tool(_("Smaller"), lambda: self.viewer.step_zoom(-1))
        self.larger = self._tool(_("Larger"), lambda: self.viewer.step_zoom(1))
        self.earlier = self._tool(_("Page before"), lambda: self.viewer.go_to(self.viewer.number - 1))
        self.later = self._tool(_("Next page"), lambda: self.viewer.go_to(self.viewer.number + 1))
        self.where = Text("", "body", "ink_soft").hide_empty()
        tools = flow(self.larger, self.smaller, self.earlier, self.later, gap=4)
        self._there = hold(column(self.viewer, 4, tools, self.where))
        self._not = Text(cannot or _("It cannot be shown here. It is kept as it came."), "body", "ink_soft")
        self._not.hide()
        self.setLayout(column(self._there, self._not))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @staticmethod
    def _tool(words: str, on: Callable[[], object]) -> Button:
        return Button(words, "quiet", compact=True, on=on)

    def show_file(self, read: Callable[[], bytes | None], media_type: str, name: str) -> None:
        """Read a file beside the window and show it; ``name`` is what a screen reader says."""

        def work() -> Levels | PdfPages:
            content = read()
            if not content:
                raise CannotShow
            return read_pages(content) if media_type == PDF else in_levels(read_picture(content, media_type))

        self._not.hide()
        self._there.show()
        self._say_where()
        self.viewer.rename(name)
        self._beside.do(work, partial(self._have, name), self._cannot)

    def _have(self, name: str, read: Levels | PdfPages) -> None:
        if isinstance(read, Levels):
            self.viewer.show_photo(read, name)
        else:
            self.viewer.show_pages(read, name)

    def _cannot(self) -> None:
        self._there.hide()
        self._not.show()

    def _say_where(self) -> None:
        count, number = self.viewer.count, self.viewer.number
        self.smaller.setVisible(self.viewer.zoom > ZOOMS[0])
        self.earlier.setVisible(number > 0)
        self.later.setVisible(number < count - 1)
        self.where.setText(_("Page {n} of {all}").format(n=number + 1, all=count) if count > 1 else "")

    def forget(self) -> None:
        """Let go of every picture."""
        self._beside.forget()
        self.viewer.forget()


def shows(media_type: str) -> bool:
    """Whether a file can be seen in the window."""
    return media_type in PICTURES or media_type == PDF


class GivenFile(QWidget):
    """A file that is an answer: seen if it can be, else told of, and handed out by choice."""

    def __init__(self, question: Question, around: Around, *more: QWidget) -> None:
        """``more`` stands beside what hands it out."""
        super().__init__()
        self._question, self._around = question, around
        self._value = self._shown = ""
        self.seen = Seen()
        self.about = Text("", "body", "ink_soft").hide_empty()
        self.missing = Note(_("The answers name a file that is not in this notebook any more."), "why")
        self.copy = Button(_("Save a copy"), "quiet", compact=True, icon="sharing", on=self._hand_out)
        self.copy.setAccessibleDescription(question.label)
        self.setLayout(column(self.seen, self.missing, self.about, 4, flow(self.copy, *more)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_value(self, value: str) -> bool:
        """Show the file that an answer names; False when it is not there."""
        self._value = value
        file = held(self._around, value)
        seen = file is not None and shows(file.media_type)
        self.seen.setVisible(seen)
        self.missing.setVisible(bool(value) and file is None)
        self.about.setText(self._about(file) if file is not None else "")
        self.copy.setVisible(file is not None and file.own and can_hand_out(self._around))
        if file is None or not seen:
            self._shown = ""
            self.seen.forget()
        elif self._shown != value:
            self._shown = value
            self.seen.show_file(file.read, file.media_type, f"{self._question.label}. {file.name}")
        return file is not None

    def _about(self, file: Held) -> str:
        words = f"{file.name}, {size_words(file.size)}"
        if shows(file.media_type):
            return words
        kind = called(self._question.kind)
        return " ".join([f"{kind}: {words}.", _("It is not opened here. You can save a copy, and open that.")])

    def _hand_out(self) -> None:
        hand_out(self, self._around, self._value)


class FileReadAnswer(Answer):
    """A file that a form shows and nobody changes."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self.file = GivenFile(question, around)
        self.setLayout(column(self.file))
        self.file.show_value(question.value)

    def value(self) -> object:
        return self.question.value


class FileAnswer(Answer):
    """One file: chosen, dropped or pasted, seen if it can be, taken out again."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self._value = question.value
        self.came = Note("", "yes", _("It is in your notebook now"))
        self.came.hide()
        self.choose = Button("", icon="plus", on=self._choose)
        self.paste = Button(_("Paste a picture"), on=self._paste)
        if question.kind not in {"image", "file"}:
            self.paste.hide()
        self.remove = Button(_("Take it out"), "quiet", compact=True, icon="close", on=self._take_out)
        for each in (self.choose, self.paste, self.remove):
            each.setAccessibleDescription(question.label)
        self.file = GivenFile(question, around, self.remove)
        limit = _("Up to {n} MB. It stays in your notebook; nothing is sent anywhere.").format(n=MEGABYTES)
        self.limit = Text(limit, "body", "ink_soft")
        self._kept = hold(column(self.file, 8, self.came, 12))
        self.setLayout(column(self._kept, flow(self.choose, self.paste, gap=12), 8, self.limit))
        self.setAcceptDrops(True)
        self._show()

    # ---------------------------------------------------------------- the face

    def value(self) -> object:
        return self._value

    def first(self) -> QWidget | None:
        return self.choose

    def _show(self) -> None:
        self._kept.setVisible(bool(self._value))
        there = self.file.show_value(self._value)
        self.limit.setVisible(not there)
        first, another = _CHOOSE[self.question.kind]
        self.choose.set_words(_(another) if self._value else _(first))

    # ---------------------------------------------------------------- in

    def _choose(self) -> None:
        choose(self, self.question, self.formats, partial(self._bring, from_file=True))

    def _paste(self) -> None:
        read = pasted(self, self.question)
        if read is not None:
            self._bring(read, from_file=False)

    def _bring(self, read: Callable[[Step], Incoming], *, from_file: bool) -> None:
        files = self.around.files

        def work(progress: Progress) -> str:
            name, media_type, content = read(progress.step)
            return files.keep(name, media_type, content, progress.step)

        Work(self, _("Bringing it in"), work, partial(self._taken, from_file=from_file))

    def _taken(self, value: str, *, from_file: bool) -> None:
        self._set(value)
        self.came.set_text(_still_there(from_file=from_file), _("It is in your notebook now"))
        self.came.setVisible(can_hand_out(self.around))
        announce(self, _("It is in your notebook now"))

    def _set(self, value: str) -> None:
        self._value = value
        self.came.hide()
        self._show()
        self.given.emit()

    def _take_out(self) -> None:
        self._set("")
        self.choose.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file or a picture may be dropped."""
        if offered(self.question, event.mimeData()) is not None:
            event.setDropAction(COPY)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Bring it in."""
        read = offered(self.question, event.mimeData())
        if read is not None:
            self._bring(read, from_file=True)
            event.setDropAction(COPY)
            event.accept()


def choose(
    parent: QWidget, question: Question, formats: Formats, bring: Callable[[Callable[[Step], Incoming]], object]
) -> None:
    """Ask for a file; ``bring`` gets what reads it."""
    ChooseFile(
        parent,
        formats,
        lambda path: bring(partial(from_path, question, path)),
        title=_(_TITLES[question.kind]),
        suffixes=endings(question),
        words=_("Up to {n} MB.").format(n=MEGABYTES),
    ).open()


def pasted(parent: QWidget, question: Question) -> Callable[[Step], Incoming] | None:
    """What reads the picture that was copied; None after it was said that there is none."""
    # Nothing at all where nothing was copied yet, whatever the stubs say.
    copied: QMimeData | None = QApplication.clipboard().mimeData()
    read = offered(question, copied) if copied is not None else None
    if read is None:
        words = _("Copy a picture in another program, then come back and paste it here.")
        trouble(parent, NotRead(_("There is no picture to paste right now."), words))
    return read


def can_hand_out(around: Around) -> bool:
    """Whether files of this filling lie in a notebook, from which they can leave."""
    return around.desk is not None and isinstance(around.files, FillingFiles)


def hand_out(parent: QWidget, around: Around, value: str) -> None:
    """Let a file leave through the gate, cleaned where that can be done."""
    from planner.ui.pages.papers_leaving import Going

    paper = around.files.paper(value) if isinstance(around.files, FillingFiles) else None
    if around.desk is None or paper is None:
        return
    going = Going(around.desk, parent, PaperKind.FORM_FILE)
    if paper.media_type in PICTURES:
        going.save_copy(paper)
    elif paper.is_pdf:
        going.look_and_print(paper)
    else:
        going.save_as_it_came(paper, ending_of(paper.title))


class BarcodeAnswer(LineAnswer):
    """What a scanner would read, typed: the signs under the bars."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        words = _("Type the numbers or letters that stand under the bars.")
        self.field.setAccessibleDescription(" ".join(filter(None, (question.hint, words))))
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.addSpacing(8)
        layout.addWidget(Text(words, "body", "ink_soft"))


def _still_there(*, from_file: bool) -> str:
    if not from_file:
        return _("The picture may still be where it was copied, and stays copied until you copy something else.")
    return _(
        "The file itself is still on this computer at the place it came from. "
        "Delete it there if others use this computer."
    )
