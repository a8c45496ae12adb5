"""Safety copies: made, looked into, opened beside; what erasing would do; and what a damaged notebook offers."""

from __future__ import annotations

from planner.places import KEYS
from planner.store.folders import find_stores
from planner.tour.hand import CONTROL, Key
from planner.tour.made_up import SECOND_PASSPHRASE
from planner.tour.stage import Stage
from planner.ui.pages.copies import CopiesPage
from planner.ui.pages.copies_compare import CopyPage
from planner.words import _


def copies(stage: Stage) -> None:
    """One made by hand, then something lost and brought back."""
    hand = stage.hand
    stage.shell.go("copies")
    hand.picture("copies-none")
    page = stage.shell.page("copies")
    assert isinstance(page, CopiesPage)
    hand.press(_("Make a copy now"))
    made = _("The safety copy is made. It is whole.")
    hand.wait_for(lambda: hand.sees(made), repr(made))
    hand.hush()
    hand.picture("copies")


def looked_into(stage: Stage) -> None:
    """What is newer here, what would come back; then the old one beside the new."""
    hand, session = stage.hand, stage.session
    goal = session.goals(stage.me)[0]
    with session.edit(stage.me, _("Remove a goal")) as edit:
        edit.remove(goal.id)
    person = session.contacts(stage.me, keep_away=False)[0]
    with session.edit(stage.me, _("Change an appointment")) as edit:
        edit.change(person.id, role=f"{person.role}.")
    (copy,) = session.backups.list()
    stage.shell.go("copy", folder=str(copy.folder))
    page = stage.shell.page("copy")
    assert isinstance(page, CopyPage)
    hand.wait_for(lambda: page.comparison is not None, "both sides")
    hand.picture("copy-compared")
    hand.scroll(1)
    hand.picture("copy-compared-below")
    hand.scroll(0)
    hand.press(_("Open it as a notebook of its own"))
    hand.picture("copy-beside")
    hand.key(Key.Key_Escape)
    session.undo()
    session.undo()
    hand.settle()


def erase(stage: Stage) -> None:
    """What would go, what stays, and which copies still hold it; nothing is erased here."""
    from planner.ui.dialogs.erase import ask_to_erase

    hand = stage.hand
    goal = stage.session.goals(stage.me)[0]
    stage.shell.go("plan", goal=goal.id)
    ask_to_erase(stage.shell, hand.window, stage.me, goal.id)
    hand.wait_to_see(_("Do not erase"))
    hand.picture("erase")
    hand.press(_("Do not erase"))


def damaged(stage: Stage) -> None:
    """The keys are damaged: the last good copy is offered by its day."""
    stage.hand.key(Key.Key_L, CONTROL)
    (found,) = find_stores(stage.folder)
    for name in (KEYS, f"{KEYS}.copy"):
        path = found.folder / name
        whole = bytearray(path.read_bytes())
        whole[100] ^= 1
        path.write_bytes(bytes(whole))
    hand = stage.start_again()
    hand.wait_to_see(_("Open"))
    hand.type_into(_("Passphrase"), SECOND_PASSPHRASE)
    hand.key(Key.Key_Return)
    hand.picture("lock-screen-damaged")
