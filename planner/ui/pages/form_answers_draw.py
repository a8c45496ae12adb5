"""Drawings as answers: a free drawing, a signature, a picture that is drawn on. Kept in the notebook as a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.exchange.clean_image import JPEG, PNG
from planner.ui.kit.buttons import Button, Segment
from planner.ui.kit.dialogs import trouble
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.said import announce
from planner.ui.kit.text import Text
from planner.ui.pages.at_most import at_start
from planner.ui.pages.form_answers import Answer
from planner.ui.pages.form_answers_media import Step, can_hand_out, choose, hand_out, pasted
from planner.ui.pages.form_canvas import Canvas, how_words
from planner.ui.pages.form_files import Incoming, encoded, held
from planner.ui.paper.pictures import CannotShow, read_picture
from planner.ui.work import Work
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.pages.form_answers import Around
    from planner.ui.work import Progress

_INKS = (("black", N_("Black")), ("blue", N_("Blue")), ("red", N_("Red")))


class DrawAnswer(Answer):
    """A drawing. What is drawn is kept at each pause, as what is typed is."""

    high: ClassVar[int] = 560
    file_name: ClassVar[str] = N_("Drawing")
    inks: ClassVar[bool] = True
    on_a_picture: ClassVar[bool] = False

    def __init__(self, question: Question, around: Around) -> None:
        super().__init__(question, around)
        self._value = question.value
        self._changed = False
        self._said = False
        self.canvas = Canvas(self.high, question.label)
        self.canvas.drawn.connect(self._drawn)
        self.canvas.onward.connect(self.onward)
        self.undo = Button(_("Take back the last line"), "quiet", compact=True, icon="undo", on=self._take_back)
        self.anew = Button(_("Start anew"), "quiet", compact=True, icon="close", on=self._start_anew)
        self.copy = Button(_("Save a copy"), "quiet", compact=True, icon="sharing", on=self._hand_out)
        self.pens = Segment([_(words) for _ink, words in _INKS], 0, _("Colour of the pen"))
        self.pens.chosen_changed.connect(self._take_pen)
        if not self.inks:
            self.pens.hide()
        self.choose = Button("", icon="plus", on=self._choose)
        self.paste = Button(_("Paste a picture"), on=self._paste)
        for each in (self.undo, self.anew, self.copy, self.choose, self.paste):
            each.setAccessibleDescription(question.label)
        self.how = Text(how_words(), "body", "ink_soft")
        self._paper = hold(
            column(self.canvas, 8, self.how, 8, flow(self.pens), 4, flow(self.undo, self.anew, self.copy))
        )
        self.setLayout(column(self._paper, *self.more(), 16, flow(self.choose, self.paste, gap=12)))
        self._open_kept()
        self._show()

    def more(self) -> list[QWidget | int]:
        """What stands below the paper."""
        return []

    # ---------------------------------------------------------------- the face

    def value(self) -> object:
        """The answer; what was drawn since the last time is kept first."""
        if self._changed:
            self._keep()
        return self._value

    def first(self) -> QWidget | None:
        return self.canvas if self._paper_there() else self.choose

    def problem(self) -> str:
        return ""

    # ---------------------------------------------------------------- kept and opened

    def _keep(self) -> None:
        if self.canvas.is_empty:
            self._value, self._changed = "", False
            return
        # A photo takes a tenth of the room as a JPEG; lines stay sharp in a PNG.
        kind, ending = (JPEG, ".jpg") if self.on_a_picture else (PNG, ".png")
        try:
            self._value = self.around.files.keep(
                _(self.file_name) + ending, kind, encoded(self.canvas.finished(), kind)
            )
        except MachineTrouble as problem:
            # What is drawn stays on the paper, and is kept at the next pause.
            if not self._said:
                self._said = True
                trouble(self, problem)
            return
        self._changed = self._said = False
        self._show()

    def _open_kept(self) -> None:
        file = held(self.around, self._value)
        if file is None:
            return
        try:
            content = file.read()
            picture = read_picture(content, file.media_type) if content else None
        except MachineTrouble:
            picture = None
        self.canvas.lay(picture)

    # ---------------------------------------------------------------- shown

    def _paper_there(self) -> bool:
        return not self.on_a_picture or not self.canvas.is_empty

    def _show(self) -> None:
        there = self._paper_there()
        self._paper.setVisible(there)
        self.undo.setVisible(bool(self.canvas.strokes))
        self.anew.setVisible(not self.canvas.is_empty)
        self.copy.setVisible(bool(self._value) and can_hand_out(self.around))
        if self.on_a_picture:
            self.choose.set_words(_("Choose another picture") if there else _("Choose a picture to draw on"))
        else:
            self.choose.set_words(_("Use a picture instead"))

    def _drawn(self) -> None:
        self._changed = True
        self._show()
        self.typing.emit()

    def _take_pen(self, number: int) -> None:
        self.canvas.ink = _INKS[number][0]

    def _take_back(self) -> None:
        if self.canvas.take_back():
            announce(self, _("The last line is taken back."))
        if not self.undo.isVisible():
            self.canvas.setFocus()

    def _start_anew(self) -> None:
        self.canvas.clear_all()
        self._changed = True
        self._show()
        self.given.emit()
        first = self.first()
        if first is not None:
            first.setFocus()

    # ---------------------------------------------------------------- a picture under it

    def _choose(self) -> None:
        choose(self, self.question, self.formats, self._bring)

    def _paste(self) -> None:
        read = pasted(self, self.question)
        if read is not None:
            self._bring(read)

    def _bring(self, read: Callable[[Step], Incoming]) -> None:
        def work(progress: Progress) -> QImage:
            _name, media_type, content = read(progress.step)
            picture = read_picture(content, media_type, progress=progress.step)
            if picture.isNull():
                raise CannotShow
            return picture

        Work(self, _("Bringing it in"), work, self._have)

    def _have(self, picture: QImage) -> None:
        self.canvas.clear_all()
        self.canvas.lay(picture)
        self._changed = True
        self._show()
        self.given.emit()
        self.canvas.setFocus()

    def _hand_out(self) -> None:
        self.value()
        hand_out(self, self.around, self._value)


class AnnotateAnswer(DrawAnswer):
    """A picture that is drawn on."""

    file_name = N_("Picture with a drawing")
    on_a_picture = True


class SignatureAnswer(DrawAnswer):
    """A signature: drawn, or a name that is typed."""

    high = 360
    file_name = N_("Signature")
    inks = False

    def more(self) -> list[QWidget | int]:
        """A field for the name."""
        self.name = Field()
        self.name.textEdited.connect(self._name_typed)
        self.name.done.connect(self.given)
        self.name.returnPressed.connect(self.onward)
        typed = FieldRow(_("Or type your name"), self.name, hint=_("It stands on the paper as your signature."))
        return [16, at_start(typed, 420)]

    def _name_typed(self, words: str) -> None:
        if self.canvas.ground is not None:
            self.canvas.lay(None)  # what was kept before holds the name as it was typed then
        self.canvas.write(words)
        self._changed = True
        self._show()
        self.typing.emit()

    def _start_anew(self) -> None:
        self.name.setText("")
        super()._start_anew()
