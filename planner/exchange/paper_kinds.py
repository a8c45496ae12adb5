"""Which kind of paper a file is, told by what is in it and never by its name; and getting it ready to leave."""

from __future__ import annotations

from collections.abc import Callable

from planner.errors import MachineTrouble
from planner.exchange.clean_image import JPEG, PNG, WEBP, clean_image
from planner.words import _

PDF, HEIC = "application/pdf", "image/heic"
SUFFIXES = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf", HEIC: ".heic"}
NAMES = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif", ".pdf")
"""How the names of such files usually end."""

# ISO 23008-12, annex B, and ISO 14496-12, 4.3: what the file says it can be read as.
_HEIC_BRANDS = frozenset([b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"])
# Some writers put a few bytes before it (ISO 32000-2, annex H.3.4.1).
_PDF_WITHIN = 1024


class NotAPaper(MachineTrouble):
    """What was brought in is nothing that can be kept as a paper."""

    def __init__(self) -> None:
        super().__init__(
            _("This is not a photo or a PDF that can be kept here."),
            _("Photos can be JPEG, PNG or WebP. You can also take a photo of the paper, and bring that in."),
        )


class NotShownHere(MachineTrouble):
    """A photo of a kind that phones make and this computer cannot read."""

    def __init__(self) -> None:
        super().__init__(
            _("Photos of this kind (HEIC) cannot be shown on this computer."),
            _("Take a screenshot of the photo on the phone, and bring that in. Or let the phone save it as JPEG."),
        )


def kind_of(content: bytes) -> str:
    """The media type of a paper.

    Raises:
        NotAPaper: neither a photo nor a PDF.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    raise NotAPaper


def ready_to_leave(media_type: str, content: bytes, progress: Callable[[int, int], None]) -> bytes:
    """The same paper without anything that was written into it beside what is seen.

    Raises:
        CannotClean: that cannot be done for this one.
    """
    if media_type == PDF:
        from planner.exchange.clean_pdf import clean_pdf

        return clean_pdf(content, progress)
    return clean_image(media_type, content)


def paper_reveals(media_type: str) -> list[str]:
    """What somebody who gets a paper that left will learn, and what not."""
    if media_type == PDF:
        left_out = _("Who made the file, when, and with what is taken out of it.")
    else:
        left_out = _("The place and the time that the camera wrote into it are taken out.")
    return [_("It shows the paper as it is: every name, number and picture on it."), left_out]
