"""What an expression can see beside the document: the clock, the language, the node it stands at."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from planner.forms.xpath.convert import child_text, node_text


class Surroundings:
    """The plain surroundings of an expression tried alone; a filling has its own.

    ``current`` is the node at which evaluation began (``current_attribute`` names an attribute of it), ``hidden`` the
    nodes that do not apply at the moment.
    """

    current: Any = None
    current_attribute: str = ""
    hidden: AbstractSet[Any] = frozenset()

    def now(self) -> datetime:
        """The present moment with its offset."""
        return datetime.now().astimezone()

    def language_code(self) -> str:
        """The language in use, as ``en``."""
        return "en"

    def current_text(self) -> str:
        """The text of the node at which evaluation began."""
        if self.current is None:
            return ""
        return self.current.get(self.current_attribute, "") if self.current_attribute else node_text(self.current)

    def form_version(self) -> str:
        """The version of the form, empty where there is none."""
        return ""

    def itext(self, text_id: str) -> str:  # noqa: ARG002 - nothing is known here
        """The translated text with this id, empty when there is none."""
        return ""

    def choice_name(self, value: str, path: str) -> str:  # noqa: ARG002 - nothing is known here
        """The label of a choice of the question at ``path``."""
        return value

    def item(self, instance_id: str, column: str, value: str) -> Any:
        """The first item of a list that has this value in this column; None when there is none."""
        for instance in self.instance(instance_id):
            for item in instance.iterfind("root/item"):
                if child_text(item, column) == value:
                    return item
        return None

    def chance(self) -> int | None:
        """The seed of a shuffle for which the form gives none; None for a new order each time."""
        return None

    def instance(self, instance_id: str) -> list[Any]:
        """The secondary instance with this id, as a set of one node or none."""
        if self.current is None:
            return []
        root = self.current.getroottree().getroot()
        return [node for node in root.iter("{*}instance") if node.get("id") == instance_id][:1]
