"""The notebooks of a data folder as they are seen before unlocking."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.places import DATA, KEYS, NEXT, STORE
from planner.store.local import Local


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """A notebook as it is seen before unlocking. ``complete`` is false when one of its files is missing."""

    folder: Path
    label: str
    complete: bool


def find_stores(data_dir: Path) -> list[StoreFolder]:
    """The notebooks in a data folder, by label; none when there is no such folder. Changes nothing."""
    labels = Local.read(data_dir).labels
    found = []
    with suppress(OSError):
        for each in sorted(data_dir.glob(f"{STORE}*")):
            if each.is_dir():
                there = (each / KEYS).is_file() and ((each / DATA).is_file() or (each / NEXT).is_file())
                found.append(StoreFolder(each, labels.get(each.name, ""), there))
    return sorted(found, key=lambda store: (store.label, store.folder.name))
