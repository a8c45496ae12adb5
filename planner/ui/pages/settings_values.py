"""Writing settings from a page: only what differs, safely, and told to everyone who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.session import Changed, Mode
from planner.words import _

if TYPE_CHECKING:
    from planner.session import Session
    from planner.ui.page import Desk


def put_settings(desk: Desk, **values: Any) -> bool:
    """Keep these settings of the notebook; False where the machine could not yet."""
    session = desk.session
    others = {name: value for name, value in values.items() if session.setting(name) != value}
    return desk.keep(lambda: _write(session, others)) if others else True


def _write(session: Session, values: dict[str, Any]) -> None:
    me = session.person if session.mode is Mode.FOR_ME else None
    with session.store.transaction():
        for name, value in values.items():
            session.set_setting(name, value)
    session.editor.tell(Changed("", frozenset({"settings"})))
    if "my_name" in values and me is not None and me.is_me:
        session.change_person(me.id, name=values["my_name"] or _("Me"))


def own_line(session: Session) -> tuple[str, str]:
    """The name and the number of her own help line, or the shelter's."""
    return session.setting("shelter_line_name"), session.setting("shelter_line_number")


def lock_screen_lines(session: Session) -> tuple[dict[str, str], ...]:
    """Her own help line as it is kept for the lock screen; none without a number."""
    name, number = own_line(session)
    return ({"name": name, "number": number},) if number else ()
