"""Rooms of an open notebook that are opened when first asked for; those before them stand in :mod:`.core`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, cast

from planner.session.types import Mode
from planner.settings import EVERYDAY

if TYPE_CHECKING:
    from planner.session.core import Session
    from planner.session.directory import Directory
    from planner.session.looking import Looking
    from planner.session.packs import Packs
    from planner.session.retention import Retention


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

    @cached_property
    def looking(self) -> Looking:
        """Whose pages were opened, and when the notebook was open before."""
        from planner.session.looking import Looking

        return Looking(cast("Session", self))

    @cached_property
    def retention(self) -> Retention:
        """What was kept long enough: announced, then removed."""
        from planner.session.retention import Retention

        return Retention(cast("Session", self))

    @property
    def everyday(self) -> bool:
        """Whether this notebook shows only the pages for every day."""
        session = cast("Session", self)
        return bool(session.mode is Mode.FOR_ME and session.setting("contents") == EVERYDAY)
