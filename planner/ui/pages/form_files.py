"""Files for answers: which ones a question takes, how they come in, and what they are called on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage, QImageWriter

from planner.errors import MachineTrouble
from planner.exchange.clean_image import JPEG, PNG, WEBP
from planner.exchange.paper_kinds import HEIC, PDF, SUFFIXES, NotAPaper, NotShownHere, kind_of
from planner.session.papers import MOST_BYTES
from planner.ui.pages.papers_bringing import (
    LONGEST_NAME,
    MEGABYTES,
    TooLarge,
    as_png,
    one_file,
    picture_in,
    read_in_pieces,
)
from planner.ui.paper.choose_file import printable
from planner.ui.paper.pictures import can_show, read_picture
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.forms import Question
    from planner.ui.pages.form_answers import Around

PICTURES = frozenset({JPEG, PNG, WEBP, HEIC})
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif")
_AUDIO: Mapping[str, str] = MappingProxyType(
    {
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".aac": "audio/aac",
        ".amr": "audio/amr",
        ".3gp": "audio/3gpp",
        ".3gpp": "audio/3gpp",
        ".ogg": "audio/ogg",
        ".oga": "audio/ogg",
        ".opus": "audio/opus",
        ".wav": "audio/wav",
        ".flac": "audio/flac",
        ".wma": "audio/x-ms-wma",
    }
)
_VIDEO: Mapping[str, str] = MappingProxyType(
    {
        ".mp4": "video/mp4",
        ".m4v": "video/mp4",
        ".mov": "video/quicktime",
        ".webm": "video/webm",
        ".mkv": "video/x-matroska",
        ".avi": "video/x-msvideo",
        ".mpg": "video/mpeg",
        ".mpeg": "video/mpeg",
        ".ogv": "video/ogg",
        ".3gp": "video/3gpp",
        ".wmv": "video/x-ms-wmv",
    }
)
_OTHER: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text/plain",
        ".csv": "text/csv",
        ".doc": "application/msword",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xls": "application/vnd.ms-excel",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".odt": "application/vnd.oasis.opendocument.text",
        ".rtf": "application/rtf",
        ".zip": "application/zip",
        ".gif": "image/gif",
    }
)
ANY_FILE = "application/octet-stream"
ANY_ENDING = ("",)

_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "image": N_("A picture"),
        "audio": N_("A recording"),
        "video": N_("A video"),
        "file": N_("A file"),
    }
)


class TooLargeAnswer(MachineTrouble):
    """The file is larger than an answer may be."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is larger than {n} MB, so it cannot be kept here.").format(n=MEGABYTES),
            _("A shorter or smaller one can be kept. You can also leave this question as it is."),
        )


class NotThisKind(MachineTrouble):
    """The file is not of the kind that the question asks for."""

    def __init__(self, kind: str) -> None:
        words = {
            "image": _("This is no picture that can be shown here."),
            "audio": _("This is no recording that is known here."),
            "video": _("This is no video that is known here."),
        }
        super().__init__(
            words.get(kind, _("This is not a file that can be read here.")),
            _("Choose another file. You can also leave this question as it is."),
        )


Incoming = tuple[str, str, bytes]
"""What it is called, its media type, and the content."""


def endings(question: Question) -> tuple[str, ...]:
    """How the names of the files end that may answer a question, for the list in which one is chosen."""
    if question.kind == "image":
        return _PICTURE_ENDINGS
    if question.kind in {"audio", "video"}:
        return tuple(_AUDIO if question.kind == "audio" else _VIDEO)
    return _accepted(question.settings.get("accept", ""))


def _accepted(accept: str) -> tuple[str, ...]:
    """The endings for the XLSForm column ``body::accept``: media types and endings with commas between them."""
    found: list[str] = []
    for each in (part.strip().lower() for part in accept.split(",")):
        if each.startswith("."):
            found.append(each)
            continue
        known = {**dict.fromkeys(_PICTURE_ENDINGS, "image/"), **_AUDIO, **_VIDEO, **_OTHER, ".pdf": PDF}
        family = each.removesuffix("*") if each.endswith("/*") else ""
        fits = [end for end, kind in known.items() if kind == each or (family and kind.startswith(family))]
        if not fits:
            return ANY_ENDING
        found.extend(fits)
    return tuple(dict.fromkeys(found)) or ANY_ENDING


def from_path(question: Question, path: Path, step: Callable[[int, int], None]) -> Incoming:
    """A file that somebody chose, ready to be kept. May be called in any thread.

    Raises:
        MachineTrouble: it cannot be read, is too large, or is not of the kind asked for; whatever ``step`` raises.
    """
    try:
        content = read_in_pieces(path, step)
    except TooLarge:
        raise TooLargeAnswer from None
    ending = path.suffix.lower()
    return ready(question, content, printable(path.stem)[:LONGEST_NAME], ending)


def ready(question: Question, content: bytes, name: str, ending: str = "") -> Incoming:
    """Something that came in, as it is kept; raises as :func:`from_path`. Pictures are told by what is in them."""
    if len(content) > MOST_BYTES:
        raise TooLargeAnswer
    if question.kind in {"audio", "video"}:
        media_type = (_AUDIO if question.kind == "audio" else _VIDEO).get(ending)
        if media_type is None:
            raise NotThisKind(question.kind)
        return name + ending, media_type, content
    try:
        media_type = kind_of(content)
    except NotAPaper:
        media_type = ""
    if question.kind != "image":
        known = {**_AUDIO, **_VIDEO, **_OTHER}
        return name + (SUFFIXES.get(media_type) or ending), media_type or known.get(ending, ANY_FILE), content
    if media_type not in PICTURES:
        raise NotThisKind("image")
    if not can_show(media_type):
        raise NotShownHere
    most = _most_pixels(question)
    if most:
        media_type, content = _no_larger(content, media_type, most)
    return name + SUFFIXES[media_type], media_type, content


def _most_pixels(question: Question) -> int:
    """The parameter ``max-pixels`` (XLSForm reference, "Image"): the longer edge of a picture in px; 0: as it is."""
    text = question.settings.get("max-pixels", "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 0


def _no_larger(content: bytes, media_type: str, most: int) -> tuple[str, bytes]:
    picture = read_picture(content, media_type)
    if max(picture.width(), picture.height()) <= most:
        return media_type, content
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = picture.scaled(most, most, keep, smooth)
    kind = JPEG if media_type in {JPEG, HEIC} else PNG
    return kind, encoded(small, kind)


def encoded(picture: QImage, media_type: str) -> bytes:
    """A picture as a JPEG or PNG file, with nothing but what is seen.

    Raises:
        NotAPaper: there are no pixels.
    """
    if media_type != JPEG:
        return as_png(picture)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(90)
    if not writer.write(picture):
        raise NotAPaper
    return bytes(held.data())


def offered(question: Question, data: QMimeData) -> Callable[[Callable[[int, int], None]], Incoming] | None:
    """What reads something that was dropped or pasted; None where nothing in it may be the answer."""
    path = one_file(data)
    if path is not None:
        return lambda step: from_path(question, path, step)
    picture = picture_in(data) if question.kind in {"image", "file"} else None
    if picture is None:
        return None
    return lambda _step: ready(question, picture(), _("Pasted picture"))


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is an answer: what it is called, its size in bytes, and what reads it, in any thread.

    ``own`` tells that it lies among the files of the filling; otherwise the form itself brought it along.
    """

    name: str
    media_type: str
    size: int
    read: Callable[[], bytes | None]
    own: bool = True


def held(around: Around, value: str) -> Held | None:
    """The file that an answer names; None where there is none.

    A default picture is named as ``jr://images/name.png`` (pyxform writes it so; XLSForm reference, "Default").
    """
    if value.startswith("jr://"):
        name = value.rpartition("/")[2]
        content = around.form_files.get(name)
        if content is None:
            return None
        try:
            media_type = kind_of(content)
        except NotAPaper:
            media_type = {**_OTHER, **_VIDEO, **_AUDIO}.get(PurePath(name.lower()).suffix, ANY_FILE)
        return Held(name, media_type, len(content), lambda: content, own=False)
    files = around.files
    media_type = files.media_type(value) if value else ""
    if not media_type:
        return None
    return Held(files.name(value), media_type, files.size(value), lambda: files.content(value))


def called(kind: str) -> str:
    """What a file is called that answers a question of this kind."""
    return _(_CALLED.get(kind, _CALLED["file"]))


def ending_of(name: str) -> str:
    """How a name ends, for a copy that leaves."""
    return PurePath(name.lower()).suffix or ".bin"
