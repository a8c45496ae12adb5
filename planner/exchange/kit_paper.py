"""An appointment kit on one page: what everybody can read in the library, and lines to write on; nothing of hers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.exchange.paper import PAPER_SIZES
from planner.exchange.pdf_seal import neutral
from planner.exchange.typst_render import Rendered, plain, render
from planner.words import _, c_, in_language

if TYPE_CHECKING:
    from planner.packs.items import Line
    from planner.packs.kits import Kit


@dataclass(frozen=True, slots=True, kw_only=True)
class KitPaper:
    """A kit in one language. ``size`` is a paper size of typst."""

    kit: Kit
    language: str
    size: str = PAPER_SIZES[0]


def kit_data(paper: KitPaper) -> dict[str, Any]:
    """What the template shows: a title, five lists, and whose kit it is where it is not ours."""
    kit, spoken = paper.kit, paper.language
    with in_language(spoken):
        lists = (
            (_("What to bring"), kit.bring, True),
            (_("Who may come along"), kit.comes, False),
            (_("What to ask and to say"), kit.ask, False),
            (_("What I may say no to"), kit.no, False),
            (_("Afterwards"), kit.after, True),
        )
        return {
            "lang": spoken,
            "size": paper.size if paper.size in PAPER_SIZES else PAPER_SIZES[0],
            # A viewer may list it among recent files, so it is the same for every paper.
            "name": c_("paper", "Document"),
            "title": plain(kit.title.get(spoken)),
            "lists": [_list(head, lines, tick, spoken) for head, lines, tick in lists if lines],
            "notes": _("My notes"),
            "giver": plain(_("From {giver}").format(giver=kit.giver)) if kit.giver else "",
        }


def _list(head: str, lines: Sequence[Line], tick: bool, spoken: str) -> dict[str, Any]:
    return {"head": head, "tick": tick, "lines": [plain(each.words.get(spoken)) for each in lines]}


def kit_sheet(paper: KitPaper) -> Rendered:
    """The page. Raises PaperTrouble."""
    data = kit_data(paper)
    sheet = render("kit.typ", data)
    return Rendered(neutral(sheet.pdf, data["name"], sheet.all_letters), sheet.all_letters)


def kit_reveals(kit: Kit, spoken: str) -> list[str]:
    """What someone who finds the page would learn."""
    return [
        _("Nothing of yours stands on it: no name, no day, no place."),
        _("At the top it says “{title}”.").format(title=kit.title.get(spoken)),
        _("What you write on it by hand tells what you write."),
    ]
