"""Step 10: settings, another passphrase, the lock, and the way in again."""

from __future__ import annotations

from planner.keys import WrongPassphrase
from planner.tour.hand import CONTROL, Key, NotThere
from planner.tour.made_up import FIRST_PASSPHRASE, SECOND_PASSPHRASE, WRONG_PASSPHRASE
from planner.tour.stage import Stage
from planner.words import _


def settings(stage: Stage) -> None:
    """What is known before unlocking, and what is kept behind it."""
    hand = stage.hand
    hand.press(_("Settings"))
    hand.picture("settings")
    hand.scroll(0.5)
    hand.picture("settings-middle")
    hand.scroll(1)
    hand.picture("settings-below")
    hand.scroll(0)


def change_passphrase(stage: Stage) -> None:
    """The old one opens nothing any more."""
    hand = stage.hand
    stage.shell.go("settings")
    hand.press_beginning(_("Change the passphrase"))
    hand.wait_to_see(_("Change it"))
    hand.type_into(_("Passphrase you use now"), FIRST_PASSPHRASE)
    hand.type_into(_("New passphrase"), SECOND_PASSPHRASE)
    hand.type_into(_("Once more"), SECOND_PASSPHRASE)
    hand.picture("change-passphrase")
    hand.press(_("Change it"))
    done = _("The passphrase is changed. The old one opens nothing any more.")
    hand.wait_for(lambda: done in hand.reads() or hand.sees(done), repr(done))
    hand.picture("passphrase-changed")
    hand.hush()


def lock(stage: Stage) -> None:
    """One key; here the fresh process is only noted down, and stands in for itself."""
    hand = stage.hand
    hand.key(Key.Key_L, CONTROL)
    if stage.relaunch.asked != [stage.folder] * len(stage.relaunch.asked) or not stage.relaunch.asked:
        raise NotThere("the fresh start after a lock")
    if hand.window.isVisible():
        raise NotThere("a window that is gone after the lock")
    stage.start_again()
    stage.hand.wait_to_see(_("Open"))
    stage.hand.picture("lock-screen")


def unlock(stage: Stage) -> None:
    """A wrong passphrase is said kindly; the right one opens, and Today says when it was opened before."""
    hand = stage.hand
    hand.type_into(_("Passphrase"), WRONG_PASSPHRASE)
    hand.key(Key.Key_Return)
    refused = WrongPassphrase().sentence
    hand.wait_for(lambda: refused in hand.reads(), repr(refused))
    hand.picture("lock-screen-wrong")
    hand.type_anew(_("Passphrase"), SECOND_PASSPHRASE)
    hand.key(Key.Key_Return)
    hand.wait_for(lambda: stage.program.session is not None, "the open notebook")
    hand.picture("open-again")
    stage.shell.go("today")
    hand.picture("last-opened")
