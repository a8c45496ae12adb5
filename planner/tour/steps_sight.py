"""Out of sight: one key in the middle of a sentence, and the sentence after unlocking."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from planner.tour.hand import Key, NotThere
from planner.tour.stage import Stage
from planner.words import _, language

HALF = {"en": "Sleep somewhere I can l", "es": "Dormir donde pueda cerr"}


def which_key(stage: Stage) -> None:
    """The key can be another one."""
    hand = stage.hand
    hand.press(_("Settings"))
    hand.press_beginning(_("Key that hides everything"))
    hand.picture("key-that-hides")
    hand.key(Key.Key_Escape)


def in_the_middle(stage: Stage) -> None:
    """Everything is gone at once, and nothing comes back by itself.

    Raises:
        NotThere: a window stays, or something begins anew.
    """
    hand = stage.hand
    hand.press(_("My plan"))
    hand.press(_("Add a goal"))
    hand.type_into(_("What do you want?"), HALF[language()])
    hand.picture("half-a-sentence")
    begun = len(stage.relaunch.asked)
    QTest.keyClick(hand.window.windowHandle(), Key.Key_F12)
    hand.settle()
    if hand.window.isVisible():
        raise NotThere("a window that is gone after one key")
    if len(stage.relaunch.asked) != begun:
        raise NotThere("nothing that begins anew by itself")


def again(stage: Stage, secret: str) -> None:
    """She opens the program herself, and goes on where she was.

    Raises:
        NotThere: the words are not where she left them.
    """
    hand = stage.start_again()
    hand.wait_to_see(_("Open"))
    hand.type_into(_("Passphrase"), secret)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: stage.program.session is not None, "the open notebook")
    field = hand.field(_("What do you want?"))
    words = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    if words != HALF[language()]:
        raise NotThere(f"{HALF[language()]!r} where it was typed, but {words!r}")
    hand.picture("half-a-sentence-again")
    field.clear()
    hand.press(_("Not now"))
    hand.press(_("Today"))
