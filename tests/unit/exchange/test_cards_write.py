"""Cards on their way out: what is written reads the same again, and holds nothing that was not given."""

from __future__ import annotations

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.cards_phone import LABELS
from planner.exchange.cards_read import Card, one_line, read_cards
from planner.exchange.cards_write import CardOut, Version, escaped, folded, write_cards

WORDS = st.text(max_size=60).map(one_line)
NUMBERS = st.from_regex(r"\+1 ?615 ?555 ?01[0-9]{2}|[1-9]11|\+52 55 5555 01[0-9]{2}", fullmatch=True)
PHONES = st.lists(st.tuples(NUMBERS, st.sampled_from(["", "Mobile", "Home", "Work", "Work, fax"])), max_size=3)


def read(data: bytes) -> tuple[Card, ...]:
    return read_cards(data, lambda _done, _of: None).cards


@given(
    st.lists(
        st.builds(
            CardOut,
            name=WORDS.filter(bool),
            organisation=WORDS,
            role=WORDS,
            phones=PHONES.map(tuple),
            email=st.one_of(st.just(""), st.emails().map(one_line)),
            languages=st.lists(st.sampled_from(["es", "en", "hmn", "Mam of the coast"]), unique=True).map(tuple),
        ),
        max_size=4,
    ),
    st.sampled_from(Version),
)
def test_what_is_written_reads_the_same_again(cards: list[CardOut], version: Version) -> None:
    if not cards:
        assert write_cards(cards, version) == b""
        return
    found = read(write_cards(cards, version))
    assert [each.number for each in found] == list(range(1, len(cards) + 1))
    for card, back in zip(cards, found, strict=True):
        assert back.name == card.name
        assert back.organisation == ("" if card.organisation == card.name else card.organisation)
        assert back.role == card.role
        assert back.emails == ((card.email,) if card.email else ())
        first = {number.replace(" ", ""): label for number, label in reversed(card.phones)}
        assert {_digits(each.number): each.label for each in back.phones} == {
            _digits(number): _said(label) for number, label in first.items()
        }
        known = tuple(each for each in card.languages if len(each) < 4)
        assert back.languages == (known if version is Version.FOUR else ())
        assert back.note == ""


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)[-10:]


def _said(label: str) -> str:
    return label


@given(st.text(max_size=400))
def test_lines_are_folded_at_75_octets_and_never_inside_of_a_letter(text: str) -> None:
    line = f"NOTE:{escaped(text)}"
    raw = folded(line)
    assert raw.endswith(b"\r\n")
    physical = raw[:-2].split(b"\r\n")
    assert all(len(each) <= 75 for each in physical)
    for each in physical:
        each.decode("utf-8")
    assert all(each.startswith(b" ") for each in physical[1:])
    whole = physical[0] + b"".join(each[1:] for each in physical[1:])
    assert whole.decode() == line.encode("utf-8", "replace").decode()


def test_a_card_in_both_versions_to_the_letter() -> None:
    card = CardOut(
        name="Lin Park, Esq.",
        organisation="Legal; Aid",
        role="My lawyer\nand friend",
        phones=(("615 555 0110", "Mobile"), ("615 555 0111", "when he is out")),
        email="lin@example.org",
        languages=("es", "Mam"),
    )
    three, four = (write_cards([card], version).decode().split("\r\n") for version in Version)
    uid = re.compile(r"UID:urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    assert uid.fullmatch(three[2])
    assert uid.fullmatch(four[2])
    assert three[:2] + three[3:] == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:Lin Park\\, Esq.",
        "N:;Lin Park\\, Esq.;;;",
        "ORG:Legal\\; Aid",
        "TITLE:My lawyer\\nand friend",
        "TEL;TYPE=cell:615 555 0110",
        "TEL:615 555 0111",
        "EMAIL;TYPE=INTERNET:lin@example.org",
        "END:VCARD",
        "",
    ]
    assert [line for line in four if line not in three and not line.startswith("UID")] == [
        "VERSION:4.0",
        "EMAIL:lin@example.org",
        "LANG:es",
    ]


def test_the_name_of_a_card_in_the_file_is_random_each_time() -> None:
    card = CardOut(name="Lin")
    found = {re.search(rb"UID:(.*)\r", write_cards([card], Version.THREE)) for _time in range(3)}
    assert len({each.group(1) for each in found if each}) == 3


def test_nothing_of_this_program_or_of_the_time_is_written() -> None:
    raw = write_cards([CardOut(name="Lin", organisation="Aid", phones=(("1", ""),))], Version.FOUR)
    names = {line.split(b":")[0].split(b";")[0] for line in raw.split(b"\r\n") if line}
    assert names == {b"BEGIN", b"VERSION", b"UID", b"FN", b"N", b"ORG", b"TEL", b"END"}


def test_signs_without_a_letter_never_reach_a_file() -> None:
    raw = write_cards([CardOut(name="".join(map(chr, range(32))) + "\x7fA" + string.punctuation)], Version.FOUR)
    assert {sign for sign in raw if sign < 32} == {9, 10, 13}
    (card,) = read(raw)
    assert card.name == "A" + string.punctuation
    assert set(LABELS) >= {"cell", "home", "work", "fax"}
