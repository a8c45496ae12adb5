"""Take a moment: short exercises that a page shows one thing at a time."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.resources import resource


@dataclass(frozen=True, slots=True)
class MomentPage:
    """One thing to do. ``seconds`` is a slow pace, never a limit; ``once`` pages are not repeated in later rounds."""

    words: Words
    seconds: int
    once: bool


@dataclass(frozen=True, slots=True)
class Exercise:
    """A short exercise. ``after`` is said at its end."""

    id: str
    title: Words
    about: Words
    rounds: int
    pages: tuple[MomentPage, ...]
    after: tuple[Words, ...]

    def in_order(self) -> tuple[MomentPage, ...]:
        """Every page in the order in which it is shown, all rounds included."""
        again = tuple(each for each in self.pages if not each.once)
        return self.pages + again * (self.rounds - 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """All exercises, and the sentence that stands beside each of them."""

    stop: Words
    exercises: tuple[Exercise, ...]


def _whole(raw: Mapping[str, Any], key: str, where: str) -> int:
    value = raw.get(key)
    if type(value) is not int or value < 1:
        raise PackProblem(f"{where}: {key!r} must be a whole number above zero")
    return value


def read_moment(raw: Mapping[str, Any]) -> Moment:
    """The exercises from a parsed file.

    Raises:
        PackProblem: the file does not have the expected form.
    """
    found: list[Exercise] = []
    for each in tables(raw, "exercise", "moment"):
        name = text(each, "id", "moment")
        pages = tuple(
            MomentPage(words(page, name), _whole(page, "seconds", name), page.get("once") is True)
            for page in tables(each, "page", name)
        )
        if not pages:
            raise PackProblem(f"{name}: no pages")
        after = tuple(words(one, name) for one in tables(each, "after", name))
        found.append(
            Exercise(
                name,
                words(each.get("title"), name),
                words(each.get("about"), name),
                _whole(each, "rounds", name),
                pages,
                after,
            )
        )
    return Moment(words(raw.get("stop"), "moment"), tuple(found))


def load_moment(path: Path | None = None) -> Moment:
    """The shipped exercises, or those of another file."""
    with (path or resource("directory", "moment.toml")).open("rb") as stream:
        return read_moment(tomllib.load(stream))
