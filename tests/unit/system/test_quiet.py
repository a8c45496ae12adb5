from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.system.quiet import CLIPBOARD_SECONDS, ClipboardKeeper, leave_out
from planner.ui.kit.fields import Field, TextArea

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
        self.left_out = False

    def supported(self, mode: QClipboard.Mode) -> bool:
        return True

    def is_ours(self, mode: QClipboard.Mode) -> bool:
        return self.held.get(mode, ("", ""))[0] == "ours"

    def knows_whose(self) -> bool:
        return True

    def text(self, mode: QClipboard.Mode) -> str:
        assert self.is_ours(mode), "another program's text is not read where the system knows whose it is"
        return self.held[mode][1]

    def is_left_out(self) -> bool:
        return self.left_out

    def put(self, text: str) -> None:
        self.held[CLIPBOARD] = ("ours", text)
        self.left_out = True

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


def test_what_a_field_of_ours_put_there_is_put_again_with_the_hints_and_goes(
    keeper: ClipboardKeeper, board: FakeBoard
) -> None:
    board.held[CLIPBOARD] = ("ours", "copied words")
    assert not board.is_left_out()
    keeper.noticed(CLIPBOARD)
    assert board.is_left_out()
    assert board.held == {CLIPBOARD: ("ours", "copied words")}
    assert keeper._timer.isActive()
    keeper.clear()
    assert not board.held


def test_what_is_marked_is_offered_to_nobody(keeper: ClipboardKeeper, board: FakeBoard) -> None:
    board.held[SELECTION] = ("theirs", "a recipe")
    keeper.noticed(SELECTION)
    assert board.held == {SELECTION: ("theirs", "a recipe")}
    board.held[SELECTION] = ("ours", "marked words")
    keeper.noticed(SELECTION)
    assert not board.held
    assert not keeper.waiting


@pytest.mark.parametrize("make", [Field, TextArea])
def test_where_the_system_does_not_know_whose_text_it_is_the_marked_words_tell(qtbot: QtBot, make: type) -> None:
    """On macOS it does not, nor does Qt without a display, so this runs the same way."""
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    area = make("the blue door", name="Words")
    field = area if isinstance(area, QLineEdit) else area.paper
    window = QWidget()
    area.setParent(window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    field.copy()
    assert "x-kde-passwordManagerHint" not in clipboard.mimeData().formats()  # nobody looked yet
    keeper = ClipboardKeeper()
    field.copy()
    assert keeper.waiting
    assert clipboard.text() == "the blue door"
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    keeper.clear()
    assert clipboard.text() == ""
    clipboard.setText("a recipe")
    assert not keeper._timer.isActive()
    assert clipboard.text() == "a recipe"
    field.cut()
    assert clipboard.text() == "the blue door"
    assert keeper._timer.isActive()
    keeper.clear()
    assert clipboard.text() == ""


def test_windows_is_told_to_leave_it_out_of_history_and_cloud() -> None:
    told = leave_out("win32")
    assert [name.split('"')[1] for name in told] == [
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    ]
    assert {name.split(";")[0] for name in told} == {"application/x-qt-windows-mime"}
    assert set(told.values()) == {b"\0\0\0\0"}
    assert list(leave_out("linux")) == ["x-kde-passwordManagerHint"]


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
