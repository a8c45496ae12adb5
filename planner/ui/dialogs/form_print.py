"""A guided form on its way to paper: blank, or with its answers; what the pages tell stands below and follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.exchange.form_parts import FormPaper, FormSection
from planner.session.types import Mode
from planner.ui.formats import Formats
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.disclosure import Disclosure
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.layouts import column
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.pages.print_parts import OneByOne, Single
from planner.words import LANGUAGES, _, in_language, language

if TYPE_CHECKING:
    from planner.forms import Form
    from planner.session.filling_desk import FillingDesk
    from planner.ui.page import Desk


def print_blank(desk: Desk, form_id: str) -> None:
    """Ask how a form is printed without answers, and show the pages."""
    try:
        form = desk.session.forms.versions.newest(form_id)
    except MachineTrouble as problem:
        trouble(_widget(desk), problem)
        return
    title = next((each.title for each in desk.session.forms.all() if each.id == form_id), form.title)
    desk.ask(PrintBlank(_widget(desk), desk, form, title))


def print_filled(desk: Desk, table: FillingDesk) -> None:
    """Ask what of some answers is printed, and show the pages."""
    desk.ask(PrintFilled(_widget(desk), desk, table))


class _Printing(Dialog):
    """What both share: the size, what the pages tell, and the look at them."""

    def __init__(self, parent: QWidget, desk: Desk, title: str, words: str, above: Sequence[QWidget | None]) -> None:
        from planner.ui.printing import usual_paper_size

        self._desk = desk
        self.paper_size = Picker([("a4", _("A4")), ("us-letter", _("US Letter"))], usual_paper_size())
        self.reveals = Text("", "body")
        gaps: list[QWidget | int] = [part for each in above if each is not None for part in (each, 12)]
        body = column(
            *gaps, FieldRow(_("Size"), self.paper_size), 16, Text(_("What these pages tell"), "strong"), self.reveals
        )
        super().__init__(parent, title, words, body, icon="print")
        self.add_button(_("Look at the pages"), "main", self._look, default=True)
        self.add_button(_("Not now"), "quiet")

    def paper(self) -> FormPaper:
        """The form as it would be printed now."""
        raise NotImplementedError

    def say(self, *, aloud: bool = True) -> None:
        """Tell what the pages tell, as things are ticked now."""
        from planner.exchange.form_parts import form_reveals

        words = "\n".join(form_reveals(self.paper()))
        if words != self.reveals.text():
            self.reveals.setText(words)
            if aloud:
                announce(self, words)

    def _look(self) -> None:
        from planner.exchange.form_paper import form_data, made
        from planner.exchange.form_parts import form_reveals
        from planner.exchange.gate import Leaving, Left, PaperKind
        from planner.ui.printing import preview_and_print

        paper, person = self.paper(), self._desk.session.person
        with in_language(paper.language):
            data = form_data(paper, Formats(language()))
        leaving = Leaving(
            what=Left.PRINTED,
            paper=PaperKind.FORM,
            parts=paper.names(),
            person=person.id if person is not None else "",
        )
        preview_and_print(self._desk, _("The pages"), lambda: made(data), form_reveals(paper), leaving)


class PrintBlank(_Printing):
    """Every question, with room to write; nothing of anybody."""

    def __init__(self, parent: QWidget, desk: Desk, form: Form, title: str) -> None:
        """``title`` is the form's, in the language in use."""
        from planner.forms.wording import find_language

        self._form, self._title = form, title
        spoken = find_language(form.languages, language()) or form.definition.default_language
        self.languages = Picker([(each, each.partition(" (")[0]) for each in form.languages], spoken)
        self._sections: dict[str, list[FormSection]] = {}
        many = len(form.languages) > 1
        super().__init__(
            parent,
            desk,
            _("Print it blank"),
            _("To write on by hand, or to look at first. Nobody’s answers are on it."),
            [FieldRow(_("Language"), self.languages) if many else None],
        )
        self.languages.changed.connect(self.say)
        self.say(aloud=False)

    def paper(self) -> FormPaper:
        """The form in the language chosen here."""
        from planner.ui.paper.of_forms import blank_sections

        spoken = self.languages.value()
        if spoken not in self._sections:
            self._sections[spoken] = blank_sections(self._form, spoken)
        return FormPaper(
            title=_title_in(self._form, spoken, self._title),
            sections=self._sections[spoken],
            blank=True,
            language=_code(spoken),
            size=self.paper_size.value(),
        )


class PrintFilled(_Printing):
    """The answers, as she chooses them; ways of leaving a question open are never on paper."""

    def __init__(self, parent: QWidget, desk: Desk, table: FillingDesk) -> None:
        """``table`` is the filling as it is open."""
        from planner.ui.paper.of_forms import filled_sections

        filling = table.filling
        self._spoken, self._title = filling.language, _title_in(filling.form, filling.language, table.info.title)
        code = _code(self._spoken)
        with in_language(code):
            self._sections = filled_sections(filling, Formats(language()), table.files)
        asked = [each for section in self._sections for each in section.asked()]
        self.sensitive = TickChoice(_("Also what is sensitive"), _("Answers that say more about you than others do."))
        self.pictures = TickChoice(_("Also pictures"), _("Photos and drawings that you gave as answers."))
        self.open_ones = TickChoice(_("Also what is still open"), _("With room to write by hand."))
        self.day_made = TickChoice(_("The day it was made"))
        self.kept_in = OneByOne(on_at_first=True)
        titles = [
            Single(each.ref, each.title or _("Other questions"), "")
            for each in self._sections
            if any(one.answer for one in each.asked())
        ]
        self.kept_in.set_singles(titles)
        self.some_out = Disclosure(_("Leave some of them out"), _("Hide the single ones"), self.kept_in)
        ticks: dict[TickChoice, bool] = {
            self.sensitive: any(each.answer and each.sensitive for each in asked),
            self.pictures: any(each.picture for each in asked),
            self.open_ones: any(not each.answer for each in asked),
            self.day_made: True,
        }
        release = _(
            "Before pages go to anyone else: is there a yes in writing, for these pages, for this reader, "
            "and until which day? A person’s own copy never has to wait."
        )
        super().__init__(
            parent,
            desk,
            _("Print these answers"),
            release if desk.session.mode is Mode.WITH_OTHERS else _("You choose what goes onto the paper."),
            [
                *(tick for tick, there in ticks.items() if there),
                self.some_out if len(titles) > 1 else None,
            ],
        )
        for tick in ticks:
            tick.clicked.connect(lambda _on=False: self.say())
        self.kept_in.changed.connect(self.say)
        self.say(aloud=False)

    def paper(self) -> FormPaper:
        """The answers as they are ticked now."""
        session = self._desk.session
        person = session.person
        away: list[Any] = session.contacts(person.id, keep_away=True) if person is not None else []
        return FormPaper(
            title=self._title,
            sections=self._sections,
            sensitive=self.sensitive.isChecked(),
            pictures=self.pictures.isChecked(),
            open_ones=self.open_ones.isChecked(),
            left_out=self.kept_in.off(),
            language=_code(self._spoken),
            size=self.paper_size.value(),
            printed_on=session.today() if self.day_made.isChecked() else None,
            careful=tuple(each.name for each in away),
        )


def _code(spoken: str) -> str:
    """The code of a language of a form; that of the program where the form does not say which one it is in."""
    from planner.forms.wording import language_code

    code = language_code(spoken).split("-", maxsplit=1)[0]
    return code if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() else language()


def _title_in(form: Form, spoken: str, otherwise: str) -> str:
    """The form's title in one of its languages, where that is known; else the one used on the screen."""
    from planner.session.form_versions import titles_in

    code = _code(spoken)
    if code == language() or code not in LANGUAGES:
        return otherwise
    return titles_in(form).get(code) or otherwise


def _widget(desk: Desk) -> QWidget:
    assert isinstance(desk, QWidget)  # a desk is a part of the window
    return desk
