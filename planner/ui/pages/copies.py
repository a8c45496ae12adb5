"""Safety copies: which there are, made now or on another device, and the way to what is in one."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from planner.exchange.gate import Leaving, Left, PaperKind
from planner.session import Changed, Mode
from planner.ui.automatic_copies import COPIES
from planner.ui.copies_words import made_words
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, columns, flow, hold
from planner.ui.kit.lists import Line, ListView
from planner.ui.kit.surfaces import Note, Sheet
from planner.ui.kit.text import Section, Text
from planner.ui.page import Page
from planner.ui.pages.copies_reminder import SecondCopyReminder
from planner.ui.pages.settings_values import put_settings
from planner.ui.printing import LEFT
from planner.words import _

if TYPE_CHECKING:
    from planner.store.backups import Backup
    from planner.ui.page import Desk
    from planner.ui.work import Progress


class CopiesPage(Page):
    """The copies by day, what can be done with them, and the reminder of the second device."""

    name: ClassVar[str] = "copies"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._whole: dict[Path, bool] = {}
        self.lead = Text(
            _("When something in the notebook is lost or damaged, a safety copy brings it back."), "lead", "ink_soft"
        )
        self.trouble = Note("", icon="pause")
        self._trouble_place = hold(column(self.trouble, 20))
        self.make_button = Button(_("Make a copy now"), "main", icon="copies", on=self.make)
        self.here = Section(_("On this device"))
        self.list = ListView(_("Safety copies on this device"), chevron=True)
        self.list.opened.connect(self._open)
        self.none = Text(
            _("There is none yet. The first one is made by itself, in a quiet moment."), "body", "ink_soft"
        )
        self.elsewhere = Text("", "body", "ink_soft")
        self.away_button = Button(_("Copy to another device"), icon="sharing", on=self.choose_place)
        self.from_button = Button(_("Look at a copy from another device"), "quiet", on=self.choose_copy)
        self.reminder = SecondCopyReminder(desk)
        main = column(
            self.lead,
            20,
            self._trouble_place,
            flow(self.make_button),
            32,
            self.here,
            self.list,
            8,
            self.none,
            32,
            Section(_("On another device")),
            12,
            self.elsewhere,
            16,
            flow(self.away_button, self.from_button, gap=12),
            24,
            self.reminder,
        )
        self.set_body(columns(main, column(_about())))
        self.refresh(None)

    def title(self) -> str:
        return _("Safety copies")

    def show_for(self, **where: str) -> None:
        self._check()

    def refresh(self, changed: Changed | None) -> None:
        if changed is not None and not changed.kinds & {COPIES, "settings"}:
            return
        session = self.desk.session
        backups = session.backups.list()
        days = [each.made.astimezone(session.now().tzinfo).date() for each in backups]
        self.list.set_lines([self._line(each, days.count(day) > 1) for each, day in zip(backups, days, strict=True)])
        looked_at = bool(backups) and all(each.folder in self._whole for each in backups)
        whole = looked_at and all(self._whole[each.folder] for each in backups)
        self.here.set_more(_("Checked: all whole") if whole else "")
        self.none.setVisible(not backups)
        problem = session.backups.trouble
        self._trouble_place.setVisible(problem is not None)
        if problem is not None:
            head = _("Today’s safety copy could not be made yet.")
            self.trouble.set_text(f"{problem.sentence} {_('It is tried again by itself.')}", head)
        made = session.setting("second_copy_made")
        if made:
            day = self.desk.formats.near(date.fromisoformat(made))
            self.elsewhere.setText(_("Last copied to another device: {day}.").format(day=day))
        else:
            self.elsewhere.setText(
                _(
                    "If this device breaks or gets lost, only a copy somewhere else helps, "
                    "for example on a memory stick."
                )
            )
        self.reminder.refresh()

    def leave(self) -> bool:
        self.reminder.flush()
        return True

    def _line(self, backup: Backup, hour: bool) -> Line:
        formats = self.desk.formats
        when = made_words(formats, backup.made, self.desk.session.now().tzinfo, hour=hour)
        damaged = self._whole.get(backup.folder) is False
        words = _("Damaged. It cannot be used.") if damaged else ""
        return Line(str(backup.folder), formats.sentence(when), words, icon="copies", soft=damaged)

    def _check(self) -> None:
        """See beside the window, and without a word, which copies are still whole."""
        from planner.ui.work import Work

        backups = [each for each in self.desk.session.backups.list() if each.folder not in self._whole]
        if not backups:
            return

        def work(progress: Progress) -> dict[Path, bool]:
            from planner.store.backups import is_whole

            return {each.folder: is_whole(each, progress.step) for each in backups}

        Work(self, "", work, self._checked, quiet=True)

    def _checked(self, found: dict[Path, bool]) -> None:
        self._whole.update(found)
        self.refresh(None)

    # -- making ------------------------------------------------------------------------------------------------------
    def make(self) -> None:
        """Make a copy on this device, beside the window."""
        backups = self.desk.session.backups

        def work(progress: Progress) -> Backup:
            return backups.make(progress.step)

        def made(backup: Backup) -> None:
            # It was read back before it was kept.
            self._whole[backup.folder] = True
            backups.trouble = None
            self._tell()
            self.desk.say(_("The safety copy is made. It is whole."))

        if self.desk.keep(backups.prepare):
            self.desk.busy(_("Making a safety copy"), work, made)

    def choose_place(self) -> None:
        """Ask where on another device the copy is to lie."""
        from planner.ui.paper.choose_file import ChooseFolder

        self.desk.ask(
            ChooseFolder(
                self.window(),
                self.desk.formats,
                self.copy_to,
                title=_("Where to put the copy"),
                words=_(
                    "Choose a folder on a memory stick or another disk. "
                    "Whoever finds it sees that something is there, but cannot read it."
                ),
                use=_("Put it here"),
                to_write=True,
            )
        )

    def copy_to(self, folder: Path) -> None:
        """Make a copy in a folder on another device."""
        session = self.desk.session

        def work(progress: Progress) -> Backup:
            return session.backups.make_on_second_device(folder, progress.step)

        def made(_backup: Backup) -> None:
            mine = session.person.id if session.mode is Mode.FOR_ME and session.person is not None else ""
            gone = Leaving(what=Left.SAVED_SEALED, paper=PaperKind.SAFETY_COPY, person=mine)
            self.desk.keep(lambda: session.log(LEFT, mine, gone.detail()))
            put_settings(self.desk, second_copy_made=session.today().isoformat())
            self._tell()
            self.desk.say(_("The copy is there, and it is whole. You can take the other device away now."))

        if self.desk.keep(session.backups.prepare):
            self.desk.busy(_("Copying to another device"), work, made)

    def _tell(self) -> None:
        self._check()  # the check of the others gave way to this
        self.desk.session.editor.tell(Changed("", frozenset({COPIES})))

    # -- looking into one --------------------------------------------------------------------------------------------
    def _open(self, folder: str) -> None:
        if self._whole.get(Path(folder)) is False:
            self.desk.say(_("This copy is damaged. Another one may be whole."))
            return
        self.desk.go("copy", folder=folder)

    def choose_copy(self) -> None:
        """Ask where the copy on another device lies."""
        from planner.ui.paper.choose_file import ChooseFolder

        self.desk.ask(
            ChooseFolder(
                self.window(),
                self.desk.formats,
                self.look_in,
                title=_("Where is the safety copy?"),
                words=_("Choose the folder it was put in. Looking changes nothing."),
                use=_("Look in this folder"),
            )
        )

    def look_in(self, folder: Path) -> None:
        """Open the copy in a folder; where there are several, ask which."""
        from planner.ui.dialogs.which_copy import NoCopyThere, WhichCopy, copies_at
        from planner.ui.kit.dialogs import trouble

        found = copies_at(folder)
        if not found:
            trouble(self.window(), NoCopyThere())
        elif len(found) == 1:
            self._open(str(found[0].folder))
        else:
            words = partial(made_words, self.desk.formats, zone=self.desk.session.now().tzinfo, hour=True)
            self.desk.ask(WhichCopy(self.window(), found, words, lambda copy: self._open(str(copy.folder))))


def _about() -> QWidget:
    points = (
        _("Each day you write, a copy is made by itself."),
        _("One is kept for each of the last 7 days, then one a week. None is kept longer than 30 days."),
        _("A copy is locked like the notebook: it opens only with your passphrase or the spare key."),
        _("What you erase stays in the copies made before, until they are gone too."),
    )
    return Sheet(
        column(
            Text(_("Good to know"), "card"),
            8,
            hold(column(*(Text(each, "body") for each in points), gap=8)),
            margins=(20, 16, 20, 20),
        ),
        "sand",
        name=_("Good to know"),
    )
