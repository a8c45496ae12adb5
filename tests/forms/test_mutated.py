"""A form damaged anywhere is refused or works; nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forms import Form, FormUnreadable, compile_form

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
