"""What an edit or a merge did, in words a session can use without loading the documents' engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

JSONValue = Any

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is; may raise :class:`planner.plan.Cancelled`."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an edit, as JSON values.

    ``None`` before or after means that the record itself was absent; no field of a record is ever ``None``.
    ``rivals_before`` are the values that stood beside ``before`` and were settled by this edit.
    """

    record: str
    kind: str
    field: str
    before: JSONValue
    after: JSONValue
    rivals_before: tuple[JSONValue, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did to this copy. All are ids of records.

    ``added`` are new here. ``changed`` read differently than before. ``erased`` were deleted for good in the other
    copy and are gone here. ``brought_back`` were removed or deleted on one side while the other side changed them:
    they are kept, and someone should look. ``rivals`` names the fields for which more than one value is kept, for each
    record that this merge touched.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    brought_back: tuple[str, ...] = ()
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether this copy reads exactly as before."""
        return not (self.added or self.changed or self.erased or self.brought_back)
