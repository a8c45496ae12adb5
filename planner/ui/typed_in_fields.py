"""What stands in the fields of a screen and may be kept nowhere yet: noticed before a lock, put back after unlocking.

Pages keep what they know of by themselves (their drafts); this holds the rest, so that no field is left out. What opens
something, and what leaves with a file, is never among it (:attr:`planner.ui.kit.fields.Field.is_kept`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from planner.ui.kit.dialogs import Dialog

TextField: TypeAlias = QLineEdit | QPlainTextEdit
Words: TypeAlias = list[dict[str, Any]]


class Typing:
    """In which fields a hand has typed, on a screen with a page and in the dialog above it.

    To be made while they still have the keyboard: a field that is left may forget that it was typed in.
    """

    def __init__(self, screen: QWidget) -> None:
        window = screen.window()
        keyboard = window.focusWidget()
        dialogs = [each for each in window.findChildren(Dialog) if each.reopens and each.isVisibleTo(window)]
        self._below = _typed_in(screen, keyboard)
        self._above = _typed_in(dialogs[-1], keyboard) if dialogs else []
        self._reopens = dialogs[-1].reopens if dialogs else None

    def kept(self) -> dict[str, Any]:
        """What stands there now, as JSON values; empty where nobody was typing and no dialog has words in it."""
        below, above = _words(self._below), _words(self._above)
        # What the page took from the field meanwhile is kept there: then the page is enough.
        if not above and not any(here for *_found, here, _words in self._below):
            return {}
        return {"below": below, "above": above, "dialog": list(self._reopens or ()) if above else []}


def put_back(screen: QWidget, kept: dict[str, Any], reopen: Callable[[str, str], Dialog | None]) -> None:
    """Put back what :meth:`Typing.kept` gave, and the keyboard; what stands in a field already is left alone.

    ``reopen`` opens the dialog that was above; None where it cannot be had any more.
    """
    _fill(screen, kept.get("below", []))
    if kept.get("dialog"):
        name, about = kept["dialog"]
        dialog = reopen(name, about)
        if dialog is not None:
            _fill(dialog, kept.get("above", []), over=True)


_Found: TypeAlias = list[tuple[str, int, TextField, bool, str]]


def _typed_in(screen: QWidget, keyboard: QWidget | None) -> _Found:
    """What was typed there, as it stands now where a page that cannot read it may put something else in its place."""
    return [
        (name, number, field, field is keyboard, _text(field) if _begins_filled(field) else "")
        for (name, number), field in _places(screen).items()
        if _was_typed_in(field)
    ]


def _words(found: _Found) -> Words:
    return [
        {"field": name, "number": number, "words": words or _text(field), "here": here}
        for name, number, field, here, words in found
        if isValid(field) and (words or _text(field)).strip()
    ]


def _fill(screen: QWidget, words: Words, *, over: bool = False) -> None:
    """``over``: also where something stands already, which nobody typed."""
    places = _places(screen)
    for each in words:
        field = places.get((each["field"], each["number"]))
        if field is None:
            continue
        if over or not _text(field).strip() or (each["here"] and _begins_filled(field)):
            # As if typed again, so that what listens to the field hears of it.
            field.selectAll()
            field.insert(each["words"]) if isinstance(field, QLineEdit) else field.insertPlainText(each["words"])
        if each["here"]:
            field.setFocus(Qt.FocusReason.OtherFocusReason)


def _begins_filled(field: TextField) -> bool:
    return bool(getattr(field, "begins_filled", False))


def _places(screen: QWidget) -> dict[tuple[str, int], TextField]:
    """Every field to be seen on a screen whose words may be kept, by its name and how many of that name come before."""
    found: dict[tuple[str, int], TextField] = {}
    before: dict[str, int] = {}
    fields: list[TextField] = [*screen.findChildren(QLineEdit), *screen.findChildren(QPlainTextEdit)]
    for each in fields:
        if each.isReadOnly() or not each.isVisibleTo(screen) or not getattr(each, "is_kept", True):
            continue
        name = each.accessibleName()
        found[name, before.setdefault(name, 0)] = each
        before[name] += 1
    return found


def _text(field: TextField) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _was_typed_in(field: TextField) -> bool:
    return field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
