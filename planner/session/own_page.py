"""The page that somebody keeps for days that are not calm: what she calls it, and whether it has a tab of its own.

Its lines are records (:class:`planner.plan.safety.SafetyLine`). The name is hers, because a tab that says what the page
is for tells it to everybody who looks at the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.plan.safety import SafetyLine
from planner.session.types import Changed
from planner.words import _

if TYPE_CHECKING:
    from planner.session.core import Session

KIND = "own-page"
"""What a change of the name or the tab is called in :class:`~planner.session.types.Changed`."""

NAME_MOST = 30
"""Letters of a name at most; a tab has no room for more."""


def own_page_name(session: Session, person: str) -> str:
    """What the page is called: as she chose, or in neutral words.

    Raises:
        OutOfReach: another person's pages are the only ones open.
    """
    return own_name(session, person) or _("My page")


def own_name(session: Session, person: str) -> str:
    """The name that she chose, or "". Raises OutOfReach."""
    return str(_kept(session, person).get("name", ""))


def has_tab(session: Session, person: str) -> bool:
    """Whether the page has a tab: once there is something on it, or a name, and until she hides it.

    Raises:
        OutOfReach: another person's pages are the only ones open.
    """
    kept = _kept(session, person)
    if kept.get("hidden"):
        return False
    return bool(kept.get("name")) or bool(session.store.rows(person, (SafetyLine.kind,)))


def is_hidden(session: Session, person: str) -> bool:
    """Whether she took the tab away. Raises OutOfReach."""
    return bool(_kept(session, person).get("hidden"))


def rename(session: Session, person: str, name: str) -> None:
    """Call the page by another name; "" is the neutral one. Raises OutOfReach, MachineTrouble."""
    _keep(session, person, name=" ".join(name.split())[:NAME_MOST])


def hide_tab(session: Session, person: str, hidden: bool) -> None:
    """Take the tab away, or bring it back; what is on the page stays. Raises OutOfReach, MachineTrouble."""
    _keep(session, person, hidden=hidden)


def _kept(session: Session, person: str) -> dict[str, object]:
    session.within_reach(person)
    found = session.store.get(f"{KIND}/{person}", {})
    return found if isinstance(found, dict) else {}


def _keep(session: Session, person: str, **values: object) -> None:
    before = _kept(session, person)
    now = {**before, **values}
    if now != before:
        session.store.set(f"{KIND}/{person}", now)
        session.editor.tell(Changed(person, frozenset({KIND})))
