"""Dialogs that are open again after a lock, by the name they carry in :attr:`planner.ui.kit.dialogs.Dialog.reopens`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.session import Person
    from planner.ui.kit.dialogs import Dialog
    from planner.ui.open_notebook import OpenNotebook


def open_again(desk: OpenNotebook, name: str, about: str) -> Dialog | None:
    """Open the dialog of that name, about the same thing as before; None where that is not to be had any more."""
    from planner.ui.dialogs.passphrases import ADD_PASSPHRASE, AddPassphrase, Passphrases
    from planner.ui.dialogs.person import ADD_PERSON, CHANGE_PERSON, AddPerson, ChangePerson
    from planner.ui.with_someone import turn_to

    dialog: Dialog | None = None
    if name == ADD_PERSON:

        def added(person: Person) -> None:
            turn_to(desk, person.id)

        dialog = AddPerson(desk, desk, "", added)
    elif name == CHANGE_PERSON:
        person = next((each for each in desk.session.people() if each.id == about), None)
        dialog = ChangePerson(desk, desk, person) if person is not None else None
    elif name == ADD_PASSPHRASE:
        dialog = AddPassphrase(desk, desk, lambda: desk.ask(Passphrases(desk, desk, lambda: None)))
    if dialog is not None:
        desk.ask(dialog)
    return dialog
