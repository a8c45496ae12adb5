"""One packed file in place of many: modules and resources of an installed program, compressed together.

A build writes ``planner/_packed.dat`` (packaging/pack.py). Neither names nor words of what is inside can be read there,
so whoever looks through the installed files, by hand or with the search of the system, finds none of them. It hides
nothing from someone who knows the program.

The file: eight bytes with the length of the index, the index, then the contents, each compressed by itself (zlib). The
first line of the index is the number by which Python knows its own compiled code; each other line holds the offset of a
content, its length, and its path as it would be without packing (``planner/ui/window.pyc``).
"""

from __future__ import annotations

import errno
import io
import marshal
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib.machinery import ModuleSpec
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType, ModuleType
from typing import IO, Any

if sys.platform == "win32":
    from pathlib import WindowsPath as _Here
else:
    from pathlib import PosixPath as _Here

HOME = Path(__file__).resolve().parents[1]
"""The folder in which the package lies."""

FILE = HOME / "planner" / "_packed.dat"
HEAD = 8


class Packed:
    """What is in one packed file. Nothing of it is kept open, so that a stick can be taken out."""

    def __init__(self, file: Path) -> None:
        """Read the index. Raises OSError, also for a file that is damaged."""
        self._file = file
        with file.open("rb") as stream:
            length = int.from_bytes(stream.read(HEAD), "big")
            first, *lines = _unpacked(stream.read(length)).decode().splitlines()
        self.of_this_python = first == MAGIC_NUMBER.hex()
        self._start = HEAD + length
        self._places = {name: (int(at), int(size)) for at, size, name in (each.split(" ", 2) for each in lines)}

    def __contains__(self, name: str) -> bool:
        """Whether a file of this path is inside."""
        return name in self._places

    def names(self) -> Iterator[str]:
        """The paths of everything inside."""
        return iter(self._places)

    def read(self, name: str) -> bytes:
        """One content. Raises KeyError where there is none of this path, OSError where it cannot be read."""
        at, size = self._places[name]
        with self._file.open("rb", buffering=0) as stream:
            stream.seek(self._start + at)
            return _unpacked(stream.read(size))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise OSError(errno.EIO, os.strerror(errno.EIO)) from error


@cache
def _ours() -> Packed:
    return Packed(FILE)


@cache
def _folders() -> frozenset[str]:
    return frozenset(name[:cut] for name in _ours().names() for cut in range(len(name)) if name[cut] == "/")


class Inside(_Here):
    """The path of something inside the packed file; it can be read, listed and joined as any other path."""

    __slots__ = ()

    @property
    def _name(self) -> str:
        return self.relative_to(HOME).as_posix()

    def read_bytes(self) -> bytes:
        """The content. Raises FileNotFoundError, OSError."""
        try:
            return _ours().read(self._name)
        except KeyError:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self)) from None

    def read_text(self, encoding: str | None = None, errors: str | None = None, newline: str | None = None) -> str:
        """The content as text, in UTF-8 unless told."""
        with self.open(encoding=encoding, errors=errors, newline=newline) as stream:
            return str(stream.read())

    def open(  # type: ignore[override]  # one signature stands for the many of the typed library
        self,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
    ) -> IO[Any]:
        """As of a file that can only be read. Raises OSError for any other mode."""
        if set(mode) & set("wax+"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))
        content = io.BytesIO(self.read_bytes())
        return content if "b" in mode else io.TextIOWrapper(content, encoding or "utf-8", errors, newline)

    def exists(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a file or a folder inside."""
        return self.is_file() or self.is_dir()

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether a file of this path is inside."""
        return self._name in _ours()

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether anything lies below this path."""
        return self._name in _folders()

    def iterdir(self) -> Iterator[Inside]:  # type: ignore[override]  # a generator is more than is promised here
        """What lies straight in this folder, in the order of names."""
        above = f"{self._name}/"
        below = {name[len(above) :].partition("/")[0] for name in _ours().names() if name.startswith(above)}
        return (self / name for name in sorted(below))

    def glob(self, pattern: str) -> Iterator[Inside]:  # type: ignore[override]  # as above; no "**" is asked for here
        """What lies below and fits, part for part."""
        found: Sequence[Inside] = [self]
        for part in pattern.split("/"):
            found = [each for one in found for each in one.iterdir() if fnmatchcase(each.name, part)]
        return iter(found)


class _Files:
    """What :mod:`importlib.resources` asks for the files beside a module."""

    def __init__(self, folder: Inside) -> None:
        self._folder = folder

    def files(self) -> Inside:
        return self._folder


class ModulesInside:
    """Finds and loads the modules of the program inside the packed file."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """As Python asks; None for whatever is not inside."""
        if not name.startswith("planner."):
            return None
        place = name.replace(".", "/")
        whole = f"{place}/__init__.py" in _ours()
        if not whole and f"{place}.py" not in _ours():
            return None
        file = HOME.joinpath(place, "__init__.py") if whole else HOME / f"{place}.py"
        spec = ModuleSpec(name, _LOADER, origin=str(file), is_package=whole)
        spec.has_location = True
        if whole:
            spec.submodule_search_locations = [str(file.parent)]
        return spec

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType | None:
        """The usual one."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run its code."""
        exec(self.get_code(module.__name__), module.__dict__)  # noqa: S102 - this is how a module is loaded

    def get_code(self, name: str) -> CodeType:
        """Compiled when the file was built; by another Python than that, compiled now, which takes longer."""
        source = self._source(name)
        if _ours().of_this_python:
            code = marshal.loads(_ours().read(f"{source}c"))  # noqa: S302 - as much ours as any module is
            assert isinstance(code, CodeType)
            return code
        return compile(_ours().read(source), source, "exec", dont_inherit=True)

    def get_source(self, name: str) -> str:
        """The text, for whoever looks for a mistake."""
        return _ours().read(self._source(name)).decode()

    def is_package(self, name: str) -> bool:
        """Whether it has modules of its own."""
        return self._source(name).endswith("/__init__.py")

    @staticmethod
    def get_resource_reader(name: str) -> _Files:
        """The files beside a module."""
        return _Files(Inside(HOME.joinpath(*name.split("."))))

    @staticmethod
    def _source(name: str) -> str:
        place = name.replace(".", "/")
        return f"{place}/__init__.py" if f"{place}/__init__.py" in _ours() else f"{place}.py"


_LOADER: Any = ModulesInside()


def find_modules_inside() -> None:
    """Let Python find the modules of the program inside the packed file from now on."""
    if _LOADER not in sys.meta_path:
        sys.meta_path.insert(0, _LOADER)
