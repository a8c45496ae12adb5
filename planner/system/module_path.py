"""Where modules are looked for. Needs nothing that would have to be looked for itself."""

from __future__ import annotations

import os
import sys


def forget_current_folder() -> None:
    """Look for no module in a place that depends on the folder one happens to be in.

    A variable may name it in full by then: whatever is the current folder goes. A checkout that somebody is working in
    is such a folder too, and stays.
    """
    home = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120
    try:
        here = os.getcwd()  # noqa: PTH109
    except OSError:  # it was removed
        here = ""
    sys.path[:] = [each for each in sys.path if os.path.isabs(each) and (each != here or each == home)]  # noqa: PTH117
