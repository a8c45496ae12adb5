"""The program as an installation has it, made of the checkout: three modules and one packed file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pack

ROOT = Path(__file__).resolve().parents[2]


def install(folder: Path) -> Path:
    """Put it there; gives the folder for Python's path."""
    place = folder / "planner"
    place.mkdir(parents=True)
    for name in pack.BESIDE:
        shutil.copy(ROOT / name, folder / name)
    (place / "_packed.dat").write_bytes(pack.packed(pack.contents(ROOT)))
    return folder
