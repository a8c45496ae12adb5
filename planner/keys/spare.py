"""A spare key: random characters that are easy to copy by hand and tell where they were copied wrong.

Seven groups of five characters, without 0, O, 1 and I. The first four of a group are random (7 x 4 x 5 = 140 bits),
the fifth checks the group and its place, so that a slip is shown as "look at group 3" before anything is derived.
"""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS = 7
_FREE = 4
# Odd weights notice every single wrong character; different ones notice nearly every swap of two neighbours.
_WEIGHTS = (1, 3, 5, 7)
_PLACE_WEIGHT = 9


def make_spare_key() -> str:
    """A new spare key, for example ``7KQ2M-…`` (41 characters with its six dashes)."""
    groups = []
    for place in range(_GROUPS):
        free = "".join(secrets.choice(_ALPHABET) for _ in range(_FREE))
        groups.append(free + _check(free, place))
    return "-".join(groups)


def spare_key_form(text: str) -> str | None:
    """A spare key as it is derived from (35 characters, no dashes), or ``None`` when the text is not a spare key.

    Small letters, spaces and dashes of any number are all the same.
    """
    groups = _groups(text)
    if groups is None or any(not _right(group, place) for place, group in enumerate(groups)):
        return None
    return "".join(groups)


def wrong_groups(text: str) -> tuple[int, ...]:
    """Which groups (1 to 7) of something that looks like a spare key were copied wrong; empty when it is not one."""
    groups = _groups(text)
    if groups is None:
        return ()
    return tuple(place + 1 for place, group in enumerate(groups) if not _right(group, place))


def _groups(text: str) -> list[str] | None:
    size = _FREE + 1
    plain = "".join(text.upper().replace("-", " ").split())
    if len(plain) != _GROUPS * size or any(each not in _ALPHABET for each in plain):
        return None
    return [plain[start : start + size] for start in range(0, len(plain), size)]


def _right(group: str, place: int) -> bool:
    return group[_FREE] == _check(group[:_FREE], place)


def _check(free: str, place: int) -> str:
    total = _PLACE_WEIGHT * place
    for weight, each in zip(_WEIGHTS, free, strict=True):
        total += weight * _ALPHABET.index(each)
    return _ALPHABET[total % len(_ALPHABET)]
