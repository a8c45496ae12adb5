"""Forms that a shelter brings: looked at, brought in, in newer versions, put aside; and answers that stay readable."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from planner.forms import FormUnreadable
from planner.packs.forms import shipped_forms
from planner.session import OutOfReach, Session
from planner.session.comparing import Fate
from planner.session.own_forms import Arrival
from planner.session.types import FormInfo
from planner.store.notebooks import Notebook
from planner.store.rows import FillingRow, FormRow
from planner.words import use_language
from tests.session.conftest import PASSPHRASE, ZONE, Kept

SHIPPED = [each.id for each in shipped_forms()]
ONE = """
| survey |
| | type | name | label::English (en) | label::Español (es) |
| | text | wish | What would help? | ¿Qué ayudaría? |
| | text | bed | Which bed? | ¿Qué cama? |
| | select_one_from_file towns.csv | town | Which town? | ¿Qué pueblo? |
| settings |
| | form_title | form_title::Español (es) | form_id | version | default_language |
| | Arriving | Llegada | arriving | 1 | English (en) |
"""
TWO = ONE.replace("| text | bed | Which bed? | ¿Qué cama? |", "| text | room | Which room? | ¿Qué cuarto? |")
TWO = TWO.replace("| arriving | 1 |", "| arriving | 2 |")
TOWNS = "name,label\nheron,Heron Bay\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "towns.csv").write_text(TOWNS, encoding="utf-8")
    return folder


def bring(session: Session, shelf: Path, text: str = ONE, name: str = "arriving.md") -> FormInfo:
    path = shelf / name
    path.write_text(text, encoding="utf-8")
    return session.forms.own.keep(session.forms.own.look(path))


def ids(session: Session) -> list[str]:
    return [each.id for each in session.forms.all()]


def test_looking_changes_nothing_and_tells_what_is_in_it(kept: Kept, shelf: Path) -> None:
    before = kept.session.store.fingerprint()
    (shelf / "a.md").write_text(ONE, encoding="utf-8")
    preview = kept.session.forms.own.look(shelf / "a.md")
    assert preview.arrival is Arrival.NEW
    assert (preview.title, preview.form.version, preview.questions) == ("Arriving", "1", 3)
    assert preview.languages == ("English (en)", "Español (es)")
    assert preview.problems == ()
    assert kept.session.store.fingerprint() == before
    assert ids(kept.session) == SHIPPED


def test_a_form_that_came_in_is_offered_with_the_files_beside_it(kept: Kept, shelf: Path) -> None:
    info = bring(kept.session, shelf)
    assert (info.title, info.own, info.version) == ("Arriving", True, "1")
    (shelf / "arriving.md").unlink()
    (shelf / "towns.csv").unlink()
    session = kept.lock_and_open()
    assert ids(session) == [*SHIPPED, "arriving"]
    desk = session.forms.open(kept.me, "arriving")
    desk.filling.answer("town", "heron")
    pages = [item for page in desk.filling.pages() for item in page.items]
    assert [[each.label for each in item.choices] for item in pages if item.ref.endswith("/town")] == [["Heron Bay"]]
    desk.save()
    assert session.store.verify() == []


def test_a_title_is_said_in_the_language_in_use(kept: Kept, shelf: Path) -> None:
    bring(kept.session, shelf)
    use_language("es")
    try:
        assert [each.title for each in kept.session.forms.all() if each.own] == ["Llegada"]
    finally:
        use_language("en")
    assert kept.session.forms.titles()["arriving"] == "Arriving"


def test_the_file_names_a_form_without_an_id(kept: Kept, shelf: Path) -> None:
    """XLSForm reference, "Settings worksheet": form_id, "if not specified, the XLSForm file name is used"."""
    plain = "| survey |\n| | type | name | label |\n| | text | a | A |\n"
    assert bring(kept.session, shelf, plain, "night list.md").id == "night list"
    assert bring(kept.session, shelf, plain, "day list.md").id == "day list"
    assert [each.title for each in kept.session.forms.all() if each.own] == ["day list", "night list"]


def test_what_cannot_be_opened_changes_nothing(kept: Kept, shelf: Path) -> None:
    (shelf / "no.md").write_text("| survey |\n| | type | name | label |\n| | text | a b | A |\n", encoding="utf-8")
    with pytest.raises(FormUnreadable) as told:
        kept.session.forms.own.look(shelf / "no.md")
    assert told.value.problems
    assert kept.session.store.forms() == []


def test_a_newer_version_takes_over_what_is_in_progress(kept: Kept, shelf: Path) -> None:
    bring(kept.session, shelf)
    kept.answer("arriving", wish="quiet", bed="by the window")
    kept.now += timedelta(days=1)
    (shelf / "two.md").write_text(TWO, encoding="utf-8")
    preview = kept.session.forms.own.look(shelf / "two.md")
    assert preview.arrival is Arrival.NEWEST
    assert (preview.before, preview.fresh, preview.gone, preview.in_progress) == ("1", 1, 1, 1)
    assert not preview.shipped
    kept.session.forms.own.keep(preview)
    desk = kept.session.forms.open(kept.me, "arriving")
    assert desk.filling.form.version == "2"
    assert desk.filling.value("wish") == "quiet"
    assert desk.filling.resumed is not None
    assert desk.filling.resumed.new_refs == ("/data/room",)
    assert desk.filling.resumed.gone == ("/data/bed",)
    assert len(kept.session.store.forms("arriving")) == 2, "the filling lies there under version 1 still"
    desk.save()
    (row,) = kept.session.store.forms("arriving")
    assert row.version == "2", "nobody needs version 1 any more"
    assert kept.session.forms.unfinished(kept.me)[0].version == "2"


def test_a_form_that_was_changed_and_kept_its_number_says_what_is_new_too(kept: Kept, shelf: Path) -> None:
    bring(kept.session, shelf)
    kept.answer("arriving", wish="quiet", bed="by the window")
    info = bring(kept.session, shelf, TWO.replace("| arriving | 2 |", "| arriving | 1 |"))
    assert info.version == "1"
    resumed = kept.session.forms.open(kept.me, "arriving").filling.resumed
    assert resumed is not None
    assert (resumed.new_refs, resumed.gone) == (("/data/room",), ("/data/bed",))


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=40)])
def test_finished_answers_stay_readable_under_their_own_version(kept: Kept, shelf: Path, later: timedelta) -> None:
    bring(kept.session, shelf)
    kept.answer("arriving", wish="quiet", bed="by the window")
    done = kept.finish("arriving")
    assert not kept.session.forms.reads_otherwise(kept.session.forms.finished(kept.me)[0])
    kept.now += later
    bring(kept.session, shelf, TWO)
    session = kept.lock_and_open()
    assert session.forms.reads_otherwise(session.forms.finished(kept.me)[0])
    desk = session.forms.read(done)
    assert desk.finished
    assert desk.filling.form.version == "1"
    assert desk.filling.value("bed") == "by the window"
    before = session.store.fingerprint()
    desk.save()
    assert session.store.fingerprint() == before, "reading writes nothing"
    assert session.forms.open(kept.me, "arriving").filling.form.version == "2"
    session.forms.throw_away(done)
    assert [row.version for row in session.store.forms("arriving")] == ["2"]
    with pytest.raises(KeyError):
        session.forms.read(done)


def test_bringing_in_the_older_one_again_makes_it_the_newest(kept: Kept, shelf: Path) -> None:
    bring(kept.session, shelf)
    bring(kept.session, shelf, TWO)
    assert kept.session.forms.versions.newest("arriving").version == "2"
    bring(kept.session, shelf, ONE)
    assert kept.session.forms.versions.newest("arriving").version == "1"
    assert kept.session.forms.own.look(shelf / "arriving.md").arrival is Arrival.SAME


def test_a_form_put_aside_is_offered_no_more_and_its_answers_stay(kept: Kept, shelf: Path) -> None:
    session = kept.session
    bring(session, shelf)
    kept.answer("arriving", wish="quiet")
    session.forms.own.put_aside("arriving")
    assert ids(session) == SHIPPED
    assert [each.id for each in session.forms.known(kept.me)] == [*SHIPPED, "arriving"]
    assert session.forms.open(kept.me, "arriving").filling.value("wish") == "quiet"
    assert session.forms.own.look(shelf / "arriving.md").arrival is Arrival.BACK
    session.forms.own.offer_again("arriving")
    assert ids(session) == [*SHIPPED, "arriving"]
    session.forms.own.put_aside("arriving")
    bring(session, shelf)
    assert ids(session) == [*SHIPPED, "arriving"]


def test_only_a_form_that_nobody_has_begun_is_removed(kept: Kept, shelf: Path) -> None:
    session = kept.session
    bring(session, shelf)
    assert session.forms.own.can_remove("arriving")
    kept.answer("arriving", wish="quiet")
    assert not session.forms.own.can_remove("arriving")
    with pytest.raises(ValueError, match="answers"):
        session.forms.own.remove("arriving")
    session.forms.throw_away(session.forms.unfinished(kept.me)[0].id)
    session.forms.own.remove("arriving")
    assert session.store.forms() == []
    assert not session.forms.own.can_remove("first-steps")
    assert bring(session, shelf).id == "arriving"


def test_an_own_form_stands_for_the_one_of_the_program_until_it_is_put_aside(kept: Kept, shelf: Path) -> None:
    session = kept.session
    (shelf / "own.md").write_text(ONE.replace("| arriving |", "| first-steps |"), encoding="utf-8")
    preview = session.forms.own.look(shelf / "own.md")
    assert preview.shipped
    session.forms.own.keep(preview)
    assert sorted(ids(session)) == sorted(SHIPPED)
    assert "First steps" not in {each.title for each in session.forms.all()}
    assert session.forms.versions.newest("first-steps").title == "Arriving"
    session.forms.own.put_aside("first-steps")
    assert ids(session) == SHIPPED
    assert session.forms.all()[0].title == "First steps"
    assert session.forms.versions.newest("first-steps").title == "First steps"


def test_answers_to_a_form_of_the_program_keep_its_version_too(kept: Kept) -> None:
    desk = kept.session.forms.open(kept.me, "first-steps")
    desk.filling.answer("needs", "sleep")
    desk.save()
    (row,) = kept.session.store.forms()
    assert (row.form, row.own) == ("first-steps", False)
    assert kept.session.store.form_content(row.digest)[0] == desk.filling.form.xform
    assert kept.session.store.verify() == []
    kept.session.forms.throw_away(kept.session.forms.unfinished(kept.me)[0].id)
    assert kept.session.store.forms() == [], "nothing tells that it was ever begun"


def test_answers_outlive_a_form_that_travels_with_the_program_no_more(kept: Kept) -> None:
    """As if an earlier version of the program had had one form more."""
    store, me = kept.session.store, kept.me
    xform = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>
        <h:title>Gone by</h:title><model><instance><data id="gone-by" version="1"><a/></data></instance>
        <bind nodeset="/data/a" type="string"/></model></h:head>
        <h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""
    store.keep_form(FormRow(digest="d", form="gone-by", version="1", titles={"": "Gone by"}, added="t"), xform, {})
    state = b'<data id="gone-by" version="1"><a>heron</a></data>'
    store.save_filling(FillingRow(id="f", person=me, form="gone-by", digest="d", state=state, finished="t"))
    assert ids(kept.session) == SHIPPED
    assert [each.id for each in kept.session.forms.known(me)] == [*SHIPPED, "gone-by"]
    assert kept.session.forms.read("f").filling.value("a") == "heron"


def test_answers_from_before_versions_were_kept_are_named_in_a_quiet_moment(kept: Kept) -> None:
    desk = kept.session.forms.open(kept.me, "first-steps")
    desk.filling.answer("needs", "sleep")
    desk.save()
    store = kept.session.store
    store._do("UPDATE filling SET digest = ''")
    store.drop_unused_forms()
    assert store.forms() == []
    kept.session.settle()
    (row,) = store.forms()
    assert [each.digest for each in store.fillings(kept.me)] == [row.digest]


def test_answers_are_found_again_after_the_index_was_dropped(kept: Kept, shelf: Path) -> None:
    bring(kept.session, shelf)
    kept.answer("arriving", wish="a heron outside")
    kept.session.store.clear_index()
    session = kept.lock_and_open()
    assert [each.owner for each in session.finding.find("heron").found] == ["arriving"]


def test_beside_a_person_alone_nothing_is_brought_in_or_taken_away(team: Kept, shelf: Path) -> None:
    session = team.session
    bring(session, shelf)
    lin = session.add_person("Lin")
    session.stay_with(lin.id)
    for act in (
        lambda: session.forms.own.look(shelf / "arriving.md"),
        lambda: session.forms.own.put_aside("arriving"),
        lambda: session.forms.own.remove("arriving"),
    ):
        with pytest.raises(OutOfReach):
            act()
    assert "arriving" in ids(session)


def test_whoever_is_erased_takes_along_only_what_nobody_else_needs(team: Kept, shelf: Path) -> None:
    session = team.session
    bring(session, shelf)
    lin = session.add_person("Lin")
    desk = session.forms.open(lin.id, "first-steps")
    desk.filling.answer("needs", "sleep")
    desk.save()
    assert {row.form for row in session.store.forms()} == {"arriving", "first-steps"}
    session.erasing.erase_person(lin.id)
    assert {row.form for row in session.store.forms()} == {"arriving"}


# ---------------------------------------------------------------- copies


def other_notebook(tmp_path: Path, kept: Kept) -> Session:
    """A restored copy of the notebook, open beside it."""
    from planner.store.backups_open import restore

    kept.session.backups.make()
    made = restore(kept.session.backups.list()[0].folder, PASSPHRASE, tmp_path / "elsewhere", "")
    return Session(Notebook.open(made, PASSPHRASE), clock=lambda: kept.now, zone=ZONE)


def take_in(kept: Kept, other: Session) -> None:
    folder = other.notebook.folder
    other.lock()
    kept.session.backups.tell(kept.session.backups.merge_notebook(folder, PASSPHRASE))


def test_a_merge_brings_forms_and_the_answers_under_them(kept: Kept, shelf: Path, tmp_path: Path) -> None:
    other = other_notebook(tmp_path, kept)
    bring(other, shelf)
    desk = other.forms.open(kept.me, "arriving")
    desk.filling.answer("wish", "quiet")
    desk.save()
    take_in(kept, other)
    session = kept.session
    assert ids(session) == [*SHIPPED, "arriving"]
    assert session.forms.open(kept.me, "arriving").filling.value("wish") == "quiet"
    assert session.store.verify() == []


@pytest.mark.parametrize("here_last", [True, False])
def test_what_was_done_last_with_a_form_counts_after_a_merge(
    kept: Kept, shelf: Path, tmp_path: Path, here_last: bool
) -> None:
    bring(kept.session, shelf)
    other = other_notebook(tmp_path, kept)
    first, second = (other, kept.session) if here_last else (kept.session, other)
    kept.now += timedelta(days=1)
    first.forms.own.put_aside("arriving")
    kept.now += timedelta(days=1)
    bring(second, shelf, TWO)
    take_in(kept, other)
    assert [each.version for each in kept.session.forms.all() if each.own] == ["2"]


def test_an_older_copy_brings_back_no_form_that_was_removed(kept: Kept, shelf: Path) -> None:
    session = kept.session
    bring(session, shelf)
    session.backups.make()
    kept.now += timedelta(days=1)
    session.forms.own.remove("arriving")
    session.backups.tell(session.backups.bring_back(session.backups.list()[0]))
    assert session.store.forms() == []


@pytest.mark.parametrize("on_purpose", [True, False])
def test_a_form_that_only_a_copy_has_is_told_and_comes_back_when_chosen(
    kept: Kept, shelf: Path, on_purpose: bool
) -> None:
    session = kept.session
    bring(session, shelf)
    session.backups.make()
    kept.now += timedelta(days=1)
    if on_purpose:
        session.forms.own.remove("arriving")
    else:
        session.store.remove_form(session.store.forms()[0].digest)
    backup = session.backups.list()[0]
    comparison = session.backups.compare(backup)
    (item,) = comparison.only_there
    assert (item.kind, item.title, item.person) == ("form", "Arriving", "")
    assert item.fate is (Fate.REMOVED if on_purpose else Fate.LOST)
    session.backups.tell(session.backups.bring_back(backup, [item]))
    assert ids(session) == [*SHIPPED, "arriving"]
    assert session.backups.compare(backup).same
    other = bring(session, shelf, ONE.replace("| arriving |", "| other |"))
    assert [each.id for each in session.backups.compare(backup).only_here] == [other.id]


def test_answers_brought_back_bring_their_form_which_stays_aside(kept: Kept, shelf: Path) -> None:
    session = kept.session
    bring(session, shelf)
    kept.answer("arriving", wish="quiet")
    session.backups.make()
    kept.now += timedelta(days=1)
    session.forms.throw_away(session.forms.unfinished(kept.me)[0].id)
    session.forms.own.remove("arriving")
    backup = session.backups.list()[0]
    answers = [each for each in session.backups.compare(backup).only_there if each.kind == "filling"]
    session.backups.tell(session.backups.bring_back(backup, answers))
    assert ids(session) == SHIPPED
    assert session.forms.open(kept.me, "arriving").filling.value("wish") == "quiet"
    assert session.store.verify() == []


def test_a_copy_that_did_not_know_versions_yet_is_not_different(kept: Kept) -> None:
    desk = kept.session.forms.open(kept.me, "first-steps")
    desk.filling.answer("needs", "sleep")
    desk.save()
    session = kept.session
    named = session.store.fillings(kept.me)
    session.store._do("UPDATE filling SET digest = ''")
    session.backups.make()
    session.store.save_filling(named[0])
    backup = session.backups.list()[0]
    assert session.backups.compare(backup).different == ()
    session.backups.tell(session.backups.bring_back(backup))
    assert session.store.fillings(kept.me) == named


def test_a_form_in_a_copy_that_cannot_be_unpacked_stops_nothing(kept: Kept, shelf: Path, tmp_path: Path) -> None:
    other = other_notebook(tmp_path, kept)
    bring(other, shelf)
    desk = other.forms.open(kept.me, "arriving")
    desk.filling.answer("wish", "quiet")
    desk.save()
    other.store._do("UPDATE form_kept SET xform = x'00'")
    take_in(kept, other)
    assert ids(kept.session) == SHIPPED
    assert [row.digest for row in kept.session.store.fillings(kept.me)] == [""]
    assert kept.session.store.verify() == []


def test_erasing_finds_the_answers_of_a_form_whose_id_holds_strokes(kept: Kept, shelf: Path) -> None:
    """The id of an XForm may be any text (ODK XForms specification, "Primary Instance")."""
    from planner.plan.records import Goal, new_id

    session = kept.session
    bring(session, shelf, ONE.replace("| arriving |", "| http://shelter/arriving |"))
    desk = session.forms.open(kept.me, "http://shelter/arriving")
    desk.filling.answer("wish", "quiet")
    desk.save()
    goal = Goal(id=new_id(), title="A bed", origin="http://shelter/arriving/goal_bed")
    with session.edit(kept.me, "Add") as edit:
        edit.add(goal)
    assert session.erasing.look_at_record(kept.me, goal.id).forms == ("Arriving",)
