from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from planner.system.quiet import CLIPBOARD_SECONDS, ClipboardKeeper

ROOT = Path(__file__).resolve().parents[3]
CLIPBOARD, SELECTION = QClipboard.Mode.Clipboard, QClipboard.Mode.Selection

# Everything by which Qt is known to leave something behind: its own settings, ours, and its file dialog's folders.
TOUR = """
import os, sys
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
if sys.argv[1] == "quiet":
    from planner.system.quiet import before_application
    before_application()
else:
    QApplication.setApplicationName("Loud"); QApplication.setOrganizationName("Loud")
app = QApplication([])
for settings in (QSettings(), QSettings("Somebody", "Something"),
                 QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Canary", "Canary")):
    settings.setValue("folder", "canary-folder")
    settings.sync()
folder = os.path.join(os.environ["HOME"], "canary-folder")
os.makedirs(folder)
dialog = QFileDialog(None, "Open", folder)
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
QTimer.singleShot(0, dialog.reject)
dialog.exec()
del dialog
"""


def left_behind(home: Path, how: str) -> list[str]:
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", TOUR, how],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [str(each.relative_to(home)) for each in home.rglob("*") if each.is_file() and "fontconfig" not in str(each)]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into a home folder as Linux lays it out")
def test_qt_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    loud = left_behind(tmp_path / "loud", "loud")
    assert any("QtProject" in name for name in loud)
    assert any("Canary" in name for name in loud)
    assert left_behind(tmp_path / "quiet", "quiet") == []


def test_names_say_nothing_and_dialogs_are_our_own() -> None:
    code = (
        "from PySide6.QtCore import Qt\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from planner.system.quiet import before_application\n"
        "before_application()\n"
        "app = QApplication([])\n"
        "print(app.applicationName(), app.organizationName(), repr(app.organizationDomain()),"
        " app.applicationDisplayName())\n"
        "print(app.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs),"
        " app.testAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager), app.isSessionRestored())\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["Planner Planner '' Planner", "True True False"]


class FakeBoard:
    """A clipboard of a system that knows whose text it holds."""

    def __init__(self) -> None:
        self.held: dict[QClipboard.Mode, tuple[str, str]] = {}

    def supported(self, mode: QClipboard.Mode) -> bool:
        return True

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        return self.held.get(mode, ("", ""))[0] == "ours"

    def text(self, mode: QClipboard.Mode) -> str:
        raise AssertionError("another program's text is not read where the system knows whose it is")

    def put(self, text: str) -> None:
        self.held[CLIPBOARD] = ("ours", text)

    def clear(self, mode: QClipboard.Mode) -> None:
        self.held.pop(mode, None)


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
def keeper(qapp: QApplication, board: FakeBoard) -> ClipboardKeeper:
    return ClipboardKeeper(board)


def test_a_copied_text_goes_after_twenty_seconds(keeper: ClipboardKeeper, board: FakeBoard) -> None:
    keeper.copy("555-0142")
    assert keeper.waiting
    assert keeper._timer.interval() == CLIPBOARD_SECONDS * 1000 == 20_000
    assert keeper._timer.isSingleShot()
    assert board.held
    keeper._timer.timeout.emit()
    assert not board.held
    assert not keeper.waiting


def test_what_somebody_else_copied_since_is_left_alone(keeper: ClipboardKeeper, board: FakeBoard) -> None:
    keeper.copy("555-0142")
    board.held[CLIPBOARD] = ("theirs", "a recipe")
    keeper.clear()
    assert board.held == {CLIPBOARD: ("theirs", "a recipe")}


@pytest.mark.parametrize("mode", [CLIPBOARD, SELECTION])
def test_what_a_field_of_ours_put_there_is_noticed(
    keeper: ClipboardKeeper, board: FakeBoard, mode: QClipboard.Mode
) -> None:
    board.held[mode] = ("ours", "marked words")
    keeper.noticed(mode)
    assert keeper.waiting
    keeper.clear()
    assert not board.held


def test_what_others_put_there_starts_no_clock(keeper: ClipboardKeeper, board: FakeBoard) -> None:
    board.held[CLIPBOARD] = ("theirs", "a recipe")
    keeper.noticed(CLIPBOARD)
    assert not keeper.waiting


def test_without_a_display_the_text_itself_tells(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    keeper = ClipboardKeeper()
    keeper.copy("555-0142")
    assert clipboard.text() == "555-0142"
    keeper.clear()
    assert clipboard.text() == ""
    keeper.copy("555-0142")
    clipboard.setText("a recipe")
    keeper.clear()
    assert clipboard.text() == "a recipe"
    clipboard.clear()


def test_no_text_is_kept_for_comparing(qapp: QApplication) -> None:
    keeper = ClipboardKeeper()
    keeper.copy("555-0142")
    assert keeper._ours is not None
    assert b"555" not in keeper._ours
    assert len(keeper._ours) == 16
    keeper.clear()
    assert keeper._ours is None
