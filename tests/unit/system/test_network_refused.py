"""Python's own refusal of the network, which is all there is where the kernel has no filter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planner.system.network_refused import ModuleRefused

ROOT = Path(__file__).resolve().parents[3]
REFUSING = "from planner.system.network_refused import refuse_network\nrefuse_network()\n"


def run(code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        capture_output=True,
        text=True,
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


TRY = """
import {how}
try:
    {attempt}
except {refusal}:
    print("refused")
else:
    print("done")
"""
THERE = ["PySide6.QtNetwork", "ftplib", "smtplib", "xmlrpc.client", "http.server", "webbrowser"]


@pytest.mark.parametrize("name", THERE)
@pytest.mark.parametrize("how", ["import {name}", "importlib.import_module('{name}')"])
def test_a_module_made_for_a_network_is_not_imported(name: str, how: str) -> None:
    code = TRY.format(how="importlib", attempt=how.format(name=name), refusal="ImportError")
    assert run(code) == "done"
    assert run(REFUSING + code) == "refused"


def test_a_library_sees_an_ordinary_import_error() -> None:
    assert issubclass(ModuleRefused, ImportError)
    assert (
        run(REFUSING + "try:\n    import ftplib\nexcept ImportError as problem:\n    print(problem.name)") == "ftplib"
    )


# An order to a library of Python's that would open a connection is refused before it looks for one.
ASKING = {
    "urllib": "urllib.request.urlopen('http://127.0.0.1:9/')",
    "http": "http.client.HTTPConnection('127.0.0.1', 9).connect()",
}


@pytest.mark.parametrize(("how", "attempt"), [("urllib.request", ASKING["urllib"]), ("http.client", ASKING["http"])])
def test_a_request_is_refused_where_its_module_may_be_imported(how: str, attempt: str) -> None:
    attempt = TRY.format(how=how, attempt=attempt, refusal="RuntimeError")
    assert run(f"try:\n{_in(attempt)}\nexcept OSError:\n    print('tried')") == "tried"
    assert run(REFUSING + attempt) == "refused"


def _in(code: str) -> str:
    return "\n".join("    " + line for line in code.splitlines())


EVERYTHING = """
import importlib, pkgutil, sys
import planner
from planner.system.harden import harden
harden()
found = [each.name for each in pkgutil.walk_packages(planner.__path__, "planner.")]
names = [each for each in found if not each.endswith("__main__")]
missing = []
for name in names:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        missing.append(name)
for name in "pyxform.xls2xform typst pikepdf pypdfium2 pycrdt nacl.secret icalendar phonenumbers zxcvbn".split():
    importlib.import_module(name)
from pathlib import Path
from planner.keys import Cost
from planner.plan.records import Goal
from planner.session import Mode, Session
from planner.store.notebooks import Notebook
notebook = Notebook.create(Path(sys.argv[1]), "paper boat on a quiet river", "", Cost())
session = Session(notebook, zone="America/New_York")
session.set_up(Mode.FOR_ME, "Ana")
with session.edit(session.person.id, "Add") as edit:
    edit.add(Goal(title="A quiet room"))
goals = [goal.title for goal in session.goals(session.person.id)]
session.lock()
print(len(names) > 300, missing, goals)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="files for other systems import what is not here")
def test_all_of_ours_and_its_libraries_can_do_without(tmp_path: Path) -> None:
    assert run(EVERYTHING, str(tmp_path / "data")) == "True [] ['A quiet room']"
