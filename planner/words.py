"""Languages and translated text.

English text is the message itself; translations are gettext catalogues under ``resources/locale``, one ``.po`` file
for each room of the program, compiled into one ``planner.mo`` a language when the project is built.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from planner.resources import resource

LANGUAGES: dict[str, str] = {"en": "English", "es": "Español"}

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for translation where it is only kept; :func:`_` translates it where it is shown."""
    return message


def _(message: str) -> str:
    """Translate a message into the language in use."""
    return _catalogue.gettext(message) if message else ""


def n_(one: str, many: str, count: int) -> str:
    """Translate a message with a number: ``n_("{n} step", "{n} steps", count).format(n=count)``."""
    return _catalogue.ngettext(one, many, count)


def c_(context: str, message: str) -> str:
    """Translate a message that means different things in different places."""
    return _catalogue.pgettext(context, message)


def language() -> str:
    """The language in use, as an ISO 639-1 code."""
    return _language


def use_language(code: str) -> None:
    """Switch the language of everything translated from now on; an unknown code falls back to English."""
    global _catalogue, _language
    _language = code if code in LANGUAGES else "en"
    _catalogue = gettext.NullTranslations()
    if _language != "en":
        _catalogue = _translations(_language)


def _translations(code: str) -> gettext.NullTranslations:
    compiled = resource("compiled", "locale", code, "planner.mo")
    if not compiled.is_file():
        return gettext.NullTranslations()
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)


def is_ours(text: str) -> bool:
    """Whether a text is a message of this program, word for word, in the language in use."""
    return text in _messages(_language)


@cache
def _messages(code: str) -> frozenset[object]:
    # Every message is translated, so a translation knows those in English too.
    known = vars(_translations("es" if code == "en" else code)).get("_catalog", {})
    return frozenset(known if code == "en" else known.values()) - {""}


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Translate into another language for a moment, for a paper that is read in it; an unknown one changes nothing."""
    before = _language
    if code in LANGUAGES:
        use_language(code)
    try:
        yield
    finally:
        if before != _language:
            use_language(before)
