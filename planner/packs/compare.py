"""What a pack would add or change, line by line, beside what was there: every number, every link, every form.

Two versions of one sentence that differ in a number are told as a change, also where the same numbers stand elsewhere
in the same text: two numbers that changed places lead somebody to the wrong door.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from planner.packs.guarded import BuiltIn, Item
from planner.packs.pack import FORMS
from planner.packs.said import LINK, NUMBER, Said, plain_name

PART = "part"
"""The kind of a line that tells of a whole item: a goal idea, a guide, a form."""


class Change(StrEnum):
    """What would happen to something."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class News:
    """One line of the comparison.

    ``kind``: a number, a link, or a whole part. ``what`` is the number, the link or the part's name as it is shown;
    ``sentence`` where it stands, ``before`` the sentence that stood there, or what the number was; ``item`` it belongs
    to. ``beside``: items that are built in and say the same, or are called the same.
    """

    kind: str
    change: Change
    what: str
    item: Item
    sentence: str = ""
    before: str = ""
    beside: tuple[Item, ...] = ()


def compare(new: Iterable[Item], old: Iterable[Item], there: BuiltIn, language: str) -> list[News]:
    """Every number, link and part of a pack; ``old`` is what of this pack is here now, or nothing.

    Of something said in several languages, one line in ``language`` where it is said in that too. What is the same as
    before is told as the same. Forms come first, then numbers, links, and the other parts.
    """
    before = {(each.kind, each.id): each for each in old}
    after = {(each.kind, each.id): each for each in new}
    found: list[News] = []
    for place, item in after.items():
        found += _of_item(item, before.get(place), there, language)
    for place, item in before.items():
        if place not in after:
            found.append(News(PART, Change.GONE, item.called(language), item))
            found += (_gone(item, one) for one in _once(item.said, language))
    return sorted(found, key=_rank)


def _rank(news: News) -> tuple[int, int]:
    first = 0 if news.item.kind == FORMS and news.kind == PART else {NUMBER: 1, LINK: 2}.get(news.kind, 3)
    return first, list(Change).index(news.change) if news.change is Change.SAME else 0


def _of_item(item: Item, before: Item | None, there: BuiltIn, language: str) -> Iterator[News]:
    change = Change.NEW if before is None else Change.SAME if before.digest == item.digest else Change.CHANGED
    beside = there.titles.get((item.kind, plain_name(item.called(language))))
    yield News(PART, change, item.called(language), item, beside=(beside,) if beside is not None else ())
    left = dict.fromkeys(before.said) if before is not None else {}
    fresh = {one: None for one in item.said if one not in left}
    gone = {one: None for one in left if one not in set(item.said)}
    for one in _once([each for each in item.said if each in left], language):
        yield News(one.kind, Change.SAME, one.shown, item, one.sentence, beside=_beside(one, there))
    still = {(one.kind, one.value) for one in item.said}
    for one, was in _paired(_once(fresh, language), list(gone)):
        if was is not None:
            still.add((was.kind, was.value))
        if was is None:
            yield News(one.kind, Change.NEW, one.shown, item, one.sentence, beside=_beside(one, there))
            continue
        told = was.shown if was.value != one.value else was.sentence
        yield News(one.kind, Change.CHANGED, one.shown, item, one.sentence, told, _beside(one, there))
    for one in _once([each for each in gone if (each.kind, each.value) not in still], language):
        yield _gone(item, one)


def _gone(item: Item, one: Said) -> News:
    return News(one.kind, Change.GONE, one.shown, item, one.sentence)


def _beside(one: Said, there: BuiltIn) -> tuple[Item, ...]:
    """Help lines and services first: who sees one of their numbers elsewhere should think of them."""
    found = there.said.get((one.kind, one.value), ())
    return tuple(sorted(found, key=lambda item: item.kind != "directory"))


def _once(said: Iterable[Said] | Mapping[Said, None], language: str) -> list[Said]:
    """One of each value: in the language asked for where it is said in that, else all that are said in others alone.

    Within one language every sentence counts: the same number may stand beside two names.
    """
    found: dict[tuple[str, str], dict[str, list[Said]]] = {}
    for one in said:
        found.setdefault((one.kind, one.value), {}).setdefault(one.language, []).append(one)
    chosen: list[Said] = []
    for by_language in found.values():
        spoken = language if language in by_language else next(iter(by_language))
        chosen += dict.fromkeys(by_language[spoken])
    return chosen


def _paired(fresh: list[Said], gone: list[Said]) -> Iterator[tuple[Said, Said | None]]:
    """Each with what it takes the place of: the same sentence around another number, or another around the same."""
    for one in fresh:
        frame = _frame(one)
        was = next((each for each in gone if _frame(each) == frame), None)
        same = (each for each in gone if (each.kind, each.value, each.language) == (one.kind, one.value, one.language))
        was = was if was is not None else next(same, None)
        if was is not None:
            gone.remove(was)
        yield one, was


def _frame(one: Said) -> tuple[str, str, str]:
    """The sentence without its number; where it is the number alone, only the kind counts."""
    return one.kind, one.language, re.sub(r"\s+", " ", one.sentence.replace(one.shown, "\0", 1))
