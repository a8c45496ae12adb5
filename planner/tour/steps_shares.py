"""Ways in beside the passphrase: shares for trusted people, typed back and used, and the passphrases of a team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtTest import QTest

from planner.keys.shares import share_list
from planner.tour.hand import CONTROL, Hand, Key, NotThere
from planner.tour.made_up import SECOND_PASSPHRASE
from planner.tour.stage import Stage
from planner.ui.dialogs.make_shares import GiveShares
from planner.ui.kit.text import Text
from planner.ui.share_words import ShareEntry, ShareWords, numbered
from planner.words import _

LETTERS = 4
"""As many letters tell the words of a share apart."""

LABEL = "M. R."


def make(stage: Stage, passphrase: str) -> list[tuple[str, ...]]:
    """Two of three: each shown, and typed back before it counts. Gives the words of the shares."""
    hand = stage.hand
    stage.shell.go("settings")
    hand.press_beginning(_("Shares for people you trust"))
    hand.wait_to_see(_("Begin"))
    hand.picture("shares-offered")
    hand.type_into(_("Passphrase"), passphrase)
    hand.press(_("Begin"))
    hand.wait_for(lambda: bool(hand.visible(GiveShares)), "the first share")
    (giving,) = hand.visible(GiveShares)
    shares: list[tuple[str, ...]] = []
    for number in range(1, 4):
        shares.append(giving.share)
        if number == 1:
            with made_up_words(hand):
                hand.picture("share-shown")
        hand.press(_("I have it on paper"))
        if number == 1:
            hand.picture("share-to-type-back")
        _type_back(hand, giving.share)
    hand.wait_to_see(_("The shares are ready"))
    hand.picture("shares-ready")
    hand.press(_("All right"))
    return shares


def _type_back(hand: Hand, share: tuple[str, ...]) -> None:
    """By keyboard, without a look between the words."""
    (entry,) = hand.visible(ShareEntry)
    for word in share:
        QTest.keyClicks(entry.field, word[:LETTERS])
        QTest.keyClick(entry.field, Key.Key_Return)
    hand.settle()


@contextmanager
def made_up_words(hand: Hand) -> Iterator[None]:
    """Other words in the picture: those of a share are by chance, and no picture shows any that open something."""
    (shown,) = hand.visible(ShareWords)
    lines = shown.findChildren(Text)
    real = [each.text() for each in lines]
    words = share_list()
    for each, line in zip(lines, numbered(words[11 : 11 + len(lines)]), strict=True):
        each.setText(line)
    yield
    for each, line in zip(lines, real, strict=True):
        each.setText(line)


def open_with(stage: Stage, shares: list[tuple[str, ...]]) -> None:
    """The passphrase is forgotten: two people come with their pages, and a new one is offered at once."""
    stage.hand.key(Key.Key_L, CONTROL)
    hand = stage.start_again()
    hand.wait_to_see(_("Open"))
    hand.press(_("Another way to open"))
    hand.picture("lock-screen-other-way")
    hand.press(_("Open with shares"))
    hand.picture("open-with-shares")
    for place, share in enumerate((shares[2], shares[0])):
        if place:
            hand.picture("open-with-shares-one-more")
        _type_back(hand, share)
    hand.wait_for(lambda: stage.program.session is not None, "the notebook that two shares open")
    hand.wait_to_see(_("Set it"))
    hand.picture("opened-with-shares")
    hand.press(_("Not now"))


def team(stage: Stage, passphrase: str) -> None:
    """One more passphrase, for somebody else in a team."""
    hand = stage.hand
    stage.shell.go("settings")
    hand.press_beginning(_("Passphrases of a team"))
    hand.picture("passphrases")
    hand.press(_("Add a passphrase"))
    hand.type_into(_("What shall it be called?"), LABEL)
    hand.type_into(_("Passphrase you use now"), passphrase)
    hand.type_into(_("New passphrase"), SECOND_PASSPHRASE)
    hand.type_into(_("Once more"), SECOND_PASSPHRASE)
    hand.picture("passphrase-of-a-team")
    hand.press(_("Add it"))
    hand.wait_to_see(LABEL)
    hand.picture("passphrases-two")
    hand.press(_("Close"))
    hand.hush()
    if len(stage.session.notebook.slots()) < 2:
        raise NotThere("one more passphrase")
