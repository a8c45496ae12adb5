"""What the gate says of time limits, papers and single days that stand on the pages."""

from __future__ import annotations

from collections.abc import Iterator

from planner.exchange.parts import Chosen
from planner.plan.life import Section
from planner.words import n_


def about_limits(chosen: Chosen) -> Iterator[str]:
    """By when somebody learns that something has to be done, and what it is about."""
    limits = chosen.limits
    if not limits:
        return
    yield n_(
        "It says by when you have to do {n} thing, and what it is about.",
        "It says by when you have to do {n} things, and what they are about.",
        len(limits),
    ).format(n=len(limits))
    alone = sum(each.home() is Section.MINE_ALONE for each in limits)
    if alone:
        yield n_(
            "It shows {n} time limit that is yours alone.", "It shows {n} time limits that are yours alone.", alone
        ).format(n=alone)


def about_papers(chosen: Chosen) -> Iterator[str]:
    """Which papers somebody learns of, and where they may be sent."""
    papers = chosen.papers
    if not papers:
        return
    yield n_("It says of {n} paper where it stands.", "It says of {n} papers where they stand.", len(papers)).format(
        n=len(papers)
    )
    ends = sum(bool(each.expires) for each in papers)
    if ends:
        yield n_("It says when {n} of them runs out.", "It says when {n} of them run out.", ends).format(n=ends)
    sent = sum(bool(each.safe_address.strip()) for each in papers)
    if sent:
        yield n_(
            "It shows {n} address to which a paper may be sent.",
            "It shows {n} addresses to which papers may be sent.",
            sent,
        ).format(n=sent)
    alone = sum(each.home() is Section.MINE_ALONE for each in papers)
    if alone:
        yield n_("It shows {n} paper that is yours alone.", "It shows {n} papers that are yours alone.", alone).format(
            n=alone
        )


def about_days(chosen: Chosen) -> Iterator[str]:
    """Of how many days somebody learns how they were."""
    days = len(chosen.check_ins)
    if days:
        yield n_("It says how {n} day was for you.", "It says how {n} days were for you.", days).format(n=days)


def own_words(chosen: Chosen) -> Iterator[str]:
    """Every printed text about time limits, papers and days that is free."""
    for limit in chosen.limits:
        yield from (each for each in (limit.title, limit.rule, limit.note) if each.strip())
    for paper in chosen.papers:
        words = (paper.title, paper.where_to_ask, paper.cost, paper.fee_waiver, paper.safe_address, paper.note)
        yield from (each for each in words if each.strip())
    yield from (day.note for day in chosen.check_ins if day.note.strip())
