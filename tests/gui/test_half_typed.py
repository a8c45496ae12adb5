"""What is half typed is in the store a moment later, without a lock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from planner.store.errors import DiskTrouble
from planner.ui import half_typed
from planner.ui.half_typed import HalfTyped


class Desk:
    def __init__(self) -> None:
        self.typed: object = ""
        self.kept: list[object] = []
        self.broken = False

    def keep(self) -> None:
        if self.broken:
            raise DiskTrouble
        self.kept.append(self.typed)


@pytest.fixture
def desk(qapp: object) -> Iterator[tuple[Desk, HalfTyped]]:
    desk, above = Desk(), QObject()
    yield desk, HalfTyped(above, lambda: desk.typed, desk.keep)
    above.deleteLater()


def test_only_what_changed_is_kept(desk: tuple[Desk, HalfTyped]) -> None:
    on, look = desk[0], desk[1].look
    look()
    assert on.kept == []
    for typed in ("S", "S", "Sl"):
        on.typed = typed
        look()
    assert on.kept == ["S", "Sl"]


def test_what_could_not_be_kept_is_tried_again(desk: tuple[Desk, HalfTyped]) -> None:
    on, look = desk[0], desk[1].look
    on.typed, on.broken = "S", True
    look()
    on.broken = False
    look()
    assert on.kept == ["S"]


def test_nothing_of_a_closed_notebook_and_nothing_during_long_work(
    desk: tuple[Desk, HalfTyped], monkeypatch: pytest.MonkeyPatch
) -> None:
    on, look = desk[0], desk[1].look
    on.typed = None
    look()
    on.typed = "S"
    monkeypatch.setattr(half_typed, "under_way", lambda: True)
    look()
    assert on.kept == []
