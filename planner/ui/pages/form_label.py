"""The words of a question as its author styled them, and the pictures and recordings that stand with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.errors import MachineTrouble
from planner.exchange.gate import Leaving, Left, PaperKind
from planner.exchange.paper_kinds import kind_of
from planner.forms.styling import Line, Span, styled, with_address
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.layouts import TOP, column, flow, row
from planner.ui.kit.paint import Look
from planner.ui.kit.text import Text
from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout

    from planner.forms import Question
    from planner.ui.pages.form_answers import Around

# The step of a heading by the step of the words around it: its first two levels, and those below.
_HEADINGS = {"question": ("question", "section"), "label": ("section", "row"), "lead": ("section", "row")}
_OTHERS = ("section", "strong")
# What stands beside a heading is not one itself.
_BESIDE_A_HEADING = {"question": "lead"}


HIGH = 220
"""px; what the picture of a question is high, until it is made larger inside."""


MOST_LINES = 100
"""Lines of a label that are styled."""


class Styled(QWidget):
    """Words with their styling: headings, lists, bold, italic and coloured words, links with their address.

    ``words`` is the first line, for what has these words as its name.
    """

    def __init__(self, markup: str, step: str, colour: str = "ink", *, weight: int | None = None) -> None:
        super().__init__()
        lines = styled(markup)
        headed = any(each.level for each in lines)
        held = column()
        self.words: Text | None = None
        for number, line in enumerate(lines):
            if not line.spans:
                held.put(8)
                continue
            text = self._line(line, _step(line, step, headed=headed), colour, None if line.level else weight)
            self.words = self.words or text
            gap = 0 if not number else 12 if line.level else 4
            held.put(gap or None, _with_mark(line, text, colour))
        self.setLayout(held)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @staticmethod
    def _line(line: Line, step: str, colour: str, weight: int | None) -> Text:
        looks, text = [], ""
        for span in line.spans:
            start = len(text)
            text += with_address(span)
            if span != Span(span.text, link=span.link):
                looks.append(
                    Look(start, start + len(span.text), bold=span.bold, italic=span.italic, colour=span.colour)
                )
        return Text(text, step, colour, weight=weight, looks=looks)


def _step(line: Line, step: str, *, headed: bool) -> str:
    if line.level:
        large, small = _HEADINGS.get(step, _OTHERS)
        return large if line.level < 3 else small
    return _BESIDE_A_HEADING.get(step, step) if headed or line.mark else step


def _with_mark(line: Line, text: Text, colour: str) -> QWidget | QBoxLayout:
    if not line.mark:
        return text
    return row((Text(line.mark, "lead", colour, wrap=False), TOP), (text, 1), gap=8, margins=(8, 0, 0, 0))


def label_text(plain: str, markup: str, step: str, colour: str = "ink", *, weight: int | None = None) -> QWidget:
    """The words of a label or hint; ``markup`` is empty where they are not styled."""
    # A thousand lines would be a thousand widgets, and nobody styles a label so.
    if markup and plain.count("\n") < MOST_LINES:
        return Styled(markup, step, colour, weight=weight)
    return Text(plain, step, colour, weight=weight)


def named_by(label: QWidget) -> Text | None:
    """The part of :func:`label_text` that may be the buddy of what is answered."""
    return label if isinstance(label, Text) else label.words if isinstance(label, Styled) else None


class LabelMedia(QWidget):
    """The picture of a question, and its recordings, which are not played here but can be saved."""

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__()
        self._around = around
        files = around.form_files
        held = column()
        picture = next((n for n in (question.media.get("big-image"), question.media.get("image")) if n in files), None)
        if picture is not None:
            held.put(_picture(files[picture], question))
        self.buttons: list[Button] = []
        for form, words in (
            ("audio", _("Save the recording of this question")),
            ("video", _("Save the video of this question")),
        ):
            name = question.media.get(form, "")
            if name in files and around.desk is not None:
                on = partial(self._hand_out, files[name], name)
                self.buttons.append(Button(words, "quiet", compact=True, icon="sharing", on=on))
        if self.buttons:
            held.put(8 if picture is not None else None, flow(*self.buttons))
        self.setLayout(held)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _hand_out(self, content: bytes, name: str) -> None:
        said = [
            _("It is not played here. You can save it, and open it in another program."),
            _("Anyone who finds this file can open it, on any device."),
        ]
        dialog = Dialog(self, _("Save a copy"), "", column(*(Text(each, "body") for each in said), gap=8), width=560)
        dialog.add_button(_("Choose a place"), "main", lambda: self._ask_place(content, name), default=True)
        dialog.add_button(_("Not now"), "quiet")
        dialog.open()

    def _ask_place(self, content: bytes, name: str) -> None:
        from planner.ui.pages.form_files import ending_of
        from planner.ui.paper.place import ChoosePlace

        ChoosePlace(self, partial(self._save, content, name), suffix=ending_of(name)).open()

    def _save(self, content: bytes, name: str, path: Path) -> None:
        from planner.ui.paper.choose_file import save_chosen

        desk = self._around.desk
        if desk is None:
            return
        try:
            save_chosen(path, content)
        except MachineTrouble as problem:
            # Another place may take it.
            trouble(self, problem).finished.connect(lambda _result: self._ask_place(content, name))
            return
        person = desk.session.person
        gone = Leaving(what=Left.SAVED_OPEN, paper=PaperKind.FORM_FILE, person=person.id if person else "", pages=1)
        from planner.ui.printing import LEFT

        desk.keep(lambda: desk.session.log(LEFT, gone.person, gone.detail()))
        desk.say(_("The copy is saved."))


def _picture(content: bytes, question: Question) -> QWidget:
    from planner.ui.pages.form_answers_media import Seen

    seen = Seen(_("A picture that belongs here cannot be shown."), HIGH)
    name = question.label or _("A picture")
    try:
        media_type = kind_of(content)
    except MachineTrouble:
        media_type = ""
    seen.show_file(lambda: content if media_type else None, media_type, _("Picture: {words}").format(words=name))
    return seen


def label_media(question: Question, around: Around) -> LabelMedia | None:
    """What stands with the words of a question; None where nothing does."""
    there = [name for form, name in question.media.items() if form != "text" and name in around.form_files]
    return LabelMedia(question, around) if there else None
