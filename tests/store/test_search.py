"""Looking for words: what is found, in which order, and by whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.plan.folded import asked_words, folded, kept_words, number_parts, word_places
from planner.store.finding import Reach
from planner.store.rows import AttachmentRow, BesideRow, FillingRow, NoteRow
from planner.store.store import Store
from tests.store.rows import ANA, BEA, DAY, KEY, contact, date_row, found_ids, goal

# ---------------------------------------------------------------- how words are cut and folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Café con José", ["cafe", "con", "jose"]),
        (
            "Łukasz Ørsted Straße Œuvre İzmir ISPARTA ısı",
            ["lukasz", "orsted", "strasse", "oeuvre", "izmir", "isparta", "isi"],
        ),
        ("Ёлка, Йод!", ["елка", "иод"]),
        ("كِتَابٌ أُمّ", ["كتاب", "ام"]),
        ("می\u200cخواهم", ["ميخواهم"]),
        ("ｆｕｌｌ ﬁne", ["full", "fine"]),
        ("٠١٢ 34", ["012", "34"]),
        ("法院 abc預約", ["法", "院", "abc", "預", "約"]),
        ("ไป", ["ไ", "ป"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("so\u00adft one\u200btwo", ["soft", "one", "two"]),
        ("a\0b \ud800 ❤\ufe0f _x_", ["a", "b", "x"]),
    ],
)
def test_words_are_folded_alike_in_every_script(text: str, words: list[str]) -> None:
    assert folded(text) == words
    assert folded(unicodedata.normalize("NFD", text)) == words


def test_what_is_written_together_or_apart_is_kept_both_ways() -> None:
    assert kept_words("O’Brien") == ["o", "brien", "obrien"]
    assert kept_words("K-17 2b-4") == ["k", "17", "2b", "4", "k17", "2b4"]
    assert kept_words("e-mail 555-01") == ["e", "mail", "555", "01", "email"]
    assert kept_words("المحكمة") == ["المحكمه", "محكمه"]
    assert asked_words("d'eau 法院x", 9) == [["d"], ["eau"], ["法", "院"], ["x"]]


def test_every_part_of_a_number_begins_one_of_its_ends() -> None:
    assert number_parts(["call (555) 010-1234 now", "on 12.5 or 99"]) == [
        *("5550101234", "550101234", "50101234", "0101234", "101234", "01234", "1234", "234")
    ]


@given(st.text(max_size=40))
def test_the_places_of_words_are_those_of_the_words(text: str) -> None:
    places = list(word_places(text))
    assert [word for word, _start, _end in places] == folded(text)
    assert all(0 <= start < end <= len(text) for _word, start, end in places)
    assert all(folded(text[start:end]) != [] for _word, start, end in places)


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("room", ["g1"]),
        ("ROO", ["g1"]),
        ("sun room", ["g1"]),
        ("room moon", []),
        ("habitacion", ["g2"]),
        ("Hábit", ["g2"]),
        ("nunez", ["c1"]),
        ("nu\u0303n", ["c1"]),
        ("555 01", ["c1"]),
        ("155-5501", ["c1"]),
        ("(415)", ["c1"]),
        ("+41555", ["c1"]),
        ("+1 (415", []),
        ("415", ["c1"]),
        ("٤١٥", ["c1"]),
        ("41", []),
        ("0199", []),
        ("", []),
        ('"', []),
        ("OR", []),
        ('room" OR "x', []),
        ("NEAR(room sun)", []),
        ("title:room", []),
        ("named : room", []),
        ("*", []),
        ("-room", ["g1"]),
        ("room'; --", ["g1"]),
        ("^room", ["g1"]),
        ("%", []),
        ("\0", []),
        ("\ud800", []),
        ("room " * 500, ["g1"]),
        ("x" * 100_000, []),
    ],
)
def test_search(store: Store, text: str, found: list[str]) -> None:
    assert found_ids(store, text) == found
    assert [each.id for each in store.search(text, ranked=False).hits] == found


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("موعد المحكمة غدا", "محكمه"),
        ("مَوْعِد", "موعد"),
        ("Встреча в суде", "ВСТР"),
        ("ещё", "еще"),
        ("明天去法院预约", "法院"),
        ("明天去法院预约", "院预"),
        ("พรุ่งนี้ไปศาล", "ไปศาล"),
        ("ဆရာဝန်", "ရာ"),
        ("한국어 수업", "한구"),
        ("हिन्दी की किताब", "किता"),
        ("Αθήνα", "αθηνα"),
        ("O'Brien", "obr"),
        ("don’t", "dont"),
    ],
)
def test_every_script_is_found(store: Store, written: str, asked: str) -> None:
    assert found_ids(store, asked) == []
    store.put_rows([goal("ana", "there", written)])
    assert found_ids(store, asked) == ["there"]
    assert found_ids(store, f"{asked} nowhere") == []


def test_characters_without_spaces_are_found_in_their_order_only(store: Store) -> None:
    store.put_rows([goal("ana", "there", "院法")])
    assert found_ids(store, "法院") == []
    assert found_ids(store, "院法") == ["there"]


def test_search_forgets_what_is_gone_and_knows_whose_it_is(store: Store) -> None:
    store.put_rows([goal("ana", "g1", "A quiet garden"), contact("ana", "c1", "Gone", "555 0132", removed=True)])
    assert found_ids(store, "room") == found_ids(store, "sun") == found_ids(store, "5550132") == []
    assert found_ids(store, "garden", "ana") == ["g1"]
    assert found_ids(store, "garden", "bea") == found_ids(store, "garden", "nobody") == []
    store.put_rows([contact("ana", "c1", "Here again", "555 0132")])
    assert found_ids(store, "5550132") == ["c1"]
    store.put_rows([replace(contact("ana", "c1", "x", "1"), kind="goal")])
    assert store.verify() == []


def test_each_kind_has_its_share_and_more_is_told(store: Store) -> None:
    store.put_rows([goal("bea", f"t{number}", f"Title {number}", "lamp") for number in range(60)])
    store.put_rows([goal("bea", "lamp", "Lamp"), contact("bea", "who", "Lamp maker", "")])
    assert found_ids(store, "lamp", most=5)[0] == "lamp"
    found = store.search("lamp", most=5)
    assert (len(found.hits), found.more) == (5, True)
    assert found.hits[-1].id == "who"
    assert [len(found_ids(store, "lamp", most=each)) for each in (50, 62, 70)] == [50, 62, 62]
    assert not store.search("lamp", most=70).more
    quick = store.search("lamp", most=5, ranked=False)
    assert {"lamp", "who"} <= {each.id for each in quick.hits}
    assert store.verify() == []


def test_titles_come_before_text_and_whole_words_before_beginnings(store: Store) -> None:
    store.put_rows(
        [
            goal("ana", "text", "Something", "the card of the bank"),
            goal("ana", "beginning", "Cardigan"),
            goal("ana", "inside", "Other", "cardinal points"),
            goal("ana", "title", "Bank card"),
        ]
    )
    assert found_ids(store, "card") == ["title", "beginning", "text", "inside"]
    assert found_ids(store, "card") == found_ids(store, "card")
    assert [each.id for each in store.search("card", ranked=False).hits][:2] == ["beginning", "title"]


def test_of_appointments_the_nearest_comes_first(store: Store) -> None:
    rows = [
        replace(goal("ana", each, "Court"), kind="appointment") for each in ("far", "gone", "near", "longest", "never")
    ]
    store.put_rows(rows)
    days = {"far": "2026-05-01", "gone": "2026-03-01", "near": "2026-03-13", "longest": "2026-01-01"}
    for each, day in days.items():
        store.set_agenda("ana", each, [date_row("ana", each, f"{day}T10:00:00+00:00")])
    store.set_agenda("ana", "far", [date_row("ana", "far", f"2026-0{month}-01T10:00:00+00:00") for month in (2, 5)])
    reach = Reach("ana", now=f"{DAY}T12:00:00+00:00")
    assert [each.id for each in store.search("court", reach).hits] == ["near", "far", "gone", "longest", "never"]


# ---------------------------------------------------------------- notes, answers, papers


def test_notes_answers_and_papers_are_found_while_they_are_there(store: Store) -> None:
    note = NoteRow(id="n9", person="ana", when_date=DAY, facts="Zebra at ten.", agreed="Agreed on stripes.", who="Lin")
    store.add_note(note)
    store.add_note(replace(note, id="n10", amends="n9", facts="Zebras", agreed="", who=""))
    answers = BesideRow(person="ana", kind="filling", id="f1", owner="first-steps", day=DAY, title="First steps")
    store.put_beside(replace(answers, text="Which animal? Zebra 555 0199"))
    paper = AttachmentRow(id="p1", person="ana", record="g1", title="Zebra card", size=1, added=f"{DAY}T09:00:00+00:00")
    store.add_attachment(paper, b"x")
    assert found_ids(store, "zebra") == ["f1", "p1", "n9", "n10"]
    assert found_ids(store, "0199") == ["f1"]
    hits = {each.id: each for each in store.search("zebra").hits}
    assert (hits["n10"].owner, hits["n9"].owner, hits["n9"].day) == ("n9", "n9", DAY)
    assert hits["n9"].text.split("\n") == ["Zebra at ten.", "Agreed on stripes.", "Lin"]
    assert (hits["p1"].owner, hits["p1"].title, hits["f1"].owner) == ("g1", "Zebra card", "first-steps")
    assert [each.id for each in store.search("zebra", Reach("ana", notes=False)).hits] == ["f1", "p1"]
    assert [each.id for each in store.search("zebra", Reach(notes=False), ranked=False).hits] == ["f1", "p1"]
    assert found_ids(store, "zebra", "bea") == []
    store.put_beside(answers)
    store.change_attachment("p1", title="Striped card")
    assert found_ids(store, "zebra") == ["n9", "n10"]
    assert found_ids(store, "striped") == ["p1"]
    store.change_attachment("p1", removed=True)
    assert found_ids(store, "card") == []
    store.change_attachment("p1", removed=False)
    assert found_ids(store, "card") == ["p1"]
    store.erase_attachment("p1")
    store.remove_filling("f1")
    assert found_ids(store, "card") == found_ids(store, "first") == []
    assert store.verify() == []
    store.clear_index()
    assert found_ids(store, "zebra") == []
    store.index_notes("ana")
    store.index_papers("ana")
    assert found_ids(store, "zebra") == ["n9", "n10"]
    store.remove_person("ana")
    assert found_ids(store, "zebra") == []
    assert store.verify() == []


def test_deleted_words_leave_the_index(store: Store) -> None:
    def kept() -> list[tuple[str, bytes]]:
        rows = store._ask("SELECT 'search', block FROM search_data")
        rows += store._ask("SELECT 'record', CAST(named || words AS BLOB) FROM record")
        return [
            each
            for each in rows + store._ask("SELECT 'beside', CAST(words AS BLOB) FROM beside")
            if b"zebra" in each[1]
        ]

    store.save_filling(FillingRow(id="f2", person="ana", form="first-steps"))
    store.put_beside(BesideRow(person="ana", kind="filling", id="f2", text="zebra"))
    store.put_rows([goal("ana", "g8", "zebra"), goal("ana", "g9", "Other", "a zebra")])
    assert {where for where, _words in kept()} == {"search", "record", "beside"}
    store.put_rows([goal("ana", "g8", "lion")])
    store.drop_rows("ana", ["g9"])
    store.remove_filling("f2")
    assert kept() == []


# ---------------------------------------------------------------- any text at all


def begins(query: str, text: str) -> bool:
    """What a search has to find, said as plainly as can be: each word typed begins a word."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    words = "".join(each for each in plain if not unicodedata.combining(each))
    there = re.findall(r"[a-z0-9ñłøа-я]+", words)
    asked = "".join(each for each in unicodedata.normalize("NFKD", query).casefold() if not unicodedata.combining(each))
    typed = re.findall(r"[a-z0-9а-я]+", asked)
    return bool(typed) and all(any(word.startswith(each) for word in there) for each in typed)


PLAIN = st.text(alphabet='aAáÁbBcñÑ .,"()*:^!%йЙЁя\n', max_size=24)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store.create(tmp_path_factory.mktemp("search"), KEY)
    made.save_person(ANA)
    made.save_person(BEA)
    yield made
    made.close()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(PLAIN, PLAIN), max_size=6), PLAIN)
def test_found_is_what_has_every_word_typed_at_the_beginning_of_a_word(
    filled: Store, texts: list[tuple[str, str]], query: str
) -> None:
    filled.clear_index()
    filled.put_rows(goal("ana", str(number), title, text) for number, (title, text) in enumerate(texts))
    expected = {str(number) for number, (title, text) in enumerate(texts) if begins(query, f"{title} {text}")}
    assert set(found_ids(filled, query)) == expected
    assert {each.id for each in filled.search(query, ranked=False).hits} == expected


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=30))
def test_no_text_is_too_odd_to_be_kept_or_looked_for(filled: Store, text: str, query: str) -> None:
    kept = text.encode("utf-8", "replace").decode()
    filled.clear_index()
    filled.put_rows([goal("ana", "it", kept, kept)])
    for asked in (query, kept):
        found = found_ids(filled, asked)
        assert found in ([], ["it"])
    words = [each for each in kept_words(kept) if each]
    if words:
        assert found_ids(filled, words[0]) == ["it"]
    assert filled.verify() == []


def test_an_old_index_is_not_trusted(tmp_path: Path) -> None:
    made = Store.create(tmp_path, KEY)
    made.save_person(ANA)
    made.put_rows([goal("ana", "g1", "A quiet room")])
    made.set("index version", 1)
    made.close()
    again = Store.open(tmp_path, KEY)
    assert not again.index_is_current()
    assert found_ids(again, "room") == []
    again.close()
