"""A form that has changed since it was begun: what is new in it, what is no longer asked, and that the rest is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.forms.styling import plain as plain_words
from planner.forms.versions import plain
from planner.ui.kit.layouts import column, columns, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.surfaces import Note
from planner.ui.kit.text import Rule, Section, Text
from planner.ui.pages.form_views import View, asks
from planner.ui.pages.form_words import shown
from planner.words import _, n_

if TYPE_CHECKING:
    from planner.forms import Form, FormPage
    from planner.ui.formats import Formats
    from planner.ui.pages.form_flow import Flow

MOST = 12
"""New questions that are named; the others are only counted."""

_PLACES = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class News:
    """``new``: each new question with its page; ``gone``: questions that are no more, with what was answered.

    ``others``: there are questions no more that had no answer, or of which nothing more is known.
    """

    new: tuple[tuple[str, FormPage], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()
    others: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.new or self.gone or self.others)


def news_of(flow: Flow, formats: Formats) -> News:
    """What is different in the form from when its answers were saved last; nothing for answers that begin now."""
    table, resumed = flow.table, flow.filling.resumed
    if not table.stored:
        return News()
    was = table.as_it_was()
    if was is None:
        fresh, went = (set(resumed.new_refs), set(resumed.gone)) if resumed is not None else (set(), set())
        return News(_new(flow, fresh), others=bool(went))
    before, now = _asked(was.form), _asked(flow.filling.form)
    moved = dict(resumed.moved) if resumed is not None else {}
    went = before - now - set(moved)
    was.language = flow.filling.language
    lives = [live for live in was.leaves() if plain(live.node) in went and was.kind(live).answerable]
    said = [was.question(live.ref()) for live in lives if live.on and live.value]
    gone = tuple((plain_words(item.label), shown(item, formats)) for item in said)
    return News(_new(flow, now - before - set(moved.values())), gone, len(gone) < len(lives))


def _asked(form: Form) -> set[str]:
    return {plain(node) for node in form.definition.nodes.values() if node.control is not None}


def _new(flow: Flow, fresh: set[str]) -> tuple[tuple[str, FormPage], ...]:
    """The new questions that are asked as the answers stand, each once, with its page."""
    found: dict[str, tuple[str, FormPage]] = {}
    for page in flow.pages:
        at = _without_places(page.ref)
        # A page that holds no new question need not be made.
        if any(ref == at or ref.startswith(f"{at}/") for ref in fresh):
            for item in page.items:
                if asks(item) and _without_places(item.ref) in fresh:
                    found.setdefault(_without_places(item.ref), (plain_words(item.label), page))
    return tuple(found.values())


def _without_places(ref: str) -> str:
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
        if news.gone or news.others:
            main.put(28, Section(_("No longer asked")))
            for number, (label, said) in enumerate(news.gone):
                both = hold(column(Text(label, "body", "ink_soft"), Text(said, "row"), margins=(8, 12, 8, 12)))
                main.put(Rule(start=8) if number else None, both)
            if news.gone:
                lost = _("When you go on, these answers are let go. Note down what you want to keep.")
                main.put(8, Text(lost, "body", "ink_soft"))
            if news.others:
                words = _("Some other questions, too.") if news.gone else _("Some questions are not asked any more.")
                main.put(12, Text(words, "body"))
        aside = Note(_("Nothing more is asked of you than before. You can leave each new question open."))
        self.setLayout(column(columns(main, column(aside), "why_width")))

    def next_words(self) -> tuple[str, str]:
        """To where she was."""
        return _("Go on"), "next"

    def heading(self) -> str:
        """The title."""
        return self._title

    def first(self) -> QWidget | None:
        """Going on comes first; the questions can wait."""
        return None
