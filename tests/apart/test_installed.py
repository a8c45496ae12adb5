"""An installed program, which is one packed file, starts its children as a checkout does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.quiet.installed import install

READ = """
import planner
from planner.apart import data_files, form_files
from pathlib import Path
steps = lambda _done, _of: None
print(planner.__file__)
card = b"BEGIN:VCARD\\r\\nVERSION:3.0\\r\\nFN:Ann\\r\\nEND:VCARD\\r\\n"
print(data_files.read_cards(card, steps, "US").cards[0].name)
print(form_files.read_form(Path({form!r})).id)
"""


def test_an_installed_program_reads_in_a_child(tmp_path: Path) -> None:
    place = install(tmp_path / "there")
    form = Path(__file__).parents[1] / "forms" / "example.md"
    code = READ.format(form=str(form))
    surroundings = {**os.environ, "PYTHONPATH": str(place)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, env=surroundings, cwd=tmp_path
    )
    assert done.stdout.split() == [str(place / "planner" / "__init__.py"), "Ann", "example"]
