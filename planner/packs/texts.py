"""Words of a pack in every language that the pack speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

REQUIRED_LANGUAGES = ("en", "es")


class PackProblem(ValueError):
    """A file of a pack does not have the form that its loader expects; the message names the place."""


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in several languages, by ISO 639-1 code. English is always there."""

    by_language: Mapping[str, str]

    def get(self, language: str) -> str:
        """The words in a language, or in English where there are none."""
        return self.by_language.get(language) or self.by_language["en"]

    def __str__(self) -> str:
        return self.by_language["en"]


def words(raw: Any, where: str) -> Words:
    """Read ``{en = "…", es = "…"}``; other keys of the table are ignored.

    Raises:
        PackProblem: a required language is missing or empty.
    """
    if not isinstance(raw, Mapping):
        raise PackProblem(f"{where}: words in each language expected")
    spoken = {
        code: value.strip()
        for code, value in raw.items()
        if len(code) == 2 and isinstance(value, str) and value.strip()
    }
    for code in REQUIRED_LANGUAGES:
        if code not in spoken:
            raise PackProblem(f"{where}: no words in {code!r}")
    return Words(spoken)


def text(raw: Mapping[str, Any], key: str, where: str) -> str:
    """A text that must be there.

    Raises:
        PackProblem: it is missing, empty or not text.
    """
    value = raw.get(key)
    if not isinstance(value, str) or not value.strip():
        raise PackProblem(f"{where}: no {key!r}")
    return value.strip()


def tables(raw: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    """An array of tables, empty when absent.

    Raises:
        PackProblem: there is something else under that key.
    """
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
        raise PackProblem(f"{where}: {key!r} must be a list of tables")
    return list(value)
