"""A submission validates against the form's own instance, whatever was answered.

The schema is made here from the XForm itself, not from what the program has made of it: the elements of the primary
instance in their order, each left out only where it or what it is in may not apply or repeats, each with the data type
of its bind (specification, "Instance", "Data Types", "Bind Attributes").
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from planner.forms import Form, Way
from planner.forms.filling import Filling
from planner.resources import resource
from tests.forms.tables import NOW, form

RNG = "http://relaxng.org/ns/structure/1.0"
XFORMS = "{http://www.w3.org/2002/xforms}"
TYPES = {"int": "int", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "dateTime"}
TEMPLATE = "{http://openrosa.org/javarosa}template"


def schema(xform: bytes) -> Any:
    """A RELAX NG schema of the submissions of an XForm."""
    root = etree.fromstring(xform)
    model = next(root.iter(f"{XFORMS}model"))
    primary = next(model.iter(f"{XFORMS}instance"))[0]
    binds = {str(each.get("nodeset")): each for each in model.iter(f"{XFORMS}bind")}
    repeats = {str(each.get("nodeset")) for each in root.iter(f"{XFORMS}repeat")}
    grammar = etree.Element(f"{{{RNG}}}grammar", nsmap={None: RNG})  # type: ignore[dict-item]
    grammar.set("datatypeLibrary", "http://www.w3.org/2001/XMLSchema-datatypes")
    start = etree.SubElement(grammar, f"{{{RNG}}}start")
    _element(start, primary, "", binds, repeats, root.nsmap)
    return etree.RelaxNG(etree.fromstring(etree.tostring(grammar)))


def _element(into: Any, element: Any, above: str, binds: dict[str, Any], repeats: set[str], prefixes: Any) -> None:
    name = etree.QName(element)
    prefix = next((key for key, uri in prefixes.items() if key and uri == name.namespace), "")
    step = f"{prefix}:{name.localname}" if prefix else name.localname
    path = f"{above}/{step}"
    bind = binds.get(path)
    if path in repeats:
        into = etree.SubElement(into, f"{{{RNG}}}zeroOrMore")
    elif bind is not None and bind.get("relevant"):
        into = etree.SubElement(into, f"{{{RNG}}}optional")
    made = etree.SubElement(
        into,
        f"{{{RNG}}}element",
        name=name.localname,
        ns="" if name.namespace in {XFORMS[1:-1], None} else name.namespace,
    )
    for key in element.attrib:
        if key != TEMPLATE:
            etree.SubElement(
                made, f"{{{RNG}}}attribute", name=etree.QName(key).localname, ns=etree.QName(key).namespace or ""
            )
    children: dict[str, Any] = {}
    for child in element:
        children.setdefault(child.tag, child)
    for child in children.values():
        _element(made, child, path, binds, repeats, prefixes)
    if not children:
        kind = TYPES.get((bind.get("type") or "string") if bind is not None else "string")
        if kind is None:
            etree.SubElement(made, f"{{{RNG}}}text")
        else:
            choice = etree.SubElement(made, f"{{{RNG}}}choice")
            etree.SubElement(choice, f"{{{RNG}}}data", type=kind)
            etree.SubElement(choice, f"{{{RNG}}}empty")


SURVEY = """type | name | label | relevant | calculation | default | repeat_count | save_to
    start | began | | | | | |
    end | ended | | | | | |
    today | day | | | | | |
    deviceid | device | | | | | |
    text | t | T | | | | |
    integer | i | I | ${t} != 'no' | | 3 | |
    decimal | d | D | | | | |
    date | when | When | | | today() | |
    time | hour | Hour | | | | |
    dateTime | moment | Moment | | | now() | |
    select_one yn | one | One | | | | |
    select_multiple yn | many | Many | ${i} > 1 | | | |
    rank yn | ranked | Ranked | | | | |
    acknowledge | ok | Ok | | | | |
    geopoint | place | Place | | | | |
    barcode | code | Code | | | | |
    begin group | g | G | ${one} = 'y' | | | |
    text | in | In | | | | |
    calculate | both | | | concat(${t}, ${in}) | | |
    end group | | | | | | |
    begin repeat | r | R | | | | |
    text | name | Name | | | | |
    integer | age | Age | ${name} != '' | | | | contact#note
    begin repeat | s | S | | | | ${age} |
    date | born | Born | | | | |
    end repeat | | | | | | |
    end repeat | | | | | | |"""
CHOICES = "list_name | name | label\nyn | y | Yes\nyn | n | No"
ENTITIES = "list_name | label | create_if\ncontact | ${name} | ${age} > 2"
NAMED = "form_title | form_id | version | instance_name\nT | t | 7 | concat(${t}, '!')"

MADE = form(SURVEY, CHOICES, NAMED, ENTITIES)
SCHEMA = schema(MADE.xform)
WORDS = st.sampled_from(
    ["", "no", "y", "n", "y n", "0", "2", "3", "-4", "2.5", "1e3", "2024-02-29", "2023-02-29", "10:30", "25:00", "OK",
     "2026-03-12T10:30:00.000Z", "52.4 5.7 0 0", "a<b&\"'", "\u00e9\u4e2d", " spaces "]
)  # fmt: skip


def answerable(filling: Filling) -> list[str]:
    return [live.ref() for live in filling.leaves() if not live.node.bind.calculate and filling.kind(live).answerable]


@given(
    st.lists(st.tuples(st.integers(0, 10**6), WORDS, st.sampled_from(["answer", "add", "remove", *Way])), max_size=25)
)
def test_any_submission_validates(steps: list[tuple[int, str, str]]) -> None:
    filling = MADE.start(NOW)
    for number, words, what in steps:
        there = filling.repeats("/data/r")
        if what == "add" and len(there) < 4:
            filling.add_repeat("/data/r")
        elif what == "remove" and there:
            filling.remove_repeat(there[number % len(there)])
        else:
            refs = answerable(filling)
            ref = refs[number % len(refs)]
            if what in set(Way):
                filling.put_off(ref, Way(what))
            else:
                filling.answer(ref, words)
    for xml in (filling.to_xml(), filling.form.resume_state(filling.state(), NOW).finish()):
        document = etree.fromstring(xml)
        SCHEMA.assertValid(document)
        assert (document.tag, document.get("id"), document.get("version")) == ("data", "t", "7")


def test_the_schema_would_see_what_does_not_belong() -> None:
    xml = MADE.start(NOW).to_xml()
    SCHEMA.assertValid(etree.fromstring(xml))
    for wrong in (
        xml.replace(b"<t/>", b"<t/><t/>"),
        xml.replace(b"<t/>", b""),
        xml.replace(b"<t/>", b"<other/>"),
        xml.replace(b"<when>2026-03-12</when>", b"<when>soon</when>"),
        xml.replace(b"<i>3</i>", b"<i>3.5</i>"),
    ):
        assert wrong != xml
        assert not SCHEMA.validate(etree.fromstring(wrong))


@pytest.mark.parametrize("path", sorted(resource("forms").glob("*.md")), ids=lambda path: path.stem)
def test_shipped_forms_submit_what_they_say(path: Any) -> None:
    made = Form.load(path)
    assert not schema(made.xform).validate(etree.fromstring(b"<data/>"))
    filling = made.start(NOW)
    schema(made.xform).assertValid(etree.fromstring(filling.to_xml()))
    for page in filling.pages():
        for item in page.items:
            if item.choices and not item.readonly:
                filling.answer(item.ref, item.choices[0].value)
    schema(made.xform).assertValid(etree.fromstring(filling.to_xml()))


def test_what_the_form_says_of_the_instance_comes_along() -> None:
    """Specification, "Metadata": instanceID and instanceName; "Preload Attributes": start, end, today."""
    filling = MADE.start(NOW)
    filling.answer("t", "Ana")
    root = etree.fromstring(filling.to_xml())
    texts = {etree.QName(each).localname: each.text for each in root.iter()}
    assert (texts["instanceID"] or "").startswith("uuid:")
    assert texts["instanceName"] == "Ana!"
    assert (texts["day"], texts["began"]) == ("2026-03-12", "2026-03-12T10:30:00.000+00:00")
    assert texts["ended"] == "2026-03-12T10:30:00.000+00:00"
    assert texts["device"] is None


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("hour", "10:30", "10:30:00.000"),
        ("hour", "09:05+01:00", "09:05:00.000+01:00"),
        ("hour", "09:05:01.5Z", "09:05:01.5Z"),
        ("moment", "2026-03-12T10:30Z", "2026-03-12T10:30:00.000+00:00"),
        ("when", "2026-03-12T10:30:00Z", "2026-03-12"),
        ("d", "1e3", None),
        ("d", ".5", ".5"),
    ],
)
def test_what_is_typed_is_submitted_as_its_type_has_it(name: str, typed: str, kept: str | None) -> None:
    """Specification, "Data Types": as in XML Schema, a dateTime with its offset."""
    filling = MADE.start(NOW)
    filling.answer(name, typed)
    document = etree.fromstring(filling.to_xml())
    SCHEMA.assertValid(document)
    assert document.findtext(name) == (kept or "")
    assert filling.valid(name).ok == (kept is not None)
