"""Settings of this device: another name and picture for the program, and a shortcut under them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImageWriter, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from planner.errors import MachineTrouble
from planner.store.local import MARKS, data_folder
from planner.system.shortcut import Shortcuts, shortcuts, starting
from planner.ui.called import MARK_WORDS, PROPOSED, called
from planner.ui.kit.buttons import Button, press_by_enter
from planner.ui.kit.fields import Field, FieldRow
from planner.ui.kit.layouts import column, flow, hold
from planner.ui.kit.paint import painter, rounded
from planner.ui.kit.picker import Picker
from planner.ui.kit.text import Mark, Text
from planner.ui.kit.tips import set_tip
from planner.ui.labels import MOST_LETTERS, clean_label, tells
from planner.ui.theme import theme
from planner.ui.window import mark_picture
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk

USUAL, OWN_WORDS = "usual", "own"
_PICTURE = 256


class MarkChoice(QRadioButton):
    """One of the pictures."""

    def __init__(self, picture: str, chosen: bool) -> None:
        super().__init__()
        self.picture = picture
        self._mark = Mark(28, picture)
        self._mark.setParent(self)
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ring_radius = theme.radius("control")
        self.ring_inset = 0
        self.setAccessibleName(_(MARK_WORDS[picture]))
        set_tip(self, _(MARK_WORDS[picture]))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setChecked(chosen)
        self.retheme()

    def retheme(self) -> None:
        """Take the size from the theme again."""
        size = theme.size("button_big")
        self.setFixedSize(size, size)
        self._mark.retheme()
        self._mark.move((size - self._mark.width()) // 2, (size - self._mark.height()) // 2)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.size("button_big"), theme.size("button_big"))

    def hitButton(self, pos: QPoint) -> bool:
        """All of it is pressed."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of an answer, as on the cards of a question."""
        p = painter(self)
        chosen = self.isChecked()
        ground = "press" if self.isDown() else "accent_wash" if chosen else "well" if self.underMouse() else "sheet"
        edge, stroke = ("accent", theme.stroke("chosen")) if chosen else ("line_strong", theme.stroke("hair"))
        rounded(p, self.rect().toRectF(), theme.radius("control"), theme.colour(ground), theme.colour(edge), stroke)
        p.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)


class NamePart(QWidget):
    """What is chosen is in use at once; a shortcut that is there follows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shortcuts: Shortcuts | None = shortcuts()
        chosen = desk.local.called
        proposed = [(name, _(name)) for name in PROPOSED]
        known = next((name for name, words in proposed if words == chosen), OWN_WORDS if chosen else USUAL)
        self.names = Picker(
            [(USUAL, called.usual), *proposed, (OWN_WORDS, _("Your own words"))], known, name=_("Name of this program")
        )
        self.names.changed.connect(self._named)
        self.own = Field(chosen if known == OWN_WORDS else "")
        self.own.setMaxLength(MOST_LETTERS)
        # Not when the field is only left: the whole window is built anew then, and she may be on her way elsewhere.
        self.own.returnPressed.connect(self._own_words)
        self.own_row = FieldRow(_("Your own words"), self.own)
        self.use_button = Button(_("Use this name"), on=self._own_words)
        self.own_part = hold(column(self.own_row, 8, flow(self.use_button)))
        self.marks = [MarkChoice(picture, picture == desk.local.mark) for picture in MARKS]
        group = QButtonGroup(self)
        for each in self.marks:
            group.addButton(each)
            each.clicked.connect(lambda _on=False, each=each: self._change("mark", each.picture))
        pictures = QWidget()
        pictures.setLayout(flow(*self.marks, gap=8))
        pictures.setAccessibleName(_("Picture"))
        self.put_button = Button(_("Put a shortcut on this device"), on=self._put)
        self.remove_button = Button(_("Remove the shortcut"), on=self._remove)
        self.about = Text("", "body", "ink_soft")
        self.setLayout(
            column(
                FieldRow(
                    _("Name of this program"),
                    self.names,
                    hint=_("It is in the title, on the lock screen, and where printers list what they print."),
                ),
                12,
                self.own_part,
                12,
                Text(_("Picture"), "label", weight=600),
                6,
                pictures,
                16,
                flow(self.put_button, self.remove_button, gap=8),
                6,
                self.about,
            )
        )
        self.own_part.setVisible(known == OWN_WORDS)
        if tells(chosen):
            self.own_row.ask(_("It is kept. It may tell something to whoever reads it; you can choose another one."))
        self._tell()

    def is_used(self) -> bool:
        """Whether something was chosen here, so that it is to be seen at once."""
        local = self._desk.local
        return bool(local.called or self._file()) or local.mark != MARKS[0]

    def spot(self, at: str) -> QWidget | None:
        """Where the keyboard comes back to after everything was built anew."""
        if at == "mark":
            return next((each for each in self.marks if each.isChecked()), None)
        return self.names if at == "called" else None

    def _named(self) -> None:
        value = self.names.value()
        self.own_part.setVisible(value == OWN_WORDS)
        if value == OWN_WORDS:
            self.own.setFocus()
        else:
            self._change("called", "" if value == USUAL else _(value))

    def _own_words(self) -> None:
        words = clean_label(self.own.text())
        if words and words != self._desk.local.called:
            self._change("called", words)

    def _change(self, name: str, value: str) -> None:
        """Everything is built anew with it; the keyboard is to come back to this very place."""
        if self._file():
            local = self._desk.local
            wanted = {"called": local.called, "mark": local.mark, name: value}
            self._try(lambda: self._put_anew(wanted["called"], wanted["mark"]))
        self._desk.go("settings", at=name)
        self._desk.change_look(name, value)

    # the shortcut --------------------------------------------------------------------------------------------------
    def _file(self) -> str:
        file = self._desk.local.shortcut
        return file if self._shortcuts is not None and self._shortcuts.is_there(file) else ""

    def _tell(self) -> None:
        file = self._file()
        self.put_button.setVisible(self._shortcuts is not None and not file)
        self.remove_button.setVisible(bool(file))
        if self._shortcuts is None:
            words = _("To start it by this name, make a shortcut by hand, as for any other program.")
        elif file:
            words = _("The shortcut is the file “{name}” in {folder}.").format(name=file, folder=self._shortcuts.folder)
        else:
            words = _("It stands among the programs of this account then, where everybody who uses it can see it.")
            if self._is_elsewhere():
                words += " " + _("It stays on this device, also when the stick or folder with your notebook is gone.")
        self.about.setText(words)

    def _is_elsewhere(self) -> bool:
        """Whether the notebooks lie in another place than the one that this account has for them."""
        folder = self._desk.session.notebook.folder.parent
        return folder.absolute() != data_folder(folder / "no program lies here").absolute()

    def _put_anew(self, name: str, mark: str) -> None:
        assert self._shortcuts is not None
        before = self._file()
        words = starting(self._desk.session.notebook.folder.parent, data_folder())
        file = self._shortcuts.put(name or called.usual, _drawn(mark), words)
        self._desk.change_look("shortcut", file)
        if before:
            self._shortcuts.remove(before)

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except MachineTrouble as problem:
            self._desk.say(problem.sentence)
            return False
        return True

    def _put(self) -> None:
        if self._try(lambda: self._put_anew(called.chosen, called.mark)):
            self._tell()
            self.remove_button.setFocus()
            self._desk.say(_("There is a shortcut now. It is called “{name}”.").format(name=called.name))

    def _remove(self) -> None:
        there, file = self._shortcuts, self._file()
        assert there is not None
        if self._try(lambda: there.remove(file)):
            self._desk.change_look("shortcut", "")
            self._tell()
            self.put_button.setFocus()
            self._desk.say(_("The shortcut is gone."))


def _drawn(mark: str) -> bytes:
    """A picture as a PNG that says nothing of when or by what it was made."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(mark_picture(_PICTURE, mark).toImage())
    return bytes(buffer.data().data())
