"""Lets another process of the same person read this one, also where the kernel lets only parents do so."""

from __future__ import annotations

import ctypes

_PR_SET_PTRACER = 0x59616D61
_ANYONE = ctypes.c_ulong(-1)


def may_be_read() -> None:
    """Of no effect where the kernel has no such rule; what :mod:`planner.system.harden` does is not undone by it."""
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYONE, 0, 0, 0)
