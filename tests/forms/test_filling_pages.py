"""A filling as it is shown: words and pages."""

from __future__ import annotations

from pathlib import Path

from planner.forms import Form, Way
from planner.forms.filling import Filling
from planner.words import use_language
from tests.forms.tables import example, form

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
        text | c | C | | | |
        text | d | D | | | |
        end group | | | | | |
        end group | | | | | |"""
    ).start()
    assert [(p.kind, p.title, [q.label for q in p.items]) for p in filling.pages()] == [
        ("note", "", ["Welcome"]),
        ("section-note", "This may feel heavy", []),
        ("field-list", "Both", ["Note", "A"]),
        ("question", "", ["B"]),
        ("repeat", "R", []),
        ("field-list", "Both", ["C", "D"]),
        ("summary", "", []),
    ]
    assert len({(page.kind, page.ref) for page in filling.pages()}) == 7
    assert filling.pages()[1].hint == "You can skip"
    assert filling.question("a").who == "worker"
    assert [(s.ref, s.title, s.state) for s in filling.outline()][1] == ("/data/s", "Section", "open")


def test_a_repeat_nobody_can_add_to_stays_on_the_page_of_its_group() -> None:
    """XLSForm reference, "Multiple questions per screen"; repeat_count."""
    filling = form(
        """type | name | label | appearance | repeat_count
        begin group | f | Both | field-list |
        text | a | A | |
        begin repeat | r | R | | 2
        text | b | B | |
        end repeat | | | |
        end group | | | |"""
    ).start()
    assert [(p.kind, [q.label for q in p.items]) for p in filling.pages()] == [
        ("field-list", ["A", "B", "B"]),
        ("summary", []),
    ]


def test_a_table_is_one_page_with_a_row_for_the_labels() -> None:
    """XLSForm reference, "Grouping multiple-choice questions together" (table-list)."""
    filling = form(
        """type | name | label | appearance
        begin group | g | How often? | table-list
        select_one yn | a | A |
        select_one yn | b | B |
        end group | | |""",
        "list_name | name | label\nyn | y | Yes\nyn | n | No",
    ).start()
    page, _summary = filling.pages()
    assert (page.kind, page.ref) == ("field-list", "/data/g")
    assert [(q.kind, *(q.appearance & {"label", "list-nolabel"})) for q in page.items] == [
        ("note",),
        ("select_one", "label"),
        ("select_one", "list-nolabel"),
        ("select_one", "list-nolabel"),
    ]


def test_a_repeat_that_does_not_apply_offers_nothing_even_when_it_is_empty() -> None:
    """Specification, "Bind Attributes", relevant: the group "will only be presented" when it holds."""
    filling = form(
        """type | name | label | relevant
        text | on | On |
        begin repeat | r | R | ${on} = 'y'
        text | x | X |
        end repeat | | |"""
    ).start()
    assert [page.kind for page in filling.pages()] == ["question", "summary"]
    filling.answer("on", "y")
    assert [page.kind for page in filling.pages()] == ["question", "question", "repeat", "summary"]
    filling.remove_repeat("/data/r[1]")
    assert [page.kind for page in filling.pages()] == ["question", "repeat", "summary"]
    filling.answer("on", "n")
    assert [page.kind for page in filling.pages()] == ["question", "summary"]


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
