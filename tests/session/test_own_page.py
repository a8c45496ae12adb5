"""Her own page: its name and its tab, lines that are hers alone, and nothing told of them by their words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.forms import Form
from planner.plan.life import Section
from planner.plan.order import between
from planner.plan.records import Goal, SafetyLine
from planner.plan.safety import SafetyGroup
from planner.resources import resource
from planner.session import OutOfReach
from planner.session.own_page import has_tab, hide_tab, is_hidden, own_name, own_page_name, rename
from planner.session.proposals import proposal
from planner.session.types import Choice, Decision
from planner.words import in_language
from tests.session.conftest import Kept
from tests.session.edits import add, change

LINE = SafetyLine(id="line", line="plover door", group=SafetyGroup.WAY_OUT, phone="555 0142")


def section_of(kept: Kept, record: str) -> str:
    row = kept.session.store.row(kept.me, record)
    assert row is not None
    return row.section


def test_a_line_is_hers_alone_until_she_says_otherwise(kept: Kept) -> None:
    add(kept.session, kept.me, LINE)
    assert section_of(kept, "line") == Section.MINE_ALONE
    change(kept.session, kept.me, "line", mine_alone=False)
    assert section_of(kept, "line") == Section.SAFETY
    session = kept.lock_and_open()
    (found,) = session.safety_lines(kept.me)
    assert (found.line, found.mine_alone, found.on_card) == ("plover door", False, False)
    change(session, kept.me, "line", mine_alone=True)
    assert section_of(kept, "line") == Section.MINE_ALONE


def test_lines_stand_by_groups_and_in_their_order(kept: Kept) -> None:
    made = [
        SafetyLine(id="c", group=SafetyGroup.WAY_OUT, order="a"),
        SafetyLine(id="b", group=SafetyGroup.CALM, order="b"),
        SafetyLine(id="a", group=SafetyGroup.CALM, order="a"),
    ]
    add(kept.session, kept.me, *made)
    assert [each.id for each in kept.session.safety_lines(kept.me)] == ["a", "b", "c"]


def test_the_tab_is_there_once_the_page_is_used_and_until_it_is_hidden(kept: Kept) -> None:
    session, me = kept.session, kept.me
    assert not has_tab(session, me)
    add(session, me, LINE)
    assert has_tab(session, me)
    hide_tab(session, me, hidden=True)
    assert not has_tab(session, me)
    session = kept.lock_and_open()
    assert is_hidden(session, me)
    assert [each.id for each in session.safety_lines(me)] == ["line"]
    hide_tab(session, me, hidden=False)
    assert has_tab(session, me)
    with session.edit(me, "Remove") as edit:
        edit.remove("line")
    assert not has_tab(session, me)
    rename(session, me, "Recipes")
    assert has_tab(session, me)


def test_the_name_is_her_own_in_every_language(kept: Kept) -> None:
    session, me = kept.session, kept.me
    assert own_page_name(session, me) == "My page"
    with in_language("es"):
        assert own_page_name(session, me) == "Mi página"
    rename(session, me, "  Grandma’s   recipes " + "x" * 80)
    assert own_name(session, me).startswith("Grandma’s recipes")
    assert len(own_name(session, me)) <= 30
    rename(session, me, " ")
    assert own_page_name(session, me) == "My page"


def test_a_name_that_is_no_name_is_none(kept: Kept) -> None:
    kept.session.store.set(f"own-page/{kept.me}", ["made up"])
    assert own_page_name(kept.session, kept.me) == "My page"
    assert not has_tab(kept.session, kept.me)


def test_nobody_elses_page_can_be_named_while_somebody_sits_there(team: Kept) -> None:
    lin, noor = (team.session.add_person(name).id for name in ("Lin", "Noor"))
    rename(team.session, noor, "Recipes")
    team.session.stay_with(lin)
    for reach in (own_page_name, has_tab):
        with pytest.raises(OutOfReach):
            reach(team.session, noor)
    with pytest.raises(OutOfReach):
        rename(team.session, noor, "x")


def test_with_a_person_the_name_is_erased(team: Kept) -> None:
    lin = team.session.add_person("Lin").id
    rename(team.session, lin, "plover recipes")
    assert "plover" in str(team.session.store.settings())
    team.session.store.remove_person(lin)
    assert "plover" not in str(team.session.store.settings())


def test_what_changed_is_told_without_its_words(kept: Kept) -> None:
    add(kept.session, kept.me, Goal(title="A room"))
    kept.session.since.look(kept.me)
    kept.session.lock()
    kept.now += timedelta(days=1)
    session = kept.open()
    session.since.look(kept.me)
    add(session, kept.me, LINE)
    session.lock()
    kept.now += timedelta(days=1)
    told = [each.words for each in kept.open().since.news(kept.me).lines]
    assert told == ["Something changed on “My page”"]


def test_a_form_puts_nothing_on_the_card_and_shares_nothing() -> None:
    properties = {"group": "way_out", "phone": "555", "on_card": "yes", "mine_alone": "no", "card_words": "x"}
    made = proposal("o", "safety-line", "Back door", properties, {}, frozenset())
    assert made is not None
    assert made.record == SafetyLine(
        id=made.record.id, origin="o", line="Back door", group=SafetyGroup.WAY_OUT, phone="555"
    )
    assert isinstance(made.record, SafetyLine)
    assert made.record.mine_alone
    assert not made.record.on_card


def test_answering_again_keeps_what_she_chose(kept: Kept) -> None:
    first = proposal("o", "safety-line", "Rosa", {"group": "person", "phone": "555 0142"}, {}, frozenset())
    assert first is not None
    add(kept.session, kept.me, first.record)
    change(kept.session, kept.me, first.record.id, on_card=True, card_words="Aunt", mine_alone=False)
    there = kept.session.record(kept.me, first.record.id)
    assert there is not None
    again = proposal("o", "safety-line", "Rosa", {"group": "person", "phone": "555 0199"}, {"o": there}, frozenset())
    assert again is not None
    assert [(each.field, each.after) for each in again.differences] == [("phone", "555 0199")]
    assert isinstance(again.record, SafetyLine)
    assert (again.record.on_card, again.record.card_words, again.record.mine_alone) == (True, "Aunt", False)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_form_of_the_page_makes_lines_a_plan_can_hold(language: str) -> None:
    filling = Form.load(resource("forms", "my-safety.md")).start(language_code=language)
    for question, value in {"parts": "all", "ways": "bag", "word": "pan", "person_1": "R.", "look": "month"}.items():
        filling.answer(question, value)
    made = {
        each.list_name: proposal(each.entity_id, each.dataset, each.label, each.properties, {}, frozenset())
        for each in filling.entities()
    }
    found = made["safety-line_word"]
    assert found is not None
    assert isinstance(found.record, SafetyLine)
    assert (found.record.line, found.record.group) == ("pan", SafetyGroup.WAY_OUT)
    assert "contact_person_1" not in made, "only when she says so"
    look = made["appointment_look"]
    assert look is not None
    assert look.record.home() is Section.MINE_ALONE
    assert getattr(look.record, "repeat", "") == "FREQ=MONTHLY"


def test_lines_from_answers_stand_in_the_order_of_the_form_after_what_is_there(kept: Kept) -> None:
    with kept.session.edit(kept.me, "x") as edit:
        edit.add(SafetyLine(line="Tea", group=SafetyGroup.CALM, order=between("", "")))
    desk = kept.session.forms.open(kept.me, "my-safety")
    for question, value in {"parts": "signs calm", "signs": "sleep tight start far", "calms": "water see song"}.items():
        desk.filling.answer(question, value)
    proposals = desk.proposals()
    desk.finish(proposals, [Decision(each.origin, Choice.KEEP) for each in proposals])
    kept.lock_and_open()
    lines = [each.line.split()[-1] for each in kept.session.safety_lines(kept.me)]
    assert lines == ["badly", "tight", "jump", "away", "Tea", "face", "see", "love"]
