"""Every way in which words are written for the positive control of the look at the disk."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable


def _raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _zip(method: int) -> Callable[[bytes], bytes]:
    def pack(content: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", method) as archive:
            archive.writestr("a", content)
        return held.getvalue()

    return pack


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32-le": lambda text: text.encode("utf-32-le"),
    "utf-32-be": lambda text: text.encode("utf-32-be"),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(text.encode() * 3),
    "base64 of utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(b"\xff\xfe\xfd" + text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX of utf-16": lambda text: text.encode("utf-16-le").hex().upper().encode(),
    "percent": lambda text: b"".join(b"%%%02X" % each for each in text.encode()),
    "quoted-printable": lambda text: b"".join(b"=%02X" % each for each in text.encode()),
    "quoted-printable in lines": lambda text: text[:20].encode() + b"=\n" + text[20:].encode() + b"=3D" * 9,
}
"""From text to bytes."""

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "zlib": zlib.compress,
    "zlib, fast": lambda content: zlib.compress(content, 1),
    "gzip": gzip.compress,
    "raw deflate": _raw_deflate,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
    "zip": _zip(zipfile.ZIP_DEFLATED),
    "zip, bzip2": _zip(zipfile.ZIP_BZIP2),
    "zip, lzma": _zip(zipfile.ZIP_LZMA),
    "base64 of gzip": lambda content: base64.b64encode(gzip.compress(content)),
    "zip of gzip": lambda content: _zip(zipfile.ZIP_STORED)(gzip.compress(content)),
}
"""From bytes to packed bytes; tried with text in UTF-8 and in UTF-16."""


def written(text: str) -> dict[str, bytes]:
    """A text in every way."""
    found = {name: encode(text) for name, encode in ENCODINGS.items()}
    for name, pack in PACKINGS.items():
        for encoding in ("utf-8", "utf-16-le"):
            found[f"{name} of {encoding}"] = pack(text.encode(encoding))
    return found
