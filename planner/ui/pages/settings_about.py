"""About this program: its version, its licence, what it cannot do, and how old what it says is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from planner import __version__
from planner.packs.sources import is_old
from planner.ui.kit.layouts import column, hold
from planner.ui.kit.rows import ListRow
from planner.ui.kit.text import Rule, Section, Text
from planner.words import N_, _

if TYPE_CHECKING:
    from planner.ui.page import Desk

LIMITS = (
    N_("It cannot hide that this program is on the device."),
    N_("It cannot help against someone who watches the screen or the keys you press."),
    N_("Someone who has the files can try to guess a weak passphrase."),
    N_("Without the passphrase, the spare key or enough shares, nobody can open it. Nobody can help you with that."),
    N_("What you print or save elsewhere is no longer protected by it."),
    N_("It gives no legal or medical advice, and it calls nobody for you."),
)
"""Honest limits, six short sentences."""


def plain_about() -> QWidget:
    """What this is, where no more is to be said."""
    return hold(
        column(
            Section(_("About")),
            12,
            Text(_("Planner {version}").format(version=__version__), "strong"),
            Text(
                _("Free software, under the GNU General Public License, version 3 or later. No warranty."),
                "body",
                "ink_soft",
            ),
        )
    )


def about(desk: Desk) -> QWidget:
    """What this is, in few words."""
    from planner.ui.pages.help import directory

    reviewed = directory().reviewed
    age = _("The help lines were last checked in {month}.").format(month=desk.formats.month_year(reviewed))
    if is_old(reviewed, desk.session.today()):
        age += " " + _("That is more than a year ago. Please check what you rely on.")
    limits: list[QWidget | int] = []
    for each in LIMITS:
        limits += [Text(_(each), "body"), 8]
    return hold(
        column(
            plain_about(),
            16,
            Text(_("What it cannot do"), "strong"),
            4,
            *limits,
            8,
            limits_row(desk),
            16,
            Text(age, "body", "ink_soft"),
        )
    )


def limits_row(desk: Desk) -> QWidget:
    """The way to the whole of it."""
    line = ListRow(
        _("What this can and cannot do"),
        _("Each protection and its end, and what you can do instead."),
        icon="shield",
        on=lambda: desk.go("limits"),
    )
    return hold(column(Rule(start=8), line, Rule(start=8)))
