"""Which widget answers a question. A new type is one class and one line here; each is imported when first needed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from planner.ui.pages.form_answers import Answer, Around

if TYPE_CHECKING:
    from planner.forms import Question

_PAGES = "planner.ui.pages"

ANSWERS: dict[str, str] = {
    "text thousands-sep": "form_answers_numbers:GroupedAnswer",
    "text numbers": "form_answers_numbers:DigitsAnswer",
    "text": "form_answers:LineAnswer",
    "text multiline": "form_answers:AreaAnswer",
    "integer counter": "form_answers_numbers:CounterAnswer",
    "integer thousands-sep": "form_answers_numbers:GroupedAnswer",
    "decimal thousands-sep": "form_answers_numbers:GroupedAnswer",
    "integer": "form_answers:NumberAnswer",
    "decimal": "form_answers:NumberAnswer",
    "date no-calendar": "form_answers_days:PartsAnswer",
    "date month-year": "form_answers_days:MonthAnswer",
    "date year": "form_answers_days:YearAnswer",
    "dateTime no-calendar": "form_answers_days:MomentPartsAnswer",
    "date": "form_answers:DateAnswer",
    "time": "form_answers:TimeAnswer",
    "dateTime": "form_answers:MomentAnswer",
    "select_one minimal": "form_answers_choices:MinimalAnswer",
    "select_one label": "form_answers_choices_table:HeadAnswer",
    "select_one list-nolabel": "form_answers_choices_table:RowAnswer",
    "select_one search": "form_answers_choices:SearchAnswer",
    "select_one autocomplete": "form_answers_choices:SearchAnswer",
    "select_one": "form_answers_choices:CardsAnswer",
    "select_multiple minimal": "form_answers_choices:TickMinimalAnswer",
    "select_multiple label": "form_answers_choices_table:HeadAnswer",
    "select_multiple list-nolabel": "form_answers_choices_table:TickRowAnswer",
    "select_multiple search": "form_answers_choices:TickSearchAnswer",
    "select_multiple autocomplete": "form_answers_choices:TickSearchAnswer",
    "select_multiple": "form_answers_choices:TickCardsAnswer",
    "rank": "form_answers_choices_rank:RankAnswer",
    "range rating": "form_answers_choices_range:StarsAnswer",
    "range picker": "form_answers_choices_range:PickerAnswer",
    "range": "form_answers_choices_range:ScaleAnswer",
    "acknowledge": "form_answers:AcknowledgeAnswer",
    "image": "form_answers_media:FileAnswer",
    "image annotate": "form_answers_draw:AnnotateAnswer",
    "image draw": "form_answers_draw:DrawAnswer",
    "image signature": "form_answers_draw:SignatureAnswer",
    "audio": "form_answers_media:FileAnswer",
    "video": "form_answers_media:FileAnswer",
    "file": "form_answers_media:FileAnswer",
    "file read": "form_answers_media:FileReadAnswer",
    "barcode": "form_answers_media:BarcodeAnswer",
    "geopoint": "form_answers_places:PlaceAnswer",
    "geotrace": "form_answers_places:PlacesAnswer",
    "geoshape": "form_answers_places:PlacesAnswer",
}
"""Module and class by kind; "kind appearance" goes before the kind alone, and what stands first goes first."""


def answer_class(kind: str, appearance: frozenset[str] = frozenset()) -> type[Answer]:
    """The class that answers a kind of question; what is not known is answered as text."""
    named = (ANSWERS[name] for name in ANSWERS if name in {f"{kind} {each}" for each in appearance})
    found = next(named, ANSWERS.get(kind, ANSWERS["text"]))
    module, _colon, name = found.partition(":")
    return cast("type[Answer]", getattr(import_module(f"{_PAGES}.{module}"), name))


def answer_for(question: Question, around: Around) -> Answer | None:
    """The widget for a question; None where there is nothing to answer."""
    if question.kind == "note":
        return None
    if question.readonly:
        if question.kind in {"image", "audio", "video", "file"} and question.value:
            return answer_class("file read")(question, around)
        from planner.ui.pages.form_answers import ReadonlyAnswer

        return ReadonlyAnswer(question, around)
    appearance = question.appearance | ({"multiline"} if _rows(question) > 1 else set())
    return answer_class(question.kind, appearance)(question, around)


def _rows(question: Question) -> int:
    """How many lines a text is to have at least (specification, "Body Attributes", rows); 0 where nothing is said."""
    rows = question.settings.get("rows", "")
    return int(rows) if rows.isdecimal() and len(rows) < 4 else 0
