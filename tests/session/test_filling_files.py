"""Files given as answers: in the notebook only, as long as an answer names them, and gone with the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.forms import Form, Way
from planner.plan.life import LifeDomain
from planner.plan.records import Goal, new_id
from planner.session import OutOfReach, Session
from planner.session.comparing import compare
from planner.session.erasing import OnHold
from planner.session.filling_desk import FillingDesk
from planner.session.types import FormInfo
from planner.store.attachments import ANSWER
from planner.store.rows import FillingRow
from tests.session.conftest import NOON, Kept
from tests.session.test_folding import decrypted
from tests.session.test_merging import merge, replica
from tests.unit.exchange.photos import jpeg, png

INFO = FormInfo("with-files", "With files", "")
PHOTO, OTHER = jpeg(), png()
FORM = """
| survey |
| | type | name | label |
| | text | word | A word |
| | image | photo | A **photo** of it |
| | audio | sound | A recording |
| settings |
| | form_title | form_id |
| | With files | with-files |
"""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    path = tmp_path_factory.mktemp("form") / "with-files.md"
    path.write_text(FORM, encoding="utf-8")
    return Form.load(path)


def begin(session: Session, form: Form, person: str, done: bytes = b"") -> FillingDesk:
    """A filling on the table, as if its page were open."""
    filling = form.again(done, now=session.now) if done else form.start(now=session.now)
    now = session.stamp()
    row = FillingRow(
        id=new_id(), person=person, form=INFO.id, version="", state=filling.state(), started=now, updated=now
    )
    desk = FillingDesk(session, row, filling, INFO, stored=False)
    session.forms._open = desk
    return desk


def give(desk: FillingDesk, content: bytes = PHOTO, question: str = "photo", name: str = "IMG_1.jpg") -> str:
    value = desk.files.keep(name, "image/jpeg", content)
    desk.filling.answer(question, value)
    desk.save()
    return value


def there(session: Session) -> list[bytes]:
    """The contents of all files that are answers, whatever names them."""
    rows = session.store.attachments(record=ANSWER, include_removed=True)
    return sorted(session.store.attachment_content(row.id) for row in rows)


def filling_of(desk: FillingDesk) -> str:
    return desk._row.id


def test_a_file_is_kept_over_a_lock_and_nothing_lies_outside(kept: Kept, form: Form, tmp_path: Path) -> None:
    desk = begin(kept.session, form, kept.me)
    value = give(desk, name="Lake at home.JPG")
    assert value.endswith(".jpg")
    assert "Lake" not in value, "the name that goes into the answers says nothing"
    assert desk.filling.valid("photo").ok
    kept.lock_and_open()
    again = begin(kept.session, form, kept.me)
    assert again.files.content(value) == PHOTO
    assert (again.files.media_type(value), again.files.name(value)) == ("image/jpeg", "Lake at home.JPG")
    kept.session.lock()
    files = [each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()]
    assert files
    assert not any(PHOTO[:40] in each or b"Lake at home" in each for each in files)
    assert PHOTO[-40:] in decrypted(kept), "a test of absence sees what is there"
    kept.open()


def test_it_is_no_paper_and_found_by_no_word(kept: Kept, form: Form) -> None:
    value = give(begin(kept.session, form, kept.me), name="Lake.jpg")
    session = kept.session
    session.papers.keep(kept.me, OTHER, "image/png", "Lease")
    assert [each.title for each in session.papers.of(kept.me)] == ["Lease"]
    assert session.papers.find(kept.me, value.partition(".")[0]) is None
    for word, many in (("lease", 1), ("lake", 0), (value[:12], 0)):
        assert len(session.finding.find(word)) == many, word


def test_replaced_it_stays_for_undo_and_is_gone_after_the_lock(kept: Kept, form: Form) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    first = give(desk)
    before = desk.filling.state()
    desk.files.undoable = lambda: [before]
    second = give(desk, OTHER)
    session.settle()
    assert desk.files.content(first) == PHOTO, "undo may bring it back"
    after = desk.filling.state()
    desk.files.undoable = lambda: [after]
    desk.put_back(before)
    desk.save()
    session.settle()
    assert desk.files.content(first) == PHOTO
    assert desk.files.content(second) == OTHER, "and it may be done again"
    kept.lock_and_open()
    assert there(kept.session) == [PHOTO]
    assert begin(kept.session, form, kept.me).files.content(first) == PHOTO


def test_without_undo_what_was_replaced_goes_in_a_quiet_moment(kept: Kept, form: Form) -> None:
    desk = begin(kept.session, form, kept.me)
    give(desk)
    kept.session.settle()
    assert there(kept.session) == [PHOTO]
    give(desk, OTHER)
    kept.session.settle()
    assert there(kept.session) == [OTHER]
    desk.filling.answer("photo", "")
    desk.save()
    kept.session.settle()
    assert there(kept.session) == []


def test_no_words_of_it_stay_on_the_disk(kept: Kept, form: Form) -> None:
    desk = begin(kept.session, form, kept.me)
    secret = b"\xff\xd8\xff" + b"heron by the water " * 40
    give(desk, secret)
    kept.session.lock()
    assert b"heron by the water" in decrypted(kept)
    kept.open()
    row = kept.session.store.fillings(kept.me)[0]
    kept.session.forms.throw_away(row.id)
    assert there(kept.session) == []
    kept.session.lock()
    assert b"heron by the water" not in decrypted(kept)
    kept.open()


def test_refused_it_goes_and_put_off_it_stays(kept: Kept, form: Form) -> None:
    desk = begin(kept.session, form, kept.me)
    give(desk)
    give(desk, OTHER, "sound")
    desk.filling.put_off("photo", Way.RATHER_NOT)
    desk.filling.put_off("sound", Way.NOT_NOW)
    desk.save()
    kept.lock_and_open()
    assert there(kept.session) == [OTHER]


def test_what_is_not_saved_yet_is_not_taken(kept: Kept, form: Form) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    value = desk.files.keep("a.png", "image/png", OTHER)
    session.settle()
    assert desk.files.content(value) == OTHER
    desk.filling.answer("photo", value)
    session.settle()
    assert desk.files.content(value) == OTHER
    stray = desk.files.keep("b.png", "image/png", PHOTO)
    desk.files.discard(stray)
    session.settle()
    assert there(session) == [OTHER]


def test_the_finished_form_keeps_it_and_so_does_the_next_one(kept: Kept, form: Form) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    value = give(desk)
    desk.finish([], [])
    kept.lock_and_open()
    session = kept.session
    done = session.store.fillings(kept.me)[0]
    assert value.encode() in done.state
    again = begin(session, form, kept.me, done.state)
    again.save()
    session.forms.throw_away(filling_of(again))
    assert there(session) == [PHOTO], "the finished answers still name it"
    again = begin(session, form, kept.me, done.state)
    again.save()
    session.forms.throw_away(done.id)
    assert there(session) == [PHOTO], "and now those that were begun from them"
    session.forms.throw_away(filling_of(again))
    assert there(session) == []


def test_of_somebody_on_hold_nothing_is_erased(kept: Kept, form: Form) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    give(desk)
    session.erasing.hold(kept.me)
    with pytest.raises(OnHold):
        session.forms.throw_away(filling_of(desk))
    give(desk, OTHER)
    kept.lock_and_open()
    assert sorted([PHOTO, OTHER]) == there(kept.session)
    kept.session.erasing.lift(kept.me)
    kept.lock_and_open()
    assert there(kept.session) == [OTHER]


def test_it_goes_with_the_answers_that_go_with_a_record(kept: Kept, form: Form) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    give(desk)
    desk.finish([], [])
    goal, other = (
        Goal(title="A garden", domain=LifeDomain.HOME, origin=f"{origin}/1/goal") for origin in (INFO.id, "other")
    )
    with session.edit(kept.me, "Add") as edit:
        edit.add(goal)
        edit.add(other)
    session.erasing.erase_record(kept.me, other.id, answers=True)
    assert there(session) == [PHOTO]
    session.erasing.erase_record(kept.me, goal.id, answers=True)
    assert there(session) == []
    assert session.store.fillings(kept.me) == []


def test_it_goes_with_the_person(team: Kept, form: Form) -> None:
    session = team.session
    person, other = session.add_person("Lin").id, session.add_person("Sam").id
    give(begin(session, form, person))
    kept_one = give(begin(session, form, other), OTHER)
    session.erasing.erase_person(person)
    assert there(session) == [OTHER]
    assert begin(session, form, other).files.content(kept_one) == OTHER


def test_out_of_reach_it_is_out_of_reach(team: Kept, form: Form) -> None:
    session = team.session
    person, other = session.add_person("Lin").id, session.add_person("Sam").id
    desk = begin(session, form, person)
    value = give(desk)
    session.stay_with(other)
    with pytest.raises(OutOfReach):
        desk.files.content(value)
    with pytest.raises(OutOfReach):
        desk.files.keep("a", "image/jpeg", PHOTO)


def test_a_copy_holds_it_and_a_merge_brings_it(kept: Kept, form: Form, tmp_path: Path) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    value = give(desk)
    with_it = replica(session, tmp_path / "there")
    assert there(with_it) == [PHOTO]
    desk.filling.answer("photo", "")
    desk.save()
    kept.lock_and_open()
    session = kept.session
    assert there(session) == []
    found = compare(session.store, with_it.store, NOON, lambda _done, _of: None)
    kinds = {each.kind for each in (*found.only_here, *found.only_there, *found.different)}
    assert kinds == {"filling"}, "the file goes with its answers, not beside them"
    merge(session, with_it)
    assert there(session) == [PHOTO], "of two states both stay, and so does what the older one names"
    kept.lock_and_open()
    files = begin(kept.session, form, kept.me).files
    assert files.content(value) == PHOTO
    with_it.notebook.close()


def test_a_merge_brings_back_no_file_that_no_answer_names(kept: Kept, form: Form, tmp_path: Path) -> None:
    session = kept.session
    desk = begin(session, form, kept.me)
    give(desk)
    there_too = replica(session, tmp_path / "there")
    session.forms.throw_away(filling_of(desk))
    merge(session, there_too, keep_both=False)
    assert there(session) == []
    assert session.store.fillings(kept.me) == []
    there_too.notebook.close()


def test_it_is_counted_with_the_answers_and_the_notebook_is_sound(team: Kept, form: Form) -> None:
    session = team.session
    person = session.add_person("Lin").id
    give(begin(session, form, person))
    account = session.erasing.look_at_person(person)
    assert any("1 guided form" in each for each in account.goes)
    assert not any("paper" in each for each in account.goes)
    assert session.store.verify() == []
    assert session.store.broken_attachments() == []
