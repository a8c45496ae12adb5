"""Print the table of speed and memory as Markdown: ``python3 packaging/dev.py bench [WORDS]``.

With words, only rows whose first column has one of them. The answer is 1 when a figure is over its limit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import benches
from benches import table

# What stands beside the rows: programs that are started to be measured, and their helper.
NOT_ROWS = {"table", "first_paint", "bare_window", "lock_screen", "unlock", "stall_hour", "sight_window", "x_screen"}
# The rows of the start come first, then the other parts by name.
FIRST = ["start"]


def load_rows() -> None:
    """Import every module of rows; importing registers them."""
    here = {module.name for module in iter_modules([str(Path(benches.__file__).parent)])} - NOT_ROWS
    for name in [*FIRST, *sorted(here.difference(FIRST))]:
        import_module(f"benches.{name}")


def machine() -> str:
    """The machine, by what matters and no more."""
    return f"{os.cpu_count()} cores"


def main(words: Sequence[str]) -> int:
    """Measure and print line by line."""
    load_rows()
    chosen = [entry for entry in table.ROWS if not words or any(word in entry.what for word in words)]
    print(table.heading(machine()), flush=True)
    fine = True
    for entry in chosen:
        text, kept = table.line(entry)
        fine = fine and kept
        print(text, flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
