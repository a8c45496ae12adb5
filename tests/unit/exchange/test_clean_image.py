"""Photos lose what the camera wrote, and not one pixel."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QColorSpace

from planner.exchange.clean_colours import clean_profile
from planner.exchange.clean_image import (
    CannotClean,
    clean_image,
    clean_jp2,
    clean_jpeg,
    clean_png,
    clean_webp,
    jpeg_parts,
    jpeg_shape,
    orientation,
)
from tests.unit.exchange.photos import (
    COMMENT,
    FILM,
    MAKE,
    SIZE,
    drawing,
    encoded,
    exif,
    jpeg,
    pixels,
    png,
    png_chunk,
    secrets_in,
    segment,
    told_colours,
    webp,
)

TURNS = range(1, 9)


# ---------------------------------------------------------------- JPEG


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", TURNS)
def test_a_photo_keeps_its_pixels_its_colours_and_the_way_it_is_turned(turn: int, order: str) -> None:
    photo = jpeg(turn, order=order)
    if order == ">":
        assert len(secrets_in(photo)) == 10, "or the next lines could not see them"
    assert photo.count(b"\xff\xd8") > 3, "with small pictures and a second one"
    cleaned = clean_jpeg(photo)
    assert secrets_in(cleaned) == []
    assert cleaned.count(b"\xff\xd8") == 1
    assert pixels(cleaned) == pixels(photo)
    assert pixels(cleaned)[:2] == (SIZE if turn < 5 else SIZE[::-1])
    assert pixels(photo)[2] != pixels(photo)[3], "the profile changes how it looks"
    assert cleaned.count(b"ICC_PROFILE") == 1
    assert (b"Exif" in cleaned) is (turn != 1)


@pytest.mark.parametrize("progressive", [True, False])
def test_other_ways_of_packing_a_photo(progressive: bool) -> None:
    photo = jpeg(3, progressive=progressive, grey=not progressive)
    assert secrets_in(photo)
    cleaned = clean_jpeg(photo)
    assert secrets_in(cleaned) == []
    assert pixels(cleaned) == pixels(photo)


def test_what_is_clean_stays_as_it_is() -> None:
    for kind, make in (("jpeg", clean_jpeg), ("png", clean_png), ("webp", clean_webp)):
        plain = make(encoded(drawing(), kind))
        assert make(plain) == plain


def test_a_small_picture_in_the_first_segment_goes() -> None:
    photo = encoded(drawing(), "jpeg")
    length = struct.unpack_from(">H", photo, 4)[0]
    body = photo[6 : 4 + length]
    with_small = photo[:2] + segment(0xE0, body[:12] + b"\x02\x02" + MAKE + b"..") + photo[4 + length :]
    assert MAKE in with_small
    assert clean_jpeg(with_small) == clean_jpeg(photo)
    assert MAKE not in clean_jpeg(with_small)


def test_colours_that_adobe_stores_in_its_own_way_are_still_read_so() -> None:
    photo = encoded(drawing(), "jpeg")
    length = struct.unpack_from(">H", photo, 4)[0]
    adobe = segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x00" + COMMENT)
    as_rgb = photo[:2] + adobe + photo[4 + length :]
    assert pixels(as_rgb) != pixels(photo), "the marker changes how it is read"
    assert pixels(clean_jpeg(as_rgb)) == pixels(as_rgb)
    assert COMMENT not in clean_jpeg(as_rgb)


def test_garbage_between_segments_and_bytes_that_fill_are_passed_over() -> None:
    photo = jpeg(6)
    at = photo.index(b"\xff\xdb")
    odd = photo[:at] + MAKE + b"\xff\xff\xff" + photo[at:]
    assert pixels(clean_jpeg(odd)) == pixels(photo)
    assert secrets_in(clean_jpeg(odd)) == []


def test_a_photo_cut_short_in_its_picture_still_shows_what_is_there() -> None:
    photo = clean_jpeg(encoded(drawing(size=(320, 240)), "jpeg"))
    half = photo[: len(photo) // 2 + 200]
    assert clean_jpeg(half) == half + b"\xff\xd9"


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_how_it_is_turned_is_read(turn: int, order: str) -> None:
    assert orientation(exif(turn, order=order)) == turn


@given(st.binary(max_size=200))
def test_any_exif_is_read_or_counts_as_not_turned(data: bytes) -> None:
    assert 1 <= orientation(data) <= 8
    assert 1 <= orientation(b"II*\x00\x08\x00\x00\x00" + data) <= 8


def test_the_shape_of_a_photo() -> None:
    shape = jpeg_shape(jpeg(6))
    assert (shape.width, shape.height, shape.colours, shape.turn) == (*SIZE, 3, 6)
    assert jpeg_shape(jpeg(grey=True)).colours == 1
    with pytest.raises(CannotClean):
        jpeg_shape(b"\xff\xd8\xff\xd9")


SEGMENTS = st.lists(st.tuples(st.sampled_from([*range(0xE0, 0xF0), 0xFE]), st.binary(max_size=60)), max_size=12).map(
    lambda found: b"".join(segment(marker, body) for marker, body in found)
)


@given(SEGMENTS, SEGMENTS, st.binary(max_size=40))
def test_whatever_stands_between_what_makes_up_the_picture_goes(before: bytes, within: bytes, after: bytes) -> None:
    plain = clean_jpeg(encoded(drawing(), "jpeg"))
    parts = list(jpeg_parts(plain))
    head = b"\xff\xd8" + parts[0].written() + before
    whole = head + b"".join(part.written() + within * (part.marker != 0xDA) for part in parts[1:]) + b"\xff\xd9" + after
    cleaned = clean_jpeg(whole)
    assert [part for part in jpeg_parts(cleaned) if part.marker < 0xE0] == parts[1:]
    # What looks like a profile, Adobe's or an orientation is kept in its strict shape alone.
    for part in jpeg_parts(cleaned):
        assert part.marker < 0xE0 or part.body.startswith(
            (b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe", b"Exif\x00\x00MM")
        )


# ---------------------------------------------------------------- PNG and WebP


@pytest.mark.parametrize("turn", TURNS)
def test_a_png_keeps_pixels_and_turn_and_nothing_else(turn: int) -> None:
    picture = png(turn)
    assert len(secrets_in(picture)) >= 8
    cleaned = clean_png(picture)
    assert secrets_in(cleaned) == []
    assert FILM not in cleaned
    assert pixels(cleaned) == pixels(picture)
    assert (b"eXIf" in cleaned) is (turn != 1)
    for gone in (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"maKe"):
        assert gone in picture
        assert gone not in cleaned


def test_the_name_of_a_profile_says_nothing_and_one_that_cannot_be_read_goes() -> None:
    plain = encoded(drawing(), "png")

    def named(profile: bytes) -> bytes:
        return plain[:33] + png_chunk(b"iCCP", COMMENT + b"\x00\x00" + zlib.compress(profile)) + plain[33:]

    whole = named(PROFILE)
    assert COMMENT in whole
    assert COMMENT not in clean_png(whole)
    assert b"iCCPicc\x00" in clean_png(whole)
    assert pixels(clean_png(whole)) == pixels(whole)
    assert b"iCCP" not in clean_png(named(b"no profile"))


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("turn", [1, 6])
def test_a_webp_keeps_pixels_and_nothing_else(turn: int, lossless: bool) -> None:
    picture = webp(turn, lossless=lossless)
    assert len(secrets_in(picture)) >= 7
    cleaned = clean_webp(picture)
    assert secrets_in(cleaned) == []
    assert pixels(cleaned) == pixels(picture)
    assert b"XMP " not in cleaned
    assert (b"EXIF" in cleaned) is (turn != 1)
    assert struct.unpack_from("<I", cleaned, 4)[0] == len(cleaned) - 8


def test_a_jpeg_2000_loses_the_boxes_that_describe_it() -> None:
    def box(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I4s", len(body) + 8, kind) + body

    picture = [box(b"jP  ", b"\r\n\x87\n"), box(b"ftyp", b"jp2 "), box(b"jp2h", b"head"), box(b"jp2c", b"picture")]
    said = [box(b"uuid", MAKE), box(b"xml ", COMMENT), struct.pack(">I4sQ", 1, b"uuid", 16 + len(MAKE)) + MAKE]
    assert clean_jp2(b"".join(picture[:3] + said + picture[3:])) == b"".join(picture)
    assert clean_jp2(b"\xff\x4f\xff\x51bare") == b"\xff\x4f\xff\x51bare"
    with pytest.raises(CannotClean):
        clean_jp2(b"".join(picture)[:-3])


# ---------------------------------------------------------------- profiles of colours

PROFILE = bytes(told_colours().iccProfile().data())


def test_a_profile_keeps_its_colours_and_says_no_more_whose_they_are() -> None:
    for version in (4, 2):
        told = PROFILE[:8] + bytes([version]) + PROFILE[9:]
        assert COMMENT in told
        assert MAKE[:8] in told
        cleaned = clean_profile(told)
        assert COMMENT not in cleaned
        assert MAKE[:4] not in cleaned
        assert clean_profile(cleaned) == cleaned
        before, after = (QColorSpace.fromIccProfile(QByteArray(each)) for each in (told, cleaned))
        assert after.isValid()
        ways = [
            each.transformationToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb)) for each in (before, after)
        ]
        for colour in ("#102030", "#c08040", "#00ff00", "#ffffff"):
            assert ways[0].map(QColor(colour)) == ways[1].map(QColor(colour))
        assert after.description() == "Colours"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_clean_profile_or_none(data: bytes) -> None:
    for each in (data, PROFILE[:128] + data, PROFILE[:-1], PROFILE[: 4 + len(data)]):
        cleaned = clean_profile(each)
        assert clean_profile(cleaned) == cleaned


def test_a_long_profile_is_cut_into_pieces_and_put_together() -> None:
    curve = b"curv" + bytes(4) + struct.pack(">I", 60_000) + bytes(120_000)
    parts = struct.pack(">I4sII4sII", 2, b"rTRC", 160, len(curve), b"gTRC", 160, len(curve))
    profile = PROFILE[:128] + parts.ljust(32, b"\x00") + curve
    photo = clean_jpeg(encoded(drawing(), "jpeg"))
    pieces = [profile[start : start + 50_000] for start in range(0, len(profile), 50_000)]
    told = [segment(0xE2, b"ICC_PROFILE\x00" + bytes([n + 1, len(pieces)]) + each) for n, each in enumerate(pieces)]
    cleaned = clean_jpeg(photo[:2] + b"".join(reversed(told)) + photo[2:])
    found = [part.body for part in jpeg_parts(cleaned) if part.marker == 0xE2]
    assert [each[12:14] for each in found] == [b"\x01\x02", b"\x02\x02"]
    whole = b"".join(each[14:] for each in found)
    assert whole == clean_profile(profile)
    assert whole.count(curve) == 1, "curves that are alike are there once"


# ---------------------------------------------------------------- files that mean harm, or were cut short

MADE = {"image/jpeg": jpeg(6), "image/png": png(6), "image/webp": webp(6)}


@pytest.mark.parametrize("kind", MADE)
def test_a_file_cut_short_anywhere_is_cleaned_or_refused(kind: str) -> None:
    whole = MADE[kind]
    for end in range(0, len(whole), 7):
        _cleans_or_refuses(kind, whole[:end])


@given(st.sampled_from(sorted(MADE)), st.data())
def test_a_file_with_odd_bytes_is_cleaned_or_refused(kind: str, data: st.DataObject) -> None:
    whole = bytearray(MADE[kind])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[at] = data.draw(st.integers(0, 255))
    _cleans_or_refuses(kind, bytes(whole))


@given(st.sampled_from(sorted(MADE)), st.binary(max_size=300))
def test_any_bytes_behind_a_true_beginning_are_cleaned_or_refused(kind: str, rest: bytes) -> None:
    _cleans_or_refuses(kind, rest)
    _cleans_or_refuses(kind, MADE[kind][:12] + rest)


def _cleans_or_refuses(kind: str, data: bytes) -> None:
    try:
        cleaned = clean_image(kind, data)
    except CannotClean:
        return
    assert len(cleaned) <= len(data) + 60
    assert clean_image(kind, cleaned) == cleaned, "what is clean stays as it is"


def test_kinds_that_are_not_known_are_refused() -> None:
    for kind in ("image/gif", "application/pdf", ""):
        with pytest.raises(CannotClean):
            clean_image(kind, MADE["image/jpeg"])
    with pytest.raises(CannotClean):
        clean_image("image/png", MADE["image/jpeg"])


def test_a_long_run_of_the_byte_that_begins_a_marker_takes_no_long_time() -> None:
    photo = encoded(drawing(), "jpeg")
    scan = photo.rindex(b"\xff\xda")
    long = photo[: scan + 20] + b"\xff" * 4_000_000
    assert clean_jpeg(long + photo[-2:]).endswith(b"\xff\xd9")
    _cleans_or_refuses("image/jpeg", long + photo[scan + 20 :])
