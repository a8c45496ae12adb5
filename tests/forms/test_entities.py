"""Entities, as the sub-specification tells of them (sections named beside each); versions 2022.1 to 2025.1."""

from __future__ import annotations

import re

from lxml import etree

from planner.forms.filling import Filling
from tests.forms.tables import form
from tests.forms.xforms import asked
from tests.forms.xforms import form as written

UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")


def told(filling: Filling) -> list[tuple[str, str, bool, bool]]:
    return [(each.list_name, each.label, each.create, each.update) for each in filling.entities()]


def test_only_1_and_true_mean_yes() -> None:
    """The specification, "Declaring that a form creates entities": "1" or "true", "and any other value" not."""
    for value, made in {"1": 1, "true": 1, "0": 0, "false": 0, "yes": 0, "TRUE": 0, "": 0}.items():
        meta = f'<meta><entity dataset="goal" create="{value}" id=""><label>x</label></entity></meta>'
        assert len(written(meta).start().entities()) == made, value


def test_an_entity_has_a_uuid_of_its_own() -> None:
    """The specification, "Declaring that a form creates entities": the id is an RFC 4122 version 4 UUID."""
    filling = form(
        "type | name | label | save_to\nbegin repeat | r | R |\ntext | x | X | why\nend repeat | | |",
        entities="list_name | label\ngoal | ${x}",
    ).start()
    filling.answer("/data/r[1]/x", "a")
    filling.answer(f"{filling.add_repeat('/data/r')}/x", "b")
    root = etree.fromstring(filling.to_xml())
    ids = [str(each.get("id")) for each in root.iter("entity")]
    assert len(set(ids)) == 2
    assert all(UUID4.match(each) for each in ids)
    assert [each.entity_id for each in filling.entities()] == [f"t/goal/{each}" for each in ids]


def test_ids_stay_when_another_instance_goes() -> None:
    filling = form(
        "type | name | label | save_to\nbegin repeat | r | R |\ntext | x | X | why\nend repeat | | |",
        entities="list_name | label\ngoal | ${x}",
    ).start()
    for place, words in enumerate("abc", 1):
        if place > 1:
            filling.add_repeat("/data/r")
        filling.answer(f"/data/r[{place}]/x", words)
    before = {each.label: each.entity_id for each in filling.entities()}
    filling.remove_repeat("/data/r[1]")
    after = {each.label: each.entity_id for each in filling.form.resume_state(filling.state()).entities()}
    assert after == {label: before[label] for label in "bc"}


BOTH = """type | name | label | save_to
    text | which | Which |
    text | called | Called |
    text | why | Why | why"""


def test_create_or_update_by_condition() -> None:
    """The specification, "Declaring that a form updates entities": MAY also have a create."""
    filling = form(
        BOTH,
        entities="list_name | label | entity_id | create_if | update_if\n"
        "goal | ${called} | ${which} | ${which} = '' | ${which} != ''",
    ).start()
    filling.answer("called", "Rest")
    filling.answer("why", "tired")
    (made,) = filling.entities()
    assert (made.entity_id, made.create, made.update) == ("t/goal", True, False)
    filling.answer("which", "abc")
    filling.answer("called", "")
    (meant,) = filling.entities()
    assert (meant.entity_id, meant.create, meant.update, meant.label) == ("abc", False, True, "")
    assert dict(meant.properties) == {"why": "tired"}


def test_an_update_without_an_id_means_nothing() -> None:
    """The specification, "Consumers … MUST fail if the id attribute does not … reference an existing entity"."""
    filling = form(BOTH, entities="list_name | label | entity_id\ngoal | ${called} | ${which}").start()
    filling.answer("called", "Rest")
    assert filling.entities() == []
    filling.answer("which", " abc ")
    assert [(each.entity_id, each.update) for each in filling.entities()] == [("abc", True)]


def test_several_lists_in_groups_and_repeats_each_with_its_own() -> None:
    """Version 2025.1: "Adds support for Entity declarations in groups or repeats"."""
    filling = form(
        """type | name | label | save_to | relevant
        begin group | g | G | | ${on} != 'no'
        text | need | Need | goal_need#why |
        end group | | | |
        text | on | On | |
        begin repeat | p | P | |
        text | name | Name | |
        text | phone | Phone | contact#phone |
        begin group | day | Day | | ${name} != ''
        date | when | When | appointment_of#starts |
        end group | | | |
        end repeat | | | |""",
        entities="""list_name | label | create_if
        goal_need | ${need} |
        contact | ${name} | ${phone} != ''
        appointment_of | concat('With ', ${name}) | ${when} != ''""",
    ).start()
    filling.answer("need", "Sleep")
    filling.answer("/data/p[1]/name", "Ana")
    filling.answer("/data/p[1]/phone", "555")
    filling.answer(f"{filling.add_repeat('/data/p')}/name", "Bo")
    filling.answer("/data/p[2]/day/when", "2026-05-01")
    assert [(each.list_name, each.label, dict(each.properties)) for each in filling.entities()] == [
        ("goal_need", "Sleep", {"why": "Sleep"}),
        ("contact", "Ana", {"phone": "555"}),
        ("appointment_of", "With Bo", {"starts": "2026-05-01"}),
    ]
    filling.answer("on", "no")
    filling.answer("/data/p[2]/name", "")
    assert told(filling) == [("contact", "Ana", True, False)]


def test_instances_without_an_id_of_their_own_are_told_apart() -> None:
    model = '<bind nodeset="/data/r/meta/entity/label" calculate="../../../x"/>'
    body = f'<repeat nodeset="/data/r">{asked("/data/r/x")}</repeat>'
    inside = '<r><x/><meta><entity dataset="goal" create="1"><label/></entity></meta></r>'
    filling = written(inside * 2, model, body).start()
    filling.answer("/data/r[1]/x", "a")
    filling.answer("/data/r[2]/x", "b")
    assert [each.entity_id for each in filling.entities()] == ["t/goal/1", "t/goal/2"]


def test_what_is_saved_is_saved_once_it_applies() -> None:
    """The specification, "Identifying entity properties": ``saveto``; a property without a value is left out."""
    filling = form(
        """type | name | label | save_to | relevant
        text | a | A | why |
        text | b | B | domain | ${a} = 'x'""",
        entities="list_name | label\ngoal | 'Fixed'",
    ).start()
    assert [dict(each.properties) for each in filling.entities()] == [{}]
    filling.answer("a", "x")
    filling.answer("b", "home")
    assert [dict(each.properties) for each in filling.entities()] == [{"why": "x", "domain": "home"}]
    filling.answer("a", "y")
    assert [dict(each.properties) for each in filling.entities()] == [{"why": "y"}]
