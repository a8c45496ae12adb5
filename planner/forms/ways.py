"""Ways of not answering, kept beside the answers and never in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """What can be chosen in place of an answer."""

    NOT_NOW = "not-now"
    RATHER_NOT = "rather-not"
    WITH_SOMEONE = "with-someone"


@dataclass(slots=True)
class Kept:
    """A way that was chosen, and the answer that stood there, should it be taken back."""

    way: Way
    answer: str = ""
