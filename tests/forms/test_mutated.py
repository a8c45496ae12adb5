"""A form damaged anywhere is refused or works; nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forms import Form, FormUnreadable, compile_form
from planner.forms.reading import xform_from_table

XFORM = compile_form(Path(__file__).parent / "example.md")
PIECES = st.sampled_from(
    [
        b"/data",
        b"..",
        b"'",
        b'"',
        b"<",
        b"/>",
        b"[",
        b")",
        b"@id",
        b"|",
        b"position(..)",
        b"instance('yes_no')",
        b"jr:",
        b"\xff",
    ]
)


def use(form: Form) -> None:
    filling = form.start()
    filling.language = "es"
    for page in filling.pages():
        for asked in page.items:
            try:
                filling.answer(asked.ref, "yes")
            except ValueError:
                assert asked.readonly or asked.kind == "note"
        if page.kind == "repeat":
            filling.add_repeat(page.ref)
    assert len(form.resume_state(filling.state()).pages()) == len(filling.pages())
    filling.outline()
    filling.entities()
    filling.to_xml()
    assert isinstance(form.problems, tuple)


@given(st.lists(st.tuples(st.integers(0, len(XFORM)), st.integers(0, 12), PIECES), min_size=1, max_size=4))
def test_a_damaged_form_is_refused_or_works(cuts: list[tuple[int, int, bytes]]) -> None:
    data = XFORM
    for at, length, piece in cuts:
        data = data[:at] + piece + data[at + length :]
    try:
        use(Form.from_xml(data))
    except FormUnreadable:
        pass


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        # Labels of choices that are no plain names were handed to a path parser of another kind.
        (b'label ref="jr:itext(itextId)"', b'label ref="jr:name"'),
        (b'label ref="jr:itext(itextId)"', b'label ref="name("'),
        (b'value ref="name"', b'value ref="jr:itext(name)"'),
        (b'nodeset="instance(', b'nodeset="1 + ('),
    ],
)
def test_what_damage_has_found(found: bytes, instead: bytes) -> None:
    assert found in XFORM
    use(Form.from_xml(XFORM.replace(found, instead)))


def test_a_repeat_without_anything_to_grow_from_is_not_asked() -> None:
    """Found by damaging forms: a repeat whose only element lies in a later instance, on an attribute, or nowhere."""
    xform = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title>'
        '<model><instance><d id="x"><p/><p><r><a/></r></p><k at=""/></d></instance></model></h:head><h:body>'
        '<group ref="/d/p"><repeat nodeset="/d/p/r"><input ref="/d/p/r/a"><label>A</label></input></repeat></group>'
        '<repeat nodeset="/d/k/@at" jr:count="2"><input ref="/d/k"><label>K</label></input></repeat>'
        "</h:body></h:html>"
    )
    form = Form.from_xml(xform.encode())
    use(form)
    assert form.definition.nodes["/d/p/r"].repeat
    assert not form.definition.nodes["/d/k/@at"].repeat


def test_a_form_that_calls_itself_a_template_is_a_form() -> None:
    xform = XFORM.replace(b"<data ", b'<data jr:template="" ', 1)
    assert xform != XFORM
    use(Form.from_xml(xform))


def test_a_page_of_what_is_gone_asks_nothing() -> None:
    rows = "| survey |\n| | type | name | label | repeat_count |\n| | integer | k | K | |\n"
    rows += "| | begin repeat | r | R | ${k} |\n| | text | x | X | |\n| | end repeat | | | |\n"
    filling = Form.from_xml(xform_from_table(rows.encode(), ".md").xform).start()
    filling.answer("k", 2)
    page = next(page for page in filling.pages() if page.ref == "/data/r[2]/x")
    filling.answer("k", 1)
    assert page.items == []
