"""The cards that a choice is made of: words beside the circle, below it, a picture, or the circle alone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton

from planner.apart.papers import MOST_SHOWN
from planner.apart.questions import PictureAsked
from planner.errors import MachineTrouble
from planner.exchange.paper_kinds import kind_of
from planner.ui.kit.choices import ABOVE, CardFace, Choice, TickChoice
from planner.ui.kit.paint import ROUND, across, painter, rounded, tinted
from planner.ui.kit.tips import set_tip
from planner.ui.paper.pictures import photos_of_form, picture_asked
from planner.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.forms import Choice as Offered

PICTURE_HIGH = 112
"""The height of a choice's picture at most, px at 100 %."""

IN_LINE_FROM, IN_LINE_WIDE, IN_LINE_HIGH = 380, 120, 72
"""A card so wide has its picture before the words, no larger than this; px at 100 %."""

_LARGEST = 4096
"""A picture is read at no more than this many px a side, however large it is."""


class Way(Enum):
    """How a card is set."""

    BESIDE = "beside"
    """The circle, then the words: a card of its own."""
    BELOW = "below"
    """The circle on a line that joins it to its neighbours, the words below it: a scale."""
    BARE = "bare"
    """The circle alone, its words at the head of the table."""


def picture_of(choice: Offered, files: Mapping[str, bytes]) -> QImage | None:
    """The picture of a choice; None when it has none, or what is there is no picture that can be read."""
    content = files.get(choice.image) if choice.image else None
    if not content:
        return None
    try:
        asked = PictureAsked(content, kind_of(content), MOST_SHOWN, seen_through=True)
        image = picture_asked(asked, photos_of_form(files))
    except MachineTrouble:
        return None
    return None if max(image.width(), image.height()) > _LARGEST else image


class OfferedFace(CardFace):
    """A choice in any of the ways it can be set."""

    def __init__(self, button: QAbstractButton, hint: str, square: bool, picture: QImage | None, plain: bool) -> None:
        """``plain`` leaves the circle away: the card is its own sign."""
        self.way = Way.BESIDE
        self.picture, self.plain = picture, plain
        self.first = self.last = False
        super().__init__(button, hint, square)

    @property
    def _shows_words(self) -> bool:
        return not (self.plain and self.picture is not None)

    def lead(self) -> int:
        return theme.sp(16) if self.plain else super().lead()

    def least(self) -> int:
        """The least width in which no word is broken, in px, set beside the circle."""
        words = self.chosen_words.longest_word() + 2 if self._shows_words else 0
        picture = theme.px(88) if self.picture is not None else 0
        return int(max(words + self.lead() + theme.sp(16), picture + 2 * theme.sp(12)))

    def least_below(self) -> int:
        """The least width of the same below the circle."""
        return int(max(self.chosen_words.longest_word() + 2 + 2 * theme.sp(6), theme.px(72)))

    def hint_size(self) -> QSize:
        if self.picture is None:
            return super().hint_size()
        words = super().hint_size().width() if self._shows_words else 0
        picture = self._picture_size(theme.px(2 * PICTURE_HIGH)).width() + 2 * theme.sp(12)
        width = max(words, picture)
        return QSize(width, self.height(width))

    def _in_line(self, width: float) -> bool:
        """Whether there is room for the picture between the circle and the words."""
        wide = self.chosen_words.longest_word() + self.lead() + theme.sp(28) + theme.px(IN_LINE_WIDE)
        return self.picture is not None and self._shows_words and width >= max(wide, theme.px(IN_LINE_FROM))

    def room(self, width: int) -> int:
        less = self._picture_size(width).width() + theme.sp(12) if self._beside_in_line(width) else 0
        return super().room(width - less)

    def _beside_in_line(self, width: float) -> bool:
        return self.way is Way.BESIDE and self._in_line(width)

    def _picture_size(self, width: float) -> QSize:
        if self.picture is None:
            return QSize(0, 0)
        room = QSize(max(1, int(width)), theme.px(PICTURE_HIGH))
        if self._beside_in_line(width):
            room = QSize(theme.px(IN_LINE_WIDE), theme.px(IN_LINE_HIGH))
        size = self.picture.size()
        return size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)

    def _words_high(self, room: float) -> int:
        words = max(self.words.height(room), self.chosen_words.height(room))
        return words + (self.hint.height(room) if self.hint_text else 0)

    def height(self, width: int) -> int:
        if self.way is Way.BARE:
            return theme.size("button")
        side = theme.sp(12 if self.way is Way.BESIDE else 6)
        picture = self._picture_size(width - 2 * side).height()
        if self.way is Way.BELOW:
            mark = theme.px(20) + theme.sp(8)
            picture += theme.sp(6) if picture else 0
            return 2 * theme.px(ABOVE) + mark + picture + self._words_high(width - 2 * side)
        if not self._shows_words:
            return picture + 2 * theme.sp(12)
        plain = super().height(width)
        if self._in_line(width):
            return max(plain, self._picture_size(width).height() + 2 * theme.sp(10))
        return plain + picture + theme.sp(4) if picture else plain

    def paint(self) -> None:
        if self.way is Way.BESIDE and self.picture is None and not self.plain:
            super().paint()
            return
        button = self.button
        p = painter(button)
        chosen, over = button.isChecked(), button.underMouse()
        area = QRectF(button.rect())
        if self.way is Way.BARE:
            if over or button.isDown():
                rounded(p, area, theme.radius("small"), theme.colour("press" if button.isDown() else "well"))
            self._mark_at(p, area.width() / 2, area.height() / 2, chosen)
        elif self.way is Way.BELOW:
            self._paint_below(p, area, chosen, over)
        else:
            self._paint_beside(p, area, chosen, over)
        p.end()

    def _ground(self, p: QPainter, area: QRectF, chosen: bool, over: bool) -> None:
        ground = "press" if self.button.isDown() else "accent_wash" if chosen else "well" if over else "sheet"
        edge, stroke = ("accent", theme.stroke("chosen")) if chosen else ("line_strong", theme.stroke("hair"))
        rounded(p, area, theme.radius("control"), theme.colour(ground), theme.colour(edge), stroke)

    def _draw_picture(self, p: QPainter, area: QRectF, top: float, side: float) -> float:
        """Draw the picture in the middle; returns where it ends."""
        if self.picture is None:
            return top
        size = self._picture_size(area.width() - 2 * side)
        place = QRectF((area.width() - size.width()) / 2, top, size.width(), size.height())
        p.drawImage(place, self.picture)
        return top + size.height()

    def _paint_beside(self, p: QPainter, area: QRectF, chosen: bool, over: bool) -> None:
        self._ground(p, area, chosen, over)
        side, top = theme.sp(12), 0.0
        after_circle = self.lead()
        if self.picture is not None and self._in_line(area.width()):
            size = self._picture_size(area.width())
            left = across(self.button, after_circle, size.width())
            p.drawImage(QRectF(left, (area.height() - size.height()) / 2, size.width(), size.height()), self.picture)
            after_circle += size.width() + theme.sp(12)
        elif self.picture is not None:
            top = self._draw_picture(p, area, float(side), side) + theme.sp(4)
        if not self._shows_words:
            self._badge(p, area, chosen)
            return
        block = self.chosen_words if chosen else self.words
        room = self.room(int(area.width()))
        high = block.height(room) + (self.hint.height(room) if self.hint_text else 0)
        down = top + (area.height() - top - high) / 2
        if not self.plain:
            self.paint_mark(p, down + block.line_height / 2, chosen)
        left = across(self.button, after_circle, room)
        place = "centre" if self.plain else "start"
        block.paint(p, QRectF(left, down, room, high), "ink", place)
        if self.hint_text:
            self.hint.paint(p, QRectF(left, down + block.height(room), room, high), "ink_soft", place)
        if self.plain:
            self._badge(p, area, chosen)

    def _badge(self, p: QPainter, area: QRectF, chosen: bool) -> None:
        """A tick in the corner: without a circle, the edge alone would say by colour what is chosen."""
        if not chosen:
            return
        size = theme.px(22)
        left = across(self.button, area.width() - size - theme.sp(5), size)
        spot = QRectF(left, theme.sp(5), size, size)
        rounded(p, spot, ROUND, theme.colour("accent"))
        inset = theme.px(4)
        p.drawPixmap(
            round(spot.left() + inset),
            round(spot.top() + inset),
            tinted(self.button, "check", "on_accent", size - 2 * inset),
        )

    def _paint_below(self, p: QPainter, area: QRectF, chosen: bool, over: bool) -> None:
        inside = area.adjusted(2, 2, -2, -2)
        if chosen or over or self.button.isDown():
            ground = "press" if self.button.isDown() else "accent_wash" if chosen else "well"
            edge = theme.colour("accent_line") if chosen else None
            rounded(p, inside, theme.radius("control"), theme.colour(ground), edge)
        middle = theme.px(ABOVE) + theme.px(20) / 2
        start, end = (self.last, self.first) if theme.rtl else (self.first, self.last)
        p.setPen(QPen(theme.colour("line_strong"), theme.stroke("control")))
        gap = theme.px(20) / 2
        if not start:
            p.drawLine(QPoint(0, round(middle)), QPoint(round(area.width() / 2 - gap), round(middle)))
        if not end:
            p.drawLine(QPoint(round(area.width() / 2 + gap), round(middle)), QPoint(round(area.width()), round(middle)))
        self._mark_at(p, area.width() / 2, middle, chosen)
        side = theme.sp(6)
        top = middle + theme.px(20) / 2 + theme.sp(8)
        after = self._draw_picture(p, area, top, side)
        top = after + (theme.sp(6) if after > top else 0)
        block = self.chosen_words if chosen else self.words
        room = area.width() - 2 * side
        block.paint(p, QRectF(side, top, room, area.height()), "ink", "centre")
        if self.hint_text:
            self.hint.paint(p, QRectF(side, top + block.height(room), room, area.height()), "ink_soft", "centre")

    def _mark_at(self, p: QPainter, x: float, y: float, chosen: bool) -> None:
        size = theme.px(20)
        p.save()
        # The mark is drawn where a line of an ordinary card has it; here that spot lies elsewhere.
        p.translate(x - size / 2 - across(self.button, theme.sp(16), size), 0)
        self.paint_mark(p, y, chosen)
        p.restore()


class OfferedChoice(Choice):
    """One of several, set in any way."""

    face: OfferedFace

    def __init__(self, choice: Offered, picture: QImage | None, *, chosen: bool, plain: bool) -> None:
        """``plain``: without its circle."""
        super().__init__(choice.label, choice.hint, chosen=chosen, value=choice.value)
        self.face = OfferedFace(self, choice.hint, False, picture, plain)
        _name_picture(self, choice, plain)

    def minimumSizeHint(self) -> QSize:
        """What its words and picture need."""
        return least_size(self)


class OfferedTick(TickChoice):
    """One of which several may be chosen, set in any way."""

    face: OfferedFace

    def __init__(self, choice: Offered, picture: QImage | None, *, chosen: bool, plain: bool) -> None:
        """``plain``: without its square."""
        super().__init__(choice.label, choice.hint, chosen=chosen, value=choice.value)
        self.face = OfferedFace(self, choice.hint, True, picture, plain)
        _name_picture(self, choice, plain)

    def minimumSizeHint(self) -> QSize:
        """What its words and picture need."""
        return least_size(self)


Card = OfferedChoice | OfferedTick


def _name_picture(card: Card, choice: Offered, plain: bool) -> None:
    """What is seen only as a picture says its words when the pointer rests on it."""
    if plain and card.face.picture is not None:
        set_tip(card, choice.label)
    card.setAccessibleName(choice.label or choice.value)


def least_size(card: Card) -> QSize:
    """The least a card needs, in px; never more than a narrow window can hold."""
    if card.face.way is Way.BARE:
        return QSize(theme.size("target"), theme.size("button"))
    if card.face.way is Way.BELOW:
        return QSize(min(card.face.least_below(), theme.px(200)), theme.size("choice"))
    return QSize(min(card.face.least(), theme.px(240)), theme.size("choice"))
