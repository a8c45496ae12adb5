"""Bringing in a form that somebody has already: choose it, see what is in it and what will be different, take it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.session.form_versions import short
from planner.session.own_forms import Arrival
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import TOP, Box, clear, column, columns, flow, hold, row
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.pages.bring_file import BringFilePage
from planner.words import _, n_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.forms import FormUnreadable, Problem
    from planner.session import Changed
    from planner.session.own_forms import FormPreview
    from planner.ui.page import Desk
    from planner.ui.work import Progress

SUFFIXES = (".xlsx", ".xls", ".csv", ".md", ".xml")
SHOWN = 60
"""Lines of the report that are shown; a form with more of them is looked at where it is written."""


class FormsBringPage(BringFilePage):
    """Nothing changes before the main button of the report is pressed."""

    name: ClassVar[str] = "forms-bring"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.preview: FormPreview | None = None
        self.unreadable: FormUnreadable | None = None
        self.choose = Button(_("Choose a file"), "main", icon="folder", on=self.ask_file)
        self.start = EmptyPage(
            "sheet",
            _("A form you have already"),
            _(
                "A table in Excel as KoBo, ODK or Tella use it, or the file they give out. Lists and pictures that "
                "belong to it are taken from the same folder. You see first what is in it. Nothing changes before "
                "you say so."
            ),
            [self.choose, Button(_("Back to the forms"), "quiet", icon="back", on=lambda: desk.go("forms"))],
        )
        self.take = Button(_("Bring it in"), "main", icon="check", on=self.bring_in)
        self.other = Button(_("Choose another file"), icon="folder", on=self.ask_file)
        self.leave_it = Button(_("Not now"), "quiet", on=self._leave_it)
        self.head = Text("", "question")
        self.facts = Text("", "body", "ink_soft").hide_empty()
        self.means = Text("", "body").hide_empty()
        self.report_head = Section("")
        self.fine = Text(_("Everything in it works here."), "body")
        self._report = Box(True, 0, (0, 0, 0, 0))
        main = column(
            self.head,
            8,
            self.facts,
            12,
            self.means,
            20,
            flow(self.take, self.other, self.leave_it, gap=12),
            28,
            self.report_head,
            self.fine,
            self._report,
        )
        self.aside = Note(
            _(
                "Where this computer is, its number and who uses it are never asked of it. Questions about that stay "
                "empty. The file itself stays where it is."
            ),
            icon="lock",
        )
        self._look_at = columns(main, column(self.aside))
        self.set_body(column((self._look_at, 1), (self.start, 1)))
        self._show()

    # ---------------------------------------------------------------- the page

    def title(self) -> str:
        """The page's name."""
        return _("Bring in a form")

    def first_focus(self) -> QWidget | None:
        """The way on."""
        if self.preview is None:
            return self.other if self.unreadable is not None else self.choose
        return self.take

    def refresh(self, changed: Changed | None) -> None:
        """What it says hangs on the file alone."""

    def forget(self) -> None:
        """Begin anew."""
        super().forget()
        self.preview = self.unreadable = None
        self._show()

    # ---------------------------------------------------------------- the file

    def ask_file(self) -> None:
        """Which file."""
        words = _("Forms are Excel tables (.xlsx, .xls), text tables (.csv, .md) or XForms (.xml).")
        self.choose_one(_("Which form?"), words, SUFFIXES)

    def read(self, path: Path) -> None:
        """Look at a file; beside the window, because a large table takes seconds."""
        own = self.desk.session.forms.own

        def work(progress: Progress) -> FormPreview | FormUnreadable:
            from planner.forms import FormUnreadable

            progress.step(0)
            try:
                return own.look(path, progress.step)
            except FormUnreadable as problem:
                return problem

        self.look_at(_("Looking at the form"), work, self._looked)

    def _looked(self, found: FormPreview | FormUnreadable) -> None:
        from planner.session.own_forms import FormPreview

        self.preview = found if isinstance(found, FormPreview) else None
        self.unreadable = None if isinstance(found, FormPreview) else found
        self._show()
        self.to_the_top(". ".join(part for part in (self.head.text(), self.means.text()) if part))

    # ---------------------------------------------------------------- what is shown

    def _show(self) -> None:
        looked = self.preview is not None or self.unreadable is not None
        self.start.setVisible(not looked)
        self._look_at.setVisible(looked)
        clear(self._report)
        if self.preview is not None:
            self._show_preview(self.preview)
        elif self.unreadable is not None:
            self._show_unreadable(self.unreadable)

    def _show_preview(self, preview: FormPreview) -> None:
        self.head.setText(preview.title)
        self.facts.setText(facts_words(preview))
        self.means.setText(arrival_words(preview))
        self.take.setVisible(preview.arrival is not Arrival.SAME)
        self.report_head.set_text(_("What will be different here"))
        self.report_head.set_more(str(len(preview.problems)) if preview.problems else "")
        self.report_head.show()
        self.fine.setVisible(not preview.problems)
        self.aside.show()
        self._list(preview.problems)

    def _show_unreadable(self, problem: FormUnreadable) -> None:
        self.head.setText(problem.sentence)
        self.facts.setText(problem.what_next)
        self.means.setText("")
        self.take.hide()
        self.report_head.set_text(_("Where it is"))
        self.report_head.set_more("")
        self.report_head.setVisible(bool(problem.problems))
        self.fine.hide()
        self.aside.hide()
        self._list(problem.problems)

    def _list(self, problems: Sequence[Problem]) -> None:
        for number, each in enumerate(problems[:SHOWN]):
            words = column(Text(place_words(each), "label", "ink_soft").hide_empty(), Text(each.what, "body"))
            if each.instead:
                words.put(2, row((Icon("wayround", "accent", size=20), TOP), (Text(each.instead, "body"), 1), gap=8))
            words.set_margins((0, 12, 0, 12))
            self._report.put(Rule() if number else None, hold(words))
        more = len(problems) - SHOWN
        if more > 0:
            self._report.put(8, Text(n_("And {n} more.", "And {n} more.", more).format(n=more), "body", "ink_soft"))

    # ---------------------------------------------------------------- bringing it in

    def bring_in(self) -> None:
        """Keep the form; from now on it is offered."""
        preview = self.preview
        if preview is None:
            return
        if self.desk.keep(lambda: self._keep(preview)):
            self.desk.go("forms", brought=preview.form.id)
            self.desk.say(_("“{form}” is among your forms now.").format(form=preview.title))

    def _keep(self, preview: FormPreview) -> None:
        self.desk.session.forms.own.keep(preview)

    def _leave_it(self) -> None:
        self.forget()
        self.desk.go("forms")


def facts_words(preview: FormPreview) -> str:
    """How much it asks, in which languages, and which version it is."""
    count = preview.questions
    facts = [n_("{n} question", "{n} questions", count).format(n=count)]
    # Named without the code behind: "Español (es)".
    # pyxform calls a form's only language "default" where its columns name none.
    named = [each.partition(" (")[0] for each in preview.languages if each != "default"]
    facts += [", ".join(named)] if named else []
    facts += [_("version {v}").format(v=short(preview.form.version))] if preview.form.version else []
    return " · ".join(facts)


def arrival_words(preview: FormPreview) -> str:
    """What it would be here."""
    if preview.arrival is Arrival.NEW:
        return ""
    if preview.arrival is Arrival.SAME:
        return _("You have this form already, and it is the same. There is nothing to do.")
    if preview.arrival is Arrival.BACK:
        return _("You have this form already, put aside. Bring it in, and it is offered again.")
    said = [_("A form with the same name inside comes with the program. This one takes its place.")]
    if not preview.shipped:
        said = [_("You have an earlier version of this form. This one takes its place.")]
    if preview.fresh:
        said.append(n_("{n} question is new.", "{n} questions are new.", preview.fresh).format(n=preview.fresh))
    if preview.gone:
        said.append(
            n_("{n} question is no longer asked.", "{n} questions are no longer asked.", preview.gone).format(
                n=preview.gone
            )
        )
    if preview.in_progress:
        said.append(_("Answers that were begun go on in it; what fits is kept."))
    said.append(_("What was finished stays as it was."))
    return " ".join(said)


def place_words(problem: Problem) -> str:
    """The sheet and the row, as somebody sees them in the table."""
    if problem.sheet and problem.row:
        return _("Sheet “{sheet}”, row {row}").format(sheet=problem.sheet, row=problem.row)
    if problem.sheet:
        return _("Sheet “{sheet}”").format(sheet=problem.sheet)
    return _("Row {row}").format(row=problem.row) if problem.row else ""
