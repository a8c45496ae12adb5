"""What the tests of a filling begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.forms import Form
from planner.forms.filling import Filling
from tests.forms.tables import NOW, example


@pytest.fixture
def filling(tmp_path: Path) -> Filling:
    return Form.load(example(tmp_path)).start(NOW)


@pytest.fixture(scope="session")
def every_form() -> Form:
    """The form with every question type, and the lists and pictures beside it."""
    return Form.load(Path(__file__).parent / "every.md")


@pytest.fixture
def every(every_form: Form) -> Filling:
    return every_form.start(NOW, "en")
