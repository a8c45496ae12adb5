"""Beside a question: why we ask, who sees it, what the answer changes; and below it, where a fact was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.packs.sources import Source, is_old, load_sources, newest
from planner.ui.kit.layouts import column, hold, row
from planner.ui.kit.surfaces import Sheet
from planner.ui.kit.text import Icon, Text
from planner.ui.pages.form_words import who_sees
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.formats import Formats


def why_card(whys: Sequence[str], who: str, session: Session, *, asks: bool) -> QWidget | None:
    """The sand card; None where there is nothing to say. ``asks`` tells that the page has a question."""
    parts: list[tuple[str, str]] = []
    if whys:
        parts.append((_("Why we ask"), "\n".join(_once(whys))))
    if asks or whys:
        parts.append((_("Who sees it"), who_sees(who, session)))
    if asks:
        parts.append((_("What your answer changes"), _("It takes nothing away. Every kind of help stays open to you.")))
    if not parts:
        return None
    inside = column(margins=(20, 20, 20, 20))
    for number, (head, words) in enumerate(parts):
        title = Text(head, "strong")
        if number == 0:
            inside.put(row(Icon("why", "ink_soft"), (title, 1), gap=12), 8)
        else:
            inside.put(16, title, 4)
        for line in words.split("\n"):
            inside.put(Text(line))
    return Sheet(inside, "sand", name=parts[0][0])


def _once(whys: Sequence[str]) -> list[str]:
    """The reasons of several questions, with what all of them say in the end said once."""
    each = list(dict.fromkeys(whys))
    ends = {words.rsplit(". ", 1)[-1] for words in each}
    if len(each) < 2 or len(ends) > 1 or any(". " not in words for words in each):
        return each
    return [*(f"{words.rsplit('. ', 1)[0]}." for words in each), ends.pop()]


@cache
def _sources() -> dict[str, Source]:
    return load_sources()


def from_where(facts: Sequence[Sequence[str]], formats: Formats, today: date) -> QWidget | None:
    """Where facts were read, the ids of each one: titles, the newest date, and "please check" when one is old."""
    known = _sources()
    pages = [known[each] for each in dict.fromkeys(each for ids in facts for each in ids) if each in known]
    if not pages:
        return None
    when = newest([page.id for page in pages], known)
    lines = column(Text(_("Where this is from"), "label", "ink_soft", weight=600), 4)
    for page in pages:
        lines.put(Text(page.title, "body", "ink_soft"))
    dated = _("The newest of these pages is from {month}.").format(month=formats.month_year(when)) if when else ""
    old = any(is_old(newest([each for each in ids if each in known], known), today) for ids in facts)
    check = _("Please check it before you rely on it.") if old else ""
    words = " ".join(part for part in (dated, check) if part)
    lines.put(4, Text(words, "body", "ink_soft").hide_empty())
    return hold(lines)
