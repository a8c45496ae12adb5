"""Bring in a list of places: choose it, look at every row, decide, and only then bring it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.session.directory_lists import DirectoryPreview, Row, State
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.bring_file import BringFilePage
from planner.ui.pages.cards_parts import InOrOut
from planner.ui.pages.directory_words import FIELDS, WHYS, field_words, preview_words, value_words
from planner.words import _, n_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.session import Changed
    from planner.session.directory_lists import TakenIn
    from planner.ui.page import Desk
    from planner.ui.work import Progress

SUFFIXES = (".csv", ".json", ".zip", ".txt", ".tsv")
MOST_LINES = 200
"""Of what stays out or is here already: more is nothing that somebody reads through."""


class DirectoryImportPage(BringFilePage):
    """Nothing changes before the main button under the rows is pressed."""

    name: ClassVar[str] = "directory-import"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.preview: DirectoryPreview | None = None
        self._rows: dict[str, Row] = {}
        self.sum = Text("", "lead")
        self.new_list = self._in_or_out(_("New places"))
        self.changed_list = self._in_or_out(_("Places that would read differently"))
        self.new_part, self.new_head = _part(_("New places"), self.new_list)
        words = _("What the list says takes the place of what is here. Where it says nothing, what is here stays.")
        self.changed_part, self.changed_head = _part(
            _("Places that would read differently"), Text(words, "body"), 8, self.changed_list
        )
        self.careful = ListView(_("Be careful"))
        self.careful_part, _head = _part(_("Be careful"), self.careful)
        self.out_list = ListView(_("These stay out"))
        self.out_part, self.out_head = _part(_("These stay out"), self.out_list)
        self.same_list = ListView(_("Here already, and the same"))
        self.same_shut = Disclosure(_("Show them"), _("Hide them"), self.same_list)
        self.same_part, self.same_head = _part(_("Here already, and the same"), self.same_shut)
        self.addresses = TickChoice(_("Show the addresses of this list"), _("Else they are kept and covered."))
        self._addresses = hold(column(28, self.addresses))
        main = column(
            self.sum,
            self.careful_part,
            self.new_part,
            self.changed_part,
            self._addresses,
            self.same_part,
            self.out_part,
        )
        self.odd = Note("", "why")
        self.note = Note(_("Nothing changes before you press the button below."), "feather")
        self._both = columns(main, column(self.note, self.odd, gap=16))
        self.bring = Button("", "main", icon="check", on=self.bring_in)
        self.another = Button(_("Choose another file"), icon="folder", on=self.choose)
        self._foot = hold(
            column(
                Rule(),
                16,
                flow(self.bring, self.another, Button(_("Not now"), "quiet", on=self._not_now)),
                margins=(40, 0, 40, 20),
            )
        )
        self.choose_button = Button(_("Choose a file"), "main", icon="folder", on=self.choose)
        self.empty = EmptyPage(
            "folder",
            _("A list that somebody has already"),
            _(
                "A table saved as CSV with a column called “name”, or a file in the Open Referral form (CSV, JSON, "
                "zip). First you see every row. Nothing changes before you say so."
            ),
            [self.choose_button, Button(_("Back to all places"), "quiet", icon="back", on=self._not_now)],
            _("Nothing is looked up on the internet. Names of people in offices are left out."),
        )
        self.set_body(column((self._both, 1), (self.empty, 1)), foot=self._foot)
        self._show()

    def _in_or_out(self, name: str) -> InOrOut:
        made = InOrOut(name, on_words=_("comes in"), off_words=_("stays out"))
        made.changed.connect(self._count)
        return made

    # ---------------------------------------------------------------- what a page tells

    def title(self) -> str:
        return _("Bring in a list of places")

    def first_focus(self) -> QWidget | None:
        if self.preview is None:
            return self.choose_button
        return self.new_list if self.preview.of(State.NEW) else self.bring

    def refresh(self, changed: Changed | None) -> None:
        if self.desk.session.only is not None and self.preview is not None:
            self.forget()

    def forget(self) -> None:
        """Let go of the file and of what was chosen."""
        super().forget()
        self.preview = None
        self._show()

    # ---------------------------------------------------------------- a file

    def choose(self) -> None:
        """Which file."""
        if self.desk.session.only is not None:
            self.desk.say(_("This is closed while somebody is beside you."))
            return
        words = _("Lists are tables (.csv, .tsv, .txt), Open Referral files (.json) or several tables in a .zip.")
        self.choose_one(_("Which list?"), words, SUFFIXES)

    def read(self, path: Path) -> None:
        """Look into a file beside the window."""
        directory = self.desk.session.directory

        def work(progress: Progress) -> DirectoryPreview:
            from planner.exchange.services_read import MOST_BYTES
            from planner.ui.paper.choose_file import read_chosen

            return directory.look(read_chosen(path, MOST_BYTES), progress.step)

        self.look_at(_("Reading the list"), work, self.show_preview)

    def show_preview(self, preview: DirectoryPreview) -> None:
        """Show every row of a list."""
        self.preview = preview
        self._show()
        self.to_the_top()

    # ---------------------------------------------------------------- what is shown

    def _show(self) -> None:
        preview = self.preview
        self.empty.setVisible(preview is None)
        self._both.setVisible(preview is not None)
        self._foot.setVisible(preview is not None)
        shown = preview or DirectoryPreview(())
        self._rows = {str(each.number): each for each in shown.rows}
        self.addresses.setChecked(False)
        self.same_shut.set_open(False)
        self.sum.setText(preview_words(shown))
        for state, chosen, part, head in (
            (State.NEW, self.new_list, self.new_part, self.new_head),
            (State.CHANGED, self.changed_list, self.changed_part, self.changed_head),
        ):
            rows = shown.of(state)
            # Another number under a known name may be a mistake, or worse: it comes in only where somebody says so.
            chosen.set_people([str(each.number) for each in rows], self._line, [str(e.number) for e in rows if e.like])
            part.setVisible(bool(rows))
            head.set_more(str(len(rows)))
        like = [each for each in shown.rows if each.like]
        self.careful.set_lines([self._careful_line(each) for each in like[:MOST_LINES]])
        self.careful_part.setVisible(bool(like))
        same = shown.of(State.SAME)
        self._list(self.same_list, self.same_part, self.same_head, len(same), (self._same_line(each) for each in same))
        out = shown.left_out
        lines = (
            Line(str(each.number), each.name or _("Row {n}").format(n=each.number), _(WHYS[each.why]), icon="no")
            for each in out
        )
        self._list(self.out_list, self.out_part, self.out_head, len(out), lines)
        self._addresses.setVisible(bool(shown.addresses))
        self.odd.set_text(odd_words(shown))
        self.odd.setVisible(bool(odd_words(shown)))
        self._count()

    def _list(self, view: ListView, part: QWidget, head: Section, count: int, lines: Iterable[Line]) -> None:
        view.set_lines([line for _number, line in zip(range(MOST_LINES), lines, strict=False)])
        part.setVisible(bool(count))
        head.set_more(str(count))

    def _line(self, key: str) -> Line:
        row = self._rows[key]
        if row.before is None:
            numbers = value_words(row.entry, "phones", self.desk.formats)
            detail = " · ".join(filter(None, (numbers, " ".join(row.entry.purpose.split())[:200])))
            return Line(key, row.entry.name, detail)
        said = [self._difference(row, name) for name in row.fields]
        return Line(key, row.before.name, " · ".join(filter(None, said)))

    def _difference(self, row: Row, name: str) -> str:
        assert row.before is not None
        after, before = (
            " ".join(value_words(each, name, self.desk.formats).split())[:120] for each in (row.entry, row.before)
        )
        if name not in FIELDS or not after:
            return ""
        if not before:
            return _("{field}: {after}").format(field=field_words(name), after=after)
        return _("{field}: {after} (now: {before})").format(field=field_words(name), after=after, before=before)

    def _careful_line(self, row: Row) -> Line:
        words = _("A line of this name comes with the program and has another number. Ask which one is right.")
        return Line(f"like-{row.number}", row.like, words, icon="why")

    def _same_line(self, row: Row) -> Line:
        return Line(str(row.number), row.entry.name, icon="check")

    # ---------------------------------------------------------------- bringing it in

    def chosen(self) -> frozenset[int]:
        """The numbers of the rows that come in."""
        return frozenset(int(each) for each in (*self.new_list.on(), *self.changed_list.on()))

    def _count(self) -> None:
        count = len(self.chosen())
        if count:
            self.bring.set_words(n_("Bring in {n} place", "Bring in {n} places", count).format(n=count))
        else:
            self.bring.set_words(_("Back to all places"))
        self.bring.set_icon("check" if count else "back")

    def bring_in(self) -> None:
        """Bring in what was chosen, beside the window; then the places are shown."""
        preview, chosen = self.preview, self.chosen()
        if preview is None:
            return
        if not chosen:
            self._not_now()
            return
        directory, show = self.desk.session.directory, self.addresses.isChecked()

        def work(progress: Progress) -> TakenIn:
            return directory.take_in(preview, chosen, show_addresses=show, progress=progress.step)

        self.take_in(_("Bringing places in"), work, self._brought, len(chosen))

    def _brought(self, taken: TakenIn) -> None:
        self.forget()
        self.desk.session.directory.tell(taken.before)
        self.desk.go("directory")
        from planner.ui.pages.directory import DirectoryPage

        opened = self.window().findChild(DirectoryPage)
        if opened is not None:
            opened.came_in(taken)

    def _not_now(self) -> None:
        self.forget()
        self.desk.go("directory")


def _part(head: str, *things: QWidget | int) -> tuple[QWidget, Section]:
    section = Section(head)
    return hold(column(28, section, 8, *things)), section


def odd_words(preview: DirectoryPreview) -> str:
    """What of a list is not used."""
    said = []
    if preview.formulas:
        count = preview.formulas
        said.append(
            n_(
                "{n} cell held a formula; it is left out.", "{n} cells held a formula; they are left out.", count
            ).format(n=count)
        )
    if preview.columns:
        columns = ", ".join(f"“{each}”" for each in preview.columns[:12])
        said.append(_("Columns that are not used: {columns}").format(columns=columns))
    return "\n".join(said)
