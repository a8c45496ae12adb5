"""Her own page and the card for the wallet as pages to print; what they tell stands in ``own_page_parts``."""

from __future__ import annotations

from typing import Any

from planner import words
from planner.exchange.own_page_parts import CardPaper, OwnPagePaper, cards_of
from planner.exchange.paper import PAPER_SIZES
from planner.exchange.pdf_seal import neutral
from planner.exchange.typst_render import Rendered, plain, render
from planner.plan.safety import SafetyGroup, group_words
from planner.words import c_


def card_data(paper: CardPaper) -> dict[str, Any]:
    """What the template of the card shows: for each card its rows; not one word of ours stands on it."""
    cards = [[{"words": plain(said), "number": plain(number)} for said, number in rows] for rows in cards_of(paper)]
    return {**_common(paper.size), "cards": cards}


def card_sheet(paper: CardPaper) -> Rendered:
    """The card, to cut out along the marks. Raises PaperTrouble."""
    return _made("card.typ", card_data(paper))


def page_data(paper: OwnPagePaper) -> dict[str, Any]:
    """What the template of the page shows."""
    blocks = []
    for group in SafetyGroup:
        rows = [
            {"words": plain(" ".join(each.line.split())), "number": plain(each.phone)}
            for each in paper.chosen()
            if each.group is group
        ]
        if rows:
            blocks.append({"heading": group_words(group), "rows": rows})
    return {**_common(paper.size), "title": plain(paper.title), "blocks": blocks}


def page_sheet(paper: OwnPagePaper) -> Rendered:
    """Her own page on paper. Raises PaperTrouble."""
    return _made("own-page.typ", page_data(paper))


def _common(size: str) -> dict[str, Any]:
    # The name in the metadata is what a viewer may list among recent files, so it is the same for every paper.
    return {
        "lang": words.language(),
        "size": size if size in PAPER_SIZES else PAPER_SIZES[0],
        "name": c_("paper", "Document"),
    }


def _made(template: str, data: dict[str, Any]) -> Rendered:
    sheet = render(template, data)
    return Rendered(neutral(sheet.pdf, data["name"], sheet.all_letters), sheet.all_letters)
