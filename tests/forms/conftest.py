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
