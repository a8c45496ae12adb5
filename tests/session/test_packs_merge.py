"""Packs and copies of a notebook: what was given comes back from its own safety copies, and from others only by givers
who are known here.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planner.forms import Form
from planner.session import Session
from planner.session.comparing import Fate
from planner.session.merging import Merging
from planner.words import use_language
from tests.session.conftest import Kept
from tests.session.test_merging import replica
from tests.session.test_packs import KEY, bring, look, newer_whole, version
from tests.unit.packs.made_packs import FORM, OTHER_SEED, made, of_version, signed, without_form


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def merge(here: Session, there: Session, *, keep_both: bool = True) -> None:
    here.backups.tell(Merging(here, there.store, keep_both=keep_both).everything())


def packs(session: Session) -> list[tuple[str, str]]:
    return [(each.id, each.version) for each in session.packs.all()]


def lose(session: Session) -> None:
    """As if it had never come in here: what remains is the secret by which copies are known."""
    session.packs.take_out("heron-house")
    for table in ("pack", "giver"):
        session.store._do(f"DELETE FROM {table}")
    session.store.set("gone_forms", {})
    session.packs.forget()


def test_a_copy_of_this_notebook_brings_back_a_pack_with_its_giver_and_forms(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, signed(made()))
    there = replica(kept.session, tmp_path / "there")
    lose(kept.session)
    assert packs(kept.session) == []
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "1.2")]
    assert [each.key for each in kept.session.packs.givers()] == [KEY]
    assert kept.session.content.goal_idea("heron-bus") is not None
    assert [each.giver for each in kept.session.forms.all() if each.id == "arriving"] == ["Heron House"]
    assert kept.session.store.verify() == []
    there.notebook.close()


@pytest.mark.parametrize("keep_both", [False, True])
def test_a_copy_that_somebody_made_up_confirms_nobody(kept: Kept, tmp_path: Path, keep_both: bool) -> None:
    there = replica(kept.session, tmp_path / "there")
    bring(there, signed(made()))
    merge(kept.session, there, keep_both=keep_both)
    assert packs(kept.session) == []
    assert kept.session.packs.givers() == []
    assert "arriving" not in {each.id for each in kept.session.forms.all()}
    there.notebook.close()


@pytest.mark.parametrize("secret", ["", "00" * 32])
def test_an_empty_secret_or_another_one_makes_no_copy(kept: Kept, tmp_path: Path, secret: str) -> None:
    there = replica(kept.session, tmp_path / "there")
    bring(there, version("1"))
    there.store.set("packs_secret", secret)
    merge(kept.session, there)
    bring(kept.session, signed(without_form({"pack.toml": of_version("1").replace("heron-house", "tern")}), OTHER_SEED))
    merge(kept.session, there)
    assert packs(kept.session) == [("tern", "1")]
    there.notebook.close()


@pytest.mark.parametrize("known", [False, True])
def test_from_another_notebook_only_what_a_known_giver_gave_comes(kept: Kept, tmp_path: Path, known: bool) -> None:
    there = replica(kept.session, tmp_path / "there")
    bring(there, newer_whole(FORM))
    if known:
        bring(kept.session, version("1"))
    merge(kept.session, there)
    assert packs(kept.session) == ([("heron-house", "2")] if known else [])
    assert len(kept.session.packs.givers()) == int(known)
    # Nor does a form of theirs come as if somebody here had brought it in.
    whose = [each.giver for each in kept.session.forms.all() if each.id == "arriving"]
    assert whose == (["Heron House"] if known else [])
    there.notebook.close()


def test_what_has_no_giver_comes_from_a_copy_alone(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, without_form())
    there = replica(kept.session, tmp_path / "there")
    other = replica(kept.session, tmp_path / "other")
    other.store.set("packs_secret", "another")
    lose(kept.session)
    merge(kept.session, other)
    assert packs(kept.session) == []
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "1.2")]
    there.notebook.close()
    other.notebook.close()


def test_an_older_version_replaces_nothing_in_a_merge_either(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    bring(kept.session, version("2"))
    # What came later is the older one.
    there.store._do("UPDATE pack SET added = '9999'")
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "2")]
    merge(there, kept.session)
    assert packs(there) == [("heron-house", "2")]
    there.notebook.close()


def test_what_was_taken_out_here_stays_out(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, signed(made()))
    there = replica(kept.session, tmp_path / "there")
    kept.session.packs.take_out("heron-house")
    merge(kept.session, there, keep_both=False)
    assert packs(kept.session) == []
    assert "arriving" not in {each.id for each in kept.session.forms.all()}
    there.notebook.close()


def test_what_was_taken_out_there_goes_here_with_its_forms(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, signed(made()))
    there = replica(kept.session, tmp_path / "there")
    there.packs.take_out("heron-house")
    merge(kept.session, there, keep_both=False)
    assert packs(kept.session) == []
    assert "arriving" not in {each.id for each in kept.session.forms.all()}
    there.notebook.close()


def test_one_that_was_taken_out_can_be_chosen_from_a_safety_copy(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    session = kept.session
    session.backups.make()
    session.packs.take_out("heron-house")
    backup = session.backups.list()[0]
    items = [each for each in session.backups.compare(backup).only_there if each.kind == "pack"]
    assert [(each.id, each.title, each.fate) for each in items] == [("heron-house", "Heron House", Fate.REMOVED)]
    session.backups.tell(session.backups.bring_back(backup, items))
    assert packs(session) == [("heron-house", "1.2")]
    assert [each.giver for each in session.forms.all() if each.id == "arriving"] == ["Heron House"]
    assert [each for each in session.backups.compare(backup).only_there if each.kind == "pack"] == []
    session.packs.take_out("heron-house")
    assert [each.kind for each in session.backups.compare(backup).only_there] == ["form", "pack"]


def test_an_older_one_cannot_be_chosen_from_a_safety_copy(kept: Kept) -> None:
    bring(kept.session, version("1"))
    session = kept.session
    session.backups.make()
    backup = session.backups.list()[0]
    bring(session, version("2"))
    session.packs.take_out("heron-house")
    items = [each for each in session.backups.compare(backup).only_there if each.kind == "pack"]
    session.backups.tell(session.backups.bring_back(backup, items))
    assert packs(session) == []


def test_a_copy_cannot_say_that_a_known_giver_gave_what_they_did_not(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    there.packs.bring_in(look(there, signed(without_form({"pack.toml": of_version("2")}), OTHER_SEED)), compared=True)
    there.store._do("UPDATE pack SET giver = ?, added = '9999'", (KEY,))
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "1")]
    there.notebook.close()


def test_a_damaged_pack_in_a_copy_stops_nothing(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    bring(there, version("2"))
    there.store._do("UPDATE pack_file SET content = x'00'")
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "1")]
    there.notebook.close()


@pytest.mark.parametrize("odd", ["", "x", "1..2", "9" * 400])
def test_an_odd_version_in_a_row_is_no_trouble(kept: Kept, tmp_path: Path, odd: str) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    there.store._do("UPDATE pack SET version = ?, taken_out = '9999'", (odd,))
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "1")]
    kept.session.store._do("UPDATE pack SET version = ?", (odd,))
    kept.session.packs.forget()
    assert look(kept.session, version("2")).news
    there.notebook.close()


def test_a_giver_who_was_forgotten_here_is_not_known_again_from_an_older_copy(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    kept.session.packs.forget_giver(KEY)
    merge(kept.session, there, keep_both=False)
    assert kept.session.packs.givers() == []
    there.notebook.close()


def test_what_a_copy_says_of_a_pack_counts_for_nothing_beside_its_files(kept: Kept, tmp_path: Path) -> None:
    bring(kept.session, version("1"))
    there = replica(kept.session, tmp_path / "there")
    bring(there, newer_whole(FORM))
    evil = there.forms.own.look_at(Form.from_data("evil.md", FORM.replace("| arriving |", "| evil |").encode()))
    there.forms.own.keep(evil)
    forms = json.dumps({"arriving": "00", "evil": evil.form.digest})
    there.store._do("UPDATE pack SET forms = ?, names = ?, added = 'soon'", (forms, '{"en": "The program"}'))
    there.store._do("UPDATE giver SET name = 'The program'")
    there.store.set("packs_secret", "another")
    merge(kept.session, there)
    assert packs(kept.session) == [("heron-house", "2")]
    assert kept.session.packs.all()[0].name == "Heron House"
    assert {each.id: each.giver for each in kept.session.forms.all() if each.own} == {"arriving": "Heron House"}
    there.notebook.close()
