"""Three hundred questions by keyboard alone, with a kill, a lock and other languages in the middle: nothing is lost."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from planner.forms import Filling, Form, Way
from planner.keys import Cost
from planner.session import Mode, Session
from planner.store.notebooks import Notebook
from planner.ui.kit.floats import Menu
from planner.ui.pages.form_summary import SummaryView
from planner.ui.pages.form_views import View
from planner.ui.pages.proposals import EndView, ProposalsView
from planner.words import use_language
from tests.gui import filling_300
from tests.gui.filling_300 import (
    COUNT,
    CTRL,
    FORM,
    HEAVY,
    IN_EACH,
    NOON,
    PASSPHRASE,
    Key,
    Keyboard,
    answer_of,
    named,
    press,
    spin_until,
    tab_to,
    table,
    write,
)
from tests.gui.made_up_forms import bring_in

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a kill without a word is POSIX's")

Shown = TypeVar("Shown", bound=View)
ROOT = Path(__file__).resolve().parents[2]
KILLED_AFTER = 90
"""Answers."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a notebook of one's own, into which the form was brought, and beside it the form."""
    (tmp_path / "many.md").write_text(table(), "utf-8")
    notebook = Notebook.create(tmp_path / "data", PASSPHRASE, "Notes", Cost())
    session = Session(notebook, clock=lambda: NOON, zone="UTC")
    session.set_up(Mode.FOR_ME, "Ana")
    bring_in(session, tmp_path / "many.md")
    session.lock()
    return tmp_path


@pytest.fixture
def windows(qapp: object) -> Iterator[list[Keyboard]]:
    """Every window that was opened; closed in the end."""
    opened: list[Keyboard] = []
    yield opened
    for keyboard in opened:
        keyboard.program._put_away()
        keyboard.program.window.hide()
        keyboard.program.window.deleteLater()
    use_language("en")


def at_the_keyboard(folder: Path, windows: list[Keyboard]) -> Keyboard:
    keyboard = filling_300.start(folder / "data")
    windows.append(keyboard)
    keyboard.unlock()
    keyboard.open_form()
    return keyboard


def killed_in_the_middle(folder: Path, answers: int, dice: random.Random) -> list[int]:
    """Somebody answers in a process of its own until it is killed; the questions whose answers were reported saved."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.gui.filling_300", str(folder / "data")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        while len(said) < answers:
            line = process.stdout.readline()
            assert line, f"it ended by itself with {process.wait()}"
            said.append(line)
        time.sleep(dice.random() * 0.03)
        assert process.poll() is None, "it ended by itself"
        process.kill()
        said += [line for line in process.stdout.readlines() if line.endswith("\n")]
    return [json.loads(line)[0] for line in said]


def unfinished(folder: Path) -> Filling:
    """The answers as they lie in the store, read without the program."""
    notebook = Notebook.open(folder / "data" / next((folder / "data").glob("store-*")).name, PASSPHRASE)
    try:
        assert notebook.store.verify() == []
        (person,) = notebook.store.people()
        (row,) = notebook.store.fillings(person.id)
        assert not row.finished
        return Form.load(folder / "many.md").resume_state(row.state, now=NOON)
    finally:
        notebook.close()


def look(filling: Filling, asked: list[int]) -> None:
    """Each of these has its answer, or was put off."""
    for number in asked:
        assert filling.value(f"q{number}") == answer_of(number), number
        assert filling.way(f"q{number}") is (None if answer_of(number) else Way.NOT_NOW), number


def view_of(keyboard: Keyboard, kind: type[Shown]) -> Shown:
    """The view on the screen, which is of this kind."""
    view = keyboard.page.view
    assert isinstance(view, kind), view
    return view


def choose_language(keyboard: Keyboard, words: str) -> None:
    """Shift and Tab to the button, Enter, and down the menu."""
    tab_to(lambda widget: widget is keyboard.page.languages, "the languages", back=True)
    press(Key.Key_Return)
    assert any(each.isVisible() for each in keyboard.program.window.findChildren(Menu))
    for _press in range(6):
        if named(words)(filling_300.focus()):
            break
        press(Key.Key_Down)
    press(Key.Key_Return)


def test_three_hundred_questions_by_keyboard_with_a_kill_a_lock_and_other_languages(
    folder: Path, windows: list[Keyboard]
) -> None:
    assert Form.load(folder / "many.md").problems == ()
    every = list(range(1, COUNT + 1))

    # A process is killed in the middle of answering: what the window said is saved is there.
    reported = killed_in_the_middle(folder, KILLED_AFTER, random.Random(300))
    assert reported == every[: len(reported)]
    look(unfinished(folder), reported)

    # Another one goes on where it stopped: at the next question, or the one after it.
    keyboard = at_the_keyboard(folder, windows)
    assert keyboard.number in (reported[-1] + 1, reported[-1] + 2)
    keyboard.fill(141)

    # Other languages in the middle: of the questions alone, then of everything.
    label = keyboard.question
    assert label is not None
    assert label.label == "Question 141?"
    choose_language(keyboard, "Español")
    label = keyboard.question
    assert label is not None
    assert label.label == "¿Pregunta 141?"
    keyboard.fill(151)
    choose_language(keyboard, "Everything in Español")
    spin_until(lambda: keyboard.here == "form", "the form in another language")
    assert keyboard.number == 151
    assert keyboard.page.foot.next.text() == "Siguiente"
    keyboard.fill(201)

    # A lock in the middle of a word.
    number = next(each for each in range(201, COUNT) if filling_300.kind_of(each) == "text" and answer_of(each))
    keyboard.fill(number)
    half, rest = answer_of(number)[:4], answer_of(number)[4:]
    write(half)
    press(Key.Key_L, modifier=CTRL)
    spin_until(lambda: keyboard.program.shell is None, "the lock")
    assert keyboard.program._relaunch.asked == [folder / "data"]  # type: ignore[attr-defined]
    stored = unfinished(folder)
    look(stored, every[: number - 1])
    assert stored.value(f"q{number}") == half

    # It goes on in the middle of that word, in Spanish as it was left.
    keyboard = at_the_keyboard(folder, windows)
    assert keyboard.number == number
    press(Key.Key_End)
    write(rest)
    keyboard.on()
    keyboard.fill(COUNT + 1)
    summary = view_of(keyboard, SummaryView)
    flow = keyboard.page.flow
    assert flow is not None
    look(flow.filling, every)
    assert not flow.filling.skipped(f"/data/s{HEAVY}")

    # Read over, and into the plan.
    spin_until(lambda: summary.is_whole, "all of it to read over")
    assert len(summary.rows) == COUNT
    assert all(f"¿Pregunta {number}?" in summary.rows[number - 1].press.accessibleName() for number in every)
    press(Key.Key_Return, modifier=CTRL)
    view_of(keyboard, ProposalsView)
    press(Key.Key_Return, modifier=CTRL)
    spin_until(lambda: isinstance(keyboard.page.view, EndView), "the end")
    session = keyboard.program.session
    assert session is not None
    assert session.person is not None
    (goal,) = session.goals(session.person.id)
    assert goal.title == answer_of(1)
    (row,) = session.store.fillings(session.person.id)
    assert row.finished
    assert b"not-now" not in row.state
    done = Form.load(folder / "many.md").resume(row.state, now=NOON)
    assert [done.value(f"q{number}") for number in every] == [answer_of(number) for number in every]
    assert row.form == FORM
    assert IN_EACH * filling_300.SECTIONS == 300


@pytest.mark.slow
def test_killed_again_and_again_until_every_question_is_answered(folder: Path) -> None:
    dice = random.Random(17)
    every = list(range(1, COUNT + 1))
    reported: list[int] = []
    while len(reported) < COUNT - 12:
        more = killed_in_the_middle(folder, dice.randint(1, min(40, COUNT - len(reported) - 10)), dice)
        # Of the answer that was under way at a kill nobody was told; it may be there, and then it is not asked again.
        assert more[0] in (len(reported) + 1, len(reported) + 2)
        reported = every[: more[-1]]
        look(unfinished(folder), reported)


def test_a_lost_answer_would_be_noticed(folder: Path) -> None:
    reported = killed_in_the_middle(folder, 4, random.Random(4))
    filling = unfinished(folder)
    look(filling, reported)
    filling.answer(f"q{reported[1]}", "")
    with pytest.raises(AssertionError):
        look(filling, reported)
