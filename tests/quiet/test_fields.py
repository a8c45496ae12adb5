"""What is typed stays in the window; nothing is asked of dialogs, trays and notices of the system."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from planner.ui.kit.fields import Field, PassphraseField, PhoneField, TextArea
from planner.ui.pages.selectable import Selectable

ROOT = Path(__file__).resolve().parents[2]
Hint = Qt.InputMethodHint

TYPED_INTO = frozenset(
    {
        *("QLineEdit", "QPlainTextEdit", "QTextEdit", "QTextBrowser", "QSpinBox", "QDoubleSpinBox", "QDateEdit"),
        *("QTimeEdit", "QDateTimeEdit", "QComboBox", "QKeySequenceEdit"),
    }
)
OF_THE_SYSTEM = frozenset(
    {
        *("QFileDialog", "QPrintDialog", "QPrintPreviewDialog", "QPageSetupDialog", "QMessageBox", "QInputDialog"),
        *("QColorDialog", "QFontDialog", "QErrorMessage", "QSystemTrayIcon", "QDesktopServices", "QDrag", "QCompleter"),
        *("QTextToSpeech", "QSound", "QProcess"),
    }
)


def named(tree: ast.AST, names: frozenset[str]) -> frozenset[str]:
    """Which of these names a module takes from somewhere, or asks a module for."""
    found = {each.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for each in node.names}
    return names & (found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)})


def made_of(tree: ast.AST) -> frozenset[str]:
    """Which widgets that are typed into a module makes, or makes its own of."""
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    bases = {base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases}
    return TYPED_INTO & {node.id for node in called | bases if isinstance(node, ast.Name)}


def modules() -> dict[str, ast.AST]:
    return {
        path.relative_to(ROOT / "planner").as_posix(): ast.parse(path.read_text("utf-8"))
        for path in (ROOT / "planner").rglob("*.py")
    }


def test_no_dialog_tray_or_notice_of_the_system_is_ever_asked_for() -> None:
    for text in ("from PySide6.QtWidgets import QFileDialog", "import PySide6.QtWidgets as w\nw.QSystemTrayIcon()"):
        assert named(ast.parse(text), OF_THE_SYSTEM)
    assert {name: found for name, tree in modules().items() if (found := named(tree, OF_THE_SYSTEM))} == {}


def test_no_notice_is_ever_sent_to_the_system() -> None:
    """Reminders are cards inside the window (planner/ui/reminders.py)."""
    sends = re.compile(r"org\.freedesktop\.Notifications|notify-send|osascript|NSUserNotification|ToastNotif|libnotify")
    assert sends.search("to org.freedesktop.Notifications")
    texts = {path.name: path.read_text("utf-8") for path in (ROOT / "planner").rglob("*.py")}
    assert len(texts) > 300
    assert [name for name, text in texts.items() if sends.search(text)] == []


def test_every_field_is_made_of_the_three_that_keep_to_themselves() -> None:
    for text in ("class A(QTextEdit): pass", "QLineEdit(self)"):
        assert made_of(ast.parse(text))
    assert {name: found for name, tree in modules().items() if (found := made_of(tree))} == {
        "ui/kit/fields.py": {"QLineEdit", "QPlainTextEdit"},
        "ui/pages/selectable.py": {"QLineEdit"},
    }


@pytest.mark.parametrize(
    ("field", "more"),
    [
        (lambda: Field("a", name="Name"), Hint.ImhNone),
        (lambda: PhoneField("1", name="Number"), Hint.ImhDialableCharactersOnly),
        (lambda: TextArea("a", name="Note"), Hint.ImhNone),
        (lambda: PassphraseField(name="Passphrase"), Hint.ImhHiddenText),
        (lambda: Selectable("911", "Number"), Hint.ImhNone),
    ],
    ids=["field", "phone", "area", "passphrase", "selectable"],
)
def test_an_input_method_is_told_to_learn_nothing(qtbot: QtBot, field: object, more: Qt.InputMethodHint) -> None:
    assert callable(field)
    whole = field()
    qtbot.addWidget(whole)
    made = whole.findChild(QLineEdit) or whole.findChild(QPlainTextEdit) or whole
    assert made.inputMethodHints() & (Hint.ImhSensitiveData | Hint.ImhNoPredictiveText) == (
        Hint.ImhSensitiveData | Hint.ImhNoPredictiveText
    )
    assert made.inputMethodHints() & more == more
    plain = QLineEdit()
    qtbot.addWidget(plain)
    assert not plain.inputMethodHints() & Hint.ImhSensitiveData
    assert not isinstance(made, QLineEdit) or not made.dragEnabled()


def shown(qtbot: QtBot, field: QWidget) -> QPlainTextEdit:
    """The field in a window; gives what is typed into."""
    window = QWidget()
    qtbot.addWidget(window)
    field.window_kept = window  # type: ignore[attr-defined]  # or it goes with this function
    window.resize(500, 300)
    field.setParent(window)
    field.setGeometry(20, 20, 400, 120)
    window.show()
    return field.paper if isinstance(field, TextArea) else field  # type: ignore[return-value]


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "plain"])
def test_marked_words_cannot_be_dragged_out(qtbot: QtBot, ours: bool) -> None:
    """In a plain field a press on marked words leaves them marked and waits for the drag."""
    paper = shown(qtbot, TextArea("bluebird and heron", name="Note") if ours else QPlainTextEdit("bluebird and heron"))
    paper.selectAll()
    inside = paper.cursorRect().center() - QPoint(20, 0)
    QTest.mousePress(paper.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert paper.textCursor().hasSelection() is not ours
    QTest.mouseRelease(paper.viewport(), Qt.MouseButton.LeftButton, pos=inside)


def test_more_can_be_marked_with_shift_and_the_mouse(qtbot: QtBot) -> None:
    paper = shown(qtbot, TextArea("bluebird and heron", name="Note"))
    far = QPoint(paper.viewport().width() - 4, paper.cursorRect().center().y())
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(2, far.y()))
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, pos=far)
    assert paper.textCursor().selectedText() == "bluebird and heron"
