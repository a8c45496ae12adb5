"""Contact notes: the worker's own, kept apart from the plan; added to, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, apart, clear, column, columns, flow, hold
from planner.ui.kit.surfaces import EmptyPage
from planner.ui.kit.surfaces import Note as SandNote
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.page import Page
from planner.ui.pages.note_editor import KIND_WORDS, NoteEditor
from planner.ui.theme import theme
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.session import Changed, Note
    from planner.ui.page import Desk

AT_ONCE = 20
"""Notes that are laid out at once; older ones when they are asked for."""

PAUSE = 1000
"""ms without a key after which what is half typed is kept as a draft."""


class NotesPage(Page):
    """The notes about one person, the newest first, and one that is being written."""

    name: ClassVar[str] = "notes"
    searchable: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        person = desk.session.person
        self.person_id = person.id if person is not None else ""
        self._notes: list[Note] = []
        self._most = AT_ONCE
        self._sought = ""
        self._adds: dict[str, Button] = {}
        self._dropped: dict[str, Any] | None = None
        self._waiting = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep_draft)
        self.editor = NoteEditor(desk)
        self.editor.kept.connect(self._keep)
        self.editor.dropped.connect(self._drop)
        self.editor.typed.connect(self._pause.start)
        self.editor.hide()
        self.write_button = Button(_("Write a note"), "main", icon="edit", on=lambda: self.write(None))
        self._list = Box(True, 0, (0, 0, 0, 0))
        self.more = Button(_("Show older ones"), "quiet", icon="down", on=self._show_more)
        self._some = hold(column(Section(_("What was noted")), self._list, 12, flow(self.more)))
        self._first = Button(_("Write the first note"), "main", icon="edit", on=lambda: self.write(None))
        self._none = EmptyPage(
            "sheet",
            _("Notes will be here"),
            _("Day, kind, minutes, and a few words: the facts, and what was agreed."),
            [self._first],
            _("They stand apart from the plan and are never printed with it."),
        )
        side = column(
            SandNote(
                _("They stand apart from the plan. They are closed while you show only this person’s pages."),
                "lock",
                _("These notes are for you"),
            ),
            16,
            SandNote(
                _("Somebody may ask to read them one day, also in court. Write little, and only what you would sign."),
                "law",
                _("Before you write"),
            ),
        )
        main = column(flow(self.write_button), self.editor, 32, self._some)
        self._full = columns(main, side)
        self.set_body(column(self._full, self._none))
        self._draft_taken = False

    def title(self) -> str:
        person = self.desk.session.person
        return _("Notes about {name}").format(name=person.shown) if person is not None else _("Notes")

    # ---------------------------------------------------------------- its life

    def show_for(self, **where: str) -> None:
        if not self._draft_taken and self._mine():
            self._draft_taken = True
            found = self.desk.session.take_draft(self.name)
            if found is not None:
                self.take_draft(found)
                self.keep_draft()
        if where.get("write"):
            self.write(None)
        self._sought = where.get("note", "")

    def _mine(self) -> bool:
        """Whether this page's person is chosen, and nobody sits beside the worker."""
        session = self.desk.session
        return session.only is None and session.person is not None and session.person.id == self.person_id

    def refresh(self, changed: Changed | None) -> None:
        if not self._mine() or (changed is not None and not changed.kinds & {"note", "person"}):
            return
        self._notes = self.desk.session.notes.of(self.person_id)
        self._show()

    def leave(self) -> bool:
        self.keep_draft()
        return True

    def opened_again_with(self, where: dict[str, str]) -> dict[str, str]:
        """The fields of a new note, where they are open."""
        return {"write": "yes"} if not self.editor.isHidden() and self.editor.amends is None else where

    def draft(self) -> dict[str, Any] | None:
        if self._waiting or self.editor.isHidden() or not self.editor.has_words():
            return None
        return self.editor.values()

    def take_draft(self, data: dict[str, Any]) -> None:
        notes = self._notes or self.desk.session.notes.of(self.person_id)
        amends = next((note for note in notes if note.id == data.get("amends")), None)
        self.editor.put_back(data, amends)
        self._open_editor()

    def keep_draft(self) -> None:
        """Keep what is half typed, beside the notes and not among them; tried again where the machine cannot."""
        self._pause.stop()
        if not self._mine() or self._waiting:
            return
        try:
            self.desk.session.keep_draft(self.name, self.draft())
        except MachineTrouble:
            self._pause.start()

    def undo_here(self) -> str | None:
        if self._dropped is None:
            return None
        data, self._dropped = self._dropped, None
        self.take_draft(data)
        self.keep_draft()
        return _("Your words are back.")

    def own_undo_words(self) -> str | None:
        return _("drop what was written") if self._dropped is not None else None

    def first_focus(self) -> QWidget | None:
        if not self.editor.isHidden():
            return self.editor.facts
        sought = self._adds.get(self._sought)
        if sought is not None:
            # Once the list has its places; a frame of it is shown above the note.
            QTimer.singleShot(0, sought, lambda: self._bring_up(sought))
            return sought
        return self.write_button if self._notes else self._first

    def _bring_up(self, control: QWidget) -> None:
        if self.area is not None:
            self.area.ensureWidgetVisible(control, 0, theme.px(160))

    # ---------------------------------------------------------------- writing

    def write(self, amends: Note | None) -> None:
        """Open the fields for a note, or for what is added to one; what is half typed there stays."""
        if self._waiting:
            self.desk.say(_("The note before is not saved yet. It is tried again every few seconds."))
            return
        if self.editor.isHidden() or not self.editor.has_words():
            self.editor.start(amends)
        elif amends is not self.editor.amends:
            self.desk.say(_("Keep or drop first what you began."))
        self._open_editor()
        self.editor.facts.setFocus()

    def _open_editor(self) -> None:
        self.editor.show()
        self._show()

    def _close_editor(self) -> None:
        self.editor.hide()
        self.editor.start()
        self._show()

    def _keep(self) -> None:
        if self._waiting:
            self.desk.say(_("Your words are still here. It is tried again every few seconds."))
            return
        editor, session, person = self.editor, self.desk.session, self.person_id
        said, amends = editor.values(), editor.amends
        minutes, day = editor.minutes_said() or 0, editor.day.value() or session.today()

        def save() -> None:
            facts, agreed = said["facts"].strip(), said["agreed"].strip()
            if amends is not None:
                session.notes.amend(amends, facts=facts, agreed=agreed)
            else:
                session.notes.add(
                    person,
                    when=day,
                    kind=said["kind"],
                    minutes=minutes,
                    who=said["who"].strip(),
                    facts=facts,
                    agreed=agreed,
                )
            self._saved()

        self._waiting = True
        if self.desk.keep(save):
            self.desk.say(_("Kept."))

    def _saved(self) -> None:
        """The note is in the store, perhaps long after the page was left."""
        from shiboken6 import isValid

        if not isValid(self):
            return
        self._waiting = False
        self._dropped = None
        self._close_editor()
        self.keep_draft()
        self.write_button.setFocus()

    def _drop(self) -> None:
        self._dropped = self.editor.values() if self.editor.has_words() else None
        self._close_editor()
        self.keep_draft()
        if self._dropped is not None:
            self.desk.say(_("Dropped."), undo=True)

    # ---------------------------------------------------------------- the list

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show()

    def _show(self) -> None:
        writing = not self.editor.isHidden()
        self._none.setVisible(not self._notes and not writing)
        self._full.setVisible(bool(self._notes) or writing)
        self._some.setVisible(bool(self._notes))
        self.write_button.setVisible(not writing)
        places = {note.id: place for place, note in enumerate(self._notes)}
        self._most = max(self._most, places.get(self._sought, 0) + 1)
        self.more.setVisible(len(self._notes) > self._most)
        self._adds.clear()
        clear(self._list)
        for note in self._notes[: self._most]:
            self._list.put(self._note(note), Rule())

    def _note(self, note: Note) -> QWidget:
        formats = self.desk.formats
        told = [_(KIND_WORDS[note.kind])]
        if note.minutes:
            told.append(n_("{n} minute", "{n} minutes", note.minutes).format(n=formats.number(note.minutes)))
        if note.who:
            told.append(note.who)
        mine = self.desk.session.setting("my_name")
        author = _("Written by {name}").format(name=note.author) if note.author and note.author != mine else ""
        head = Text(formats.sentence(self._near(note.when_date)), "row")
        add = Button(
            _("Add to it"),
            "quiet",
            icon="plus",
            compact=True,
            name=_("Add to the note of {day}").format(day=formats.day(note.when_date)),
            on=lambda: self.write(note),
        )
        self._adds[note.id] = add
        return hold(
            column(
                apart(column(head, Text(", ".join(told), "body", "ink_soft")), add),
                *_two_lines(note),
                *[self._amendment(each) for each in note.amendments],
                Text(author, "body", "ink_soft").hide_empty(),
                margins=(8, 14, 8, 14),
            )
        )

    def _amendment(self, note: Note) -> QWidget:
        head = Text(_("Added on {day}").format(day=self.desk.formats.day(self._written_on(note))), "body", "ink_soft")
        return hold(column(head, *_two_lines(note, 2), margins=(24, 12, 0, 0)))

    def _near(self, day: date) -> str:
        away = (self.desk.session.today() - day).days
        close = {0: _("today"), 1: _("yesterday")}
        return close.get(away) or self.desk.formats.day_with_weekday(day)

    def _written_on(self, note: Note) -> date:
        from zoneinfo import ZoneInfo

        return datetime.fromisoformat(note.at).astimezone(ZoneInfo(self.desk.session.zone)).date()


def _two_lines(note: Note, above: int = 8) -> list[QWidget | int]:
    """Facts, and what was agreed, each with its name; what is empty is left out."""
    lines: list[QWidget | int] = []
    for words, text in ((_("Facts:"), note.facts), (_("Agreed:"), note.agreed)):
        if text:
            lines += [above if not lines else 2, Text(f"{words} {text}", "body", bold=(words,))]
    return lines
