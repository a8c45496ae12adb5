"""Step 9: what goes onto paper, what it tells, a look at it, and a PDF; then what has left."""

from __future__ import annotations

from pathlib import Path

from planner.tour.hand import NotThere
from planner.tour.stage import Stage
from planner.words import _

NAME = "plan"


def choose_parts(stage: Stage) -> None:
    """The parts, and in words what they will tell."""
    hand = stage.hand
    hand.press(_("Print and share"))
    hand.picture("print")
    hand.scroll(1)
    hand.picture("print-below")
    hand.scroll(0)


def look_at_it(stage: Stage) -> None:
    """The pages as they will be."""
    hand = stage.hand
    hand.press(_("Look at the pages"))
    hand.wait_to_see(_("What these pages tell"))
    hand.wait_to_see(_("Save a PDF"))
    hand.picture("print-look")


def save_pdf(stage: Stage, folder: Path) -> Path:
    """A PDF that anybody can open, in ``folder``; it is made up. Gives where it lies."""
    hand = stage.hand
    hand.press(_("Save a PDF"))
    hand.wait_to_see(_("Choose a place"))
    hand.picture("pdf-passphrase")
    hand.press(_("Without a passphrase"))
    hand.wait_to_see(_("Save it without a passphrase?"))
    hand.picture("pdf-without")
    hand.press(_("Save without a passphrase"))
    hand.wait_to_see(_("Save here"))
    hand.type_anew(_("Name of the file"), NAME)
    hand.picture("pdf-where")
    _walk_to(stage, folder)
    hand.press(_("Save here"))
    path = folder / f"{NAME}.pdf"
    if hand.sees(_("Replace it")):
        hand.press(_("Replace it"))
    hand.wait_for(path.exists, f"the file {path.name}")
    hand.hush()
    if hand.sees(_("Save a PDF")):
        hand.press(_("Back"))
    return path


def _walk_to(stage: Stage, folder: Path) -> None:
    """Up to where all folders begin, and down again."""
    hand = stage.hand
    if not folder.is_absolute() or not folder.is_dir():
        raise NotThere(f"the folder {folder}")
    while any(line.startswith(_("One folder up")) for line in hand.lines()):
        hand.open_line(_("One folder up"))
    for part in folder.parts[1:]:
        if part.startswith("."):
            raise NotThere(f"a folder {part!r}: those whose names begin with a dot are not offered")
        hand.open_line(part)


def what_has_left(stage: Stage) -> None:
    """When, how, and which parts; nothing of what stood on the pages."""
    hand = stage.hand
    hand.press(_("What was looked at and what left"))
    hand.picture("what-has-left")
    hand.press(_("Back"))
