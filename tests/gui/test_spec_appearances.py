"""Which widget each appearance of the XLSForm reference ("Appearances") leads to; what is not known is the plain one.

What each widget then does stands in the tests of the answers beside this file.
"""

from __future__ import annotations

import pytest

from planner.forms.kinds import KINDS
from planner.ui.pages.form_answers_table import answer_class

PLAIN = {
    "text": "LineAnswer",
    "integer": "NumberAnswer",
    "decimal": "NumberAnswer",
    "range": "ScaleAnswer",
    "select_one": "CardsAnswer",
    "select_multiple": "TickCardsAnswer",
    "rank": "RankAnswer",
    "geopoint": "PlaceAnswer",
    "geotrace": "PlacesAnswer",
    "geoshape": "PlacesAnswer",
    "date": "DateAnswer",
    "time": "TimeAnswer",
    "dateTime": "MomentAnswer",
    "image": "FileAnswer",
    "audio": "FileAnswer",
    "video": "FileAnswer",
    "file": "FileAnswer",
    "barcode": "BarcodeAnswer",
    "acknowledge": "AcknowledgeAnswer",
}


@pytest.mark.parametrize(
    ("kind", "appearance", "widget"),
    [
        ("text", "multiline", "AreaAnswer"),
        ("text", "numbers", "DigitsAnswer"),
        ("text", "numbers thousands-sep", "GroupedAnswer"),
        ("integer", "thousands-sep", "GroupedAnswer"),
        ("decimal", "thousands-sep", "GroupedAnswer"),
        ("integer", "counter", "CounterAnswer"),
        ("select_one", "minimal", "MinimalAnswer"),
        ("select_one", "autocomplete", "SearchAnswer"),
        ("select_one", "search", "SearchAnswer"),
        ("select_one", "minimal autocomplete", "MinimalAnswer"),
        ("select_one", "quick", "CardsAnswer"),
        ("select_one", "likert", "CardsAnswer"),
        ("select_one", "columns", "CardsAnswer"),
        ("select_one", "columns-3", "CardsAnswer"),
        ("select_one", "horizontal", "CardsAnswer"),
        ("select_one", "label", "HeadAnswer"),
        ("select_one", "list-nolabel", "RowAnswer"),
        ("select_multiple", "minimal", "TickMinimalAnswer"),
        ("select_multiple", "autocomplete", "TickSearchAnswer"),
        ("select_multiple", "search", "TickSearchAnswer"),
        ("select_multiple", "columns-3", "TickCardsAnswer"),
        ("select_multiple", "label", "HeadAnswer"),
        ("select_multiple", "list-nolabel", "TickRowAnswer"),
        ("range", "rating", "StarsAnswer"),
        ("range", "picker", "PickerAnswer"),
        ("range", "no-ticks", "ScaleAnswer"),
        ("range", "vertical", "ScaleAnswer"),
        ("date", "month-year", "MonthAnswer"),
        ("date", "year", "YearAnswer"),
        ("date", "no-calendar", "PartsAnswer"),
        ("dateTime", "no-calendar", "MomentPartsAnswer"),
        ("image", "draw", "DrawAnswer"),
        ("image", "signature", "SignatureAnswer"),
        ("image", "annotate", "AnnotateAnswer"),
        # Maps and cameras are not asked of the device: typed, or chosen
        ("geopoint", "maps", "PlaceAnswer"),
        ("geopoint", "placement-map", "PlaceAnswer"),
        ("geotrace", "placement-map", "PlacesAnswer"),
        ("select_one", "map", "CardsAnswer"),
        ("image", "new", "FileAnswer"),
        ("image", "new-front", "FileAnswer"),
    ],
)
def test_an_appearance_leads_to_its_widget(kind: str, appearance: str, widget: str) -> None:
    assert answer_class(kind, frozenset(appearance.split())).__name__ == widget
    among_others = frozenset([*appearance.split(), "w4", "no-such-thing"])
    assert answer_class(kind, among_others).__name__ == widget


def test_every_kind_is_plain_where_nothing_known_is_said() -> None:
    """XLSForm reference, "Appearances": an appearance for another type, or of nobody's, changes nothing."""
    assert set(PLAIN) | {"note", "unsupported"} >= set(KINDS)
    for kind, widget in PLAIN.items():
        for appearance in ("", "no-such-thing", "ex:org.example.app()", "w1 w2", "bearing"):
            assert answer_class(kind, frozenset(appearance.split())).__name__ == widget
    foreign = {
        "text": "rating",
        "integer": "no-calendar",
        "rank": "minimal",
        "date": "signature",
        "image": "counter",
        "time": "year",
    }
    for kind, appearance in foreign.items():
        assert answer_class(kind, frozenset({appearance})).__name__ == PLAIN[kind]
