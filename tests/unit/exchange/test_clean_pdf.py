"""PDFs show the same pages and say nothing else."""

from __future__ import annotations

import io
import logging
import zlib

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from planner.exchange import clean_pdf as module
from planner.exchange.clean_image import CannotClean
from planner.exchange.clean_pdf import clean_pdf, photo_page, picture_page
from tests.unit.exchange.photos import (
    FILM,
    MAKE,
    SECRETS,
    SIZE,
    drawing,
    encoded,
    jpeg,
    pdf,
    pixels,
    secrets_in,
    unpacked,
)


def looks(data: bytes) -> list[bytes]:
    """Every page as pixels."""
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        bitmap = page.render(scale=0.5, may_draw_forms=True)
        found.append(bytes(bitmap.buffer))
        bitmap.close()
        page.close()
    document.close()
    return found


def test_a_pdf_shows_the_same_pages_and_says_nothing_else() -> None:
    whole = pdf()
    said = set(secrets_in(unpacked(whole)))
    assert said == set(SECRETS), "or the next lines could not see them"
    for key in (b"/JavaScript", b"/EmbeddedFiles", b"/PieceInfo", b"/Thumb", b"/Author", b"/XFA", b"/ByteRange"):
        assert key in unpacked(whole)
    cleaned = clean_pdf(whole)
    assert secrets_in(cleaned) == []
    assert secrets_in(unpacked(cleaned)) == []
    for key in (b"/JavaScript", b"/EmbeddedFile", b"/PieceInfo", b"/Thumb", b"/Author", b"/XFA", b"/ByteRange", b"/JS"):
        assert key not in unpacked(cleaned)
    assert looks(cleaned) == looks(whole)
    assert len(looks(cleaned)) == 2


def test_words_of_a_comment_and_ways_inside_the_file_stay() -> None:
    with pikepdf.open(io.BytesIO(clean_pdf(pdf()))) as document:
        annotations = list(document.pages[0].obj.Annots)
        assert [str(each.Subtype) for each in annotations] == ["/Link", "/Link", "/Text"]
        assert annotations[0].Dest[0].objgen == document.pages[1].obj.objgen
        assert "/A" not in annotations[1]
        assert str(annotations[2].Contents) == "Ask about this"
        assert "/T" not in annotations[2]
        assert [str(each.T) for each in document.Root.AcroForm.Fields] == ["Signature"]
        of_the_table = {"/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
        assert set(document.trailer.keys()) <= {"/Root", "/Size", "/ID", *of_the_table}


def test_earlier_versions_inside_the_file_do_not_come_along() -> None:
    first = pdf()
    with pikepdf.open(io.BytesIO(first)) as document:
        number = next(each.objgen[0] for each in document.objects if isinstance(each, pikepdf.Stream))
    update = f"\n{number} 0 obj\n(other)\nendobj\nxref\n{number} 1\n{len(first) + 1:010} 00000 n \n".encode()
    assert MAKE in unpacked(first)
    later = first + FILM + update
    assert FILM in later
    assert FILM not in clean_pdf(later)


def one_page(drawn: bytes) -> pikepdf.Pdf:
    document = pikepdf.new()
    content = pikepdf.Stream(document, drawn)
    page = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 200, 200], Contents=content)
    document.pages.append(pikepdf.Page(document.make_indirect(page)))
    return document


def saved(document: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_a_program_keeps_for_itself_in_the_file_and_in_a_page_is_not_copied() -> None:
    heron = pikepdf.String("heron")
    document = one_page(b"0 0 100 100 re f")
    document.pages[0].obj["/ScannedBy"] = heron
    document.Root["/ScanJob"] = heron
    document.Root["/OutputIntents"] = pikepdf.Array([pikepdf.Dictionary(Info=heron)])
    document.Root["/OCProperties"] = pikepdf.Dictionary(D=pikepdf.Dictionary(Creator=heron, Order=[]), OCGs=[])
    whole = saved(document)
    assert unpacked(whole).count(b"heron") == 4
    cleaned = clean_pdf(whole)
    assert b"heron" not in unpacked(cleaned)
    assert b"/OCProperties" in unpacked(cleaned)
    assert looks(cleaned) == looks(whole)


def test_a_photo_among_the_drawing_of_a_page_leaves_only_when_it_tells_nothing() -> None:
    def page(photo: bytes) -> bytes:
        width, height = SIZE
        head = f"100 0 0 100 0 0 cm BI /W {width} /H {height} /CS /RGB /BPC 8 /F /DCT ID ".encode()
        return saved(one_page(b"q " + head + photo + b"\nEI Q"))

    silent = page(encoded(drawing(), "jpeg"))
    assert looks(clean_pdf(silent)) == looks(silent)
    assert secrets_in(unpacked(page(jpeg())))
    with pytest.raises(CannotClean):
        clean_pdf(page(jpeg()))


def test_two_clean_copies_cannot_be_told_to_have_one_source() -> None:
    whole = pdf()

    def marks(data: bytes) -> list[bytes]:
        with pikepdf.open(io.BytesIO(data)) as document:
            return [bytes(each) for each in document.trailer.ID]

    one, other, first = marks(clean_pdf(whole)), marks(clean_pdf(whole)), marks(whole)
    assert len({*one, *other, *first}) == len(one + other + first) - (first[0] == first[1])


def test_under_a_passphrase_it_is_refused_and_one_that_anybody_opens_is_not() -> None:
    with pytest.raises(CannotClean):
        clean_pdf(pdf(passphrase="orange kettle"))
    restricted = pdf(owner="somebody else's")
    cleaned = clean_pdf(restricted)
    assert secrets_in(unpacked(cleaned)) == []
    assert looks(cleaned) == looks(restricted)


def test_a_photo_inside_that_cannot_be_read_refuses_the_whole() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
                each.write(b"\xff\xd8\xff\x02" + MAKE, filter=pikepdf.Name.DCTDecode)
        out = io.BytesIO()
        document.save(out)
    with pytest.raises(CannotClean):
        clean_pdf(out.getvalue())


@pytest.mark.parametrize("how", ["/ASCII85Decode", "/ASCIIHexDecode"])
def test_a_photo_written_in_letters_is_cleaned_too(how: str) -> None:
    import base64

    written = base64.a85encode(jpeg()) + b"~>" if how == "/ASCII85Decode" else jpeg().hex().encode() + b">"
    with pikepdf.open(io.BytesIO(pdf())) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode":
                each.write(written, filter=pikepdf.Array([pikepdf.Name(how), pikepdf.Name.DCTDecode]))
        out = io.BytesIO()
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    cleaned = clean_pdf(out.getvalue())
    assert secrets_in(unpacked(cleaned)) == []
    assert looks(cleaned) == looks(out.getvalue())


def test_a_photo_that_grows_without_end_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_UNPACKED", 100_000)
    with pikepdf.open(io.BytesIO(pdf())) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and isinstance(each.get("/Filter"), pikepdf.Array):
                big = zlib.compress(jpeg() + b"\x00" * 1_000_000)
                each.write(big, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode]))
        out = io.BytesIO()
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(CannotClean):
        clean_pdf(out.getvalue())


class Enough(Exception):
    """Somebody pressed Stop."""


def test_it_can_be_stopped() -> None:
    def stop(_done: int, _of: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        clean_pdf(pdf(), stop)


WHOLE = pdf()


@pytest.mark.parametrize("part", range(1, 20))
def test_a_pdf_cut_short_is_cleaned_or_refused(part: int) -> None:
    _cleans_or_refuses(WHOLE[: len(WHOLE) * part // 20])


@given(st.data())
def test_a_pdf_with_odd_bytes_is_cleaned_or_refused(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=20)):
        whole[at] = data.draw(st.integers(0, 255))
    _cleans_or_refuses(bytes(whole))


@given(st.binary(max_size=400))
def test_any_bytes_are_cleaned_or_refused(data: bytes) -> None:
    _cleans_or_refuses(data)
    _cleans_or_refuses(b"%PDF-1.7\n" + data)


def test_nothing_of_a_broken_file_is_written_anywhere(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = WHOLE.replace(b"/Kids [ ", b"/Kids [ null ")
    assert broken != WHOLE
    logger = logging.getLogger("pikepdf")
    quiet = logger.level
    logger.setLevel(logging.NOTSET)
    _cleans_or_refuses(broken)
    logger.setLevel(quiet)
    assert caplog.records, "or there would be nothing to be silent about"
    caplog.clear()
    _cleans_or_refuses(broken)
    for part in range(1, 40):
        _cleans_or_refuses(WHOLE[: len(WHOLE) * part // 40])
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_pdf_that_leads_in_circles_ends() -> None:
    with pikepdf.open(io.BytesIO(pdf())) as document:
        circle = document.make_indirect(pikepdf.Array([]))
        circle.append(circle)
        document.pages[0].obj.Loop = circle
        deep = pikepdf.Array([])
        for _turn in range(400):
            deep = pikepdf.Array([deep])
        document.pages[0].obj.Deep = deep
        out = io.BytesIO()
        document.save(out)
    _cleans_or_refuses(out.getvalue())


def _cleans_or_refuses(data: bytes) -> None:
    try:
        cleaned = clean_pdf(data)
    except CannotClean:
        return
    assert cleaned.startswith(b"%PDF")


# ---------------------------------------------------------------- a photo as a page


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_as_a_page_is_seen_as_it_is_turned_and_says_nothing_else(turn: int) -> None:
    photo = jpeg(turn)
    page = photo_page(photo)
    assert secrets_in(page) == secrets_in(unpacked(page)) == []
    wide, high, seen, _profile = pixels(photo)
    as_seen = QImage(seen, wide, high, QImage.Format.Format_RGBA8888)
    shown = _render(page)
    assert (shown.width() > shown.height()) is (wide > high)
    inside = shown.copy(_where(shown, wide / high))
    assert _unlike(inside, as_seen) < 12
    others = [other for other in range(1, 9) if other != turn]
    for other in others:
        _w, _h, turned, _p = pixels(jpeg(other))
        if (_w, _h) == (wide, high):
            assert _unlike(inside, QImage(turned, _w, _h, QImage.Format.Format_RGBA8888)) > 20, "or nothing is shown"


def test_a_grey_photo_and_a_picture_of_pixels_as_pages() -> None:
    grey = jpeg(grey=True)
    assert _unlike_page(photo_page(grey, "us-letter"), grey) < 12
    picture = drawing()
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    assert rgb.bytesPerLine() == SIZE[0] * 3
    assert _unlike_page(picture_page(*SIZE, bytes(rgb.constBits())), encoded(picture, "png")) < 12
    with pytest.raises(ValueError, match="three bytes"):
        picture_page(2, 2, b"123")
    with pytest.raises(CannotClean):
        photo_page(b"\xff\xd8\xff\xd9")


def _unlike_page(page: bytes, photo: bytes) -> float:
    wide, high, seen, _profile = pixels(photo)
    shown = _render(page)
    as_seen = QImage(seen, wide, high, QImage.Format.Format_RGBA8888)
    return _unlike(shown.copy(_where(shown, wide / high)), as_seen)


def _render(page: bytes) -> QImage:
    document = pypdfium2.PdfDocument(page)
    bitmap = document[0].render(scale=1, prefer_bgrx=True)
    picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
    bitmap.close()
    document.close()
    return picture


def _where(shown: QImage, shape: float):  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QRect

    room_wide, room_high = shown.width() - 72, shown.height() - 72
    wide = min(room_wide, room_high * shape)
    high = wide / shape
    return QRect(round((shown.width() - wide) / 2), round((shown.height() - high) / 2), round(wide), round(high))


def _unlike(one: QImage, other: QImage) -> float:
    """How far apart two pictures are on average, 0 to 255."""
    from PySide6.QtCore import Qt

    size = (12, 12)
    ways = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    small = [each.convertToFormat(QImage.Format.Format_RGB32).scaled(*size, *ways) for each in (one, other)]
    sums = 0
    for x in range(size[0]):
        for y in range(size[1]):
            first, second = (each.pixelColor(x, y) for each in small)
            sums += abs(first.red() - second.red()) + abs(first.green() - second.green())
            sums += abs(first.blue() - second.blue())
    return sums / (size[0] * size[1] * 3)
