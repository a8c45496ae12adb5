"""Why a pack from outside is not taken: one calm sentence, before anything has changed."""

from __future__ import annotations

from planner.errors import MachineTrouble
from planner.words import _


class PackRefused(MachineTrouble):
    """A pack is damaged, hostile, or does not keep the rules. Nothing was changed.

    ``where`` is the name of a file in the pack, or empty; ``detail`` says in English what its author has to mend.
    """

    def __init__(self, sentence: str, where: str = "", detail: str = "") -> None:
        super().__init__(sentence, _("Nothing was changed. Ask whoever gave it to you for another one."))
        self.where = where
        self.detail = detail


def broken(where: str, detail: str = "") -> PackRefused:
    """A file does not have the form that it should have."""
    return PackRefused(_("A file in this pack is not written as it should be."), where, detail)
