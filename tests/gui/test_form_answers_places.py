"""Places as answers: typed as maps write them, kept as the specification does, shown as they were typed."""

from __future__ import annotations

import pytest

from planner.ui.pages.form_answers_places import PlaceAnswer, PlacesAnswer
from planner.ui.pages.form_words import places_as_typed
from tests.gui.forms_desk import Key, type_keys
from tests.gui.media_desk import Form, media  # noqa: F401 - a fixture among them

AFTER = "text | after | And then?"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("19.4326, -99.1332", "19.4326 -99.1332 0 0"),
        ("19.4326 -99.1332 2240 5", "19.4326 -99.1332 2240 5"),
        ("19.4326 N", "19.4326 N"),
    ],
)
def test_one_place(media: Form, typed: str, kept: str) -> None:  # noqa: F811
    """ODK XForms specification, "Data Types": latitude, longitude, altitude, accuracy, with blanks between them."""
    screen = media("geopoint | place | Where it is", AFTER)
    type_keys(typed)
    screen.page.commit()
    assert screen.filling.value("place") == kept
    fits = kept[-1] != "N"
    assert screen.filling.valid("place").ok is fits
    screen.next()
    if not fits:
        assert "19.43 -99.13" in screen.words(), "how it can be written is said, once"
        screen.next()
    screen.back()
    shown = screen.answer(PlaceAnswer).field.text()
    assert shown == (", ".join(places_as_typed(kept)) if fits else typed)
    screen.page.commit()
    assert screen.filling.value("place") == kept, "looking at it changes nothing"


def test_nobody_asks_the_computer_where_it_is(media: Form) -> None:  # noqa: F811
    screen = media("geopoint | place | Where it is | | maps", AFTER)
    assert "never asked where it is" in screen.words()
    assert "never asked where it is" in screen.answer(PlaceAnswer).field.accessibleDescription()
    screen.next()
    assert "after" in screen.key, "it can be left open"


def test_an_area_is_typed_line_by_line_and_closes_by_itself(media: Form) -> None:  # noqa: F811
    """ODK XForms specification, "Data Types": the last point of a geoshape is its first."""
    screen = media("geoshape | area | The area", AFTER)
    for each in ("0, 0", "0, 1", "1, 1"):
        type_keys(each, Key.Key_Return)
    screen.page.commit()
    points = [each.strip() for each in screen.filling.value("area").split(";")]
    assert points == ["0 0 0 0", "0 1 0 0", "1 1 0 0", "0 0 0 0"]
    assert screen.filling.valid("area").ok
    screen.next()
    screen.back()
    assert screen.answer(PlacesAnswer).area.text().splitlines() == ["0, 0", "0, 1", "1, 1"]


def test_a_way_stays_open(media: Form) -> None:  # noqa: F811
    screen = media("geotrace | way | The way", AFTER)
    type_keys("0, 0", Key.Key_Return, "0, 1")
    screen.page.commit()
    assert [each.strip() for each in screen.filling.value("way").split(";")] == ["0 0 0 0", "0 1 0 0"]


def test_as_typed() -> None:
    assert places_as_typed("1 2 0 0") == ["1, 2"]
    assert places_as_typed("1 2 3 0; 4 5 0.0 6") == ["1, 2, 3", "4, 5, 0.0, 6"]
    assert places_as_typed("near the bridge") == ["near the bridge"]
    assert places_as_typed("") == []
