"""``python -m planner`` and the ``planner`` command."""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from planner.system.relaunch import Relaunch

# "python -m" puts the current folder before the library; it goes before anything else is looked for.
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]


def main() -> int:
    """Harden this process, then do what the command line asks for; returns the exit status."""
    from planner.system.module_path import forget_current_folder

    forget_current_folder()
    from planner.system.harden import harden

    harden()
    from planner.cli import run

    return run(sys.argv[1:], _open_window, _make_tour, _fill_form)


def _open_window(data_dir: Path | None, relaunch: Relaunch | None = None) -> int:
    # Nothing is thrown away while the window is being loaded, so nobody need look; the window does so itself.
    gc.disable()
    if data_dir is not None:
        data_dir = data_dir.absolute()
    _leave_current_folder()
    from planner.app import run_window

    return run_window(data_dir, relaunch)


def _leave_current_folder() -> None:
    """Whatever is loaded from now on, nobody put it where the program was started; and no stick is kept busy."""
    import os

    from planner.system.relaunch import safe_folder

    os.chdir(safe_folder())


def _make_tour(out: Path) -> int:
    from planner.tour import main

    return main(out)


def _fill_form(file: Path) -> int:
    file = file.absolute()
    _leave_current_folder()
    from planner.app import fill_form

    return fill_form(file)


if __name__ == "__main__":
    sys.exit(main())
