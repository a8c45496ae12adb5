"""``pack.toml``: what a pack is called, its version, its languages, where it holds, and which forms are in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.packs.pack import FORMS, MANIFEST
from planner.packs.refused import PackRefused, broken
from planner.packs.said import is_plain, plain_name
from planner.packs.texts import REQUIRED_LANGUAGES, PackProblem, Words, tables, text, words
from planner.words import _

FORMAT = 1
ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
"""What ids of packs and of what is in them look like."""
PLACE = re.compile(r"any|[a-z]{2}(?:-[a-z]{2,3})?")
LONGEST_NAME = 60
MOST_FORMS = 60

_KEYS = {"format", "id", "name", "about", "version", "languages", "jurisdiction", "reviewed", "giver", "form"}
_VERSION = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){0,3}")
_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself. ``giver`` is the name under which somebody signs, or empty; ``forms`` are file names.

    ``version`` is one to four numbers with dots between, such as ``1.2``.
    """

    id: str
    name: Words
    about: Words
    version: str
    languages: tuple[str, ...]
    jurisdiction: str
    reviewed: date
    giver: str = ""
    forms: tuple[str, ...] = ()


def order_of(version: str) -> tuple[int, ...]:
    """What versions are compared by: 1.10 comes after 1.9, and 1.0 is the same as 1.

    Raises:
        ValueError: this is no version.
    """
    if not is_version(version):
        raise ValueError("no version")
    numbers = [int(each) for each in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def is_version(version: str) -> bool:
    """Whether this can be compared."""
    return _VERSION.fullmatch(version) is not None


def to_come(day: date, today: date) -> bool:
    """Whether a day has come nowhere on earth yet."""
    return (day - today).days > 1


def spoken(raw: Any, languages: Sequence[str]) -> Any:
    """The same content with words in every language that a loader asks for: where one is missing, those of the first.

    A shelter may write in one language only; its words are shown as they are.
    """
    if isinstance(raw, list):
        return [spoken(each, languages) for each in raw]
    if not isinstance(raw, Mapping):
        return raw
    made = {key: spoken(value, languages) for key, value in raw.items()}
    said = next((made[each] for each in languages if each in made), None)
    if said is not None:
        for code in REQUIRED_LANGUAGES:
            made.setdefault(code, said)
    return made


def read_pack_manifest(raw: Mapping[str, Any], today: date) -> Manifest:
    """What a pack says of itself, checked.

    Raises:
        PackRefused: something is missing, is not what it should be, or was made for a newer version of this program.
    """
    made_for = raw.get("format")
    if type(made_for) is int and made_for > FORMAT:
        raise PackRefused(_("This pack was made for a newer version of this program."), MANIFEST)
    try:
        return _manifest(raw, today)
    except PackProblem as problem:
        raise broken(MANIFEST, str(problem)) from None


def _manifest(raw: Mapping[str, Any], today: date) -> Manifest:
    if unknown := set(raw) - _KEYS:
        raise PackProblem(f"unknown: {min(unknown)[:40]!r}")
    if raw.get("format") != FORMAT:
        raise PackProblem(f"'format' must be {FORMAT}")
    languages = raw.get("languages")
    if (
        not isinstance(languages, list)
        or not 1 <= len(languages) <= 20
        or not all(isinstance(each, str) and _LANGUAGE.fullmatch(each) for each in languages)
    ):
        raise PackProblem("'languages' must be a list of codes of two letters")
    name, version, place = text(raw, "id", "pack"), text(raw, "version", "pack"), text(raw, "jurisdiction", "pack")
    if not ID.fullmatch(name) or not PLACE.fullmatch(place):
        raise PackProblem("'id' or 'jurisdiction' cannot be used")
    try:
        order_of(version)
    except ValueError:
        raise PackProblem("'version' must be numbers with dots between, in quotes: \"1.2\"") from None
    reviewed = raw.get("reviewed")
    if type(reviewed) is not date or to_come(reviewed, today):
        raise PackProblem("'reviewed' must be a day that has come already")
    called = words(spoken(raw.get("name"), languages), "name")
    if any(len(each) > LONGEST_NAME or "\n" in each for each in called.by_language.values()):
        raise PackProblem(f"'name' may have {LONGEST_NAME} letters")
    about = words(spoken(raw.get("about"), languages), "about")
    return Manifest(name, called, about, version, tuple(languages), place, reviewed, _giver(raw), _forms(raw))


def _giver(raw: Mapping[str, Any]) -> str:
    giver = raw.get("giver", {})
    if not isinstance(giver, Mapping) or set(giver) - {"name"}:
        raise PackProblem("'giver' has a name and nothing else")
    if not giver:
        return ""
    name = text(giver, "name", "giver")
    if len(name) > LONGEST_NAME or "\n" in name or not is_plain(name) or plain_name(name) in {"", "planner"}:
        raise PackProblem("this name of a giver cannot be used")
    return name


def _forms(raw: Mapping[str, Any]) -> tuple[str, ...]:
    listed = tables(raw, "form", "pack")
    if len(listed) > MOST_FORMS or any(set(each) - {"file"} for each in listed):
        raise PackProblem("a form has a 'file' and nothing else")
    files = tuple(text(each, "file", "form") for each in listed)
    if len(set(files)) != len(files) or not all(
        each.count("/") == 1 and each.startswith(f"{FORMS}/") for each in files
    ):
        raise PackProblem("a form lies in the folder forms, and is listed once")
    return files
