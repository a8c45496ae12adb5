"""XML from outside, parsed with everything refused that could fetch, grow or hide something."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from planner.forms.trouble import FormUnreadable
from planner.words import _

LARGEST_FILE = 20_000_000
MOST_ELEMENTS = 200_000

_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_ENCODING = re.compile(r"""(\A\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")


def xml_bytes(document: bytes | str) -> bytes:
    """The bytes of a document; of a text, which is read already, what it says of its encoding is left out."""
    if isinstance(document, bytes):
        return document
    return _ENCODING.sub(r"\1", document, count=1).encode("utf-8", "surrogatepass")


def has_declarations(data: bytes) -> bool:
    """Whether a document type or an entity is declared, in any encoding an XML parser would accept unasked."""
    upper = data.upper()
    return any(word.encode(code) in upper for word in _FORBIDDEN for code in ("ascii", "utf-16-le", "utf-16-be"))


def parse_xml(data: bytes) -> Any:
    """The root element.

    Raises:
        FormUnreadable: no XML, too large, or with a document type (entities, external files).
    """
    if len(data) > LARGEST_FILE:
        raise FormUnreadable(_("This file is too large to be a form."))
    if has_declarations(data):
        raise FormUnreadable(_("This file holds declarations that a form never needs, so it was not opened."))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise FormUnreadable(_("This file could not be read as a form.")) from trouble
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormUnreadable(_("This file holds declarations that a form never needs, so it was not opened."))
    if sum(1 for _each in root.iter()) > MOST_ELEMENTS:
        raise FormUnreadable(_("This file is too large to be a form."))
    return root
