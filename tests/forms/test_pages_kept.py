"""Pages that are kept between two looks are those that would be laid out from the start."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.forms.filling import Filling
from planner.forms.pages import FormPage
from planner.forms.ways import Way
from tests.forms.tables import NOW, form

FORM = form(
    """type | name | label::English (en) | label::Español (es) | relevant | appearance | repeat_count
    integer | k | K | Ka | | |
    begin repeat | a | A | Una | ${k} != 9 | |
    text | x | X | Equis | | |
    begin group | g | G | Ge | ${x} != 'q' | field-list |
    integer | m | M ${x} | Eme ${x} | | |
    note | w | W | Uve | ${m} > 1 | |
    end group | | | | | |
    begin repeat | b | B | Be | | |
    integer | n | N | Ene | | |
    text | t | T | Te | ${n} != 2 | |
    end repeat | | | | | |
    end repeat | | | | | |
    begin repeat | c | C | Ce | | | ${k}
    begin group | h | H ${y} | Hache ${y} | | field-list |
    text | y | Y | Ye | | |
    end group | | | | | |
    end repeat | | | | | |
    text | z | Z | Zeta | ${k} != 1 | |"""
)

REFS = ["k", "z", "/data/a[1]/x", "/data/a[2]/x", "/data/a[1]/g/m", "/data/a[1]/b[1]/n", "/data/a[2]/b[2]/n",
        "/data/a[2]/b[1]/t", "/data/c[1]/h/y", "/data/c[2]/h/y"]  # fmt: skip
STEP = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(REFS), st.sampled_from(["", "1", "2", "3", "9", "q", "word"])),
    st.tuples(st.just("add"), st.sampled_from(["/data/a", "/data/a[1]/b", "/data/a[2]/b"]), st.just("")),
    st.tuples(st.just("remove"), st.sampled_from(["/data/a[1]", "/data/a[1]/b[1]", "/data/a[2]/b[1]"]), st.just("")),
    st.tuples(st.just("put off"), st.sampled_from(REFS), st.just("")),
    st.tuples(st.just("look"), st.sampled_from(REFS), st.just("")),
    st.tuples(st.just("speak"), st.sampled_from(["en", "es"]), st.just("")),
)


def step(filling: Filling, what: str, ref: str, word: str) -> None:
    match what:
        case "answer":
            filling.answer(ref, word)
        case "add":
            filling.add_repeat(ref)
        case "remove":
            filling.remove_repeat(ref)
        case "put off":
            filling.put_off(ref, Way.NOT_NOW)
        case "look":
            for page in filling.pages():
                assert page.ref != ref or page.items
        case _:
            filling.language = ref


def seen(pages: list[FormPage]) -> list[Any]:
    return [(replace(page, make=list), page.items) for page in pages]


def counted(filling: Filling) -> list[Any]:
    """The outline of the parts that have a name, counted one by one."""
    out: list[Any] = []
    for ref in dict.fromkeys(page.section for page in filling.pages() if page.section):
        asked = [live for live in filling.leaves() if live.on and live.ref().startswith(f"{ref}[")]
        asked = [live for live in asked if filling.kind(live).answerable]
        said = [live for live in asked if live.value or filling.way_of(live)]
        later = [live for live in asked if filling.way_of(live) is Way.NOT_NOW]
        out.append((ref, "answered" if asked and said == asked else "begun" if said else "open", len(later)))
    return out


@given(st.lists(STEP, max_size=15))
@settings(max_examples=120, deadline=None)
def test_what_is_kept_is_what_would_be_laid_out(steps: list[tuple[str, str, str]]) -> None:
    filling = FORM.start(NOW, "en")
    for what, ref, word in steps:
        filling.pages()
        try:
            step(filling, what, ref, word)
        except KeyError:
            continue
        outline = [(each.ref, each.state, each.kept_for_later) for each in filling.outline() if each.ref]
        assert outline == counted(filling)
        kept = seen(filling.pages())
        for live in filling.root.walk():
            live.laid = None
        assert kept == seen(filling.pages())


def test_a_page_that_was_looked_at_stays_as_it_was_seen() -> None:
    filling = FORM.start(NOW, "en")
    before = {page.ref: page for page in filling.pages()}["/data/a[1]/x"]
    assert before.items[0].value == ""
    filling.answer(before.ref, "said")
    after = {page.ref: page for page in filling.pages()}["/data/a[1]/x"]
    assert before.items[0].value == ""
    assert after.items[0].value == "said"


def test_only_what_changed_is_laid_out_anew() -> None:
    filling = FORM.start(NOW, "en")
    for _ in range(3):
        filling.add_repeat("/data/a")
    before = {page.ref: page for page in filling.pages()}
    filling.answer("/data/a[2]/b[1]/n", 2)
    after = {page.ref: page for page in filling.pages()}
    assert "/data/a[2]/b[1]/t" not in after
    assert before["/data/a[3]/b[1]/t"] is after["/data/a[3]/b[1]/t"]
    assert before["/data/a[2]/x"] is not after["/data/a[2]/x"]
