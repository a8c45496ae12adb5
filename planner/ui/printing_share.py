"""From one share to a look at its page, and from there to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.exchange.gate import Left
    from planner.ui.paper.pdf_pages import PdfPages


def print_share(parent: QWidget, share: Sequence[str], *, note: bool) -> None:
    """Show the page of one share, and print it; it can not be saved, and nothing is written down about it."""
    from planner.ui.printing import usual_paper_size
    from planner.ui.work import Work

    size = usual_paper_size()

    def work(_progress: object) -> PdfPages:
        from planner.exchange.share_paper import share_pdf
        from planner.ui.paper.pdf_pages import PdfPages

        return PdfPages(share_pdf(share, note=note, size=size))

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
                _("It shows 20 words. No name, no title.")
                if not note
                else _("It shows 20 words and a few lines for whoever keeps them. No name, no title."),
                _("Alone it opens nothing."),
                _("Somebody who knows such words may see that they open something."),
            ],
        )
        Preview(parent, _("One page, one share"), pages, told, left, can_save=False).open()

    Work(parent, _("Making the page"), work, show)
