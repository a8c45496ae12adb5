"""Kept long enough: announced for thirty days that somebody could see, then removed; a clock alone removes none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.plan.life import LifeDomain
from planner.plan.records import Goal
from planner.session import Mode, OutOfReach, Session
from planner.session.merging import Merging
from planner.session.retention import ANNOUNCED_DAYS
from planner.settings import EVERYDAY
from planner.store.errors import DiskFull
from planner.store.notebooks import Notebook
from tests.session.conftest import NOON, PASSPHRASE, Kept

YEAR = timedelta(days=366)
DAY = timedelta(days=1)


def each_day(kept: Kept, days: int, step: int = 1) -> Iterator[Session]:
    """The notebook, opened on one day after the other."""
    for _number in range(days):
        kept.now += step * DAY
        session = kept.open() if not kept.session.store.is_open else kept.session
        session.settle()
        yield session


def lines(session: Session) -> list[str]:
    return [each.what for each in session.activity(-1)]


def resting(team: Kept, name: str) -> str:
    person = team.session.add_person(name)
    team.session.change_person(person.id, resting=True)
    team.session.settle()
    return person.id


# ---------------------------------------------------------------- lines of the log


def test_the_log_is_kept_a_year_then_announced_then_removed(team: Kept) -> None:
    ana = team.session.add_person("Ana")
    team.session.choose(ana.id)
    team.session.settle()
    assert lines(team.session) == ["viewed"]
    team.now += YEAR - 40 * DAY
    team.session.settle()
    assert not team.session.retention.going()
    team.now += 11 * DAY
    team.session.settle()
    going = team.session.retention.going()
    assert (going.lines, going.lines_go) == (1, team.session.today() + ANNOUNCED_DAYS * DAY)
    there = [lines(session) for session in each_day(team, ANNOUNCED_DAYS - 1)]
    assert all(each == ["viewed"] for each in there), "as long as it is announced, it is there"
    for _session in each_day(team, 1):
        pass
    (removed,) = team.session.activity(-1)
    assert (removed.what, removed.person, removed.detail) == ("removed", "", {"kind": "log", "lines": 1})
    assert not team.session.retention.going()


def test_a_clock_that_jumps_ahead_announces_and_removes_nothing(team: Kept) -> None:
    gone = resting(team, "Ana")
    team.session.set_setting("keep_resting_years", 1)
    team.session.log("left", gone, {"paper": "plan"})
    team.now += 10 * YEAR
    team.session.settle()
    going = team.session.retention.going()
    assert going.lines == 1
    assert [each.id for each in going.people] == [gone]
    team.now += 10 * YEAR
    team.session.settle()
    assert lines(team.session) == ["left"], "a gap counts for seven days, however long it was by the clock"
    assert [each.id for each in team.session.people()] == [gone]
    for number, session in enumerate(each_day(team, 4, step=400), start=2):
        removed = lines(session) != ["left"] or not session.people()
        assert removed is (number * 7 >= ANNOUNCED_DAYS), number
    assert team.session.people() == []


def test_a_clock_that_is_set_right_again_forgets_what_was_announced(team: Kept) -> None:
    gone = resting(team, "Ana")
    team.session.set_setting("keep_resting_years", 1)
    team.session.log("left", gone, {"paper": "plan"})
    right = team.now
    team.now += 10 * YEAR
    team.session.settle()
    assert team.session.retention.going()
    team.now = right + DAY
    team.session.settle()
    assert not team.session.retention.going()
    assert lines(team.session) == ["left"]


def test_another_time_announces_anew(team: Kept) -> None:
    team.session.log("left", "", {"paper": "plan"})
    team.now += YEAR
    team.session.settle()
    assert team.session.retention.going().lines == 1
    team.session.set_setting("keep_log_days", 730)
    for _session in each_day(team, 40):
        pass
    assert lines(team.session) == ["left"]
    assert not team.session.retention.going()


def test_a_notebook_for_oneself_keeps_its_log_as_long(kept: Kept) -> None:
    kept.session.log("left", kept.me, {"paper": "plan"})
    kept.now += YEAR
    for _session in each_day(kept, ANNOUNCED_DAYS + 1):
        pass
    assert lines(kept.session) == ["removed"]
    assert kept.session.people(), "her own pages are never removed by time"


def test_where_nothing_is_told_nothing_goes(kept: Kept) -> None:
    kept.session.log("left", kept.me, {"paper": "plan"})
    kept.session.set_setting("contents", EVERYDAY)
    kept.now += YEAR
    for _session in each_day(kept, ANNOUNCED_DAYS + 5):
        pass
    assert lines(kept.session) == ["left"]
    kept.session.set_setting("contents", "whole")
    kept.now += DAY
    kept.session.settle()
    assert kept.session.retention.going().lines == 1
    assert lines(kept.session) == ["left"]


def test_it_goes_through_a_lock_on_each_day(team: Kept) -> None:
    team.session.log("left", "", {"paper": "plan"})
    team.now += YEAR
    for _number in range(ANNOUNCED_DAYS):
        team.session.settle()
        assert lines(team.session) == ["left"]
        team.now += DAY
        team.lock_and_open()
    team.session.settle()
    assert lines(team.session) == ["removed"]


# ---------------------------------------------------------------- people who are resting


def test_pages_of_somebody_who_rests_go_after_the_time_that_was_chosen(team: Kept) -> None:
    gone, active = resting(team, "Ana"), team.session.add_person("Bea").id
    other = resting(team, "Cleo")
    team.session.settle()
    team.now += 3 * YEAR
    for _session in each_day(team, ANNOUNCED_DAYS + 1):
        assert not team.session.retention.going().people, "as long as one wants, by default"
    team.session.set_setting("keep_resting_years", 3)
    with team.session.edit(other, "Add a goal") as edit:
        edit.add(Goal(title="Swim", domain=LifeDomain.HOME))
    for session in each_day(team, ANNOUNCED_DAYS):
        assert [each.id for each in session.retention.going().people] == [gone]
        assert len(session.people()) == 3
    for _session in each_day(team, 1):
        pass
    assert {each.id for each in team.session.people()} == {active, other}
    (newest, *_rest) = team.session.activity(-1)
    assert (newest.what, newest.person, newest.detail) == ("erased", "", {"kind": "person", "by": "time"})


def test_nothing_is_said_with_somebody_beside(team: Kept) -> None:
    resting(team, "Ana")
    bea = team.session.add_person("Bea")
    team.session.set_setting("keep_resting_years", 1)
    team.now += YEAR
    team.session.settle()
    assert team.session.retention.going()
    team.session.stay_with(bea.id)
    with pytest.raises(OutOfReach):
        team.session.retention.going()
    team.now += DAY
    team.session.settle()
    team.session.reached_everyone()
    team.session.settle()
    assert len(team.session.retention.going().people) == 1


def test_a_hold_on_anybody_stops_all_of_it(team: Kept) -> None:
    gone, held = resting(team, "Ana"), team.session.add_person("Bea").id
    team.session.set_setting("keep_resting_years", 1)
    team.session.log("left", gone, {"paper": "plan"})
    team.session.erasing.hold(held)
    team.now += YEAR
    for session in each_day(team, 2 * ANNOUNCED_DAYS):
        assert session.retention.going().held
        assert len(session.people()) == 2
        assert "left" in lines(session)
    team.session.erasing.lift(held)
    for session in each_day(team, ANNOUNCED_DAYS - 1):
        assert len(session.people()) == 2, "days under a hold are none of the thirty"
    for _session in each_day(team, 2):
        pass
    assert len(team.session.people()) == 1


def test_the_pages_that_are_open_stay(team: Kept) -> None:
    gone = resting(team, "Ana")
    team.session.set_setting("keep_resting_years", 1)
    team.now += 2 * YEAR
    team.session.choose(gone)
    for session in each_day(team, ANNOUNCED_DAYS + 3):
        assert session.person is not None
    team.session.choose(None)
    for _session in each_day(team, 1):
        pass
    assert team.session.people() == []


def test_whoever_is_kept_once_more_is_kept_as_long_again(team: Kept) -> None:
    gone = resting(team, "Ana")
    team.session.set_setting("keep_resting_years", 1)
    team.now += YEAR
    team.session.settle()
    team.session.retention.keep(gone)
    assert not team.session.retention.going()
    for _session in each_day(team, 2 * ANNOUNCED_DAYS):
        pass
    assert [each.id for each in team.session.people()] == [gone]


def test_a_day_that_is_not_there_every_year(team: Kept) -> None:
    team.now = NOON.replace(year=2028, month=2, day=29)
    gone = resting(team, "Ana")
    team.session.set_setting("keep_resting_years", 1)
    team.now += YEAR
    team.session.settle()
    (going,) = team.session.retention.going().people
    assert (going.id, going.changed) == (gone, date(2028, 2, 29))


def test_several_go_one_at_each_quiet_moment(team: Kept) -> None:
    for name in ("Ana", "Bea", "Cleo"):
        resting(team, name)
    team.session.set_setting("keep_resting_years", 1)
    team.now += 2 * YEAR
    for _session in each_day(team, ANNOUNCED_DAYS):
        pass
    team.now += DAY
    left = []
    for _moment in range(4):
        team.session.settle()
        left.append(len(team.session.people()))
    assert left == [2, 1, 0, 0]


@pytest.mark.parametrize("at", ["log", "unset"])
def test_where_it_cannot_be_written_nothing_is_removed_and_it_is_tried_again(
    team: Kept, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    team.session.log("left", "", {"paper": "plan"})
    team.now += YEAR
    for _session in each_day(team, ANNOUNCED_DAYS):
        pass
    team.now += DAY

    def full(*_what: object) -> None:
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(team.session if at == "log" else team.session.store, at, full)
        with pytest.raises(DiskFull):
            team.session.settle()
    assert lines(team.session) == ["left"]
    assert team.session.retention.going().lines == 1
    team.session.settle()
    assert lines(team.session) == ["removed"]


# ---------------------------------------------------------------- another copy


def test_a_merge_brings_no_removed_line_back_and_takes_none_from_the_other(team: Kept, tmp_path: Path) -> None:
    team.session.log("left", "", {"paper": "plan"})
    other = Session(
        Notebook.create(tmp_path / "other", PASSPHRASE, "", None), clock=lambda: team.now, zone=team.session.zone
    )
    other.set_up(Mode.WITH_OTHERS, "Ruth")
    Merging(other, team.session.store).everything()
    assert lines(other) == ["left"]
    team.now += YEAR
    for _session in each_day(team, ANNOUNCED_DAYS + 1):
        pass
    assert lines(team.session) == ["removed"]
    other.log("left", "", {"paper": "slip"})
    Merging(team.session, other.store).everything()
    assert sorted(each.detail.get("paper", "") for each in team.session.activity(-1)) == ["", "slip"]
    assert len(lines(other)) == 2, "the other one keeps what it has"
    Merging(other, team.session.store).everything()
    assert sorted(each.detail.get("paper", "") for each in other.activity(-1)) == ["", "plan", "slip"]
    other.notebook.close()


def test_of_two_copies_the_later_change_counts(team: Kept, tmp_path: Path) -> None:
    ana = resting(team, "Ana")
    other = Session(
        Notebook.create(tmp_path / "other", PASSPHRASE, "", None), clock=lambda: team.now, zone=team.session.zone
    )
    other.set_up(Mode.WITH_OTHERS, "Ruth")
    Merging(other, team.session.store).everything()
    team.now += 300 * DAY
    other.change_person(ana, code="A-1")
    other.retention.write()
    Merging(team.session, other.store).everything()
    team.session.set_setting("keep_resting_years", 1)
    team.now += 100 * DAY
    team.session.settle()
    assert not team.session.retention.going()
    other.notebook.close()
