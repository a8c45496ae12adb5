"""The words that ``or_other`` adds to a list (XLSForm reference, "Specify other"), in the languages of the form.

pyxform writes them in English into each of its languages. Where the languages are known here, they are said in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from planner.forms.wording import language_code

_OR_OTHER = re.compile(r"select[ _]\S+(?: \w+)*? (\S+) or[ _](?:specify[ _])?other\s*\Z", re.IGNORECASE)
_TRANSLATION = re.compile(r'(<translation\b[^>]*\blang="([^"]*)"[^>]*>)(.*?)(</translation>)', re.DOTALL)
_CHOICE, _QUESTION = "Other", "Specify other."
_ASKED = f"<label>{_QUESTION}</label>"
_ID = "planner-specify-other:label"

# In the language of the form, whatever the program speaks: so these are not among the messages.
_SPANISH = ("Otro", "Otro: ¿cuál?")
_WORDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("en", "eng", "english"), (_CHOICE, _QUESTION)),
    **dict.fromkeys(("es", "spa", "español", "spanish", "castellano"), _SPANISH),
}


def lists_with_other(rows: Iterable[Mapping[Any, Any]]) -> frozenset[str]:
    """The lists to which "Other" is added, by the types on the survey sheet."""
    types = (" ".join(str(row.get("type") or "").split()) for row in rows)
    return frozenset(match[1] for each in types if (match := _OR_OTHER.match(each)))


def say_other(xform: str, lists: frozenset[str]) -> tuple[str, bool]:
    """Put the words into an XForm of pyxform's; also whether one of its languages is not known here."""
    if not lists or "<translation" not in xform:
        return xform, False
    unknown = False
    choice = re.compile(rf'(<text id="(?:{"|".join(map(re.escape, sorted(lists)))})-\d+"><value>){_CHOICE}(</value>)')

    def said(match: re.Match[str]) -> str:
        nonlocal unknown
        words = _WORDS.get(language_code(match[2]))
        unknown = unknown or words is None
        other, asked = words or (_CHOICE, _QUESTION)
        body = choice.sub(rf"\g<1>{other}\g<2>", match[3])
        return f'{match[1]}{body}<text id="{_ID}"><value>{asked}</value></text>{match[4]}'

    return _TRANSLATION.sub(said, xform).replace(_ASKED, f"<label ref=\"jr:itext('{_ID}')\"/>"), unknown
