"""Pages on a printer: painted from pictures, page by page, without a file of ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter

from planner.errors import MachineTrouble
from planner.ui.called import called
from planner.ui.paper.pdf_pages import POINTS, PdfPages
from planner.words import _, c_

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from planner.ui.work import Progress

FINEST = 600
"""Dots per inch of the pictures at most: a page of A4 takes 35 MB of memory at this, and print gets no sharper."""

_BORDERLESS = QMarginsF(0, 0, 0, 0)


class NoPrinter(MachineTrouble):
    """This computer knows no printer; ``else_`` says what can be done without one."""

    def __init__(self, else_: str) -> None:
        super().__init__(_("This computer knows of no printer."), else_)


class PrinterTrouble(MachineTrouble):
    """The printer did not take the pages."""

    def __init__(self) -> None:
        super().__init__(
            _("The printer did not take these pages."),
            _("See whether it is on and has paper. Then you can try again."),
        )


def printer_names() -> list[str]:
    """The printers of this computer, the usual one first."""
    from PySide6.QtPrintSupport import QPrinterInfo

    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold()))


def prints_both_sides(name: str) -> bool:
    """Whether a printer says that it can print on both sides."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    return QPrinter.DuplexMode.DuplexLongSide in QPrinterInfo.printerInfo(name).supportedDuplexModes()


def make_printer(name: str, copies: int = 1, both_sides: bool = False) -> QPrinter:
    """A printer that is told nothing but a neutral name of what it prints."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    printer = QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(copies)
    if both_sides:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


def print_pages(printer: QPrinter, pages: PdfPages, progress: Progress) -> int:
    """Paint every page onto ``printer``; may run in any thread. Returns how many were printed.

    Raises:
        PrinterTrouble: the printer did not take the pages.
        Stopped: Stop was pressed; what the printer had taken is taken back where it lets us.
    """
    printer.setDocName(called.chosen or c_("paper", "Document"))
    printer.setCreator("")
    printer.setFullPage(True)
    with _temporary_files_in_memory():
        brush = QPainter()
        _take_size(printer, pages.sizes[0])
        if not brush.begin(printer):
            raise PrinterTrouble
        brush.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
        try:
            for number in range(pages.count):
                progress.step(number, pages.count)
                if number:
                    _turn_over(printer, pages.sizes[number])
                _paint(brush, printer, pages, number)
        except BaseException:
            printer.abort()
            brush.end()
            raise
        if not brush.end() or printer.printerState() == printer.PrinterState.Error:
            raise PrinterTrouble
    return pages.count


def _turn_over(printer: QPrinter, size: QSizeF) -> None:
    _take_size(printer, size)
    if not printer.newPage():
        raise PrinterTrouble


def _take_size(printer: QPrinter, size: QSizeF) -> None:
    printer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    printer.setPageMargins(_BORDERLESS)


def _paint(brush: QPainter, printer: QPrinter, pages: PdfPages, number: int) -> None:
    size = pages.sizes[number]
    paper = printer.paperRect(printer.Unit.DevicePixel)
    # A printer with another paper in it gets the whole page, a little smaller.
    fit = min(paper.width() / size.width(), paper.height() / size.height())
    target = QRectF(0, 0, size.width() * fit, size.height() * fit)
    target.moveCenter(QRectF(0, 0, paper.width(), paper.height()).center())
    dots = min(printer.resolution(), FINEST)
    brush.drawImage(target, pages.image(number, round(size.width() / POINTS * dots), grey=True))


@contextmanager
def _temporary_files_in_memory() -> Iterator[None]:
    """Where Qt itself hands a print to the system by way of a file (CUPS), let that file lie in memory, not on a disk.

    libcups asks ``TMPDIR`` for the folder of such a file; the system's own queue is out of our reach.
    """
    places = (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm")  # noqa: S108 - memory, and only this account reads it
    memory = next((each for each in places if each and Path(each).is_dir() and os.access(each, os.W_OK)), "")
    if not sys.platform.startswith("linux") or not memory:
        yield
        return
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = memory
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("TMPDIR", None)
        else:
            os.environ["TMPDIR"] = before
