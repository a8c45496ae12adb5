"""What the pages of content from others say: kinds of things, counts, and the lines of a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from planner.packs.compare import PART, Change, News
from planner.packs.said import NUMBER
from planner.session.packs import PackArrival, PackPreview, Trust
from planner.words import N_, _, language, n_

if TYPE_CHECKING:
    from planner.packs.guarded import Item

KINDS: dict[str, str] = {
    "forms": N_("Guided form"),
    "goals": N_("Idea for a plan"),
    "guides": N_("Guide to read"),
    "kits": N_("Appointment kit"),
    "directory": N_("Place or service"),
    "clocks": N_("Time limit"),
    "papers": N_("Kind of paper"),
    "sources": N_("Page it rests on"),
    "pack": N_("About this content"),
}
"""What a thing in a pack is, by its kind."""


def counts_words(counts: Mapping[str, int]) -> str:
    """How much of each kind there is, in one line."""
    said: dict[str, Callable[[int], str]] = {
        "forms": lambda n: n_("{n} guided form", "{n} guided forms", n),
        "goals": lambda n: n_("{n} idea for a plan", "{n} ideas for a plan", n),
        "guides": lambda n: n_("{n} guide", "{n} guides", n),
        "kits": lambda n: n_("{n} appointment kit", "{n} appointment kits", n),
        "directory": lambda n: n_("{n} place or service", "{n} places and services", n),
        "clocks": lambda n: n_("{n} time limit", "{n} time limits", n),
        "papers": lambda n: n_("{n} kind of paper", "{n} kinds of papers", n),
    }
    return " · ".join(words(counts[kind]).format(n=counts[kind]) for kind, words in said.items() if counts.get(kind))


def arrival_words(preview: PackPreview) -> str:
    """What the pack would be here."""
    if preview.arrival is PackArrival.SAME:
        return _("You have this already, and it is the same. There is nothing to do.")
    if preview.arrival is PackArrival.BACK:
        return _("You had this once and took it out. Bring it in, and it is back.")
    if preview.arrival is PackArrival.NEWER and preview.before:
        return _("You have version {before}. This one takes its place. Below you see what changes.").format(
            before=preview.before
        )
    return _("It stands beside what comes with the program. It takes nothing away and changes no help line.")


def giver_words(preview: PackPreview) -> tuple[str, str]:
    """Who gives it: a head, and what that means."""
    giver = preview.giver
    if preview.trust is Trust.NOBODY:
        return (
            _("Nobody signed this"),
            _(
                "You cannot tell whose it is, or whether somebody changed it on the way. "
                "Take it only from a hand you trust."
            ),
        )
    if preview.trust is Trust.KNOWN:
        return (
            _("From {giver}").format(giver=giver),
            _("You have compared their six words before. Nobody changed this on the way."),
        )
    if preview.trust is Trust.CHANGED and preview.before_giver:
        return (
            _("It says it is from {giver}, but the key is a new one").format(giver=giver),
            _(
                "Last time this came from {before}, with another key. Treat it like something from a stranger. "
                "Meet whoever gives it, and compare these six words."
            ).format(before=preview.before_giver),
        )
    return (
        _("It says it is from {giver}").format(giver=giver),
        _("Meet them, and let them read you their six words. By phone only if you know the voice. Are they these?"),
    )


def news_place(news: News) -> str:
    """Where it stands: the kind of thing, and its name."""
    kind = _(KINDS.get(news.item.kind, KINDS["pack"]))
    called = news.item.called(language())
    return kind if news.kind == PART else f"{kind}: {called}"


def news_before(news: News) -> str:
    """What was there before, or what becomes of it."""
    if news.change is Change.GONE:
        return _("It goes away.")
    if news.change is Change.CHANGED and news.before:
        return _("Before: {before}").format(before=news.before)
    if news.change is Change.CHANGED:
        return _("Some of it is different.")
    return ""


def news_beside(news: News) -> str:
    """What of the program says the same."""
    if not news.beside:
        return ""
    names = ", ".join(dict.fromkeys(_quoted(each) for each in news.beside[:4]))
    if news.kind == PART:
        return _("With the same name, from the program: {names}").format(names=names)
    if news.kind == NUMBER:
        return _("The same number stands in: {names}").format(names=names)
    return _("The same link stands in: {names}").format(names=names)


def _quoted(item: Item) -> str:
    return _("“{name}”").format(name=item.called(language()))
