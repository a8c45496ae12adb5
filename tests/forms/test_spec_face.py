"""The headless face, used as somebody would who only has its description: by the names it gives, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from planner.forms import ExpressionTrouble, Form, xpath
from planner.forms.filling import Filling
from tests.forms.tables import NOW, table

SHEETS = table(
    """type | name | label::English (en) | label::Español (es) | relevant | constraint | calculation | save_to
    text | who | Name | Nombre | | | | phone
    integer | age | Age | Edad | ${who} != '' | . >= 0 | |
    begin repeat | pet | Pet | Mascota | | | |
    text | called | Its name | Su nombre | | | |
    end repeat | | | | | | |
    calculate | said | | | | | join(', ', ${called}) |
    deviceid | device | | | | | |""",
    entities="list_name | label\ncontact_p | ${who}",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "pets.md"
    made.write_text(SHEETS, "utf-8")
    return made


@pytest.fixture
def begun(path: Path) -> Filling:
    return Form.load(path).start()


def test_a_form_tells_its_languages_and_its_problems(path: Path) -> None:
    form = Form.load(path)
    assert form.languages == ("English (en)", "Español (es)")
    (problem,) = form.problems
    assert (problem.sheet, problem.row) == ("survey", 8)
    assert "device" in problem.what
    assert problem.instead


def test_the_path_may_be_a_text(path: Path) -> None:
    assert Form.load(str(path)).languages == Form.load(path).languages


def test_each_name_of_a_filling(begun: Filling) -> None:
    assert not begun.relevant(ref="/data/age")
    begun.answer(ref="/data/who", value="Ana")
    begun.answer("/data/age", 34)
    assert begun.value(ref="/data/who") == "Ana"
    assert begun.value("/data/age") == "34"
    assert begun.relevant("/data/age")
    assert begun.valid(ref="/data/age").ok
    begun.answer("/data/age", -1)
    assert not begun.valid("/data/age").ok
    begun.answer("/data/age", None)
    assert begun.value("/data/age") == ""
    assert begun.valid("/data/age").ok


def test_repeats_by_path_and_by_name(begun: Filling) -> None:
    assert begun.add_repeat(ref="/data/pet") == "/data/pet[2]"
    assert begun.add_repeat("/data/pet[1]") == "/data/pet[3]"
    assert begun.add_repeat("pet") == "/data/pet[4]"
    begun.answer("/data/pet[1]/called", "Luna")
    begun.answer("/data/pet[4]/called", "Sol")
    assert begun.value("said") == "Luna, , , Sol"
    for wrong in ("", "who", "/data/who", "/data/none", "nobody"):
        with pytest.raises(KeyError):
            begun.add_repeat(wrong)


def test_expressions_on_the_answers(begun: Filling) -> None:
    begun.add_repeat("/data/pet")
    begun.answer("/data/pet[2]/called", "Sol")
    assert begun.evaluate(expression="count(/data/pet)", context_ref=None) == 2.0
    assert begun.evaluate("position(..)", context_ref="/data/pet[2]/called") == 2.0
    assert begun.evaluate("../../who", "/data/pet[2]/called")[0].tag == "who"
    assert begun.evaluate("string(.)", "/data/pet[2]/called") == "Sol"
    assert begun.evaluate("/data/who = ''") is True
    with pytest.raises(ExpressionTrouble):
        begun.evaluate("1 +")
    with pytest.raises(KeyError):
        begun.evaluate("1", "/data/nothing")


def test_pages_entities_and_the_submission(begun: Filling) -> None:
    begun.answer("who", "Ana")
    assert [page.kind for page in begun.pages()][-1] == "summary"
    (entity,) = begun.entities()
    assert (entity.label, dict(entity.properties)) == ("Ana", {"phone": "Ana"})
    sent = etree.fromstring(begun.to_xml())
    assert (sent.tag, sent.get("id"), sent.get("version")) == ("data", "t", "1")
    assert sent.findtext("who") == "Ana"
    assert sent.findtext("meta/instanceID", "").startswith("uuid:")


def test_going_on_from_what_was_given_out(begun: Filling) -> None:
    begun.answer("who", 'it\'s "Ana" <ñ>')
    begun.answer("/data/pet/called", "Luna")
    begun.add_repeat("pet")
    for kept in (begun.to_xml(), begun.to_xml().decode()):
        again = begun.form.resume(kept, NOW)
        assert again.value("who") == 'it\'s "Ana" <ñ>'
        assert again.repeats("/data/pet") == ["/data/pet[1]", "/data/pet[2]"]
        assert again.to_xml() == begun.to_xml()


TEXT = '<?xml version="1.0" encoding="{}"?><a><b x="1">ñ</b><b>3</b></a>'


@pytest.mark.parametrize(
    "document",
    [
        TEXT.format("UTF-8"),
        # A text is read already, whatever it says it was written in
        TEXT.format("ISO-8859-1"),
        TEXT.format("UTF-8").encode(),
        TEXT.format("ISO-8859-1").encode("latin-1"),
        etree.fromstring(TEXT.format("UTF-8").encode()),
        etree.ElementTree(etree.fromstring(TEXT.format("UTF-8").encode())),
    ],
)
def test_the_functions_alone_on_any_document(document: object) -> None:
    assert xpath.evaluate("count(/a/b) = 2", document) is True
    assert xpath.evaluate("/a/b[2] + 1", document) == 4.0
    assert xpath.evaluate("string(/a/b)", document) == "ñ"
    assert [each.tag for each in xpath.evaluate("/a/b", document)] == ["b", "b"]
    assert xpath.evaluate("/a/none", document) == []
    assert xpath.evaluate("/a/b/@x", document) == ["1"]
    assert xpath.evaluate(expression="string(.)", document=document, context="/a/b[2]") == "3"


def test_a_context_is_a_node_a_path_or_what_a_path_gave() -> None:
    document = etree.fromstring(TEXT.format("UTF-8").encode())
    for context in (document[1], "/a/b[2]", xpath.evaluate("/a/b[2]", document)):
        assert xpath.evaluate("string(.)", document, context) == "3"
        assert xpath.evaluate("string(current())", document, context) == "3"
    for wrong in (xpath.evaluate("/a/none", document), "/a/none", "/a/b/@x", "1"):
        with pytest.raises(ExpressionTrouble):
            xpath.evaluate("string(.)", document, wrong)
    with pytest.raises(TypeError):
        xpath.evaluate("1", object())
