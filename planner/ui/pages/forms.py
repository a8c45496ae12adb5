"""The guided forms: what there is, what was begun and where it stopped, and what was finished."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QAbstractButton, QWidget

from planner.errors import MachineTrouble
from planner.packs.forms import Part
from planner.session.erasing import OnHold
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.layouts import TOP, Box, clear, column, columns, flow, hold, row
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Note, Sheet
from planner.ui.kit.text import Icon, Rule, Section, Text
from planner.ui.kit.tips import set_tip
from planner.ui.page import Page
from planner.ui.pages.forms_own import OwnForms, earlier_answers, own_words
from planner.ui.theme import theme
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from planner.session import Changed
    from planner.session.types import FormInfo, Person
    from planner.store.rows import FillingRow
    from planner.ui.page import Desk

CONCERNS = frozenset({"filling", "chosen", "person", "form"})


PARTS: dict[str, str] = {
    "": N_("From elsewhere"),
    Part.BEGIN: N_("To begin, and each week"),
    Part.BODY: N_("Feeling safe and well"),
    Part.EVERYDAY: N_("Home, papers, money, work"),
    Part.LAW: N_("Law"),
    Part.PEOPLE: N_("People"),
    Part.AHEAD: N_("The years ahead"),
}
"""The heads under which forms stand that were not begun yet: those of a shelter first, because it uses them."""


class FormsPage(Page):
    """One raised card for what was begun last, or can be begun first; then what was begun or finished, then the rest.

    What was not begun yet is one line each, by parts of life: so many forms at once would be a wall.
    """

    name: ClassVar[str] = "forms"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._place = Box(True, 0, (0, 0, 0, 0))
        self._main: Button | None = None
        self._ways: dict[str, QAbstractButton] = {}
        self._brought = ""
        aside = Note(
            _("One thought a page. You can leave each question open, stop at any time, and go on another day."),
            title=_("How it works"),
        )
        self.bring = Button(_("Bring in a form"), icon="plus", on=lambda: desk.go("forms-bring"))
        self.own = OwnForms(desk, self)
        self.set_body(columns(column(self._place), column(aside, 20, flow(self.bring), 20, self.own)))
        assert self.area is not None
        self.area.verticalScrollBar().rangeChanged.connect(self._show_brought)

    def title(self) -> str:
        """The page's name."""
        return _("Guided forms")

    def show_for(self, **where: str) -> None:
        """``brought``: the id of the form that was just brought in, where the keyboard then is."""
        self._brought = where.get("brought", "")

    def _show_brought(self) -> None:
        """It may stand far down, and how far is known only when everything is laid out."""
        button = self._ways.get(self._brought)
        if button is not None and self.area is not None and button.hasFocus():
            self.area.ensureWidgetVisible(button, 0, theme.sp(120))

    def refresh(self, changed: Changed | None) -> None:
        """Show anew what was begun and finished."""
        person = self.desk.session.person
        if person is None or (changed is not None and not changed.kinds & CONCERNS):
            return
        clear(self._place)
        self._main = None
        self._ways.clear()
        forms = self.desk.session.forms
        self.bring.setVisible(self.desk.session.only is None)
        self.own.refresh(person.id)
        begun = {each.form: each for each in reversed(forms.unfinished(person.id))}
        finished = forms.finished(person.id)
        done = {each.form: each for each in reversed(finished)}
        infos = sorted(forms.known(person.id), key=lambda info: (info.id not in begun, info.put_aside))
        first = infos[0]
        known = [each for each in infos[1:] if each.put_aside or each.id in begun or each.id in done]
        for number, info in enumerate([first, *known]):
            self._place.put(28 if number == 1 else None)
            if number == 1:
                self._place.put(Section(_("Begun, or finished before")))
            body = self._form(info, person, begun.get(info.id), done.get(info.id))
            earlier = [each for each in finished if each.form == info.id]
            body.put(earlier_answers(self.desk, info, earlier))
            self._place.put(Sheet(_inset(body, 24)) if number == 0 else hold(_inset(body, 12)))
            if number:
                self._place.put(Rule())
        self._new(each for each in infos[1:] if each not in known)

    def _new(self, infos: Iterable[FormInfo]) -> None:
        """What was not begun yet, one line each, by parts of life."""
        by_part: dict[str, list[FormInfo]] = {}
        for info in infos:
            by_part.setdefault(info.part if info.part in PARTS else "", []).append(info)
        for part, head in PARTS.items():
            if part not in by_part:
                continue
            self._place.put(28, Section(_(head)))
            for number, info in enumerate(by_part[part]):
                self._place.put(Rule() if number else None, self._line(info))

    def _line(self, info: FormInfo) -> ListRow:
        blank = Button("", "quiet", icon="print", on=partial(self._print, info.id))
        blank.setAccessibleName(_("{what}: {form}").format(what=_("Print it blank"), form=info.title))
        set_tip(blank, _("Print it blank"))
        about = info.about or own_words(info)
        line = ListRow(
            info.title,
            about,
            icon=info.icon,
            trail=blank,
            spoken=_("{what}: {form}").format(what=_("Begin"), form=info.title),
            on=partial(self.desk.go, "form", form=info.id),
        )
        line.press.setAccessibleDescription(about)
        self._ways[info.id] = line.press
        return line

    def first_focus(self) -> QWidget | None:
        """The way into the form that was just brought in, else into the one that comes first."""
        return self._ways.get(self._brought, self._main)

    # ---------------------------------------------------------------- one form

    def _form(self, info: FormInfo, person: Person, begun: FillingRow | None, done: FillingRow | None) -> Box:
        head = row((Icon(info.icon, "accent", box=24, box_height=28), TOP), (Text(info.title, "card"), 1), gap=12)
        lines = column(head, 8, Text(info.about or own_words(info), "body", "ink_soft").hide_empty())
        for words in self._state(info, begun, done):
            lines.put(12, Text(words, "body"))
        lines.put(20, flow(*self._buttons(info, person, begun, done), gap=12))
        return lines

    def _state(self, info: FormInfo, begun: FillingRow | None, done: FillingRow | None) -> list[str]:
        words: list[str] = []
        if begun is not None:
            words.append(self._stopped(begun))
        if done is not None:
            words.append(_("You finished it on {day}.").format(day=self.desk.formats.day(self._day(done.finished))))
        if not words and info.minutes:
            about = n_("About {n} minute on a calm day.", "About {n} minutes on a calm day.", info.minutes)
            words.append(about.format(n=info.minutes))
        return words

    def _stopped(self, begun: FillingRow) -> str:
        day = self.desk.formats.near(self._day(begun.updated))
        try:
            section = self.desk.session.forms.stopped_at(begun)
        except MachineTrouble as problem:
            return problem.sentence
        if not section:
            return _("Last opened: {day}.").format(day=day)
        return _("You stopped at “{section}”, {day}.").format(section=section, day=day)

    def _day(self, stamp: str) -> date:
        return datetime.fromisoformat(stamp).astimezone(self.desk.session.now().tzinfo).date()

    def _buttons(
        self, info: FormInfo, person: Person, begun: FillingRow | None, done: FillingRow | None
    ) -> list[Button]:
        first = self._main is None

        def into(words: str, at: str = "") -> Button:
            where = {"form": info.id, "at": at} if at else {"form": info.id}
            button = Button(
                words,
                "main" if first else "plain",
                after="next",
                name="" if first else _("{what}: {form}").format(what=words, form=info.title),
                on=lambda: self.desk.go("form", **where),
            )
            self._main = self._main or button
            self._ways.setdefault(info.id, button)
            return button

        if begun is not None:
            made = [into(_("Go on"))]
            made.append(Button(_("Throw away"), "quiet", on=lambda: self._ask(info, person, [begun])))
        elif done is not None:
            made = [] if info.put_aside else [into(_("Look again"), "summary")]
            rows = [each for each in self.desk.session.forms.finished(person.id) if each.form == info.id]
            made.append(Button(_("Throw away"), "quiet", on=lambda: self._ask(info, person, rows)))
        else:
            made = [into(_("Begin"))]
        if not info.put_aside:
            made.append(Button(_("Print it blank"), "quiet", icon="print", on=lambda: self._print(info.id)))
        for button in (each for each in made if each is not self._main):
            button.setAccessibleName(_("{what}: {form}").format(what=button.text(), form=info.title))
        return made

    def _print(self, form: str) -> None:
        from planner.ui.dialogs.form_print import print_blank

        print_blank(self.desk, form)

    # ---------------------------------------------------------------- throwing away

    def _ask(self, info: FormInfo, person: Person, rows: list[FillingRow]) -> None:
        if self.desk.session.erasing.is_held(person.id):
            trouble(self, OnHold())
            return
        dialog = Dialog(
            self,
            _("Throw away these answers?"),
            _("Your answers in “{form}” are erased for good. What is in your plan stays there.").format(
                form=info.title
            ),
        )
        dialog.add_button(_("Erase these answers"), "erase", lambda: self._throw(rows))
        keep = dialog.add_button(_("Keep them"))
        self.desk.ask(dialog)
        keep.setFocus()

    def _throw(self, rows: list[FillingRow]) -> None:
        def work() -> None:
            for each in rows:
                self.desk.session.forms.throw_away(each.id)

        if self.desk.keep(work):
            self.desk.say(_("The answers are erased."))


def _inset(body: Box, air: int) -> Box:
    body.set_margins((air, air, air, air) if air > 12 else (8, 16, 8, 16))
    return body
