"""What older forms leave unsaid: the lists they use, and the namespace of their elements.

``pulldata('fruits', …)`` and ``search('fruits')`` mean ``fruits.csv``; the ``query`` of an external select means a list
in ``itemsets.csv`` (XLSForm reference, "Data preloading" and "Database-backed fast external itemsets").
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

XFORMS = "http://www.w3.org/2002/xforms"

_PULLED = re.compile(r"\bpulldata\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
_SEARCHED = re.compile(r"\bsearch\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
_ASKED = re.compile(r"\binstance\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
MOST_IMPLIED = 100


def in_xforms(html: Any) -> Any:
    """The form with its plain elements in the namespace of XForms, where it names none for them."""
    if next(html.iter("model"), None) is not None:
        for element in html.iter():
            if not etree.QName(element).namespace:
                element.tag = f"{{{XFORMS}}}{element.tag}"
    return html


def add_implied(instances: Any, html: Any) -> None:
    """Put an empty instance with its source among ``instances`` for each list used in ``html`` and not declared."""
    known = {each.get("id") for each in instances}
    for name, source in _implied(html):
        if name not in known and len(known) < MOST_IMPLIED:
            known.add(name)
            etree.SubElement(instances, "instance", {"id": name, "src": source})


def _implied(html: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for element in html.iter():
        for key, value in element.attrib.items():
            if "pulldata" in value:
                found.extend(_csv(one or two) for one, two in _PULLED.findall(value))
            if key == "appearance" and "search" in value:
                found.extend(_csv(one or two) for one, two in _SEARCHED.findall(value))
            if key == "query":
                found.extend((one or two, "jr://file-csv/itemsets.csv") for one, two in _ASKED.findall(value))
    return found


def _csv(name: str) -> tuple[str, str]:
    name = name.strip()
    return name, f"jr://file-csv/{name if name.lower().endswith('.csv') else name + '.csv'}"
