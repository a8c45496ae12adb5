"""Windows and notebooks as the tests of pages have them, and the name that the program comes with after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.store.local import MARKS
from planner.ui.called import called
from tests.gui.conftest import _collected_here, _plain_window  # noqa: F401 - hold here too
from tests.gui.notebooks import open_session, show_notebook  # noqa: F401 - fixtures
from tests.gui.programs import start_program  # noqa: F401 - a fixture
from tests.quiet.screen import screen


@pytest.fixture(scope="module")
def there() -> Iterator[dict[str, str]]:
    """The surroundings of a program on a real screen that nobody sees."""
    with screen() as surroundings:
        yield surroundings


@pytest.fixture(autouse=True)
def _called_as_it_comes() -> Iterator[None]:
    yield
    called.become("", MARKS[0])
