"""From pages in memory to a look at them, and from there to a printer or into a PDF; what left is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from planner.exchange.gate import Leaving, Left
from planner.words import _, language

if TYPE_CHECKING:
    from planner.exchange.typst_render import Rendered
    from planner.ui.page import Desk
    from planner.ui.paper.pdf_pages import PdfPages
    from planner.ui.work import Progress

LEFT = "left"
"""What the activity log calls an entry about a paper that left."""

# Where paper is usually US Letter: CLDR, supplemental data, measurementData/paperSize.
_LETTER = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})


def usual_paper_size() -> str:
    """The paper that is usual where this computer is: ``a4`` or ``us-letter``, as typst calls them."""
    place = QLocale.system()
    if place.language() == QLocale.Language.C:
        place = QLocale(f"{language()}_US")
    return "us-letter" if QLocale.territoryToCode(place.territory()) in _LETTER else "a4"


def preview_and_print(
    desk: Desk,
    title: str,
    render: Callable[[], bytes | Rendered],
    reveals: Sequence[str],
    leaving: Leaving,
) -> None:
    """Make pages beside the window and show them, with what they tell beside them, Print and Save a PDF.

    ``render`` runs in another thread and raises MachineTrouble where pages cannot be made. ``leaving`` is written into
    the activity log once the pages have left, with how they left and how many pages there were.
    """
    from planner.ui.paper.pdf_pages import PdfPages

    soft: list[str] = []

    def work(progress: Progress) -> PdfPages:
        made = render()
        progress.step(0)  # making them cannot be stopped; nothing comes of it then
        if isinstance(made, bytes):
            return PdfPages(made)
        if not made.all_letters:
            from planner.exchange.paper import missing_letters_words

            soft.append(missing_letters_words())
        return PdfPages(made.pdf)

    def left(how: Left, count: int) -> None:
        gone = replace(leaving, what=how, pages=count)
        desk.keep(lambda: desk.session.log(LEFT, gone.person, gone.detail()))
        desk.say(_("Sent to the printer.") if how is Left.PRINTED else _("The PDF is saved."))

    def show(pages: PdfPages) -> None:
        from planner.ui.paper.preview import Preview, Told

        head = _("What these pages tell")
        Preview(_widget(desk), title, pages, Told(head, reveals, soft), left).open()

    desk.busy(_("Making the pages"), work, show)


def print_spare_key(parent: QWidget, spare_key: str) -> None:
    """Show a page with a spare key on it, and print it; it can not be saved, and nothing is written down about it."""
    from planner.ui.paper.pdf_pages import PdfPages
    from planner.ui.work import Work

    size = usual_paper_size()

    def work(_progress: object) -> PdfPages:
        from planner.exchange.paper import spare_key_pdf

        return PdfPages(spare_key_pdf(spare_key, size=size))

    def left(_how: Left, _count: int) -> None:
        from planner.ui.kit.dialogs import Dialog

        dialog = Dialog(parent, _("Sent to the printer."), _("Take the page out of the printer right away."))
        dialog.add_button(_("All right"), "main", default=True)
        dialog.open()

    def show(pages: PdfPages) -> None:
        from planner.ui.paper.preview import Preview, Told

        told = Told(
            _("What this page tells"),
            [
                _("It shows only the key. No name, no title."),
                _("Whoever has this page and your notebook can open the notebook."),
                _("Keep it where only you look, or with somebody you trust."),
            ],
        )
        Preview(parent, _("Your spare key"), pages, told, left, can_save=False).open()

    Work(parent, _("Making the page"), work, show)


def _widget(desk: Desk) -> QWidget:
    assert isinstance(desk, QWidget)  # a desk is a part of the window
    return desk
