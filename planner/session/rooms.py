"""Rooms of an open notebook that are opened when first asked for; those before them stand in :mod:`.core`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.directory import Directory
    from planner.session.packs import Packs


class Rooms:
    """A part of :class:`planner.session.core.Session`."""

    @cached_property
    def directory(self) -> Directory:
        """Places and services: built in, and the notebook's own."""
        from planner.session.directory import Directory

        return Directory(cast("Session", self))

    @cached_property
    def packs(self) -> Packs:
        """Content that others gave."""
        from planner.session.packs import Packs

        return Packs(cast("Session", self))
