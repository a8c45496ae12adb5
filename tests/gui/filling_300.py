"""Three hundred questions, and somebody who answers them with the keyboard alone.

Run as a program, ``filling_300.py FOLDER``: opens the notebook in FOLDER, types the passphrase, goes on with the form
where it stopped, and says each answer on standard output (``[question, answer]``) once the window says that it is
saved, until it is killed.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from planner.app import Program
    from planner.forms import Question
    from planner.ui.pages.form import FormPage

PASSPHRASE = "paper boat on a quiet river"
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
FORM, TITLE = "made-up", "Many questions"
SECTIONS, IN_EACH = 20, 15
COUNT = SECTIONS * IN_EACH
HEAVY = 7
"""The section that may feel heavy."""

KINDS = (
    "text",
    "integer",
    "select_one size",
    "select_multiple size",
    "date",
    "text multiline",
    "decimal",
    "acknowledge",
)
PUT_OFF = 23
"""Every so many questions one is put off."""

COLUMNS = (
    *("type", "name", "label::English (en)", "label::Español (es)", "appearance", "relevant"),
    *("bind::planner:heavy", "calculation", "save_to"),
)

Key = Qt.Key
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


# ---------------------------------------------------------------- the form


def kind_of(number: int) -> str:
    """The kind of a question, from 1."""
    return KINDS[number % len(KINDS)]


def answer_of(number: int) -> str:
    """What is answered to a question, as the form keeps it; empty where it is put off."""
    if number % PUT_OFF == 0:
        return ""
    return {
        "text": f"words {number}",
        "text multiline": f"first {number}\nsecond line",
        "integer": str(number * 7),
        "decimal": f"{number}.5",
        "select_one size": ("small", "middle", "large")[number % 3],
        "select_multiple size": ("small large", "middle")[number % 2],
        "date": (date(1969, 2, 28) + timedelta(days=97 * number)).isoformat(),
        "acknowledge": "OK",
    }[kind_of(number)]


def table() -> str:
    """The form. Each tenth question is asked because of the answer before it; two goals come out of it."""
    lines = [
        "| settings |",
        "| | form_title | form_id | version | default_language |",
        f"| | {TITLE} | {FORM} | 1 | English (en) |",
        "| choices |",
        "| | list_name | name | label::English (en) | label::Español (es) |",
        "| | size | small | Small | Poco |",
        "| | size | middle | Middling | Regular |",
        "| | size | large | Large | Mucho |",
        "| entities |",
        "| | list_name | label |",
        "| | goal_words | ${q1} |",
        "| survey |",
        "| | " + " | ".join(COLUMNS) + " |",
    ]
    for section in range(SECTIONS):
        heavy = "yes" if section == HEAVY else ""
        lines.append(f"| | begin group | s{section} | Part {section + 1} | Parte {section + 1} | | | {heavy} | | |")
        for number in range(section * IN_EACH + 1, (section + 1) * IN_EACH + 1):
            kind, _blank, look = kind_of(number).partition(" ")
            words = f"{kind} {look}" if kind.startswith("select") else kind
            appearance = "" if kind.startswith("select") else look
            asked = "${q" + str(number - 1) + "} != ''" if number % 10 == 0 and answer_of(number - 1) else ""
            lines.append(
                f"| | {words} | q{number} | Question {number}? | ¿Pregunta {number}? | {appearance} | {asked} | | | |"
            )
        lines.append("| | end group | | | | | | | | |")
    lines.append("| | begin group | g | | | | | | | |")
    lines.append("| | calculate | g_why | | | | | | 'because' | goal_words#why |")
    lines.append("| | end group | | | | | | | | |")
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- somebody at the keyboard


def spin_until(there: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for the window."""
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise AssertionError(f"never came: {what}")
        QApplication.processEvents()
        time.sleep(0.002)


def press(*keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press keys where the keyboard is."""
    for key in keys:
        QTest.keyClick(focus(), key, modifier)
        QApplication.processEvents()


def write(words: str) -> None:
    """Type words where the keyboard is."""
    for part in words.splitlines(keepends=True):
        QTest.keyClicks(focus(), part.rstrip("\n"))
        if part.endswith("\n"):
            press(Key.Key_Return)
    QApplication.processEvents()


def focus() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None, "the keyboard is nowhere"
    return found


def tab_to(there: Callable[[QWidget], bool], what: str, *, back: bool = False) -> None:
    """Press Tab until it is reached; not for ever."""
    for _press in range(80):
        if there(focus()):
            return
        press(Key.Key_Tab, modifier=SHIFT if back else NONE)
    raise AssertionError(f"Tab does not reach {what}")


def named(*words: str) -> Callable[[QWidget], bool]:
    """Whether something is called by one of these words."""
    return lambda widget: bool({widget.accessibleName(), getattr(widget, "text", str)()} & set(words))


class Keyboard:
    """One window of the program, and the form in it. Only read here; everything is done by keys."""

    def __init__(self, program: Program) -> None:
        self.program = program

    @property
    def page(self) -> FormPage:
        """The page of the form."""
        from planner.ui.pages.form import FormPage

        assert self.program.shell is not None
        page = self.program.shell.page("form")
        assert isinstance(page, FormPage)
        return page

    @property
    def here(self) -> str:
        """The name of the page of the notebook that is open."""
        return self.program.shell.current if self.program.shell is not None else ""

    @property
    def question(self) -> Question | None:
        """The question on the screen, or None."""
        flow = self.page.flow
        if self.here != "form" or flow is None or flow.page.kind != "question":
            return None
        return flow.page.items[0]

    @property
    def number(self) -> int:
        """The number of the question on the screen; 0 for none."""
        question = self.question
        return int(question.ref.rpartition("/q")[2]) if question is not None else 0

    def saved(self) -> bool:
        """Whether the window says that everything is saved."""
        assert self.program.shell is not None
        return not self.program.shell.unsaved

    def unlock(self) -> None:
        """Type the passphrase at the lock screen."""
        write(PASSPHRASE)
        press(Key.Key_Return)
        spin_until(lambda: self.program.shell is not None, "the notebook")

    def open_form(self) -> None:
        """From wherever it opened to the form, with the keys of the tabs and Enter on what can be done first."""
        shell = self.program.shell
        assert shell is not None
        if self.here != "form":
            place = [tab.name for tab in shell.navigation.tabs].index("forms") + 1
            press(Qt.Key(Key.Key_0 + place), modifier=CTRL)
            spin_until(lambda: self.here == "forms", "all forms")
            ways = ("Begin", "Go on", "Empezar", "Seguir")
            tab_to(named(*ways[1::2], *(f"{way}: {TITLE}" for way in ways)), "the form")
            press(Key.Key_Return)
        spin_until(lambda: self.here == "form", "the form")

    def answer(self) -> None:
        """Answer what is asked, or put it off, and go on. What is there already from before a kill is looked at."""
        number, question = self.number, self.question
        assert question is not None
        kind, said = kind_of(number), answer_of(number)
        if not said:
            self.put_off()
            return
        if kind.startswith("select"):
            for value in sorted(set(said.split()) ^ set(question.value.split() if "multiple" in kind else ())):
                press(Qt.Key(Key.Key_1 + ("small", "middle", "large").index(value)))
        elif kind == "acknowledge":
            press(*(() if question.value else (Key.Key_Space,)))
        else:
            press(Key.Key_A, modifier=CTRL)
            write(said)
        self.on()

    def on(self) -> None:
        """Ctrl and Enter."""
        before = self.page.over_title()
        press(Key.Key_Return, modifier=CTRL)
        assert self.page.over_title() != before or self.here != "form", "it does not go on"

    def put_off(self) -> None:
        """Tab to "Not now", and press it."""
        tab_to(named("Not now", "Ahora no"), "putting it off")
        press(Key.Key_Space)

    def fill(self, until: int, said: Callable[[int], object] = lambda _number: None) -> None:
        """Answer on, page by page, up to the question ``until``, which is left on the screen."""
        for _page in range(2 * COUNT):
            number = self.number
            if number and number >= until:
                return
            if number:
                self.answer()
                said(number)
            elif self.page.flow is not None and self.page.flow.page.kind == "summary":
                return
            else:
                self.on()
        raise AssertionError("it never ends")


def start(data_dir: Path) -> Keyboard:
    """The program in an active window on this folder."""
    from planner.app import Program, application
    from planner.keys import Cost
    from planner.system.relaunch import RecordedRelaunch

    app = application()
    program = Program(app, data_dir, RecordedRelaunch(), clock=lambda: NOON, zone="UTC", cost=Cost())
    program.window.closing.disconnect()
    program.window.resize(1366, 768)
    program.window.show()
    program.window.activateWindow()
    spin_until(program.window.isActiveWindow, "the window")
    return Keyboard(program)


def work(data_dir: Path) -> None:
    """Answer until killed; what is said is what the window says is saved."""

    def said(number: int) -> None:
        spin_until(keyboard.saved, "saving")
        print(json.dumps([number, answer_of(number)]), flush=True)

    keyboard = start(data_dir)
    keyboard.unlock()
    keyboard.open_form()
    keyboard.fill(COUNT, said)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
