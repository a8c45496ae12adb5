"""What hangs on the day: what is offered again tomorrow, dates after years or a clock set right, whose zone."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.plan.records import Appointment
from planner.session import Changed, OutOfReach
from planner.session.zone import local_zone_name
from tests.session.conftest import NOON, Kept

WEEKLY = Appointment(title="Group", starts="2026-03-13T18:00", zone="America/New_York", repeat="FREQ=WEEKLY")


def fridays(kept: Kept, around: date) -> int:
    return len(kept.session.agenda(around, 28))


def test_a_step_put_off_comes_again_tomorrow_and_what_was_set_aside_does_not(kept: Kept) -> None:
    told: list[Changed] = []
    kept.session.on_change(told.append)
    kept.session.put_off(kept.me, "step-b")
    kept.session.put_off(kept.me, "step-a")
    kept.session.set_aside(kept.me, "first-steps")
    assert [change.kinds for change in told] == [frozenset({"next-step"})] * 3
    kept.now += timedelta(hours=2)
    session = kept.lock_and_open()
    assert session.not_today(kept.me) == {"step-a", "step-b"}
    assert session.is_set_aside(kept.me, "first-steps")
    assert not session.is_set_aside(kept.me, "spare-key")
    kept.now += timedelta(days=1)
    assert session.not_today(kept.me) == frozenset()
    session.put_off(kept.me, "step-c")
    assert session.not_today(kept.me) == {"step-c"}
    assert session.is_set_aside(kept.me, "first-steps")


def test_what_is_offered_to_the_others_is_out_of_reach_with_someone_there(team: Kept) -> None:
    session = team.session
    ana, lin = session.add_person("Ana"), session.add_person("Lin")
    for person in (ana, lin):
        with session.edit(person.id, "Add a date") as edit:
            edit.add(Appointment(title="Visit", starts="2026-03-12T10:00", zone="America/New_York"))
            edit.add(Appointment(title="Call", starts="2026-03-13T10:00", zone="America/New_York"))
    with session.edit(ana.id, "Add a date") as edit:
        edit.add(Appointment(title="Walk", starts="2026-03-12T15:00", zone="America/New_York"))
    assert session.visits_on(date(2026, 3, 12)) == (3, 2)
    session.stay_with(ana.id)
    session.put_off(ana.id, "step")
    session.set_aside(ana.id, "first-steps")
    for closed in (
        lambda: session.visits_on(date(2026, 3, 12)),
        lambda: session.not_today(lin.id),
        lambda: session.put_off(lin.id, "step"),
        lambda: session.is_set_aside(lin.id, "first-steps"),
        lambda: session.set_aside(lin.id, "first-steps"),
    ):
        with pytest.raises(OutOfReach):
            closed()
    session.leave_only("quiet rivers carry small boats")
    assert session.not_today(lin.id) == frozenset()
    assert not session.is_set_aside(lin.id, "first-steps")


def test_a_notebook_opened_after_years_shows_its_dates_at_once(kept: Kept) -> None:
    with kept.session.edit(kept.me, "Add a date") as edit:
        edit.add(WEEKLY)
    kept.now = NOON.replace(year=2031)
    month = ("2031-03-12", "2031-04-09")
    assert kept.session.store.agenda(*month) == []
    session = kept.lock_and_open()
    assert len(session.store.agenda(*month)) == 4
    assert fridays(kept, date(2031, 3, 12)) == 4


def test_dates_worked_out_under_a_wrong_clock_are_there_once_it_is_right(kept: Kept) -> None:
    kept.now = NOON.replace(year=2035)
    kept.lock_and_open()
    with kept.session.edit(kept.me, "Add a date") as edit:
        edit.add(WEEKLY)
    kept.session.settle()
    assert fridays(kept, date(2035, 3, 12)) == 4
    kept.now = NOON
    kept.lock_and_open()
    assert fridays(kept, date(2026, 3, 13)) == 4


@pytest.mark.parametrize(
    ("link", "text", "zone"),
    [
        ("/usr/share/zoneinfo/America/Mexico_City", None, "America/Mexico_City"),
        ("/etc/localtime", "America/Bogota\n", "America/Bogota"),
        ("/etc/localtime", "Nowhere/Atall\n", "UTC"),
        ("/etc/localtime", None, "UTC"),
    ],
    ids=["a link", "a name", "an unknown name", "nothing"],
)
def test_the_zone_of_the_computer(monkeypatch: pytest.MonkeyPatch, link: str, text: str | None, zone: str) -> None:
    def read(path: Path, encoding: str) -> str:
        assert path == Path("/etc/timezone")
        if text is None:
            raise FileNotFoundError(path)
        return text

    monkeypatch.setattr(os.path, "realpath", lambda path: link)
    monkeypatch.setattr(Path, "read_text", read)
    assert local_zone_name() == zone
