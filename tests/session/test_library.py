"""What of the library goes into a plan: nothing doubled, nothing lost, and found by the beginning of its words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.packs.goal_ideas import load_goal_ideas
from planner.packs.guides import load_guides
from planner.packs.kits import load_kits
from planner.plan.life import LifeDomain
from planner.plan.records import Appointment
from planner.session.content import Content
from planner.session.library import Shelf, entries, fitting_kit, matching, new_lines
from tests.session.conftest import Kept

LINES = st.lists(st.text(alphabet=" abAB“”", max_size=6), max_size=6)


@given(there=LINES, offered=LINES)
def test_lines_are_added_once_and_none_is_lost(there: list[str], offered: list[str]) -> None:
    def same(text: str) -> str:
        return " ".join(text.casefold().split())

    new = new_lines(there, offered)
    assert {same(each) for each in (*there, *new)} == {same(each) for each in (*there, *offered)}
    assert not {same(each) for each in new} & {same(each) for each in there}
    assert new_lines([*there, *new], offered) == ()
    assert list(new) == [each for each in dict.fromkeys(offered) if each in new], "in their order"


def test_every_item_is_found_by_each_word_of_its_title(kept: Kept) -> None:
    content = Content(kept.session)
    for spoken in ("en", "es"):
        found = entries(content, spoken)
        count = len(load_kits()) + len(load_guides()) + len(load_goal_ideas())
        assert len(found) == count
        assert [list(Shelf).index(each.shelf) for each in found] == sorted(list(Shelf).index(e.shelf) for e in found)
        for each in found:
            for word in each.title.split():
                assert each in matching(found, word), (each.title, word)
        assert matching(found, "  ") == list(found)
        assert matching(found, "qqqq") == []


def test_content_is_read_once_and_put_together_anew_after_it_is_forgotten(kept: Kept) -> None:
    content = Content(kept.session)
    first = content.kits()
    assert content.kits() is first
    content.forget()
    assert content.kits() is not first
    assert content.kits() == first
    assert content.kits()[0] is first[0], "the files themselves are read once in the life of the program"
    assert content.kit("court") in first
    assert content.kit("none") is None
    assert content.guide("none") is None
    assert content.goal_idea("none") is None


def test_words_of_a_title_choose_the_kit_before_its_part_of_life() -> None:
    kits = load_kits()

    def kit(title: str, domain: LifeDomain = LifeDomain.BASIC_NEEDS) -> str:
        found = fitting_kit(Appointment(title=title, domain=domain), kits)
        return found.id if found is not None else ""

    assert kit("") == ""
    assert kit("Terapia con Luz") == "first-therapist"
    assert kit("Cita médica") == "first-doctor"
    assert kit("Audiencia", LifeDomain.T_STATUS) == "court"
    assert kit("Ms. Ortiz", LifeDomain.HEALING) == "first-therapist"
    assert kit("Parent evening at school", LifeDomain.HEALTH) == "school"
