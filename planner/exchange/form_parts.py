"""Guided forms on paper: what of one goes onto the pages, and what those pages tell.

The paper and the sentences about it are made from the same :func:`choose`, so that they never speak of other pages.
Ways of not answering are no part of a paper: what was put off or refused looks like any question that is still open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from planner.exchange.gate import phone_like, stands_in
from planner.words import _, n_


class Room(StrEnum):
    """The room a question has on paper to be answered by hand."""

    NONE = "none"  # only words to read
    LINE = "line"
    LINES = "lines"
    ONE = "one"  # one of its choices
    MANY = "many"
    ORDER = "order"
    DAY = "day"
    HOUR = "hour"
    MOMENT = "moment"
    YES = "yes"
    SPACE = "space"  # to draw or sign in
    BESIDE = "beside"  # a photo or another paper that is kept with this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question and its answer in words, empty where there is none. ``conditional``: it may not fit everyone.

    ``free`` are answers in own words. ``picture`` is a photo or drawing given as the answer, with its media type.
    """

    label: str
    hint: str = ""
    why: str = ""
    room: Room = Room.LINE
    choices: tuple[str, ...] = ()
    answer: str = ""
    free: bool = False
    sensitive: bool = False
    conditional: bool = False
    picture: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Questions that stand together under a title, or under none; ``again`` where there may be more than one."""

    title: str = ""
    asked: tuple[Asked, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A section of a form. ``ref`` tells it from the others and is never printed."""

    ref: str
    title: str = ""
    blocks: tuple[Block, ...] = ()

    def asked(self) -> Iterator[Asked]:
        """All its questions."""
        for block in self.blocks:
            yield from block.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPaper:
    """A form on paper. ``blank`` has no answers but room for them.

    Of a filled one: ``sensitive`` and ``pictures`` let such answers in, ``open_ones`` the questions without an answer,
    with room to write. ``left_out`` holds refs of sections. ``language`` is the one the form is read in, by ISO code,
    ``size`` a paper size of typst. ``careful`` are names of people she keeps away from, for the sentences.
    """

    title: str
    sections: Sequence[FormSection]
    blank: bool = False
    sensitive: bool = False
    pictures: bool = False
    open_ones: bool = False
    left_out: frozenset[str] = frozenset()
    language: str = "en"
    size: str = "a4"
    printed_on: dt.date | None = None
    careful: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """What is in, as code words; for the activity log, which holds no content."""
        if self.blank:
            return ("blank",)
        flags = (("sensitive", self.sensitive), ("pictures", self.pictures), ("open_ones", self.open_ones))
        return ("answers", *(name for name, on in flags if on))


def choose(paper: FormPaper) -> tuple[FormSection, ...]:
    """What is printed, without sections and blocks in which nothing is left."""
    found = []
    for section in paper.sections:
        if section.ref in paper.left_out:
            continue
        blocks = [replace(each, asked=tuple(_chosen(each.asked, paper))) for each in section.blocks]
        blocks = [each for each in blocks if each.asked]
        if blocks:
            found.append(replace(section, blocks=tuple(blocks)))
    return tuple(found)


def _chosen(asked: Iterable[Asked], paper: FormPaper) -> Iterator[Asked]:
    for each in asked:
        if paper.blank:
            yield replace(each, answer="", picture=b"")
        elif each.answer:
            if paper.sensitive or not each.sensitive:
                yield each if paper.pictures else replace(each, picture=b"")
        elif paper.open_ones and each.room is not Room.NONE:
            yield each


def form_reveals(paper: FormPaper) -> list[str]:
    """What somebody who reads these pages will learn, as plain sentences."""
    chosen = choose(paper)
    if not chosen:
        return [_("These pages hold nothing of yours yet.")]
    if paper.blank:
        return [
            _("They show the questions of this form, and not one answer."),
            _("Whoever finds them learns that somebody here looks at these questions."),
        ]
    return [*_about_answers(chosen, paper), *_about_own_words(chosen, paper)]


def _about_answers(chosen: Sequence[FormSection], paper: FormPaper) -> Iterator[str]:
    asked = [each for section in chosen for each in section.asked()]
    answers = [each for each in asked if each.answer]
    if answers:
        yield n_("They show {n} answer.", "They show {n} answers.", len(answers)).format(n=len(answers))
    else:
        yield _("They show questions, and not one answer.")
    titles = [each.title for each in chosen if each.title and any(one.answer for one in each.asked())]
    if titles:
        yield _("They speak of: {parts}.").format(parts=", ".join(dict.fromkeys(titles)))
    sensitive = sum(each.sensitive for each in answers)
    if sensitive:
        yield n_(
            "{n} of them is about something sensitive.", "{n} of them are about something sensitive.", sensitive
        ).format(n=sensitive)
    if not paper.sensitive:
        out = sum(
            each.sensitive and bool(each.answer)
            for section in paper.sections
            if section.ref not in paper.left_out
            for each in section.asked()
        )
        if out:
            yield n_(
                "{n} answer about something sensitive stays out.",
                "{n} answers about something sensitive stay out.",
                out,
            ).format(n=out)
    pictures = sum(bool(each.picture) for each in answers)
    if pictures:
        yield n_(
            "They show {n} picture, without the place and time that a camera wrote into it.",
            "They show {n} pictures, without the place and time that a camera wrote into them.",
            pictures,
        ).format(n=pictures)
    still_open = len(asked) - len(answers)
    if still_open:
        yield n_("They show {n} question that is open.", "They show {n} questions that are open.", still_open).format(
            n=still_open
        )
    if paper.printed_on:
        yield _("It shows the day it was made.")


def _about_own_words(chosen: Sequence[FormSection], paper: FormPaper) -> Iterator[str]:
    texts = [each.answer for section in chosen for each in section.asked() if each.free and each.answer]
    # Words that somebody typed stand in questions too, where a form puts a name into the next one.
    labels = [each.label for section in chosen for each in section.asked()]
    numbers = sum(phone_like(each) for each in texts)
    if numbers:
        yield n_(
            "In your own words stands {n} number that looks like a phone number.",
            "In your own words stand {n} numbers that look like phone numbers.",
            numbers,
        ).format(n=numbers)
    away = sum(1 for name in paper.careful if stands_in(name, [*texts, *labels]))
    if away:
        yield n_(
            "Your own words name {n} person you keep away from.",
            "Your own words name {n} people you keep away from.",
            away,
        ).format(n=away)
    if texts:
        yield _("Your own words are printed as you wrote them. Other names may stand in them.")
