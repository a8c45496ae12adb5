from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest

from planner.indexing import agenda_rows, index_row, search_text
from planner.plan.life import LifeDomain, Section
from planner.plan.records import (
    RECORD_TYPES,
    Appointment,
    CheckIn,
    Dependent,
    Goal,
    Outcome,
    Step,
    SupportContact,
    TrackedPaper,
    WhatHappened,
    from_fields,
)
from planner.store.index import INDEX_VERSION

DAY = date(2026, 3, 12)
BEFORE, AFTER = DAY - timedelta(days=5), DAY + timedelta(days=20)


def test_every_kind_of_record_has_its_row() -> None:
    for kind, made in RECORD_TYPES.items():
        record = made(removed=True)
        row = index_row("ana", Section.LAW, record)
        assert (row.person, row.id, row.section, row.kind, row.removed) == ("ana", record.id, "law", kind, True)
        assert from_fields(row.kind, row.id, row.fields) == record
        assert row.search == ""


def test_a_new_kind_of_record_has_counted_the_index_up() -> None:
    # An older version keeps what it does not know and indexes nothing of it: who comes after has to index anew.
    since = {2: {"goal", "step", "helper", "barrier", "appointment", "outcome", "contact", "dependent"}}
    since[3] = since[2] | {"tracked-paper", "check-in"}
    since[4] = since[3] | {"clock", "safety-line", "score"}
    known = max(version for version in since if version <= INDEX_VERSION)
    assert RECORD_TYPES.keys() == since[known], "count INDEX_VERSION up and write the new kinds down here"


def test_a_row_brings_the_record_back() -> None:
    goal = Goal(title="Get my own ID card", why="So that I can sign", domain=LifeDomain.PAPERS, origin="first/id")
    row = index_row("ana", goal.home(), goal)
    assert row.title == "Get my own ID card"
    assert from_fields("goal", goal.id, row.fields) == goal


def test_all_words_of_a_person_are_found_and_nothing_else() -> None:
    contact = SupportContact(
        name="Maya",
        role="A friend",
        phones=({"number": "555-0118", "label": "mobile"},),
        languages=("es",),
        our_word="The bread is sold out",
        knows=("My room", " "),
        if_near="",
        origin="first/contact",
    )
    assert search_text(contact).split("\n") == [
        *("Maya", "A friend", "mobile", "555-0118", "The bread is sold out", "My room"),
    ]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (
            Step(title="Sign the letter", with_whom="with Joan", when="soon", goal="g1", order="V"),
            "Sign the letter|with Joan|soon",
        ),
        (
            Appointment(title="Legal aid", starts="2026-03-18T11:00", bring=("The letter",), zone="UTC"),
            "Legal aid|The letter",
        ),
        (
            TrackedPaper(
                title="ID", where_to_ask="Clerk", cost="30", safe_address="12 Hill Road", expires="2026-04-01"
            ),
            "ID|Clerk|30|12 Hill Road",
        ),
        (CheckIn(day="2026-03-12", scales=({"name": "sleep", "value": "2"},), note="Rain"), "Rain"),
        (Dependent(name="Nico", may_collect=("Me", "Maya"), born="2020-05-17"), "Nico|Me|Maya"),
        (Outcome(appointment="a1", occurrence="2026-03-18T11:00", note="They were full"), "They were full"),
    ],
)
def test_the_title_comes_first(record: Step | Appointment | Dependent | Outcome, words: str) -> None:
    assert search_text(record) == words.replace("|", "\n")


def test_instants_sort_as_text_across_zones() -> None:
    early = Appointment(title="a", starts="2026-03-12T09:00", zone="Europe/Madrid", minutes=30)
    late = Appointment(title="b", starts="2026-03-12T08:00", zone="America/Chicago", minutes=30)
    (first,) = agenda_rows("ana", early, [], BEFORE, AFTER)
    (second,) = agenda_rows("ana", late, [], BEFORE, AFTER)
    assert first.starts_utc == "2026-03-12T08:00:00+00:00"
    assert first.ends_utc == "2026-03-12T08:30:00+00:00"
    assert second.starts_utc == "2026-03-12T13:00:00+00:00"
    assert first.starts_utc < second.starts_utc
    assert (first.person, first.appointment, first.title, first.zone) == ("ana", early.id, "a", "Europe/Madrid")
    assert (first.starts, first.original_starts) == ("2026-03-12T09:00", "2026-03-12T09:00")
    assert not first.all_day


def test_a_day_without_an_hour_is_the_whole_day() -> None:
    (row,) = agenda_rows("ana", Appointment(title="No school", starts="2026-03-20"), [], BEFORE, AFTER)
    assert row.all_day
    assert row.starts == "2026-03-20"
    assert row.starts_utc == "2026-03-20T00:00:00+00:00"
    assert row.ends_utc == "2026-03-21T00:00:00+00:00"


def test_repeating_dates_and_what_became_of_them() -> None:
    weekly = Appointment(title="Class", starts="2026-03-02T09:00", zone="UTC", repeat="FREQ=WEEKLY")
    outcomes = [
        Outcome(appointment=weekly.id, occurrence="2026-03-09T09:00", what=WhatHappened.WENT),
        Outcome(
            appointment=weekly.id,
            occurrence="2026-03-16T09:00",
            what=WhatHappened.MOVED,
            new_starts="2026-03-17T15:00",
        ),
        Outcome(appointment=weekly.id, occurrence="2026-03-23T09:00", what=WhatHappened.WENT, removed=True),
    ]
    rows = {row.original_starts: row for row in agenda_rows("ana", weekly, outcomes, BEFORE, AFTER)}
    assert rows["2026-03-09T09:00"].outcome == "went"
    assert rows["2026-03-16T09:00"].outcome == "moved"
    assert rows["2026-03-16T09:00"].starts == "2026-03-17T15:00"
    assert rows["2026-03-16T09:00"].starts_utc == "2026-03-17T15:00:00+00:00"
    assert rows["2026-03-23T09:00"].outcome == ""


@pytest.mark.parametrize("appointment", [Appointment(title="x"), Appointment(starts="2026-03-12", removed=True)])
def test_no_dates_of_what_has_none(appointment: Appointment) -> None:
    assert agenda_rows("ana", appointment, [], BEFORE, AFTER) == []


def test_an_index_without_dates_loads_no_calendar() -> None:
    import subprocess

    code = "import planner.indexing, sys; print([m for m in ('dateutil', 'pycrdt') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
