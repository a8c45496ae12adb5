"""The page of one share: its words in their order, without a title, a day or a name."""

from __future__ import annotations

from collections.abc import Sequence

from planner import words
from planner.exchange.paper import PAPER_SIZES
from planner.exchange.pdf_seal import neutral
from planner.exchange.typst_render import render
from planner.words import _, c_


def share_note() -> str:
    """What may stand below the words, if she chooses so: nothing that tells what they are for."""
    return "\n".join(
        (
            _("These words belong together, in this order. They do nothing alone."),
            _("Please keep this page where only you look. Take no photo of it."),
            _("One day I may ask you for it. Then give it to nobody but me."),
        )
    )


def share_pdf(share: Sequence[str], *, note: bool = False, size: str = "a4") -> bytes:
    """One page with the words of one share; ``note`` puts :func:`share_note` below. Raises :class:`PaperTrouble`."""
    name = c_("paper", "Document")
    data = {
        "lang": words.language(),
        "size": size if size in PAPER_SIZES else PAPER_SIZES[0],
        "name": name,
        "rows": list(share),
        "note": share_note() if note else "",
    }
    sheet = render("words.typ", data)
    return neutral(sheet.pdf, name, sheet.all_letters)
