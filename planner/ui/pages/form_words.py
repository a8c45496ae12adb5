"""Words of a form's pages: ways of not answering, who sees an answer, and answers as they are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from planner.forms.ways import Way
from planner.session import Mode
from planner.ui.pages.form_answers_number_words import grouped, written
from planner.words import N_, _, n_

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.session import Session
    from planner.ui.formats import Formats

WAYS: dict[Way, tuple[str, str]] = {
    Way.NOT_NOW: (N_("Not now"), "later"),
    Way.RATHER_NOT: (N_("I’d rather not say"), "rather"),
    Way.WITH_SOMEONE: (N_("Ask me with someone there"), "together"),
}
"""The words and the icon of each way, in the order shown."""

AFTER_A_WAY: dict[Way, str] = {
    Way.NOT_NOW: N_("Kept for later."),
    Way.RATHER_NOT: N_("That is fine."),
    Way.WITH_SOMEONE: N_("Kept for when someone is there."),
}


def who_sees(code: str, session: Session) -> str:
    """The sentence for a code of ``bind::planner:who``; an unknown code says the widest, never less."""
    where = _("It is in no print and no copy unless you put it there.")
    if session.mode is Mode.WITH_OTHERS:
        name = str(session.setting("my_name")).strip()
        if code == "you":
            seen = _("You, and whoever can open this notebook.")
        elif name:
            seen = _("You, {name}, and whoever else can open this notebook.").format(name=name)
        else:
            seen = _("You, your worker, and whoever else can open this notebook.")
    elif code == "you":
        seen = _("You. Nobody else, unless they can open this notebook.")
    else:
        seen = _("You. A worker sees it only when you show it.")
    return f"{seen} {where}"


def day_of(text: str) -> date | None:
    """The day in an answer, or None."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """The time of day in an answer, without its zone, or None."""
    hour = text.partition("T")[2] or text
    try:
        return time.fromisoformat(hour).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        return None


def moment_of(text: str) -> datetime | None:
    """Day and time in an answer as the clock on the wall shows them, or None."""
    day, hour = day_of(text), time_of(text) if "T" in text else None
    return datetime.combine(day, hour) if day is not None and hour is not None else None


def shown(question: Question, formats: Formats) -> str:
    """An answer in words; empty when there is none."""
    value = question.value
    if not value:
        return ""
    if question.choices:
        return _chosen(question, formats)
    if question.kind in {"text", "integer", "decimal"} and "thousands-sep" in question.appearance:
        return grouped(value, formats)
    if question.kind == "date":
        return _part_of_day(question, formats)
    drawn = next((_(_DRAWN[each]) for each in question.appearance if each in _DRAWN), "")
    if drawn and question.kind == "image":
        return drawn
    reader = _AS_TEXT.get(question.kind)
    return reader(value, formats) if reader is not None else value


_DRAWN = {"draw": N_("A drawing"), "signature": N_("A signature")}


def _day(text: str, formats: Formats) -> str:
    found = day_of(text)
    return formats.day_full(found) if found else text


def _time(text: str, formats: Formats) -> str:
    found = time_of(text)
    return formats.time(found) if found else text


def _moment(text: str, formats: Formats) -> str:
    found = moment_of(text)
    return f"{formats.day_full(found.date())}, {formats.time(found.time())}" if found else _day(text, formats)


def _chosen(question: Question, formats: Formats) -> str:
    """The labels of what was chosen; a ranking says the places, a range its number too."""
    labels = {choice.value: choice.label for choice in question.choices}
    chosen = question.value.split()
    if question.kind == "range":
        number = written(question.value, formats)
        label = labels.get(question.value, "")
        return f"{number} ({label})" if label and label != number else number
    words = [labels.get(each, each) for each in chosen]
    if question.kind == "rank":
        words = [_("{n}. {what}").format(n=place, what=each) for place, each in enumerate(words, 1)]
    return ", ".join(words)


def _part_of_day(question: Question, formats: Formats) -> str:
    """Of a day only what was asked for: a year, or a month of a year."""
    day = day_of(question.value)
    if day is None:
        return question.value
    if "year" in question.appearance:
        return str(day.year)
    if "month-year" in question.appearance:
        return formats.sentence(formats.month_year(day))
    return formats.day_full(day)


def places_as_typed(value: str) -> list[str]:
    """The places of an answer, each as people write one: ``19.4326, -99.1332``; what is no place stays as it is."""
    return [_as_typed(each.strip()) for each in value.split(";") if each.strip()]


def _as_typed(point: str) -> str:
    parts = point.split()
    if not 2 <= len(parts) <= 4 or not all(map(_is_number, parts)):
        return point
    known = parts[2:]
    while known and not float(known[-1]):
        known.pop()
    return ", ".join([*parts[:2], *known])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _places(text: str, _formats: Formats) -> str:
    """One place as people write it; of several only how many there are."""
    places = places_as_typed(text)
    if len(places) < 2:
        return "".join(places)
    many = len(places) - (places[0] == places[-1])
    return n_("{n} place", "{n} places", many).format(n=many)


_AS_TEXT: dict[str, Callable[[str, Formats], str]] = {
    "time": _time,
    "dateTime": _moment,
    "integer": written,
    "decimal": written,
    "range": written,
    "acknowledge": lambda _text, _formats: _("Yes"),
    "image": lambda _text, _formats: _("A picture"),
    "audio": lambda _text, _formats: _("A recording"),
    "video": lambda _text, _formats: _("A video"),
    "file": lambda _text, _formats: _("A file"),
    "geopoint": _places,
    "geotrace": _places,
    "geoshape": _places,
}
