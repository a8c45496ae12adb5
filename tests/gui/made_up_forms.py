"""Made-up forms in a notebook: what a test writes is offered as if it shipped with the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planner.packs.texts import Words
from planner.session import form_versions


@dataclass(frozen=True)
class MadeUp:
    """As :mod:`planner.packs.forms` gives a form."""

    id: str
    title: Words
    about: Words
    minutes: int
    file: Path

    def path(self) -> Path:
        return self.file


MakeForm = Callable[[str], None]


def offer(path: Path, put: Callable[[Any, str, Any], object] = setattr) -> None:
    """Put the form in a file, called ``made-up``, in place of all shipped ones."""
    words = Words({"en": "Made up", "es": "Inventada"})
    put(form_versions, "shipped_forms", lambda: (MadeUp("made-up", words, words, 5, path),))
    put(form_versions, "_LOADED", {})


@pytest.fixture
def made_up_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeForm:
    """``made_up_form(markdown)`` offers this form alone. Again: a newer version of it."""
    versions: list[Path] = []

    def make(markdown: str) -> None:
        path = tmp_path / f"made-up-{len(versions)}.md"
        path.write_text(markdown, "utf-8")
        versions.append(path)
        offer(path, monkeypatch.setattr)

    return make
