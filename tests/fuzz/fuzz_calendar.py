"""Calendar files changed at random and read: an answer for each, in time, and nothing but what was agreed.

python -m tests.fuzz.fuzz_calendar SECONDS [FOLDER FOR FINDS] [FIRST RANDOM NUMBER]
"""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from pathlib import Path

from planner.exchange.calendar_lines import NotACalendar
from planner.exchange.calendar_read import read_calendar
from planner.exchange.calendar_write import Told, write_whole
from planner.plan.agenda import occurrences
from planner.plan.clock import read_wall
from planner.plan.records import Appointment
from tests.fuzz.run import main

SEEDS = Path(__file__).parent / "seeds" / "calendar"
TODAY = date(2026, 3, 12)


def read(data: bytes) -> None:
    """Read a file; what comes of it can be shown, stored, and written again."""
    try:
        found = read_calendar(data, "America/New_York", lambda _done, _of: None)
    except NotACalendar:
        return
    for left in found.not_understood:
        assert left.reason
        if left.day:
            read_wall(left.day)
    for coming in found.coming[:50]:
        record = coming.appointment()
        assert record.title == record.title.strip()
        shown = record.title + record.place
        assert shown.encode() == shown.encode("utf-8", "replace")
        assert not any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in shown)
        read_wall(record.starts)
        assert Appointment(**record.to_fields()).uid == coming.uid != ""
        for each in coming.times:
            read_wall(each.occurrence)
            if each.new_starts:
                read_wall(each.new_starts)
        occurrences(record, (), date(2026, 1, 1), date(2026, 6, 1), strict=True)
        written = write_whole(record, (), Told(titles=True, places=True), TODAY)
        again = read_calendar(written, "America/New_York", lambda _done, _of: None)
        assert len(again.coming) == 1, again.not_understood


if __name__ == "__main__":
    main(read, SEEDS, sys.argv[1:])
