"""Write the one packed file of a wheel: every module and every resource, compressed (planner/packed.py reads it)."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER
from pathlib import Path

BESIDE = frozenset({"planner/__init__.py", "planner/__main__.py", "planner/packed.py"})
"""What Python needs before it can read the packed file."""

HEAD = 8


def contents(root: Path) -> dict[str, bytes]:
    """What goes into the file, by its path as it would be without packing."""
    found = {}
    for path in sorted((root / "planner").rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and path.suffix in {".py", ".sql", ".md"} and name not in BESIDE:
            found[name] = path.read_bytes()
            if path.suffix == ".py":
                found[f"{name}c"] = marshal.dumps(compile(found[name], name, "exec", dont_inherit=True, optimize=0))
    for path in sorted((root / "resources").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            found[f"planner/_resources/{path.relative_to(root / 'resources').as_posix()}"] = path.read_bytes()
    return found


def packed(files: Mapping[str, bytes]) -> bytes:
    """The packed file; the same contents make the same bytes."""
    lines, whole, at = [MAGIC_NUMBER.hex()], [], 0
    for name, content in sorted(files.items()):
        small = zlib.compress(content, 9)
        lines.append(f"{at} {len(small)} {name}")
        whole.append(small)
        at += len(small)
    index = zlib.compress("\n".join(lines).encode(), 9)
    return len(index).to_bytes(HEAD, "big") + index + b"".join(whole)
