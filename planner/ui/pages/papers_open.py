"""One paper: seen large, what it is called, what it belongs to, and the ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout, QWidget

from planner.session.papers import Paper
from planner.ui.kit.buttons import Button
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Text
from planner.ui.pages.papers_bringing import CameIn
from planner.ui.pages.papers_list import day_of, kind_words
from planner.ui.paper.choose_file import size_words
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.pictures import Beside, Levels, in_levels, read_pages, read_picture
from planner.ui.paper.viewer import ZOOMS, Viewer
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.pages.papers import PapersPage


class OpenPaper(QWidget):
    """The paper at the start, beside it its name and what can be done with it."""

    def __init__(self, page: PapersPage) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        self.paper: Paper | None = None
        self._beside = Beside(self)
        self.viewer = Viewer()
        self.viewer.shown_changed.connect(self._say_where)
        self.viewer.cannot_show.connect(self._cannot)
        self.back = Button(_("Back to the papers"), "quiet", icon="back", compact=True, on=page.show_list)
        self.where = Text("", "body", "ink_soft").hide_empty()
        self.earlier = self._tool(_("Page before"), lambda: self.viewer.go_to(self.viewer.number - 1))
        self.later = self._tool(_("Next page"), lambda: self.viewer.go_to(self.viewer.number + 1))
        self.smaller = self._tool(_("Smaller"), lambda: self._zoom(-1))
        self.larger = self._tool(_("Larger"), lambda: self._zoom(1))
        self.turn = self._tool(_("Turn it"), self.viewer.turn)
        self.waiting = Text("", "body", "ink_soft").hide_empty()
        self.cannot = Note(
            _("It is kept as it came. It may be broken, or under a passphrase."),
            "why",
            _("This paper cannot be shown."),
        )
        self.cannot.hide()
        tools = flow(self.smaller, self.larger, self.turn, self.earlier, self.later, gap=4)
        self._seen = hold(column(self.viewer, 8, tools, self.where))
        main = column(flow(self.back), 8, self._seen, self.waiting, self.cannot)
        self.setLayout(column(columns(main, self._make_side())))

    def _tool(self, words: str, on: Callable[[], object]) -> Button:
        return Button(words, "quiet", compact=True, on=on)

    def _make_side(self) -> QLayout:
        page = self._page
        self.fresh = Note("", "yes", _("It is in your notebook now"))
        self._fresh_part = hold(column(self.fresh, 16))
        self.use_name = Button(
            _("Call it “{name}”, as the file").format(name=""), "quiet", compact=True, centred=False, on=self._take_name
        )
        self.name = Field()
        self.name.done.connect(page.save_name)
        self.name_row = FieldRow(_("What it is"), self.name, hint=_("In your own words."))
        self.belongs = Picker([("", _("Nothing"))])
        self.belongs.changed.connect(page.save_belongs)
        self.about = Text("", "body", "ink_soft")
        self.print_button = Button(_("Print or save a PDF"), "main", icon="print", on=page.look_and_print)
        self.copy_button = Button(_("Save a copy"), icon="sharing", on=page.save_copy)
        self.remove_button = Button(_("Remove"), "quiet", on=page.remove)
        self.erase_button = Button(_("Erase for good"), "quiet", on=page.erase)
        return column(
            self._fresh_part,
            self.name_row,
            self.use_name,
            16,
            FieldRow(_("Belongs to"), self.belongs, optional=True),
            12,
            self.about,
            20,
            flow(self.print_button, self.copy_button),
            8,
            flow(self.remove_button, self.erase_button),
        )

    # ---------------------------------------------------------------- showing

    def show_paper(self, paper: Paper, belongs: Sequence[tuple[str, str]], came: CameIn | None) -> None:
        """Show a paper; what is typed into its name stays."""
        another = self.paper is None or self.paper.id != paper.id
        self.paper = paper
        if another or (not self.name.hasFocus() and self.name.text() != paper.title):
            self.name.setText(paper.title)
            self.name_row.ask("")
        self.belongs.set_items(belongs)
        self.belongs.choose(paper.record if any(value == paper.record for value, _label in belongs) else "")
        about = _("Brought in on {day}. {kind}, {size}.").format(
            day=self._desk.formats.day(day_of(self._desk, paper)), kind=kind_words(paper), size=size_words(paper.size)
        )
        self.about.setText(about)
        self.copy_button.setVisible(not paper.is_pdf)
        self._show_came(came)
        if another:
            self._read(paper)
        self.viewer.rename(paper.title)

    def _show_came(self, came: CameIn | None) -> None:
        self._fresh_part.setVisible(came is not None)
        self.use_name.setVisible(came is not None and bool(came.file_name) and came.file_name != self.name.text())
        if came is None:
            return
        if not came.from_file:
            words = _("The picture may still be where it was copied, and stays copied until you copy something else.")
        elif came.paper.is_pdf:
            words = _(
                "The file itself is still on this computer at the place it came from. "
                "Delete it there if others use this computer."
            )
        else:
            words = _(
                "The photo itself is still on this computer at the place it came from. "
                "Delete it there if others use this computer."
            )
        self.fresh.set_text(words, _("It is in your notebook now"))
        self.use_name.setText(_("Call it “{name}”, as the file").format(name=came.file_name))
        self.use_name.setAccessibleName(self.use_name.text())
        self.use_name.retheme()

    def _take_name(self) -> None:
        came = self._page.came
        if came is not None:
            self.name.setText(came.file_name)
            self.use_name.hide()
            self._page.save_name()
            self.name.setFocus()

    def _read(self, paper: Paper) -> None:
        self.forget_pictures()
        self.cannot.hide()
        self._seen.show()
        self._say_where()
        papers = self._desk.session.papers

        def work() -> Levels | PdfPages:
            content = papers.content(paper)
            return read_pages(content) if paper.is_pdf else in_levels(read_picture(content, paper.media_type))

        self._beside.do(work, self._have, self._cannot)

    def _have(self, read: Levels | PdfPages) -> None:
        assert self.paper is not None
        if isinstance(read, Levels):
            self.viewer.show_photo(read, self.paper.title)
        else:
            self.viewer.show_pages(read, self.paper.title)

    def _cannot(self) -> None:
        self._seen.hide()
        self.cannot.show()
        announce(self, _("This paper cannot be shown."))

    def _zoom(self, steps: int) -> None:
        self.viewer.step_zoom(steps)
        announce(self, _("{n} % of its size").format(n=round(self.viewer.zoom * 100)))

    def _say_where(self) -> None:
        count = self.viewer.count
        many = count > 1
        self.earlier.setVisible(many and self.viewer.number > 0)
        self.later.setVisible(many and self.viewer.number < count - 1)
        self.smaller.setVisible(self.viewer.zoom > ZOOMS[0])
        words = _("Page {n} of {all}").format(n=self.viewer.number + 1, all=count) if many else ""
        self.where.setText(words)

    # ---------------------------------------------------------------- letting go

    def forget_pictures(self) -> None:
        """Let go of every picture of it."""
        self._beside.forget()
        self.viewer.forget()

    def forget(self) -> None:
        """Let go of the paper."""
        self.paper = None
        self.forget_pictures()
