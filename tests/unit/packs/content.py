"""Reads the shipped content for its tests: every text that a person may see, with the place where it stands."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planner.resources import resource

LABELS = {"en": "English (en)", "es": "Español (es)"}
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
TOML_FOLDERS = ("clocks", "directory", "forms", "goals", "guides", "kits", "limits", "papers")
WHOLE_PAGES = ("guides", "kits")
"""Folders in which one file is one page; in the others each entry is read by itself."""


@dataclass(frozen=True)
class Shown:
    """A text in one language, and where it stands."""

    place: str
    language: str
    text: str


def table(name: str, sheet: str) -> list[dict[str, str]]:
    """The rows of one sheet of a form kept as Markdown tables."""
    rows: list[dict[str, str]] = []
    header: list[str] | None = None
    inside = False
    for line in resource("forms", name).read_text("utf-8").splitlines():
        if not line.startswith("|"):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells[0]:
            inside, header = cells[0] == sheet, None
        elif inside and header is None:
            header = cells[1:]
        elif inside and header is not None:
            rows.append(dict(zip(header, cells[1:] + [""] * len(header), strict=False)))
    return rows


def form_files() -> list[str]:
    return sorted(path.name for path in resource("forms").glob("*.md"))


def form_texts(*names: str) -> Iterator[Shown]:
    """The words of these forms; of all of them, if none is named."""
    for name in names or form_files():
        for sheet in ("survey", "choices"):
            for row in table(name, sheet):
                for column in TRANSLATED:
                    for language, label in LABELS.items():
                        said = row.get(f"{column}::{label}", "")
                        if said:
                            yield Shown(f"{name}/{row['name']}/{column}", language, said)


def _walk(value: Any, place: str) -> Iterator[Shown]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in LABELS and isinstance(inner, str):
                yield Shown(place, key, inner)
            elif key in LABELS and isinstance(inner, list):
                for number, said in enumerate(inner):
                    yield Shown(f"{place}{number}", key, said)
            else:
                yield from _walk(inner, f"{place}/{value.get('id', '')}{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _walk(inner, f"{place}{number}")


def toml_files(*folders: str) -> list[Path]:
    """The shipped files of these folders; of all that hold words, if none is named."""
    return sorted(path for folder in folders or TOML_FOLDERS for path in resource(folder).glob("*.toml"))


def file_texts(path: Path) -> Iterator[Shown]:
    """The words of one file."""
    folder = path.parent.name
    place = f"{folder}/{path.stem}" if folder in WHOLE_PAGES else f"{folder}-{path.stem}"
    yield from _walk(tomllib.loads(path.read_text("utf-8")), place)


def pack_texts() -> Iterator[Shown]:
    for path in toml_files():
        yield from file_texts(path)


@cache
def all_texts() -> tuple[Shown, ...]:
    return (*form_texts(), *pack_texts())


def reasons() -> dict[tuple[str, str], str]:
    with resource("forms", "free-text-reasons.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["form"], row["field"]): row["reason"] for row in csv.DictReader(stream)}
