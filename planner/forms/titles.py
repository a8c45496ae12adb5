"""The title of a form in each of its languages.

An XLSForm has one title (``form_title``; XLSForm reference, "Settings worksheet"). A column beside it that is written
as columns of labels are, ``form_title::Español (es)``, is ours; in the XForm such a title is one more translated text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lxml import etree

from planner.forms.safe_xml import parse_xml
from planner.forms.wording import language_code

if TYPE_CHECKING:
    from planner.forms.definition import Definition

TEXT_ID = "planner:title"
# What XML 1.0 (section 2.2) cannot hold.
_UNKEEPABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMN = "form_title"
_XFORMS = "{http://www.w3.org/2002/xforms}"


def take_titles(book: Any) -> dict[str, str]:
    """Take the translated titles out of the settings of a workbook that pyxform has read; by language as it is written.

    pyxform knows no such columns. Where they stand alone, the first of them is the form's own title.
    """
    titles: dict[str, str] = {}
    rows = []
    for number, row in enumerate(book.settings or ()):
        kept = {}
        for header, value in row.items():
            if not _translated(header):
                kept[header] = value
            elif number == 0 and str(value or "").strip():
                titles[str(header).partition("::")[2].strip()] = str(value).strip()
        if titles and not kept.get(_COLUMN) and number == 0:
            kept[_COLUMN] = next(iter(titles.values()))
        rows.append(kept)
    if titles:
        headers = [each for row in book.settings_header or () for each in row if not _translated(each)]
        book.settings = rows
        book.settings_header = [dict.fromkeys([*headers, _COLUMN])]
    return titles


def _translated(header: object) -> bool:
    first, colons, _language = str(header).partition("::")
    return bool(colons) and first.strip().lower() == _COLUMN


def with_titles(xform: bytes, titles: Mapping[str, str]) -> bytes:
    """An XForm that pyxform made, with these titles among its translated texts; languages it has not are left out.

    Raises:
        FormUnreadable: what was made of an odd table is no XML.
    """
    if not titles:
        return xform
    root = parse_xml(xform)
    for translation in root.iter(f"{_XFORMS}translation"):
        title = _UNKEEPABLE.sub("", titles.get(translation.get("lang", ""), ""))
        if title:
            text = etree.SubElement(translation, f"{_XFORMS}text", id=TEXT_ID)
            etree.SubElement(text, f"{_XFORMS}value").text = title
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def titles_of(definition: Definition) -> dict[str, str]:
    """The translated titles of a form by language code; empty where it has none."""
    found = {}
    for language in definition.languages:
        parts = definition.words_of(TEXT_ID, language) or ()
        title = " ".join("".join(text for text, _expression in parts).split())
        if title:
            found[language_code(language)] = title
    return found
