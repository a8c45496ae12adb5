"""A calendar brought into a real notebook: looked at first, hers stays hers, all or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from planner.exchange.calendar_write import Told, write_whole
from planner.plan.life import LifeDomain
from planner.plan.records import Appointment, Outcome, WhatHappened
from planner.session import Changed, OutOfReach, Session
from planner.session.calendar_types import CalendarPreview, Chosen, Taken
from planner.store.errors import DiskFull
from tests.session.conftest import Kept
from tests.unit.exchange.calendar_made import HERE, calendar, event

AT_TEN = "DTSTART;TZID=America/New_York:20260316T100000"
MOVED, CANCELLED = WhatHappened.MOVED, WhatHappened.THEY_CANCELLED


def quiet(_done: int, _of: int) -> None:
    """Nobody looks."""


@pytest.fixture
def session(kept: Kept) -> Session:
    return kept.session


def me(session: Session) -> str:
    assert session.person is not None
    return session.person.id


def look(session: Session, *parts: str, method: str = "") -> CalendarPreview:
    return session.calendar_files.preview(calendar(*parts, method=method), quiet)


def take(session: Session, preview: CalendarPreview, **chosen: object) -> Taken:
    keys = chosen.pop("keys", preview.chosen_first())
    taken = session.calendar_files.take_in(preview, Chosen(keys=keys, **chosen), quiet)  # type: ignore[arg-type]
    session.calendar_files.tell(taken)
    return taken


def bring_in(session: Session, *parts: str, method: str = "") -> Taken:
    return take(session, look(session, *parts, method=method))


def appointments(session: Session) -> list[Appointment]:
    return session.appointments(me(session))


def the_one(session: Session) -> Appointment:
    (record,) = appointments(session)
    return record


def outcomes(session: Session) -> list[tuple[str, WhatHappened, str]]:
    return [
        (each.occurrence, each.what, each.new_starts)
        for record in appointments(session)
        for each in session.outcomes(me(session), record.id)
    ]


def change(session: Session, **values: object) -> None:
    with session.edit(me(session), "x") as edit:
        edit.change(the_one(session).id, **values)


def shape(preview: CalendarPreview) -> tuple[int, int, int, int, int]:
    return (
        len(preview.new),
        len(preview.changed),
        len(preview.cancelled),
        preview.same,
        len(preview.not_understood),
    )


VISIT = event(AT_TEN, "SUMMARY:Visit", "LOCATION:Room 5", "DURATION:PT1H", "DESCRIPTION:Bring the letter")
CLASS = event(AT_TEN, "SUMMARY:Class", "RRULE:FREQ=WEEKLY;COUNT=6", uid="class")
CLASS_MOVED = event(
    "RECURRENCE-ID;TZID=America/New_York:20260323T100000",
    "DTSTART;TZID=America/New_York:20260324T110000",
    "SUMMARY:Class",
    uid="class",
)

# ---------------------------------------------------------------- first look


def test_a_look_changes_nothing(session: Session) -> None:
    told: list[Changed] = []
    session.on_change(told.append)
    before = session.store.size()
    assert shape(look(session, VISIT, CLASS, CLASS_MOVED, event("SUMMARY:Broken", uid="b"))) == (2, 0, 0, 0, 1)
    assert (appointments(session), told, session.undo_words()) == ([], [], None)
    assert session.store.size() == before


def test_what_was_chosen_comes_in_as_one_edit(session: Session) -> None:
    told: list[Changed] = []
    session.on_change(told.append)
    taken = bring_in(session, VISIT, CLASS, CLASS_MOVED)
    assert (taken.new, taken.changed, taken.cancelled) == (2, 0, 0)
    visit = next(each for each in appointments(session) if each.title == "Visit")
    assert (visit.place, visit.minutes, visit.starts, visit.zone) == ("Room 5", 60, "2026-03-16T10:00", HERE)
    assert (visit.uid, visit.note, visit.domain) == ("1@example.org", "", LifeDomain.BASIC_NEEDS)
    assert outcomes(session) == [("2026-03-23T10:00", MOVED, "2026-03-24T11:00")]
    assert len(told) == 1
    assert session.undo_words() == "Bring in a calendar"
    days = [f"{item.day} {item.appointment.title}" for item in session.agenda(date(2026, 3, 16), 9, me(session))]
    assert days == ["2026-03-16 Class", "2026-03-16 Visit", "2026-03-24 Class"]
    session.undo()
    assert appointments(session) == []
    assert session.agenda(date(2026, 3, 16), 9, me(session)) == []
    session.redo()
    assert len(appointments(session)) == 2


def test_only_what_was_chosen_comes_in_where_it_should(session: Session) -> None:
    preview = look(session, VISIT, CLASS)
    key = next(each.key for each in preview.new if each.title == "Visit")
    take(session, preview, keys=frozenset({key}), domain=LifeDomain.HEALTH, notes=True, mine_alone=True)
    record = the_one(session)
    assert (record.title, record.domain, record.note, record.mine_alone) == (
        "Visit",
        LifeDomain.HEALTH,
        "Bring the letter",
        True,
    )


def test_the_same_file_again_is_all_the_same(session: Session) -> None:
    apart = event("RECURRENCE-ID;TZID=America/New_York:20260330T100000", AT_TEN, "SUMMARY:Exam", uid="class")
    floating = event("DTSTART:20260316T100000", "SUMMARY:Any clock", uid="f")
    whole = event("DTSTART;VALUE=DATE:20260401", "DTEND;VALUE=DATE:20260404", uid="d")
    utc = event("DTSTART:20260316T140000Z", uid="u")
    parts = (VISIT, CLASS, CLASS_MOVED, apart, floating, whole, utc)
    assert bring_in(session, *parts).new == 6
    again = look(session, *parts)
    assert shape(again) == (0, 0, 0, 6, 0)
    assert again.nothing_to_do
    session.zone = "Europe/Berlin"
    assert shape(look(session, *parts)) == (0, 0, 0, 6, 0), "also by another clock"


def test_it_is_there_after_the_notebook_is_opened_again(kept: Kept) -> None:
    bring_in(kept.session, VISIT)
    again = kept.lock_and_open()
    assert the_one(again).title == "Visit"
    assert shape(look(again, VISIT)) == (0, 0, 0, 1, 0)


# ---------------------------------------------------------------- updates


def test_what_they_changed_follows(session: Session) -> None:
    bring_in(session, VISIT)
    later = event("DTSTART;TZID=America/New_York:20260317T090000", "SUMMARY:Visit", "LOCATION:Room 7", "SEQUENCE:1")
    preview = look(session, later)
    (entry,) = preview.changed
    assert [each.field for each in entry.differences] == ["place", "when", "minutes"]
    assert entry.first
    assert not entry.hers
    assert take(session, preview).changed == 1
    record = the_one(session)
    assert (record.starts, record.place, record.minutes, record.sequence) == ("2026-03-17T09:00", "Room 7", 0, 1)
    assert shape(look(session, later)) == (0, 0, 0, 1, 0)


def test_what_she_changed_stays_hers_unless_she_chooses_theirs(session: Session) -> None:
    bring_in(session, VISIT)
    change(session, title="Visit with Lin")
    preview = look(session, VISIT)
    (entry,) = preview.changed
    assert entry.hers
    assert [(each.field, each.before, each.after) for each in entry.differences] == [
        ("title", "Visit with Lin", "Visit")
    ]
    assert preview.chosen_first() == frozenset()
    take(session, preview)
    assert the_one(session).title == "Visit with Lin"
    take(session, look(session, VISIT), keys=frozenset({entry.key}))
    assert the_one(session).title == "Visit"


def test_what_each_changed_is_told_apart(session: Session) -> None:
    bring_in(session, VISIT)
    change(session, title="Visit with Lin")
    preview = look(session, VISIT.replace("Room 5", "Room 9").replace("SUMMARY:Visit", "SUMMARY:Visit 2"))
    theirs, hers = preview.changed
    assert ([each.field for each in theirs.differences], theirs.hers) == (["place"], False)
    assert ([each.field for each in hers.differences], hers.hers) == (["title"], True)
    take(session, preview)
    assert (the_one(session).title, the_one(session).place) == ("Visit with Lin", "Room 9")


def test_a_change_that_she_refused_stays_refused(session: Session) -> None:
    bring_in(session, VISIT)
    later = VISIT.replace("Room 5", "Room 9")
    take(session, look(session, later), keys=frozenset())
    assert the_one(session).place == "Room 5"
    take(session, look(session, later, CLASS), keys=frozenset({"class "}))
    assert not any(each.first for each in look(session, later).changed)


def test_an_older_file_changes_nothing_by_itself(session: Session) -> None:
    bring_in(session, VISIT.replace("SUMMARY", "SEQUENCE:5\nSUMMARY"))
    preview = look(session, VISIT.replace("Room 5", "Room 1"))
    assert [each.older for each in preview.changed] == [True]
    assert preview.chosen_first() == frozenset()


def test_without_what_came_in_last_hers_is_never_overwritten(session: Session) -> None:
    bring_in(session, VISIT)
    session.store.set(f"calendar_bases/{me(session)}", {})
    (entry,) = look(session, VISIT.replace("Room 5", "Room 9")).changed
    assert entry.hers


def test_the_same_hour_by_another_clock_is_no_change(session: Session) -> None:
    bring_in(session, VISIT)
    utc = VISIT.replace(AT_TEN, "DTSTART:20260316T140000Z")
    assert shape(look(session, utc)) == (0, 0, 0, 1, 0)


# ---------------------------------------------------------------- single times of a series


def test_a_time_that_moves_and_moves_back(session: Session) -> None:
    bring_in(session, CLASS)
    assert bring_in(session, CLASS, CLASS_MOVED).changed == 1
    assert outcomes(session) == [("2026-03-23T10:00", MOVED, "2026-03-24T11:00")]
    further = CLASS_MOVED.replace("T110000", "T120000")
    assert bring_in(session, CLASS, further).changed == 1
    assert outcomes(session) == [("2026-03-23T10:00", MOVED, "2026-03-24T12:00")]
    assert bring_in(session, CLASS).changed == 1
    assert outcomes(session) == []


def test_what_she_said_of_a_time_is_not_said_over(session: Session) -> None:
    bring_in(session, CLASS)
    with session.edit(me(session), "x") as edit:
        edit.add(Outcome(appointment=the_one(session).id, occurrence="2026-03-23T10:00", what=WhatHappened.WENT))
    cancelled = CLASS_MOVED.replace("SUMMARY", "STATUS:CANCELLED\nSUMMARY")
    assert shape(look(session, CLASS, cancelled)) == (0, 0, 0, 1, 0)
    assert shape(look(session, cancelled, method="CANCEL")) == (0, 0, 0, 1, 0)


def test_a_single_time_without_its_series_finds_it_in_the_notebook(session: Session) -> None:
    bring_in(session, CLASS)
    preview = look(session, CLASS_MOVED, method="REQUEST")
    assert shape(preview) == (0, 1, 0, 0, 0)
    take(session, preview)
    assert outcomes(session) == [("2026-03-23T10:00", MOVED, "2026-03-24T11:00")]
    assert shape(look(session, CLASS_MOVED)) == (0, 0, 0, 1, 0)
    other = CLASS_MOVED.replace("20260323", "20260330").replace("SUMMARY:Class", "SUMMARY:Exam")
    preview = look(session, other)
    assert shape(preview) == (1, 0, 0, 0, 0)
    take(session, preview)
    series = next(each for each in appointments(session) if each.repeat)
    assert series.except_starts == ("2026-03-30T10:00",)
    assert shape(look(session, other)) == (0, 0, 0, 1, 0)


# ---------------------------------------------------------------- cancelled by them


def test_what_they_cancelled_stays_and_says_so(session: Session) -> None:
    bring_in(session, VISIT)
    preview = look(session, VISIT, method="CANCEL")
    assert shape(preview) == (0, 0, 1, 0, 0)
    assert take(session, preview).cancelled == 1
    assert the_one(session).title == "Visit"
    assert outcomes(session) == [("2026-03-16T10:00", CANCELLED, "")]
    assert shape(look(session, VISIT, method="CANCEL")) == (0, 0, 0, 1, 0)
    session.undo()
    assert outcomes(session) == []


def test_a_series_that_they_cancelled_ends_with_its_next_time(session: Session) -> None:
    early = CLASS.replace("20260316", "20260302")
    bring_in(session, early)
    preview = look(session, early, method="CANCEL")
    assert take(session, preview).cancelled == 1
    assert outcomes(session) == [("2026-03-16T10:00", CANCELLED, "")]
    days = [item.day.isoformat() for item in session.agenda(date(2026, 3, 1), 90, me(session))]
    assert days == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert shape(look(session, early, method="CANCEL")) == (0, 0, 0, 1, 0)
    assert bring_in(session, early.replace("SUMMARY", "SEQUENCE:2\nSUMMARY")).changed == 1, "they take it back"
    assert (the_one(session).repeat, outcomes(session)) == ("FREQ=WEEKLY;COUNT=6", [])


def test_one_cancelled_time_of_a_series(session: Session) -> None:
    bring_in(session, CLASS)
    one = CLASS_MOVED.replace("20260324T110000", "20260323T100000")
    assert take(session, look(session, one, method="CANCEL")).cancelled == 1
    assert outcomes(session) == [("2026-03-23T10:00", CANCELLED, "")]


def test_what_was_never_here_is_not_brought_in_to_be_cancelled(session: Session) -> None:
    preview = look(session, VISIT, method="CANCEL")
    assert shape(preview) == (0, 0, 0, 0, 1)
    assert "not in your notebook" in preview.not_understood[0].reason


# ---------------------------------------------------------------- our own files


def test_our_own_file_is_known_again(session: Session) -> None:
    with session.edit(me(session), "x") as edit:
        edit.add(Appointment(title="Court", place="Main Street", starts="2026-03-16T10:00", zone=HERE, minutes=30))
    record = the_one(session)
    neutral = write_whole(record, (), Told(), date(2026, 3, 12))
    assert shape(session.calendar_files.preview(neutral, quiet)) == (0, 0, 0, 1, 0)


# ---------------------------------------------------------------- all or nothing


class Stop(Exception):
    """Stop was pressed."""


@pytest.mark.parametrize("after", [1, 2, 4])
def test_stopping_leaves_nothing(session: Session, after: int) -> None:
    many = [event(AT_TEN, f"SUMMARY:{number}", uid=str(number)) for number in range(150)]
    preview = look(session, *many)
    calls: list[int] = []

    def stop(_done: int, _of: int) -> None:
        calls.append(1)
        if len(calls) >= after:
            raise Stop

    with pytest.raises(Stop):
        session.calendar_files.take_in(preview, Chosen(keys=preview.chosen_first()), stop)
    assert (appointments(session), session.undo_words()) == ([], None)
    assert session.store.get(f"calendar_bases/{me(session)}", {}) == {}
    assert take(session, preview).new == 150


def test_a_full_disk_leaves_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = look(session, VISIT)

    def full(*_args: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "set", full)
        with pytest.raises(DiskFull):
            session.calendar_files.take_in(preview, Chosen(keys=preview.chosen_first()), quiet)
    assert appointments(session) == []
    assert take(session, preview).new == 1


def test_what_was_taken_away_since_the_look_is_left(session: Session) -> None:
    bring_in(session, VISIT)
    preview = look(session, VISIT.replace("Room 5", "Room 9"))
    with session.edit(me(session), "x") as edit:
        edit.remove(the_one(session).id)
    assert take(session, preview).changed == 0
    assert appointments(session) == []


def test_another_person_is_out_of_reach(session: Session) -> None:
    preview = look(session, VISIT)
    session.only = "somebody else"
    with pytest.raises(OutOfReach):
        session.calendar_files.take_in(preview, Chosen(keys=preview.chosen_first()), quiet)
    with pytest.raises(OutOfReach):
        session.calendar_files.preview(calendar(VISIT), quiet, preview.person)


def test_no_word_of_the_file_is_kept_beside_the_plan(session: Session) -> None:
    bring_in(session, VISIT)
    kept = repr(session.store.get(f"calendar_bases/{me(session)}"))
    assert len(kept) > 20
    for word in ("Visit", "Room", "letter", "2026"):
        assert word not in kept
