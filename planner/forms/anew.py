"""A form's XML written anew: taken apart where it was read, put together here out of plain words.

A stranger's XML is parsed in a process of its own, and what leaves that process is no XML but a list of pieces. The
process beside the open store makes text of them by itself: elements, attributes and words, no document type, no
entity, no comment, no encoding but one. So its parser is given nothing that a stranger wrote, however the pieces came
about. The same form always makes the same text, and text that was made so makes itself again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from planner.forms.safe_xml import LARGEST_FILE, MOST_ELEMENTS
from planner.forms.trouble import FormUnreadable
from planner.words import _

Pieces = tuple[str, ...]
"""Each begins with what it is: ``<`` an element and its name, ``@`` an attribute (name, ``=``, value), ``"`` words,
``>`` the end of the element. A first one that is ``?`` alone stands for the other beginning."""

DEEPEST = 250
"""Elements within elements; the parser itself gives up at 256."""

BEGINNING = '<?xml version="1.0"?>'
OTHER_BEGINNING = "<?xml version='1.0' encoding='utf-8'?>\n"
"""How forms with translated titles have begun since there are such, so that those that are kept stay the same."""

_NAME = re.compile(r"[^\W\d][\w.\-]{0,300}(?::[^\W\d][\w.\-]{0,300})?")
# What XML 1.0 (section 2.2) cannot hold.
_UNKEEPABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces_of(document: bytes) -> Pieces:
    """Take XML apart; comments and instructions are left out.

    Raises:
        FormUnreadable: it is no XML, too large, or declares what a form never needs.
    """
    from xml.parsers import expat

    from lxml import etree

    from planner.forms.safe_xml import parse_xml

    # In one encoding, with every entity that is allowed resolved, and namespaces declared where they are used.
    plain = etree.tostring(parse_xml(document), encoding="utf-8", with_tail=False)
    found: list[str] = ["?"] if document.startswith(OTHER_BEGINNING.encode()) else []

    def begin(name: str, attributes: list[str]) -> None:
        found.append(f"<{name}")
        found.extend(f"@{attributes[i]}={attributes[i + 1]}" for i in range(0, len(attributes), 2))

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: found.append(">")
    parser.CharacterDataHandler = lambda text: found.append(f'"{text}')
    try:
        parser.Parse(plain, True)
    except expat.ExpatError as trouble:
        raise _unreadable() from trouble
    return tuple(found)


def put_together(pieces: Iterable[str]) -> bytes:
    """The text of these pieces.

    Raises:
        FormUnreadable: they make no document, or one that is too large or too deep.
    """
    whole = "".join(_texts(pieces))
    if _UNKEEPABLE.search(whole):
        raise _unreadable()
    made = whole.encode()
    if len(made) > LARGEST_FILE:
        raise FormUnreadable(_("This file is too large to be a form."))
    return made


def written_anew(document: bytes) -> bytes:
    """The same form, written as we write it. Raises as :func:`pieces_of` and :func:`put_together`."""
    return put_together(pieces_of(document))


def _texts(pieces: Iterable[str]) -> Iterator[str]:
    pieces = iter(pieces)
    first = next(pieces, "")
    yield OTHER_BEGINNING if first == "?" else BEGINNING
    above: list[str] = []
    count = 0
    begun = False  # whether the element that was begun last may still have attributes
    for piece in pieces if first == "?" else chain([first], pieces):
        kind, rest = piece[:1], piece[1:]
        if kind == "@" and begun:
            name, _equals, value = rest.partition("=")
            yield f' {_named(name)}="{_quoted(value)}"'
            continue
        if kind == "<" and (above or not count):
            count += 1
            if len(above) >= DEEPEST:
                raise FormUnreadable(_("This form is nested too deeply to be opened."))
            if count > MOST_ELEMENTS:
                raise FormUnreadable(_("This file is too large to be a form."))
            yield f"{'>' if begun else ''}<{_named(rest)}"
            above.append(rest)
            begun = True
        elif kind == '"' and above:
            yield f"{'>' if begun else ''}{_said(rest)}"
            begun = False
        elif kind == ">" and not rest and above:
            name = above.pop()
            yield "/>" if begun else f"</{name}>"
            begun = False
        else:
            raise _unreadable()
    if above or not count:
        raise _unreadable()


def _named(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise _unreadable()
    return name


def _said(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    plain = _said(text).replace('"', "&quot;")
    return plain.replace("\t", "&#9;").replace("\n", "&#10;")


def _unreadable() -> Any:
    return FormUnreadable(_("This file could not be read as a form."))
