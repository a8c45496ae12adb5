"""Pages looked at before they leave: the pages, beside them what they tell, below them Print and Save a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from planner.errors import MachineTrouble
from planner.exchange.gate import Left
from planner.ui.kit.buttons import Button
from planner.ui.kit.choices import TickChoice
from planner.ui.kit.dialogs import Dialog, trouble
from planner.ui.kit.fields import FieldRow
from planner.ui.kit.floats import Overlay
from planner.ui.kit.layouts import beside, column, flow
from planner.ui.kit.paint import painter
from planner.ui.kit.picker import Picker
from planner.ui.kit.said import announce
from planner.ui.kit.scroll import Scroll
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Rule, Text
from planner.ui.paper.pdf_pages import PdfPages
from planner.ui.paper.place import ChoosePlace
from planner.ui.paper.printer import NoPrinter, make_printer, print_pages, printer_names, prints_both_sides
from planner.ui.paper.saving import SealFirst, write_pdf
from planner.ui.paper.sheets import PageSheet, Sheets
from planner.ui.theme import theme
from planner.words import _, n_

MOST_COPIES = 9


@dataclass(frozen=True)
class Told:
    """What stands beside the pages: a head, plain sentences, and soft ones below."""

    head: str
    sentences: Sequence[str]
    soft: Sequence[str] = ()


class Preview(Overlay):
    """Covers the window. Esc and Back close it; Hide stays within reach.

    ``on_left`` is called with how the pages left, once they have, after this has closed.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        pages: PdfPages,
        told: Told,
        on_left: Callable[[Left, int], object],
        *,
        can_save: bool = True,
    ) -> None:
        super().__init__(parent)
        self._pages, self._on_left, self._can_save = pages, on_left, can_save
        self._on_the_way = False
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join([f"{told.head}:", *told.sentences, *told.soft]))
        self.sheets = Sheets(pages)
        self.sheets.zoomed.connect(self._say_zoom)
        for sheet in self.sheets.sheets:
            sheet.reached.connect(lambda sheet=sheet: QTimer.singleShot(0, sheet, lambda: self._show_top(sheet)))
        self.back = Button(_("Back"), "quiet", icon="back", on=self.reject)
        self.smaller = Button(_("Smaller"), "quiet", compact=True, on=lambda: self.sheets.step_zoom(-1))
        self.larger = Button(_("Larger"), "quiet", compact=True, on=lambda: self.sheets.step_zoom(1))
        self.print_button = Button(_("Print"), "main", icon="print", on=self.ask_printer)
        self.save_button = Button(_("Save a PDF"), "plain", icon="lock", on=self.ask_passphrase)
        # The words of a quiet button stand inside it; they begin where the title begins.
        self._head = column(flow(self.back), margins=(28, 16, 40, 8))
        count = Text(self._count_words(), "body", "ink_soft", wrap=False)
        middle = column(flow(count, self.smaller, self.larger, gap=8), 8, self.sheets)
        inside = beside(column(_told(told)), middle, side_width="side_width", gap=40)
        self.area = Scroll(column(Text(title, "title"), 16, (inside, 1), margins=(40, 0, 40, 32)))
        buttons = flow(self.print_button, *([self.save_button] if can_save else []), gap=12)
        foot = column(Rule(), 16, buttons, margins=(40, 0, 40, 20))
        self._whole = column(self._head, (self.area, 1), foot)
        self.setLayout(self._whole)

    def _count_words(self) -> str:
        count = self._pages.count
        return n_("{n} page", "{n} pages", count).format(n=count)

    # -- how it lies -------------------------------------------------------------------------------------------------
    def arrange(self) -> None:
        """Leave the place of Hide free."""
        end = 40.0
        for place in self.kept_clear:
            from_end = place.right() if theme.rtl else self.width() - place.left()
            end = max(end, (from_end + theme.sp(12)) / max(0.1, theme.sp(100) / 100))
        self._head.set_margins((28, 16, end, 8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A page of the notebook."""
        p = painter(self)
        p.fillRect(self.rect(), theme.colour("page"))
        p.end()

    def first_focus(self) -> QWidget | None:
        """The first page, so that a screen reader begins to read it."""
        return self.sheets.sheets[0] if self.sheets.sheets else self.back

    def open(self) -> None:
        """Come up, at the top of the first page."""
        super().open()
        self.area.verticalScrollBar().setValue(0)

    def _show_top(self, sheet: PageSheet) -> None:
        top = sheet.mapTo(self.area.viewport(), sheet.rect().topLeft()).y()
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + top - theme.sp(12))

    def _say_zoom(self) -> None:
        announce(self, _("{n} % of its size").format(n=round(self.sheets.zoom * 100)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages scroll; plus, minus and 0 change the size."""
        zooms = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        bar = self.area.verticalScrollBar()
        page = round(bar.pageStep() * 0.9)
        ways = {
            Qt.Key.Key_Down: theme.px(48),
            Qt.Key.Key_Up: -theme.px(48),
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        key = Qt.Key(event.key())
        if key in zooms:
            self.sheets.step_zoom(zooms[key])
        elif key in ways:
            bar.setValue(bar.value() + ways[key])
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close, and let go of the pages."""
        super().done(result)
        self.sheets.forget()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window closes: let go of the pages."""
        super().closeEvent(event)
        self.sheets.forget()

    # -- to paper ----------------------------------------------------------------------------------------------------
    def ask_printer(self) -> None:
        """Choose a printer; where there is none, say what else can be done."""
        names = printer_names()
        if names:
            WhichPrinter(self, names, self._print).open()
            return
        saved = _("Connect one and try again. Or save a PDF, and print it on a device you trust.")
        trouble(self, NoPrinter(saved if self._can_save else _("Connect one and try again, or copy it by hand.")))

    def _print(self, name: str, copies: int, both_sides: bool) -> None:
        printer = make_printer(name, copies, both_sides)
        self._beside(
            _("Printing"),
            lambda progress: print_pages(printer, self._pages, progress),
            lambda count: self._left(Left.PRINTED, count),
            cancel=True,
        )

    # -- to a file ---------------------------------------------------------------------------------------------------
    def ask_passphrase(self) -> None:
        """First the passphrase, then the place."""
        SealFirst(self, self._ask_place).open()

    def _ask_place(self, passphrase: str) -> None:
        ChoosePlace(self, lambda path: self.save(path, passphrase)).open()

    def save(self, path: Path, passphrase: str) -> None:
        """Save the pages at ``path``; an empty passphrase leaves them open."""
        pdf, count = self._pages.pdf, self._pages.count

        def work(_progress: object) -> None:
            from planner.exchange.pdf_seal import encrypt_pdf

            write_pdf(path, encrypt_pdf(pdf, passphrase) if passphrase else pdf)

        how = Left.SAVED_SEALED if passphrase else Left.SAVED_OPEN

        def could_not(problem: MachineTrouble) -> None:
            # Another place may take it; the passphrase is not asked for again.
            trouble(self, problem).finished.connect(lambda _result: self._ask_place(passphrase))

        self._beside(_("Saving"), work, lambda _none: self._left(how, count), cancel=False, failed=could_not)

    def reject(self) -> None:
        """Stay while the pages are on their way."""
        if not self._on_the_way:
            super().reject()

    def _beside(
        self,
        words: str,
        work: Callable[[Any], Any],
        done: Callable[[Any], object],
        *,
        cancel: bool,
        failed: Callable[[MachineTrouble], object] | None = None,
    ) -> None:
        from planner.ui.work import Work

        if self._on_the_way:
            return
        self._on_the_way = True
        Work(self, words, work, done, cancel=cancel, failed=failed).over.connect(self._over)

    def _over(self) -> None:
        self._on_the_way = False

    def _left(self, how: Left, count: int) -> None:
        self.accept()
        self._on_left(how, count)


class WhichPrinter(Dialog):
    """Which printer, how many, and whether on both sides. Nothing is remembered."""

    def __init__(self, parent: QWidget, names: Sequence[str], on_chosen: Callable[[str, int, bool], object]) -> None:
        """``on_chosen`` gets the printer's name, the number of copies and whether to use both sides."""
        self._on_chosen = on_chosen
        self.printer = Picker([(name, name) for name in names], names[0])
        self.copies = Picker([(str(n), str(n)) for n in range(1, MOST_COPIES + 1)], "1")
        self.both_sides = TickChoice(_("On both sides of the paper"))
        self.printer.changed.connect(self._fit)
        body = column(FieldRow(_("Printer"), self.printer), 12, FieldRow(_("Copies"), self.copies), 12, self.both_sides)
        words = _("Printers and their owners may keep a copy of what was printed.")
        super().__init__(parent, _("Print"), words, body, icon="print")
        self.add_button(_("Print"), "main", self._go, icon="print", default=True)
        self.add_button(_("Not now"), "quiet")
        self._fit()

    def _fit(self) -> None:
        self.both_sides.setVisible(prints_both_sides(self.printer.value()))

    def _go(self) -> None:
        both = self.both_sides.isVisibleTo(self) and self.both_sides.isChecked()
        self._on_chosen(self.printer.value(), int(self.copies.value()), both)


def _told(told: Told) -> QWidget:
    lines = [Text(each, "body") for each in told.sentences]
    soft = [Text(each, "body", "ink_soft") for each in told.soft]
    return Sheet(
        column(Text(told.head, "card"), column(*lines, *soft, gap=8), gap=8, margins=(20, 16, 20, 20)),
        "sand",
        name=told.head,
    )
