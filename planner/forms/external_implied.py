"""Lists that a form uses without declaring them, as forms did before there were external instances.

``pulldata('fruits', …)`` and ``search('fruits')`` mean ``fruits.csv``; the ``query`` of an external select means a list
in ``itemsets.csv`` (XLSForm reference, "Data preloading" and "Database-backed fast external itemsets").
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_PULLED = re.compile(r"\bpulldata\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
_SEARCHED = re.compile(r"\bsearch\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
_ASKED = re.compile(r"\binstance\(\s*(?:'([^'<>]+)'|\"([^\"<>]+)\")")
MOST_IMPLIED = 100


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
