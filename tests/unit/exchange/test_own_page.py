"""The card for the wallet and her own page: only what was chosen stands on them, and what they tell is said."""

from __future__ import annotations

import io
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.gate import Leaving, Left, PaperKind, leaving_words
from planner.exchange.own_page import card_data, card_sheet, page_data, page_sheet
from planner.exchange.own_page_parts import (
    MARKED,
    ROOM,
    CardPaper,
    OwnPagePaper,
    card_reveals,
    card_words,
    cards_of,
    on_card,
    page_reveals,
    telling_words,
)
from planner.plan.safety import SafetyGroup, SafetyLine

ROSA = SafetyLine(line="Rosa", phone="555 0142", group=SafetyGroup.PERSON, on_card=True)
LIBRARY = SafetyLine(line="Library", group=SafetyGroup.PLACE)
BUS = SafetyLine(line="Bus heron-12", group=SafetyGroup.WAY_OUT)

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=250)
lines = st.builds(
    SafetyLine,
    group=st.sampled_from(SafetyGroup),
    line=texts,
    phone=st.sampled_from(["", "555 0142", "+1 555 010 2233"]),
    on_card=st.booleans(),
    card_words=st.sampled_from(["", "  ", "Aunt"]),
    removed=st.booleans(),
)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@given(st.lists(lines, max_size=30))
def test_the_card_holds_what_was_chosen_and_nothing_else(found: list[SafetyLine]) -> None:
    cards = cards_of(CardPaper(lines=tuple(found)))
    rows = [row for card in cards for row in card]
    chosen = [each for each in found if each.on_card and not each.removed and (card_words(each) or each.phone)]
    assert len(rows) == len(chosen)
    assert sorted(number for _words, number in rows) == sorted(each.phone for each in chosen)
    assert all(card and len(card) <= ROOM for card in cards)
    for words, _number in rows:
        assert any(words.removesuffix(" …") in card_words(each) for each in chosen)


@given(st.lists(lines, max_size=20))
def test_whatever_is_chosen_something_is_said(found: list[SafetyLine]) -> None:
    paper = CardPaper(lines=tuple(found))
    assert card_reveals(paper)
    if on_card(found):
        marked = [each for each in on_card(found) if each.group in MARKED]
        told = " ".join(card_reveals(paper))
        assert ("It tells" in told) or not marked


def test_nothing_is_on_it_at_first() -> None:
    assert not SafetyLine().on_card
    told = card_reveals(CardPaper(lines=(LIBRARY, BUS)))
    assert told == ["Nothing is on the card yet. Tick one line after the other."]


def test_the_pages_of_a_card_show_no_word_of_ours() -> None:
    line = SafetyLine(line="Safe house on Elm", card_words="Elm", group=SafetyGroup.PLACE, on_card=True)
    pdf = card_sheet(CardPaper(lines=(ROSA, line, LIBRARY, BUS))).pdf
    assert words_of(pdf).split() == ["Rosa", "555", "0142", "Elm"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo.get("/Title", "")) in ("", "Document")
        assert "Rosa" not in str(document.docinfo)


def test_a_card_is_as_big_as_a_bank_card_and_a_full_one_becomes_two() -> None:
    many = tuple(SafetyLine(line=f"Name {n}", group=SafetyGroup.PERSON, on_card=True) for n in range(ROOM + 1))
    assert [len(each) for each in card_data(CardPaper(lines=many))["cards"]] == [ROOM, 1]
    assert "It fills 2 cards." in card_reveals(CardPaper(lines=many))
    assert "It fills" not in " ".join(card_reveals(CardPaper(lines=many[:-1])))


def test_what_is_written_is_never_read_as_markup() -> None:
    hostile = SafetyLine(line='#panic("x") *b* `c` $d$ \\', phone="#x", group=SafetyGroup.PERSON, on_card=True)
    said = words_of(card_sheet(CardPaper(lines=(hostile,))).pdf)
    assert '#panic("x") *b* `c` $d$ \\' in said.replace("\u200b", "")


def test_a_way_out_is_named_on_the_gate() -> None:
    out = SafetyLine(line="Back door", group=SafetyGroup.WAY_OUT, on_card=True)
    assert "It tells 1 of your ways out." in card_reveals(CardPaper(lines=(ROSA, out)))
    assert "ways out" not in " ".join(card_reveals(CardPaper(lines=(ROSA,))))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Shelter on 5th", ("Shelter",)),
        ("la Casa segura", ("Casa segura",)),
        ("mi abogada Inés", ("abogada",)),
        ("Rosa from the library", ()),
        ("Escorted by Ana", ()),
        ("María Corteza", ("Corteza",)),
    ],
)
def test_words_that_tell_a_stranger_are_pointed_at(line: str, found: tuple[str, ...]) -> None:
    assert telling_words(line) == found
    told = " ".join(card_reveals(CardPaper(lines=(SafetyLine(line=line, on_card=True),))))
    assert ("tell a stranger" in told) is bool(found)


def test_somebody_she_keeps_away_from_is_pointed_at() -> None:
    line = SafetyLine(line="call Heron-Ray", on_card=True)
    assert "It names 1 person you keep away from." in card_reveals(CardPaper(lines=(line,), careful=("heron-ray",)))
    assert "keep away" not in " ".join(card_reveals(CardPaper(lines=(line,), careful=("Maya",))))


def test_only_ticked_parts_of_the_page_are_printed() -> None:
    paper = OwnPagePaper(lines=(ROSA, LIBRARY, BUS), groups=frozenset({SafetyGroup.PERSON, SafetyGroup.PLACE}))
    assert [each["heading"] for each in page_data(paper)["blocks"]] == ["People", "Places"]
    made = page_sheet(paper)
    assert made.all_letters
    said = words_of(made.pdf)
    assert "Rosa" in said
    assert "heron" not in said
    assert "heron" in words_of(page_sheet(OwnPagePaper(lines=(BUS,), title="Recipes")).pdf)
    assert "At the top it says “Recipes”." in page_reveals(OwnPagePaper(lines=(BUS,), title="Recipes"))
    assert "At the top" not in " ".join(page_reveals(paper))
    assert page_reveals(OwnPagePaper(lines=(BUS,), groups=frozenset())) == ["Nothing of yours is on these pages yet."]


@pytest.mark.parametrize("paper", [PaperKind.CARD, PaperKind.OWN_PAGE])
@pytest.mark.parametrize("how", Left)
def test_that_it_left_is_written_down_without_a_word_of_it(paper: PaperKind, how: Left) -> None:
    detail = Leaving(what=how, paper=paper, pages=1).detail()
    assert leaving_words(detail)
    assert set(detail) == {"what", "paper", "parts", "pages"}


def test_choosing_lines_loads_nothing_heavy() -> None:
    code = (
        "import sys, planner.exchange.own_page_parts\n"
        "heavy = {'typst', 'pikepdf', 'pypdfium2', 'pycrdt', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
