"""Photos and PDFs that say where, when and by whom they were made: with all the places in which files say such things.

The words are the same everywhere, so that a test can look for every one of them, in the file and unpacked.
"""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QImageWriter, QLinearGradient, QPainter

MAKE, MODEL = b"Kamerawerk", b"Model 7 of Ottilie"
WHEN = b"2026:03:01 09:41:00"
# 40 deg 41' 21.4", 74 deg 2' 40.2"
PLACE = struct.pack(">6I", 40, 1, 41, 1, 2140, 100) + struct.pack(">6I", 74, 1, 2, 1, 4020, 100)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>40,41.35N</exif:GPSLatitude></x:xmpmeta>'
COMMENT = b"Taken at Aunt Ottilie's kitchen"
FILM = b"\x00\x00\x00\x18ftypmp42 a film of three seconds"
SECRETS = (MAKE, MODEL, WHEN, PLACE, XMP, COMMENT, FILM, b"GPSLatitude", b"Ottilie", b"Photoshop 3.0")
SIZE = (48, 32)


def told_colours() -> QColorSpace:
    """Colours of a screen, in a profile that says whose it is, of which make, and since when."""
    plain = bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    (count,) = struct.unpack_from(">I", plain, 128)
    said = b"text" + bytes(4) + COMMENT + MODEL
    said += bytes(4 - len(said) % 4)
    table = b""
    for number in range(count):
        name, start, size = struct.unpack_from(">4sII", plain, 132 + 12 * number)
        table += struct.pack(">4sII", name, start + 24, size)
    at = len(plain) + 24
    table += struct.pack(">4sII", b"dmdd", at, len(said)) + struct.pack(">4sII", b"vued", at, len(said))
    head = bytearray(plain[:128])
    head[0:4], head[48:56] = struct.pack(">I", at + len(said)), MAKE[:8]
    whole = bytes(head) + struct.pack(">I", count + 2) + table + plain[132 + 12 * count :] + said
    found = QColorSpace.fromIccProfile(QByteArray(whole))
    assert found.isValid()
    assert bytes(found.iccProfile().data()) == whole
    return found


def secrets_in(data: bytes) -> list[bytes]:
    return [each for each in SECRETS if each in data]


def drawing(alpha: bool = False, size: tuple[int, int] = SIZE) -> QImage:
    """No two corners alike, so that every way of turning it shows."""
    picture = QImage(*size, QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 255, 255, 0 if alpha else 255))
    brush = QPainter(picture)
    way = QLinearGradient(0, 0, *size)
    way.setColorAt(0, QColor("#204060"))
    way.setColorAt(1, QColor("#e0c090"))
    brush.fillRect(2, 2, size[0] - 4, size[1] - 4, way)
    brush.fillRect(0, 0, size[0] // 3, size[1] // 3, QColor("#c02020"))
    brush.fillRect(size[0] // 2, size[1] // 2, size[0] // 2, size[1] // 4, QColor("#20a040"))
    brush.end()
    return picture


def encoded(picture: QImage, kind: str, *, progressive: bool = False, quality: int = 90) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    writer.setProgressiveScanWrite(progressive)
    writer.setQuality(quality)
    assert writer.write(picture), writer.errorString()
    return bytes(held.data())


def pixels(data: bytes, *, turned: bool = True) -> tuple[int, int, bytes, bytes]:
    """Width, height and every pixel as stored, and as seen with the profile of the colours."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(turned)
    picture = reader.read()
    assert not picture.isNull(), reader.errorString()
    plain = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    if picture.colorSpace().isValid() and picture.format() != QImage.Format.Format_Grayscale8:
        picture.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    seen = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    return plain.width(), plain.height(), bytes(plain.constBits()), bytes(seen.constBits())


def exif(turn: int = 1, thumbnail: bytes = b"", order: str = ">") -> bytes:
    """The TIFF part of an Exif with maker, model, time, place and a small picture."""

    def entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
        return struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\x00")

    def number(value: int) -> bytes:
        return struct.pack(f"{order}I", value)

    head = (b"MM" if order == ">" else b"II") + struct.pack(f"{order}HI", 42, 8)
    first = 8 + 2 + 5 * 12 + 4
    texts = [MAKE + b"\x00", MODEL + b"\x00", WHEN + b"\x00"]
    starts = [first + sum(map(len, texts[:n])) for n in range(4)]
    gps = starts[3]
    place = gps + 2 + 2 * 12 + 4
    small = place + len(PLACE)
    entries = [
        entry(0x010F, 2, len(texts[0]), number(starts[0])),
        entry(0x0110, 2, len(texts[1]), number(starts[1])),
        entry(0x0112, 3, 1, struct.pack(f"{order}H", turn)),
        entry(0x0132, 2, len(texts[2]), number(starts[2])),
        entry(0x8825, 4, 1, number(gps)),
    ]
    whole = head + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + number(small) + b"".join(texts)
    located = [entry(2, 5, 3, number(place)), entry(4, 5, 3, number(place + 24))]
    whole += struct.pack(f"{order}H", 2) + b"".join(located) + number(0) + PLACE
    at = small + 2 + 2 * 12 + 4
    kept = [entry(0x0201, 4, 1, number(at)), entry(0x0202, 4, 1, number(len(thumbnail)))]
    return whole + struct.pack(f"{order}H", 2) + b"".join(kept) + number(0) + thumbnail


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(turn: int = 1, *, progressive: bool = False, order: str = ">", grey: bool = False) -> bytes:
    """A photo as a phone makes it, and more: every place in which a JPEG can say something."""
    picture = drawing()
    picture.setColorSpace(told_colours())
    if grey:
        picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    plain = encoded(picture, "jpeg", progressive=progressive)
    assert plain[:4] == b"\xff\xd8\xff\xe0"
    jfif = 4 + struct.unpack_from(">H", plain, 4)[0]
    # The thumbnail says something too, and would be missed by who looks at the large picture alone.
    small = encoded(drawing(size=(16, 12)), "jpeg") + segment(0xFE, COMMENT)
    said = [
        segment(0xE0, b"JFXX\x00\x10" + small),
        segment(0xE1, b"Exif\x00\x00" + exif(turn, small, order)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
        segment(0xE2, b"MPF\x00MM\x00*" + MODEL),
        segment(0xED, b"Photoshop 3.0\x008BIM" + COMMENT),
        segment(0xEF, MAKE),
        segment(0xFE, COMMENT),
    ]
    tail = plain.rindex(b"\xff\xda")
    whole = plain[:jfif] + b"".join(said) + plain[jfif:tail] + segment(0xFE, COMMENT) + plain[tail:]
    return whole + encoded(picture, "jpeg") + FILM


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(turn: int = 1) -> bytes:
    picture = drawing(alpha=True)
    picture.setColorSpace(told_colours())
    plain = encoded(picture, "png")
    said = [
        png_chunk(b"eXIf", exif(turn)),
        png_chunk(b"tEXt", b"Comment\x00" + COMMENT),
        png_chunk(b"zTXt", b"Author\x00\x00" + zlib.compress(COMMENT)),
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP),
        png_chunk(b"tIME", b"\x07\xea\x03\x01\x09\x29\x00"),
        png_chunk(b"maKe", MAKE),
    ]
    end = plain.rindex(b"IEND") - 4
    return plain[:33] + b"".join(said) + plain[33:end] + png_chunk(b"tEXt", b"Late\x00" + COMMENT) + plain[end:] + FILM


def riff(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def webp(turn: int = 1, *, lossless: bool = True) -> bytes:
    picture = drawing(alpha=lossless)
    picture.setColorSpace(told_colours())
    plain = encoded(picture, "webp", quality=100 if lossless else 80)
    pieces, at = [], 12
    while at < len(plain):
        kind, length = struct.unpack_from("<4sI", plain, at)
        pieces.append((kind, plain[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    pieces = [each for each in pieces if each[0] != b"VP8X"]
    size = struct.pack("<I", SIZE[0] - 1)[:3] + struct.pack("<I", SIZE[1] - 1)[:3]
    head = (b"VP8X", bytes([0x20 | 0x08 | 0x04 | (0x10 if lossless else 0), 0, 0, 0]) + size)
    said = [(b"EXIF", exif(turn)), (b"XMP ", XMP), (b"maKe", MAKE + MODEL)]
    whole = b"WEBP" + b"".join(riff(*each) for each in [head, *pieces, *said])
    return b"RIFF" + struct.pack("<I", len(whole)) + whole + FILM


def pdf(*, passphrase: str = "", owner: str = "") -> bytes:
    """Two pages that show words and a photo, and everything a PDF can say beside."""
    with pikepdf.new() as made:
        name, text, both = pikepdf.Name, pikepdf.String, pikepdf.Dictionary
        told = pikepdf.Stream(made, XMP, Type=name.Metadata, Subtype=name.XML)
        secret = COMMENT.decode()
        photo = pikepdf.Stream(made, jpeg(6))
        photo.stream_dict = both(
            Type=name.XObject, Subtype=name.Image, Width=SIZE[0], Height=SIZE[1], ColorSpace=name.DeviceRGB,
            BitsPerComponent=8, Filter=name.DCTDecode, Metadata=made.make_indirect(told),
        )  # fmt: skip
        packed = pikepdf.Stream(made, zlib.compress(jpeg()))
        packed.stream_dict = both(
            Type=name.XObject, Subtype=name.Image, Width=SIZE[0], Height=SIZE[1], ColorSpace=name.DeviceRGB,
            BitsPerComponent=8, Filter=pikepdf.Array([name.FlateDecode, name.DCTDecode]),
        )  # fmt: skip
        font = made.make_indirect(both(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica))
        resources = both(XObject=both(P=made.make_indirect(photo), Q=made.make_indirect(packed)), Font=both(F=font))
        words = b"BT /F 18 Tf 40 300 Td (A letter about a room) Tj ET q 96 0 0 64 40 200 cm /P Do Q "
        more = b"q 96 0 0 64 200 200 cm /Q Do Q"
        script = both(S=name.JavaScript, JS=text(f"app.alert('{secret}')"))
        attached = pikepdf.Stream(made, FILM + COMMENT, Type=name.EmbeddedFile)
        spec = made.make_indirect(both(Type=name.Filespec, F=text(secret), EF=both(F=made.make_indirect(attached))))
        for number in range(2):
            made.add_blank_page(page_size=(400, 400))
            page = made.pages[number]
            page.obj.Resources = resources
            page.obj.Contents = pikepdf.Stream(made, words + more if number == 0 else words)
            page.obj.LastModified = text("D:" + WHEN.decode())
            page.obj.PieceInfo = both(Maker=both(Private=text(MAKE.decode())))
            page.obj.Thumb = pikepdf.Stream(made, COMMENT)
            page.obj.AA = both(O=script)
        first, second, fit = made.pages[0].obj, made.pages[1].obj, name.Fit
        first.Annots = pikepdf.Array(
            [
                made.make_indirect(
                    both(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=both(S=name.GoTo, D=[second, fit]))
                ),
                both(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=both(S=name.URI, URI=text(secret))),
                both(
                    Type=name.Annot, Subtype=name.Text, Rect=[9, 9, 20, 20], Contents=text("Ask about this"),
                    T=text(MODEL.decode()), M=text(WHEN.decode()), NM=text(secret),
                ),
                both(Type=name.Annot, Subtype=name.FileAttachment, Rect=[9, 9, 20, 20], FS=spec),
            ]
        )  # fmt: skip
        signed = both(Type=name.Sig, ByteRange=[0, 1, 2, 3], Name=text(secret), Contents=text("x"))
        field = made.make_indirect(
            both(FT=name.Sig, T=text("Signature"), V=signed, Subtype=name.Widget, Rect=[0, 0, 9, 9])
        )
        made.Root.AcroForm = both(Fields=[field], XFA=text(secret))
        made.Root.Metadata = told
        made.Root.OpenAction = script
        made.Root.AF = pikepdf.Array([spec])
        made.Root.Names = both(
            EmbeddedFiles=both(Names=[text("a"), spec]), JavaScript=both(Names=[text("b"), made.make_indirect(script)])
        )
        told_by = both(Author=text(MODEL.decode()), CreationDate=text(WHEN.decode()), Keywords=text(secret))
        made.trailer.Info = made.make_indirect(told_by)
        out = io.BytesIO()
        seal = pikepdf.Encryption(user=passphrase, owner=owner or passphrase, R=6) if passphrase or owner else False
        made.save(out, encryption=seal, fix_metadata_version=False)
        return out.getvalue()


def unpacked(data: bytes) -> bytes:
    """Everything that a PDF says, with nothing packed: texts as they are, streams as far as they can be unpacked."""
    with pikepdf.open(io.BytesIO(data)) as document:
        said = list[bytes]()
        for each in document.objects:
            if isinstance(each, pikepdf.Stream):
                said.append(_unpacked_stream(each))
                said.append(each.stream_dict.unparse(resolved=True))
            elif hasattr(each, "unparse"):
                said.append(each.unparse(resolved=True))
        return b"\n".join(said)


def _unpacked_stream(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes(decode_level=pikepdf.StreamDecodeLevel.generalized)
    except pikepdf.PdfError:
        # A photo: pikepdf stops before it.
        raw = stream.read_raw_bytes()
        return zlib.decompress(raw) if raw.startswith(b"\x78") else raw
