"""Odd but legal forms: several rules at once, in repeats, across groups, at the edge; the source beside each."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lxml import etree

from planner.forms.filling import Filling
from tests.forms import xforms
from tests.forms.tables import NOW, form
from tests.forms.xforms import asked, repeat


def values(filling: Filling, *refs: str) -> list[str]:
    return [filling.value(ref) for ref in refs]


def test_whole_paths_inside_a_repeat_mean_that_instance() -> None:
    """Specification, changes: absolute paths to single nodes in a repeat are as if relative to its instance.

    Forms made some years ago write all their paths so. A function over a set that is given one set has all of it.
    """
    filling = xforms.form(
        "<r><a/><b/><c/><d/><e/><f/></r><all/>",
        """<bind nodeset="/data/r/c" calculate="concat(/data/r/a, ' ', /data/r/b)"/>
        <bind nodeset="/data/r/d" calculate="sum(/data/r/b)"/>
        <bind nodeset="/data/r/e" calculate="max(/data/r/b, 5)"/>
        <bind nodeset="/data/r/f" calculate="join('-', /data/r/a, /data/r/b)"/>
        <bind nodeset="/data/all" calculate="concat(/data/r/a, '.')"/>""",
        repeat("/data/r", asked("/data/r/a") + asked("/data/r/b")),
    ).start(NOW)
    filling.add_repeat("/data/r")
    for place, (a, b) in enumerate((("x", 1), ("y", 2)), 1):
        filling.answer(f"/data/r[{place}]/a", a)
        filling.answer(f"/data/r[{place}]/b", b)
    assert values(filling, *(f"/data/r[1]/{name}" for name in "cdef")) == ["x 1", "3", "5", "x-1"]
    assert values(filling, *(f"/data/r[2]/{name}" for name in "cdef")) == ["y 2", "3", "5", "y-2"]
    assert filling.value("all") == "xy."


def test_several_paths_given_to_a_function_over_sets_are_of_one_instance() -> None:
    """The same of each function that takes several values; two sets in step are a pair of sets (weighted-checklist)."""
    filling = xforms.form(
        "<r><a/><b/><far/><most/><some/><heavy/><alone/><pairs/></r>",
        """<bind nodeset="/data/r/far" calculate="distance(/data/r/a, /data/r/b)"/>
        <bind nodeset="/data/r/most" calculate="min(number(substr(/data/r/a, 0, 1)), 7)"/>
        <bind nodeset="/data/r/some" calculate="checklist(1, 1, /data/r/a, /data/r/b)"/>
        <bind nodeset="/data/r/heavy" calculate="weighted-checklist(5, 9, /data/r/a, 2, /data/r/b, 3)"/>
        <bind nodeset="/data/r/alone" calculate="weighted-checklist(2, 2, /data/r/a, 2)"/>
        <bind nodeset="/data/r/pairs" calculate="weighted-checklist(6, 6, /data/r/a, /data/r/b)"/>""",
        repeat("/data/r", asked("/data/r/a") + asked("/data/r/b")),
    ).start(NOW)
    filling.add_repeat("r")
    for place, (a, b) in enumerate((("1", "2"), ("1", "4")), 1):
        filling.answer(f"/data/r[{place}]/a", a)
        filling.answer(f"/data/r[{place}]/b", b)
    for place in (1, 2):
        found = values(filling, *(f"/data/r[{place}]/{name}" for name in ("some", "heavy", "alone", "pairs", "most")))
        assert found == ["false", "true", "true", "true", "1"]
    filling.answer("/data/r[2]/a", "0 0")
    filling.answer("/data/r[2]/b", "0 1")
    assert filling.value("/data/r[2]/far") == "111318.85"


def test_a_trigger_in_one_group_reaches_every_instance_of_a_repeat_in_another() -> None:
    """XLSForm reference, "Trigger"; each instance is worked out with what was answered in it."""
    filling = form(
        """type | name | label | calculation | trigger
        begin group | one | One | |
        text | a | A | |
        end group | | | |
        begin group | two | Two | |
        integer | times | T | coalesce(${times}, 0) + 1 | ${a}, ${b}
        text | b | B | |
        begin repeat | r | R | |
        text | x | X | |
        text | y | Y | concat(${x}, '!', ${a}) | ${a}
        end repeat | | | |
        end group | | | |"""
    ).start(NOW)
    filling.add_repeat("r")
    filling.answer("/data/two/r[2]/x", "q")
    assert values(filling, "times", "/data/two/r[1]/y", "/data/two/r[2]/y") == ["", "", ""]
    filling.answer("a", "1")
    assert values(filling, "times", "/data/two/r[1]/y", "/data/two/r[2]/y") == ["1", "!1", "q!1"]
    filling.answer("b", "z")
    filling.answer("a", None)
    assert values(filling, "times", "/data/two/r[1]/y", "/data/two/r[2]/y") == ["3", "!", "q!"]


def test_counts_inside_counts() -> None:
    """XLSForm reference, "Repeats": dynamic repeat counts; specification, jr:count and position(..)."""
    filling = form(
        """type | name | label | repeat_count | calculation
        integer | n | N | |
        begin repeat | out | O | ${n} |
        integer | k | K | |
        begin repeat | in | I | ${k} |
        text | t | T | |
        calculate | at | | | concat(position(../..), '-', position(..), ':', ${t})
        end repeat | | | |
        calculate | many | | | count(${in})
        end repeat | | | |
        calculate | all | | | join(';', ${at})
        calculate | total | | | sum(${k})"""
    ).start(NOW)
    filling.answer("n", 2)
    filling.answer("/data/out[1]/k", 2)
    filling.answer("/data/out[2]/k", 1)
    filling.answer("/data/out[1]/in[2]/t", "x")
    assert values(filling, "/data/out[1]/many", "/data/out[2]/many", "total") == ["2", "1", "3"]
    assert filling.value("all") == "1-1:;1-2:x;2-1:"
    filling.answer("n", 1)
    assert values(filling, "all", "total") == ["1-1:;1-2:x", "2"]
    filling.answer("n", 2)
    assert values(filling, "all", "total") == ["1-1:;1-2:x;2-1:", "3"]
    filling.answer("n", -3)
    assert values(filling, "all", "total") == ["", "0"]


CHOICES = """list_name | name | label | k
    l | a | Apple | Ana
    l | b | Bread | Bo
    m | a | Ant |
    m | c | Cat |"""


def test_choices_from_one_repeat_filter_those_of_another() -> None:
    """XLSForm reference, "Generating select ones with dynamic options", "Cascading selects", "Specify other"."""
    filling = form(
        """type | name | label | choice_filter | calculation
        begin repeat | p | P | |
        text | who | Name | |
        integer | age | Age | |
        end repeat | | | |
        select_one ${who} | grown | G | ${age} >= 18 |
        begin repeat | q | Q | |
        select_one ${who} | friend | F | ${who} != ${grown} |
        select_one l | likes | L ${friend} | k = ${friend} |
        select_multiple m or_other | pets | Pets | |
        calculate | named | | | jr:choice-name(${likes}, '${likes}')
        end repeat | | | |
        calculate | others | | | count-non-empty(/data/q/pets_other)""",
        CHOICES,
    ).start(NOW)
    for place, (who, age) in enumerate((("Ana", 20), ("Bo", 3)), 1):
        if place > 1:
            filling.add_repeat("p")
        filling.answer(f"/data/p[{place}]/who", who)
        filling.answer(f"/data/p[{place}]/age", age)
    filling.add_repeat("p")
    filling.add_repeat("q")
    assert [each.value for each in filling.question("grown").choices] == ["Ana"]
    filling.answer("grown", "Ana")
    assert [each.value for each in filling.question("/data/q[2]/friend").choices] == ["Bo"]
    filling.answer("/data/q[2]/friend", "Bo")
    assert filling.question("/data/q[1]/likes").choices == ()
    assert [each.value for each in filling.question("/data/q[2]/likes").choices] == ["b"]
    assert filling.question("/data/q[2]/likes").label == "L Bo"
    filling.answer("/data/q[2]/likes", "b")
    assert values(filling, "/data/q[1]/named", "/data/q[2]/named") == ["", "Bread"]
    filling.answer("/data/q[2]/pets", "a other")
    assert [filling.relevant(f"/data/q[{place}]/pets_other") for place in (1, 2)] == [False, True]
    filling.answer("/data/q[2]/pets_other", "Owl")
    assert filling.value("others") == "1"
    filling.answer("/data/q[2]/pets", "a")
    assert filling.value("others") == "0"
    assert b"Owl" not in filling.to_xml()


def test_several_of_the_answers_of_a_repeat() -> None:
    """XLSForm reference, "Generating select ones with dynamic options", for several choices and for a ranking."""
    for choices in ("", "list_name | name | label\nl | a | A", "list name | value | label::English (en)\nl | a | A"):
        made = form(
            """type | name | label | choice_filter
            begin repeat | r | R |
            text | who | N |
            end repeat | | |
            select_multiple ${who} | some | Some | ${who} != 'Bo'
            select_multiple ${who} | more | More |
            rank ${who} | order | Order |""",
            choices,
        )
        assert not [each for each in made.problems if each.sheet != "survey"]
        filling = made.start(NOW)
        filling.answer("/data/r[1]/who", "Ana")
        filling.answer(f"{filling.add_repeat('r')}/who", "Bo")
        kinds = {name: filling.question(name).kind for name in ("some", "more", "order")}
        assert kinds == {"some": "select_multiple", "more": "select_multiple", "order": "rank"}
        assert [each.label for each in filling.question("some").choices] == ["Ana"]
        assert [each.label for each in filling.question("more").choices] == ["Ana", "Bo"]
        assert [each.label for each in filling.question("order").choices] == ["Ana", "Bo"]
        filling.answer("more", ["Bo", "Ana"])
        assert filling.valid("more").ok
        filling.answer("more", ["Cy"])
        assert not filling.valid("more").ok


LETTERS = "list_name | name | label\n" + "\n".join(f"l | {each} | {each}" for each in "ABCDEF")


def test_a_seed_orders_every_kind_of_choice_alike() -> None:
    """XLSForm reference, "Randomize Choices"; the specification, randomize(): ABCDEF with 42 is AFCBDE, with 1 BFEACD.

    In a repeat the seed may be of the instance.
    """
    filling = form(
        """type | name | label | calculation | parameters | choice_filter | repeat_count
        calculate | seed | | once(42) | | |
        select_one l | a | A | | randomize=true, seed=${seed} | ${seed} > 0 |
        select_multiple l | b | B | | randomize=true seed=42 | |
        rank l | c | C | | randomize=true seed=42 | |
        begin repeat | r | R | | | | 2
        calculate | at | | position(..) | | |
        select_one l | d | D | | randomize=true seed=${at} | |
        end repeat | | | | | |""",
        LETTERS,
    ).start(NOW)
    orders = {
        ref: "".join(each.value for each in filling.question(ref).choices)
        for ref in ("a", "b", "c", "/data/r[1]/d", "/data/r[2]/d")
    }
    assert {orders[ref] for ref in "abc"} == {"AFCBDE"}
    assert orders["/data/r[1]/d"] == "BFEACD"
    assert orders["/data/r[2]/d"] != "BFEACD"


def test_what_was_saved_last_begins_the_next_and_once_stays() -> None:
    """XLSForm reference, "Dynamic defaults from previous record"; specification, once(), jr://instance/last-saved."""
    made = form(
        """type | name | label | calculation | default
        text | a | A | | ${last-saved#a}
        integer | visits | V | | coalesce(${last-saved#visits}, 0) + 1
        calculate | one | | once(uuid()) |"""
    )
    first = made.start(NOW)
    assert values(first, "a", "visits") == ["", "1"]
    first.answer("a", 'it\'s "so"')
    again = made.start(NOW, last_saved=first.to_xml())
    assert values(again, "a", "visits") == ['it\'s "so"', "2"]
    assert again.value("one") != first.value("one")
    assert made.resume(again.to_xml()).value("one") == again.value("one")


def test_an_update_or_a_new_one_in_each_instance() -> None:
    """ODK entities, "Declaring that a form updates entities": create and update by condition, here in a repeat."""
    known = "6d3c3c4e-2b1c-4a51-9a0e-3a1f0e0a0001"
    filling = form(
        """type | name | label | save_to
        begin repeat | p | P |
        text | ref | Id |
        text | who | Name |
        text | fee | Fee | cost
        end repeat | | |""",
        entities="""list_name | entity_id | update_if | create_if | label
        paper_id | ${ref} | ${ref} != '' | ${ref} = '' | concat('L ', ${who})""",
    ).start(NOW)
    filling.answer("/data/p[1]/ref", known)
    filling.answer("/data/p[1]/who", "One")
    filling.answer(f"{filling.add_repeat('p')}/who", "Two")
    filling.answer("/data/p[2]/fee", "5")
    first, second = filling.entities()
    assert (first.entity_id, first.create, first.update, first.label) == (known, False, True, "L One")
    assert (second.create, second.update, second.label) == (True, False, "L Two")
    assert second.entity_id not in {"", known}
    assert dict(second.properties) == {"cost": "5"}


def test_quotes_in_labels_answers_and_expressions() -> None:
    """XPath 1.0, 3.7: literals in either quotes; an answer is never part of an expression."""
    filling = form(
        """type | name | label | calculation | relevant
        text | a | Say "a" or it's | |
        calculate | b | | if(${a} = "it's", 'yes "x"', "no") |
        calculate | c | | concat('"', ${a}, "'") |
        note | n | It is ${a} | | ${a} != "' or 1 = 1"
        """
    ).start(NOW)
    assert filling.question("a").label == 'Say "a" or it\'s'
    filling.answer("a", "it's")
    assert values(filling, "b", "c") == ['yes "x"', "\"it's'"]
    assert filling.question("n").label == "It is it's"
    filling.answer("a", "' or 1 = 1")
    assert not filling.relevant("n")
    filling.answer("a", "<x>&]]>")
    assert etree.fromstring(filling.to_xml()).findtext("c") == "\"<x>&]]>'"


def test_days_before_1970_and_leap_days_in_a_form() -> None:
    """Specification, number() of dates: days since 1970 also count backwards; on 29 February an age in years."""
    filling = form(
        """type | name | label | calculation | constraint
        date | born | B | | . < date('1970-01-01') or . > '2000-02-29'
        calculate | days | | number(${born}) |
        calculate | years | | int((today() - ${born}) div 365.25) |
        calculate | next | | date(${born} + 366) |"""
    ).start(datetime(2024, 2, 29, 12, tzinfo=UTC))
    filling.answer("born", "1960-02-29")
    assert filling.valid("born").ok
    assert values(filling, "days", "years", "next") == ["-3594", "64", "1961-03-01"]
    filling.answer("born", "2000-02-29")
    assert not filling.valid("born").ok
    filling.answer("born", "2000-03-01")
    assert filling.valid("born").ok
    filling.answer("born", None)
    assert filling.valid("born").ok
    assert values(filling, "days", "years", "next") == ["", "", ""]


def test_messages_and_labels_by_their_ids() -> None:
    """Specification, "Bind Attributes": jr:constraintMsg and jr:requiredMsg may be jr:itext(); "Languages"; a
    relative path inside a group ("Groups").
    """
    texts = (("en", "More", "Please", "Apples"), ("es", "Más", "Por favor", "Manzanas"))
    words = "".join(
        f'<translation lang="{language}"><text id="c"><value>{more}</value></text><text id="r"><value>{please}</value>'
        f'</text><text id="l"><value>{label}</value><value form="short">S</value></text></translation>'
        for language, more, please, label in texts
    )
    filling = xforms.form(
        "<a/><g><c>7</c></g>",
        '<bind nodeset="/data/a" type="int" required="true()" constraint=". &gt; 3"'
        f""" jr:requiredMsg="jr:itext('r')" jr:constraintMsg="jr:itext('c')"/><itext>{words}</itext>""",
        """<input ref="/data/a"><label ref="jr:itext('l')">Else</label></input>
        <group ref="/data/g"><input ref="c"><label>C</label></input></group>""",
    ).start(NOW)
    assert (filling.valid("a").message, filling.valid("a").gentle) == ("Please", True)
    filling.answer("a", 2)
    assert filling.valid("a").message == "More"
    filling.language = "es"
    assert (filling.valid("a").message, filling.question("a").label) == ("Más", "Manzanas")
    assert filling.question("/data/g/c").value == "7"


def test_the_version_of_the_form_and_nothing_of_the_device() -> None:
    """ODK's clients, version(): what the settings say; property() and jr:preload "property" stay empty on purpose."""
    made = """type | name | label | calculation
        text | a | A |
        calculate | v | | version()
        calculate | p | | concat(property('deviceid'), property('email'), property('anything'))
        note | n | This is ${v} |"""
    one, two = (
        form(made, settings=f"form_title | form_id | version\nT | t | {version}") for version in ("2026a", '2027 "b"')
    )
    first = one.start(NOW)
    first.answer("a", "x")
    assert values(first, "v", "p") == ["2026a", ""]
    assert first.question("n").label == "This is 2026a"
    again = two.resume(first.to_xml())
    assert values(again, "a", "v") == ["x", '2027 "b"']


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")
    monkeypatch.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("new_york")
def test_the_nights_in_which_clocks_are_changed() -> None:
    """Specification, "Data Types", dateTime: the offset stays with the answer; number(): days since 1970 UTC."""
    filling = form(
        """type | name | label | calculation
        dateTime | a | A |
        dateTime | b | B |
        date | d | D |
        calculate | hours | | round((decimal-date-time(${b}) - decimal-date-time(${a})) * 24, 2)
        calculate | clock | | format-date-time(${b}, '%H:%M')
        calculate | next | | date(${d} + 1)
        calculate | began | | once(now()) |"""
    ).start(datetime(2024, 3, 10, 1, 30).astimezone())
    assert filling.value("began") == "2024-03-10T01:30:00.000-05:00"
    # Two hours by the clock are one
    filling.answer("a", "2024-03-10T01:30:00.000-05:00")
    filling.answer("b", "2024-03-10T03:30:00.000-04:00")
    filling.answer("d", "2024-03-10")
    assert values(filling, "hours", "clock", "next") == ["1", "03:30", "2024-03-11"]
    # The same time by the clock comes twice
    filling.answer("a", datetime(2024, 11, 3, 1, 30, fold=0))  # noqa: DTZ001 - a wall clock
    filling.answer("b", datetime(2024, 11, 3, 1, 30, fold=1))  # noqa: DTZ001 - a wall clock
    assert values(filling, "a", "b") == ["2024-11-03T01:30:00.000-04:00", "2024-11-03T01:30:00.000-05:00"]
    assert values(filling, "hours", "clock") == ["1", "01:30"]
    # Another zone keeps its own clock
    filling.answer("b", "2024-11-04T05:00:00.000+13:00")
    assert values(filling, "clock", "hours") == ["05:00", "10.5"]


def test_a_pattern_that_is_none_is_told_and_stops_nobody() -> None:
    """Specification, regex(): the expression is a pattern; what is none cannot say that an answer does not fit."""
    made = form(
        """type | name | label | constraint | repeat_count
        text | a | A | regex(., '(') |
        text | b | B | regex(., '^[a-z]{2}$') |
        begin repeat | r | R | | humid() + 1
        text | c | C | |
        end repeat | | | |"""
    )
    assert [(each.sheet, each.row, each.what.split(":")[0]) for each in made.problems] == [
        ("survey", 2, "a"),
        ("survey", 4, "r_count"),
    ]
    filling = made.start(NOW)
    filling.answer("a", "anything")
    assert filling.valid("a").ok
    filling.answer("b", "abc")
    assert not filling.valid("b").ok
    filling.answer("b", "ab")
    assert filling.valid("b").ok
