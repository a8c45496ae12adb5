"""What every record of a plan is; the kinds themselves stand in :mod:`planner.plan.records`."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar

from planner.plan.life import Section

JSONValue = Any


def new_id() -> str:
    """A random name for a record: 96 bits, carrying no meaning, because names outlive what they named."""
    return secrets.token_urlsafe(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records share.

    ``origin`` names the entity of a guided form that proposed the record (``form/entity``), so that answering again
    updates it. ``removed`` marks a record that waits for its real deletion. ``rivals`` maps a field to the other
    values that a merge brought beside the one shown, until someone chooses; it is read, never stored as a field.
    """

    kind: ClassVar[str] = ""
    NOT_STORED: ClassVar[frozenset[str]] = frozenset({"id", "rivals"})

    id: str = field(default_factory=new_id)
    origin: str = ""
    removed: bool = False
    rivals: Mapping[str, tuple[JSONValue, ...]] = field(default_factory=dict, compare=False)

    def home(self) -> Section:
        """The section in which this record is kept."""
        return Section.EVERYDAY

    def title_text(self) -> str:
        """The words by which a person would recognise this record."""
        return ""

    def to_fields(self) -> dict[str, JSONValue]:
        """The stored fields as plain JSON values, without the id and the rivals."""
        out: dict[str, JSONValue] = {}
        for each in fields(self):
            if each.name in self.NOT_STORED:
                continue
            value = getattr(self, each.name)
            if isinstance(value, StrEnum):
                value = value.value
            elif isinstance(value, tuple):
                value = [dict(item) if isinstance(item, Mapping) else item for item in value]
            out[each.name] = value
        return out
