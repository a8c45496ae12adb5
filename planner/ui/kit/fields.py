"""Where something is typed: one line, many lines, a passphrase; and the name above with the hint below."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from planner.ui.kit.buttons import Button
from planner.ui.kit.field_paint import SIDE, clear_ground, draw_field
from planner.ui.kit.layouts import TOP, Box, column, row
from planner.ui.kit.paint import across, painter, tinted
from planner.ui.kit.said import announce
from planner.ui.kit.text import Icon, Text
from planner.ui.kit.to_itself import keep_to_itself
from planner.ui.theme import theme
from planner.words import _

__all__ = [
    "SIDE",
    "Field",
    "FieldRow",
    "PassphraseField",
    "PhoneField",
    "TextArea",
    "clear_ground",
    "draw_field",
]

Policy = QSizePolicy.Policy


def hands_on(event: QEvent, undo: bool, redo: bool) -> bool:
    """Whether a key for undo or redo is left to the notebook, because a field has nothing of its own for it."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    wanted = (event.matches(QKeySequence.StandardKey.Undo) and not undo) or (
        event.matches(QKeySequence.StandardKey.Redo) and not redo
    )
    if wanted:
        event.ignore()
    return wanted


class Field(QLineEdit):
    """One line that is typed."""

    half_a_word = ""
    """What an input method shows but has not finished."""
    is_kept = True
    """Whether what is half typed may be kept over a lock; not where it opens something."""
    begins_filled = False
    """Whether it may begin with something that nobody typed, such as today; half-typed words are put back over that."""
    done = Signal()
    """What is typed has changed since it was last left, and is left now (or Enter was pressed)."""

    def __init__(
        self, text: str = "", *, placeholder: str = "", icon: str = "", name: str = "", big: bool = False
    ) -> None:
        """``name`` is said by a screen reader; a :class:`FieldRow` gives it by itself."""
        super().__init__(text)
        self.setFrame(False)
        keep_to_itself(self)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self._icon, self._big, self._end = icon, big, 0
        self._kept = text
        self.editingFinished.connect(self._left)
        self.retheme()

    def setText(self, text: str | None) -> None:
        """Put words in, as already known: leaving the field then tells nothing."""
        super().setText(text)
        self._kept = self.text()

    def keep_end(self, width: int) -> None:
        """Leave ``width`` px (at 100 %) free at the end, for a button inside the field."""
        self._end = width
        self.retheme()

    def retheme(self) -> None:
        """Take sizes and colours from the theme again."""
        self.setFont(theme.font("label", 400))
        clear_ground(self)
        self.setFixedHeight(theme.size("button_big" if self._big else "button"))
        lead = theme.sp(SIDE) - 2
        if self._icon:
            lead += theme.size("icon_small") + theme.sp(8)
        end = theme.px(self._end) if self._end else theme.sp(SIDE) - 2
        self.setTextMargins(end if theme.rtl else lead, 0, lead if theme.rtl else end, 0)

    def _left(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.done.emit()

    def event(self, event: QEvent) -> bool:
        """Undo is the field's own while something typed is left to take back; then it is the notebook's."""
        if hands_on(event, self.isUndoAvailable(), self.isRedoAvailable()):
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Know which word an input method has not finished, so that it can be kept."""
        self.half_a_word = event.preeditString()
        super().inputMethodEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a narrow window."""
        return QSize(theme.px(96), self.height())

    def sizeHint(self) -> QSize:
        """Room for a short line."""
        return QSize(theme.px(240), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and edge, then Qt's own text, then the icon."""
        draw_field(self, self.hasFocus())
        super().paintEvent(event)
        if self._icon:
            p = painter(self)
            size = theme.size("icon_small")
            left = across(self, theme.sp(13), size)
            p.drawPixmap(round(left), round((self.height() - size) / 2), tinted(self, self._icon, "ink_soft", size))
            p.end()


class PhoneField(Field):
    """A phone number, as it is spoken: digits, spaces and signs; always left to right."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        """Nothing is checked: a number is whatever the person calls one."""
        super().__init__(text, name=name)
        keep_to_itself(self, Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


class _Paper(QPlainTextEdit):
    """The bare text of a text area; Tab goes on to the next field."""

    left = Signal()
    half_a_word = ""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        keep_to_itself(self)
        self.ring_radius = theme.radius("control")

    @property
    def ring_target(self) -> QWidget:
        """The ring goes round the whole field."""
        parent = self.parentWidget()
        return parent if parent is not None else self

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.half_a_word = event.preeditString()
        super().inputMethodEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Marked words cannot be dragged away: while something is dragged, Qt gives no key to anyone, not even ours."""
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() and self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.position().toPoint()))
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ring_target.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.ring_target.update()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        document = self.document()
        if hands_on(event, document.isUndoAvailable(), document.isRedoAvailable()):
            return False
        return super().event(event)


class TextArea(QWidget):
    """Several lines that are typed; it grows with them."""

    changed = Signal()
    done = Signal()
    """What is typed has changed since it was last left, and is left now."""

    def __init__(
        self, text: str = "", *, placeholder: str = "", name: str = "", lines: int = 3, most: int = 12
    ) -> None:
        """``lines`` are to be seen at least and ``most`` at most; then it scrolls."""
        super().__init__()
        from planner.ui.kit.scroll import PaperScrollBar

        self.paper = _Paper()
        self.paper.setVerticalScrollBar(PaperScrollBar(Qt.Orientation.Vertical))
        self.paper.setPlaceholderText(placeholder)
        self.setFocusProxy(self.paper)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self._lines, self._most = lines, most
        self._kept = text
        box = Box(True, 0, (8, 6, 4, 6))
        box.put(self.paper)
        self.setLayout(box)
        self.set_name(name or placeholder)
        self.paper.setPlainText(text)
        self.paper.textChanged.connect(self._typed)
        self.paper.left.connect(self._left)
        self.retheme()

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.paper.setAccessibleName(name)

    def set_described(self, words: str) -> None:
        """What a screen reader says after the name."""
        self.paper.setAccessibleDescription(words)

    def text(self) -> str:
        """What is typed."""
        return self.paper.toPlainText()

    def set_text(self, text: str) -> None:
        """Put words in, as already known; the cursor stands at their end."""
        self._kept = text
        if text != self.text():
            self.paper.setPlainText(text)
            self.paper.moveCursor(QTextCursor.MoveOperation.End)

    def retheme(self) -> None:
        """Take sizes and colours from the theme again."""
        self.paper.setFont(theme.font("label", 400))
        clear_ground(self.paper)
        self._grow()

    def _typed(self) -> None:
        self._grow()
        self.changed.emit()

    def _left(self) -> None:
        if self.text() != self._kept:
            self._kept = self.text()
            self.done.emit()

    def _grow(self) -> None:
        metrics = QFontMetricsF(self.paper.font())
        # A line of text takes its parts rounded up one by one; a pixel less, and the last line would have to scroll.
        line = ceil(metrics.ascent()) + ceil(metrics.descent()) + ceil(max(0.0, metrics.leading()))
        document = self.paper.document()
        # A plain text document counts its height in lines, wrapped ones too.
        shown = int(max(self._lines, min(self._most, document.size().height())))
        margin = 2 * round(document.documentMargin())
        height = max(theme.size("button"), shown * line + margin + 2 * theme.sp(6))
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._grow)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and edge."""
        draw_field(self, self.paper.hasFocus())


class PassphraseField(QWidget):
    """A passphrase: covered, with an eye to look at it, and words below while Caps Lock is on."""

    changed = Signal()
    returnPressed = Signal()

    def __init__(self, *, name: str = "", placeholder: str = "", big: bool = True, hint: bool = True) -> None:
        """``hint`` False leaves the Caps Lock words away."""
        super().__init__()
        self.field = Field(placeholder=placeholder, name=name or _("Passphrase"), big=big)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.is_kept = False
        keep_to_itself(self.field, Qt.InputMethodHint.ImhHiddenText)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.keep_end(44)
        self.field.installEventFilter(self)
        self.setFocusProxy(self.field)
        self.eye = Button("", "quiet", icon="show", compact=True, name=_("Show what I type"), on=self._look)
        self.eye.setParent(self.field)
        caps = row(
            (Icon("caps", "ink_soft", size=20, box=20, box_height=24), TOP), (Text(_("Caps Lock is on")), 1), gap=8
        )
        self._caps = QWidget()
        caps.set_margins((0, 8, 0, 0))
        self._caps.setLayout(caps)
        self._caps.setVisible(False)
        self._hint = hint
        self.setLayout(column(self.field, self._caps))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        self.field.returnPressed.connect(self.returnPressed)

    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def clear(self) -> None:
        """Empty it and cover it again."""
        self.field.clear()
        self._cover(True)

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.field.setAccessibleName(name)

    def set_described(self, words: str) -> None:
        """What a screen reader says after the name."""
        self.field.setAccessibleDescription(words)

    def _look(self) -> None:
        self._cover(self.field.echoMode() == QLineEdit.EchoMode.Normal)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cover(self, covered: bool) -> None:
        mode = QLineEdit.EchoMode
        self.field.setEchoMode(mode.Password if covered else mode.Normal)
        self.eye.set_icon("show" if covered else "hide")
        self.eye.set_words("", _("Show what I type") if covered else _("Cover what I type"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the eye; follow Caps Lock."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            size = self.eye.sizeHint()
            self.eye.resize(size)
            gap = (self.field.height() - size.height()) // 2
            self.eye.move(gap if theme.rtl else self.field.width() - size.width() - gap, gap)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_caps(event)
        elif event.type() == QEvent.Type.FocusOut:
            self._caps.setVisible(False)
        return super().eventFilter(watched, event)

    def _watch_caps(self, event: QKeyEvent) -> None:
        """Caps Lock shows itself where a letter comes large without Shift, or small with it."""
        letter = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            if self._caps.isVisible():
                self._show_caps(False)
            return
        if not self._hint or not letter.isalpha() or letter.lower() == letter.upper():
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._show_caps(letter.isupper() != shift)

    def _show_caps(self, on: bool) -> None:
        if on and not self._caps.isVisible():
            announce(self, _("Caps Lock is on"))
        self._caps.setVisible(on)


class FieldRow(QWidget):
    """A field with its name above and its hint below."""

    def __init__(self, label: str, field: QWidget, *, hint: str = "", optional: bool = False) -> None:
        """``hint`` is soft help; ``optional`` adds the quiet words "if you like" to the name."""
        super().__init__()
        self.field = field
        self._label = Text(label, "label", weight=600)
        self._label.setBuddy(field)
        more = Text(_("if you like"), "label", "ink_soft", weight=400, wrap=False) if optional else None
        self._hint_text = hint
        self._mark = Icon("why", "ink_soft", size=20, box=20, box_height=24)
        self._hint = Text(hint, "body", "ink_soft")
        below = QWidget()
        below_row = row((self._mark, TOP), (self._hint, 1), gap=8, margins=(0, 6, 0, 0))
        below.setLayout(below_row)
        self._below = below
        head = row((self._label, 1), more, gap=8) if more is not None else self._label
        self.setLayout(column(head, 6, field, below))
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self.setFocusProxy(field)
        self._name(label)
        self._say(hint, correction=False)

    def _name(self, label: str) -> None:
        named = getattr(self.field, "set_name", None)
        if callable(named):
            named(label)
        elif not isinstance(self.field, QLabel):
            self.field.setAccessibleName(label)

    def set_label(self, label: str) -> None:
        """Another name."""
        self._label.setText(label)
        self._name(label)

    def set_hint(self, hint: str) -> None:
        """Other help."""
        self._hint_text = hint
        self._say(hint, correction=False)

    def ask(self, words: str) -> None:
        """Put a gentle correction in the place of the hint; "" brings the hint back."""
        self._say(words or self._hint_text, correction=bool(words))
        announce(self.field, words)
        if words:
            # In large text the field alone may be in sight: what is asked stands below it.
            QTimer.singleShot(0, self, self._bring_hint_in_sight)

    def _bring_hint_in_sight(self) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(self._below, 0, theme.sp(8))
            above = above.parentWidget()

    def asking(self) -> bool:
        """Whether a correction is shown."""
        return not self._mark.isHidden()

    def _say(self, words: str, correction: bool) -> None:
        self._hint.setText(words)
        self._hint.set_colour("ink" if correction else "ink_soft")
        self._mark.setVisible(correction)
        self._below.setVisible(bool(words))
        described = getattr(self.field, "set_described", None)
        if callable(described):
            described(words)
        else:
            self.field.setAccessibleDescription(words)
