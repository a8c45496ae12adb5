from __future__ import annotations

import gettext
import io

import pytest

from compile_resources import catalogue_bytes
from planner import words
from planner.resources import resource


@pytest.fixture
def spanish(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the papers in Spanish, from their source."""
    compiled = catalogue_bytes([resource("locale", "es", "paper.po")], "es")
    monkeypatch.setattr(words, "_catalogue", gettext.GNUTranslations(io.BytesIO(compiled)))
    monkeypatch.setattr(words, "_language", "es")
