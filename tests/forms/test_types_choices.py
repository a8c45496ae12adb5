"""Choices of every kind, their pictures and their order, and what is said about the asking."""

from __future__ import annotations

from planner.forms import Form
from planner.forms.filling import Filling
from planner.forms.pages import Choice, Question
from tests.forms.tables import NOW, form


def question(filling: Filling, name: str) -> Question:
    return filling.question(name)


def test_choices_and_labels_have_their_pictures_in_each_language(every: Filling) -> None:
    """ODK XForms, "Media"; XLSForm reference, "Media": translatable as labels are."""
    assert dict(question(every, "name").media) == {"image": "door.png", "audio": "hello.mp3"}
    house = {each.value: each for each in question(every, "house").choices}
    assert house["yes"] == Choice("yes", "Yes", image="yes.png")
    assert house["no"].image == ""
    every.language = "es"
    assert question(every, "name").media["image"] == "puerta.png"
    assert {each.label for each in question(every, "house").choices} == {"Sí", "No"}
    assert every.form.files["door.png"].startswith(b"\x89PNG")


def test_or_other_adds_a_choice_and_asks_what(every: Filling) -> None:
    """XLSForm reference, "Specify other"."""
    assert [each.value for each in question(every, "pet").choices] == ["cat", "dog", "other"]
    assert not every.relevant("pet_other")
    every.answer("pet", "other")
    assert every.relevant("pet_other")


def test_choices_of_one_name_are_told_apart_by_a_filter(every: Filling) -> None:
    """XLSForm reference, "Choice names": ``allow_choice_duplicates``, for cascading selects."""
    every.answer("house", "yes")
    assert [each.label for each in question(every, "likes").choices] == ["Apple", "Mango"]
    every.answer("house", "no")
    assert [each.label for each in question(every, "likes").choices] == ["Green mango"]


def test_a_choice_that_a_filter_took_away_is_asked_for_again(every: Filling) -> None:
    """XLSForm reference, "Cascading selects": only choices for which the filter is true are included."""
    every.answer("house", "yes")
    every.answer("place", "kabul")
    every.answer("likes", "apple mango")
    assert every.valid("place").ok
    assert every.valid("likes").ok
    every.answer("house", "no")
    assert not every.valid("place").ok
    assert not every.valid("likes").ok
    assert "no longer offered" in every.valid("place").message
    every.answer("house", "yes")
    assert every.valid("place").ok


def test_a_seed_gives_the_same_order_everywhere_and_no_seed_one_that_stays(every_form: Form) -> None:
    """XLSForm reference, "Randomize Choices"; the order is that of ``randomize(…, seed)``."""
    listed = "list_name | name | label\n" + "\n".join(f"l | c{i} | C{i}" for i in range(20))
    made = form(
        """type | name | label | parameters
        select_one l | a | A | randomize=true
        select_one l | b | B | randomize=true seed=42
        integer | n | N |
        select_one l | c | C | randomize=true seed=${n}""",
        listed,
    )
    first, second = made.start(NOW), made.start(NOW)
    order = [each.value for each in first.question("a").choices]
    assert order == [each.value for each in first.question("a").choices]
    assert sorted(order) == sorted(f"c{i}" for i in range(20))
    assert first.question("b").choices == second.question("b").choices
    assert [each.value for each in first.question("b").choices] != [f"c{i}" for i in range(20)]
    first.answer("n", 42)
    assert first.question("c").choices == first.question("b").choices


def test_the_answers_of_a_repeat_can_be_chosen_from(every: Filling) -> None:
    """XLSForm reference, "Repeats": a select of what was given in a repeat."""
    every.answer("/data/person[1]/person_name", "Ana")
    every.add_repeat("/data/person")
    every.add_repeat("/data/person")
    every.answer("/data/person[3]/person_name", "Bo")
    assert [(each.value, each.label) for each in question(every, "closest").choices] == [("Ana", "Ana"), ("Bo", "Bo")]


def test_a_choice_name_with_spaces_has_its_label() -> None:
    """XLSForm reference, "Choice names": for select_one they may contain spaces."""
    made = form(
        "type | name | label | calculation\nselect_one l | a | A |\ncalculate | c | | jr:choice-name(${a}, '${a}')",
        "list_name | name | label\nl | new york | The city\nl | york | The town",
    ).start(NOW)
    made.answer("a", "new york")
    assert made.valid("a").ok
    assert made.value("c") == "The city"


def test_what_is_said_about_the_asking_reaches_the_screen(every: Filling) -> None:
    """XLSForm reference, "Range", "Image", "Audio recording quality"; specification, "Bind Attributes"."""
    assert question(every, "mood").settings.items() >= {"start": "1", "end": "5", "step": "0.5"}.items()
    assert (question(every, "mood").data_type, question(every, "plain_range").data_type) == ("decimal", "int")
    assert question(every, "plain_range").settings["tick-interval"] == "2"
    assert question(every, "plain_range").settings["placeholder"] == "4"
    assert [(each.value, each.label) for each in question(every, "plain_range").choices] == [
        ("0", "None"),
        ("10", "All"),
    ]
    assert question(every, "picture").settings["max-pixels"] == "1000"
    assert question(every, "name").settings["rows"] == "4"
    assert question(every, "sound").settings["quality"] == "normal"
    assert question(every, "place").appearance == {"minimal", "autocomplete"}


def test_a_question_knows_the_page_it_shares() -> None:
    """XLSForm reference, "Multiple webpage forms"; pyxform makes a field-list of a table-list."""
    made = form(
        """type | name | label | appearance
        begin_group | one | One | field-list
        text | a | A |
        begin_group | inner | Inner |
        text | b | B |
        end_group | | |
        end_group | | |
        begin_group | two | Two |
        text | c | C |
        end_group | | |
        text | d | D |"""
    ).start(NOW)
    assert [made.question(name).group_appearance for name in "abcd"] == [{"field-list"}, {"field-list"}, set(), set()]
