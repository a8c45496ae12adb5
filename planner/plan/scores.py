"""Numbers that a clinician gave: the total of a known set of questions and the day; never the questions or answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from planner.plan.life import Section
from planner.plan.record_base import Record

INSTRUMENTS: dict[str, str] = {
    "pc-ptsd-5": "PC-PTSD-5",
    "pcl-5": "PCL-5",
    "phq-9": "PHQ-9",
    "gad-7": "GAD-7",
    "who-5": "WHO-5",
}
"""By id, the names under which clinicians know them; the same in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Record):
    """One number. ``total`` is -1 while it is not said; ``by`` says who told it.

    ``mine_alone`` is true at first: a court may ask for such numbers, and they are told nowhere else.
    """

    kind: ClassVar[str] = "score"

    instrument: str = ""
    total: int = -1
    day: str = ""
    by: str = ""
    mine_alone: bool = True

    def home(self) -> Section:
        return Section.MINE_ALONE if self.mine_alone else Section.HEALTH

    def title_text(self) -> str:
        return INSTRUMENTS.get(self.instrument, self.instrument)
