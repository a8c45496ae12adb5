"""Answers that were finished, as they were: under the version of the form that was answered, and only to read."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.forms.styling import plain
from planner.session.form_versions import short
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, clear, column, columns, flow, hold
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.page import Page
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import FormPage, Question
    from planner.session import Changed
    from planner.session.filling_desk import FillingDesk
    from planner.ui.page import Desk


class FormReadPage(Page):
    """Questions with their answers, by sections; what was left open is not listed."""

    name: ClassVar[str] = "form-read"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filling = ""
        self.table: FillingDesk | None = None
        self._place = Box(True, 0, (0, 0, 0, 0))
        self.back = Button(_("Back to the forms"), "main", icon="back", on=lambda: desk.go("forms"))
        self.print_button = Button(_("Print these answers"), icon="print", on=self._print)
        self.aside = Note(_("These are kept as they were. If the form has changed since, that changes nothing here."))
        foot = flow(self.back, self.print_button, gap=12)
        self.set_body(columns(column(self._place, 28, foot), column(self.aside)))

    # ---------------------------------------------------------------- the page

    def title(self) -> str:
        """The form's."""
        return self.table.info.shown if self.table is not None else _("Guided forms")

    def first_focus(self) -> QWidget | None:
        """The way back."""
        return self.back

    def show_for(self, **where: str) -> None:
        """Open a finished filling by its id."""
        self._filling = where.get("filling", self._filling)
        self._read()

    def refresh(self, changed: Changed | None) -> None:
        """What was finished does not change; it may be thrown away."""
        if changed is None or changed.kinds & {"filling", "chosen", "person"}:
            self._read()

    def leave(self) -> bool:
        """Nothing of it stays on a page that is out of sight."""
        self.table, self._filling = None, ""
        clear(self._place)
        return True

    def _read(self) -> None:
        clear(self._place)
        self.table = None
        session = self.desk.session
        said = _("These answers are not here any more.")
        if self._filling and session.person is not None:
            try:
                table = session.forms.read(self._filling)
                if table.person == session.person.id:
                    table.speak(table.spoken)
                    self.table = table
            except MachineTrouble as problem:
                said = problem.sentence
            except KeyError:
                pass
        self.print_button.setVisible(self.table is not None)
        self.aside.setVisible(self.table is not None)
        if self.table is None:
            self._place.put(Text(said, "body"))
        else:
            self._fill(self.table)
        self.head_changed.emit()

    def _fill(self, table: FillingDesk) -> None:
        finished = datetime.fromisoformat(table.saved_at).astimezone(self.desk.session.now().tzinfo).date()
        day = self.desk.formats.day_full(finished)
        version = short(table.filling.form.version)
        words = _("You finished it on {day}.").format(day=day)
        if version:
            words = _("You finished it on {day}, in version {v} of the form.").format(day=day, v=version)
        self._place.put(Text(words, "body", "ink_soft"))
        many = 0
        for _section, group in groupby(table.filling.pages(), key=lambda page: page.section):
            inside = list(group)
            lines = [line for page in inside for line in self._lines(page)]
            if lines:
                self._place.put(28, Section(inside[0].section_title) if inside[0].section_title else Rule())
                for number, line in enumerate(lines):
                    self._place.put(Rule(start=8) if number else None, line)
            many += len(lines)
        if not many:
            self._place.put(16, Text(_("Every question was left open."), "body"))

    def _lines(self, page: FormPage) -> list[QWidget]:
        from planner.ui.pages.form_views import asks
        from planner.ui.pages.form_words import shown

        lines: list[QWidget] = []
        for item in filter(asks, page.items):
            words = shown(item, self.desk.formats)
            if words:
                label = Text(plain(item.label), "body", "ink_soft")
                file = self._file(item)
                lines.append(hold(column(label, Text(words, "row"), 8 if file else None, file, margins=(8, 10, 8, 10))))
        return lines

    def _file(self, item: Question) -> QWidget | None:
        """The file that was given, to be seen and handed out."""
        if self.table is None or item.kind not in {"image", "audio", "video", "file"}:
            return None
        from planner.ui.pages.form_answers import around_of
        from planner.ui.pages.form_answers_media import GivenFile

        file = GivenFile(item, around_of(self.desk, self.table))
        file.show_value(item.value)
        return file

    def _print(self) -> None:
        from planner.ui.dialogs.form_print import print_filled

        if self.table is not None:
            print_filled(self.desk, self.table)
