"""A pack as it lies on a disk: a folder or a .zip of small files, read into memory whole and never unpacked to a disk.

It may come from anywhere. Names, kinds, counts and sizes are looked at before a file is read, and nothing is read past
its limit, whatever the archive says of itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from planner.packs.refused import PackRefused, broken
from planner.words import _

Files = Mapping[str, bytes]
"""What is in a pack, by name, folders with a stroke."""

MANIFEST = "pack.toml"
SIGNATURE = "signature.toml"
SOURCES = "sources.csv"
FORMS = "forms"
FOLDERS = ("forms", "goals", "guides", "kits", "directory", "clocks", "papers")
"""The folders that a pack may have."""

LARGEST_PACK = 40_000_000
"""Bytes of all files together, and of the .zip itself."""
LARGEST_FILE = 20_000_000
LARGEST_TEXT = 300_000
"""Bytes of one file of words (.toml, .csv)."""
LARGEST_WORDS = 2_000_000
"""Bytes of all files of words together: they are read anew in each notebook that is opened."""
MOST_FILES = 400
MOST_DEEP = 10
LONGEST_LINE = 4_000
MOST_DOTS = 60
"""Of one line of words: a name of ten thousand parts with dots between takes all memory there is to be read."""

_PLAIN = {MANIFEST, SIGNATURE, SOURCES, "README.md", "LICENSE", "LICENSE.txt", "LICENSE.md"}
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,78}[A-Za-z0-9])?"
_CONTENT = re.compile(rf"(?:{'|'.join(each for each in FOLDERS if each != FORMS)})/{_NAME}\.toml")
_FORM = re.compile(
    rf"{FORMS}/(?:{_NAME}-media/)?{_NAME}"
    r"\.(?:md|csv|xlsx|xls|xml|geojson|png|jpg|jpeg|gif|webp|mp3|m4a|wav|ogg)",
    re.IGNORECASE,
)
# What systems leave behind in folders and archives.
_LITTER = re.compile(r"(?:^|/)(?:\.(?!\.?(?:/|$))[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(?:/|$)")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def read_files(path: Path) -> dict[str, bytes]:
    """Everything in a pack: a folder, its ``pack.toml``, or a .zip.

    Raises:
        PackRefused: not there, no pack, damaged, too large, or with names that lead elsewhere.
    """
    if path.name == MANIFEST and path.parent.is_dir():
        path = path.parent
    try:
        return with_manifest(_from_folder(path)) if path.is_dir() else unpacked(_bytes_of(path, LARGEST_PACK))
    except OSError:
        raise PackRefused(_("This pack could not be opened.")) from None


def read_raw(path: Path) -> tuple[bytes, dict[str, bytes]]:
    """A pack on a disk as it lies there: the bytes of its .zip, or else the files of its folder; nothing is unpacked.

    Raises:
        PackRefused: not there, too large, or with names that lead elsewhere.
    """
    if path.name == MANIFEST and path.parent.is_dir():
        path = path.parent
    try:
        return (b"", with_manifest(_from_folder(path))) if path.is_dir() else (_bytes_of(path, LARGEST_PACK), {})
    except OSError:
        raise PackRefused(_("This pack could not be opened.")) from None


def unpacked(package: bytes) -> dict[str, bytes]:
    """Everything in a .zip. Raises PackRefused."""
    return with_manifest(_from_zip(package))


def with_manifest(found: dict[str, bytes]) -> dict[str, bytes]:
    """The same. Raises PackRefused where it does not say what it is."""
    if MANIFEST not in found:
        raise PackRefused(_("This is no pack: it has no file “pack.toml”."))
    return found


def taken_over(files: Files) -> dict[str, bytes]:
    """Files that another process has unpacked, held against every rule again.

    Raises:
        PackRefused: a name that no pack has, two of one name, or too much.
    """
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    for name, content in files.items():
        _check_name(name)
        _add(found, taken, name, content)
    total = sum(len(each) for each in found.values())
    if len(found) > MOST_FILES + 2 * len(FOLDERS) or total > LARGEST_PACK:
        raise _too_large()
    return with_manifest(found)


def digest_of(files: Files) -> bytes:
    """32 bytes that tell what is in a pack from everything else; the signature itself does not count."""
    digest = hashlib.blake2b(digest_size=32, person=b"planner-pack")
    for name in sorted(files):
        if name != SIGNATURE:
            digest.update(f"{name}\0{len(files[name])}\0".encode())
            digest.update(files[name])
    return digest.digest()


def read_signature(files: Files) -> tuple[bytes, bytes] | None:
    """The public half of the giver's key and the signature; None where the pack is not signed.

    Raises:
        PackRefused: there is a signature that is none.
    """
    if SIGNATURE not in files:
        return None
    raw = parse_toml(files, SIGNATURE)
    key, signature = raw.get("key"), raw.get("signature")
    if set(raw) == {"key", "signature"} and isinstance(key, str) and isinstance(signature, str):
        with suppress(ValueError):
            return bytes.fromhex(key), bytes.fromhex(signature)
    raise PackRefused(_("The signature of this pack cannot be read."), SIGNATURE)


def signature_file(public: bytes, signature: bytes) -> bytes:
    """The file that carries a signature."""
    return f'key = "{public.hex()}"\nsignature = "{signature.hex()}"\n'.encode()


def zipped(files: Files) -> bytes:
    """A .zip of a pack; the same files always make the same bytes, and no name or time of a device is in it."""
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o600) << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def parse_toml(files: Files, name: str) -> dict[str, object]:
    """One file of words.

    Raises:
        PackRefused: too large, no UTF-8, no TOML, or nested too deeply.
    """
    content = files[name]
    if len(content) > LARGEST_TEXT:
        raise _too_large(name)
    try:
        text = content.decode("utf-8-sig")
        if any(len(line) > LONGEST_LINE or line.count(".") > MOST_DOTS for line in text.split("\n")):
            raise broken(name, "a line is too long, or has too many dots")
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as trouble:
        raise broken(name, str(trouble)[:200]) from None
    if _is_deep(raw):
        raise broken(name, "nested too deeply")
    return raw


def _is_deep(raw: object) -> bool:
    level = [raw]
    for _deep in range(MOST_DEEP):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


# ---------------------------------------------------------------- names


def _check_name(name: str) -> None:
    """Only places that a pack has; so no name can lead out of it."""
    if name in _PLAIN or _CONTENT.fullmatch(name) or _FORM.fullmatch(name):
        return
    if name.startswith(("/", "~")) or "\\" in name or ":" in name or "\x00" in name or ".." in name.split("/"):
        raise PackRefused(_("This pack holds a file whose name leads out of it, so it was not opened."))
    raise PackRefused(_("This pack holds a file that does not belong into a pack."), _shown(name))


def _shown(name: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in name[:100])


def _add(found: dict[str, bytes], taken: set[str], name: str, content: bytes) -> None:
    if name.lower() in taken:
        raise PackRefused(_("This pack holds two files of one name, so it was not opened."), _shown(name))
    taken.add(name.lower())
    found[name] = content


def _too_large(name: str = "") -> PackRefused:
    return PackRefused(_("This pack is larger than a pack can be, so it was not opened."), name)


# ---------------------------------------------------------------- a folder


def _from_folder(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    room = LARGEST_PACK
    waiting = [folder]
    while waiting:
        for each in sorted(waiting.pop().iterdir()):
            name = each.relative_to(folder).as_posix()
            if _LITTER.search(name):
                continue
            if each.is_symlink():
                raise PackRefused(_("This pack holds a link to something else, so it was not opened."), _shown(name))
            if each.is_dir():
                if name.count("/") > 1 or len(waiting) > MOST_FILES:
                    raise PackRefused(_("This pack holds a file that does not belong into a pack."), _shown(name))
                waiting.append(each)
                continue
            _check_name(name)
            content = _bytes_of(each, min(room, LARGEST_FILE), getattr(os, "O_NOFOLLOW", 0))
            room -= len(content)
            _add(found, taken, name, content)
            if len(found) > MOST_FILES:
                raise _too_large()
    return found


def _bytes_of(path: Path, most: int, flags: int = 0) -> bytes:
    """A plain file, never a pipe or a device."""
    number = os.open(path, flags | os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb") as stream:  # noqa: PTH123 - a number has no path
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise PackRefused(_("This pack could not be opened."))
        content = stream.read(most + 1)
    if len(content) > most:
        raise _too_large()
    return content


# ---------------------------------------------------------------- an archive


def _from_zip(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _unpacked(archive)
    except PackRefused:
        raise
    except _DAMAGED:
        raise PackRefused(_("This file is damaged, or it is no pack.")) from None


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [each for each in archive.infolist() if not _LITTER.search(each.filename)]
    if len(entries) > MOST_FILES + 2 * len(FOLDERS):
        raise _too_large()
    above = _folder_around([each.filename for each in entries])
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    room = LARGEST_PACK
    for each in entries:
        name = each.filename.removeprefix(above)
        kind = stat.S_IFMT(each.external_attr >> 16)
        if stat.S_ISLNK(kind):
            raise PackRefused(_("This pack holds a link to something else, so it was not opened."), _shown(name))
        if each.orig_filename != each.filename:
            # The name was cut at a zero byte, or a stroke was turned round.
            raise PackRefused(_("This pack holds a file whose name leads out of it, so it was not opened."))
        if each.is_dir() and not each.file_size:
            if name:
                _check_name(f"{name}x.toml")
            continue
        _check_name(name)
        if kind not in {0, stat.S_IFREG} or each.flag_bits & 1 or each.compress_type not in _METHODS:
            raise PackRefused(_("This pack is packed in a way that is not read here."), _shown(name))
        most = min(room, LARGEST_FILE)
        if each.file_size > most:
            raise _too_large(name)
        with archive.open(each) as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise _too_large(name)
        room -= len(content)
        _add(found, taken, name, content)
    return found


def _folder_around(names: list[str]) -> str:
    """Who packs a folder often packs the folder itself too; what all names begin with then is no part of them."""
    inside = [name for name in names if name.endswith(f"/{MANIFEST}") and name.count("/") == 1]
    if len(inside) != 1 or MANIFEST in names:
        return ""
    above = inside[0].removesuffix(MANIFEST)
    # Names that lead out are refused as they are.
    plain = re.fullmatch(rf"{_NAME}/", above) is not None
    return above if plain and all(name.startswith(above) for name in names) else ""
