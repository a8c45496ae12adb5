"""From what a person knows or holds to the key of the data."""

from __future__ import annotations

from planner.keys.cost import Cost, calibrate
from planner.keys.errors import (
    KeysDamaged,
    KeysDowngraded,
    KeysMissing,
    KeysTooCostly,
    KeysTooNew,
    NotEnoughMemory,
    SharesOpenNothing,
    WrongPassphrase,
)
from planner.keys.keyfile import DataKey, KeyFile, SlotInfo, SlotKind, Unlocked
from planner.keys.passphrase import Strength, make_passphrase, passphrase_strength
from planner.keys.spare import make_spare_key, wrong_groups

__all__ = [
    "Cost",
    "DataKey",
    "KeyFile",
    "KeysDamaged",
    "KeysDowngraded",
    "KeysMissing",
    "KeysTooCostly",
    "KeysTooNew",
    "NotEnoughMemory",
    "SharesOpenNothing",
    "SlotInfo",
    "SlotKind",
    "Strength",
    "Unlocked",
    "WrongPassphrase",
    "calibrate",
    "make_passphrase",
    "make_spare_key",
    "passphrase_strength",
    "wrong_groups",
]
