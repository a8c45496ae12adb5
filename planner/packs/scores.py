"""How the numbers are read that a clinician may give: published bands and where they stand; never the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.packs.items import Line, Standing, lines, parsed, source_ids, standing, stands
from planner.packs.sources import Source, load_sources
from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.plan.scores import INSTRUMENTS


@dataclass(frozen=True, slots=True)
class Band:
    """A word for a range of totals; ``start`` is its least, and it goes up to the next band."""

    start: int
    words: Words


@dataclass(frozen=True, slots=True)
class ScoreKind:
    """A known set of questions, by its id of :data:`planner.plan.scores.INSTRUMENTS`. Totals go from 0 to ``most``."""

    id: str
    most: int
    about: Words
    bands: tuple[Band, ...]
    facts: tuple[Line, ...]
    sources: tuple[str, ...]
    standing: Standing

    @property
    def name(self) -> str:
        """The name under which clinicians know it."""
        return INSTRUMENTS[self.id]

    def band(self, total: int) -> Words | None:
        """The word for a total, or ``None`` where there is no such total."""
        if not 0 <= total <= self.most:
            return None
        return [each for each in self.bands if each.start <= total][-1].words


def read_score_kinds(raw: Mapping[str, Any], sources: Mapping[str, Source]) -> tuple[ScoreKind, ...]:
    """The kinds of a parsed file, in its order; one that rests on no page that was read is left out.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    found: list[ScoreKind] = []
    for each in tables(raw, "score", "scores"):
        name = text(each, "id", "scores")
        most, ids = each.get("most"), source_ids(each, name)
        bands = tuple(_band(one, name) for one in tables(each, "band", name))
        starts = [one.start for one in bands]
        if name not in INSTRUMENTS or any(one.id == name for one in found):
            raise PackProblem(f"{name}: not known, or doubled")
        if type(most) is not int or starts[:1] != [0] or starts != sorted(set(starts)) or starts[-1] > most:
            raise PackProblem(f"{name}: bands must rise from 0 up to 'most'")
        if ids and stands(ids, sources):
            about, facts = words(each.get("about"), name), lines(each, "fact", name, sources, fact=True)
            found.append(ScoreKind(name, most, about, bands, facts, ids, standing(each, name)))
    return tuple(found)


def _band(raw: Mapping[str, Any], where: str) -> Band:
    start = raw.get("from")
    if type(start) is not int:
        raise PackProblem(f"{where}: a band must say from which number on")
    return Band(start, words(raw, f"{where}, band"))


def load_score_kinds(path: Path | None = None, sources: Mapping[str, Source] | None = None) -> tuple[ScoreKind, ...]:
    """The shipped kinds, or those of another file or folder."""
    known = sources if sources is not None else load_sources()
    return tuple(kind for _name, raw in parsed("scores", path) for kind in read_score_kinds(raw, known))
