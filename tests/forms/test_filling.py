"""A filling: answers, logic, repeats."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from planner.forms import Form, Way
from planner.forms.engine import MOST_LIVES
from planner.forms.filling import Filling
from tests.forms.tables import NOW, form


def values(filling: Filling, *names: str) -> list[str]:
    return [filling.value(name) for name in names]


# ------------------------------------------------------------ answers and logic


def test_each_type_keeps_its_own_form() -> None:
    """Spec, "Data Types"."""
    filling = form(
        """type | name | label
        text | t | T
        integer | i | I
        decimal | d | D
        date | day | Day
        time | hour | Hour
        dateTime | moment | Moment
        select_one l | one | One
        select_multiple l | many | Many
        acknowledge | ok | Ok
        note | n | N""",
        "list_name | name | label\nl | a | A\nl | b | B",
    ).start()
    filling.answer("t", "  two words ")
    filling.answer("i", 3)
    filling.answer("d", 2.50)
    filling.answer("day", date(2024, 2, 29))
    filling.answer("hour", time(9, 5))
    filling.answer("moment", datetime(2026, 3, 12, 10, 30, tzinfo=UTC))
    filling.answer("one", "a")
    filling.answer("many", ["b", "a"])
    filling.answer("ok", True)
    assert values(filling, "t", "i", "d", "day", "hour", "moment", "one", "many", "ok") == [
        "  two words ", "3", "2.5", "2024-02-29", "09:05:00.000", "2026-03-12T10:30:00.000+00:00", "a", "b a", "OK",
    ]  # fmt: skip
    kinds = {q.ref.rsplit("/", 1)[-1]: q.kind for page in filling.pages() for q in page.items}
    assert kinds == {
        "t": "text", "i": "integer", "d": "decimal", "day": "date", "hour": "time", "moment": "dateTime",
        "one": "select_one", "many": "select_multiple", "ok": "acknowledge", "n": "note",
    }  # fmt: skip
    with pytest.raises(ValueError, match="not a question"):
        filling.answer("n", "x")
    with pytest.raises(TypeError):
        filling.answer("t", object())
    with pytest.raises(KeyError):
        filling.answer("/data/none", "x")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
     ("integer", "-3", "3.5"), ("decimal", "3.5", "3,5"),
     ("date", "2024-02-29", "2023-02-29"), ("time", "23:59", "24:00"),
     ("dateTime", "2026-03-12T10:30:00.000Z", "yesterday")],
)  # fmt: skip
def test_text_that_does_not_fit_its_type_is_kept_told_and_not_submitted(kind: str, good: str, bad: str) -> None:
    filling = form(f"type | name | label\n{kind} | q | Q").start()
    filling.answer("q", bad)
    assert filling.value("q") == bad
    assert not filling.valid("q").ok
    assert filling.valid("q").message
    assert bad.encode() not in filling.to_xml()
    filling.answer("q", good)
    assert filling.valid("q").ok
    assert good.encode() in filling.to_xml()


def test_relevance_hides_keeps_and_prunes() -> None:
    """Spec, "Bind Attributes": what is not relevant is not submitted; expressions see it empty."""
    filling = form(
        """type | name | label | relevant | calculation
        text | a | A | |
        begin group | g | G | ${a} = 'y' |
        text | b | B | |
        text | c | C | ${b} = 'z' |
        end group | | | |
        calculate | all | | | concat(${a}, ${b}, ${c})"""
    ).start()
    assert not filling.relevant("b")
    filling.answer("a", "y")
    filling.answer("b", "z")
    filling.answer("c", "!")
    assert filling.value("all") == "yz!"
    filling.answer("a", "n")
    assert [filling.relevant(n) for n in "abc"] == [True, False, False]
    assert values(filling, "b", "c", "all") == ["", "", "n"]
    assert b"<b>" not in filling.to_xml()
    assert [page.ref for page in filling.pages()] == ["/data/a", ""]
    filling.answer("a", "y")
    assert values(filling, "b", "c", "all") == ["z", "!", "yz!"]


def test_constraint_is_looked_at_only_when_there_is_an_answer() -> None:
    """Spec, "Bind Attributes", constraint; required is only a gentle ask."""
    filling = form(
        """type | name | label | constraint | constraint_message | required | required_message
        date | d | D | . <= today() | Still to come, ${t} | |
        text | t | T | | | yes | If you can
        integer | i | I | . > 3 | | |"""
    ).start(NOW)
    assert filling.valid("d").ok
    filling.answer("d", "2026-03-13")
    filling.answer("t", "Ana")
    assert (filling.valid("d").ok, filling.valid("d").message) == (False, "Still to come, Ana")
    filling.answer("d", "2026-03-12")
    assert filling.valid("d").ok
    filling.answer("t", None)
    asked = filling.valid("t")
    assert (asked.ok, asked.gentle, asked.message) == (False, True, "If you can")
    filling.put_off("t", Way.RATHER_NOT)
    assert filling.valid("t").ok
    filling.answer("i", 3)
    assert not filling.valid("i").ok
    assert not filling.valid("i").gentle


def test_defaults_static_and_dynamic_happen_once(tmp_path: Path) -> None:
    """Spec, "Events": odk-instance-first-load."""
    made = form(
        """type | name | label | default | readonly
        text | s | S | here |
        date | d | D | today() |
        text | r | R | fixed | yes"""
    )
    filling = made.start(NOW)
    assert values(filling, "s", "d", "r") == ["here", "2026-03-12", "fixed"]
    assert filling.readonly("r")
    assert not filling.readonly("s")
    filling.answer("d", None)
    again = made.resume_state(filling.state(), datetime(2027, 1, 1, tzinfo=UTC))
    assert again.value("d") == ""


def test_trigger_sets_a_value_when_an_answer_changes() -> None:
    """Spec, "Setting a static value when a node's value changes"."""
    filling = form(
        """type | name | label | calculation | trigger
        text | a | A | |
        calculate | when | | now() | ${a}"""
    ).start(NOW)
    assert filling.value("when") == ""
    filling.answer("a", "x")
    assert filling.value("when") == "2026-03-12T10:30:00.000+00:00"


def test_once_keeps_its_first_result() -> None:
    """Spec, once(): the present value if there is one."""
    made = form("type | name | label | calculation\ntext | a | A |\ncalculate | o | | once(concat(${a}, uuid()))")
    filling = made.start()
    first = filling.value("o")
    filling.answer("a", "x")
    assert filling.value("o") == first != ""
    assert made.resume(filling.to_xml()).value("o") == first


def test_results_take_the_form_of_their_type() -> None:
    filling = form(
        """type | name | label | calculation | default
        integer | i | I | |
        date | d | D | today() + 1 |
        integer | whole | W | 7 div 2 |
        calculate | nan | | ${i} + 1 |
        calculate | yes | | 1 = 1 |"""
    ).start(NOW)
    assert values(filling, "d", "whole", "nan", "yes") == ["2026-03-13", "3", "", "true"]
    with pytest.raises(ValueError, match="not a question"):
        filling.answer("d", "2026-01-01")


def test_choices_are_filtered_and_named() -> None:
    """Spec, "Secondary Instances", jr:choice-name."""
    filling = form(
        """type | name | label | choice_filter | calculation
        select_one land | c | C | |
        select_multiple town | t | T ${c} | land = ${c} |
        calculate | named | | | jr:choice-name(${t}, '${t}')""",
        "list_name | name | label | land\nland | nl | Holland |\nland | us | States |\n"
        "town | ams | Amsterdam | nl\ntown | dro | Dronten | nl\ntown | nyc | New York | us",
    ).start()
    assert [c.value for c in filling.question("/data/t").choices] == []
    filling.answer("c", "nl")
    assert [(c.value, c.label) for c in filling.question("/data/t").choices] == [
        ("ams", "Amsterdam"),
        ("dro", "Dronten"),
    ]
    assert filling.question("/data/t").label == "T nl"
    filling.answer("t", ["dro", "ams"])
    assert filling.value("named") == "Dronten, Amsterdam"


# ------------------------------------------------------------ repeats


REPEATS = """type | name | label | calculation | default | relevant
    begin repeat | a | A | | |
    text | x | X | | start |
    calculate | at | | position(..) | |
    begin repeat | b | B | | |
    integer | n | N ${x} | | position(..) |
    calculate | tot | | sum(../../b/n) | |
    calculate | twice | | ${n} * 2 | |
    calculate | run | | ${n} + coalesce(indexed-repeat(${run}, ${a}, position(../..), ${b}, position(..) - 1), 0) | |
    end repeat | | | | |
    calculate | many | | count(${b}) | |
    end repeat | | | | |
    calculate | all | | sum(${n}) | |
    calculate | second | | indexed-repeat(${x}, ${a}, 2) | |"""


def test_nested_repeats() -> None:
    """Spec, "Repeats", position(), indexed-repeat(), sum(), count(), odk-new-repeat."""
    filling = form(REPEATS).start()
    second = filling.add_repeat("/data/a")
    assert second == "/data/a[2]"
    inner = filling.add_repeat("/data/a[2]/b")
    assert inner == "/data/a[2]/b[2]"
    assert filling.value("/data/a[2]/x") == "start"
    filling.answer("/data/a[2]/x", "two")
    filling.answer("/data/a[1]/b[1]/n", 5)
    filling.answer("/data/a[2]/b[1]/n", 10)
    filling.answer("/data/a[2]/b[2]/n", 20)
    assert [filling.value(f"/data/a[{i}]/at") for i in (1, 2)] == ["1", "2"]
    assert [filling.value(f"/data/a[{i}]/many") for i in (1, 2)] == ["1", "2"]
    assert [filling.value(f"/data/a[2]/b[{i}]/run") for i in (1, 2)] == ["10", "30"]
    assert filling.value("/data/a[2]/b[1]/twice") == "20"
    assert filling.value("all") == "35"
    assert filling.value("second") == "two"
    assert filling.question("/data/a[2]/b[2]/n").label == "N two"
    filling.remove_repeat("/data/a[1]")
    assert filling.repeats("/data/a") == ["/data/a[1]"]
    assert [filling.value("all"), filling.value("second"), filling.value("/data/a[1]/at")] == ["30", "", "1"]
    with pytest.raises(KeyError):
        filling.add_repeat("/data/none")
    with pytest.raises(KeyError):
        filling.remove_repeat("/data/all")
    assert not form(REPEATS).problems


def test_one_answer_looks_again_only_at_what_depends_on_it() -> None:
    rows = [row for row in REPEATS.splitlines() if "| run |" not in row]
    filling = form("\n".join(rows)).start()
    for _ in range(20):
        filling.add_repeat("/data/a")
    before = filling.engine.evaluated
    filling.answer("/data/a[20]/b[1]/n", 3)
    assert filling.engine.evaluated - before <= 4
    before = filling.engine.evaluated
    filling.answer("/data/a[20]/x", "q")
    assert filling.engine.evaluated - before <= 1


def test_a_count_makes_and_removes_instances() -> None:
    """Spec, "Creation, Removal of Repeats", jr:count."""
    filling = form(
        """type | name | label | repeat_count | calculation
        integer | k | K | |
        begin repeat | r | R | ${k} |
        text | x | X | |
        begin repeat | s | S | ${k} - 1 |
        text | y | Y | |
        end repeat | | | |
        end repeat | | | |
        calculate | c | | | count(${y})"""
    ).start()
    filling.answer("k", 3)
    assert filling.repeats("/data/r") == ["/data/r[1]", "/data/r[2]", "/data/r[3]"]
    assert filling.value("c") == "6"
    filling.answer("k", 1)
    assert filling.repeats("/data/r") == ["/data/r[1]"]
    assert filling.value("c") == "0"
    assert "repeat" not in {page.kind for page in filling.pages()}


def test_an_absolute_path_inside_its_repeat_means_that_repeat() -> None:
    xform = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<h:head><h:title>T</h:title>"
        '<model><instance><d id="x" xmlns="urn:own"><r><a/><b/></r><s/></d></instance>'
        '<bind nodeset="/d/r/b" calculate="coalesce(/d/r/a, \'none\')"/><bind nodeset="/d/s" calculate="count(/d/r)"/>'
        '</model></h:head><h:body><group ref="/d/r"><repeat nodeset="/d/r"><input ref="a"><label>A</label></input>'
        "</repeat></group></h:body></h:html>"
    )
    filling = Form.from_xml(xform.encode()).start()
    filling.add_repeat("/d/r")
    filling.answer("/d/r[2]/a", "z")
    assert [filling.value(f"/d/r[{i}]/b") for i in (1, 2)] == ["none", "z"]
    assert filling.value("s") == "2"
    assert b'xmlns="urn:own"' in filling.to_xml()
    assert Form.from_xml(xform.encode()).resume(filling.to_xml()).value("/d/r[2]/a") == "z"


def test_circles_are_told_and_survived() -> None:
    made = form(
        """type | name | label | calculation | relevant
        text | t | T | |
        calculate | a | | concat(${b}, ${t}) |
        calculate | b | | concat('x', ${a}) |
        text | g | G | | ${g} = 'y'
        calculate | own | | ${own} + 1 |"""
    )
    told = [problem.what for problem in made.problems]
    assert len(told) == 3
    assert any("a, b" in each for each in told)
    filling = made.start()
    filling.answer("t", "k")
    assert filling.value("t") == "k"


def test_counts_inside_counts_have_an_end() -> None:
    """A thousand thousands of thousands would fill any memory."""
    filling = form(
        """type | name | label | repeat_count
        begin repeat | a | A | 1000
        begin repeat | b | B | 1000
        begin repeat | c | C | 1000
        text | x | X |
        end repeat | | |
        end repeat | | |
        end repeat | | |"""
    ).start()
    assert 10_000 < len(filling.engine.lives) <= MOST_LIVES
