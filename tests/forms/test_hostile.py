"""Forms made to do harm: each is refused with a sentence or works, in bounded time and room, and nothing is fetched."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from random import Random

import pytest

from planner.forms import Filling, Form, patience
from planner.forms.check import Status, check_file, lines
from planner.forms.engine import MOST_INSTANCES, MOST_LIVES
from planner.forms.xpath import Surroundings
from planner.forms.xpath.compiled import Expression
from planner.forms.xpath.convert import Value
from tests.forms.hostile import FAR, LAUGHS, refused, watched
from tests.forms.tables import NOW
from tests.fuzz import fuzz_forms


def xform(
    nodes: str, binds: str = "", body: str = '<input ref="/d/a"><label>A</label></input>', more: str = ""
) -> bytes:
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title><model>'
        f'<instance><d id="x"><a/>{nodes}</d></instance>{more}{binds}</model></h:head><h:body>{body}</h:body></h:html>'
    ).encode()


def filled(data: bytes) -> Filling:
    """A filling that was begun, answered and looked at."""
    made: list[Filling] = []

    def work() -> None:
        form = Form.from_xml(data)
        filling = form.start(NOW)
        filling.answer("a", "1")
        for page in filling.pages()[:50]:
            list(page.items)
        form.resume_state(filling.state(), NOW).to_xml()
        assert isinstance(form.problems, tuple)
        made.append(filling)

    watched(work)
    return made[0]


# ---------------------------------------------------------------- XML


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp037", "utf-7"])
def test_entities_are_refused_in_any_encoding(tmp_path: Path, code: str) -> None:
    name = {"cp037": "IBM037"}.get(code, code.removesuffix("-be")).upper()
    text = f'<?xml version="1.0" encoding="{name}"?>{LAUGHS}'
    data = text.encode(code)
    if code == "utf-16-be":
        data = b"\xfe\xff" + data
    watched(lambda: refused(data, "f.xml", tmp_path))


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/e">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:{port}/p"> %p;]>',
        '<?xml-stylesheet href="http://127.0.0.1:{port}/s.xsl"?>',
    ],
)
def test_nothing_is_fetched(tmp_path: Path, declared: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="http://127.0.0.1:{port}/i"/>'
        data = declared.format(port=port).encode() + xform(include)
        path = tmp_path / "f.xml"
        path.write_bytes(data)
        check_file(path)
        with pytest.raises(TimeoutError):
            server.accept()
        # The same watch sees somebody who does come.
        socket.create_connection(("127.0.0.1", port)).close()
        server.accept()[0].close()


def test_a_file_of_this_computer_is_not_read_into_a_form(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("a word of hers")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert "declarations" in refused(entity.encode() + xform("<b>&e;</b>"), "f.xml", tmp_path)


@pytest.mark.parametrize("depth", [200, 3_000, 60_000])
def test_depth_has_an_end(tmp_path: Path, depth: int) -> None:
    data = xform("<g>" * depth + "</g>" * depth, body='<group ref="/d/g">' * depth + "</group>" * depth)
    (tmp_path / "f.xml").write_bytes(data)
    report = check_file(tmp_path / "f.xml")
    assert report.status in {Status.CLEAN, Status.PROBLEMS} if depth == 200 else report.status is Status.UNREADABLE


# ---------------------------------------------------------------- what a form asks for


def test_counts_have_an_end() -> None:
    one_repeat = '<group ref="/d/r"><repeat nodeset="/d/r" jr:count="1000000000"><input ref="/d/r/x"/></repeat></group>'
    body = f'<input ref="/d/a"/>{one_repeat}'
    filling = filled(xform('<r jr:template=""><x/></r>', body=body))
    assert len(filling.repeats("/d/r")) == MOST_INSTANCES


def test_counts_inside_counts_have_an_end() -> None:
    def repeat(path: str, inside: str) -> str:
        return f'<group ref="{path}"><repeat nodeset="{path}" jr:count="200">{inside}</repeat></group>'

    inner = repeat("/d/r", repeat("/d/r/s", repeat("/d/r/s/t", '<input ref="/d/r/s/t/x"/>')))
    nodes = '<r jr:template=""><s jr:template=""><t jr:template=""><x/></t></s></r>'
    filling = filled(xform(nodes, body=f'<input ref="/d/a"/>{inner}'))
    assert len(filling.engine.lives) <= MOST_LIVES


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "(a|a)*b", "((a{0,5000}){0,5000}){0,5000}b", "(a{1,30}){1,30}$", "[" * 5000]
)
def test_patterns_have_an_end(pattern: str) -> None:
    nodes = "".join(f"<b{number}/>" for number in range(20))
    said = pattern.replace("&", "&amp;").replace("<", "&lt;")
    binds = "".join(
        f"<bind nodeset=\"/d/b{number}\" calculate=\"regex('{'a' * 60}!', '{said}')\"/>" for number in range(20)
    )
    assert filled(xform(nodes, binds)).value("b0") in {"", "false"}


@pytest.mark.parametrize(
    "calculation",
    [
        "(" * 100_000 + "1" + ")" * 100_000,
        "1" + "+1" * 200_000,
        "-" * 100_000 + "1",
        "not(" * 3_000 + "1" + ")" * 3_000,
        "if(1,2," * 3_000 + "1" + ")" * 3_000,
        "/d" + "/.." * 50_000,
        "/d" + "[1]" * 50_000,
        "pow(10, 999999999)",
        "round(1.5, 999999999)",
        "date(99999999999999)",
        "format-date('9999999-01-01', '%Y')",
        "count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0])",
        "'" + "x" * 500_000,
        "9" * 100_000,
    ],
    ids=lambda text: text[:12],
)
def test_expressions_have_an_end(calculation: str) -> None:
    nodes = "<b/>" + "<z><y/></z>" * 300
    said = calculation.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    filled(xform(nodes, f'<bind nodeset="/d/b" calculate="{said}"/>'))


@pytest.mark.parametrize("grow", ["concat({0},{0})", "join({0},{0},{0},{0})", "translate({0},'x',concat({0},{0}))"])
def test_texts_that_double_have_an_end(grow: str) -> None:
    nodes = "<b0>xx</b0>" + "".join(f"<b{number}/>" for number in range(1, 60))
    binds = "".join(
        f'<bind nodeset="/d/b{number}" calculate="{grow.format(f"/d/b{number - 1}")}"/>' for number in range(1, 60)
    )
    filling = filled(xform(nodes, binds))
    assert len(filling.to_xml()) < 50_000_000


def test_expressions_without_end_together_are_refused(tmp_path: Path) -> None:
    nodes = "".join(f"<b{number}/>" for number in range(2_000))
    long = "1 + " * 99 + "1"
    binds = "".join(f'<bind nodeset="/d/b{number}" calculate="{long} + {number}"/>' for number in range(2_000))
    assert FAR in refused(xform(nodes, binds), "f.xml", tmp_path)


def test_what_hangs_on_itself_is_told_and_works() -> None:
    binds = (
        '<bind nodeset="/d/b" calculate="/d/c + 1"/><bind nodeset="/d/c" calculate="/d/b + 1"/>'
        '<bind nodeset="/d/e" relevant="/d/e = \'\'"/>'
    )
    filling = filled(xform("<b/><c/><e/>", binds))
    assert len([each for each in filling.form.problems if "circle" in each.what]) == 2


def test_changes_that_change_each_other_come_to_an_end() -> None:
    body = "".join(
        f'<input ref="/d/{one_}"><label>X</label><setvalue event="xforms-value-changed" ref="/d/{other}" '
        f'value="/d/{other} + 1"/></input>'
        for one_, other in (("a", "b"), ("b", "a"))
    )
    filled(xform("<b/>", body=body))


@pytest.mark.parametrize("times", [1, 12])
def test_a_text_that_asks_for_itself_does_not_wait_for_ever(times: int) -> None:
    """Found by hand: libxml2 waits for an expression that is being worked out already, and so for itself."""
    asks = ",".join(["jr:itext('t')"] * times)
    text = f'<text id="t"><value>Said <output value="concat(\'\',{asks})"/></value></text>'
    more = f'<itext><translation lang="en">{text}</translation></itext>'
    filling = filled(xform("", body='<input ref="/d/a"><label ref="jr:itext(\'t\')"/></input>', more=more))
    assert filling.question("a").label.startswith("Said")


def test_choices_that_ask_for_their_own_names_do_not_wait_for_ever() -> None:
    items = "".join(f"<item><name>n{number}</name><label>L</label></item>" for number in range(20))
    more = f'<instance id="i"><root>{items}</root></instance>'
    body = (
        '<input ref="/d/a"/><select1 ref="/d/b"><itemset nodeset="instance(\'i\')/root/item'
        "[jr:choice-name('n1', '/d/b') != 'x']\"><value ref=\"name\"/><label ref=\"label\"/></itemset></select1>"
    )
    filled(xform("<b/>", body=body, more=more))


def test_a_question_that_holds_questions_is_not_asked() -> None:
    """Found by chance: what such a question was answered with had no place to stand."""
    body = '<input ref="/d/a"/><input ref="/d/g"/><input ref="/d/g/x"/>'
    filling = filled(xform("<g><x/></g>", body=body))
    asked = [item.ref for page in filling.pages() for item in page.items]
    assert asked == ["/d/a", "/d/g/x"]
    for ref in asked:
        filling.answer(ref, "yes")


# ---------------------------------------------------------------- files beside a form


def beside(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    path = folder / "form.md"
    path.write_text(
        "| survey |\n| | type | name | label | calculation |\n"
        f"| | select_one_from_file {name} | pick | Which? | |\n| | text | a | A | |\n"
        f"| | calculate | c | | pulldata('{name.partition('.')[0]}', 'label', 'name', 'n5') |\n"
    )
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("big.csv", b"name,label\n" + b"n5,x\n" * 4_000_000),
        ("big.csv", b"name,label\n" + b"x" * 10_000_000 + b",y\n"),
        ("big.csv", b'name,label\n"' + b"x\n" * 1_000_000),
        ("big.csv", b",".join(b"c%d" % number for number in range(100_000)) + b"\n"),
        ("big.csv", b"\x00" * 1_000_000),
        ("big.csv", b"\xff\xfe" + b"n,\x00" * 1000),
        ("big.xml", LAUGHS.encode()),
        ("big.xml", b"<root>" + b"<item><name>n5</name></item>" * 500_000 + b"</root>"),
        ("big.xml", b"<root>" + b"<x>" * 100_000 + b"</x>" * 100_000 + b"</root>"),
        ("big.geojson", b"[" * 200_000),
        ("big.geojson", b'{"type":"FeatureCollection","features":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}"),
        ("big.geojson", b'{"type":"FeatureCollection","features":[' + b'{"type":"Feature"},' * 500_000 + b"1]}"),
        (
            "big.geojson",
            b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1},"geometry":'
            b'{"type":"Point","coordinates":[' + b"9" * 10_000 + b",NaN]}}]}",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:16]),
)
def test_a_file_beside_a_form_is_bounded_like_the_form(tmp_path: Path, name: str, content: bytes) -> None:
    path = beside(tmp_path, name, content)

    def work() -> None:
        report = check_file(path)
        assert report.sentence or report.problems is not None
        if report.status is not Status.UNREADABLE:
            filling = Form.load(path).start(NOW)
            filling.answer("a", "1")
            for page in filling.pages():
                assert all(len(item.choices) <= 500_000 for item in page.items)
            filling.to_xml()

    watched(work)


@pytest.mark.parametrize(
    "name", ["../secret.csv", "sub/../../secret.csv", "/etc/passwd.csv", "..\\secret.csv", "secret.csv"]
)
def test_only_what_lies_beside_a_form_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("name,label\nx,A word of hers\n")
    folder = tmp_path / "forms"
    folder.mkdir()
    path = folder / "form.xml"
    more = f'<instance id="secret" src="jr://file-csv/{name}"/>'
    bind = "<bind nodeset=\"/d/b\" calculate=\"instance('secret')/root/item[name = 'x']/label\"/>"
    path.write_bytes(xform("<b/>", bind, more=more))
    found = [Form.load(path).start(NOW).value("b")]
    assert found == [""]
    if name == "secret.csv":  # the same list is read where it does lie beside the form
        (folder / "secret.csv").write_bytes((tmp_path / "secret.csv").read_bytes())
        assert Form.load(path).start(NOW).value("b") == "A word of hers"


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(("title", "name"), [("Un t\x1b\x07ítulo", "a"), ("Título", "a b<"), ("Título", "ñ}{")])
def test_odd_titles_and_names_are_refused_or_work(tmp_path: Path, title: str, name: str) -> None:
    """Found by chance: what pyxform makes of an odd table is not always XML, and was taken for it to put titles in."""
    path = tmp_path / "f.md"
    path.write_text(
        f"| settings |\n| | form_title | form_title::Español (es) |\n| | T | {title} |\n"
        f"| survey |\n| | type | name | label::Español (es) | bind::{name} |\n| | text | a | A | x |\n",
        "utf-8",
    )
    report = check_file(path)
    assert report.status is Status.UNREADABLE or Form.load(path).start(NOW).pages()


# ---------------------------------------------------------------- the report


def test_a_report_gives_no_orders_to_a_terminal(tmp_path: Path) -> None:
    """A name in a stranger's table may hold what clears a screen, writes to a clipboard, or turns words round."""
    orders = "\x1b]52;c;aGk=\x07\x1b[2J\u202e\r\u2028\x9b"
    path = tmp_path / "f.csv"
    path.write_text(f'"survey"\n,"type","name","label","odd{orders}column"\n,"text","a","A","x"\n', "utf-8")
    report = check_file(path)
    assert any("\x1b" in each.what for each in report.problems), "it is in what was found"
    said = lines([report])
    assert any("odd" in each and "column" in each for each in said)
    assert all(sign.isprintable() for each in said for sign in each)


# ---------------------------------------------------------------- chance


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_odd_forms_are_refused_or_work(tmp_path: Path, first: int) -> None:
    """The beginning of what ``python -m tests.fuzz.fuzz_forms`` goes on with for hours."""
    ground = fuzz_forms.Ground(tmp_path / "form")
    opened: list[int] = []
    for number in range(first, first + 20):
        odd = ground.make(number)
        watched(partial(_used, ground, odd, number, opened))
    assert any(each >= 0 for each in opened)
    assert any(each < 0 for each in opened)


def _used(ground: fuzz_forms.Ground, odd: fuzz_forms.Odd, number: int, opened: list[int]) -> None:
    opened.append(ground.use(odd, Random(number)))


# ---------------------------------------------------------------- slow work


@pytest.mark.parametrize(("seconds", "worked_out"), [(0.0001, 40), (0.9, 4)])
def test_forty_slow_expressions_do_not_each_take_their_time(
    monkeypatch: pytest.MonkeyPatch, seconds: float, worked_out: int
) -> None:
    """One answer may ask for thousands of them, in the thread that would have to hide the window."""
    now = [100.0]
    asked: list[str] = []
    usual = Expression.value

    def slow(expression: Expression, node: object, around: Surroundings) -> Value:
        asked.append(expression.source)
        now[0] += seconds
        return usual(expression, node, around)

    names = [f"c{number}" for number in range(40)]
    binds = "".join(f'<bind nodeset="/d/{name}" calculate="concat(/d/a, \'x\')"/>' for name in names)
    filling = Form.from_xml(xform("".join(f"<{name}/>" for name in names), binds)).start(NOW)
    monkeypatch.setattr(patience, "perf_counter", lambda: now[0])
    monkeypatch.setattr(Expression, "value", slow)
    now[0] += 1
    filling.answer("a", "1")
    assert len(asked) == worked_out
    # What is quick, or asked after a pause, is worked out.
    now[0] += 60
    seconds = 0.0001
    asked.clear()
    filling.answer("a", "2")
    assert len(asked) == 40
    assert filling.value("c39") == "2x"
