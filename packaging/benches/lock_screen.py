"""Our program as a person starts it, with a notebook in the data folder named as the only argument."""

from __future__ import annotations

import sys
from importlib import import_module

from benches import first_paint

first_paint.watch()
data_folder = sys.argv[1]
sys.argv = ["planner", "--data", data_folder]
sys.exit(import_module("planner.__main__").main())
