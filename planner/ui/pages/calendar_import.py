"""Bringing in a calendar file: choose it, look at what it would bring, leave out what is not wanted, bring it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.plan.life import LifeDomain
from planner.session.types import Mode
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.surfaces import EmptyPage, Note
from planner.ui.kit.text import Text
from planner.ui.pages.bring_file import BringFilePage
from planner.ui.pages.calendar_import_words import count_words, entry_line, left_line
from planner.ui.pages.plan_words import parts_of_life
from planner.words import _, c_, n_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.session import Changed
    from planner.session.calendar_types import CalendarPreview, Entry, Taken
    from planner.ui.page import Desk
    from planner.ui.work import Progress

SUFFIXES = (".ics", ".ical", ".icalendar", ".vcs")
SHOWN = 200
"""Lines of each kind that are shown at first; whoever wants to leave out more can see the rest."""

KINDS = frozenset({"appointment", "outcome"})


class CalendarImportPage(BringFilePage):
    """One person's: with nobody chosen, the calendar of that file would belong to nobody."""

    name: ClassVar[str] = "calendar-import"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._content = b""
        self._preview: CalendarPreview | None = None
        self._chosen: set[str] = set()
        self._entries: dict[str, Entry] = {}
        self._all = False
        self._taking = False
        self.choose = Button(_("Choose a file"), "main", icon="folder", on=self.ask_file)
        self.start = EmptyPage(
            "calendar",
            _("A calendar from elsewhere"),
            _(
                "From a phone, an office or another program, saved as an .ics file. You see what is in it first. "
                "Nothing changes before you say so."
            ),
            [self.choose, Button(_("Back to the calendar"), "quiet", icon="back", on=lambda: desk.go("calendar"))],
        )
        self.counts = Text("", "lead")
        self.nothing = Text(_("Your notebook has all of this already. There is nothing to do."), "body").hide_empty()
        self.list = ListView(_("What is in the file"))
        self.list.opened.connect(self._toggle)
        self.hint = Text(_("Press a line to leave it out or to bring it in."), "body", "ink_soft")
        self.every = Button(_("Choose all"), "quiet", compact=True, on=lambda: self._choose_all(True))
        self.none = Button(_("Choose none"), "quiet", compact=True, on=lambda: self._choose_all(False))
        self.more = Button(_("Show all of them"), "quiet", compact=True, on=self._show_all)
        self.take = Button("", "main", icon="check", on=self.bring_in)
        self.other = Button(_("Choose another file"), "plain", icon="folder", on=self.ask_file)
        self.leave_it = Button(_("Not now"), "quiet", on=self._leave_it)
        self.part = Picker([(domain.value, words) for domain, words, _icon in parts_of_life()])
        self.part.choose(LifeDomain.BASIC_NEEDS.value)
        self.alone = TickChoice(_("For me alone"), _("Others you share your plan with do not see them."))
        if desk.session.mode is not Mode.FOR_ME:
            self.alone.hide()
        self.notes = TickChoice(
            _("Descriptions as notes"), _("They often hold links, and names of people who were invited.")
        )
        self._choices = hold(column(FieldRow(_("New ones belong to"), self.part), 12, self.notes, 8, self.alone, 20))
        side = column(
            self._choices,
            Note(
                _(
                    "What comes in: what it is, day, hour and place. Who was invited, alarms and links stay out. "
                    "The file itself is not kept."
                ),
                icon="lock",
            ),
        )
        main = column(
            self.counts,
            8,
            self.nothing,
            flow(self.take, self.other, self.leave_it, gap=12),
            20,
            self.hint,
            flow(self.every, self.none),
            8,
            self.list,
            8,
            flow(self.more),
        )
        self._look_at = columns(main, side)
        self.set_body(column((self._look_at, 1), (self.start, 1)))
        self._show()

    # ---------------------------------------------------------------- the page

    def title(self) -> str:
        return _("Bring in a calendar")

    def first_focus(self) -> QWidget | None:
        return self.choose if self._preview is None else self.list

    def forget(self) -> None:
        """Begin anew."""
        super().forget()
        self._content, self._preview = b"", None
        self._chosen.clear()
        self._entries.clear()
        self._show()

    def refresh(self, changed: Changed | None) -> None:
        person = self.desk.session.person
        if changed is None or self._preview is None or self._taking:
            return
        if person is not None and changed.person == person.id and changed.kinds & KINDS:
            # The notebook is another one now: so is what the file would bring.
            content = self._content
            self._look(lambda: content)

    # ---------------------------------------------------------------- the file

    def ask_file(self) -> None:
        """Which file."""
        self.choose_one(_("Which calendar?"), _("Calendar files end in “.ics”."), SUFFIXES)

    def read(self, path: Path) -> None:
        """Look at a file."""

        def content() -> bytes:
            from planner.exchange.calendar_lines import MOST_BYTES
            from planner.ui.paper.choose_file import read_chosen

            return read_chosen(path, MOST_BYTES)

        self._look(content)

    def _look(self, content: Callable[[], bytes]) -> None:
        session = self.desk.session
        person = session.person
        if person is None:
            return

        def work(progress: Progress) -> tuple[bytes, CalendarPreview]:
            read = content()
            return read, session.calendar_files.preview(read, progress.step, person.id)

        def done(found: tuple[bytes, CalendarPreview]) -> None:
            if session.person is not None and session.person.id == found[1].person:
                self._take_preview(*found)

        self.look_at(_("Looking at the calendar"), work, done)

    def _take_preview(self, content: bytes, preview: CalendarPreview) -> None:
        self._content, self._preview, self._all = content, preview, False
        self._chosen = set(preview.chosen_first())
        self._entries = {each.key: each for each in (*preview.new, *preview.changed, *preview.cancelled)}
        self._show()
        self.to_the_top(self.counts.text())

    # ---------------------------------------------------------------- what is shown

    def _show(self) -> None:
        preview = self._preview
        self.start.setVisible(preview is None)
        self._look_at.setVisible(preview is not None)
        if preview is None:
            self.list.set_lines([])
            return
        self.counts.setText(self.desk.formats.sentence(count_words(preview)))
        something = not preview.nothing_to_do
        for each in (self.take, self.hint, self.every, self.none):
            each.setVisible(something)
        self.nothing.setVisible(not something and bool(preview.same))
        self._choices.setVisible(bool(preview.new))
        self._show_lines()

    def _groups(self, preview: CalendarPreview) -> list[tuple[str, list[Entry]]]:
        theirs = [each for each in preview.changed if not each.hers]
        hers = [each for each in preview.changed if each.hers]
        return [
            (c_("calendar file", "New"), list(preview.new)),
            (c_("calendar file", "Changed"), theirs),
            (_("You changed these yourself"), hers),
            (_("Canceled by them"), list(preview.cancelled)),
        ]

    def _show_lines(self) -> None:
        preview = self._preview
        assert preview is not None
        formats, here = self.desk.formats, self.desk.session.zone
        lines: list[Line] = []
        most = None if self._all else SHOWN
        hidden = False
        for head, entries in self._groups(preview):
            if entries:
                lines.append(self._head(head, len(entries)))
                lines += [entry_line(each, each.key in self._chosen, formats, here) for each in entries[:most]]
                hidden = hidden or len(entries) > SHOWN
        if preview.not_understood:
            lines.append(self._head(c_("calendar file", "Left out"), len(preview.not_understood)))
            left = preview.not_understood[:most]
            lines += [left_line(number, each, formats) for number, each in enumerate(left)]
            hidden = hidden or len(preview.not_understood) > SHOWN
        self.list.set_lines(lines)
        self.more.setVisible(hidden and not self._all)
        self._say_count()

    def _head(self, words: str, count: int) -> Line:
        return Line(f"head {words}", words, trail=self.desk.formats.number(count), section=True)

    def _say_count(self) -> None:
        count = len(self._chosen)
        words = n_("Bring in {n} appointment", "Bring in {n} appointments", count)
        self.take.set_words(words.format(n=self.desk.formats.number(count)))

    def _toggle(self, key: str) -> None:
        entry = self._entries.get(key)
        if entry is None:
            return
        self._chosen ^= {key}
        lines = [
            entry_line(entry, key in self._chosen, self.desk.formats, self.desk.session.zone)
            if each.id == key
            else each
            for each in self.list.lines()
        ]
        self.list.set_lines(lines)
        self._say_count()
        announce(
            self.list, c_("calendar file", "comes in") if key in self._chosen else c_("calendar file", "stays out")
        )

    def _choose_all(self, on: bool) -> None:
        self._chosen = set(self._entries) if on else set()
        self._show_lines()

    def _show_all(self) -> None:
        self._all = True
        self._show_lines()
        self.list.setFocus()

    # ---------------------------------------------------------------- bringing it in

    def bring_in(self) -> None:
        """Write what was chosen, as one edit."""
        from planner.session.calendar_types import Chosen

        preview, session = self._preview, self.desk.session
        if preview is None:
            return
        if not self._chosen:
            self.desk.say(_("Choose a line first. What is not chosen stays out."))
            return
        chosen = Chosen(
            keys=frozenset(self._chosen),
            domain=LifeDomain(self.part.value()),
            notes=self.notes.isChecked(),
            mine_alone=self.alone.isChecked() and self.alone.isVisibleTo(self),
        )

        def work(progress: Progress) -> Taken:
            return session.calendar_files.take_in(preview, chosen, progress.step)

        self.take_in(_("Bringing in the calendar"), work, self._taken, len(chosen.keys))

    def _taken(self, taken: Taken) -> None:
        self._taking = True
        try:
            self.desk.session.calendar_files.tell(taken)
        finally:
            self._taking = False
        self.forget()
        said = _said(
            (
                (n_("{n} appointment came in", "{n} appointments came in", taken.new), taken.new),
                (n_("{n} changed", "{n} changed", taken.changed), taken.changed),
                (n_("{n} canceled by them", "{n} canceled by them", taken.cancelled), taken.cancelled),
            )
        )
        self.desk.say(self.desk.formats.sentence(said), undo=True)
        self.desk.go("calendar")

    def _leave_it(self) -> None:
        self.forget()
        self.desk.go("calendar")


def _said(counts: Iterable[tuple[str, int]]) -> str:
    said = ", ".join(words.format(n=count) for words, count in counts if count)
    return f"{said}." if said else _("Nothing changed.")
