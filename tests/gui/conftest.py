"""What holds for every test with a window: our fonts, the light theme at 100 %, and nothing left over from before."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from planner.ui.fonts import load_fonts
from planner.ui.theme import theme
from tests.gui.calendar_desk import mine, notebook  # noqa: F401 - an empty plan, and its calendar on the screen
from tests.gui.forms_desk import form  # noqa: F401 - the same, with a guided form on the screen
from tests.gui.kit_desk import windows_are_kept  # noqa: F401 - until the end of each test
from tests.gui.notebooks import open_session, page_with, show_notebook  # noqa: F401 - fixtures of every test of a page
from tests.gui.people_desk import people  # noqa: F401 - the same, with the people on the screen
from tests.gui.plan_desk import plan  # noqa: F401 - the same, with the plan on the screen
from tests.gui.programs import start_program  # noqa: F401 - a fixture of every test of the whole program


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """As in the program, widgets in circles go in the thread of the window alone; else in whichever allocates next."""
    if not _frozen:
        gc.collect()
        gc.freeze()
        _frozen.append(True)
    gc.disable()
    yield
    gc.collect()
    gc.enable()


_frozen: list[bool] = []


@pytest.fixture(autouse=True)
def _plain_window(qapp: QApplication) -> Iterator[None]:
    qapp.setStyle("fusion")
    if "Source Sans Pro" not in _loaded:
        _loaded.extend(load_fonts())
    theme.apply("light", 1.0, "en")
    yield
    # What a test closed is deleted now, not in the middle of a later one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.apply("light", 1.0, "en")


_loaded: list[str] = []
