"""The tour: drives the real window without a display through everything a person does, and keeps pictures of it."""

from __future__ import annotations

from pathlib import Path


def main(out: Path) -> int:
    """Put numbered pictures of every step, in both themes and languages, and plan.pdf into ``out``; 0 when all went."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from planner.tour.walk import walk

    return walk(out)
