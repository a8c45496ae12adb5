"""An appointment kit on paper: one page in every language and size, and nothing of anybody on it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from planner.exchange.gate import Leaving, Left, PaperKind, leaving_words
from planner.exchange.kit_paper import KitPaper, kit_data, kit_reveals, kit_sheet
from planner.exchange.paper import PAPER_SIZES
from planner.packs.items import Standing
from planner.packs.kits import Kit, load_kits
from planner.words import LANGUAGES, use_language

KITS = load_kits()


@pytest.mark.parametrize("size", PAPER_SIZES)
@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("kit", KITS, ids=[each.id for each in KITS])
def test_each_kit_fits_on_one_page_with_all_its_lines(kit: Kit, spoken: str, size: str) -> None:
    use_language(spoken)
    paper = KitPaper(kit=kit, language=spoken, size=size)
    data = kit_data(paper)
    shown = [line for part in data["lists"] for line in part["lines"]]
    wanted = [each.words.get(spoken) for each in (*kit.bring, *kit.comes, *kit.ask, *kit.no, *kit.after)]
    assert shown == wanted
    sheet = kit_sheet(paper)
    assert sheet.all_letters
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        assert len(pdf.pages) == 1
        assert kit.title.get(spoken) not in str(pdf.docinfo), "a viewer lists what stands there among recent files"


def test_a_kit_that_is_not_ours_says_whose_it_is() -> None:
    theirs = replace(KITS[0], standing=Standing("us", date(2026, 1, 1), "Casa Sol"))
    assert "Casa Sol" in kit_data(KitPaper(kit=theirs, language="en"))["giver"]
    assert kit_data(KitPaper(kit=KITS[0], language="en"))["giver"] == ""


def test_what_a_finder_learns_is_the_title_and_what_was_written_by_hand() -> None:
    told = " ".join(kit_reveals(KITS[0], "en"))
    assert KITS[0].title.get("en") in told
    assert "no name" in told


def test_that_it_left_is_told_in_words() -> None:
    for how in Left:
        assert leaving_words(Leaving(what=how, paper=PaperKind.KIT, pages=1).detail())
