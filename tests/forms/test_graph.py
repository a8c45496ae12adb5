"""Whatever is answered in whatever order, what is worked out step by step equals what is worked out from the start."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.forms.filling import Filling
from planner.forms.ways import Way
from tests.forms.tables import form

NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)

SURVEY = """type | name | label | relevant | calculation | default | choice_filter | repeat_count
    integer | k | K | | | | |
    text | t | T | ${k} != 2 | | | |
    select_multiple l | s | S | | | | |
    begin group | g | G | selected(${s}, 'a') | | | |
    integer | m | M | ${t} != 'no' | | 4 | |
    calculate | m2 | | | ${m} * 2 + ${k} | | |
    select_one l | o | O | | | | code = ${k} |
    end group | | | | | | |
    begin repeat | a | A | ${t} != 'hide' | | | |
    text | x | X | | | | |
    calculate | at | | | position(..) | | |
    begin repeat | b | B | ${x} != 'q' | | | |
    integer | n | N | | | | |
    calculate | twice | | ${n} > 1 | ${n} * 2 | | |
    calculate | run | | | ${n} + indexed-repeat(${run}, ${a}, position(../..), ${b}, position(..) - 1) | | |
    end repeat | | | | | | |
    calculate | sub | | | sum(${twice}) + count(${b}) | | |
    calculate | below | | | count(/data/a[position() > current()/../at]/b) | | |
    end repeat | | | | | | |
    begin repeat | c | C | | | | | ${k}
    text | y | Y | | | | |
    end repeat | | | | | | |
    calculate | all | | | sum(${n}) + sum(${sub}) | | |
    calculate | ys | | | join('/', ${y}) | | |
    calculate | names | | | jr:choice-name(${s}, '${s}') | | |
    calculate | found | | | instance('l')/root/item[name = ${o}]/code | | |
    calculate | last | | ${all} > 3 | concat(${m2}, ${ys}, ${names}, ${found}) | | |
    text | tail | Tail | ${last} != '' and ${k} > 0 | | | |"""
CHOICES = "list_name | name | label | code\nl | a | A ${t} | 1\nl | b | B | 2"

FORM = form(SURVEY, CHOICES)


def everything(filling: Filling) -> list[tuple[str, str, bool]]:
    """All values and what applies; values kept while hidden count too, except results of calculations."""
    return [
        (live.ref(), live.value if live.on or not live.node.bind.calculate else "", live.on)
        for live in filling.engine.root.walk()
    ]


def act(filling: Filling, action: tuple[Any, ...]) -> None:
    name, place, inner, value = action
    instances = filling.repeats("/data/a")
    if name in {"remove", "x", "add-b", "n", "remove-b", "off"}:
        if instances:
            act_inside(filling, instances[place % len(instances)], name, inner, value)
        return
    match name:
        case "k":
            filling.answer("k", value)
        case "t" | "tail" | "m" | "o":
            filling.answer(name, {0: "no", 1: "hide", 2: "a", 3: None}.get(value, str(value)))
        case "s":
            filling.answer("s", [each for i, each in enumerate("ab") if value & (1 << i)])
        case "add":
            filling.add_repeat("/data/a")
        case _:
            for row in filling.repeats("/data/c")[inner : inner + 1]:
                filling.answer(f"{row}/y", str(value))


def act_inside(filling: Filling, here: str, name: str, inner: int, value: int) -> None:
    rows = filling.repeats(f"{here}/b")[inner : inner + 1]
    match name:
        case "remove":
            filling.remove_repeat(here)
        case "x":
            filling.answer(f"{here}/x", "q" if value % 2 else "w")
        case "add-b":
            filling.add_repeat(f"{here}/b")
        case "n":
            for row in rows:
                filling.answer(f"{row}/n", value)
        case "off":
            for row in rows:
                filling.put_off(f"{row}/n", Way.NOT_NOW)
        case _:
            for row in rows:
                filling.remove_repeat(row)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["k", "t", "tail", "m", "o", "s", "add", "remove", "x", "add-b", "n", "n", "n", "remove-b", "off", "y"]
        ),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 4),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(ACTIONS)
def test_step_by_step_equals_all_at_once(actions: list[tuple[Any, ...]]) -> None:
    filling = FORM.start(NOW)
    for action in actions:
        act(filling, action)
    stepwise = everything(filling)
    assert everything(FORM.resume_state(filling.state(), NOW)) == stepwise
    filling.engine.settle()
    assert everything(filling) == stepwise


@settings(max_examples=60, deadline=None)
@given(ACTIONS, ACTIONS)
def test_going_on_anywhere_is_as_if_never_stopped(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> None:
    straight = FORM.start(NOW)
    for action in before:
        act(straight, action)
    resumed = FORM.resume_state(straight.state(), NOW)
    assert resumed.state() == straight.state()
    straight.engine.forget_counted_away()
    for action in after:
        act(straight, action)
        act(resumed, action)
    assert everything(resumed) == everything(straight)
    assert resumed.to_xml() == straight.to_xml()


def test_the_form_itself_is_sound() -> None:
    assert not FORM.problems


@given(st.text())
def test_any_text_is_kept_as_far_as_xml_can_hold_it(text: str) -> None:
    made = TEXT
    filling = made.start(NOW)
    filling.answer("a", text)
    kept = filling.value("a")
    assert set(text) - set(kept) <= {chr(code) for code in (*range(32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))}
    assert made.resume_state(filling.state(), NOW).value("a") == kept
    assert made.resume(filling.to_xml(), NOW).value("b") == f"{kept}."
    filling.put_off("a", Way.NOT_NOW)
    resumed = made.resume_state(filling.state(), NOW)
    resumed.take_back("a")
    assert resumed.value("a") == kept


TEXT = form("type | name | label | calculation\ntext | a | A |\ncalculate | b | | concat(${a}, '.')")
