"""Private files and folders, the same on every system.

Folders are 0700 and files 0600 where the system knows such rights. A file is replaced as a whole: written beside its
place, flushed, renamed, and the folder flushed, so that a kill at any moment leaves either the old file or the new one.
Trouble of the disk comes out as a :class:`~planner.errors.MachineTrouble` with one calm sentence.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.errors import MachineTrouble
from planner.words import _

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_UNFINISHED = ".new"


class DiskFull(MachineTrouble):
    """There is no room left for what was to be saved; what was there before is untouched."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no room left on this disk, so the last change is not saved yet."),
            _("Nothing that was saved before is lost. Make some room, then try again."),
        )


class FolderReadOnly(MachineTrouble):
    """The folder of the notebook can be read, but not written."""

    def __init__(self) -> None:
        super().__init__(
            _("This notebook is in a place where nothing can be saved."),
            _("Nothing was changed. Take off the write protection, or copy the notebook to another folder."),
        )


class DiskTrouble(MachineTrouble):
    """The disk did not do what was asked, for example because a memory stick was pulled out."""

    def __init__(self) -> None:
        super().__init__(
            _("The disk does not answer as it should."),
            _("If the notebook is on a memory stick, put it back in. Then close the program and start it again."),
        )


@contextmanager
def disk_trouble() -> Iterator[None]:
    """Turn an ``OSError`` of the disk into DiskFull, FolderReadOnly or DiskTrouble.

    A missing file stays a ``FileNotFoundError``, because what that means only the caller knows. The text of the
    ``OSError`` holds a path and is not passed on.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as trouble:
        if trouble.errno in _FULL:
            raise DiskFull from None
        if trouble.errno in _FORBIDDEN:
            raise FolderReadOnly from None
        raise DiskTrouble from None


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it, that only this account may enter. Raises what :func:`disk_trouble` raises."""
    with disk_trouble():
        for each in (*reversed(folder.parents), folder):
            if not each.is_dir():
                each.mkdir(mode=0o700, exist_ok=True)
                flush_folder(each.parent)


def make_private(path: Path) -> None:
    """Take the rights to an existing file or folder from everyone but its owner, where the system knows such rights."""
    if sys.platform != "win32":
        # A memory stick with a simple file system has no rights to set; what cannot be written is told elsewhere.
        with suppress(OSError):
            path.chmod(0o700 if path.is_dir() else 0o600)


def flush_folder(folder: Path) -> None:
    """Make renames and new names in a folder last through a power cut; Windows does this by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as trouble:
        # Some file systems cannot flush a folder.
        if trouble.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def flush_file(path: Path) -> None:
    """Make the bytes of a closed file last through a power cut."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_private(path: Path, content: bytes) -> None:
    """Replace a file as a whole, or leave it as it was. Raises what :func:`disk_trouble` raises."""
    unfinished = path.with_name(f"{path.name}{_UNFINISHED}-{os.urandom(4).hex()}")
    with disk_trouble():
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            replace(unfinished, path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise


def destroy(path: Path, within: Path) -> None:
    """Overwrite a small file that opens something, and remove it. Never raises.

    No link is followed: on a memory stick somebody else may have put one in the place of the file, or of a folder on
    the way to it, that leads to a file of the person's own. A link in the place of the file is removed itself.

    On a disk of flash memory what was overwritten may stay in cells that nothing but special tools can read.

    Args:
        within: the folder that is being taken away, in which the file lies, however deep.
    """
    with suppress(OSError, RuntimeError):  # links that lead to each other are a RuntimeError before Python 3.13
        if within.is_symlink() or path.parent.resolve() != within.resolve() / path.parent.relative_to(within):
            return
        if path.is_file() and not path.is_symlink():
            with path.open("r+b") as stream:
                stream.write(os.urandom(max(1, path.stat().st_size)))
                stream.flush()
                os.fsync(stream.fileno())
        path.unlink()


def replace(source: Path, target: Path) -> None:
    """Rename over what is there, and make it last. Raises ``OSError``."""
    source.replace(target)
    flush_folder(target.parent)


def remove_unfinished(folder: Path, name: str) -> None:
    """Remove what a killed :func:`write_private` left beside a file of this name."""
    with suppress(OSError):
        for each in folder.glob(f"{name}{_UNFINISHED}-*"):
            each.unlink(missing_ok=True)


def can_write(path: Path) -> bool:
    """Whether this account may write an existing file or folder."""
    return os.access(path, os.W_OK)
