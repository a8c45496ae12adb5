"""The guided forms that travel with the program: what they are called, and where they lie."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from planner.packs.texts import PackProblem, Words, tables, text, words
from planner.resources import resource


class Audience(StrEnum):
    """Who a form is for."""

    SELF = "self"
    WORKER = "worker"


class Part(StrEnum):
    """Where a form stands among the others, in the order of the page."""

    BEGIN = "begin"
    BODY = "body"
    EVERYDAY = "everyday"
    LAW = "law"
    PEOPLE = "people"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class ShippedForm:
    """One form. ``minutes`` is a rough guess for a calm day, never a limit; ``source`` is a file name."""

    id: str
    title: Words
    about: Words
    for_whom: Words
    minutes: int
    audience: Audience
    source: str
    part: Part = Part.BEGIN
    icon: str = "forms"

    def path(self) -> Path:
        """The compiled XForm, or the XLSForm it is made from where the project has not been built.

        Raises:
            FileNotFoundError: neither is there.
        """
        for candidate in (resource("compiled", "forms", f"{self.id}.xml"), resource("forms", self.source)):
            if candidate.is_file():
                return candidate
        raise FileNotFoundError(self.source)


def read_manifest(raw: Mapping[str, Any]) -> tuple[ShippedForm, ...]:
    """The forms from a parsed manifest, in its order.

    Raises:
        PackProblem: the file does not have the expected form, a source lies elsewhere, or an id is doubled.
    """
    found: list[ShippedForm] = []
    for each in tables(raw, "form", "forms"):
        name = text(each, "id", "forms")
        source = text(each, "source", name)
        minutes = each.get("minutes")
        try:
            audience = Audience(text(each, "audience", name))
            part = Part(each.get("part", Part.BEGIN))
        except ValueError as error:
            raise PackProblem(f"{name}: unknown audience or part") from error
        if type(minutes) is not int or minutes < 1 or PurePath(source).name != source:
            raise PackProblem(f"{name}: 'minutes' or 'source' cannot be used")
        if any(one.id == name for one in found):
            raise PackProblem(f"{name}: doubled")
        title, about = words(each.get("title"), name), words(each.get("about"), name)
        whom = words(each.get("for"), name)
        found.append(
            ShippedForm(name, title, about, whom, minutes, audience, source, part, str(each.get("icon", "forms")))
        )
    return tuple(found)


def shipped_forms(path: Path | None = None) -> tuple[ShippedForm, ...]:
    """The forms that travel with the program, or those of another manifest."""
    return _shipped() if path is None else _read(path)


@lru_cache(maxsize=1)
def _shipped() -> tuple[ShippedForm, ...]:
    # Today asks for the titles each time it is shown; what travels along does not change meanwhile.
    return _read(resource("forms", "manifest.toml"))


def _read(path: Path) -> tuple[ShippedForm, ...]:
    with path.open("rb") as stream:
        return read_manifest(tomllib.load(stream))
