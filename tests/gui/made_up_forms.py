"""Made-up forms, brought into a notebook as somebody brings in their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.session import Session

BringIn = Callable[[Session, str], str]


def bring_in(session: Session, path: Path) -> str:
    """Bring in the form in a file; gives its id."""
    own = session.forms.own
    return own.keep(own.look(path)).id


@pytest.fixture
def made_up_form(tmp_path: Path) -> BringIn:
    """``made_up_form(session, markdown)`` brings in a form; again, with the same id: a newer version of it."""
    versions: list[Path] = []

    def make(session: Session, markdown: str) -> str:
        path = tmp_path / f"made-up-{len(versions)}.md"
        path.write_text(markdown, "utf-8")
        versions.append(path)
        return bring_in(session, path)

    return make
