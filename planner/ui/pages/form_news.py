"""A form that has changed since it was begun: what is new in it, what is no longer asked, and that the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.ui.kit.layouts import column, columns, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.form_views import View, asks
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.forms import FormPage
    from planner.ui.pages.form_flow import Flow

MOST = 12
"""New questions that are named; the others are only counted."""

_PLACES = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class News:
    """``new``: each new question with its page; ``gone``: questions with what was answered, as far as both are known.

    ``gone_count`` is how many questions there are no more, named or not.
    """

    new: tuple[tuple[str, FormPage], ...]
    gone: tuple[tuple[str, str], ...]
    gone_count: int

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.new or self.gone_count)


def news_of(flow: Flow, gone: Sequence[tuple[str, str]] = ()) -> News:
    """What is different in the form from when this filling was begun; ``gone`` is what is known of what is gone."""
    resumed = flow.filling.resumed
    if resumed is None:
        return News((), (), 0)
    fresh = set(resumed.new_refs)
    new: dict[str, tuple[str, FormPage]] = {}
    for page in flow.pages:
        # A page that holds no new question need not be made.
        if not any(ref == plain(page.ref) or ref.startswith(f"{plain(page.ref)}/") for ref in fresh):
            continue
        for item in page.items:
            if asks(item) and plain(item.ref) in fresh:
                new.setdefault(plain(item.ref), (item.label, page))
    return News(tuple(new.values()), tuple(gone), max(len(gone), len(resumed.gone)))


def plain(ref: str) -> str:
    """A ref without its places."""
    return _PLACES.sub("", ref)


class NewsView(View):
    """Said once, when it is taken up again; a new question can be opened at once, or waits at its place."""

    look_at = Signal(object)

    def __init__(self, news: News) -> None:
        super().__init__()
        self.rows: list[ListRow] = []
        self._title = _("This form has changed a little")
        main = column(
            Text(self._title, "question"),
            8,
            Text(_("You began it before it changed. Your other answers are kept."), "body", "ink_soft"),
        )
        if news.new:
            main.put(28, Section(_("New questions")))
            for number, (label, page) in enumerate(news.new[:MOST]):
                line = ListRow(label, on=partial(self.look_at.emit, page))
                self.rows.append(line)
                main.put(Rule(start=8) if number else None, line)
            more = len(news.new) - MOST
            if more > 0:
                words = n_("And {n} more, each at its place.", "And {n} more, each at its place.", more)
                main.put(8, Text(words.format(n=more), "body", "ink_soft"))
        if news.gone_count:
            main.put(28, Section(_("No longer asked")))
            for number, (label, said) in enumerate(news.gone):
                both = hold(column(Text(label, "body", "ink_soft"), Text(said, "row"), margins=(8, 12, 8, 12)))
                main.put(Rule(start=8) if number else None, both)
            rest = news.gone_count - len(news.gone)
            if rest > 0:
                words = n_("{n} question is not asked any more.", "{n} questions are not asked any more.", rest)
                main.put(12, Text(words.format(n=rest), "body"))
        aside = Note(_("Nothing more is asked of you than before. You can leave each new question open."))
        self.setLayout(column(columns(main, column(aside), "why_width")))

    def heading(self) -> str:
        """The title."""
        return self._title

    def first(self) -> QWidget | None:
        """Going on comes first; the questions can wait."""
        return None
