"""What a page of a form shows: questions, a word before a heavy part, and "another one?"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from planner.errors import MachineTrouble
from planner.forms.ways import Way
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import Box, column, columns, flow, fold, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Text
from planner.ui.pages.form_question import Block, names_page
from planner.ui.pages.form_side import from_where, why_card
from planner.ui.pages.form_words import WAYS
from planner.ui.pages.form_worker import worker_card, worker_looks
from planner.words import _

if TYPE_CHECKING:
    from planner.forms import FormPage, Question
    from planner.ui.page import Desk
    from planner.ui.pages.form_answers import Around


class View(QWidget):
    """One thing that the page of forms shows."""

    onward = Signal()
    """As if Next were pressed."""

    def heading(self) -> str:
        """What is said when it comes up."""
        return ""

    def first(self) -> QWidget | None:
        """What takes the keyboard."""
        return None

    def commit(self) -> None:
        """Hand over what is half typed."""

    def hold_on(self) -> bool:
        """Whether something is asked, gently and once, before going on."""
        return False

    def next_words(self) -> tuple[str, str]:
        """What stands on the button that goes on, and its icon; empty words where it is Next as everywhere."""
        return "", "next"

    def show_worker(self, on: bool) -> None:
        """What is said to a worker alone comes or goes; most pages say nothing to them."""


class QuestionView(View):
    """One question, a note, or a few questions that belong together."""

    answered = Signal(str, object, bool)
    """A question's ref, its answer, and whether it is still being typed."""
    typing = Signal()
    way_chosen = Signal(object)

    def __init__(self, desk: Desk, page: FormPage, around: Around, *, for_worker: bool = False) -> None:
        """``for_worker``: what is said to a worker alone stands at the side."""
        super().__init__()
        self._desk, self._page, self._around = desk, page, around
        self._blocks: list[Block] = []
        self._asked = False
        self._answering: Block | None = None
        single = page.kind != "field-list"
        named = single or any(map(names_page, page.items[:1]))
        self._title = Text("" if named else page.title or page.section_title, "question").hide_empty()
        self._place = Box(True, 0, (0, 0, 0, 0))
        self._ways = {way: Button(_(words), icon=icon, fill=True) for way, (words, icon) in WAYS.items()}
        for way, button in self._ways.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _on=False, w=way: self.way_chosen.emit(w))
        others = fold(*self._ways.values())
        self._other_ways = hold(
            column(28, Text(_("Or answer in another way. Each one is fine."), "body", "ink_soft"), 8, others)
        )
        source = [item.source.split() for item in page.items if item.source]
        facts = from_where(source, desk.formats, desk.session.today())
        main = column(self._title, 4 if named else 16, self._place, self._other_ways, 24 if facts else None, facts)
        who = next((item.who for item in page.items if item.who), "")
        whys = [item.why for item in page.items if item.why]
        card = why_card(whys, who, desk.session, asks=any(asks(item) for item in page.items))
        self._for_worker = _for_worker([item.for_worker for item in page.items], desk, shown=for_worker)
        self.setLayout(column(columns(main, _beside(card, self._for_worker), "why_width")))
        self.refresh(page)

    def show_worker(self, on: bool) -> None:
        """What is said to a worker alone comes or goes."""
        _show(self._for_worker, on)

    def refresh(self, page: FormPage) -> bool:
        """Show what is asked now; a question that is the same keeps its widget, with what is typed and the keyboard.

        Returns whether widgets came or went.
        """
        self._page = page
        single = page.kind != "field-list"
        before = {block.same_as: block for block in self._blocks}
        now: list[Block] = []
        for item in page.items:
            block = before.get(Block.sameness(item))
            if block is not None and block is not self._answering and block.question.value != item.value:
                block = None
            if block is None:
                block = Block(item, self._around, single=single)
                self._listen(block)
            else:
                del before[block.same_as]
            block.question = item
            now.append(block)
        other = now != self._blocks
        if other:
            while self._place.count():
                self._place.takeAt(0)
            for gone in before.values():
                gone.hide()
                gone.deleteLater()
            for number, block in enumerate(now):
                self._place.put(block.air_above if number else None, block)
            self._blocks = now
        self._show_ways(page.items)
        return other

    def _listen(self, block: Block) -> None:
        answer = block.answer
        if answer is None:
            return
        answer.given.connect(lambda: self._given(block))
        answer.typing.connect(self.typing)
        answer.onward.connect(lambda: self._onward(block))

    def _show_ways(self, items: Sequence[Question]) -> None:
        asking = [item for item in items if asks(item)]
        self._other_ways.setVisible(bool(asking))
        chosen = {item.way for item in asking}
        for way, (_words, icon) in WAYS.items():
            self._ways[way].setChecked(way in chosen)
            self._ways[way].set_icon("check" if way in chosen else icon)

    # ---------------------------------------------------------------- answers

    def _given(self, block: Block) -> None:
        if block not in self._blocks or self.isHidden() or block.answer is None:
            return
        self._hand_over(block, typed=False)

    def _hand_over(self, block: Block, *, typed: bool) -> None:
        assert block.answer is not None
        self._answering = block
        self.answered.emit(block.question.ref, block.answer.value(), typed)
        self._answering = None

    def commit(self) -> None:
        """Hand over what is half typed."""
        for block in tuple(self._blocks):
            if block.answer is not None and not block.question.readonly:
                self._hand_over(block, typed=True)

    def say(self, ref: str, words: str) -> None:
        """Say softly what would help with an answer; "" takes it back."""
        for block in self._blocks:
            if block.question.ref == ref:
                block.ask(words or (block.answer.problem() if block.answer is not None else ""))

    def _onward(self, block: Block) -> None:
        after = self._blocks[self._blocks.index(block) + 1 :] if block in self._blocks else []
        target = next((each.answer.first() for each in after if each.answer is not None), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.onward.emit()

    def hold_on(self) -> bool:
        """Ask once where an answer would help, or cannot be read as it is; then let her go on."""
        if self._asked:
            return False
        asking = next((block for block in self._blocks if block.asking), None)
        self._asked = asking is not None
        if asking is not None:
            # Below a long list it would be said out of sight, and Next would seem to do nothing.
            QTimer.singleShot(0, asking, asking.show_what_is_asked)
        return self._asked

    # ---------------------------------------------------------------- keyboard

    def heading(self) -> str:
        """The title, or the question."""
        first = self._blocks[0].question if self._blocks else None
        label = f"{first.label}. {first.hint}" if first is not None else ""
        return ". ".join(part for part in (self._title.text(), label.strip(" .")) if part)

    def first(self) -> QWidget | None:
        """The first answer."""
        found = (block.answer.first() for block in self._blocks if block.answer is not None)
        return next((each for each in found if each is not None), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses the answer of that number."""
        digit = event.key() - Qt.Key.Key_0 if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 else 0
        if digit and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self._pick(digit):
            return
        super().keyPressEvent(event)

    def _pick(self, number: int) -> bool:
        focus = QApplication.focusWidget()
        inside = [block for block in self._blocks if focus is not None and block.isAncestorOf(focus)]
        block = next(iter(inside or self._blocks), None)
        return block is not None and block.answer is not None and block.answer.pick(number)


def asks(item: Question) -> bool:
    """Whether a question waits for an answer."""
    return item.kind != "note" and not item.readonly and not item.is_head


def _for_worker(words: Sequence[str], desk: Desk, *, shown: bool) -> QWidget | None:
    """The card for a worker, there or not to be seen; none where nothing is said, or no worker can be there."""
    said = list(dict.fromkeys(each for each in words if each))
    if not said or not worker_looks(desk.session):
        return None
    card = worker_card("\n".join(said), desk.session)
    if not shown:
        card.hide()
    return card


def _beside(why: QWidget | None, for_worker: QWidget | None) -> Box:
    return column(why, 16 if why is not None and for_worker is not None else None, for_worker)


def _show(card: QWidget | None, on: bool) -> None:
    if card is not None:
        card.setVisible(on)


class HeavyView(View):
    """Before a part that may feel heavy: what it is about, and leave to skip it whole."""

    skip = Signal()
    reopen = Signal()

    def __init__(self, desk: Desk, page: FormPage, *, skipped: bool, for_worker: bool = False) -> None:
        super().__init__()
        self._page = page
        self._skipped = skipped
        if skipped:
            words = Text(_("You left this part for later. It stays here for you."), "lead")
            self.button = Button(_("Open this part now"), icon="next", on=self.reopen.emit)
        else:
            words = Text(_("This part may feel heavy. You can leave all of it for another day."), "lead")
            self.button = Button(_("Leave this part for later"), icon="later", on=self.skip.emit)
        main = column(
            Text(page.title or page.section_title, "question"),
            8,
            Text(page.hint, "body", "ink_soft").hide_empty(),
            20,
            words,
            20,
            self.button,
        )
        card = why_card([page.why] if page.why else [], page.who, desk.session, asks=False)
        self._for_worker = _for_worker([page.for_worker], desk, shown=for_worker)
        self.setLayout(column(columns(main, _beside(card, self._for_worker), "why_width")))

    def show_worker(self, on: bool) -> None:
        """What is said to a worker alone comes or goes."""
        _show(self._for_worker, on)

    def heading(self) -> str:
        """The title, and what it is about."""
        return f"{self._page.title or self._page.section_title}. {self._page.hint}".strip()


class RepeatView(View):
    """What there is of one kind, and whether there is another one."""

    add = Signal()
    open_one = Signal(str)
    take_out = Signal(str)

    def __init__(self, page: FormPage, names: Sequence[str]) -> None:
        """``names`` are the words by which each instance is known, in order."""
        super().__init__()
        self._names = list(names)
        title = _("Another one?") if names else _("Would you like to add one?")
        self._title = Text(title, "question")
        body = column(self._title, 8, Text(page.title, "body", "ink_soft").hide_empty(), 20, Rule() if names else None)
        for ref, name in zip(page.instances, names, strict=True):
            remove = Button(
                _("Take out"),
                "quiet",
                icon="close",
                compact=True,
                name=_("Take out: {what}").format(what=name),
                on=partial(self.take_out.emit, ref),
            )
            line = ListRow(name, trail=remove, on=partial(self.open_one.emit, ref))
            line.set_spoken(_("Look at {what} again").format(what=name))
            body.put(line, Rule(start=8))
        self.button = Button(_("Add another one") if names else _("Add one"), icon="plus", on=self.add.emit)
        body.put(20, flow(self.button))
        self.setLayout(column(columns(body, column(), "why_width")))

    def heading(self) -> str:
        """The question, and what there is."""
        return " ".join([self._title.text(), ", ".join(self._names)]).strip()

    def first(self) -> QWidget | None:
        """Adding one."""
        return self.button


class FormGone(MachineTrouble):
    """A form that was removed from the notebook meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _("This form is not here any more."), _("You can choose another one under “All guided forms”.")
        )


class TroubleView(View):
    """Answers that could not be opened."""

    def __init__(self, problem: MachineTrouble) -> None:
        super().__init__()
        self._words = problem.sentence
        self.setLayout(column(Text(problem.sentence, "question"), 8, Text(problem.what_next, "body", "ink_soft")))

    def heading(self) -> str:
        """What happened."""
        return self._words


def every_way(items: Sequence[Question], way: Way) -> bool:
    """Whether this way is chosen for all that is not answered."""
    open_ones = [item for item in items if asks(item) and not item.value]
    return bool(open_ones) and all(item.way is way for item in open_ones)
