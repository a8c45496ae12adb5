"""A guided form as a paper, blank or with its answers: a tagged PDF made in memory."""

from __future__ import annotations

import re
from typing import Any

from planner.exchange.clean_image import CannotClean, clean_image
from planner.exchange.form_parts import Asked, Block, FormPaper, FormSection, Room, choose
from planner.exchange.formats import Formats
from planner.exchange.paper import PAPER_SIZES
from planner.exchange.pdf_seal import neutral
from planner.exchange.typst_render import Rendered, plain, render
from planner.words import N_, _, c_

_WHOLE = 900
"""Letters up to which a question is kept whole on one page; a longer one may run on."""

_ROW = 50
"""One more choice takes about as much room as this many letters."""

_SHORT = 26
"""Letters of a choice at most, where choices stand in two columns."""

LARGEST_PICTURE = 4_000_000
"""Bytes; a picture beyond is named in words, and not shown."""

_HOW = {
    Room.ONE: N_("Choose one."),
    Room.MANY: N_("Choose all that fit."),
    Room.ORDER: N_("Write 1 beside what comes first, then 2, and so on."),
    Room.BESIDE: N_("Keep it together with this page."),
}
_CODE = re.compile(r"[a-z]{2,3}\Z")


def form_sheet(paper: FormPaper, formats: Formats) -> Rendered:
    """The form as a tagged PDF, and whether every letter could be shown.

    Raises:
        PaperTrouble: the pages could not be made.
    """
    return made(form_data(paper, formats))


def made(data: dict[str, Any]) -> Rendered:
    """The pages from what :func:`form_data` gave; in any thread.

    Raises:
        PaperTrouble: they could not be made.
    """
    sheet = render("form.typ", data)
    return Rendered(neutral(sheet.pdf, data["name"], sheet.all_letters), sheet.all_letters)


def form_data(paper: FormPaper, formats: Formats) -> dict[str, Any]:
    """What the template shows, as plain JSON values; pictures as the numbers of their bytes.

    Words of our own are in the language in use (:func:`planner.words.in_language` changes it for a moment).
    """
    chosen = choose(paper)
    sections = [_section(each, paper) for each in chosen]
    return {
        "lang": paper.language if _CODE.match(paper.language) else "en",
        "size": paper.size if paper.size in PAPER_SIZES else PAPER_SIZES[0],
        "name": c_("paper", "Document"),
        "title": plain(paper.title) or c_("paper", "Form"),
        "blank": paper.blank,
        "intro": _("Leave open what you like, and what does not fit.") if paper.blank else "",
        "printed_on": plain(formats.day(paper.printed_on)) if paper.printed_on else "",
        "labels": {
            "day": c_("paper", "Day"),
            "month": c_("paper", "Month"),
            "year": c_("paper", "Year"),
            "hour": c_("paper", "Time"),
            "yes": _("Yes"),
            "why": _("Why we ask"),
            "conditional": _("Only if it fits"),
            "again": _("For one more, take another sheet."),
        },
        "sections": sections,
        "empty": "" if sections else _("Nothing is written here yet. There is no hurry."),
    }


def _section(section: FormSection, paper: FormPaper) -> dict[str, Any]:
    # PDF/UA-1 (ISO 14289-1, 7.4.2): levels of headings are not skipped.
    level = 3 if section.title else 2
    return {
        "title": plain(section.title),
        "blocks": [_block(each, level, paper) for each in section.blocks],
    }


def _block(block: Block, level: int, paper: FormPaper) -> dict[str, Any]:
    return {
        "title": plain(block.title),
        "level": level,
        "again": block.again and paper.blank,
        "asked": [_asked(each) for each in block.asked],
    }


def _asked(asked: Asked) -> dict[str, Any]:
    answered = bool(asked.answer)
    picture = _picture(asked)
    choices = [plain(each) or "–" for each in asked.choices] if not answered else []
    room = Room.NONE if answered else asked.room
    if room in {Room.ONE, Room.MANY, Room.ORDER} and not choices:
        room = Room.LINE
    how = _(_HOW.get(room, ""))
    out: dict[str, Any] = {
        "label": plain(asked.label),
        "hint": "" if answered else plain(asked.hint),
        "why": "" if answered else plain(asked.why),
        "room": room.value,
        "how": how if how not in asked.hint else "",
        "choices": choices,
        "narrow": len(choices) > 3 and all(len(each) <= _SHORT for each in choices),
        "answer": "" if picture else plain(asked.answer),
        "picture": picture,
        "alt": plain(asked.answer) or plain(asked.label) or c_("paper", "A picture"),
        "conditional": asked.conditional and not answered,
    }
    letters = sum(map(len, [out["label"], out["hint"], out["why"], out["answer"], *choices]))
    out["long"] = letters + _ROW * len(choices) > _WHOLE
    return out


def _picture(asked: Asked) -> list[int]:
    """The bytes of a picture, which reach the template as JSON like everything else; none when it cannot be shown."""
    if not asked.picture or len(asked.picture) > LARGEST_PICTURE:
        return []
    try:
        return list(clean_image(asked.media_type, asked.picture))
    except CannotClean:
        return []
