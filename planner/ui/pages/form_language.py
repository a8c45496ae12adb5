"""The language in which a form asks, changed in the middle; answers and place stay."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from planner.ui.kit.buttons import Button
from planner.ui.kit.floats import Menu, MenuItem
from planner.words import LANGUAGES, _, language

if TYPE_CHECKING:
    from planner.session.filling_desk import FillingDesk

_CODE = re.compile(r"\s*\(([^()]*)\)\s*\Z")


def plain_name(name: str) -> str:
    """A language of a form as people call it: ``Español (es)`` is Español."""
    return _CODE.sub("", name).strip() or name


def code_of(name: str) -> str:
    """The code in a language's name, in small letters; empty where there is none."""
    found = _CODE.search(name)
    return found[1].strip().lower() if found else ""


class LanguageButton(Button):
    """Says the language in use and offers the others.

    ``chosen`` carries a language of the form, ``all_of_it`` the code of one that the whole program speaks.
    """

    chosen = Signal(str)
    all_of_it = Signal(str)

    def __init__(self) -> None:
        super().__init__("", "quiet", icon="globe", on=self.open_menu)
        self._table: FillingDesk | None = None
        self.offers_all = True
        """Whether the program itself can be brought to speak another language from here."""

    def take(self, table: FillingDesk | None) -> None:
        """Another filling is on the screen, or its language is another one."""
        self._table = table
        if table is not None and self.offered:
            name = plain_name(table.filling.language)
            self.set_words(name, _("The questions are in {language}").format(language=name))

    @property
    def offered(self) -> bool:
        """Whether there is a choice."""
        return self._table is not None and len(self._table.filling.form.languages) > 1

    def items(self) -> list[MenuItem]:
        """The languages of the form; and all of the program in the one in use, where it speaks it."""
        if self._table is None:
            return []
        here = self._table.filling.language
        found = [
            MenuItem(plain_name(each), on=partial(self.chosen.emit, each), checked=each == here)
            for each in self._table.filling.form.languages
        ]
        code = code_of(here)
        if self.offers_all and code in LANGUAGES and code != language():
            words = _("Everything in {language}").format(language=LANGUAGES[code])
            found.append(MenuItem(words, "settings", on=partial(self.all_of_it.emit, code), rule_above=True))
        return found

    def open_menu(self) -> None:
        """Offer them."""
        Menu(self, self.items()).open()
