"""What the tests of hostile forms share.

``watched`` ends what takes minutes, so that a hostile form fails its test instead of stopping all of them; it measures
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.forms.check import Status, check_file
from tests.forms.workbooks import Book
from tests.fuzz.run import one

MINUTES = 60.0
BOOK: Book = {"survey": [["type", "name", "label"], ["text", "a", "A"]], "settings": [["form_title"], ["T"]]}
MORE, FAR, DAMAGED = "unpacks to far more", "too large", "damaged"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(10))
    + "]><x>&k;</x>"
)


def watched(work: Callable[[], object]) -> None:
    """Do it, and fail where it takes minutes of the processor's time."""
    trace = one(lambda _data: work(), b"", MINUTES)
    assert not trace, trace


def refused(data: bytes, name: str, folder: Path) -> str:
    """The sentence with which a file is refused."""
    path = folder / name
    path.write_bytes(data)
    report = check_file(path)
    assert report.status is Status.UNREADABLE
    return report.sentence
