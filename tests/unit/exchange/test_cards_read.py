"""Cards from other programs: every odd way of writing them is read, and one bad card never costs a good one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange import cards_text
from planner.exchange.cards_phone import from_uri, label_words, readable, safe_types, same_as
from planner.exchange.cards_read import Card, CardFile, LeftOut, NotUnderstood, Phone, Why, read_cards
from planner.exchange.cards_text import CardTrouble, read_line, unescaped
from tests.fuzz.fuzz_cards import SEEDS
from tests.fuzz.fuzz_cards import read as read_anything


def read(text: str | bytes, region: str = "US") -> CardFile:
    return read_cards(text.encode() if isinstance(text, str) else text, lambda _done, _of: None, region)


def one(*lines: str) -> Card:
    (card,) = read("\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])).cards
    return card


def seed(name: str) -> CardFile:
    return read((SEEDS / name).read_bytes())


# ---------------------------------------------------------------- whole files, as programs write them


def test_a_card_of_a_phone() -> None:
    found = seed("phone_three.vcf")
    assert found.cards == (
        Card(
            number=1,
            name="Dr. Lin Mei Park",
            organisation="Legal Aid, Nashville, Family law",
            role="Lawyer",
            phones=(
                Phone("(615) 555-0110", "Mobile"),
                Phone("(615) 555-0111", "Fax"),
                Phone("(615) 555-0112 ext. 7", "Front desk"),
            ),
            emails=("lin@example.com", "lin.park@example.org"),
            note="Ask for Ms. Ruiz; bring papers, all of them.\nSecond floor, left door.",
            uid="3F2504E0-4F89-11D3-9A0C-0305E82C3301",
        ),
    )
    assert found.left_out == {LeftOut.PICTURES: 1, LeftOut.ADDRESSES: 1, LeftOut.BIRTHDAYS: 1}


def test_version_four_with_numbers_as_addresses() -> None:
    found = seed("four_with_uris.vcf")
    marisol, clinic = found.cards
    assert marisol.phones == (
        Phone("+52 55 5555 0199", "Mobile"),
        Phone("+52 55 5555 0190", "Work"),
        Phone("(615) 555-0133 ext. 102", ""),
    )
    assert (marisol.name, marisol.organisation, marisol.role) == ("Marisol Vega", "Casa Abierta", "Consejera")
    assert marisol.languages == ("es", "en")
    assert marisol.uid == "4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"
    assert (clinic.name, clinic.organisation, clinic.phones) == ("Clinic on 5th", "", (Phone("211"),))
    assert found.left_out == {LeftOut.PICTURES: 1, LeftOut.OTHER: 2, LeftOut.GROUPS: 1}


def test_version_two_one_with_soft_line_ends_and_a_card_in_a_card() -> None:
    found = seed("old_two_one.vcf")
    (card,) = found.cards
    assert (card.name, card.emails) == ("José Luis Ávila", ("jose@example.com",))
    assert card.phones == (Phone("(615) 555-0120", "Mobile"), Phone("555-0121", "Home"))
    assert card.note == "línea uno\nlínea dos"
    assert found.left_out == {LeftOut.PICTURES: 1}
    assert found.not_understood == (NotUnderstood(2, Why.NO_END, "Ende Ohne"),)


@pytest.mark.parametrize("name", ["sixteen_bits.vcf", "marked.vcf"])
def test_sixteen_bits_and_a_mark_at_the_beginning(name: str) -> None:
    found = seed(name)
    assert [each.name for each in found.cards] == ["Łucja Żak", "田中 花子", "أمل"]
    assert found.cards[2].phones == (Phone("+966 11 555 0110"),)


def test_sixteen_bits_without_a_mark() -> None:
    text = "BEGIN:VCARD\r\nFN:Łucja\r\nEND:VCARD\r\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert [each.name for each in read(text.encode(encoding)).cards] == ["Łucja"]


def test_two_encodings_in_one_file() -> None:
    assert [each.name for each in seed("mixed.vcf").cards] == ["Renée Muñoz", "Renée Muñoz"]


def test_what_is_broken_costs_nobody_else_their_card() -> None:
    found = seed("broken.vcf")
    assert [each.name for each in found.cards] == ["Good one", "Last"]
    assert [each.number for each in found.cards[0].phones] == ["12345", "(615) 555-0150"]
    assert found.not_understood == (NotUnderstood(2, Why.NOTHING), NotUnderstood(3, Why.NO_END, "No end"))


# ---------------------------------------------------------------- names


def test_a_name_comes_from_where_there_is_one() -> None:
    assert one("N:Public;John;Quinlan,Paul;Mr.;Esq.").name == "Mr. John Quinlan Paul Public Esq."
    assert one("N:Smith\\;Jones;Ann", "FN:").name == "Ann Smith;Jones"
    assert one("NICKNAME:Bo,Bobby", "ORG:Works").name == "Bo"
    assert (one("ORG:Shelter;Night desk").name, one("ORG:Shelter").organisation) == ("Shelter, Night desk", "")
    assert one("EMAIL:somebody@example.com").name == "somebody@example.com"
    assert one("TEL:615 555 0110").name == "(615) 555-0110"


def test_signs_that_cannot_be_seen_are_taken_out_of_names() -> None:
    assert one("FN:Lin\u202e\u200b\x07 Park\\nJr").name == "Lin Park Jr"
    assert one("FN:Lin\ue50f\U000f0000 Park").name == "Lin Park", "signs of nobody but one program"
    assert one("FN:نام\u200cها").name == "نام\u200cها", "within words they carry meaning"
    assert len(one("FN:" + "a" * 5000).name) == 200


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("6155550110", "(615) 555-0110"),
        ("+16155550110", "(615) 555-0110"),
        ("+441632960961", "+44 1632 960961"),
        ("911", "911"),
        ("*67 5", "*67 5"),
        ("1-800-FLOWERS", "1-800-FLOWERS"),
        ("after 6, +1", "after 6, +1"),
    ],
)
def test_numbers_read_as_people_write_them(written: str, shown: str) -> None:
    assert readable(written, "US") == shown


def test_numbers_compare_however_they_are_written() -> None:
    assert same_as("(615) 555-0110", "US") == same_as("+1.615.555.0110 ext 4", "US") == "+16155550110"
    assert same_as("55 5555 0199", "MX") == same_as("+52 55 5555 0199", "US")
    assert same_as("٦١٥٥٥٥٠١١٠", "US") == "+16155550110"
    assert same_as("311", "US") == "311"
    assert same_as("12", "US") == same_as("no number", "US") == ""
    assert same_as("615 555 0110", "no such place") == "+16155550110"


def test_numbers_as_addresses() -> None:
    assert from_uri("tel:+1-615-555-0110;ext=12") == "+1-615-555-0110 ext. 12"
    assert from_uri("TEL:0199;phone-context=+52-55-5555-") == "+52-55-5555-0199"
    assert from_uri("tel:%2B1615;phone-context=example.com") == "+1615"
    assert from_uri("615 555 0110") == "615 555 0110"


def test_one_number_that_comes_twice_is_one() -> None:
    assert one("FN:A", "TEL;TYPE=CELL:615-555-0110", "TEL:+1 615 555 0110", "TEL:none").phones == (
        Phone("(615) 555-0110", "Mobile"),
    )


def test_what_is_said_of_a_number() -> None:
    assert label_words({"work", "cell", "pref", "voice"}) == "Mobile, work"
    assert label_words({"voice"}) == ""
    assert label_words({"home"}, "_$!<Mobile>!$_") == "Mobile, home"
    assert label_words({"home"}, "Night shift") == "Night shift"
    assert safe_types("Móvil") == safe_types("celular") == safe_types("Mobile") == ("cell",)
    assert safe_types("Fax, work") == ("work", "fax")
    assert safe_types("only when he is away") == ()


# ---------------------------------------------------------------- lines


def test_parameters_in_every_style() -> None:
    found = read_line(b'item1.tel;HOME;type="cell,voice";TYPE=x;PREF=3;LABEL="a:b;c^n^\'":1')
    assert found is not None
    assert (found.name, found.group, found.value) == ("TEL", "item1", "1")
    assert found.types == {"home", "cell", "voice", "x"}
    assert (found.preference, found.params["LABEL"]) == (3, ('a:b;c\n"',))
    micro = read_line("TEL;µ;CELL:1".encode("latin-1"))
    assert micro is not None
    assert micro.types == {"µ", "cell"}, "its capital letter is in no single byte"
    assert read_line(b"no colon") is None
    assert read_line(b"bad name!:x") is None
    assert read_line(b"TEL" + b";A=b" * 2000 + b":1") is None


@pytest.mark.parametrize("charset", [b"no-such", b"rot13", b"zip", b"utf-7", b"unicode_escape", b"undefined"])
def test_a_charset_that_is_none_falls_back(charset: bytes) -> None:
    found = read_line(b"FN;CHARSET=" + charset + b";ENCODING=QUOTED-PRINTABLE:A=C3=A9")
    assert found is not None
    assert found.value == "Aé"


def test_folded_lines_may_break_inside_of_a_letter() -> None:
    assert [each.name for each in read(b"BEGIN:VCARD\r\nFN:Jos\xc3\r\n \xa9\r\nEND:VCARD\r\n").cards] == ["José"]
    assert [each.name for each in read(b"BEGIN:VCARD\rFN:Jo\r\ts\rEND:VCARD").cards] == ["Jos"]


def test_a_soft_line_end_never_swallows_the_end_of_the_card() -> None:
    bad = b"BEGIN:VCARD\nN;ENCODING=QUOTED-PRINTABLE:A=\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
    assert [each.name for each in read(bad).cards] == ["A", "B"]


# ---------------------------------------------------------------- what has no end


def test_pictures_are_counted_and_not_looked_at() -> None:
    photo = b"PHOTO;ENCODING=b:" + b"!" * 70 + b"\r\n" + (b" " + b"!" * 74 + b"\r\n") * 40_000
    found = read(b"BEGIN:VCARD\r\nFN:A\r\n" + photo + b"SOUND:x\r\nEND:VCARD\r\n")
    assert [each.name for each in found.cards] == ["A"]
    assert found.left_out == {LeftOut.PICTURES: 1, LeftOut.SOUNDS: 1}


def test_a_text_that_is_too_long_is_left_out_and_told() -> None:
    found = read(b"BEGIN:VCARD\nFN:A\nNOTE:" + b"word " * 10_000 + b"\nEND:VCARD\n")
    assert (found.cards[0].name, found.cards[0].note) == ("A", "")
    assert found.left_out == {LeftOut.TOO_LONG: 1}


def test_a_card_of_too_many_lines_is_not_understood() -> None:
    many = "BEGIN:VCARD\nFN:A\n" + "TEL:1\n" * 1200 + "END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
    found = read(many)
    assert [each.name for each in found.cards] == ["B"]
    assert found.not_understood == (NotUnderstood(1, Why.TOO_LONG, "A"),)


def test_files_that_hold_too_much_or_nothing_are_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, words in [
        (b"BEGIN:VCARD\nEND:VCARD\n" * 5001, "more cards"),
        (b"BEGIN:VCARD\n" + b"\n" * 1_500_001, "too large"),
        (b"", "no cards"),
        (b"\x89PNG\r\n", "no cards"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "is a calendar"),
    ]:
        with pytest.raises(CardTrouble, match=words) as told:
            read(data)
        assert told.value.what_next
    monkeypatch.setattr(cards_text, "MOST_BYTES", 100)
    with pytest.raises(CardTrouble, match="too large"):
        read(b"BEGIN:VCARD\nFN:A\n" + b" " * 100)


def test_reading_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    asked: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        asked.append((done, of))
        if len(asked) == 3:
            raise Stop

    with pytest.raises(Stop):
        read_cards(b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" * 1000, progress)
    assert [done < of for done, of in asked] == [True] * 3


# ---------------------------------------------------------------- any bytes


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_told(data: bytes) -> None:
    read_anything(data)


LINES = ["BEGIN:VCARD", "END:VCARD", "FN:A", "N:b;c", "TEL", ";TYPE=", '"', ":", "\r\n", "\n ", "=\n", "\\", "\u202e"]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=4)), max_size=40))
def test_any_pieces_of_cards_are_read_or_told(pieces: list[str]) -> None:
    read_anything("".join(pieces).encode("utf-8", "replace"))


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.name)
def test_every_seed_and_every_find_is_read(path: Path) -> None:
    assert read_anything(path.read_bytes()) is not None


def test_backslashes_come_off_once() -> None:
    assert unescaped(r"a\\nb\nc\,\;\:\x") == "a\\nb\nc,;:\\x"
