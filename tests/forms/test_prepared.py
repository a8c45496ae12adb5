"""A form that was prepared behaves as the same form read from its XForm; what does not fit is left aside."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import planner
from planner.forms import Form, FormUnreadable, Way, compile_form
from planner.forms.definition import Definition
from planner.forms.graph import Vertex
from planner.forms.prepared import prepare, take_up
from planner.forms.reading import xform_from_table
from planner.forms.schema import Control, Node
from planner.resources import resource
from tests.forms.tables import table
from tests.forms.test_graph import CHOICES, SURVEY
from tests.forms.test_mutated import PIECES, XFORM

NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)
EXAMPLE = Path(__file__).parent / "example.md"
SHIPPED = sorted(resource("forms").glob("*.md"))


@cache
def both(source: Path | None = None) -> tuple[Form, Form]:
    """The same form read from its XForm, and prepared."""
    xform = xform_from_table(table(SURVEY, CHOICES).encode(), ".md").xform if source is None else compile_form(source)
    kept = prepare(xform)
    assert kept is not None
    assert take_up(xform, kept) is not None
    return Form.from_xml(xform), Form.from_xml(xform, kept)


# ------------------------------------------------------------ the same parts


def told(value: Any, seen: set[int]) -> Any:
    """Anything a definition is made of, as plain values that can be compared; nodes by their path."""
    if isinstance(value, etree._Element):
        return etree.tostring(value)
    if isinstance(value, Node) and id(value) in seen:
        return value.path
    if isinstance(value, (list, tuple)):
        return [told(each, seen) for each in value]
    if isinstance(value, Mapping):
        return [(key, told(each, seen)) for key, each in value.items()]
    names = getattr(type(value), "__dataclass_fields__", {})
    if names:
        if isinstance(value, (Node, Control)):
            if id(value) in seen:
                return "seen"
            seen.add(id(value))
        return [
            (name, told(getattr(value, name), seen))
            for name in names
            if not (isinstance(value, Definition) and name in {"kept", "compiled", "problems"})
        ]
    return value


def vertex(at: Vertex) -> tuple[str, bool]:
    return at[0].path, at[1]


@pytest.mark.parametrize("source", [None, EXAMPLE, *SHIPPED], ids=lambda path: path.stem if path else "survey")
def test_what_is_kept_is_all_there_is(source: Path | None) -> None:
    read, kept = both(source)
    assert told(kept.definition, set()) == told(read.definition, set())
    assert [{vertex(each): place for each, place in form.graph.rank.items()} for form in (kept,)] == [
        {vertex(each): place for each, place in read.graph.rank.items()}
    ]

    def edges(form: Form) -> dict[Any, Any]:
        return {
            vertex(at): sorted((vertex(target), pivot) for target, pivot in targets)
            for at, targets in form.graph.edges.items()
        }

    assert edges(kept) == edges(read)
    assert kept.graph.rings == read.graph.rings
    assert [vertex(each) for each in kept.graph.speaking] == [vertex(each) for each in read.graph.speaking]
    assert kept.problems == read.problems


def test_what_will_not_work_is_told_all_the_same() -> None:
    rows = """type | name | label | relevant | calculation | constraint
        text | a | A ${b} | | |
        text | b | B | humidity(.) | | nothing(1)
        calculate | c | | | ${d} + 1 |
        calculate | d | | | ${c} + 1 |
        calculate | e | | | ${e} + 1 |"""
    xform = xform_from_table(table(rows).encode(), ".md").xform
    kept = prepare(xform)
    assert kept
    there = Form.from_xml(xform).problems
    assert len(there) == 4, there
    assert Form.from_xml(xform, kept).problems == there


# ------------------------------------------------------------ the same on the same answers


WORDS = st.sampled_from(["", "a", "b", "a b", "no", "hide", "q", "1", "2", "3"])
NAMES = [
    "k",
    "t",
    "s",
    "m",
    "o",
    "/data/a[1]/x",
    "/data/a[2]/x",
    "/data/a[1]/b[1]/n",
    "/data/a[2]/b[2]/n",
    "/data/c[1]/y",
]
STEP = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(NAMES), WORDS),
    st.tuples(st.just("add"), st.sampled_from(["/data/a", "/data/a[1]/b", "/data/a[2]/b"]), st.just("")),
    st.tuples(st.just("remove"), st.sampled_from(["/data/a[1]", "/data/a[1]/b[1]"]), st.just("")),
    st.tuples(st.just("put off"), st.sampled_from(NAMES), st.just("")),
)


def walk(form: Form, steps: list[tuple[str, str, str]]) -> Any:
    filling = form.start(NOW)
    out: list[Any] = []
    for what, ref, word in steps:
        try:
            match what:
                case "answer":
                    filling.answer(ref, word)
                case "add":
                    filling.add_repeat(ref)
                case "remove":
                    filling.remove_repeat(ref)
                case _:
                    filling.put_off(ref, Way.NOT_NOW)
        except KeyError:
            out.append("no such question")
    pages = [(page.ref, page.kind, page.section, page.title, page.index, page.count) for page in filling.pages()]
    items = [item for page in filling.pages() for item in page.items]
    valid = [filling.valid(item.ref) for item in items]
    return out, plain(filling.to_xml()), plain(filling.state()), pages, items, valid, filling.outline()


def plain(text: bytes) -> str:
    """Without the ids that are new each time."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "uuid", text.decode())


@given(st.lists(STEP, max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_same_answers_lead_to_the_same(steps: list[tuple[str, str, str]]) -> None:
    read, kept = both()
    assert walk(kept, steps) == walk(read, steps)


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_shipped_form_goes_the_same_way(data: st.DataObject) -> None:
    read, kept = both(data.draw(st.sampled_from(SHIPPED)))
    asked = {node.path: node.control for node in read.definition.nodes.values() if node.control is not None}
    values = sorted({item.text or "" for item in read.definition.document[1].iter("name")})
    word = st.one_of(st.sampled_from(["", "Ana", "3", "2026-03-12"]), st.sampled_from(values))
    refs = sorted(path for path, control in asked.items() if control.kind in {"input", "select", "select1"})
    given_ = data.draw(st.lists(st.tuples(st.sampled_from(refs), word), max_size=12))

    def fill(form: Form, code: str) -> Any:
        filling = form.start(NOW, "es")
        for ref, value in given_:
            with suppress(ValueError):
                filling.answer(ref, value)
        filling.language = code
        return plain(filling.state()), [page.items for page in filling.pages()], filling.outline()

    assert fill(kept, "en") == fill(read, "en")


# ------------------------------------------------------------ what does not fit


def test_the_same_form_gives_the_same_bytes() -> None:
    xform = compile_form(EXAMPLE)
    assert prepare(xform) == prepare(xform)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_damaged_is_left_aside(data: st.DataObject) -> None:
    xform = compile_form_once()
    kept = bytearray(prepared_once())
    at = data.draw(st.integers(0, len(kept) - 1))
    if data.draw(st.booleans()):
        del kept[at:]
    else:
        kept[at] ^= data.draw(st.integers(1, 255))
    taken = take_up(xform, bytes(kept))
    assert taken is None
    form = Form.from_xml(xform, bytes(kept))
    assert form.title == Form.from_xml(xform).title


@cache
def compile_form_once() -> bytes:
    return compile_form(EXAMPLE)


@cache
def prepared_once() -> bytes:
    return prepare(compile_form_once()) or b""


def test_what_belongs_to_another_form_or_program_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    xform, kept = compile_form_once(), prepared_once()
    assert take_up(xform, kept) is not None
    other = xform.replace(b"<h:title>", b"<h:title>Another: ")
    assert take_up(other, kept) is None
    assert Form.from_xml(other, kept).title.startswith("Another: ")
    from planner.forms import prepared

    prepared._made_by.cache_clear()
    monkeypatch.setattr(planner, "__version__", "99")
    assert take_up(xform, kept) is None
    prepared._made_by.cache_clear()


def test_two_nodes_of_one_path_are_not_kept() -> None:
    xform = (
        b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        b'<h:head><model><instance><d id="x"><a/><a xmlns="urn:other"/></d></instance></model></h:head>'
        b"<h:body/></h:html>"
    )
    assert prepare(xform) is None
    assert Form.from_xml(xform, b"").id == "x"


def test_what_a_form_leaves_aside_is_told_also_when_it_was_prepared() -> None:
    xform = (
        b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>'
        b'<instance><d id="x"><a/></d></instance><setgeopoint ref="/d/a"/></model></h:head>'
        b'<h:body><input ref="/d/a"/></h:body></h:html>'
    )
    kept = prepare(xform)
    assert kept
    told = [each.what for each in Form.from_xml(xform, kept).problems]
    assert (
        told == [each.what for each in Form.from_xml(xform).problems] == ["a: the device is never asked where it is."]
    )


@pytest.mark.parametrize("source", SHIPPED, ids=lambda path: path.stem)
def test_a_prepared_form_opens_without_parsing(source: Path, tmp_path: Path) -> None:
    """Neither the expressions are parsed, nor is the XForm read."""
    xform = compile_form(source)
    (tmp_path / "form.xml").write_bytes(xform)
    (tmp_path / "form.prepared").write_bytes(prepare(xform) or b"")
    code = (
        "import sys, pathlib; from planner.forms import Form, form, definition; from planner.forms.xpath import tree; "
        "folder = pathlib.Path(sys.argv[1]); tree._parser = None; definition.parse_xml = None; "
        "form.resource = lambda *parts: folder; made = Form.load(folder / 'form.xml'); filling = made.start(); "
        "[page.items for page in filling.pages()]; filling.outline(); made.problems; "
        "assert not made.problems"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)


def test_only_beside_shipped_forms_something_prepared_is_looked_for(tmp_path: Path) -> None:
    """A stranger could put anything there."""
    (tmp_path / "form.xml").write_bytes(compile_form_once())
    (tmp_path / "form.prepared").write_bytes(prepared_once())
    assert Form.load(tmp_path / "form.xml").definition.kept is None


def yes_to_all(form: Form) -> Any:
    filling = form.start(NOW)
    for page in filling.pages():
        for asked in page.items:
            with suppress(ValueError):
                filling.answer(asked.ref, "yes")
        if page.kind == "repeat":
            filling.add_repeat(page.ref)
    filling.language = "es"
    items = [(page.title, page.items) for page in filling.pages()]
    return plain(repr(items).encode()), plain(filling.state()), filling.outline(), form.problems


@given(st.lists(st.tuples(st.integers(0, len(XFORM)), st.integers(0, 12), PIECES), min_size=1, max_size=4))
@settings(deadline=None)
def test_whatever_can_be_opened_can_be_prepared(cuts: list[tuple[int, int, bytes]]) -> None:
    xform = XFORM
    for at, length, piece in cuts:
        xform = xform[:at] + piece + xform[at + length :]
    try:
        form = Form.from_xml(xform)
    except FormUnreadable:
        with pytest.raises(FormUnreadable):
            prepare(xform)
        return
    kept = prepare(xform)
    if kept is not None:
        taken = take_up(xform, kept)
        assert taken is not None
        assert yes_to_all(Form.from_xml(xform, kept)) == yes_to_all(form)


def test_filling_in_a_prepared_form_needs_no_grammar() -> None:
    """Whoever only fills in does not wait for lark; parsing an expression does load it."""
    code = (
        "import sys; from planner.forms import Form; from planner.forms.xpath.tree import parse; "
        "xform, kept = (bytes.fromhex(each) for each in sys.stdin.read().split()); "
        "filling = Form.from_xml(xform, kept).start(); filling.answer('k', '1'); "
        "assert filling.pages()[0].items and filling.outline() and filling.to_xml(); "
        "filling.form.resume_state(filling.state()); "
        "assert 'lark' not in sys.modules; parse('1'); assert 'lark' in sys.modules"
    )
    xform = xform_from_table(table(SURVEY, CHOICES).encode(), ".md").xform
    kept = prepare(xform)
    assert kept
    subprocess.run([sys.executable, "-c", code], check=True, input=f"{xform.hex()} {kept.hex()}".encode())
