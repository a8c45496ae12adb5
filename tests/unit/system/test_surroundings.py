"""What somebody planted where the program is started is not loaded; without the measures it would be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from planner.system.relaunch import clean_environment, safe_folder
from planner.system.surroundings import LEFT_OUT, absolute_only, only_own_code

ROOT = Path(__file__).resolve().parents[3]
linux_alone = pytest.mark.skipif(sys.platform != "linux", reason="looks through /proc")

LOADED = """
from pathlib import Path
print(sorted({line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "PLANTED" in line}))
"""


def run(code: str, planted: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        capture_output=True,
        text=True,
        cwd=planted,
        env={"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)} | variables,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    folder = tmp_path / "PLANTED"
    folder.mkdir()
    return folder


# modules -----------------------------------------------------------------------------------------------------------
ASKING = "try:\n    import intruder\nexcept ImportError:\n    print('not found')"
HARDENED = "from planner.system.harden import harden\nharden()\n"


def test_a_module_named_through_the_current_folder_is_not_loaded(planted: Path) -> None:
    (planted / "intruder.py").write_text("print('intruder')")
    path = os.pathsep.join([".", str(ROOT)])
    assert run(ASKING, planted, PYTHONPATH=path) == "intruder"
    assert run(HARDENED + ASKING, planted, PYTHONPATH=path) == "not found"


def test_the_checkout_one_works_in_is_no_intruder() -> None:
    assert run(HARDENED + "import planner.words; print('found')", ROOT) == "found"


# plug-ins of Qt ----------------------------------------------------------------------------------------------------
PLAIN_WINDOW = "from PySide6.QtGui import QGuiApplication\napp = QGuiApplication([])\n" + LOADED
OUR_WINDOW = HARDENED + "from planner.app import application\napp = application()\n" + LOADED


@linux_alone
@pytest.mark.parametrize("variable", ["QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH"])
@pytest.mark.parametrize("absolute", [False, True])
def test_a_planted_platform_plug_in_is_not_loaded(variable: str, absolute: bool, planted: Path) -> None:
    known = Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqoffscreen.so"
    # The same plug-in under another name, which Qt's own folder does not have. It finds the Qt that is loaded.
    intruder = known.read_bytes().replace(b"offscreen", b"intruding")
    (planted / "platforms").mkdir()
    for place in (planted, planted / "platforms"):
        (place / "libqintruding.so").write_bytes(intruder)
    given = {variable: str(planted) if absolute else ".", "QT_QPA_PLATFORM": "intruding;offscreen"}
    assert "libqintruding.so" in run(PLAIN_WINDOW, planted, **given)
    assert run(OUR_WINDOW, planted, **given) == "[]"


PATHS = "from PySide6.QtCore import QCoreApplication, QLibraryInfo\nprint(len(QCoreApplication.libraryPaths()))"


def test_plug_ins_come_from_qt_alone(planted: Path) -> None:
    assert int(run(PLAIN_WINDOW.replace(LOADED, "") + PATHS, planted)) > 1
    assert run(OUR_WINDOW.replace(LOADED, "") + PATHS, planted) == "1"


# libraries ---------------------------------------------------------------------------------------------------------
# The window's own module stands in for the window: it loads a library by its name, as Qt does.
AS_THE_PROGRAM = """
import ctypes, runpy, sys, types
def run_window(data_dir, relaunch=None):
    ctypes.CDLL("libplanted.so")
    return 0
standing_in = types.ModuleType("planner.app")
standing_in.run_window = run_window
sys.modules["planner.app"] = standing_in
sys.argv = ["planner", "--data", "mine"]
try:
    runpy.run_module("planner", run_name="__main__")
except OSError:
    print("not found")
except SystemExit:
    print("loaded")
"""
PLAIN = "import ctypes\nctypes.CDLL('libplanted.so')\nprint('loaded')"


@linux_alone
@pytest.mark.parametrize("value", [".", "", ":/nowhere"])
def test_a_planted_library_is_not_loaded_by_the_window(value: str, planted: Path) -> None:
    some = next(Path(PySide6.__file__).parent.glob("Qt/lib/libicudata.so*"), None) or _a_library()
    shutil.copy(some, planted / "libplanted.so")
    if value:  # an empty variable is none at all for this loader
        assert run(PLAIN, planted, LD_LIBRARY_PATH=value) == "loaded"
    assert run(AS_THE_PROGRAM, planted, LD_LIBRARY_PATH=value) == "not found"


def _a_library() -> Path:
    import _ctypes

    return Path(_ctypes.__file__)


IN_WHICH_FOLDER = """
import os, runpy, sys, types
standing_in = types.ModuleType("planner.app")
standing_in.run_window = lambda data_dir, relaunch=None: print(os.getcwd(), data_dir) or 0
sys.modules["planner.app"] = standing_in
sys.argv = ["planner", "--data", "mine"]
try:
    runpy.run_module("planner", run_name="__main__")
except SystemExit:
    pass
"""


def test_the_window_leaves_the_folder_it_was_started_in_and_finds_the_notebooks_there(planted: Path) -> None:
    here, data = run(IN_WHICH_FOLDER, planted).split()
    assert Path(here) == Path(safe_folder())
    assert Path(data) == planted / "mine"


OF_THE_DATABASE = """
try:
    import sqlcipher3
    print("as usual")
except ImportError:
    print("as was planted")
"""


def test_the_library_below_the_database_is_not_told_what_to_load(planted: Path) -> None:
    """The settings of OpenSSL may name a library. These here ask for one that is not there, which can be seen."""
    settings = planted / "settings"
    settings.write_text("openssl_conf = a\n[a]\nalg_section = b\n[b]\ndefault_properties = fips=yes\n")
    assert run(OF_THE_DATABASE, planted, OPENSSL_CONF=str(settings)) == "as was planted"
    assert run(HARDENED + OF_THE_DATABASE, planted, OPENSSL_CONF=str(settings)) == "as usual"


# variables ---------------------------------------------------------------------------------------------------------
def test_lists_of_folders_lose_what_depends_on_the_current_one() -> None:
    folders = os.pathsep.join(["", os.path.abspath("a"), ".", "b/c", os.path.abspath("d")])  # noqa: PTH100
    assert absolute_only(folders).split(os.pathsep) == [os.path.abspath("a"), os.path.abspath("d")]  # noqa: PTH100
    assert absolute_only("gail:./x:") == ""
    assert absolute_only("gail:./x:", names=True) == "gail"


def test_only_variables_that_load_foreign_code_are_taken_out() -> None:
    surroundings = {**dict.fromkeys(LEFT_OUT, "x"), "LD_LIBRARY_PATH": ".:", "HOME": ".", "DISPLAY": ":0"}
    surroundings["PATH"] = os.pathsep.join([".", os.path.abspath("bin")])  # noqa: PTH100
    only_own_code(surroundings)
    assert surroundings == {"HOME": ".", "DISPLAY": ":0", "PATH": os.path.abspath("bin")}  # noqa: PTH100


def test_a_new_process_is_not_told_of_them() -> None:
    given = {"LD_LIBRARY_PATH": ".", "PATH": f"{os.pathsep}/usr/bin", "QT_PLUGIN_PATH": "/x", "LD_PRELOAD": "/y.so"}
    kept = clean_environment(given)
    kept.pop("PYTHONPATH", None)
    assert kept == {"PATH": "/usr/bin"}


@linux_alone
def test_a_hardened_process_and_its_children_are_not_told_either() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import os; print(sorted(os.environ))'])"
    given = {"QT_STYLE_OVERRIDE": "x", "QT_LOGGING_RULES": "qt.debug=true", "GTK_PATH": "."}
    assert all(name in run(code, ROOT, **given) for name in given)
    assert not any(name in run(HARDENED + code, ROOT, **given) for name in given)
