"""Saving pages as a PDF: with a passphrase unless she says otherwise, under a name that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from planner.errors import MachineTrouble
from planner.system.files import DiskFull, DiskTrouble, FolderReadOnly, write_private
from planner.ui.kit.buttons import Button
from planner.ui.kit.dialogs import Dialog, ask_first
from planner.ui.kit.fields import FieldRow, PassphraseField
from planner.ui.kit.floats import Overlay
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.paint import painter, rounded, soft_shadow
from planner.ui.kit.text import Text
from planner.ui.theme import theme
from planner.words import _, c_, language

SUFFIX = ".pdf"
PAUSE = 500
"""ms of no typing after which a passphrase is weighed."""


class NotSaved(MachineTrouble):
    """A PDF could not be written; nothing of it is left where it was to go."""


def write_pdf(path: Path, content: bytes) -> None:
    """Write a PDF for this account only, whole or not at all. Raises :class:`NotSaved`."""
    try:
        write_private(path, content)
    except DiskFull:
        raise NotSaved(
            _("There is no room left there, so the PDF was not saved."), _("Choose another place, or make some room.")
        ) from None
    except FolderReadOnly:
        raise NotSaved(_("Nothing can be saved in that folder."), _("Choose another one.")) from None
    except (DiskTrouble, FileNotFoundError):
        raise NotSaved(
            _("The disk did not take the PDF."),
            _("If it was to go on a memory stick, put it back in. You can also choose another place."),
        ) from None


def viewer_words() -> str:
    """What a program that shows a PDF keeps by itself."""
    return _(
        "A program that shows the PDF may remember its name and place, and sometimes a small picture of its first page."
    )


class SealFirst(Dialog):
    """Asks for a passphrase, twice, or for none after one sentence on what that means."""

    def __init__(self, parent: QWidget, on_chosen: Callable[[str], object]) -> None:
        """``on_chosen`` gets the passphrase; empty means that anyone may open the PDF."""
        self._on_chosen = on_chosen
        self._window_of = parent
        self.first = PassphraseField(name=_("Passphrase for the PDF"))
        self.again = PassphraseField(name=_("The same again"), hint=False)
        self.first_row = FieldRow(_("Passphrase for the PDF"), self.first, hint=self._usual_hint())
        self.again_row = FieldRow(_("The same again"), self.again)
        self.make = Button(_("Make one for me"), "quiet", icon="key", compact=True, on=self._make)
        body = column(
            self.first_row,
            4,
            self.make,
            12,
            self.again_row,
            16,
            Text(viewer_words(), "body", "ink_soft"),
        )
        super().__init__(
            parent,
            _("Save a PDF"),
            _("With a passphrase, only those who know it can read the pages."),
            body,
            icon="lock",
            width=560,
        )
        self.save = self.add_button(_("Choose a place"), "main", self._seal, closes=False, default=True)
        self.open_one = self.add_button(_("Without a passphrase"), "plain", self._ask_open)
        self.add_button(_("Not now"), "quiet")
        self._weigh = QTimer(self, singleShot=True, interval=PAUSE)
        self._weigh.timeout.connect(self._say_strength)
        self.first.changed.connect(self._typed)
        self.again.changed.connect(lambda: self.again_row.ask(""))
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._seal)

    @staticmethod
    def _usual_hint() -> str:
        return _("Another one than for your notebook. Tell it to the reader in person or by phone.")

    def _make(self) -> None:
        from planner.keys import make_passphrase

        made = make_passphrase(language())
        self.first.field.setText(made)
        self.again.field.setText(made)
        if self.first.field.echoMode() is QLineEdit.EchoMode.Password:
            self.first.eye.click()
        self.first_row.set_hint(_("Write it down, and keep it apart from the PDF."))

    def _typed(self) -> None:
        self.first_row.ask("")
        self._weigh.start()

    def _say_strength(self) -> None:
        from planner.keys import passphrase_strength

        typed = self.first.text()
        self.first_row.set_hint(passphrase_strength(typed).sentence if typed else self._usual_hint())

    def _seal(self) -> None:
        typed = self.first.text()
        if not typed.strip():
            self.first_row.ask(_("Type a passphrase, or save without one."))
            self.first.setFocus()
            return
        if typed != self.again.text():
            self.again_row.ask(_("The two are not the same yet."))
            self.again.setFocus()
            return
        self.accept()
        self._on_chosen(typed)

    def _ask_open(self) -> None:
        ask_first(
            self._window_of,
            _("Save it without a passphrase?"),
            _("Then anyone who finds this file can read all of it, on any device."),
            _("Save without a passphrase"),
            lambda: self._on_chosen(""),
        )


class _Chooser(QFileDialog):
    """Qt's own chooser of a place, without what it remembers."""

    place_chosen = Signal(Path)

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setOptions(
            QFileDialog.Option.DontUseNativeDialog
            | QFileDialog.Option.DontConfirmOverwrite
            | QFileDialog.Option.DontUseCustomDirectoryIcons
        )
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setFileMode(QFileDialog.FileMode.AnyFile)
        self.setHistory([])
        self.setSidebarUrls([])
        self.setDirectory(str(folder))
        self.setNameFilter("PDF (*.pdf)")
        self.setDefaultSuffix(SUFFIX[1:])
        self.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder"))
        self.setLabelText(QFileDialog.DialogLabel.FileName, _("Name"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind"))
        self.setLabelText(QFileDialog.DialogLabel.Accept, _("Save here"))
        self.setLabelText(QFileDialog.DialogLabel.Reject, _("Not now"))
        self.selectFile(c_("paper", "Document") + SUFFIX)

    def accept(self) -> None:
        """Enter a folder, or give back a place; nothing is asked or written here."""
        chosen = self.selectedFiles()
        if not chosen or Path(chosen[0]).is_dir():
            super().accept()
            return
        path = Path(chosen[0])
        # No file that is not a PDF is ever replaced, least of all one of the notebook's own.
        self.place_chosen.emit(path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX))


class ChoosePlace(Overlay):
    """The chooser in a card above the page, so that Hide stays within reach and nothing outlives a lock."""

    def __init__(self, parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
        """``on_chosen`` gets a place that is free, or whose file may be replaced."""
        super().__init__(parent)
        self._on_chosen = on_chosen
        self.setAccessibleName(_("Where to save it"))
        self.chooser = _Chooser(self, Path.home())
        self.chooser.place_chosen.connect(self._taken)
        self.chooser.rejected.connect(self.reject)
        self._card = hold(column(Text(_("Where to save it"), "card"), 8, (self.chooser, 1), margins=(20, 20, 20, 12)))
        self._card.setParent(self)

    def arrange(self) -> None:
        """In the middle, as large as it needs to be."""
        edge = theme.space("inside")
        top = max([edge, *(place.bottom() + edge for place in self.kept_clear)])
        width = min(theme.px(760), self.width() - 2 * edge)
        height = min(theme.px(520), self.height() - top - edge)
        self._card.setGeometry(QRect((self.width() - width) // 2, top, width, height))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page dimmed, the card above it."""
        p = painter(self)
        p.fillRect(self.rect(), theme.colour("shade", 0.5 if theme.name == "dark" else 0.28))
        area = QRectF(self._card.geometry())
        soft_shadow(p, area, theme.radius("big"))
        rounded(p, area, theme.radius("big"), theme.colour("sheet"), theme.colour("line"))
        p.end()

    def _taken(self, path: Path) -> None:
        if path.exists():
            ask_first(
                self,
                _("There is already a file of this name."),
                _("If you replace it, what is in it now is gone."),
                _("Replace it"),
                lambda: self._done_with(path),
                kind="erase",
                no=_("Choose another name"),
            )
            return
        self._done_with(path)

    def _done_with(self, path: Path) -> None:
        self.accept()
        self._on_chosen(path)
