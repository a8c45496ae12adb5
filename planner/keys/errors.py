"""What can go wrong with the keys of a notebook on any good day."""

from __future__ import annotations

from planner.errors import MachineTrouble
from planner.words import _


class WrongPassphrase(MachineTrouble):
    """No slot opens with what was typed. There is no count of tries and no wait: the key derivation is the brake."""

    def __init__(self) -> None:
        super().__init__(
            _("That does not open this notebook."),
            _("Look at caps lock and the keyboard language, and take your time. You can try as often as you like."),
        )


class SharesOpenNothing(WrongPassphrase):
    """The shares fit each other, and no slot opens with what they make together."""

    def __init__(self) -> None:
        MachineTrouble.__init__(
            self,
            _("These shares fit together, but they do not open this notebook."),
            _("Newer shares may have taken their place."),
        )


class KeysMissing(MachineTrouble):
    """The folder of the notebook has no ``keys`` file."""

    def __init__(self) -> None:
        super().__init__(
            _("A file that this notebook needs to open is not there."),
            _("Nothing was changed. If you have a copy of the notebook's folder, bring back the file named “keys”."),
        )


class KeysDamaged(MachineTrouble):
    """The ``keys`` file is cut short, changed, or not ours."""

    def __init__(self) -> None:
        super().__init__(
            _("A file that this notebook needs to open is damaged."),
            _("Nothing was changed. Keep the folder as it is: a copy of the file named “keys” can open it again."),
        )


class KeysTooNew(MachineTrouble):
    """The ``keys`` file was written by a newer version."""

    def __init__(self) -> None:
        super().__init__(
            _("This notebook was last used with a newer version of this program."),
            _("Nothing was changed. Update this program to open it; please do not delete anything."),
        )


class KeysDowngraded(MachineTrouble):
    """The ``keys`` file asks for a weaker key derivation than this program ever writes: someone changed it."""

    def __init__(self) -> None:
        super().__init__(
            _("A file of this notebook was changed so that the passphrase would be easier to guess."),
            _("It was not opened, and nothing was changed. Someone else may have used this device."),
        )


class KeysTooCostly(MachineTrouble):
    """The ``keys`` file asks for more time or memory than this program ever writes."""

    def __init__(self) -> None:
        super().__init__(
            _("A file of this notebook asks for more work than this device should do."),
            _("It was not opened, and nothing was changed. A copy of the file named “keys” can open the notebook."),
        )


class NotEnoughMemory(MachineTrouble):
    """The key derivation could not get the memory it needs."""

    def __init__(self) -> None:
        super().__init__(
            _("This device has too little free memory to open the notebook right now."),
            _("Close some other programs, then try again."),
        )
