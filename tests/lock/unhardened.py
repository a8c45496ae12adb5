"""Starts the window as the program does, but readable from outside, so that what is found tells of the lock alone."""

from __future__ import annotations

import sys
from pathlib import Path

from planner.app import run_window
from tests.lock.readable import may_be_read

may_be_read()
sys.exit(run_window(Path(sys.argv[sys.argv.index("--data") + 1])))
