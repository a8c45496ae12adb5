"""Put off, refused, left for later: each mark tells its day, and goes after thirty days, the form closed or open."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forms import Form, Way
from planner.forms.ways import KEPT_DAYS, too_old, without_old_marks

XFORM = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
 <h:head><h:title>T</h:title><model><instance><data id="t"><s><a/><b/></s></data></instance>
  <bind nodeset="/data/s/a" type="string"/><bind nodeset="/data/s/b" type="string"/></model></h:head>
 <h:body><group ref="/data/s"><label>S</label><input ref="/data/s/a"><label>A</label></input>
  <input ref="/data/s/b"><label>B</label></input></group></h:body>
</h:html>"""

BEGUN = datetime(2026, 3, 12, 12, tzinfo=UTC)


def put_off_on(day: datetime) -> bytes:
    filling = Form.from_xml(XFORM).start(now=day)
    filling.answer("a", "a secret")
    filling.put_off("a", Way.NOT_NOW)
    filling.put_off("b", Way.RATHER_NOT)
    filling.skip_section("/data/s")
    return filling.state()


def test_a_mark_tells_its_day_and_is_there_the_day_before_it_goes() -> None:
    state = put_off_on(BEGUN)
    assert b"a secret" in state
    assert without_old_marks(state, date(2026, 3, 12) + timedelta(days=KEPT_DAYS - 1), "2026-03-12") is None


def test_after_thirty_days_nothing_tells_that_something_was_not_answered() -> None:
    gone = without_old_marks(put_off_on(BEGUN), date(2026, 4, 11), "2026-03-12")
    assert gone is not None
    assert json.loads(gone)["ways"] == {}
    assert json.loads(gone)["skipped"] == {}
    assert b"a secret" not in gone
    filling = Form.from_xml(XFORM).resume_state(gone, now=BEGUN)
    assert filling.way("a") is None
    assert not filling.skipped("/data/s")
    assert filling.state() == Form.from_xml(XFORM).resume_state(gone, now=BEGUN).state()


def test_each_mark_counts_from_its_own_day() -> None:
    filling = Form.from_xml(XFORM).resume_state(put_off_on(BEGUN), now=BEGUN + timedelta(days=20))
    filling.put_off("b", Way.WITH_SOMEONE)
    gone = without_old_marks(filling.state(), date(2026, 4, 11), "2026-04-01")
    assert gone is not None
    again = Form.from_xml(XFORM).resume_state(gone, now=BEGUN)
    assert (again.way("a"), again.way("b")) == (None, Way.WITH_SOMEONE)


def test_words_that_look_like_no_marks_do_not_save_a_mark() -> None:
    filling = Form.from_xml(XFORM).start(now=BEGUN)
    filling.answer("a", '"ways":{},"skipped":{},')
    filling.put_off("b", Way.RATHER_NOT)
    assert without_old_marks(filling.state(), date(2026, 4, 11), "2026-03-12") is not None
    filling.take_back("b")
    assert without_old_marks(filling.state(), date(2026, 4, 11), "2026-03-12") is None


def earlier(state: bytes) -> bytes:
    """As a version before kept it: no days, and sections in a list."""
    kept = json.loads(state)
    kept["ways"] = {ref: mark[:2] for ref, mark in kept["ways"].items()}
    kept["skipped"] = list(kept["skipped"])
    return json.dumps(kept).encode()


def test_marks_of_an_earlier_version_count_from_the_day_they_were_saved() -> None:
    state = earlier(put_off_on(BEGUN))
    assert without_old_marks(state, date(2026, 4, 10), "2026-03-12") is None
    gone = without_old_marks(state, date(2026, 4, 11), "2026-03-12")
    assert gone is not None
    assert b"a secret" not in gone
    # Opened, they are there, and count from now on.
    filling = Form.from_xml(XFORM).resume_state(state, now=BEGUN + timedelta(days=5))
    assert filling.way("a") is Way.NOT_NOW
    assert filling.skipped("/data/s")
    assert json.loads(filling.state())["ways"]["/data/s/a"] == ["not-now", "a secret", "2026-03-17"]


@pytest.mark.parametrize("state", [b"", b"no state", b"[]", b'{"ways": 3, "skipped": 7}', b'{"ways": {"/a": 3}}'])
def test_what_is_damaged_is_left_as_it_is_or_loses_only_marks(state: bytes) -> None:
    gone = without_old_marks(state, date(2026, 3, 12), "2026-03-12")
    assert gone is None


@given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.integers(-400, 400))
def test_thirty_days_are_thirty_days(made: date, after: int) -> None:
    assert too_old(made.isoformat(), made + timedelta(days=after)) is (after >= 30)
