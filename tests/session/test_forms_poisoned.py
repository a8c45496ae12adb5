"""Copies of a notebook that somebody made up: what they say of forms and answers is tried before it counts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from planner.forms import FillingUnreadable, Form
from planner.plan.records import Appointment
from planner.session import Mode, Session
from planner.session.form_versions import shipped_form
from planner.session.merging import Merging
from planner.session.proposals import appointment_from
from planner.store.attachments import ANSWER
from planner.store.errors import StoreDamaged
from planner.store.in_memory import NOWHERE, MemoryStore
from planner.store.notebooks import Notebook
from planner.store.rows import AttachmentRow, FillingRow, FormRow
from planner.ui.reminders import reminders_of

NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
    <h:title>{title}</h:title><model><instance><data id="{id}" version="1"><a/></data></instance>
    <bind nodeset="/data/a" type="string"/></model></h:head>
    <h:body><input ref="/data/a"><label>{label}</label></input></h:body></h:html>"""


def form(form_id: str = "arriving", label: str = "How are you?", title: str = "Arriving") -> Form:
    return Form.from_xml(XFORM.format(id=form_id, label=label, title=title).encode())


def opened(store: MemoryStore | None = None) -> Session:
    notebook = SimpleNamespace(store=store or MemoryStore.empty(), folder=NOWHERE)
    return Session(cast("Notebook", notebook), clock=lambda: NOON, zone="UTC")


@pytest.fixture
def mine() -> Session:
    session = opened()
    session.set_up(Mode.FOR_ME, "Ana")
    return session


@pytest.fixture
def theirs(mine: Session) -> MemoryStore:
    """A copy that holds her alone."""
    store = MemoryStore.empty()
    row = mine.store.person(mine.people()[0].id)
    assert row is not None
    store.save_person(row)
    return store


def me(session: Session) -> str:
    return session.people()[0].id


def put(store: MemoryStore, held: Form, *, digest: str = "", form_id: str = "", own: bool = True) -> str:
    """A form as a copy claims it to be."""
    digest = digest or held.digest
    titles = {"": "A title that was made up"}
    row = FormRow(digest=digest, form=form_id or held.id, version="9", titles=titles, own=own, added="2026-03-01")
    store.keep_form(row, held.xform, held.files)
    return digest


def answered(store: MemoryStore, person: str, state: bytes, digest: str = "", form_id: str = "arriving") -> None:
    at = "2026-03-02T00:00:00+00:00"
    store.save_filling(
        FillingRow(id="f", person=person, form=form_id, version="1", state=state, started=at, updated=at, digest=digest)
    )


def test_a_form_comes_under_its_own_digest_id_title_and_version(mine: Session, theirs: MemoryStore) -> None:
    put(theirs, form())
    Merging(mine, theirs).everything()
    info = next(each for each in mine.forms.all() if each.own)
    assert (info.id, info.title, info.version) == ("arriving", "Arriving", "1")


@pytest.mark.parametrize("own", [True, False])
def test_a_form_under_the_digest_of_another_does_not_come(mine: Session, theirs: MemoryStore, *, own: bool) -> None:
    put(theirs, form(label="Where are you?"), digest=form().digest, own=own)
    answered(theirs, me(mine), b'{"form":"arriving","xml":"<data id=\\"arriving\\"/>"}', form().digest)
    Merging(mine, theirs).everything()
    assert mine.store.form(form().digest) is None
    assert mine.store.fillings(me(mine))[0].digest == ""


def test_a_form_that_travels_with_the_program_is_not_changed_under_its_digest(
    mine: Session, theirs: MemoryStore
) -> None:
    shipped = shipped_form("first-steps")
    put(theirs, form("first-steps", "Where are you?"), digest=shipped.digest, own=False)
    answered(
        theirs, me(mine), b'{"form":"first-steps","xml":"<x id=\\"first-steps\\"/>"}', shipped.digest, "first-steps"
    )
    Merging(mine, theirs).everything()
    mine.forms.open(me(mine), "first-steps").save()
    assert mine.store.form_content(shipped.digest)[0] == shipped.xform


def test_a_form_under_the_id_of_another_does_not_come(mine: Session, theirs: MemoryStore) -> None:
    put(theirs, form("arriving"), form_id="leaving")
    Merging(mine, theirs).everything()
    assert [each for each in mine.forms.all() if each.own] == []


def test_a_notebook_that_holds_a_form_under_the_id_of_another_is_damaged(mine: Session) -> None:
    put(cast("MemoryStore", mine.store), form("arriving"), form_id="leaving")
    with pytest.raises(StoreDamaged):
        mine.forms.open(me(mine), "leaving")


def test_a_form_that_cannot_be_read_comes_with_answers_alone(mine: Session, theirs: MemoryStore) -> None:
    held = form()
    held.xform = b"no form"
    digest = put(theirs, held, own=False)
    answered(theirs, me(mine), b"{}", digest)
    Merging(mine, theirs).everything()
    assert mine.store.form_content(digest)[0] == b"no form"
    put(theirs, form("leaving"))
    other = form("parting")
    other.xform = b"nothing"
    put(theirs, other)
    Merging(mine, theirs).everything()
    assert [each.id for each in mine.forms.all() if each.own] == ["leaving"]


def state(**more: object) -> bytes:
    return json.dumps({"form": "arriving", "version": "1", "xml": "<data id='arriving'><a/></data>", **more}).encode()


def nested(name: str) -> bytes:
    """Nested more deeply than anything that Python reads."""
    return state(**{name: {"o": 0}}).replace(b'{"o": 0}', b'{"o":' + b"[" * 100_000 + b"]" * 100_000 + b"}")


BROKEN = {
    "nested in what was decided": nested("decided"),
    "nested in marks": nested("ways"),
    "nested in sections": nested("skipped"),
    "no state": b"[]",
    "half a letter in what was decided": state(decided={"o": {"choice": "\ud800"}}),
    "half a letter in the page": state(page="\ud800"),
    "half a letter in a section": state(skipped={"\udfff": "2026-03-12"}),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_answers_that_cannot_be_read_stand_in_the_way_of_nothing(
    mine: Session, theirs: MemoryStore, broken: bytes
) -> None:
    put(theirs, form())
    put(theirs, form("leaving"))
    answered(theirs, me(mine), broken, form().digest)
    Merging(mine, theirs).everything()
    assert {each.id for each in mine.forms.all() if each.own} == {"arriving", "leaving"}
    mine.letting_go.look()
    with pytest.raises(FillingUnreadable):
        mine.forms.open(me(mine), "arriving")
    mine.forms.open(me(mine), "leaving").save()
    assert mine.store.filling("f") is not None


def test_what_is_taken_back_holds_only_letters_that_can_be_kept(mine: Session, theirs: MemoryStore) -> None:
    put(theirs, form())
    kept = state(ways={"/data/a": ["not-now", "a\x00 heron\ufffe", "2026-03-11"]})
    answered(theirs, me(mine), kept, form().digest)
    Merging(mine, theirs).everything()
    desk = mine.forms.open(me(mine), "arriving")
    desk.filling.take_back("a")
    desk.save()
    assert desk.filling.value("a") == "a heron"


def test_what_looks_like_half_a_letter_and_is_none_is_kept(mine: Session, theirs: MemoryStore) -> None:
    put(theirs, form())
    answered(theirs, me(mine), state(page="\\ud800", spoken="\U0001f338"), form().digest)
    Merging(mine, theirs).everything()
    desk = mine.forms.open(me(mine), "arriving")
    assert (desk.filling.page, desk.spoken) == ("\\ud800", "\U0001f338")


def file_of(store: MemoryStore, person: str, name: str, record: str = ANSWER) -> None:
    row = AttachmentRow(id=name, person=person, record=record, title="A file", media_type="image/png", size=1)
    store.add_attachment(row, b"x")


@pytest.mark.parametrize("name", ["", "a", "data", 'data":"<data', "../../../etc/passwd"])
def test_a_file_under_a_name_that_any_answers_hold_does_not_come(mine: Session, theirs: MemoryStore, name: str) -> None:
    put(theirs, form())
    real = "NBabcdefgh-_1234"
    file_of(theirs, me(mine), name)
    file_of(theirs, me(mine), real)
    answered(theirs, me(mine), state(xml=f"<data id='arriving'><a>{name}{real}</a></data>"), form().digest)
    Merging(mine, theirs).everything()
    assert [row.id for row in mine.store.attachments(me(mine), include_removed=True)] == [real]


def test_a_file_under_the_name_of_a_paper_does_not_bring_it_back(mine: Session, theirs: MemoryStore) -> None:
    put(theirs, form())
    paper = mine.papers.keep(me(mine), b"x", "image/png", "A card")
    mine.store.change_attachment(paper.id, removed=True)
    file_of(theirs, me(mine), paper.id)
    answered(theirs, me(mine), state(xml=f"<data id='arriving'><a>{paper.id}</a></data>"), form().digest)
    Merging(mine, theirs).everything()
    assert mine.store.attachments(me(mine)) == []
    assert [row.title for row in mine.store.attachments(me(mine), include_removed=True)] == ["A card"]


@pytest.mark.parametrize(
    ("said", "minutes", "remind"),
    [
        ("30", 30, 30),
        (" 45 ", 45, 45),
        ("527040", 527_040, 527_040),
        ("527041", 0, -1),
        ("9" * 20, 0, -1),
        ("9" * 5_000, 0, -1),
        ("\u00b2", 0, -1),
        ("-5", 0, -1),
    ],
)
def test_minutes_that_a_form_says_are_minutes_that_a_day_can_be_counted_with(
    mine: Session, said: str, minutes: int, remind: int
) -> None:
    properties = {"starts": "2026-03-12T15:00", "minutes": said, "remind_minutes": said, "bring_" + "9" * 5_000: "x"}
    record, _parts = appointment_from("o", "Talk", properties)
    assert isinstance(record, Appointment)
    assert (record.minutes, record.remind_minutes, record.bring) == (minutes, remind, ())
    with mine.edit(me(mine), "x") as edit:
        edit.add(record)
    (item,) = mine.agenda(date(2026, 3, 12), 1)
    assert item.appointment == record


def test_an_appointment_of_a_million_years_hides_no_other(mine: Session) -> None:
    """As a copy that somebody made up may hold one."""
    far = date(2031, 3, 12)
    with mine.edit(me(mine), "x") as edit:
        edit.add(Appointment(title="Long", starts="2026-03-12T15:00", minutes=10**12, remind_minutes=10**12))
        edit.add(Appointment(title="Talk", starts=f"{far}T15:00", minutes=30))
    assert "Talk" in [each.appointment.title for each in mine.agenda(far, 1)]
    assert len(reminders_of(mine.agenda(date(2026, 3, 12), 1), "UTC")) == 1


def test_somebody_who_is_called_like_a_setting_neither_sets_nor_erases_it(mine: Session, theirs: MemoryStore) -> None:
    row = theirs.person(me(mine))
    assert row is not None
    names = ("agenda_until", "dropped", "Bo")
    for name in names:
        theirs.save_person(replace(row, id=name, is_me=False))
        theirs.set(f"dropped/{name}/arriving", ["o"])
    theirs.set("agenda_until", "no day")
    mine.store.set("dropped/somebody/arriving", ["kept"])
    before = mine.store.get("agenda_until")
    Merging(mine, theirs).everything()
    assert mine.store.get("agenda_until") == before
    for name in names:
        assert mine.store.get(f"dropped/{name}/arriving") == ["o"]
        mine.store.remove_person(name)
        assert mine.store.get(f"dropped/{name}/arriving") is None
    assert mine.store.get("dropped/somebody/arriving") == ["kept"]
