"""What is told to the libraries below the window, so that they write nothing where the machine is another's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.system.no_traces import (
    NO_TRACES,
    NOWHERE,
    leave_no_traces,
    no_bus_of_our_own,
    without_the_person,
)

ROOT = Path(__file__).resolve().parents[3]

TOLD = """<fontconfig>
	<dir>/usr/share/fonts</dir>
	<dir prefix="xdg">fonts</dir>
	<dir>~/.fonts</dir>
	<include ignore_missing="yes">conf.d</include>
	<cachedir>/var/cache/fontconfig</cachedir>
	<cachedir prefix="xdg">fontconfig</cachedir>
	<cachedir> ~/.fontconfig</cachedir>
</fontconfig>"""


def test_only_the_fonts_and_caches_of_the_machine_are_left() -> None:
    left = [line.strip() for line in without_the_person(TOLD).splitlines() if "dir>" in line]
    assert left == ["<dir>/usr/share/fonts</dir>", "<cachedir>/var/cache/fontconfig</cachedir>"]
    assert "conf.d" in without_the_person(TOLD)


def test_a_folder_below_nothing_cannot_be_made() -> None:
    with pytest.raises(OSError, match=r"Not a directory|exist|cannot find"):
        Path(NOWHERE).mkdir(parents=True)


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these are things of Linux")


@LINUX
def test_no_bus_is_started_where_there_is_none(tmp_path: Path) -> None:
    for lacking in ({}, {"XDG_RUNTIME_DIR": str(tmp_path)}):
        told = dict(lacking)
        no_bus_of_our_own(told)
        assert told["DBUS_SESSION_BUS_ADDRESS"] == "disabled:"
    (tmp_path / "bus").touch()
    for there in ({"XDG_RUNTIME_DIR": str(tmp_path)}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}):
        told = dict(there)
        no_bus_of_our_own(told)
        assert told == there


@LINUX
def test_a_machine_without_fonts_of_this_kind_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    told: dict[str, str] = {}
    leave_no_traces(told, tmp_path / "none")
    assert told == NO_TRACES
    assert sys.dont_write_bytecode


GENERIC = {"Monospace", "Sans Serif", "Serif"}
"""Names that fontconfig knows without any font."""

FAMILIES = """
import sys
from pathlib import Path
from planner.system.no_traces import leave_no_traces
if sys.argv[1] == "none":
    leave_no_traces(fonts=Path(sys.argv[2]))
from PySide6.QtGui import QFontDatabase, QGuiApplication
app = QGuiApplication([])
print(*QFontDatabase.families(), sep="\\n")
"""


@LINUX
@pytest.mark.parametrize("traces", ["some", "none"])
def test_a_font_of_the_person_leaves_a_trace_unless_it_is_not_looked_at(traces: str, tmp_path: Path) -> None:
    """The way it is without this is the control: there the cache in the home is written, by the same process."""
    home = tmp_path / "home"
    (home / "fonts").mkdir(parents=True)
    (font,) = [*Path("/usr/share/fonts").rglob("*.[to]tf")][:1] or pytest.fail("no font on this machine to look with")
    (home / "fonts" / font.name).write_bytes(font.read_bytes())
    config = tmp_path / "fonts.conf"
    config.write_text('<fontconfig><dir>~/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>')
    surroundings = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "PYTHONPATH": str(ROOT)}
    surroundings |= {"FONTCONFIG_FILE": str(config), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", FAMILIES, traces, str(config)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=60, check=True)
    written = [each for each in home.rglob("*") if each.is_file() and each.parent.name != "fonts"]
    assert bool(written) == (traces == "some")
    found = set(done.stdout.splitlines()) - GENERIC
    assert bool(found) == (traces == "some"), "only fonts of the person were there to be found"
