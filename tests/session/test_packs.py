"""Packs in an open notebook: compared, brought in under whose they are, replaced by newer ones, taken out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planner.forms import Form
from planner.keys.givers import public_of, six_words
from planner.packs import built_in
from planner.packs.check import check_files
from planner.packs.compare import Change
from planner.packs.refused import PackRefused
from planner.packs.said import NUMBER
from planner.session import OutOfReach, Session
from planner.session.packs import PackArrival, PackPreview, Trust
from planner.store.errors import DiskFull
from planner.words import use_language
from tests.session.conftest import Kept
from tests.unit.packs.made_packs import (
    CLOCKS,
    FORM,
    GOAL,
    KIT,
    MANIFEST,
    OTHER_SEED,
    PAPERS,
    SEED,
    TODAY,
    made,
    of_version,
    signed,
    without_form,
)

KEY = public_of(SEED).hex()


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


def look(session: Session, files: Mapping[str, bytes]) -> PackPreview:
    return session.packs.look_at(check_files(files, TODAY))


def bring(session: Session, files: Mapping[str, bytes]) -> PackPreview:
    preview = look(session, files)
    session.packs.bring_in(preview, compared=True)
    return preview


def refused(session: Session, files: Mapping[str, bytes]) -> str:
    before = session.store.fingerprint()
    with pytest.raises(PackRefused) as caught:
        look(session, files)
    assert session.store.fingerprint() == before
    return caught.value.sentence


def version(number: str, **changes: str) -> dict[str, bytes]:
    return signed(without_form({"pack.toml": of_version(number), **changes}))


def newer_whole(form: str | None) -> dict[str, bytes]:
    manifest = MANIFEST.replace('"1.2"', '"2"')
    if form is None:
        return signed(without_form({"pack.toml": manifest.partition("[[form]]")[0]}))
    return signed(made({"pack.toml": manifest, "forms/arriving.md": form}))


# ---------------------------------------------------------------- bringing in


def test_looking_changes_nothing(kept: Kept) -> None:
    before = kept.session.store.fingerprint()
    preview = look(kept.session, signed(made()))
    assert (preview.arrival, preview.trust, preview.giver) == (PackArrival.NEW, Trust.STRANGER, "Heron House")
    assert preview.words("en") == six_words(public_of(SEED), "en")
    assert {each.change for each in preview.news} == {Change.NEW}
    assert kept.session.store.fingerprint() == before


def test_what_comes_in_is_there_after_a_lock_and_says_whose_it_is(kept: Kept) -> None:
    built_in = len(kept.session.content.goal_ideas())
    bring(kept.session, signed(made()))
    session = kept.lock_and_open()
    content = session.content
    idea, kit = content.goal_idea("heron-bus"), content.kit("heron-county")
    guide = content.guide("heron-first-week")
    assert idea is not None
    assert kit is not None
    assert guide is not None
    assert {idea.giver, kit.giver, guide.giver} == {"Heron House"}
    assert [each.giver for each in content.services() if each.id == "heron-desk"] == ["Heron House"]
    assert len(content.goal_ideas()) == built_in + 1
    assert "heron-rules" in content.sources()
    (form,) = [each for each in session.forms.all() if each.id == "arriving"]
    assert (form.giver, form.own, form.shown) == ("Heron House", True, "Arriving · Heron House")
    assert all(each.shown == each.title for each in session.forms.all() if each.id != "arriving")
    assert {each.giver for each in session.forms.all() if each.id != "arriving"} == {""}
    (info,) = session.packs.all()
    assert (info.name, info.version, info.giver, info.damaged) == ("Heron House", "1.2", "Heron House", False)
    assert info.counts == {"goals": 1, "guides": 1, "kits": 1, "directory": 1, "forms": 1}


def test_time_limits_and_kinds_of_papers_come_too(kept: Kept) -> None:
    words = {"clocks/heron.toml": CLOCKS, "papers/heron.toml": PAPERS}
    bring(kept.session, signed(without_form(words)))
    content = kept.session.content
    own = [each for each in (*content.time_limits(), *content.paper_kinds()) if each.giver]
    assert [(each.id, each.giver) for each in own] == [
        ("heron-locker", "Heron House"),
        ("heron-clinic", "Heron House"),
        ("heron-card", "Heron House"),
    ]
    assert not content.time_limits()[0].giver
    assert refused(kept.session, signed(without_form({**words, "pack.toml": of_version("1.1")}), OTHER_SEED))
    hidden = without_form({"clocks/heron.toml": CLOCKS.replace("heron-clinic", "hours-hiv")})
    with pytest.raises(PackRefused):
        check_files(hidden, TODAY)


def test_nothing_built_in_changes_and_no_help_line_moves(kept: Kept) -> None:
    before = list(kept.session.content.services())
    bring(kept.session, signed(made()))
    assert list(kept.session.content.services())[: len(before)] == before


def test_the_sources_of_a_pack_carry_no_fact_of_ours(kept: Kept) -> None:
    ours = kept.session.content.sources()
    bring(kept.session, signed(without_form()))
    assert {name: kept.session.content.sources()[name] for name in ours} == ours


def test_a_pack_without_a_giver_says_so_beside_everything(kept: Kept) -> None:
    preview = look(kept.session, without_form())
    assert (preview.trust, preview.giver, preview.must_compare) == (Trust.NOBODY, "", False)
    assert preview.words("en") == ()
    kept.session.packs.bring_in(preview)
    idea = kept.session.content.goal_idea("heron-bus")
    assert idea is not None
    assert idea.giver == "a pack without a giver"
    assert kept.session.packs.givers() == []


def test_listeners_hear_of_it(kept: Kept) -> None:
    heard: list[frozenset[str]] = []
    kept.session.on_change(lambda changed: heard.append(changed.kinds))
    bring(kept.session, signed(made()))
    kept.session.packs.take_out("heron-house")
    assert heard == [frozenset({"pack", "form"})] * 2


def test_a_full_disk_leaves_everything_as_it_was(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    before, preview = kept.session.store.fingerprint(), look(kept.session, signed(made()))

    def full(*_any: object) -> None:
        raise DiskFull

    monkeypatch.setattr(kept.session.store, "keep_pack", full)
    with pytest.raises(DiskFull):
        kept.session.packs.bring_in(preview, compared=True)
    monkeypatch.undo()
    assert kept.session.store.fingerprint() == before
    assert kept.session.packs.givers() == []
    kept.session.packs.bring_in(preview, compared=True)
    assert kept.session.packs.all()


def test_what_was_looked_at_before_something_changed_is_looked_at_again(kept: Kept) -> None:
    first = look(kept.session, version("1"))
    bring(kept.session, version("2"))
    with pytest.raises(PackRefused):
        kept.session.packs.bring_in(first, compared=True)
    assert kept.session.packs.all()[0].version == "2"


def test_with_somebody_beside_the_worker_nothing_comes_in_or_goes(team: Kept) -> None:
    preview = bring(team.session, signed(without_form()))
    team.session.stay_with(team.session.add_person("Lin").id)
    packs = team.session.packs
    steps: tuple[Callable[[], object], ...] = (
        lambda: packs.bring_in(preview, compared=True),
        lambda: packs.take_out("heron-house"),
        lambda: packs.forget_giver(KEY),
        lambda: packs.my_words("en"),
        lambda: packs.look_at(preview.pack),
    )
    for work in steps:
        with pytest.raises(OutOfReach):
            work()
    assert packs.contents()


# ---------------------------------------------------------------- versions


def test_a_newer_version_is_compared_with_the_one_that_is_here(kept: Kept) -> None:
    bring(kept.session, version("1.9"))
    changed = version("1.10", **{"goals/bus.toml": GOAL.replace("555-0142", "555-0199")})
    preview = look(kept.session, changed)
    assert (preview.arrival, preview.trust, preview.before) == (PackArrival.NEWER, Trust.KNOWN, "1.9")
    told = [each for each in preview.news if each.change is not Change.SAME and each.kind == NUMBER]
    assert [(each.what, each.before) for each in told] == [("555-0199", "555-0142")]
    kept.session.packs.bring_in(preview)
    idea = kept.session.content.goal_idea("heron-bus")
    assert idea is not None
    assert "555-0199" in idea.steps[0].words.get("en")


@pytest.mark.parametrize("older", ["1.9", "1", "0.99.99"])
def test_an_older_version_never_replaces_a_newer_one(kept: Kept, older: str) -> None:
    bring(kept.session, version("1.10"))
    assert "older" in refused(kept.session, version(older))
    kept.session.packs.take_out("heron-house")
    assert "older" in refused(kept.session, version(older))
    assert kept.session.packs.all() == []


def test_one_version_does_not_say_two_things(kept: Kept) -> None:
    bring(kept.session, version("1"))
    assert refused(kept.session, version("1", **{"goals/bus.toml": GOAL.replace("0142", "0199")}))
    assert refused(kept.session, version("1.0", **{"goals/bus.toml": GOAL.replace("0142", "0199")}))
    assert look(kept.session, version("1")).arrival is PackArrival.SAME


def test_a_pack_that_was_taken_out_can_come_back(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.session.packs.take_out("heron-house")
    preview = look(kept.session, signed(made()))
    assert (preview.arrival, preview.trust, preview.before) == (PackArrival.BACK, Trust.KNOWN, "")
    assert {each.change for each in preview.news} == {Change.NEW}
    kept.session.packs.bring_in(preview)
    assert [each.id for each in kept.session.packs.all()] == ["heron-house"]
    assert "arriving" in {each.id for each in kept.session.forms.all()}


# ---------------------------------------------------------------- givers


def test_a_stranger_comes_in_only_after_six_words_were_compared_and_then_is_known(kept: Kept) -> None:
    preview = look(kept.session, version("1"))
    before = kept.session.store.fingerprint()
    with pytest.raises(ValueError, match="six words"):
        kept.session.packs.bring_in(preview)
    assert kept.session.store.fingerprint() == before
    kept.session.packs.bring_in(preview, compared=True)
    (giver,) = kept.session.packs.givers()
    assert (giver.key, giver.name, giver.packs) == (KEY, "Heron House", ("Heron House",))
    assert giver.words("es") == six_words(public_of(SEED), "es")
    assert look(kept.session, version("2")).trust is Trust.KNOWN


def test_a_changed_giver_is_a_stranger_again(kept: Kept) -> None:
    bring(kept.session, version("1"))
    other = signed(without_form({"pack.toml": of_version("2")}), OTHER_SEED)
    preview = look(kept.session, other)
    assert (preview.trust, preview.must_compare, preview.before_giver) == (Trust.CHANGED, True, "Heron House")
    with pytest.raises(ValueError, match="six words"):
        kept.session.packs.bring_in(preview)
    kept.session.packs.bring_in(preview, compared=True)
    assert len(kept.session.packs.givers()) == 2
    assert look(kept.session, version("3")).trust is Trust.CHANGED


def test_somebody_known_is_a_stranger_for_the_pack_of_somebody_else(kept: Kept) -> None:
    tern = of_version("1").replace('id = "heron-house"', 'id = "tern"').replace("Heron House", "Tern")
    words = {"pack.toml": tern, "goals/bus.toml": None, "kits/heron-county.toml": KIT}
    left = {"directory/heron.toml": None, "guides/heron-first-week.toml": None, "sources.csv": None}
    files = {**without_form({**words, **left})}
    files["kits/tern.toml"] = files.pop("kits/heron-county.toml")
    bring(kept.session, signed(files, OTHER_SEED))
    bring(kept.session, version("1"))
    assert look(kept.session, signed(without_form({"pack.toml": of_version("2")}), OTHER_SEED)).trust is Trust.CHANGED


def test_a_name_that_a_giver_takes_later_changes_nothing(kept: Kept) -> None:
    bring(kept.session, version("1"))
    renamed = of_version("2").replace('giver.name = "Heron House"', 'giver.name = "The police"')
    preview = bring(kept.session, signed(without_form({"pack.toml": renamed})))
    assert preview.giver == "Heron House"
    idea = kept.session.content.goal_idea("heron-bus")
    assert idea is not None
    assert idea.giver == "Heron House"


def test_a_pack_without_a_signature_never_takes_the_place_of_a_signed_one(kept: Kept) -> None:
    bring(kept.session, version("1"))
    assert "signed" in refused(kept.session, without_form({"pack.toml": of_version("2")}))
    kept.session.packs.take_out("heron-house")
    assert "signed" in refused(kept.session, without_form({"pack.toml": of_version("2")}))


def test_a_signed_pack_may_take_the_place_of_one_without(kept: Kept) -> None:
    bring(kept.session, without_form())
    preview = look(kept.session, signed(without_form()))
    assert (preview.arrival, preview.trust) == (PackArrival.NEWER, Trust.STRANGER)
    kept.session.packs.bring_in(preview, compared=True)
    assert kept.session.packs.all()[0].giver == "Heron House"


def test_a_giver_who_is_forgotten_is_a_stranger_again(kept: Kept) -> None:
    bring(kept.session, version("1"))
    kept.session.packs.forget_giver(KEY)
    assert kept.session.packs.givers() == []
    preview = look(kept.session, version("2"))
    assert preview.trust is Trust.STRANGER
    kept.session.packs.bring_in(preview, compared=True)
    assert [each.key for each in kept.session.packs.givers()] == [KEY]


# ---------------------------------------------------------------- other packs, other forms


def test_two_packs_do_not_hold_things_of_one_id(kept: Kept) -> None:
    bring(kept.session, version("1"))
    tern = of_version("1").replace('id = "heron-house"', 'id = "tern"')
    assert "Heron House" in refused(kept.session, signed(without_form({"pack.toml": tern})))


def test_a_form_that_was_brought_in_by_hand_is_told_as_changed(kept: Kept) -> None:
    own = kept.session.forms.own
    own.keep(own.look_at(Form.from_data("arriving.md", FORM.replace("555-0142", "555-0111").encode())))
    preview = look(kept.session, signed(made()))
    told = {(each.change, each.what, each.before) for each in preview.news if each.item.id == "arriving"}
    assert told == {(Change.CHANGED, "Arriving", ""), (Change.CHANGED, "555-0142", "555-0111")}


# ---------------------------------------------------------------- taking out


def ids(session: Session) -> set[str]:
    return {each.id for each in session.forms.all()}


def test_taking_out_takes_everything_and_leaves_what_is_ours(kept: Kept) -> None:
    forms = ids(kept.session)
    ours = [each.id for each in kept.session.content.guides()], [each.id for each in kept.session.content.services()]
    bring(kept.session, signed(made()))
    kept.session.packs.take_out("heron-house")
    content = kept.session.content
    assert ([each.id for each in content.guides()], [each.id for each in content.services()]) == ours
    assert content.goal_idea("heron-bus") is None
    assert "heron-rules" not in content.sources()
    assert ids(kept.session) == forms
    assert kept.session.packs.all() == []
    assert kept.session.store.forms("arriving") == []
    with pytest.raises(KeyError):
        kept.session.packs.take_out("heron-house")


def test_what_was_begun_can_be_gone_on_with_after_its_pack_went(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.answer("arriving", wish="a room with a door")
    kept.session.packs.take_out("heron-house")
    session = kept.lock_and_open()
    assert "arriving" not in ids(session)
    (left,) = [each for each in session.forms.known(kept.me) if each.put_aside]
    assert (left.id, left.giver) == ("arriving", "Heron House")
    desk = session.forms.open(kept.me, "arriving")
    assert desk.filling.value("wish") == "a room with a door"
    kept.answer("arriving", bed="the upper one")
    filling = kept.finish("arriving")
    assert session.forms.read(filling).filling.value("bed") == "the upper one"


def test_what_was_finished_can_be_read_after_its_pack_went_and_came_back(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.answer("arriving", wish="quiet")
    filling = kept.finish("arriving")
    kept.session.packs.take_out("heron-house")
    session = kept.lock_and_open()
    assert session.forms.read(filling).filling.value("wish") == "quiet"
    bring(session, signed(made()))
    assert "arriving" in ids(session)
    assert session.forms.read(filling).filling.value("wish") == "quiet"


def test_a_newer_pack_without_a_form_lets_it_go_in_the_same_way(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.answer("arriving", wish="quiet")
    bring(kept.session, newer_whole(None))
    assert "arriving" not in ids(kept.session)
    assert kept.session.forms.open(kept.me, "arriving").filling.value("wish") == "quiet"
    assert [each.giver for each in kept.session.forms.known(kept.me) if each.put_aside] == ["Heron House"]
    assert "forms" not in kept.session.packs.all()[0].counts
    assert {each.change for each in look(kept.session, newer_whole(None)).news} == {Change.SAME}


def test_answers_go_on_in_the_newer_form_of_a_newer_pack(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.answer("arriving", wish="quiet")
    newer = FORM.replace("| bed | Which bed? | ¿Qué cama? |", "| room | Which room? | ¿Qué cuarto? |")
    bring(kept.session, newer_whole(newer.replace("| arriving | 1 |", "| arriving | 2 |")))
    desk = kept.session.forms.open(kept.me, "arriving")
    assert (desk.filling.value("wish"), desk.filling.form.version) == ("quiet", "2")


# ---------------------------------------------------------------- what is kept is looked at again


def test_a_pack_that_was_damaged_in_the_store_adds_nothing_and_can_be_taken_out(kept: Kept) -> None:
    bring(kept.session, signed(made()))
    kept.session.store._do("DELETE FROM pack_file WHERE name = 'kits/heron-county.toml'")
    session = kept.lock_and_open()
    assert [each.damaged for each in session.packs.all()] == [True]
    assert session.content.goal_idea("heron-bus") is None
    session.packs.take_out("heron-house")
    assert session.packs.all() == []


def test_a_pack_whose_row_names_another_giver_adds_nothing(kept: Kept) -> None:
    bring(kept.session, signed(without_form()))
    kept.session.store._do("UPDATE pack SET giver = ?", (public_of(OTHER_SEED).hex(),))
    kept.session.packs.forget()
    assert kept.session.packs.contents() == ()


def test_what_has_come_to_be_built_in_since_stays_ours(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(kept.session, signed(without_form()))
    shipped = built_in.kits()
    monkeypatch.setattr(built_in, "kits", lambda: (*shipped, replace(shipped[0], id="heron-county")))
    kept.session.content.forget()
    kit = kept.session.content.kit("heron-county")
    assert kit is not None
    assert kit.giver == ""


# ---------------------------------------------------------------- giving


def test_a_notebook_signs_packs_that_another_one_knows_by_six_words(kept: Kept, team: Kept, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    for name, content in made().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    before = team.session.packs.gives
    files = team.session.packs.signed(folder)
    assert (before, team.session.packs.gives) == (False, True)
    preview = look(kept.session, files)
    assert preview.words("es") == team.session.packs.my_words("es")
    again = team.lock_and_open()
    assert again.packs.my_words("es") == preview.words("es")
    assert again.packs.signed(folder) == files
    assert not list(folder.rglob("signature*"))
