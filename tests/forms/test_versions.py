"""Answers of one version under another, and answers saved last (specification, "Virtual Endpoints")."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from planner.forms import Filling, Form, Way
from planner.forms.filling import Resumed
from tests.forms.tables import NOW, form
from tests.forms.xforms import asked, repeat, setvalue
from tests.forms.xforms import form as written

ONE = "form_title | form_id | version\nT | t | 1"
TWO = "form_title | form_id | version\nT | t | 2"


def under(newer: Form, filling: Filling) -> tuple[Filling, Resumed]:
    new = newer.resume_state(filling.state(), NOW)
    assert new.resumed is not None
    return new, new.resumed


def test_what_has_moved_to_another_group_keeps_its_answer() -> None:
    old = form(
        """type | name | label
        text | a | A
        begin group | g | G
        text | b | B
        end group | |
        begin repeat | r | R
        text | x | X
        end repeat | |""",
        settings=ONE,
    ).start()
    old.answer("a", "1")
    old.answer("b", "2")
    old.answer("/data/r[1]/x", "3")
    old.answer(f"{old.add_repeat('/data/r')}/x", "4")
    old.put_off("/data/r[2]/x", Way.NOT_NOW)
    newer = form(
        """type | name | label
        begin group | h | H
        text | b | B
        text | a | A
        begin repeat | r | R
        text | x | X
        text | y | Y
        end repeat | |
        end group | |
        text | c | C""",
        settings=TWO,
    )
    new, told = under(newer, old)
    assert [new.value(ref) for ref in ("/data/h/a", "/data/h/b", "/data/h/r[1]/x")] == ["1", "2", "3"]
    assert new.way("/data/h/r[2]/x") is Way.NOT_NOW
    new.take_back("/data/h/r[2]/x")
    assert new.value("/data/h/r[2]/x") == "4"
    assert told.new_refs == ("/data/c", "/data/h/r/y")
    assert told.gone == ("/data/g",)


def test_of_two_with_one_name_none_is_taken_for_the_other() -> None:
    old = form(
        """type | name | label
        begin group | g | G
        text | a | A
        end group | |
        begin group | h | H
        text | a | A
        end group | |""",
        settings=ONE,
    ).start()
    old.answer("/data/g/a", "1")
    old.answer("/data/h/a", "2")
    newer = form("type | name | label\ntext | a | A", settings=TWO)
    new, told = under(newer, old)
    assert new.value("a") == ""
    assert told.new_refs == ("/data/a",)
    assert set(told.gone) == {"/data/g", "/data/g/a", "/data/h", "/data/h/a"}


def test_a_repeat_does_not_become_one_question() -> None:
    old = form("type | name | label\nbegin repeat | r | R\ntext | x | X\nend repeat | |", settings=ONE).start()
    old.answer("/data/r[1]/x", "1")
    old.answer(f"{old.add_repeat('/data/r')}/x", "2")
    new, _told = under(form("type | name | label\ntext | x | X", settings=TWO), old)
    assert new.value("x") == ""


def test_what_does_not_apply_moves_too() -> None:
    survey = "type | name | label | relevant\ntext | on | On |\n{}"
    old = form(survey.format("text | a | A | ${on} = 'y'"), settings=ONE).start()
    old.answer("on", "y")
    old.answer("a", "kept")
    old.answer("on", "n")
    moved = survey.format("begin group | g | G | \ntext | a | A | ${on} = 'y'\nend group | | |")
    new, told = under(form(moved, settings=TWO), old)
    assert (new.value("a"), told.new_refs, told.gone) == ("", (), ())
    new.answer("on", "y")
    assert new.value("a") == "kept"


def test_a_new_question_begins_with_its_default_and_an_old_one_keeps_what_was_said() -> None:
    """What is first loaded is, for what the form asks only since, the first time it is asked."""
    old = form("type | name | label | default\ndate | a | A | today()", settings=ONE).start(NOW)
    old.answer("a", None)
    newer = form(
        "type | name | label | default\ndate | a | A | today()\ndate | b | B | today() + 1\ntext | c | C | plain",
        settings=TWO,
    )
    new, _told = under(newer, old)
    assert [new.value(name) for name in "abc"] == ["", "2026-03-13", "plain"]
    again = newer.again(old.to_xml(), NOW)
    assert [again.value(name) for name in "abc"] == ["", "2026-03-13", "plain"]


def test_the_same_version_says_nothing() -> None:
    made = form("type | name | label\ntext | a | A", settings=ONE)
    filling = made.start()
    filling.answer("a", "x")
    new, told = under(made, filling)
    assert (new.value("a"), told) == ("x", Resumed("1"))


def test_a_form_without_a_version_still_follows_its_questions() -> None:
    bare = "form_title | form_id\nT | t"
    old = form("type | name | label\ntext | a | A", settings=bare).start()
    old.answer("a", "x")
    moved = form("type | name | label\nbegin group | g | G\ntext | a | A\nend group | |", settings=bare)
    assert moved.resume_state(old.state()).value("a") == "x"


def test_a_form_that_was_changed_under_the_same_number_is_another_one() -> None:
    old = form("type | name | label\ntext | a | A", settings=ONE).start()
    new, told = under(form("type | name | label\ntext | a | A\ntext | b | B", settings=ONE), old)
    assert (told.new_refs, told.gone, new.value("a")) == (("/data/b",), (), "")


def test_an_attribute_that_was_set_once_comes_back_and_what_belongs_to_the_form_does_not() -> None:
    """``entity/@id`` must stay the same; ``@dataset`` is the form's own ("Entities")."""

    def made(version: str, dataset: str) -> Form:
        return written(
            f'<q/><meta><entity dataset="{dataset}" create="1" id=""><label/></entity></meta>',
            setvalue("odk-instance-first-load", "/data/meta/entity/@id", "uuid()")
            + '<bind nodeset="/data/meta/entity/label" calculate="/data/q"/>',
            asked("/data/q"),
            version,
        )

    old = made("1", "goal").start()
    old.answer("q", "x")
    first = old.value("/data/meta/entity/@id")
    new = made("2", "contact").resume_state(old.state())
    assert new.value("/data/meta/entity/@id") == first != ""
    assert [each.dataset for each in new.entities()] == ["contact"]


# ------------------------------------------------------------ state


def test_the_state_is_the_same_each_time() -> None:
    """Two elements may share a path in a form that somebody wrote by hand; a ref means the first."""
    made = written("<on/><g><a/><a/></g>", '<bind nodeset="/data/g" relevant="/data/on = \'y\'"/>', asked("/data/g/a"))
    filling = made.start()
    filling.answer("on", "y")
    first, second = filling.root.below(filling.form.definition.nodes["/data/g/a"])
    filling.engine.answer(first, "1")
    filling.engine.answer(second, "2")
    filling.answer("on", "n")
    for _ in range(20):
        assert json.loads(made.resume_state(filling.state()).state())["hidden"] == {"/data/g/a": "1"}


def test_what_does_not_apply_is_kept_where_it_stands() -> None:
    made = form(
        """type | name | label | relevant
        text | on | On |
        begin repeat | a | A |
        text | x | X | ${on} != 'n'
        begin repeat | b | B |
        text | y | Y | ${on} != 'n'
        end repeat | | |
        end repeat | | |"""
    )
    filling = made.start()
    for _ in range(2):
        filling.add_repeat("/data/a")
        filling.add_repeat("/data/a[2]/b")
    there = [live.ref() for live in filling.leaves() if live.node.name in {"x", "y"}]
    for number, ref in enumerate(there):
        filling.answer(ref, str(number))
    filling.answer("on", "n")
    kept = filling.state()
    assert json.loads(kept)["hidden"] == {ref: str(number) for number, ref in enumerate(there)}
    again = made.resume_state(kept)
    again.answer("on", "")
    assert [again.value(ref) for ref in there] == [str(number) for number in range(len(there))]


# ------------------------------------------------------------ jr://instance/last-saved


LAST = """type | name | label | default
    text | name | Name | ${last-saved#name}
    begin repeat | r | R |
    text | child | Child | ${last-saved#child}
    end repeat | | |"""


def test_a_filling_may_begin_with_what_was_saved_last() -> None:
    made = form(LAST)
    first = made.start()
    assert first.value("name") == ""
    first.answer("name", "Ana")
    first.answer("/data/r[1]/child", "Bo")
    second = made.start(last_saved=first.to_xml())
    second.add_repeat("/data/r")
    assert [second.value(ref) for ref in ("name", "/data/r[1]/child", "/data/r[2]/child")] == ["Ana", "Bo", "Bo"]
    second.answer("name", "Cy")
    assert made.resume_state(second.state(), last_saved=first.to_xml()).value("name") == "Cy"
    assert b"Ana" not in second.state()
    assert b"Ana" in made.start(last_saved=first.to_xml()).state()


def test_what_was_saved_last_may_have_a_namespace_of_its_own() -> None:
    model = '<instance id="__last-saved" src="jr://instance/last-saved"/>' + setvalue(
        "odk-instance-first-load", "/data/q", "instance('__last-saved')/data/q"
    )
    made = written("<q/>", model, asked("/data/q"))
    saved = b'<data xmlns="urn:own" id="t"><q>x</q></data>'
    assert made.start(last_saved=saved).value("q") == "x"


@pytest.mark.parametrize(
    "saved", [b"", b"<", b'<data id="other"><q>x</q></data>', b"<!DOCTYPE a><data><q>x</q></data>"]
)
def test_what_was_saved_last_may_be_useless(saved: bytes) -> None:
    model = '<instance id="__last-saved" src="jr://instance/last-saved"/>' + setvalue(
        "odk-instance-first-load", "/data/q", "instance('__last-saved')/data/q"
    )
    assert written("<q/>", model, asked("/data/q")).start(last_saved=saved).value("q") == ""


def test_it_is_no_part_of_the_answers() -> None:
    made = form(LAST)
    first = made.start()
    first.answer("name", "Ana")
    second = made.start(last_saved=first.to_xml())
    assert len(etree.fromstring(second.to_xml()).findall("name")) == 1


# ------------------------------------------------------------ repeats that count


def counted() -> Filling:
    body = asked("/data/k") + repeat("/data/r", asked("/data/r/x"), "/data/k")
    return written("<k/><r><x/></r>", '<bind nodeset="/data/k" type="int"/>', body).start()


def test_a_number_that_is_being_written_anew_takes_nothing_away() -> None:
    filling = counted()
    assert filling.repeats("/data/r") == []
    filling.answer("k", 12)
    filling.answer("/data/r[12]/x", "last")
    filling.answer("/data/r[1]/x", "first")
    filling.answer("k", "")
    assert len(filling.repeats("/data/r")) == 12
    filling.answer("k", 1)
    assert filling.repeats("/data/r") == ["/data/r[1]"]
    assert b"last" not in filling.state() + filling.to_xml()
    filling.answer("k", 13)
    assert [filling.value(f"/data/r[{place}]/x") for place in (1, 12, 13)] == ["first", "last", ""]


def test_what_was_taken_away_by_a_count_is_never_kept() -> None:
    filling = counted()
    filling.answer("k", 2)
    filling.answer("/data/r[2]/x", "canary")
    filling.answer("k", 1)
    assert b"canary" not in filling.state()
    resumed = filling.form.resume_state(filling.state())
    for each in (resumed, filling):
        each.finish()
        each.answer("k", 2)
        assert each.value("/data/r[2]/x") == ""


def test_what_comes_back_applies_as_things_stand_now() -> None:
    filling = form(
        """type | name | label | repeat_count | relevant | calculation
        integer | k | K | | |
        text | on | On | | |
        begin repeat | r | R | ${k} | |
        text | x | X | | ${on} = 'y' |
        end repeat | | | | |
        calculate | all | | | | join(',', ${x})"""
    ).start()
    filling.answer("k", 2)
    filling.answer("on", "y")
    filling.answer("/data/r[1]/x", "1")
    filling.answer("/data/r[2]/x", "2")
    filling.answer("k", 1)
    filling.answer("on", "n")
    filling.answer("k", 2)
    assert (filling.value("all"), filling.relevant("/data/r[2]/x")) == ("", False)
    filling.answer("on", "y")
    assert filling.value("all") == "1,2"


def test_a_way_chosen_in_an_instance_comes_back_with_it() -> None:
    filling = counted()
    filling.answer("k", 2)
    filling.put_off("/data/r[2]/x", Way.RATHER_NOT)
    filling.answer("k", 1)
    assert [way for _live, way in filling.ways()] == []
    assert json.loads(filling.state())["ways"] == {}
    filling.answer("k", 2)
    assert filling.way("/data/r[2]/x") is Way.RATHER_NOT
