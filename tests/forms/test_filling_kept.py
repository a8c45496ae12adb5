"""What a filling leaves: entities, ways, what is kept."""

from __future__ import annotations

import json

import pytest
from lxml import etree

from planner.forms import EntityDraft, FillingUnreadable, Way
from planner.forms.filling import Filling
from tests.forms.tables import form

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
