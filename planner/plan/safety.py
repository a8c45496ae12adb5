"""What somebody keeps for days that are not calm: short lines in a few groups, hers alone unless she says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from planner.plan.life import Section
from planner.plan.record_base import Record
from planner.words import N_, _


class SafetyGroup(StrEnum):
    """What a line is about, in the order in which the groups are shown."""

    SIGN = "sign"
    CALM = "calm"
    PERSON = "person"
    PLACE = "place"
    DEVICE = "device"
    CONTACTED = "contacted"
    WAY_OUT = "way-out"


_WORDS: dict[SafetyGroup, str] = {
    SafetyGroup.SIGN: N_("Signs that a day is getting hard"),
    SafetyGroup.CALM: N_("What calms me"),
    SafetyGroup.PERSON: N_("People"),
    SafetyGroup.PLACE: N_("Places"),
    SafetyGroup.DEVICE: N_("Phone and accounts"),
    SafetyGroup.CONTACTED: N_("If somebody writes or calls again"),
    SafetyGroup.WAY_OUT: N_("Ways out"),
}
ICONS: dict[SafetyGroup, str] = {
    SafetyGroup.SIGN: "show",
    SafetyGroup.CALM: "moment",
    SafetyGroup.PERSON: "people",
    SafetyGroup.PLACE: "pin",
    SafetyGroup.DEVICE: "phone",
    SafetyGroup.CONTACTED: "message",
    SafetyGroup.WAY_OUT: "wayround",
}


def group_words(group: SafetyGroup) -> str:
    """What a group is called on the page and on paper."""
    return _(_WORDS[group])


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyLine(Record):
    """One line of her own page. ``phone`` is a number as she wrote it, or empty.

    ``on_card`` puts it onto the card for the wallet, where ``card_words`` stand for it if there are any; no line is
    there at first. ``mine_alone`` is true at first, other than for every other kind: where she goes and whom she calls
    is what harms most in the wrong hands.
    """

    kind: ClassVar[str] = "safety-line"

    group: SafetyGroup = SafetyGroup.CALM
    line: str = ""
    phone: str = ""
    on_card: bool = False
    card_words: str = ""
    mine_alone: bool = True
    order: str = ""

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else Section.SAFETY

    def title_text(self) -> str:
        return self.line
