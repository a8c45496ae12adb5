"""Words and small marks: text, icons, ruled lines, heads of sections, chips, dots and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from planner.store.local import MARKS
from planner.ui.called import called
from planner.ui.kit.layouts import CENTRE, END, MIDDLE, START, Box, apart
from planner.ui.kit.paint import ENDLESS, ROUND, Block, Look, across, painter, rounded, tinted
from planner.ui.theme import theme, tokens
from planner.words import n_

HEADINGS: Final = frozenset({"title", "question", "card", "section"})
Policy = QSizePolicy.Policy


class Text(QLabel):
    """A label, so that a screen reader reads it, that sets its own lines: true line height, nothing clipped."""

    def __init__(
        self,
        text: str = "",
        step: str = "body",
        colour: str = "ink",
        *,
        wrap: bool = True,
        align: Qt.AlignmentFlag = START,
        weight: int | None = None,
        tabular: bool = False,
        balance: bool | None = None,
        base: str = "",
        bold: Sequence[str] = (),
        looks: Sequence[Look] = (),
    ) -> None:
        """``step`` and ``colour`` are tokens; ``base`` puts the words on the baseline of another step.

        ``balance`` makes the lines about equally long; headings do so by themselves. ``looks`` is for words that are
        never set anew.
        """
        super().__init__()
        self._step, self._colour, self._place = step, colour, _place(align)
        self._middle = bool(align & MIDDLE)
        self._wrap, self._weight, self._tabular, self._bold = wrap, weight, tabular, tuple(bold)
        self._looks = tuple(looks)
        self._balance = step in HEADINGS if balance is None else balance
        self._base = base
        self._hides_empty = False
        self._block = Block("")
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(Policy.Preferred if wrap else Policy.Minimum, Policy.Minimum if wrap else Policy.Fixed)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self.retheme()
        self._show_or_hide()

    def set_bold(self, *parts: str) -> None:
        """Which parts of the words are heavier."""
        self._bold = parts
        self.retheme()

    def set_colour(self, colour: str) -> None:
        """Another colour of the table."""
        self._colour = colour
        self.update()

    def hide_empty(self) -> Text:
        """Take no room while there are no words."""
        self._hides_empty = True
        self._show_or_hide()
        return self

    def _show_or_hide(self) -> None:
        if not self._hides_empty:
            return
        if not self.text() or self.parentWidget() is not None:
            self.setVisible(bool(self.text()))
        else:
            # Without a parent, showing a label would open it as a window of its own: it comes with its parent, as if
            # it had never been hidden. Shown in the middle of being given a parent, it would count as hidden and
            # visible at once, and a layout would leave it no room.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(
            self.text(),
            self._step,
            weight=self._weight,
            tabular=self._tabular,
            bold=self._bold,
            wrap=self._wrap,
            looks=self._looks,
        )
        self.setFont(self._block.font)
        self.updateGeometry()
        self.update()

    def _drop(self) -> float:
        """How far the words move down to stand on the baseline of the other step."""
        return max(0.0, theme.baseline(self._base) - theme.baseline(self._step)) if self._base else 0.0

    def _height(self, width: float) -> int:
        height = self._block.height(width) + round(self._drop())
        return max(height, theme.line(self._base)) if self._base else height

    def hasHeightForWidth(self) -> bool:
        """Only words that wrap do."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """The height of the lines in ``width`` px."""
        return self._height(width)

    def sizeHint(self) -> QSize:
        """All words, broken only where they say so."""
        return QSize(int(self._block.natural()) + 2, self._height(ENDLESS))

    def minimumSizeHint(self) -> QSize:
        """The widest word, but no more than a narrow window can hold."""
        if not self._wrap:
            return self.sizeHint()
        least = min(self._block.longest_word(), theme.px(160), self._block.natural()) + 2
        return QSize(int(least), self._block.line_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        p = painter(self)
        area = QRectF(0, self._drop(), self.width(), self.height())
        if self._middle or not self._wrap:
            area.translate(0, max(0.0, (self.height() - self._height(self.width())) / 2))
        if self._wrap:
            width = self._block.even_width(self.width()) if self._balance else None
            self._block.paint(p, area, self._colour, self._place, width)
        else:
            self._block.paint_cut(p, area, self._colour, self._place)
        p.end()


def _place(align: Qt.AlignmentFlag) -> str:
    if align & CENTRE:
        return "centre"
    return "end" if align & END else "start"


class Icon(QLabel):
    """A drawing beside words; a screen reader passes it by."""

    def __init__(self, name: str, colour: str = "ink", size: int = 24, *, box: int = 0, box_height: int = 0) -> None:
        """``size`` px at 100 %; ``box`` and ``box_height`` give it more room, in which it stands in the middle."""
        super().__init__()
        self.name, self._colour, self._size = name, colour, size
        self._box = (box or size, box_height or box or size)
        self.retheme()

    def set(self, name: str, colour: str = "") -> None:
        """Another drawing, perhaps another colour."""
        self.name, self._colour = name, colour or self._colour
        self.update()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.px(self._box[0]), theme.px(self._box[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle of its box."""
        p = painter(self)
        size = theme.px(self._size)
        image = tinted(self, self.name, self._colour, size)
        p.drawPixmap(round((self.width() - size) / 2), round((self.height() - size) / 2), image)
        p.end()


class Rule(QWidget):
    """A ruled line."""

    def __init__(self, colour: str = "line", above: float = 0, below: float = 0, start: float = 0) -> None:
        """Air above and below, and how far it is set in where reading begins; px at 100 %."""
        super().__init__()
        self._colour, self._above, self._below, self._start = colour, above, below, start
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.retheme()

    def retheme(self) -> None:
        """Take the air from the theme again."""
        self.setFixedHeight(1 + theme.sp(self._above) + theme.sp(self._below))

    def paintEvent(self, event: QPaintEvent) -> None:
        """One px of ink."""
        p = QPainter(self)
        start = theme.sp(self._start)
        width = self.width() - start
        p.fillRect(QRect(int(across(self, start, width)), theme.sp(self._above), width, 1), theme.colour(self._colour))
        p.end()


class Section(QWidget):
    """Head of a section: its name, perhaps a quiet word and one action behind it, and the ruled line."""

    def __init__(self, text: str, more: str = "", action: QWidget | None = None, rule: bool = True) -> None:
        """``more`` is a short count or date; ``action`` a quiet button."""
        super().__init__()
        self.head = Text(text, "section")
        self._more = Text(more, "body", "ink_soft", wrap=False).hide_empty()
        line = apart(self.head, self._more, *([action] if action is not None else []))
        box = Box(True, 0, (0, 0, 0, 0))
        box.put(line, Rule(above=8) if rule else None)
        self.setLayout(box)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)

    def set_text(self, text: str) -> None:
        """Another name."""
        self.head.setText(text)

    def set_more(self, words: str) -> None:
        """Another quiet word."""
        self._more.setText(words)


class Dots(QWidget):
    """How far: one dot a step, never a percentage."""

    def __init__(self, done: int = 0, of: int = 0) -> None:
        """``done`` steps of ``of``."""
        super().__init__()
        self._done = self._of = 0
        self.set(done, of)

    def set(self, done: int, of: int) -> None:
        """Show another count."""
        self._done, self._of = done, of
        self.setAccessibleName(dots_spoken(done, of))
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(dots_width(self._of), theme.px(8))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled for done, a ring for open."""
        p = painter(self)
        draw_dots(p, QRectF(self.rect()), self._done, self._of)
        p.end()


def dots_spoken(done: int, of: int) -> str:
    """The dots in words."""
    return n_("{n} of {all} step done", "{n} of {all} steps done", of).format(n=done, all=of)


def dots_width(of: int) -> int:
    """How wide a row of dots is, in px."""
    return max(0, of * (theme.px(8) + 4) - 4)


def draw_dots(p: QPainter, area: QRectF, done: int, of: int) -> None:
    """Draw dots from where reading begins in ``area``."""
    size = theme.px(8)
    for index in range(of):
        offset = index * (size + 4)
        left = area.right() - offset - size if theme.rtl else area.left() + offset
        dot = QRectF(left, area.center().y() - size / 2, size, size)
        if index < done:
            rounded(p, dot, ROUND, theme.colour("accent"))
        else:
            rounded(p, dot, ROUND, None, theme.colour("line_strong"), 1.25)


CHIP_KINDS: Final[dict[str, tuple[str, str, str, str]]] = {
    # kind: ground, edge, ink, icon
    "well": ("well", "", "ink", "ink_soft"),
    "wash": ("accent_wash", "", "accent_ink", "accent_ink"),
    "line": ("", "line_strong", "ink", "ink"),
    "sand": ("sand", "sand_line", "ink", "ink"),
    "sheet": ("sheet", "line", "ink", "ink_soft"),
}


class Chip(QLabel):
    """A chip tells something; it is not pressed."""

    def __init__(self, text: str, icon: str = "", kind: str = "well") -> None:
        """``kind`` is one of well, wash, line, sand, sheet."""
        super().__init__()
        self._icon, self._kind = icon, kind
        self._block = Block("")
        policy = QSizePolicy(Policy.Maximum, Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.retheme()

    def retheme(self) -> None:
        """Set the words anew."""
        self._block = Block(self.text(), "label", weight=400)
        self.setFont(self._block.font)
        self.updateGeometry()

    def _lead(self) -> int:
        return theme.sp(10) + theme.size("icon_small") + theme.sp(6) if self._icon else theme.sp(12)

    def hasHeightForWidth(self) -> bool:
        """A long chip takes a second line."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in ``width`` px."""
        inside = width - self._lead() - theme.sp(12)
        return max(theme.size("chip"), self._block.height(inside) + theme.px(12))

    def sizeHint(self) -> QSize:
        """In one line."""
        return QSize(int(self._block.natural()) + 2 + self._lead() + theme.sp(12), theme.size("chip"))

    def minimumSizeHint(self) -> QSize:
        """No more than a narrow window can hold."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), theme.px(160)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the icon and the words."""
        ground, edge, ink, tint = CHIP_KINDS[self._kind]
        p = painter(self)
        rounded(
            p,
            QRectF(self.rect()),
            theme.size("chip") / 2,
            theme.colour(ground) if ground else None,
            theme.colour(edge) if edge else None,
        )
        if self._icon:
            size = theme.size("icon_small")
            left = across(self, theme.sp(10), size)
            p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, self._icon, tint, size))
        width = self.width() - self._lead() - theme.sp(12) + 1
        self._block.paint_middle(p, QRectF(across(self, self._lead(), width), 0, width, self.height()), ink)
        p.end()


TONES: Final = (("well", "ink"), ("sand", "ink"), ("accent_wash", "accent_ink"), ("press", "ink"))
"""Grounds of a person's disc: shades of paper, never a code."""


def draw_person(p: QPainter, disc: QRectF, letter: str, tone: int, me: bool = False, edge: str = "line") -> None:
    """A disc with a letter, as wide as ``disc``."""
    ground, ink = ("accent", "on_accent") if me else TONES[tone % len(TONES)]
    rounded(p, disc, ROUND, theme.colour(ground), None if me else theme.colour(edge))
    font = theme.font("row" if disc.width() >= theme.px(48) else "label", 600)
    metrics = QFontMetricsF(font)
    p.setFont(font)
    p.setPen(theme.colour(ink))
    left = disc.center().x() - metrics.horizontalAdvance(letter) / 2
    p.drawText(QPointF(left, disc.center().y() - metrics.height() / 2 + metrics.ascent()), letter)


class Person(QWidget):
    """A person: a disc with a letter."""

    def __init__(self, letter: str, tone: int = 0, size: str | int = "person", me: bool = False) -> None:
        """``size`` is "person" (40), "person_big" (56) or px at 100 %."""
        super().__init__()
        self._letter, self._tone, self._me = letter, tone, me
        self._size = (
            size if isinstance(size, int) else {"person": int(tokens()["size"]["person"]), "person_big": 56}[size]
        )
        self.retheme()

    def set(self, letter: str, tone: int) -> None:
        """Another person."""
        self._letter, self._tone = letter, tone
        self.update()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        p = painter(self)
        draw_person(p, QRectF(self.rect()), self._letter, self._tone, self._me)
        p.end()


class Mark(QWidget):
    """The mark: a small closed notebook with its ribbon, or the picture that was chosen. It says nothing."""

    def __init__(self, size: int = 24, picture: str = "") -> None:
        """``size`` in px at 100 %; ``picture`` is one of those that can be chosen, "" the one that was."""
        super().__init__()
        self._size, self._picture = size, picture
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        self.setFixedSize(theme.px(self._size), theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover, spine and ribbon, on a grid of 24."""
        p = painter(self)
        picture = self._picture or called.mark
        if picture != MARKS[0]:
            self._paint_tile(p, picture)
            p.end()
            return
        p.scale(self.width() / 24, self.height() / 24)
        if theme.rtl:
            p.translate(24, 0)
            p.scale(-1, 1)
        rounded(p, QRectF(3, 2, 18, 20), 3.5, theme.colour("accent"))
        p.fillRect(QRectF(7, 2, 1.4, 20), theme.colour("on_accent", 0.55))
        ribbon = QPainterPath()
        ribbon.moveTo(13, 2)
        for x, y in ((17, 2), (17, 11), (15, 9), (13, 11)):
            ribbon.lineTo(x, y)
        ribbon.closeSubpath()
        p.fillPath(ribbon, theme.colour("on_accent"))
        p.end()

    def _paint_tile(self, p: QPainter, picture: str) -> None:
        """A tile of the notebook's colour and size, with an icon on it."""
        whole = self.width()
        rounded(p, QRectF(whole / 12, whole / 12, whole * 5 / 6, whole * 5 / 6), whole / 6, theme.colour("accent"))
        size = round(whole * 0.6)
        edge = (whole - size) // 2
        p.drawPixmap(edge, edge, tinted(self, picture, "on_accent", size))
