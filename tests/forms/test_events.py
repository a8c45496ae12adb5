"""Events and actions, as the ODK XForms specification tells of them ("Events and Actions", named below by section)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from planner.forms.filling import Filling
from tests.forms import tables
from tests.forms.tables import NOW
from tests.forms.xforms import asked, form, repeat, setvalue

LOAD, FIRST, NEW, CHANGED = (
    "odk-instance-load",
    "odk-instance-first-load",
    "odk-new-repeat",
    "xforms-value-changed",
)


def values(filling: Filling, *refs: str) -> list[str]:
    return [filling.value(ref) for ref in refs]


# ------------------------------------------------------------ "Events": load


@pytest.mark.parametrize("event", [FIRST, "xforms-ready"])
def test_first_load_happens_once(event: str) -> None:
    """``odk-instance-first-load``: "the first time an instance is loaded"; ``xforms-ready`` is its old name."""
    made = form("<q/>", setvalue(event, "/data/q", "4*4"), asked("/data/q"))
    filling = made.start()
    assert filling.value("q") == "16"
    filling.answer("q", "555")
    assert made.resume_state(filling.state()).value("q") == "555"
    assert made.resume(filling.to_xml()).value("q") == "555"
    assert made.again(filling.to_xml()).value("q") == "555"


def test_load_happens_each_time() -> None:
    """``odk-instance-load`` is dispatched whenever an instance is loaded, a new one or one that was kept."""
    made = form("<q/>", setvalue(LOAD, "/data/q", "4*4"), asked("/data/q"))
    filling = made.start()
    assert filling.value("q") == "16"
    filling.answer("q", "555")
    assert made.resume_state(filling.state()).value("q") == "16"
    assert made.resume(filling.to_xml()).value("q") == "16"
    assert made.again(filling.to_xml()).value("q") == "16"


def test_taking_back_is_no_loading() -> None:
    made = form("<q/>", setvalue(LOAD, "/data/q", "4*4"), asked("/data/q"))
    filling = made.start()
    filling.answer("q", "555")
    assert made.resume_state(filling.state(), loads=False).value("q") == "555"


def test_load_reaches_every_instance_there_is_and_no_new_one() -> None:
    """The specification: "Initialization events may be specified in an action element nested in a control block"."""
    body = repeat("/data/r", setvalue(LOAD, "/data/r/q", "4*4") + asked("/data/r/q"))
    filling = form("<r><q/></r><r><q/></r>", "", body).start()
    filling.add_repeat("/data/r")
    assert values(filling, "/data/r[1]/q", "/data/r[2]/q", "/data/r[3]/q") == ["16", "16", ""]


def test_several_events_of_one_action() -> None:
    """The specification: "Multiple triggering events may be specified as a space-separated list"."""
    body = repeat("/data/r", setvalue(f"{FIRST} {NEW}", "/data/r/q", "position(..)") + asked("/data/r/q"))
    filling = form("<r><q/></r>", "", body).start()
    filling.add_repeat("/data/r")
    assert values(filling, "/data/r[1]/q", "/data/r[2]/q") == ["1", "2"]


def test_an_action_without_a_value_takes_the_value_away() -> None:
    """W3C XForms 1.0, "setvalue": without value and text the value becomes the empty string."""
    clears = setvalue(FIRST, "/data/a") + setvalue(FIRST, "/data/b", "")
    filling = form("<a>12</a><b>12</b><c>12</c>", clears, asked("/data/a") + asked("/data/b")).start()
    assert values(filling, "a", "b", "c") == ["", "", "12"]


def test_a_text_is_no_expression() -> None:
    """The specification: "Setting a static value when a node's value changes"."""
    filling = form("<a/><b/>", "", asked("/data/a", setvalue(CHANGED, "/data/b", None, "4*4"))).start()
    filling.answer("a", "x")
    assert filling.value("b") == "4*4"


def test_a_default_may_look_at_what_is_worked_out() -> None:
    """A dynamic default (XLSForm reference, "Dynamic defaults") that refers to a calculation has its result."""
    made = tables.form(
        """type | name | label | default | calculation
        integer | a | A | 3 |
        text | b | B | ${twice} |
        calculate | twice | | | ${a} * 2
        calculate | after | | | concat(${b}, '!')
        calculate | first | | | once(concat(${day}, '.'))
        date | day | D | today() |"""
    )
    assert values(made.start(NOW), "b", "after", "first") == ["6", "6!", "2026-03-12."]


def test_a_default_reaches_what_does_not_apply_yet_and_what_is_read_only() -> None:
    filling = tables.form(
        """type | name | label | default | relevant | readonly
        text | a | A | | |
        text | b | B | 2 + 3 | ${a} = 'y' |
        text | c | C | 4 + 3 | | yes"""
    ).start()
    assert values(filling, "b", "c") == ["", "7"]
    filling.answer("a", "y")
    assert filling.value("b") == "5"


def test_a_default_is_not_worked_out_again() -> None:
    filling = form(
        "<out/><in>5</in>", setvalue(FIRST, "/data/out", "/data/in * 4"), asked("/data/out") + asked("/data/in")
    ).start()
    filling.answer("in", "4")
    assert filling.value("out") == "20"


def test_an_attribute_can_be_set() -> None:
    """The specification: "nodeset: the path to the instance node or attribute" ("Bind Attributes")."""
    filling = form('<e k=""/>', setvalue(FIRST, "/data/e/@k", None, "7"), asked("/data/e")).start()
    assert filling.value("/data/e/@k") == "7"
    assert b'k="7"' in filling.to_xml()


@pytest.mark.parametrize(("kind", "kept"), [("int", "2"), ("decimal", "2.75"), ("string", "2.75")])
def test_what_is_set_takes_the_form_of_its_type(kind: str, kept: str) -> None:
    model = f'<bind nodeset="/data/q" type="{kind}"/>' + setvalue(FIRST, "/data/q", "11 div 4")
    assert form("<q/>", model, asked("/data/q")).start().value("q") == kept


# ------------------------------------------------------------ "The odk-new-repeat event"


def test_a_new_repeat_sees_the_answers_there_are() -> None:
    """The example of the specification."""
    body = asked("/data/my_age") + repeat(
        "/data/person", setvalue(NEW, "/data/person/age", "../../my_age + 2") + asked("/data/person/age")
    )
    model = '<bind nodeset="/data/my_age" type="int"/><bind nodeset="/data/person/age" type="int"/>'
    filling = form("<my_age/><person><age/></person>", model, body).start()
    filling.answer("my_age", 40)
    filling.add_repeat("/data/person")
    filling.answer("my_age", 50)
    filling.add_repeat("/data/person")
    assert values(filling, "/data/person[1]/age", "/data/person[2]/age", "/data/person[3]/age") == ["", "42", "52"]


def test_new_repeat_is_for_those_that_were_added_also_by_a_count() -> None:
    """Never for "instances that are part of the form definition", but for those "added by evaluation of jr:count"."""
    body = asked("/data/k") + repeat(
        "/data/r", setvalue(NEW, "/data/r/q", "position(..)") + asked("/data/r/q"), "/data/k"
    )
    filling = form("<k>1</k><r><q>own</q></r>", "", body).start()
    assert filling.value("/data/r[1]/q") == "own"
    filling.answer("k", 3)
    assert values(filling, "/data/r[1]/q", "/data/r[2]/q", "/data/r[3]/q") == ["own", "2", "3"]


def test_a_new_repeat_may_begin_with_the_answer_of_the_one_before() -> None:
    default = "/data/r[position()=position(current()/..)-1]/q"
    body = repeat("/data/r", setvalue(NEW, "/data/r/q", default) + asked("/data/r/q"))
    filling = form("<r><q/></r>", "", body).start()
    filling.answer("/data/r[1]/q", 7)
    filling.add_repeat("/data/r")
    assert filling.value("/data/r[2]/q") == "7"
    filling.answer("/data/r[2]/q", 8)
    filling.add_repeat("/data/r")
    assert values(filling, "/data/r[1]/q", "/data/r[2]/q", "/data/r[3]/q") == ["7", "8", "8"]


def test_a_new_repeat_leaves_others_alone() -> None:
    body = "".join(
        repeat(f"/data/{name}", setvalue(NEW, f"/data/{name}/q", f"concat('{name}', '!')") + asked(f"/data/{name}/q"))
        for name in ("a", "b")
    )
    filling = form("<a><q/></a><b><q/></b>", "", body).start()
    filling.add_repeat("/data/a")
    assert values(filling, "/data/a[1]/q", "/data/a[2]/q", "/data/b[1]/q") == ["", "a!", ""]
    filling.add_repeat("/data/b")
    assert filling.value("/data/b[2]/q") == "b!"


def test_a_repeat_inside_a_new_one_is_new_too() -> None:
    made = tables.form(
        """type | name | label | default
        begin repeat | a | A |
        text | x | X | uuid()
        begin repeat | b | B |
        text | y | Y | concat(position(../..), '.', position(..))
        end repeat | | |
        end repeat | | |"""
    )
    filling = made.start()
    filling.add_repeat("/data/a")
    filling.add_repeat("/data/a[2]/b")
    assert values(filling, "/data/a[1]/b[1]/y", "/data/a[2]/b[1]/y", "/data/a[2]/b[2]/y") == ["1.1", "2.1", "2.2"]
    assert len({filling.value(f"/data/a[{place}]/x") for place in (1, 2)} - {""}) == 2


def test_a_default_in_a_new_repeat_may_look_at_what_is_worked_out_there() -> None:
    filling = tables.form(
        """type | name | label | default | calculation
        begin repeat | r | R | |
        calculate | at | | | position(..) * 10
        integer | q | Q | ${at} |
        end repeat | | | |"""
    ).start()
    filling.add_repeat("/data/r")
    assert values(filling, "/data/r[1]/q", "/data/r[2]/q") == ["10", "20"]


# ------------------------------------------------------------ "xforms-value-changed"


def test_an_action_comes_after_what_the_change_leads_to() -> None:
    """XForms 1.1, "xforms-value-changed": dispatched in the refresh, after everything was worked out."""
    model = '<bind nodeset="/data/twice" calculate="/data/a * 2"/>'
    filling = form("<a/><twice/><b/>", model, asked("/data/a", setvalue(CHANGED, "/data/b", "/data/twice"))).start()
    filling.answer("a", 12)
    assert filling.value("b") == "24"


def test_the_same_answer_again_is_no_change() -> None:
    body = asked("/data/a", setvalue(CHANGED, "/data/b", "concat('foo', /data/c)")) + asked("/data/c")
    filling = form("<a/><b/><c/>", "", body).start()
    filling.answer("a", "22")
    filling.answer("c", "bar")
    filling.answer("a", "22")
    assert filling.value("b") == "foo"
    filling.answer("a", "23")
    assert filling.value("b") == "foobar"


def test_loading_is_no_change() -> None:
    made = form("<a/><b/>", "", asked("/data/a", setvalue(CHANGED, "/data/b", "now()")))
    filling = made.start(NOW)
    filling.answer("a", "5")
    later = made.resume_state(filling.state(), datetime(2027, 1, 1, tzinfo=UTC))
    assert later.value("b") == filling.value("b") == "2026-03-12T10:30:00.000+00:00"
    later.answer("a", "6")
    assert later.value("b") == "2027-01-01T00:00:00.000+00:00"


def test_an_action_reaches_what_does_not_apply_yet() -> None:
    model = '<bind nodeset="/data/g/b" relevant="/data/on = \'yes\'"/>'
    body = asked("/data/a", setvalue(CHANGED, "/data/g/b", "/data/a")) + asked("/data/on") + asked("/data/g/b")
    filling = form("<a/><on/><g><b/></g>", model, body).start()
    filling.answer("a", "bar")
    assert filling.value("/data/g/b") == ""
    filling.answer("on", "yes")
    assert filling.value("/data/g/b") == "bar"


def test_a_change_in_a_repeat_stays_in_its_instance() -> None:
    body = repeat("/data/r", asked("/data/r/a", setvalue(CHANGED, "/data/r/b", "4 * ../a")))
    filling = form("<r><a/><b/></r>", "", body).start()
    for place in (1, 2, 3):
        if place > 1:
            filling.add_repeat("/data/r")
        filling.answer(f"/data/r[{place}]/a", place)
    assert [filling.value(f"/data/r[{place}]/b") for place in (1, 2, 3)] == ["4", "8", "12"]
    filling.remove_repeat("/data/r[1]")
    filling.answer("/data/r[1]/a", 5)
    assert [filling.value(f"/data/r[{place}]/b") for place in (1, 2)] == ["20", "12"]


def test_a_change_in_a_repeat_reaches_out_of_it_and_into_inner_ones() -> None:
    out = repeat("/data/r", asked("/data/r/a", setvalue(CHANGED, "/data/n", ". + 1")))
    filling = form("<n>0</n><r><a/></r>", '<bind nodeset="/data/n" type="int"/>', out).start()
    filling.answer("/data/r[1]/a", 7)
    filling.answer("/data/r[1]/a", 8)
    assert filling.value("n") == "2"
    inner = repeat("/data/r/s", asked("/data/r/s/b"))
    into = repeat("/data/r", asked("/data/r/a", setvalue(CHANGED, "/data/r/s/b", "../../a")) + inner)
    filling = form("<r><a/><s><b/></s></r>", "", into).start()
    filling.add_repeat("/data/r")
    filling.answer("/data/r[2]/a", "foo")
    assert values(filling, "/data/r[1]/s[1]/b", "/data/r[2]/s[1]/b") == ["", "foo"]


def test_a_path_with_a_predicate_sets_one_instance() -> None:
    body = asked("/data/a", setvalue(CHANGED, "/data/r[position()=2]/b", "/data/a")) + repeat(
        "/data/r", asked("/data/r/b")
    )
    filling = form("<a/><r><b/></r>", "", body).start()
    filling.answer("a", "early")
    filling.add_repeat("/data/r")
    filling.add_repeat("/data/r")
    filling.answer("a", "foo")
    assert values(filling, "/data/r[1]/b", "/data/r[2]/b", "/data/r[3]/b") == ["", "foo", ""]


def test_what_an_action_sets_has_its_own_actions() -> None:
    """XForms 1.1, "xforms-value-changed": whatever changes the value of a question's node; a ring has an end."""
    body = asked("/data/a", setvalue(CHANGED, "/data/b", "concat(/data/a, '+')")) + asked(
        "/data/b", setvalue(CHANGED, "/data/a", "concat(/data/b, '-')")
    )
    filling = form("<a/><b/>", "", body).start()
    filling.answer("a", "x")
    assert values(filling, "a", "b") == ["x+-", "x+"]


# ------------------------------------------------------------ XLSForm reference, "Trigger"


def test_trigger_of_several_questions_and_in_a_repeat() -> None:
    filling = tables.form(
        """type | name | label | calculation | trigger
        text | a | A | |
        text | b | B | |
        text | seen | Seen | concat(${a}, ${b}) | ${a}, ${b}
        begin repeat | r | R | |
        text | x | X | |
        text | y | Y | concat(${x}, position(..)) | ${x}
        end repeat | | | |"""
    ).start()
    filling.answer("a", "1")
    assert filling.value("seen") == "1"
    filling.answer("seen", "by hand")
    filling.answer("b", "2")
    assert filling.value("seen") == "12"
    filling.add_repeat("/data/r")
    filling.answer("/data/r[2]/x", "k")
    assert values(filling, "/data/r[1]/y", "/data/r[2]/y") == ["", "k2"]


def test_a_trigger_without_a_calculation_takes_the_answer_away() -> None:
    filling = tables.form("type | name | label | trigger\ntext | a | A |\ntext | b | B | ${a}").start()
    filling.answer("b", "x")
    filling.answer("a", "y")
    assert filling.value("b") == ""
