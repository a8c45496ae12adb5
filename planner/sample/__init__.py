"""Made-up people, for trying the program out, for pictures, tests and measurements.

Nobody here exists. Phone numbers are from the range that is kept free for stories (555-0100 to 555-0199).
"""

from __future__ import annotations

from planner.sample.ana import sample_plan
from planner.sample.crowd import many_people
from planner.sample.fill import fill, fill_for_me, fill_with_others
from planner.sample.made_up import MadeUpNote, MadeUpPerson
from planner.sample.others import sample_people

# Not a secret: it opens nothing but what was made up.
SAMPLE_PASSPHRASE = "paper boat on a quiet river"

__all__ = [
    "SAMPLE_PASSPHRASE",
    "MadeUpNote",
    "MadeUpPerson",
    "fill",
    "fill_for_me",
    "fill_with_others",
    "many_people",
    "sample_people",
    "sample_plan",
]
