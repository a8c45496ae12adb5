"""The one script that is run before anything is installed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev
import qt_libraries
from dev import CannotGoOn

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


@pytest.mark.parametrize("name", ["dev.py", "qt_libraries.py", "sockets.py", "stick.py"])
def test_it_needs_nothing_but_python(name: str) -> None:
    tree = ast.parse((PACKAGING / name).read_text("utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names | {
        "qt_libraries",
        "sockets",
        "stick",
    }


@pytest.mark.parametrize(
    ("env", "platform", "answer"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"QT_QPA_PLATFORM": "minimal"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_recognised(env: dict[str, str], platform: str, answer: bool) -> None:
    assert dev.has_display(env, platform) is answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("", True),
        ("--sample", True),
        ("--data somewhere", True),
        ("run --data somewhere", True),
        ("verify store", False),
        ("tour --out there", False),
        ("--help", False),
        ("run --help", False),
        ("--version", False),
    ],
)
def test_only_what_opens_a_window_needs_a_display(words: str, answer: bool) -> None:
    assert dev.opens_a_window(words.split()) is answer


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would be started, instead of starting it; everything answers 0."""
    seen: list[list[str]] = []

    def remember(command: list[object], env: object, cwd: Path | None = None) -> int:
        seen.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(dev, "start", remember)
    monkeypatch.setattr(dev, "set_up", lambda with_screen=False: None)
    return seen


def test_without_a_display_the_tour_runs_and_says_so(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: False)
    assert dev.main(["run"]) == 0
    assert "no display" in capsys.readouterr().out
    assert started[0][3:6] == ["planner", "tour", "--out"]


def test_arguments_are_passed_on(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: True)
    dev.main(["run", "--data", "there"])
    dev.main(["tour", "--out", "elsewhere"])
    dev.main(["test", "tests/unit", "-k", "this"])
    assert [command[-3:] for command in started] == [
        ["planner", "--data", "there"],
        ["tour", "--out", "elsewhere"],
        ["tests/unit", "-k", "this"],
    ]
    assert "coverage" not in started[-1]


def test_all_tests_are_measured_and_too_little_is_an_answer(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "BUILD", tmp_path)
    monkeypatch.setattr(dev, "covered", lambda room, env: room != "forms")
    assert dev.main(["test"]) == 1
    assert "coverage" in started[0]
    assert dev.main(["test", "--no-floor"]) == 0


def test_check_runs_everything_and_names_what_is_not_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "set_up", lambda: None)
    monkeypatch.setattr(dev, "start", lambda command, env: int("mypy" in command))
    assert dev.main(["check"]) == 1
    assert "not in order: mypy" in capsys.readouterr().out


def test_installing_happens_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[list[str]] = []

    def answer(command: list[object], env: object, cwd: Path | None = None) -> int:
        calls.append([str(part) for part in command])
        return 0

    lock = tmp_path / "dev.txt"
    lock.write_text("one==1")
    monkeypatch.setattr(dev, "start", answer)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "LOCK", lock)
    dev.install_packages()
    dev.install_packages()
    assert len(calls) == 2
    assert "--require-hashes" in calls[0]
    lock.write_text("one==2")
    dev.install_packages()
    assert len(calls) == 4


def test_a_failed_installation_is_not_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "start", lambda command, env: 1)
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    with pytest.raises(CannotGoOn, match="could not be installed"):
        dev.install_packages()
    assert not (tmp_path / "stamp").exists()


def test_a_python_that_does_not_run_has_no_version(tmp_path: Path) -> None:
    assert dev.version_of(tmp_path / "python") is None
    assert dev.version_of(Path(sys.executable)) == sys.version_info[:2]


def test_what_is_started_sees_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dev, "BUILD", tmp_path / "build")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    env = dev.away_from_home()
    homes = {
        name: value for name, value in env.items() if name in {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA"}
    }
    assert len(homes) == 4
    assert all(Path(value).is_relative_to(tmp_path) for value in homes.values())
    assert "PYTHONPATH" not in env


def test_a_python_without_venv_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "version_of", lambda interpreter: None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(qt_libraries, "may_install", lambda: False)
    with pytest.raises(CannotGoOn, match="venv"):
        dev.make_environment()


# ---------------------------------------------------------------- libraries of the system


def nothing_opens(monkeypatch: pytest.MonkeyPatch, *but: str) -> None:
    monkeypatch.setattr(qt_libraries, "opens", lambda library: library in but)
    monkeypatch.setattr(sys, "platform", "linux")


def test_a_library_that_is_not_there_is_noticed() -> None:
    assert not qt_libraries.opens("libnobody-has-this.so.7")


def test_drawing_into_memory_needs_less_than_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_opens(monkeypatch)
    less, more = qt_libraries.missing(False, "linux"), qt_libraries.missing(True, "linux")
    assert "libEGL.so.1" in less
    assert "libxcb-cursor.so.0" not in less
    assert set(less) < set(more)
    assert qt_libraries.missing(True, "win32") == []


@pytest.mark.parametrize(
    ("manager", "words"),
    [
        ("apt-get", "sudo apt-get install -y --no-install-recommends libegl1 libglib2.0-0"),
        ("dnf", "sudo dnf install -y 'libEGL.so.1()(64bit)'"),
        ("pacman", "Install the packages of your system that bring them"),
    ],
)
def test_who_may_not_install_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch, manager: str, words: str) -> None:
    lacking = ["libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"]
    monkeypatch.setattr(qt_libraries, "missing", lambda with_screen: lacking)
    monkeypatch.setattr("shutil.which", lambda name: name if name == manager else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    told = qt_libraries.make_ready(with_screen=False)
    assert "libEGL.so.1" in told
    assert words in told


def test_root_gets_them_and_fresh_lists_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def answer(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        ran.append(" ".join(command[:2]))
        # The first try finds no package lists.
        return subprocess.CompletedProcess(command, 0 if len(ran) > 1 else 100)

    lacking = [["libEGL.so.1"], []]
    monkeypatch.setattr(qt_libraries, "missing", lambda with_screen: lacking.pop(0))
    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr("subprocess.run", answer)
    assert qt_libraries.make_ready(with_screen=False) == ""
    assert ran == ["apt-get install", "apt-get update", "apt-get install"]


def test_without_the_tools_of_tests_it_is_said_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: None)
    qt_libraries.look_for_tools()
    told = capsys.readouterr().out
    assert "strace is not installed" in told
    assert "dbus-daemon is not installed" in told
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    qt_libraries.look_for_tools()
    assert capsys.readouterr().out == ""


def test_root_gets_the_tools_of_tests(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    there = {"apt-get", "strace"}
    ran: list[list[str]] = []

    def install(command: list[str]) -> bool:
        ran.append(command)
        there.update({"dbus-daemon", "dbus-send", "Xvfb", "xprop", "xwininfo"})
        return True

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(qt_libraries, "install", install)
    qt_libraries.look_for_tools()
    assert [command[-3:] for command in ran] == [["dbus", "xvfb", "x11-utils"]]
    assert capsys.readouterr().out == ""
