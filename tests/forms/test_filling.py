"""A filling: answers, logic, words, repeats, entities, ways, keeping."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from lxml import etree

from planner.forms import EntityDraft, FillingUnreadable, Form, Way
from planner.forms.filling import Filling
from planner.words import use_language
from tests.forms.tables import example, form

NOW = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)


@pytest.fixture
def filling(tmp_path: Path) -> Filling:
    return Form.load(example(tmp_path)).start(NOW)


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


# ------------------------------------------------------------ words


def test_language_can_be_switched_in_the_middle(filling: Filling) -> None:
    """Spec, "Languages"."""
    assert filling.language == "English (en)"
    filling.answer("see_doctor", "yes")
    filling.answer("p_name", "Ana")
    assert filling.question("p_phone").label == "A number where Ana can be reached"
    assert [c.label for c in filling.question("see_doctor").choices] == ["Yes", "No"]
    filling.language = "es"
    assert filling.language == "Español (es)"
    assert filling.question("p_phone").label == "Un número para Ana"
    assert filling.value("sd_title") == "Ver a alguien de medicina"
    assert filling.value("sd_why") == "Since 12 mar"
    assert filling.valid("hurt_on").ok
    filling.language = "xx"
    assert filling.language == "Español (es)"
    assert filling.value("see_doctor") == "yes"


def test_program_language_is_the_first_one(tmp_path: Path) -> None:
    made = Form.load(example(tmp_path))
    use_language("es")
    try:
        assert made.start().language == "Español (es)"
    finally:
        use_language("en")
    assert made.start(language_code="es").language == "Español (es)"


def test_why_who_and_sensitive_stand_with_the_question(filling: Filling) -> None:
    asked = filling.question("see_doctor")
    assert asked.why == "We ask so that a visit can be found in time."
    assert (asked.who, asked.sensitive, asked.heavy, asked.hint) == ("you-and-worker", True, True, "")
    assert filling.question("help").choices[1].label == "Something else | more"


def test_inline_words_and_choices() -> None:
    """Spec, "Body Elements": label, output, item."""
    xform = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        "<h:head><h:title>T</h:title>"
        '<model><instance><d id="x"><n/><q/></d></instance><bind nodeset="/d/q" type="select1"/>'
        "</model></h:head><h:body>"
        '<input ref="/d/n"><label>Name</label></input><select1 ref="/d/q"><label>For <output value="/d/n"/> now</label>'
        "<hint>H</hint><item><label>A</label><value>a</value></item></select1></h:body></h:html>"
    )
    filling = Form.from_xml(xform.encode()).start()
    filling.answer("n", "Ana")
    asked = filling.question("q")
    assert (asked.label, asked.hint, asked.choices[0].label) == ("For Ana now", "H", "A")


# ------------------------------------------------------------ pages


def test_pages_are_one_thought_each(filling: Filling) -> None:
    pages = filling.pages()
    assert [(p.kind, p.ref) for p in pages] == [
        ("question", "/data/today/help"),
        ("section-note", "/data/body"),
        ("question", "/data/body/see_doctor"),
        ("question", "/data/people/person[1]/p_name"),
        ("question", "/data/people/person[1]/p_phone"),
        ("repeat", "/data/people/person"),
        ("summary", ""),
    ]
    assert [(p.section_title, p.index, p.count) for p in pages[1:3]] == [("Your body", 1, 2), ("Your body", 2, 2)]
    assert pages[5].instances == ("/data/people/person[1]",)
    assert pages[5].title == "Someone who helps"


def test_a_field_list_is_one_page_and_a_section_note_has_its_words() -> None:
    filling = form(
        """type | name | label | hint | appearance | bind::planner:heavy | bind::planner:who
        note | hi | Welcome | | | |
        begin group | s | Section | | | yes | worker
        note | s_section_note | This may feel heavy | You can skip | | |
        begin group | f | Both | | field-list | |
        note | n | Note | | | |
        text | a | A | | | |
        begin repeat | r | R | | | |
        text | b | B | | | |
        end repeat | | | | | |
        end group | | | | | |
        end group | | | | | |"""
    ).start()
    assert [(p.kind, p.title, [q.label for q in p.items]) for p in filling.pages()] == [
        ("note", "", ["Welcome"]),
        ("section-note", "This may feel heavy", []),
        ("field-list", "Both", ["Note", "A", "B"]),
        ("summary", "", []),
    ]
    assert filling.pages()[1].hint == "You can skip"
    assert filling.question("a").who == "worker"
    assert [(s.ref, s.title, s.state) for s in filling.outline()][1] == ("/data/s", "Section", "open")


def test_a_heavy_section_can_be_skipped_whole(filling: Filling) -> None:
    filling.skip_section("/data/body")
    assert [p.kind for p in filling.pages() if p.section == "/data/body"] == ["section-note"]
    (body,) = [s for s in filling.form.outline(filling) if s.ref == "/data/body"]
    assert (body.state, body.note, body.kept_for_later) == ("later", "May feel heavy", 1)
    again = filling.form.resume_state(filling.state())
    assert again.skipped("/data/body")
    again.open_section("/data/body")
    assert len([p for p in again.pages() if p.section == "/data/body"]) == 2
    filling.answer("/data/body/see_doctor", "no")
    assert not filling.skipped("/data/body")


def test_outline_says_where_each_section_stands(filling: Filling) -> None:
    assert {s.state for s in filling.outline()} == {"open"}
    filling.answer("help", "sleep")
    filling.answer("see_doctor", "yes")
    filling.put_off("hurt_on", Way.WITH_SOMEONE)
    states = {s.title: (s.state, s.kept_for_later) for s in filling.outline()}
    assert states == {
        "What would help today": ("answered", 0), "Your body": ("answered", 1), "People": ("open", 0),
    }  # fmt: skip
    filling.answer("p_name", "Ana")
    assert filling.outline()[2].state == "begun"


# ------------------------------------------------------------ entities


def test_entities_come_when_their_condition_holds(filling: Filling) -> None:
    """Spec, "Entities": create with "1" or "true", saveto, one in each group or repeat."""
    assert filling.entities() == []
    filling.answer("see_doctor", "yes")
    filling.answer("p_name", "Ana")
    filling.answer("p_phone", "555")
    goal, contact = filling.entities()
    assert goal == EntityDraft(
        "goal", "goal_see_doctor", "example/goal_see_doctor", "See a doctor",
        {"domain": "health", "time": "now", "step_1": "Ask who could come with me", "why": "Since 12 Mar"},
    )  # fmt: skip
    assert (contact.dataset, contact.label, dict(contact.properties)) == ("contact", "Ana", {"phone": "555"})
    filling.answer("see_doctor", "no")
    assert [each.dataset for each in filling.entities()] == ["contact"]


def test_answering_again_keeps_ids(filling: Filling) -> None:
    filling.answer("p_name", "Ana")
    filling.answer(f"{filling.add_repeat('/data/people/person')}/p_name", "Bo")
    first = {each.label: each.entity_id for each in filling.entities()}
    assert len(set(first.values())) == 2
    done = filling.finish()
    again = filling.form.again(done)
    again.answer("/data/people/person[2]/p_name", "Bo K.")
    assert [each.entity_id for each in again.entities()] == list(first.values())
    assert filling.form.resume(done).value("instanceID") == filling.value("instanceID")
    assert again.value("instanceID") != filling.value("instanceID")
    assert again.value("instanceID").startswith("uuid:")


def test_an_update_names_the_record_it_means() -> None:
    filling = form(
        "type | name | label | save_to\ntext | which | W |\ntext | why | Why | why",
        entities="list_name | entity_id\ngoal | ${which}",
    ).start()
    filling.answer("which", "abc")
    filling.answer("why", "because")
    (draft,) = filling.entities()
    assert (draft.entity_id, draft.create, draft.update, dict(draft.properties)) == (
        "abc",
        False,
        True,
        {"why": "because"},
    )


def test_entities_of_a_group_that_does_not_apply_are_not_made() -> None:
    filling = form(
        """type | name | label | relevant | calculation | save_to
        text | a | A | | |
        begin group | g | | ${a} = 'y' | |
        calculate | w | | | 'Why' | goal_x#why
        end group | | | | |""",
        entities="list_name | label\ngoal_x | ${w}",
    ).start()
    assert filling.entities() == []
    filling.answer("a", "y")
    assert [(e.label, dict(e.properties)) for e in filling.entities()] == [("Why", {"why": "Why"})]


# ------------------------------------------------------------ ways


def test_ways_leave_no_trace(filling: Filling) -> None:
    canary = "canary-3f9c"
    filling.answer("p_name", canary)
    filling.put_off("p_name", Way.NOT_NOW)
    filling.answer("p_phone", canary)
    filling.put_off("p_phone", Way.RATHER_NOT)
    filling.put_off("help", Way.WITH_SOMEONE)
    filling.skip_section("/data/body")
    assert filling.way("p_name") is Way.NOT_NOW
    assert filling.value("p_name") == ""
    assert canary.encode() not in filling.to_xml()
    kept = filling.state()
    assert kept.count(canary.encode()) == 1
    resumed = filling.form.resume_state(kept)
    assert [resumed.way(n) for n in ("p_name", "p_phone", "help", "see_doctor")] == [
        Way.NOT_NOW, Way.RATHER_NOT, Way.WITH_SOMEONE, None,
    ]  # fmt: skip
    done = resumed.finish() + resumed.state()
    for trace in (canary, *Way):
        assert str(trace).encode() not in done
    assert resumed.way("p_name") is None


def test_a_way_taken_back_brings_the_answer_back(filling: Filling) -> None:
    filling.answer("p_name", "Ana")
    filling.put_off("p_name", Way.NOT_NOW)
    filling.put_off("p_name", Way.WITH_SOMEONE)
    filling.take_back("p_name")
    assert (filling.value("p_name"), filling.way("p_name")) == ("Ana", None)
    filling.put_off("p_name", Way.RATHER_NOT)
    filling.take_back("p_name")
    assert filling.value("p_name") == ""
    filling.put_off("p_name", Way.NOT_NOW)
    filling.answer("p_name", "Bo")
    assert filling.way("p_name") is None


# ------------------------------------------------------------ keeping


def test_state_comes_back_whole(filling: Filling) -> None:
    filling.answer("see_doctor", "yes")
    filling.answer("hurt_on", "2026-03-01")
    filling.answer("see_doctor", "no")
    filling.language = "es"
    filling.page = "/data/people/person[1]/p_name"
    again = filling.form.resume_state(filling.state())
    assert again.state() == filling.state()
    assert (again.page, again.language) == (filling.page, "Español (es)")
    again.answer("see_doctor", "yes")
    assert again.value("hurt_on") == "2026-03-01"
    assert again.resumed is not None
    assert again.resumed.new_refs == again.resumed.gone == ()


def test_a_new_version_keeps_answers_and_tells_what_changed() -> None:
    old = form(
        "type | name | label\ntext | a | A\ntext | b | B\nbegin repeat | r | R\ntext | x | X\nend repeat | |",
        settings="form_title | form_id | version\nT | t | 1",
    ).start()
    old.answer("a", "kept")
    old.answer("b", "lost")
    old.answer(f"{old.add_repeat('/data/r')}/x", "in")
    old.put_off("b", Way.NOT_NOW)
    newer = form(
        "type | name | label | relevant\ntext | c | C |\ntext | a | A |\nbegin repeat | r | R |\ntext | x | X |\n"
        "text | y | Y |\nend repeat | | |",
        settings="form_title | form_id | version\nT | t | 2",
    )
    new = newer.resume_state(old.state())
    assert new.resumed is not None
    assert new.resumed.version_before == "1"
    assert new.resumed.new_refs == ("/data/c", "/data/r/y")
    assert new.resumed.gone == ("/data/b",)
    assert [new.value("a"), new.value("/data/r[2]/x"), new.value("/data/r[2]/y")] == ["kept", "in", ""]
    assert newer.resume(old.to_xml()).value("a") == "kept"
    assert new.to_xml().count(b'version="2"') == 1


@pytest.mark.parametrize(
    "state", [b"", b"{}", b"[]", b"\xff", b'{"form": "other", "xml": "<data/>"}', b'{"form": "example", "xml": "<"}',
              b'{"form": "example", "xml": "<data id=\'no\'/>"}', b'{"form": "example", "xml": "<data/>", "ways": 3}',
              b'{"form": "example", "xml": "<!DOCTYPE a><data/>"}']
)  # fmt: skip
def test_damaged_state_is_told(filling: Filling, state: bytes) -> None:
    with pytest.raises(FillingUnreadable) as told:
        filling.form.resume_state(state)
    assert told.value.sentence
    assert told.value.what_next


def test_strange_ways_in_a_state_are_left_out(filling: Filling) -> None:
    kept = json.loads(filling.state())
    kept["ways"] = {"/data/none": ["not-now", ""], "/data/today/help": ["later", ""]}
    kept["hidden"] = {"/data/none": "x", "a[": "y"}
    again = filling.form.resume_state(json.dumps(kept).encode())
    assert again.way("help") is None


def test_submission_fits_the_form(filling: Filling) -> None:
    filling.answer("see_doctor", "yes")
    root = etree.fromstring(filling.to_xml())
    assert (root.tag, root.get("id"), root.get("version")) == ("data", "example", "1")
    known = {node.path for node in filling.form.definition.nodes.values()}
    for element in root.iter():
        path = "/" + "/".join(
            [etree.QName(e).localname for e in [*element.iterancestors()][::-1]] + [etree.QName(element).localname]
        )
        assert path in known


def test_expressions_can_be_tried_anywhere(filling: Filling) -> None:
    filling.answer("p_name", "Ana")
    assert filling.evaluate("count(/data/people/person)") == 1.0
    assert filling.evaluate("string(../p_name)", "p_phone") == "Ana"
    assert filling.evaluate("../@dataset", "/data/people/person[1]/meta/entity/@id") == ["contact"]


def test_only_questions_can_be_put_off(filling: Filling) -> None:
    for ref in ("/data/body", "sd_title"):
        with pytest.raises(ValueError, match="not a question"):
            filling.put_off(ref, Way.NOT_NOW)
