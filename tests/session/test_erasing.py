"""Erasing for good: a record, a person, the notebook. No word of it is left in the file or in undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.keys import KeysMissing, WrongPassphrase
from planner.plan.life import LifeDomain, Section
from planner.plan.records import Appointment, Barrier, Goal, Helper, Outcome, Step, SupportContact, WhatHappened
from planner.session import Changed, OutOfReach, Session
from planner.session.backups import Backups
from planner.store.erasing import clear_erased
from planner.store.local import Local
from planner.store.notebooks import Notebook
from planner.store.rows import AttachmentRow
from tests.session.conftest import PASSPHRASE, Kept
from tests.session.test_folding import decrypted

SECRETS = ("heron-goal", "heron-step", "heron-helps", "heron-barrier", "heron-paper", "heron-pages")
STAYS = "curlew-stays"
Objects = list[object]


@pytest.fixture(autouse=True)
def copies(monkeypatch: pytest.MonkeyPatch) -> FakeCopies:
    """What tells of safety copies, so that no test here needs any."""
    found = FakeCopies()
    monkeypatch.setattr(Session, "backups", found, raising=False)
    return found


class FakeCopies:
    def __init__(self) -> None:
        self.there: Objects = []
        self.done: Objects = []

    def list(self) -> Objects:
        return self.there

    def holding(self, person: str, record: str | None, progress: object) -> Objects:
        return self.there

    def make(self, progress: object) -> None:
        self.done.append("made")

    def clear(self, backups: object) -> None:
        self.done.append(backups)


def fill(session: Session, person: str) -> Goal:
    goal = Goal(title="heron-goal", domain=LifeDomain.PAPERS)
    with session.edit(person, "Add a goal") as edit:
        edit.add(goal)
        edit.add(Step(goal=goal.id, title="heron-step"))
        edit.add(Helper(goal=goal.id, name="heron-helps"))
        edit.add(Barrier(goal=goal.id, what="heron-barrier"))
        edit.add(Goal(title=STAYS, domain=LifeDomain.PAPERS))
    session.store.add_attachment(
        AttachmentRow(
            id="paper",
            person=person,
            record=goal.id,
            title="heron-paper",
            media_type="image/png",
            size=len(b"heron-pages"),
            added=session.stamp(),
        ),
        b"heron-pages",
    )
    session.keep_draft("plan", {"goal": goal.id, "why": "heron-half-typed"}, person)
    session.keep_draft("people", {"name": "curlew-half-typed"}, person)
    return goal


def left_in(kept: Kept) -> set[str]:
    """Which of the secrets stand in the file, read in plain, while the notebook is open."""
    kept.session.store.checkpoint()
    plain = decrypted(kept)
    return {each for each in (*SECRETS, "heron-half-typed") if each.encode() in plain}


def test_a_goal_goes_with_all_that_belongs_to_it_and_no_word_stays_in_the_file(kept: Kept) -> None:
    session = kept.session
    goal = fill(session, kept.me)
    with session.edit(kept.me, "Change a goal") as edit:
        edit.change(goal.id, title="heron-goal and more")
    assert left_in(kept) == {*SECRETS, "heron-half-typed"}
    told: list[Changed] = []
    session.on_change(told.append)
    session.erasing.erase_record(kept.me, goal.id)
    assert left_in(kept) == set()
    assert STAYS.encode() in decrypted(kept)
    assert [each.title for each in session.goals(kept.me)] == [STAYS]
    assert session.store.attachments(kept.me, include_removed=True) == []
    assert session.draft("plan") is None
    assert session.draft("people") == {"name": "curlew-half-typed"}
    (changed,) = told
    assert goal.id in changed.ids
    assert {"goal", "step", "helper", "barrier", "paper"} <= changed.kinds
    again = kept.lock_and_open()
    assert [each.title for each in again.goals(kept.me)] == [STAYS]
    assert left_in(kept) == set()


def test_undo_knows_nothing_of_it_any_more_but_still_of_the_rest(kept: Kept) -> None:
    session = kept.session
    goal = fill(session, kept.me)
    other = next(each for each in session.goals(kept.me) if each.title == STAYS)
    with session.edit(kept.me, "Change both") as edit:
        edit.change(goal.id, title="heron-goal again")
        edit.change(other.id, title="another name")
    session.erasing.erase_record(kept.me, goal.id)
    assert goal.id not in session.editor.undoable_ids()
    assert session.undo_words() == "Change both"
    assert session.undo()
    assert [each.title for each in session.goals(kept.me)] == [STAYS]
    while session.undo():
        pass
    while session.redo():
        pass
    assert session.record(kept.me, goal.id) is None
    assert left_in(kept) == set()


def test_what_was_removed_and_is_not_deleted_yet_can_be_erased_at_once(kept: Kept) -> None:
    session = kept.session
    goal = fill(session, kept.me)
    with session.edit(kept.me, "Remove a goal") as edit:
        edit.remove(goal.id)
    session.settle()
    assert "heron-step" in left_in(kept)
    session.erasing.erase_record(kept.me, goal.id)
    assert left_in(kept) == set()


def test_a_person_goes_from_goals_and_appointments_too(kept: Kept) -> None:
    session = kept.session
    friend = SupportContact(name="heron-goal", phones=({"number": "555 0199", "label": "heron-step"},))
    goal = Goal(title=STAYS)
    visit = Appointment(title="curlew-visit", starts="2026-03-13T10:30", zone="UTC", contact=friend.id)
    with session.edit(kept.me, "Add") as edit:
        edit.add(friend)
        edit.add(goal)
        edit.add(Helper(goal=goal.id, contact=friend.id, name="heron-goal", how="heron-helps"))
        edit.add(visit)
    account = session.erasing.look_at_record(kept.me, friend.id)
    assert account.title == "“heron-goal”"
    assert "1 line on who helps" in account.goes
    session.erasing.erase_record(kept.me, friend.id)
    assert left_in(kept) == set()
    (left,) = session.appointments(kept.me)
    assert left.contact == ""
    assert session.parts(kept.me, goal.id).helpers == ()


def test_an_appointment_goes_with_what_became_of_it_and_its_dates(kept: Kept) -> None:
    session = kept.session
    visit = Appointment(title="heron-goal", starts="2026-03-13T10:30", zone="UTC", repeat="FREQ=DAILY;COUNT=3")
    with session.edit(kept.me, "Add") as edit:
        edit.add(visit)
        edit.add(Outcome(appointment=visit.id, occurrence=visit.starts, what=WhatHappened.WENT, note="heron-step"))
    assert len(session.agenda(session.today(), 7)) == 3
    goes = session.erasing.look_at_record(kept.me, visit.id).goes
    assert "All its times, not only one" in goes
    assert "How 1 appointment went" in goes
    session.erasing.erase_record(kept.me, visit.id)
    assert session.agenda(session.today(), 7) == []
    assert left_in(kept) == set()


def test_a_merge_with_an_older_copy_does_not_bring_it_back(kept: Kept) -> None:
    session = kept.session
    goal = fill(session, kept.me)
    session.settle()
    document = session.editor.documents.get(kept.me, Section.MONEY_AND_PAPERS)
    older = document.state()
    assert goal.id in document.records()
    session.erasing.erase_record(kept.me, goal.id)
    key = bytes.fromhex(session.store.get("digest_key"))
    purged = {
        name: digest.decode().split()
        for name, digest in session.store.purged(kept.me, Section.MONEY_AND_PAPERS).items()
    }
    now = session.editor.documents.get(kept.me, Section.MONEY_AND_PAPERS)
    now.merge(older, purged, key)
    assert [each.title_text() for each in now.records().values()] == [STAYS]


def test_erasing_that_cannot_be_written_erases_nothing(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    session = kept.session
    goal = fill(session, kept.me)

    def full(*_values: object) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "log", full)
        with pytest.raises(OSError, match="no room"):
            session.erasing.erase_record(kept.me, goal.id)
    assert {each.title for each in session.goals(kept.me)} == {"heron-goal", STAYS}
    assert [step.title for step in session.parts(kept.me, goal.id).steps] == ["heron-step"]
    assert len(session.store.attachments(kept.me)) == 1
    session.erasing.erase_record(kept.me, goal.id)
    assert left_in(kept) == set()


def answered(kept: Kept) -> str:
    """The id of the goal that the answers of a form made."""
    session = kept.session
    (info,) = [each for each in session.forms.all() if each.id == session.forms.all()[0].id]
    desk = session.forms.open(kept.me, info.id)
    desk.save()
    goal = Goal(title="heron-goal", origin=f"{info.id}/goal-1")
    with session.edit(kept.me, "Put answers into the plan") as edit:
        edit.add(goal)
    return goal.id


def test_answers_stay_unless_asked_and_that_is_said(kept: Kept) -> None:
    session = kept.session
    goal = answered(kept)
    account = session.erasing.look_at_record(kept.me, goal)
    (title,) = account.forms
    assert any(title in each for each in account.stays)
    assert not any(title in each for each in account.goes)
    session.erasing.erase_record(kept.me, goal)
    assert len(session.store.fillings(kept.me)) == 1
    again = Goal(title="heron-step", origin=f"{session.store.fillings(kept.me)[0].form}/goal-1")
    with session.edit(kept.me, "Put answers into the plan") as edit:
        edit.add(again)
    session.erasing.erase_record(kept.me, again.id, answers=True)
    assert session.store.fillings(kept.me) == []
    assert left_in(kept) == set()


def test_the_account_counts_what_goes_and_names_what_is_out_of_reach(kept: Kept) -> None:
    goal = fill(kept.session, kept.me)
    account = kept.session.erasing.look_at_record(kept.me, goal.id)
    assert account.goes == (
        "Everything written about “heron-goal”",
        "1 step",
        "1 thing that is in the way",
        "1 line on who helps",
        "1 paper kept with it",
    )
    assert account.stays[-1].startswith("Copies on paper, on other devices")
    with pytest.raises(KeyError):
        kept.session.erasing.look_at_record(kept.me, "nobody")


def test_a_line_says_that_something_was_erased_and_not_what(kept: Kept) -> None:
    goal = fill(kept.session, kept.me)
    kept.session.erasing.erase_record(kept.me, goal.id)
    line = kept.session.activity(1)[0]
    assert (line.what, dict(line.detail)) == ("erased", {"kind": "goal"})


# ---------------------------------------------------------------- a person


def two_people(team: Kept) -> tuple[str, str]:
    session = team.session
    lin, mara = session.add_person("Heron-Lin", code="heron-code"), session.add_person("Mara")
    goal = fill(session, lin.id)
    session.choose(lin.id)
    session.notes.add(
        lin.id, when=session.today(), kind="call", minutes=1, who="heron-helps", facts="heron-note", agreed=""
    )
    session.put_off(lin.id, "step")
    session.set_aside(lin.id, "offer")
    session.store.set(f"dropped/{lin.id}/safety", ["x"])
    session.settle()
    with session.edit(mara.id, "Add a goal") as edit:
        edit.add(Goal(title=STAYS))
    session.choose(mara.id)
    session.put_off(mara.id, "step")
    assert goal.title == "heron-goal"
    return lin.id, mara.id


def settings_of(session: Session) -> list[str]:
    return [name for (name,) in session.store._ask("SELECT name FROM setting")]


def test_everything_of_a_person_goes_and_nothing_of_another(team: Kept) -> None:
    lin, mara = two_people(team)
    session = team.session
    before = decrypted_open(team)
    assert all(each.encode() in before for each in (*SECRETS, "heron-note", "Heron-Lin", "heron-code", "heron-half"))
    account = session.erasing.look_at_person(lin)
    assert account.title == "Heron-Lin"
    assert "1 note" in account.goes
    assert "2 goals" in account.goes
    session.erasing.erase_person(lin)
    after = decrypted_open(team)
    assert b"heron" not in after.lower()
    assert not any(lin in name for name in settings_of(session))
    assert any(mara in name for name in settings_of(session))
    assert [each.id for each in session.people()] == [mara]
    assert [each.title for each in session.goals(mara)] == [STAYS]
    assert all(entry.person != lin for entry in session.activity())
    assert session.activity(1)[0].detail == {"kind": "person"}
    while session.undo():
        pass
    team.lock_and_open()
    assert lin.encode() not in decrypted_open(team)
    assert b"heron" not in decrypted_open(team).lower()


def decrypted_open(team: Kept) -> bytes:
    team.session.store.checkpoint()
    return decrypted(team)


def test_nobody_is_erased_whose_pages_are_open_or_beside_whom_somebody_sits(team: Kept) -> None:
    lin, mara = two_people(team)
    with pytest.raises(ValueError, match="open"):
        team.session.erasing.erase_person(mara)
    team.session.stay_with(mara)
    for call in (
        lambda: team.session.erasing.erase_person(lin),
        lambda: team.session.erasing.look_at_person(lin),
        lambda: team.session.erasing.erase_record(lin, "any"),
        lambda: team.session.erasing.allow_notebook(PASSPHRASE),
        lambda: team.session.erasing.hold(lin),
    ):
        with pytest.raises(OutOfReach):
            call()


def test_the_one_whose_notebook_it_is_erases_the_notebook_instead(kept: Kept) -> None:
    with pytest.raises(ValueError, match="open"):
        kept.session.erasing.erase_person(kept.me)


# ---------------------------------------------------------------- the notebook


def files_of(data_dir: Path) -> list[str]:
    return sorted(str(each.relative_to(data_dir)) for each in data_dir.rglob("*"))


def test_a_notebook_goes_from_the_disk_with_its_copies_and_its_label(kept: Kept) -> None:
    data_dir = kept.folder.parent
    other = Notebook.create(data_dir, PASSPHRASE, "Recipes", None)
    other.close()
    copy = kept.folder / "backups" / "2026-03-10T000000Z-abcdef"
    copy.mkdir(parents=True)
    (copy / "keys").write_bytes(b"k" * 300)
    (copy / "data").write_bytes(b"d" * 300)
    with pytest.raises(ValueError, match="passphrase"):
        kept.session.erasing.erase_notebook()
    with pytest.raises(WrongPassphrase):
        kept.session.erasing.allow_notebook("something else entirely")
    with pytest.raises(ValueError, match="passphrase"):
        kept.session.erasing.erase_notebook()
    assert kept.folder.is_dir()
    kept.session.erasing.allow_notebook(PASSPHRASE)
    kept.session.erasing.erase_notebook()
    assert not kept.session.store.is_open
    assert not kept.folder.exists()
    assert [each.name for each in data_dir.iterdir() if each.is_dir()] == [other.folder.name]
    assert set(Local.read(data_dir).labels) == {other.folder.name}
    with pytest.raises(KeysMissing):
        Notebook.open(kept.folder, PASSPHRASE)
    Notebook.open(other.folder, PASSPHRASE).close()


@pytest.mark.parametrize("kill", ["destroy", "shutil.rmtree"])
def test_what_a_kill_interrupts_is_no_notebook_any_more_and_is_finished_at_the_next_start(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, kill: str
) -> None:
    data_dir = kept.folder.parent
    kept.session.erasing.allow_notebook(PASSPHRASE)

    class Killed(BaseException):
        """The power goes."""

    def dead(*_values: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(f"planner.store.erasing.{kill}", dead)
        with pytest.raises(Killed):
            kept.session.erasing.erase_notebook()
    assert not kept.folder.exists()
    assert any(name.startswith("gone-") for name in files_of(data_dir))
    clear_erased(data_dir)
    assert not [each for each in data_dir.iterdir() if each.is_dir()]


def test_the_keys_are_overwritten_before_they_are_removed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = (kept.folder / "keys").read_bytes()
    seen: dict[str, bytes] = {}
    unlink: Callable[..., None] = Path.unlink

    def look(path: Path, missing_ok: bool = False) -> None:
        seen[path.name] = path.read_bytes()
        unlink(path, missing_ok)

    kept.session.erasing.allow_notebook(PASSPHRASE)
    monkeypatch.setattr(Path, "unlink", look)
    kept.session.erasing.erase_notebook()
    assert {"keys", "keys.copy"} <= set(seen)
    assert all(len(content) == len(keys) and content != keys for name, content in seen.items() if "keys" in name)


def test_copies_are_cleared_only_after_a_fresh_one_is_there(kept: Kept, copies: FakeCopies) -> None:
    kept.session.erasing.clear_copies([])
    assert copies.done == []
    old = object()
    kept.session.erasing.clear_copies([old])  # type: ignore[list-item]
    assert copies.done == ["made", [old]]


# ---------------------------------------------------------------- with real safety copies


@pytest.fixture
def real_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The safety copies themselves, in place of what tells of them."""
    monkeypatch.delattr(Session, "backups")
    monkeypatch.setattr(Session, "backups", property(_backups), raising=False)


def _backups(session: Session) -> Backups:
    found: Backups = session.__dict__.setdefault("real backups", Backups(session))
    return found


@pytest.mark.usefixtures("real_copies")
def test_the_copies_that_hold_it_are_found_and_cleared_and_one_without_it_stands_in_their_place(kept: Kept) -> None:
    session = kept.session
    before = session.backups.make()
    goal = fill(session, kept.me)
    session.settle()
    kept.now = kept.now.replace(day=13)
    with_it = session.backups.make()
    found = session.erasing.holding(kept.me, goal.id)
    assert [each.folder for each in found] == [with_it.folder]
    account = session.erasing.look_at_record(kept.me, goal.id, found)
    assert account.backups == found
    session.erasing.erase_record(kept.me, goal.id)
    assert [each.folder for each in session.erasing.holding(kept.me, goal.id)] == [with_it.folder]
    session.backups.prepare()
    kept.now = kept.now.replace(day=14)
    session.erasing.clear_copies(found)
    assert not with_it.folder.exists()
    assert before.folder.exists()
    assert len(session.backups.list()) == 2
    assert session.erasing.holding(kept.me, goal.id) == ()


@pytest.mark.usefixtures("real_copies")
def test_an_erased_notebook_takes_its_real_copies_along(kept: Kept) -> None:
    kept.session.backups.make()
    account = kept.session.erasing.look_at_notebook()
    assert "The safety copy in its folder" in account.goes
    kept.session.erasing.allow_notebook(PASSPHRASE)
    kept.session.erasing.erase_notebook()
    assert not any(each.is_dir() for each in kept.folder.parent.iterdir())
