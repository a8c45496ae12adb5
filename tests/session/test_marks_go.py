"""After thirty days the store does not tell that something was put off or refused, the form opened or not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner.forms import Way
from planner.session import Session
from planner.session.filling_desk import FillingDesk
from planner.store.attachments import ANSWER
from tests.session.conftest import NOON, Kept

FORM = "first-steps"
NIGHT = "/data/sleep/sleep_tonight"
SECRET = "none"


def put_off(session: Session, person: str) -> FillingDesk:
    desk = session.forms.open(person, FORM)
    desk.filling.answer("needs", "sleep")
    desk.filling.put_off("sleep_tonight", Way.NOT_NOW)
    desk.filling.put_off("hope", Way.RATHER_NOT)
    desk.filling.skip_section("/data/body")
    desk.save()
    return desk


def stored(session: Session, person: str) -> str:
    (row,) = session.forms.unfinished(person)
    return row.state.decode()


def traces(state: str) -> list[str]:
    return [each for each in ("not-now", "rather-not", "/data/body") if each in state]


ALL = ["not-now", "rather-not", "/data/body"]


def test_they_go_at_a_quiet_moment_without_the_form(kept: Kept) -> None:
    put_off(kept.session, kept.me)
    before = kept.session.forms.unfinished(kept.me)[0]
    session = kept.lock_and_open()
    kept.now = NOON + timedelta(days=29)
    session.settle()
    assert traces(stored(session, kept.me)) == ALL
    kept.now = NOON + timedelta(days=30)
    session.settle()
    assert session._forms is None or session._forms._open is None, "nothing was opened"
    assert traces(stored(session, kept.me)) == []
    # The answers stay, and so does the day on which she was there last.
    assert "sleep" in stored(session, kept.me)
    assert session.forms.unfinished(kept.me)[0].updated == before.updated
    assert session.store.verify() == []


def test_they_are_gone_when_the_form_is_opened_before_any_quiet_moment(kept: Kept) -> None:
    put_off(kept.session, kept.me)
    kept.now = NOON + timedelta(days=31)
    session = kept.lock_and_open()
    filling = session.forms.open(kept.me, FORM).filling
    assert filling.way("sleep_tonight") is None
    assert filling.way("hope") is None
    assert not filling.skipped("/data/body")
    assert filling.value("needs") == "sleep"
    assert traces(stored(session, kept.me)) == []


def test_a_form_that_stays_open_forgets_them_and_does_not_write_them_again(kept: Kept) -> None:
    desk = put_off(kept.session, kept.me)
    kept.now = NOON + timedelta(days=30)
    kept.session.settle()
    assert desk.filling.way("hope") is None
    desk.save()
    assert traces(stored(kept.session, kept.me)) == []


def test_what_was_put_off_later_stays_for_its_own_thirty_days(kept: Kept) -> None:
    desk = put_off(kept.session, kept.me)
    kept.now = NOON + timedelta(days=20)
    desk.filling.put_off("sleep_week", Way.WITH_SOMEONE)
    desk.save()
    session = kept.lock_and_open()
    kept.now = NOON + timedelta(days=30)
    session.settle()
    assert traces(stored(session, kept.me)) == []
    assert "with-someone" in stored(session, kept.me)


def test_everyone_s_go_also_while_somebody_sits_beside(team: Kept) -> None:
    session = team.session
    ana, ben = (session.add_person(name).id for name in ("Ana", "Ben"))
    for each in (ana, ben):
        put_off(session, each)
    session = team.lock_and_open()
    session.stay_with(ana)
    team.now = NOON + timedelta(days=30)
    session.settle()
    rows = [row.state.decode() for each in (ana, ben) for row in session.store.fillings(each)]
    assert [traces(each) for each in rows] == [[], []]


def test_of_somebody_held_nothing_goes_until_the_hold_is_lifted(team: Kept) -> None:
    session = team.session
    ana = session.add_person("Ana").id
    put_off(session, ana)
    session = team.lock_and_open()
    session.erasing.hold(ana)
    team.now = NOON + timedelta(days=30)
    session.settle()
    assert traces(stored(session, ana)) == ALL
    session.erasing.lift(ana)
    team.now = NOON + timedelta(days=31)
    session.settle()
    assert traces(stored(session, ana)) == []


def test_a_file_that_stood_behind_a_mark_goes_with_it(kept: Kept, tmp_path: Path) -> None:
    path = tmp_path / "picture.md"
    path.write_text(
        "| settings |\n| | form_title | form_id |\n| | T | picture |\n| survey |\n| | type | name | label |\n"
        "| | image | photo | A photo? |\n",
        "utf-8",
    )
    own = kept.session.forms.own
    own.keep(own.look(path))
    desk = kept.session.forms.open(kept.me, "picture")
    desk.filling.answer("photo", desk.files.keep("house.png", "image/png", b"\x89PNG a picture"))
    desk.filling.put_off("photo", Way.NOT_NOW)
    desk.save()
    session = kept.lock_and_open()
    kept.now = NOON + timedelta(days=29)
    session.settle()
    assert len(session.store.attachments(kept.me, record=ANSWER, include_removed=True)) == 1
    kept.now = NOON + timedelta(days=30)
    session.settle()
    assert session.store.attachments(kept.me, record=ANSWER, include_removed=True) == []


@pytest.mark.parametrize("state", [b"", b"damaged"])
def test_a_damaged_filling_is_left_as_it_is(kept: Kept, state: bytes) -> None:
    from dataclasses import replace

    put_off(kept.session, kept.me)
    session = kept.lock_and_open()
    row = session.forms.unfinished(kept.me)[0]
    with session.store.transaction():
        session.store.save_filling(replace(row, state=state))
    kept.now = NOON + timedelta(days=60)
    session.settle()
    assert session.forms.unfinished(kept.me)[0].state == state
