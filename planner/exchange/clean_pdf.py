"""PDFs that only show their pages: nothing of who made them, with what, when and where, and nothing that acts.

What is taken out (ISO 32000-2): the information dictionary (14.3.3), metadata streams of the file and of every part of
it (14.3.2), private data of programs (14.5), thumbnails (12.3.4), files attached to it or to its parts (7.11.4, 14.13),
scripts and other actions (12.6), film, sound and 3D (13), signatures, which no longer hold and name who signed (12.8),
names and times in comments (12.5.6.2), and its identifiers (14.4). Photos inside are cleaned as photos are. Earlier
versions of the file, which an update leaves in it, are not copied.

A form keeps what was typed into it, and a comment its words: they can be seen on the page.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf

from planner.exchange.clean_image import CannotClean, JpegShape, clean_jp2, clean_jpeg, jpeg_parts, jpeg_shape
from planner.exchange.pdf_seal import with_fresh_identifiers

Progress = Callable[[int, int], None]

# What it says of a broken file may hold pieces of it.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)

MOST_UNPACKED = 200 * 1024 * 1024
"""A photo inside that says it is larger than this when unpacked is no photo."""

# Wherever they stand.
_TOLD = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/OPI", "/Alternates", "/CreatorInfo", "/SpiderInfo")
_ACTS = ("/AA", "/OpenAction", "/JS", "/URI", "/RichMediaContent", "/RichMediaSettings", "/Requirements")
_HELD = ("/AF", "/EF", "/Collection", "/XFA", "/Perms", "/DSS", "/Legal", "/Extensions", "/DPartRoot")
_NEVER = frozenset([*_TOLD, *_ACTS, *_HELD])
_NEVER_STARTS = ("/PTEX.", "/ADBE_", "/AAPL:")
# What the root of the file and a page of it may have (7.7.2, 7.7.3.3); programs put keys of their own beside it.
_ROOT_KEPT = frozenset(
    {
        *("/Type", "/Version", "/Pages", "/PageLabels", "/Names", "/Dests", "/ViewerPreferences", "/PageLayout"),
        *("/PageMode", "/Outlines", "/AcroForm", "/MarkInfo", "/StructTreeRoot", "/Lang", "/OCProperties"),
    }
)
_PAGE_KEPT = frozenset(
    {
        *("/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate"),
        *("/Contents", "/Group", "/Annots", "/UserUnit", "/Tabs", "/StructParents", "/Trans", "/Dur"),
    }
)
# A photo that stands among the drawing of a page (8.9.7), where it cannot be cleaned.
_INLINE_PHOTO = re.compile(rb"/DCT(?:Decode)?\b[^>]{0,400}?\bID\s")
# Where cameras and programs write into a JPEG (T.81, B.2.4.6); what says how its colours are stored is none of it.
_TELLING = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xEE}
_NAMES_KEPT = frozenset(["/Dests"])
_TRAILER_KEPT = frozenset(["/Root", "/Size"])
# Comments show their words; these would show a film, play a sound or hand over a file.
_NOT_SHOWN = frozenset(["/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Popup"])
_OF_A_COMMENT = ("/M", "/CreationDate", "/NM", "/Subj", "/RC", "/Popup", "/IRT", "/RT", "/ExData")
_EVERY = 200
# How pikepdf says that a file is broken, under a passphrase, or not built as it should be.
_BROKEN = (pikepdf.PdfError, pikepdf.PasswordError, ValueError, LookupError, TypeError, ArithmeticError, RuntimeError)


def _no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def clean_pdf(pdf: bytes, progress: Progress = _no_progress) -> bytes:
    """The same pages and nothing else; one that anybody can open, but not change, can be changed afterwards.

    What ``progress`` raises stops it.

    Raises:
        CannotClean: it is broken, or under a passphrase.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf), inherit_page_attributes=False) as document:
            _clean(document, progress)
            out = io.BytesIO()
            document.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                fix_metadata_version=False,
            )
    except _BROKEN:
        raise CannotClean from None
    return with_fresh_identifiers(out.getvalue())


def _clean(document: pikepdf.Pdf, progress: Progress) -> None:
    if not len(document.pages):
        raise CannotClean
    for key in set(document.trailer.keys()) - _TRAILER_KEPT:
        del document.trailer[key]
    for key in set(document.Root.keys()) - _ROOT_KEPT:
        del document.Root[key]
    for page in document.pages:
        for key in set(page.obj.keys()) - _PAGE_KEPT:
            del page.obj[key]
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key in set(names.keys()) - _NAMES_KEPT:
            del names[key]
    _clean_layers(document.Root.get("/OCProperties"))
    objects = list(document.objects)
    for number, each in enumerate(objects):
        if number % _EVERY == 0:
            progress(number, len(objects))
        _clean_object(each)
    progress(len(objects), len(objects))


def _clean_layers(layers: Any) -> None:
    """Which layers are seen stays; which program made them does not (8.11.4.3)."""
    if not isinstance(layers, pikepdf.Dictionary):
        return
    more = layers.get("/Configs")
    for each in (layers.get("/D"), *(more if isinstance(more, pikepdf.Array) else ())):
        if isinstance(each, pikepdf.Dictionary) and "/Creator" in each:
            del each["/Creator"]


def _clean_object(whole: Any) -> None:
    """One object of the file with everything that stands directly in it."""
    waiting = [whole]
    while waiting:
        here = waiting.pop()
        if isinstance(here, pikepdf.Array):
            inside = list(here)
        elif isinstance(here, pikepdf.Dictionary | pikepdf.Stream):
            _clean_dictionary(here)
            inside = [here[key] for key in list(here.keys())]
        else:
            continue
        waiting += [each for each in inside if _is_direct(each)]
    if isinstance(whole, pikepdf.Stream):
        _clean_photo(whole)
        _refuse_inline_photo(whole)


def _is_direct(each: Any) -> bool:
    return isinstance(each, pikepdf.Array | pikepdf.Dictionary) and not each.is_indirect


def _clean_dictionary(here: Any) -> None:
    for key in list(here.keys()):
        if key in _NEVER or key.startswith(_NEVER_STARTS):
            del here[key]
    _still(here)
    annotations = here.get("/Annots")
    if isinstance(annotations, pikepdf.Array):
        shown = [each for each in annotations if _is_shown(each)]
        here["/Annots"] = pikepdf.Array(shown)
    value = here.get("/V")
    if isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value:
        del here["/V"]
    if "/Rect" in here and "/Subtype" in here:
        for key in _OF_A_COMMENT:
            if key in here:
                del here[key]
        if here.Subtype != "/Widget" and "/T" in here:
            del here["/T"]


def _still(here: Any) -> None:
    """No action; a way to another page of the same file stays."""
    action = here.get("/A")
    # In the structure of a page /A stands for something else, which names its owner in /O.
    if isinstance(action, pikepdf.Dictionary) and "/S" in action and "/O" not in action:
        if action.S == "/GoTo" and "/D" in action and "/Dest" not in here:
            here["/Dest"] = action.D
        del here["/A"]


def _is_shown(annotation: Any) -> bool:
    return isinstance(annotation, pikepdf.Dictionary) and str(annotation.get("/Subtype", "")) not in _NOT_SHOWN


# ---------------------------------------------------------------- photos inside


def _clean_photo(stream: Any) -> None:
    filters = _filters(stream)
    if not filters or filters[-1] not in ("/DCTDecode", "/JPXDecode"):
        return
    packed = stream.read_raw_bytes()
    for each in filters[:-1]:
        packed = _unpacked(each, packed)
    # A PDF says by itself how a photo is turned.
    cleaned = clean_jpeg(packed, turned=False) if filters[-1] == "/DCTDecode" else clean_jp2(packed)
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[len(filters) - 1] if len(parameters) == len(filters) else None
    last = parameters if isinstance(parameters, pikepdf.Dictionary) else None
    stream.write(cleaned, filter=pikepdf.Name(filters[-1]), decode_parms=last)


def _refuse_inline_photo(stream: Any) -> None:
    if stream.get("/Subtype") == "/Image":
        return
    filters = _filters(stream)
    drawing = _unpacked(filters[0], stream.read_raw_bytes()) if filters == ["/FlateDecode"] else stream.read_bytes()
    for found in _INLINE_PHOTO.finditer(drawing):
        try:
            told = any(part.marker in _TELLING for part in jpeg_parts(drawing[found.end() :]))
        except (struct.error, IndexError):
            told = True
        if told:
            raise CannotClean


def _unpacked(how: str, packed: bytes) -> bytes:
    """What a photo was packed in once more (ISO 32000-2, 7.4)."""
    if how == "/FlateDecode":
        unpacking = zlib.decompressobj()
        try:
            whole = unpacking.decompress(packed, MOST_UNPACKED)
        except zlib.error:
            raise CannotClean from None
        if unpacking.unconsumed_tail:
            raise CannotClean
        return whole
    # Both raise ValueError where they meet what they do not know.
    if how == "/ASCII85Decode":
        return base64.a85decode(packed.strip().removesuffix(b"~>"))
    if how == "/ASCIIHexDecode":
        return bytes.fromhex(packed.strip().removesuffix(b">").decode("ascii"))
    raise CannotClean


def _filters(stream: Any) -> list[str]:
    found = stream.get("/Filter")
    if isinstance(found, pikepdf.Array):
        return [str(each) for each in found]
    return [str(found)] if isinstance(found, pikepdf.Name) else []


# ---------------------------------------------------------------- a photo as a page

_PAPER = {"a4": (595.28, 841.89), "us-letter": (612.0, 792.0)}
_MARGIN = 36
# From the unit square of the picture as stored to that of the picture as seen (Exif 2.32, 4.6.4, orientation).
_TURNS: dict[int, tuple[int, int, int, int, int, int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def photo_page(jpeg: bytes, size: str = "a4") -> bytes:
    """A PDF of one page that shows a photo; it is not encoded again. ``size`` is ``a4`` or ``us-letter``.

    Raises:
        CannotClean: it is not built like a JPEG.
    """
    shape = jpeg_shape(jpeg)
    with pikepdf.new() as document:
        picture = pikepdf.Stream(document, clean_jpeg(jpeg, turned=False))
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=shape.width,
            Height=shape.height,
            ColorSpace=pikepdf.Name({1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[shape.colours]),
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        if shape.inverted:
            picture.stream_dict["/Decode"] = pikepdf.Array([1, 0] * 4)
        return _one_page(document, picture, shape, size)


def picture_page(width: int, height: int, rgb: bytes, size: str = "a4") -> bytes:
    """A PDF of one page that shows a picture of ``width`` x ``height`` pixels, three bytes each, rows without gaps.

    Raises:
        ValueError: there are fewer or more bytes than pixels.
    """
    if not width or not height or len(rgb) != width * height * 3:
        raise ValueError("three bytes a pixel")
    with pikepdf.new() as document:
        picture = pikepdf.Stream(document, zlib.compress(rgb))
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            ColorSpace=pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.FlateDecode,
        )
        return _one_page(document, picture, JpegShape(width, height, 3, 1, inverted=False), size)


def _one_page(document: pikepdf.Pdf, picture: Any, shape: JpegShape, size: str) -> bytes:
    wide, high = (shape.height, shape.width) if shape.turn > 4 else (shape.width, shape.height)
    page_wide, page_high = sorted(_PAPER[size], reverse=wide > high)
    fit = min((page_wide - 2 * _MARGIN) / wide, (page_high - 2 * _MARGIN) / high)
    drawn_wide, drawn_high = wide * fit, high * fit
    left, below = (page_wide - drawn_wide) / 2, (page_high - drawn_high) / 2
    turn = " ".join(str(each) for each in _TURNS[shape.turn])
    drawing = f"q {drawn_wide:.3f} 0 0 {drawn_high:.3f} {left:.3f} {below:.3f} cm {turn} cm /P Do Q"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, page_wide, page_high]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=document.make_indirect(picture))),
        Contents=pikepdf.Stream(document, drawing.encode()),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))
    out = io.BytesIO()
    document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, fix_metadata_version=False)
    return with_fresh_identifiers(out.getvalue())
