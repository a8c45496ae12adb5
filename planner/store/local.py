"""What is known before unlocking, in ``local.json``: nothing private, nothing that tells what this is for."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from planner.system.files import make_private_folder, remove_unfinished, write_private

_NAME = "local.json"
_PORTABLE = "PlannerData"
_PACKAGES = "program"
_APP = "Planner"
_MOST_BYTES = 64 * 1024
_THEMES = ("system", "light", "dark")
# In per cent of the usual size; other values fall back to 100.
_TEXT_SIZES = range(80, 201)
MARKS = ("notebook", "notes", "list", "pot", "calendar", "money", "leaf")
"""The pictures that the program can have on this device; the first is the usual one."""
_LONGEST_NAME = 40
LEAVE_KEYS = ("f12", "f9", "f8", "pause", "insert")
"""The keys one of which takes everything from the screen; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Local:
    """The settings outside the notebook.

    ``language`` is empty until one was chosen; ``text_size`` is in per cent (80 to 200); ``labels`` maps the folder
    name of a store to its neutral label; ``help_lines`` are shown on the lock screen where a shelter switched
    ``help_on_lock_screen`` on for its own machine (each a mapping of texts, such as ``name`` and ``number``). ``last``
    is the folder name of the notebook that is offered first: one that was made of the copy of a damaged one.
    """

    language: str = ""
    text_size: int = 100
    theme: str = "system"
    labels: dict[str, str] = field(default_factory=dict)
    help_on_lock_screen: bool = False
    help_lines: tuple[dict[str, str], ...] = ()
    last: str = ""
    leave_key: str = LEAVE_KEYS[0]
    """One of :data:`LEAVE_KEYS`: it works before unlocking too."""
    called: str = ""
    """What the program is called on this device; empty for the name that it comes with."""
    mark: str = MARKS[0]
    shortcut: str = ""
    """The name of the file that was put among the programs of this account; empty where there is none."""

    def with_label(self, store: str, label: str) -> Local:
        """With the neutral label of one store."""
        return replace(self, labels={**self.labels, store: label})

    def without_label(self, store: str) -> Local:
        """Without the label of a store that is no more."""
        return replace(self, labels={name: label for name, label in self.labels.items() if name != store})

    @classmethod
    def read(cls, data_dir: Path) -> Local:
        """Read it; what is missing, damaged or of another kind takes its default. Never raises."""
        try:
            with (data_dir / _NAME).open("rb") as stream:
                found = json.loads(stream.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return cls()
        return cls(**_fitting(found)) if isinstance(found, dict) else cls()

    def write(self, data_dir: Path) -> None:
        """Replace it as a whole; makes the data folder. Raises DiskFull, FolderReadOnly, DiskTrouble."""
        make_private_folder(data_dir)
        remove_unfinished(data_dir, _NAME)
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        write_private(data_dir / _NAME, content.encode("utf-8", "replace"))


def _fitting(found: dict[str, Any]) -> dict[str, Any]:
    checks: dict[str, Callable[[Any], bool]] = {
        "language": lambda value: isinstance(value, str),
        "text_size": lambda value: type(value) is int and value in _TEXT_SIZES,
        "theme": lambda value: value in _THEMES,
        "labels": _texts,
        "help_on_lock_screen": lambda value: isinstance(value, bool),
        "last": lambda value: isinstance(value, str),
        "leave_key": lambda value: value in LEAVE_KEYS,
        "called": _short_line,
        "mark": lambda value: value in MARKS,
        "shortcut": lambda value: _short_line(value) and Path(value).name == value,
        "help_lines": lambda value: isinstance(value, list) and all(_texts(each) for each in value),
    }
    assert checks.keys() == {each.name for each in fields(Local)}
    kept = {name: found[name] for name, fits in checks.items() if name in found and fits(found[name])}
    if "help_lines" in kept:
        kept["help_lines"] = tuple(kept["help_lines"])
    return kept


def _short_line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME and (value.isprintable() or not value)


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def data_folder(program: Path | None = None) -> Path:
    """The data folder: ``PlannerData`` beside the program when that folder is there, otherwise this account's own.

    Makes nothing. ``program`` is the folder of the program, by default that of what was started.
    """
    beside = (program or _program_folder()) / _PORTABLE
    if beside.is_dir():
        return beside
    import platformdirs

    return Path(platformdirs.user_data_dir(_APP, appauthor=False, roaming=False))


def is_portable(data_dir: Path) -> bool:
    """Whether this is the folder beside the program: both lie on a stick, and the machine is perhaps another's."""
    return data_dir.absolute() == _program_folder() / _PORTABLE


def _program_folder() -> Path:
    """Where the program lies: its packed file or, from a checkout or a wheel, the folder above the package.

    On a stick all packages lie in a folder of their own, and what belongs to the person beside that.
    """
    packed = os.environ.get("APPIMAGE")
    if packed:
        return Path(packed).parent
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    packages = Path(__file__).resolve().parents[2]
    return packages.parent if packages.name == _PACKAGES else packages
