"""What holds for every test: no screen, no home folder of anyone's, the same place and time everywhere."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# A test that is slow on a busy machine is not wrong.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("quick", _PATIENT, max_examples=15)
# The same examples each time: a change is judged by itself, not by what chance finds in older code on that day. Chance
# goes looking with ``--hypothesis-profile=chance`` or ``thorough``, and what it finds becomes an ordinary test.
settings.register_profile("usual", _PATIENT, max_examples=60, derandomize=True)
settings.register_profile("chance", _PATIENT, max_examples=60)
settings.register_profile("thorough", _PATIENT, max_examples=1000)
settings.load_profile("usual")

_HOME = pytest.StashKey[Path]()


def _elsewhere(home: Path) -> dict[str, str]:
    """The environment of a computer on which nobody has ever worked."""
    folders = {f"XDG_{kind}_HOME": home / f".{kind.lower()}" for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    folders |= {"XDG_RUNTIME_DIR": home / ".runtime", "APPDATA": home / ".roaming", "LOCALAPPDATA": home / ".local"}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    return {name: str(folder) for name, folder in folders.items()} | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QPA_PLATFORMTHEME": "",
        "TZ": "UTC",
    }


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Move out of the real home before anything of ours or of Qt's is loaded; each worker process has its own."""
    home = Path(tempfile.mkdtemp(prefix="planner-tests-")).resolve()
    config.stash[_HOME] = home
    os.environ.update(_elsewhere(home))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_STYLE_OVERRIDE"):
        os.environ.pop(name, None)
    if hasattr(time, "tzset"):
        time.tzset()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    home = config.stash.get(_HOME, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail on a Qt warning while a test is cleared away, too: pytest-qt listens until then and no longer."""
    late: list[str] = []

    def listen(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg}:
            late.append(text)

    earlier = qInstallMessageHandler(listen)
    try:
        yield
    finally:
        qInstallMessageHandler(earlier)
    ignored = [re.compile(pattern) for pattern in item.config.getini("qt_log_ignore")]
    late = [text for text in late if not any(pattern.search(text) for pattern in ignored)]
    if late:
        pytest.fail("Qt warned: " + "; ".join(late), pytrace=False)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    """Each test begins and leaves in English."""
    yield
    from planner import words

    if words.language() != "en":
        words.use_language("en")


@pytest.fixture(autouse=True)
def _files_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files from others are read in this process, but where the child itself is tested (tests/apart) or asked for."""
    if "apart" in request.path.parts or request.node.get_closest_marker("apart"):
        return
    from planner.apart import asking
    from tests.apart.in_process import InProcess

    monkeypatch.setattr(asking, "start", InProcess)


_KEYS_THEMSELVES = frozenset({"keys", "proofs"})


@pytest.fixture(autouse=True)
def _few_derivations(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same secret and salt are derived once for many tests, but where keys are what is tested."""
    if _KEYS_THEMSELVES.isdisjoint(request.path.parts):
        from tests import few_derivations

        few_derivations.use(monkeypatch)
