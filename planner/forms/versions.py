"""Answers given under one version of a form, laid under another: what stays, what has moved, what is new, what is gone.

A question keeps its answer while its path is the same. One that has moved to another group is known by its name, as
long as only one of that name has gone and only one has come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from planner.forms.definition import Definition
from planner.forms.live import Live
from planner.forms.schema import Node

_PART = re.compile(r"([^\[\]]+)((?:\[\d+\])?)\Z")


def plain(node: Node) -> str:
    """The path of a node without prefixes: ``/data/meta/instanceID``."""
    return "/".join(part.rsplit(":", 1)[-1] for part in node.path.split("/"))


class Crossing:
    """Kept answers (their root element) seen from a form of another version."""

    def __init__(self, definition: Definition, saved: Any) -> None:
        self._elements: dict[str, list[Any]] = defaultdict(list)
        self._attributes: set[str] = set()
        self._read(saved)
        nodes = {plain(node): node for node in definition.nodes.values()}
        came, went = defaultdict(list), defaultdict(list)
        for path, node in nodes.items():
            if not node.attribute and path not in self._elements:
                came[node.name].append(node)
        for path in self._elements:
            if path not in nodes:
                went[path.rsplit("/", 1)[-1]].append(path)
        self._moved: dict[Node, str] = {}
        for name, there in came.items():
            if len(there) == 1 and len(went.get(name, ())) == 1 and self._fits(there[0], went[name][0]):
                self._moved[there[0]] = went[name][0]
        left = set(self._moved.values())
        self.new = tuple(
            sorted(
                path
                for path, node in nodes.items()
                if node.control is not None and path not in self._elements and not self._has_moved(node)
            )
        )
        self.gone = tuple(sorted(path for path in self._elements if path not in nodes and not self._inside(path, left)))
        self.moved = {old: plain(node) for node, old in self._moved.items()}
        """Where what stood at a path stands now."""

    def _read(self, saved: Any) -> None:
        stack = [(saved, f"/{etree.QName(saved).localname}")]
        while stack:
            element, path = stack.pop()
            self._elements[path].append(element)
            self._attributes.update(f"{path}/@{etree.QName(name).localname}" for name in element.attrib)
            children = [each for each in element if isinstance(each.tag, str)]
            stack.extend((child, f"{path}/{etree.QName(child).localname}") for child in reversed(children))

    def _fits(self, node: Node, path: str) -> bool:
        """Whether what stood at a path can stand at a node: a question for a question, and several only in a repeat.

        Into another repeat nothing moves: nobody knows which of its instances it belongs to.
        """
        if any(each.repeat for each in node.up() if each is not node):
            return False
        elements = self._elements[path]
        holds = any(len(each) for each in elements)
        inner = any(not each.attribute for each in node.children)
        return (not holds or inner) and (not inner or holds) and (node.repeat or len(elements) == 1)

    def _has_moved(self, node: Node) -> bool:
        return any(each in self._moved for each in node.up()) and plain(node) not in self._came_inside()

    def _came_inside(self) -> set[str]:
        """What is new inside of what has moved."""
        out: set[str] = set()
        for node, old in self._moved.items():
            start = plain(node)
            out.update(
                plain(each)
                for each in node.walk()
                if each is not node and old + plain(each)[len(start) :] not in self._elements
            )
        return out

    @staticmethod
    def _inside(path: str, left: set[str]) -> bool:
        return any(path == each or path.startswith(f"{each}/") for each in left)

    def elements(self, node: Node) -> list[Any]:
        """The elements that stood elsewhere and belong to a node now."""
        return self._elements[self._moved[node]] if node in self._moved else []

    def fresh(self, live: Live) -> bool:
        """Whether nothing was kept of a node, because the form did not have it."""
        path = plain(live.node)
        there = path in (self._attributes if live.node.attribute else self._elements)
        return not there and not any(each in self._moved for each in live.node.up())


def followed(ref: str, moved: Mapping[str, str]) -> Iterator[str]:
    """A ref, and where it leads after what it names has moved."""
    yield ref
    parts = ref.split("/")[1:]
    matches = [_PART.match(part) for part in parts]
    if not all(matches):
        return
    names = [match[1] for match in matches if match]
    for length in range(len(names), 0, -1):
        new = moved.get("/" + "/".join(names[:length]))
        if new is not None:
            last = matches[length - 1]
            yield "/".join([new + (last[2] if last else ""), *parts[length:]])
