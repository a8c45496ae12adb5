"""Reading one file from somebody else in a child: its start, what it loads, the shutting in, reading and answering.

A small file of each kind is read from beginning to end, and held against a bare Python that starts and ends: so many
such starts somebody waits who chooses a file. A bare start takes 15 to 30 ms; 18 of them are half a second, after which
a card with "Stop" comes up. Forms and packs may take longer: both load what makes tables into forms, and a pack also
everything that is built in, so that it takes the place of nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benches.calendar_import import ZONE, made_up_calendar
from benches.table import Measured, in_turn, milliseconds, row, seconds

REPEATS = 5
MOST, MOST_FOR_FORMS = 18.0, 60.0
FORMS = ("form", "pack")

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Field\r\nTEL:+1 212 555 0100\r\nEND:VCARD\r\n"
MANIFEST = b"""format = 1
id = "bench"
name.en = "Bench"
about.en = "Nothing."
version = "1"
languages = ["en"]
jurisdiction = "us"
reviewed = 2026-01-23
giver.name = "Bench"

[[form]]
file = "forms/bench.md"
"""
FORM = b"""| survey |
| | type | name | label |
| | text | a | What would help? |
| settings |
| | form_title | form_id |
| | Bench | bench |
"""


def bare() -> None:
    """Python alone, started in the same way."""
    subprocess.run([sys.executable, "-P", "-c", "pass"], check=True)


def kinds(folder: Path) -> dict[str, Callable[[], object]]:
    """What reads a small file of each kind."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QImageWriter

    from planner.apart import data_files, form_files, papers
    from planner.apart.questions import PictureAsked
    from planner.exchange.clean_pdf import picture_page

    calendar = made_up_calendar(20)
    (folder / "form.md").write_bytes(FORM)
    (folder / "pack" / "forms").mkdir(parents=True)
    (folder / "pack" / "forms" / "bench.md").write_bytes(FORM)
    (folder / "pack" / "pack.toml").write_bytes(MANIFEST)
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(0xFF8040)
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, QByteArray(b"jpg")).write(image)
    photo, pdf = bytes(held.data().data()), picture_page(20, 20, bytes(1200))

    def page() -> None:
        pages = papers.Pages()
        pages.open(pdf)
        pages.draw(0, 1000)
        pages.close()

    def seen() -> None:
        photos = papers.Photos()
        photos.read(PictureAsked(photo, "image/jpeg", papers.MOST_SHOWN))
        photos.close()

    return {
        "calendar": lambda: data_files.read_calendar(calendar, ZONE, _quiet),
        "card": lambda: data_files.read_cards(CARD, _quiet, "US"),
        "list": lambda: data_files.read_services(b"name,phone\nA,+1 212 555 0100\n", _quiet, "US"),
        "form": lambda: form_files.read_form(folder / "form.md"),
        "pack": lambda: form_files.read_pack(folder / "pack", _day()),
        "photo": seen,
        "PDF page": page,
    }


def _day() -> date:
    return date(2026, 12, 1)


def _quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


def _slowest(which: Callable[[str], bool], limit: float) -> Measured:
    """The slowest kind counts; each is told."""
    told, worst = [], 0.0
    with tempfile.TemporaryDirectory(prefix="planner-bench-") as name:
        for kind, work in kinds(Path(name)).items():
            if not which(kind):
                continue
            ours, theirs = in_turn(lambda work=work: seconds(work), lambda: seconds(bare), REPEATS)  # type: ignore[misc]
            told.append(f"{kind} {ours / theirs:.1f} × ({milliseconds(ours)})")
            worst = max(worst, ours / theirs)
    return Measured(", ".join(told), worst <= limit)


@row("a file from somebody else read in a child", "a bare Python started", f"{MOST:.0f} ×")
def apart() -> Measured:
    """Calendars, cards, lists, photos and PDFs."""
    return _slowest(lambda kind: kind not in FORMS, MOST)


@row("a form or pack from somebody else read in a child", "a bare Python started", f"{MOST_FOR_FORMS:.0f} ×")
def forms_apart() -> Measured:
    """Forms and packs."""
    return _slowest(lambda kind: kind in FORMS, MOST_FOR_FORMS)
