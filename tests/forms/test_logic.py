"""Logic columns, named as the XLSForm reference and the ODK XForms specification name them."""

from __future__ import annotations

import pytest

from planner.forms import Form
from planner.forms.filling import Filling
from planner.words import use_language
from tests.forms.tables import NOW, form
from tests.forms.xforms import asked, repeat
from tests.forms.xforms import form as written


def values(filling: Filling, *refs: str) -> list[str]:
    return [filling.value(ref) for ref in refs]


# ------------------------------------------------------------ relevant


def test_what_does_not_apply_is_empty_for_everything_that_looks_at_it() -> None:
    """Specification, "Bind Attributes", relevant: the node and all below it are removed."""
    filling = form(
        """type | name | label | relevant | calculation
        text | on | On | |
        begin group | g | G | ${on} = 'y' |
        integer | a | A | |
        begin group | h | H | ${a} > 1 |
        integer | b | B | |
        end group | | | |
        end group | | | |
        calculate | sum | | | coalesce(${a}, 0) + coalesce(${b}, 0)
        calculate | empty | | | if(${b} = '', 'yes', 'no')"""
    ).start()
    filling.answer("on", "y")
    filling.answer("a", 2)
    filling.answer("b", 5)
    assert values(filling, "sum", "empty") == ["7", "no"]
    filling.answer("a", 1)
    assert values(filling, "sum", "empty") == ["1", "yes"]
    filling.answer("on", "")
    assert values(filling, "sum", "empty") == ["0", "yes"]
    assert b"<g>" not in filling.to_xml()
    filling.answer("a", 2)
    filling.answer("on", "y")
    assert values(filling, "sum", "empty") == ["7", "no"]


def test_a_default_that_does_not_apply_is_not_counted() -> None:
    filling = form(
        """type | name | label | relevant | default | calculation
        text | on | On | | |
        integer | a | A | ${on} = 'y' | 3 |
        calculate | b | | | | coalesce(${a}, 'none')"""
    ).start()
    assert filling.value("b") == "none"
    filling.answer("on", "y")
    assert filling.value("b") == "3"


def test_instances_apply_each_by_itself() -> None:
    """The specification, "Repeats", relevance of a repeat by the place of the instance."""
    model = '<bind nodeset="/data/r" relevant="position(.) != 2"/><bind nodeset="/data/n" calculate="count(/data/r)"/>'
    filling = written("<r><x/></r><r><x/></r><r><x/></r><n/>", model, repeat("/data/r", asked("/data/r/x"))).start()
    for place in (1, 2, 3):
        filling.answer(f"/data/r[{place}]/x", place)
    assert [filling.relevant(f"/data/r[{place}]/x") for place in (1, 2, 3)] == [True, False, True]
    assert filling.value("n") == "2"
    assert [page.ref for page in filling.pages() if page.kind == "question"] == ["/data/r[1]/x", "/data/r[3]/x"]
    filling.remove_repeat("/data/r[1]")
    assert [filling.relevant(f"/data/r[{place}]/x") for place in (1, 2)] == [True, False]
    assert values(filling, "/data/r[1]/x", "/data/r[2]/x") == ["2", ""]


def test_an_inner_repeat_applies_by_the_place_of_the_outer_one() -> None:
    model = '<bind nodeset="/data/a/b" relevant="position(..) mod 2 = 1"/>'
    body = repeat("/data/a", asked("/data/a/x") + repeat("/data/a/b", asked("/data/a/b/y")))
    filling = written("<a><x/><b><y/></b></a>", model, body).start()
    filling.add_repeat("/data/a")
    filling.add_repeat("/data/a")
    assert [filling.relevant(f"/data/a[{place}]/b[1]/y") for place in (1, 2, 3)] == [True, False, True]
    filling.remove_repeat("/data/a[1]")
    assert [filling.relevant(f"/data/a[{place}]/b[1]/y") for place in (1, 2)] == [True, False]


# ------------------------------------------------------------ constraint, required, readonly


LANGUAGES = "form_title | form_id | version | default_language\nT | t | 1 | Español (es)"


def test_messages_speak_the_language_in_use_and_hold_answers() -> None:
    """The specification, "Bind Attributes", jr:constraintMsg and jr:requiredMsg: a text or jr:itext()."""
    made = form(
        """type | name | label::English (en) | label::Español (es) | constraint | constraint_message::English (en) \
| constraint_message::Español (es) | required | required_message::English (en) | required_message::Español (es)
        text | who | Who | Quién | | | | | |
        integer | n | N | N | . < 5 | Too many for ${who} | Demasiado para ${who} \
| ${who} = 'Ana' | Please, ${who} | Por favor, ${who}""",
        settings=LANGUAGES,
    )
    assert made.problems == ()
    filling = made.start()
    assert filling.valid("n").ok
    filling.answer("who", "Ana")
    wanted = filling.valid("n")
    assert (wanted.ok, wanted.gentle, wanted.message) == (False, True, "Please, Ana")
    filling.answer("n", 9)
    assert (filling.valid("n").message, filling.valid("n").gentle) == ("Too many for Ana", False)
    filling.language = "es"
    assert filling.valid("n").message == "Demasiado para Ana"
    filling.answer("n", "")
    assert filling.valid("n").message == "Por favor, Ana"
    filling.answer("who", "Bo")
    assert filling.valid("n").ok


def test_a_constraint_may_look_at_others_and_is_not_asked_of_nothing() -> None:
    """The specification, "Bind Attributes", constraint: "Will only be evaluated when the node is non-empty"."""
    filling = form(
        """type | name | label | constraint
        date | from | From |
        date | to | To | . >= ${from}
        text | code | Code | regex(., '^[A-Z]{2}$') and string-length(.) = 2"""
    ).start()
    filling.answer("from", "2026-03-12")
    assert filling.valid("to").ok
    filling.answer("to", "2026-03-11")
    assert not filling.valid("to").ok
    filling.answer("from", "2026-03-01")
    assert filling.valid("to").ok
    filling.answer("code", "ab")
    assert not filling.valid("code").ok
    filling.answer("code", "AB")
    assert filling.valid("code").ok


def test_what_does_not_apply_is_never_wrong() -> None:
    filling = form(
        "type | name | label | constraint | required | relevant\ntext | a | A | | |\n"
        "integer | b | B | . > 3 | yes | ${a} = 'y'"
    ).start()
    assert filling.valid("b").ok
    filling.answer("a", "y")
    filling.answer("b", 1)
    assert not filling.valid("b").ok
    filling.answer("a", "")
    assert filling.valid("b").ok


def test_readonly_by_condition() -> None:
    """The specification, "Bind Attributes", readonly: a boolean expression."""
    filling = form(
        "type | name | label | readonly | default\ntext | a | A | |\ninteger | b | B | ${a} = 'done' | 5"
    ).start()
    assert not filling.question("b").readonly
    filling.answer("a", "done")
    assert filling.question("b").readonly
    assert filling.readonly("b")
    assert filling.value("b") == "5"


# ------------------------------------------------------------ calculation


def test_calculations_follow_each_other_through_the_form() -> None:
    filling = form(
        """type | name | label | calculation
        calculate | c | | ${b} * 10
        calculate | b | | ${a} + 1
        integer | a | A |
        calculate | d | | concat(${c}, '/', ${b})"""
    ).start()
    assert values(filling, "b", "c", "d") == ["", "", "/"]
    filling.answer("a", 2)
    assert values(filling, "b", "c", "d") == ["3", "30", "30/3"]


def test_false_is_a_text_that_holds() -> None:
    """The specification, "XPath Functions", note: boolean("false") is true."""
    filling = form(
        """type | name | label | calculation | relevant
        integer | a | A | |
        calculate | big | | ${a} > 10 |
        text | b | B | | ${big}
        text | c | C | | ${big} = 'true'
        text | d | D | | boolean-from-string(${big})"""
    ).start()
    filling.answer("a", 1)
    assert filling.value("big") == "false"
    assert [filling.relevant(name) for name in "bcd"] == [True, False, False]
    filling.answer("a", 11)
    assert [filling.relevant(name) for name in "bcd"] == [True, True, True]


# ------------------------------------------------------------ choice_filter


def test_choices_cascade_over_three_levels_and_inside_a_repeat() -> None:
    """XLSForm reference, "Cascading selects"; specification, "Secondary Instances - Internal"."""
    filling = form(
        """type | name | label | choice_filter
        begin repeat | r | R |
        select_one state | s | State |
        select_one county | c | County | state = ${s}
        select_one town | t | Town | state = ${s} and county = ${c}
        end repeat | | |""",
        """list_name | name | label | state | county
        state | tx | Texas | |
        state | wa | Washington | |
        county | king | King | tx |
        county | king | King | wa |
        county | pierce | Pierce | wa |
        town | brown | Brown | wa | king
        town | dallas | Dallas | tx | king
        town | puyallup | Puyallup | wa | pierce""",
        "form_title | form_id | version | allow_choice_duplicates\nT | t | 1 | yes",
    ).start()
    filling.add_repeat("/data/r")
    filling.answer("/data/r[1]/s", "wa")
    filling.answer("/data/r[2]/s", "tx")
    filling.answer("/data/r[2]/c", "king")
    assert [c.value for c in filling.question("/data/r[1]/c").choices] == ["king", "pierce"]
    assert [c.value for c in filling.question("/data/r[2]/c").choices] == ["king"]
    assert [c.label for c in filling.question("/data/r[2]/t").choices] == ["Dallas"]
    filling.answer("/data/r[1]/c", "king")
    assert [c.label for c in filling.question("/data/r[1]/t").choices] == ["Brown"]


def test_choices_may_come_from_answers() -> None:
    """XLSForm reference, "Generating select ones with dynamic options": the names of a repeat as choices."""
    filling = form(
        """type | name | label | choice_filter | calculation
        begin repeat | r | R | |
        text | name | Name | |
        end repeat | | | |
        select_one ${name} | head | Head | |"""
    ).start()
    filling.answer("/data/r[1]/name", "Ana")
    filling.answer(f"{filling.add_repeat('/data/r')}/name", "Bo")
    assert [(c.value, c.label) for c in filling.question("head").choices] == [("Ana", "Ana"), ("Bo", "Bo")]
    filling.remove_repeat("/data/r[1]")
    assert [c.value for c in filling.question("head").choices] == ["Bo"]


# ------------------------------------------------------------ repeats


@pytest.mark.parametrize(("count", "there"), [("3", 3), ("2.9", 2), ("0", 0), ("-1", 0), ("'x'", 0)])
def test_a_count_that_stands_fast(count: str, there: int) -> None:
    """The specification, "Creation, Removal of Repeats", jr:count."""
    body = repeat("/data/r", asked("/data/r/x"), count)
    assert len(written("<r><x/></r>", "", body).start().repeats("/data/r")) == there


def test_defaults_of_the_form_stay_in_the_first_instances_of_a_count() -> None:
    """The specification, "Default Values in Repeats"."""
    inside = '<k/><r jr:template=""><x>new</x></r><r><x>John</x></r><r><x>Kofi</x></r>'
    filling = written(inside, "", asked("/data/k") + repeat("/data/r", asked("/data/r/x"), "/data/k")).start()
    filling.answer("k", "3")
    assert [filling.value(ref) for ref in filling.repeats("/data/r") for ref in [f"{ref}/x"]] == ["new"] * 3
    began = written(
        inside.replace("<k/>", "<k>3</k>"), "", asked("/data/k") + repeat("/data/r", asked("/data/r/x"), "/data/k")
    ).start()
    assert [began.value(f"{ref}/x") for ref in began.repeats("/data/r")] == ["John", "Kofi", "new"]


def test_a_template_is_no_instance() -> None:
    """The specification, "Default Values in Repeats": the group with jr:template "is not part of the record itself"."""
    filling = written(
        '<r jr:template=""><x>t</x></r><r><x>John</x></r>', "", repeat("/data/r", asked("/data/r/x"))
    ).start()
    assert filling.repeats("/data/r") == ["/data/r[1]"]
    filling.add_repeat("/data/r")
    assert values(filling, "/data/r[1]/x", "/data/r[2]/x") == ["John", "t"]
    assert b"template" not in filling.to_xml()


def test_a_repeat_goes_on_while_the_last_one_says_so() -> None:
    """A count that looks at the last instance: one more each time it asks for one."""
    body = repeat(
        "/data/r",
        asked("/data/r/more"),
        "if(/data/r[position()=last()]/more = 'yes', count(/data/r) + 1, count(/data/r))",
    )
    filling = written("<r><more/></r>", "", body.replace("'", "&apos;")).start()
    assert len(filling.repeats("/data/r")) == 1
    filling.answer("/data/r[1]/more", "yes")
    assert len(filling.repeats("/data/r")) == 2
    filling.answer("/data/r[2]/more", "yes")
    assert len(filling.repeats("/data/r")) == 3
    filling.answer("/data/r[3]/more", "no")
    assert len(filling.repeats("/data/r")) == 3


def test_no_one_may_add_where_the_form_says_so() -> None:
    """The specification, "Creation, Removal of Repeats", jr:noAddRemove."""
    body = repeat("/data/r", asked("/data/r/x")).replace("<repeat ", '<repeat jr:noAddRemove="true()" ')
    filling = written("<r><x/></r><r><x/></r>", "", body).start()
    assert [page.kind for page in filling.pages()] == ["question", "question", "summary"]


THREE = """type | name | label | calculation
    begin repeat | a | A |
    text | x | X |
    begin repeat | b | B |
    text | y | Y |
    begin repeat | c | C |
    text | z | Z |
    calculate | at | | concat(position(../../..), position(../..), position(..))
    end repeat | | |
    end repeat | | |
    end repeat | | |
    calculate | third | | indexed-repeat(${z}, ${a}, 2, ${b}, 1, ${c}, 2)
    calculate | none | | concat('<', indexed-repeat(${z}, ${a}, 9, ${b}, 1, ${c}, 1), '>')
    calculate | all | | count(${z})
    calculate | said | | join(',', ${at})"""


def test_repeats_three_deep() -> None:
    """The specification, "Repeat Functions": indexed-repeat() with up to three pairs, position(node), count()."""
    filling = form(THREE).start()
    filling.add_repeat("/data/a")
    filling.add_repeat("/data/a[2]/b[1]/c")
    filling.answer("/data/a[2]/b[1]/c[2]/z", "deep")
    filling.add_repeat("/data/a[1]/b")
    assert values(filling, "third", "none", "all", "said") == ["deep", "<>", "4", "111,121,211,212"]
    filling.remove_repeat("/data/a[1]")
    assert values(filling, "third", "all", "said") == ["", "2", "111,112"]


def test_an_instance_may_look_at_the_one_before_and_the_one_after() -> None:
    """Adding, removing and changing an instance brings up to date whoever looks at it."""
    filling = form(
        """type | name | label | calculation
        begin repeat | r | R |
        integer | n | N |
        calculate | before | | ${n} + coalesce(indexed-repeat(${before}, ${r}, position(..) - 1), 0)
        calculate | after | | indexed-repeat(${n}, ${r}, position(..) + 1)
        calculate | share | | round(${n} div sum(/data/r/n) * 100, 0)
        calculate | of | | count(/data/r)
        end repeat | | |"""
    ).start()
    for place, number in enumerate((10, 20, 30), 1):
        if place > 1:
            filling.add_repeat("/data/r")
        filling.answer(f"/data/r[{place}]/n", number)
    refs = [f"/data/r[{place}]" for place in (1, 2, 3)]
    assert [filling.value(f"{ref}/before") for ref in refs] == ["10", "30", "60"]
    assert [filling.value(f"{ref}/after") for ref in refs] == ["20", "30", ""]
    assert [filling.value(f"{ref}/share") for ref in refs] == ["17", "33", "50"]
    filling.answer("/data/r[1]/n", 50)
    assert [filling.value(f"{ref}/before") for ref in refs] == ["50", "70", "100"]
    filling.remove_repeat("/data/r[2]")
    assert [filling.value(f"{ref}/{name}") for ref in refs[:2] for name in ("before", "after", "of")] == [
        "50", "30", "2", "80", "", "2",
    ]  # fmt: skip


# ------------------------------------------------------------ words


def test_answers_stand_in_labels_hints_and_choices() -> None:
    """The specification, "Body Elements", output: in labels, hints, choices and titles."""
    filling = form(
        """type | name | label | hint | guidance_hint
        text | who | Who | |
        begin group | g | About ${who} | |
        select_one l | a | How is ${who}? | Ask ${who} | ${who} first
        end group | | | |""",
        "list_name | name | label\nl | y | ${who} is well\nl | n | Not so well",
    ).start()
    filling.answer("who", "Ana & <Bo>")
    question = filling.question("/data/g/a")
    assert (question.label, question.hint, question.why) == ("How is Ana & <Bo>?", "Ask Ana & <Bo>", "Ana & <Bo> first")
    assert question.choices[0].label == "Ana & <Bo> is well"
    assert filling.outline()[1].title == "About Ana & <Bo>"


# ------------------------------------------------------------ settings


def test_the_instance_has_its_name() -> None:
    """XLSForm reference, "instance_name"; specification, "Metadata", instanceName."""
    filling = form(
        "type | name | label\ntext | a | A\nselect_one l | b | B",
        "list_name | name | label\nl | x | Ex",
        "form_title | form_id | version | instance_name\nT | t | 1 | concat(${a}, ' - ', jr:choice-name(${b}, '${b}'))",
    ).start()
    filling.answer("a", "Ana")
    filling.answer("b", "x")
    assert filling.instance_name == "Ana - Ex"
    assert form("type | name | label\ntext | a | A").start().instance_name == ""


@pytest.mark.parametrize("style", ["pages", "theme-grid", "theme-grid pages", "theme-formhub", "nobody knows"])
def test_a_style_changes_nothing_here(style: str) -> None:
    """XLSForm reference, "Styling": one thought a page, whatever a style asks for."""
    made = form(
        "type | name | label\ntext | a | A\ntext | b | B",
        settings=f"form_title | form_id | version | style\nT | t | 1 | {style}",
    )
    assert made.problems == ()
    assert [page.kind for page in made.start().pages()] == ["question", "question", "summary"]


BOTH = "type | name | label::English (en) | label::Español (es) | label::Français (fr)\ntext | a | Name | Nombre | Nom"


@pytest.mark.parametrize(
    ("ours", "default", "spoken"),
    [("en", "Español (es)", "English (en)"), ("es", "English (en)", "Español (es)"),
     ("ru", "Français (fr)", "Français (fr)"), ("ru", "", "English (en)")],
)  # fmt: skip
def test_default_language_counts_where_the_program_has_none_of_them(ours: str, default: str, spoken: str) -> None:
    """XLSForm reference, "default_language"; specification, "Languages": else the first one listed."""
    made = form(BOTH, settings=f"form_title | form_id | version | default_language\nT | t | 1 | {default}")
    assert made.start(language_code=ours).language == spoken


def test_a_form_without_the_language_of_the_program() -> None:
    made = form(
        "type | name | label::Français (fr)\ntext | a | Nom",
        settings="form_title | form_id | version | default_language\nT | t | 1 | Français (fr)",
    )
    use_language("es")
    try:
        assert made.start().question("a").label == "Nom"
    finally:
        use_language("en")


# ------------------------------------------------------------ trying expressions


def test_only_the_branch_that_is_asked_for_counts() -> None:
    """The specification, "if()": what cannot be worked out in the other branch does no harm."""
    filling = form(
        """type | name | label | calculation
        text | a | A |
        calculate | b | | if(${a} = '', 'none', digest(${a}, ${a}))
        calculate | c | | if(${a} = 'SHA-1', digest(${a}, ${a}, 'hex'), if(${a} = '', 'nothing', 'other'))"""
    ).start()
    assert values(filling, "b", "c") == ["none", "nothing"]
    filling.answer("a", "SHA-1")
    assert filling.value("c") != ""


def test_the_clock_of_a_filling() -> None:
    made: Form = form("type | name | label | calculation\ncalculate | c | | format-date(today(), '%Y/%m/%d')")
    assert made.start(NOW).value("c") == "2026/03/12"
