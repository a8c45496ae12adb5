"""What a pack would add or change: every number, every link and every form, beside what was there."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from planner.packs.check import check_files
from planner.packs.compare import PART, Change, News, compare
from planner.packs.guarded import Item, built_in, item_of, raw_items, takes_a_name
from planner.packs.manifest import order_of
from planner.packs.pack import FOLDERS
from planner.packs.said import LINK, NUMBER, number_value, said_in
from planner.resources import resource
from tests.unit.packs.made_packs import FORM, GOAL, GUIDE, TODAY, made, without_form


def news(new: dict[str, bytes], old: dict[str, bytes] | None = None, language: str = "en") -> list[News]:
    before = check_files(old, TODAY).items if old is not None else ()
    return compare(check_files(new, TODAY).items, before, built_in(), language)


def told(found: list[News], kind: str, change: Change) -> set[tuple[str, str, str]]:
    return {(each.what, each.item.id, each.before) for each in found if (each.kind, each.change) == (kind, change)}


def test_a_new_pack_tells_every_number_link_and_form() -> None:
    found = news(made())
    assert told(found, NUMBER, Change.NEW) == {
        ("555-0142", "heron-bus", ""),
        ("555-0142", "heron-first-week", ""),
        ("555-0143", "heron-first-week", ""),
        ("1-800-555-0142", "heron-desk", ""),
        ("555-0142", "arriving", ""),
    }
    assert {what for what, _id, _before in told(found, LINK, Change.NEW)} == {
        "heron.example",
        "https://heron.example/rules",
        "https://town.example/help",
    }
    assert found[0].kind == PART
    assert found[0].what == "Arriving"
    sentence = next(each.sentence for each in found if each.what == "555-0143")
    assert sentence == "At night, call 555-0143."


def test_the_sentence_is_in_the_language_of_the_reader() -> None:
    sentence = next(each.sentence for each in news(without_form(), language="es") if each.what == "555-0143")
    assert sentence == "De noche, llama al 555-0143."


def test_a_number_that_is_said_in_one_language_alone_is_told_too() -> None:
    other = GOAL.replace("teléfono es 555-0142", "teléfono es 555-0199")
    found = news(without_form({"goals/bus.toml": other}))
    assert {("555-0142", "heron-bus", ""), ("555-0199", "heron-bus", "")} <= told(found, NUMBER, Change.NEW)


def test_the_same_pack_changes_nothing() -> None:
    found = news(made(), made())
    assert {each.change for each in found} == {Change.SAME}
    assert {each.what for each in found if each.kind == NUMBER} == {"555-0142", "555-0143", "1-800-555-0142"}


def test_another_number_is_told_beside_the_one_that_was_there() -> None:
    found = news(without_form({"goals/bus.toml": GOAL.replace("555-0142", "555-0199")}), without_form())
    assert told(found, NUMBER, Change.CHANGED) == {("555-0199", "heron-bus", "555-0142")}
    assert told(found, NUMBER, Change.NEW) == told(found, NUMBER, Change.GONE) == set()


def test_two_numbers_that_change_places_are_told() -> None:
    swapped = GUIDE.partition("[[door]]")[0].replace("0143", "X").replace("0142", "0143").replace("X", "0142")
    found = news(without_form({"guides/heron-first-week.toml": swapped}), without_form())
    assert told(found, NUMBER, Change.CHANGED) == {
        ("555-0142", "heron-first-week", "555-0143"),
        ("555-0143", "heron-first-week", "555-0142"),
    }


def test_what_goes_is_told() -> None:
    found = news(without_form({"directory/heron.toml": None}), without_form())
    assert told(found, NUMBER, Change.GONE) == {("1-800-555-0142", "heron-desk", "")}
    assert ("Heron House desk", "heron-desk", "") in told(found, PART, Change.GONE)


def test_a_form_that_changed_is_told_with_its_numbers() -> None:
    found = news(made({"forms/arriving.md": FORM.replace("555-0142", "555-0177")}), made())
    assert told(found, PART, Change.CHANGED) == {("Arriving", "arriving", "")}
    assert told(found, NUMBER, Change.CHANGED) == {("555-0177", "arriving", "555-0142")}


def test_what_is_built_in_and_says_the_same_stands_beside_it() -> None:
    same = GOAL.replace("555-0142", "(800) 222-1222").replace("I can ride the bus in town", "Emergency room")
    found = news(without_form({"goals/bus.toml": same}))
    (line,) = [each for each in found if number_value(each.what) == "8002221222"]
    assert "poison" in {each.id for each in line.beside}


def values(text: str) -> set[tuple[str, str]]:
    return {(each.kind, each.value) for each in said_in(text)}


def test_numbers_and_links_are_found_however_they_are_written() -> None:
    for text in (
        "1-800-555-0142",
        "(800) 555 0142",
        "800.555.0142",
        "+1 800 555 0142",
        "８００-555-0142",
        "٨٠٠ 555 0142",
    ):
        assert (NUMBER, "8005550142") in values(f"Call {text} at once."), text
    assert (NUMBER, "988") in values("Llama al 9\u200d88.")
    assert (NUMBER, "18339994HELP") in values("Dial 1-833-9994-HELP")
    for text in ("https://www.Heron.example/", "heron.example", "www.heron.example.", "(heron.example)"):
        assert (LINK, "heron.example") in values(f"See {text} now"), text
    for text in ("5,5,5,0,1,4,2", "5 ... 5 ... 5 ... 0 ... 1 ... 4 ... 2", "5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣2️⃣", "⑤⑤⑤⓪①④②", "5*5*5*0*1*4*2"):
        assert (NUMBER, "5550142") in values(f"Call {text} now"), text
    for text in ("пример.рф", "héron.example", "heron。example"):
        assert any(kind == LINK for kind, _value in values(f"See {text} now")), text
    assert (LINK, "desk@heron.example") in values("Write to desk@heron.example.")
    assert values("Ask at 5 p.m., e.g. on day 12 of 31.") == set()


@given(st.lists(st.integers(100, 10**12).map(str), max_size=6), st.text("abc .!?\n", max_size=20))
def test_no_number_of_a_text_is_left_out(numbers: list[str], between: str) -> None:
    text = f" x{between}x ".join(numbers)
    found = {value for kind, value in values(text) if kind == NUMBER}
    assert {number_value(each) for each in numbers} <= found


ITEMS = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.sampled_from(["Call 111", "Call 222", "Ask 111", "x.example"]))
)


def items(made_up: dict[str, list[str]]) -> list[Item]:
    return [
        Item("goals", name, {"en": name}, tuple(one for each in said for one in said_in(each, "en")), repr(said))
        for name, said in made_up.items()
    ]


@given(ITEMS, ITEMS)
def test_every_number_and_link_of_both_sides_is_in_the_comparison(new: dict, old: dict) -> None:
    found = compare(items(new), items(old), built_in(), "en")
    for change, side, other in ((Change.GONE, items(old), items(new)), (None, items(new), [])):
        there = {(item.id, one.kind, one.value) for item in other for one in item.said}
        for item in side:
            for one in item.said:
                if change is Change.GONE and (item.id, one.kind, one.value) in there:
                    continue
                lines = [each for each in found if each.item.id == item.id and each.kind == one.kind]
                shown = [each for each in lines if (each.change is Change.GONE) is (change is Change.GONE)]
                told_of = {each.what for each in shown} | {each.before for each in lines}
                assert one.shown in told_of, (item.id, one)
    if new == old:
        assert {each.change for each in found} <= {Change.SAME}
    else:
        assert {each.change for each in found} - {Change.SAME}


def test_versions_are_compared_as_numbers() -> None:
    order = ["0.9", "1", "1.0.1", "1.2", "1.10", "2", "10"]
    assert sorted(order, key=order_of) == order
    assert order_of("1") == order_of("1.0.0")


def test_what_is_built_in_keeps_the_rule_about_names_of_help_lines() -> None:
    for folder in FOLDERS:
        for path in resource(folder).glob("*.toml") if folder != "forms" else ():
            raw = tomllib.loads(path.read_text("utf-8"))
            for name, each in raw_items(folder, path.stem, raw):
                assert takes_a_name(item_of(folder, name, each, ours=True), built_in()) is None, name
