"""Settings of this device: a quiet word where its disk is not encrypted, and nothing at all where all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner.system.disk_encryption import DeviceDisk, Encrypted, look
from planner.ui.kit.buttons import Button
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.surfaces import Note
from planner.words import _

if TYPE_CHECKING:
    from planner.ui.page import Desk


def disk_part(desk: Desk) -> QWidget | None:
    """What she should know about the disk under her notebook; None where there is nothing to say.

    What the device does not tell is said on the page of limits alone: a worry without a way out helps nobody.
    """
    disk = look(desk.session.notebook.folder)
    said = words(disk)
    if said is None:
        return None
    title, text = said
    part = "disk" if disk.folder is Encrypted.NO else "swap"
    # A notebook for every day has no page of limits.
    more = None if desk.session.everyday else Button(_("What helps"), "quiet", on=lambda: desk.go("limits", part=part))
    return hold(column(16, Note(text, icon="shield", title=title, action=more)))


def words(disk: DeviceDisk) -> tuple[str, str] | None:
    """A title and what follows it."""
    if disk.folder is Encrypted.NO:
        return _("This disk is not encrypted"), _(
            "Your notebook is locked all the same. But whoever takes the device can read what the system and other "
            "programs left on the disk. Encryption can be turned on, or chosen when the system is installed. "
            "If the device is not yours, ask first."
        )
    if disk.swap is not Encrypted.NO:
        return None
    text = _(
        "When memory is short, this device puts some of it on the disk, in a place that is not encrypted. "
        "Words from your notebook could be found there later."
    )
    if disk.hibernates:
        text += " " + _("In a deep sleep it puts all of it there. Shut the device down instead.")
    return _("Some of the memory may stay on the disk"), text
