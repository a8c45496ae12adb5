"""Run in a process of its own: the real program, in which everything is shown and typed, and which locks when told.

``shown.py DATA [--hardened] [--briefly]`` reads words by their kinds from standard input, turned round. It begins at
the lock screen, types a wrong passphrase and the right one, and writes one line of JSON with the secrets that were made
(turned round too), when all was on the screen. Then it waits for a line before the lock's own key is pressed. Without
``--hardened`` it can be read, and so can what it starts. ``--briefly`` opens the notebook and writes a plan.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from planner.app import Program, application
from planner.session.filling_desk import page_key
from planner.store.local import Local
from planner.system import relaunch
from planner.tour import hand as hands
from planner.tour.hand import CONTROL, Hand, Key
from planner.ui.dialogs.make_shares import GiveShares, MakeShares
from planner.ui.dialogs.spare_key import MakeSpareKey, SpareKeyShown
from planner.ui.open_notebook import OpenNotebook
from planner.ui.pages.form import FormPage
from planner.ui.paper.preview import Preview
from tests.lock.readable import may_be_read
from tests.proofs.filled import Bag, fill, turned, undo

PAGES = ("today", "plan", "calendar", "people", "clocks", "safety", "card", "check-ins", "notes", "papers")
MORE_PAGES = ("directory", "library", "forms", "print", "activity", "copies", "settings", "help", "everyone")
TRIES = 60
WAITING: list[object] = []
hands.PATIENCE = 90.0  # beside other tests everything takes its time


def unlock(hand: Hand, program: Program, wrong: str, right: str) -> None:
    hand.type_into("Passphrase", wrong)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: "That does not open this notebook." in hand.reads(), "what is said of a wrong passphrase")
    hand.type_anew("Passphrase", right)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: program.session is not None, "the open notebook")


def look_at_pages(hand: Hand, shell: OpenNotebook) -> None:
    for name in (*PAGES, *MORE_PAGES):
        shell.go(name)
        hand.settle()
        hand.window.grab()


def look_at_papers(hand: Hand, shell: OpenNotebook, person: str) -> None:
    for paper in shell.session.papers.of(person):
        shell.go("papers", paper=paper.id)
        page: Any = shell.page("papers")
        hand.wait_for(lambda page=page: page.one.viewer.has_picture, "the paper")  # type: ignore[misc]
        hand.window.grab()


def look_at_print(hand: Hand, shell: OpenNotebook) -> None:
    """The plan as it would be printed."""
    shell.go("print")
    hand.press("Look at the pages")
    hand.wait_for(lambda: bool(hand.visible(Preview)), "the plan on paper")
    hand.press("Back")


def fill_in_form(hand: Hand, shell: OpenNotebook, words: list[str]) -> None:
    """The first answers in words of the first form that is offered."""
    shell.go("forms")
    hand.press_beginning("Begin")
    page = shell.page("form")
    assert isinstance(page, FormPage)
    hand.wait_for(lambda: page.flow is not None, "the form")
    left = list(words)
    for _try in range(TRIES):
        flow = page.flow
        assert flow is not None
        for item in flow.page.items:
            for offered in ("dates", "people", "hope", "yes"):
                if any(getattr(each, "value", None) == offered for each in hand.visible(QWidget)):
                    hand.choose(offered)
            if left and item.ref.rpartition("/")[2] in ("d_place", "p_name", "hope", "hope_step"):
                hand.type_into(item.label, left.pop())
        if not left:
            return
        here = page_key(flow.page)
        hand.press("Next")
        assert page.flow is not None
        assert page_key(page.flow.page) != here
    raise AssertionError("the form has no more places for words")


def type_on_pages(hand: Hand, shell: OpenNotebook, bag: Bag) -> None:
    fill_in_form(hand, shell, bag.all("answer in a form"))
    shell.go("search")
    hand.key(Key.Key_F, CONTROL)
    hand.type(bag.one("searched"))
    hand.settle()
    shell.go("plan")
    hand.press("Add a goal")
    hand.type(bag.one("goal typed"))
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Escape)
    hand.hush()
    shell.go("notes")
    hand.press("Write a note")
    hand.type_into("Facts", bag.one("note half typed"))
    shell.go("plan")
    hand.press("By time")
    hand.press("Add a goal")
    hand.type(bag.one("goal half typed"))
    copy(hand, bag.one("copied"))


def copy(hand: Hand, words: str) -> None:
    """Through a field of the window, as somebody does: mark it all, copy it, take it out again."""
    field = hand.visible(QLineEdit)[0]
    before = field.text()
    field.setText(words)
    field.setFocus()
    field.selectAll()
    hand.key(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == words
    field.setText(before)


def make_ways_in(hand: Hand, program: Program, shell: OpenNotebook, passphrase: str) -> dict[str, str]:
    """A spare key and shares, shown as they are shown to somebody; both stay on the screen."""
    asked = MakeSpareKey(hand.window, shell, lambda: None)
    shell.ask(asked)
    asked.secret.setFocus()
    hand.type(passphrase)
    asked.yes.click()
    hand.wait_for(lambda: bool(hand.visible(SpareKeyShown)), "the spare key")
    spare = hand.visible(SpareKeyShown)[0].key
    shares = MakeShares(hand.window, shell, lambda: None)
    shell.ask(shares)
    shares.secret.setFocus()
    hand.type(passphrase)
    shares.yes.click()
    hand.wait_for(lambda: bool(hand.visible(GiveShares)), "the shares")
    given = hand.visible(GiveShares)[0]
    first = given.share
    given.yes.click()
    for word in first:
        QTest.keyClicks(given.entry.field, word)
        QTest.keyClick(given.entry.field, Key.Key_Return)
    made = given._shares
    return {"spare key": spare.spare_key, "share": " ".join(first), "what shares open with": made.secret}


def keep_a_reader_waiting() -> None:
    """A file is being read apart from the store when the lock comes."""
    from planner.apart.asking import Child
    from planner.apart.kinds import KINDS

    waiting = Child(KINDS["pages"])
    waiting.start()
    until = monotonic() + hands.PATIENCE
    while not waiting.process_id and monotonic() < until:
        sleep(0.02)
    assert waiting.process_id
    WAITING.append(waiting)


def everything(hand: Hand, program: Program, shell: OpenNotebook, bag: Bag, passphrase: str) -> dict[str, str]:
    """Fill, show and type all there is; gives the secrets that were made."""
    person = fill(shell.session, bag)
    look_at_pages(hand, shell)
    look_at_papers(hand, shell, person)
    look_at_print(hand, shell)
    type_on_pages(hand, shell, bag)
    secrets = make_ways_in(hand, program, shell, passphrase)
    undo(shell.session, person, bag)
    keep_a_reader_waiting()
    return secrets


def main() -> None:
    data_dir = Path(sys.argv[1])
    told = json.loads(sys.stdin.readline())
    if "--hardened" in sys.argv:
        from planner.system.harden import harden

        harden()
    else:
        relaunch.command = readable_command  # type: ignore[assignment]
    may_be_read()
    Local(language="en", theme="light").with_label(next(data_dir.glob("store-*")).name, "Notes").write(data_dir)
    program = Program(application(), data_dir, relaunch.DetachedRelaunch(), zone="America/New_York")
    program.window.show()
    program.settle_down()
    hand = Hand(program.app, program.window)
    bag = Bag(told["words"])
    unlock(hand, program, turned(told["wrong"]), turned(told["passphrase"]))
    shell = program.shell
    assert shell is not None
    secrets = {}
    if "--briefly" in sys.argv:
        fill(shell.session, bag)
        shell.go("plan")
        hand.settle()
    else:
        secrets = everything(hand, program, shell, bag, turned(told["passphrase"]))
    key = shell.session.notebook._data_key.raw
    secrets["data key"] = digits = key.hex()
    print(json.dumps({name: turned(each) for name, each in secrets.items()}), flush=True)
    sys.stdin.readline()
    del key, digits, secrets
    hand.key(Key.Key_L, CONTROL)


def readable_command(folder: Path, *_more: str) -> list[str]:
    """As the program starts anew, and readable from outside."""
    here = Path(__file__).resolve().parents[1] / "lock" / "unhardened.py"
    return [sys.executable, "-P", str(here), "--data", str(folder)]


if __name__ == "__main__":
    main()
