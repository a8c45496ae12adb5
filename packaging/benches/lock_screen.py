"""Our program as a person starts it, with a notebook in the data folder named as the first argument.

With a second one, ``unhardened``, it leaves the hardening out, to measure what that costs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from benches import first_paint

first_paint.watch()
data_folder = sys.argv[1]
if sys.argv[2:] == ["unhardened"]:
    hardening: Any = import_module("planner.system.harden")
    hardening.harden = frozenset
sys.argv = ["planner", "--data", data_folder]
sys.exit(import_module("planner.__main__").main())
