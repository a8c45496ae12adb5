"""``planner pack make`` and ``planner pack check``, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner import cli
from planner.cli import run
from planner.keys.givers import public_of, six_words
from planner.packs.pack import read_files, read_signature
from planner.words import use_language
from tests.unit.cli.test_cli import SECRET, Window, made_up, no_tour, type_in
from tests.unit.packs.made_packs import FORM, GOAL, SEED, TODAY, in_zip, made, signed

__all__ = ["made_up"]


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(cli, "_today", lambda: TODAY)
    use_language("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack that somebody wrote."""
    place = tmp_path / "written"
    for name, content in made().items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        # The command line goes by the clock of the machine.
        (place / name).write_bytes(content.replace(b"2026", b"2024").replace(b"2025", b"2023"))
    return place


def pack(*words: object) -> int:
    return run(["pack", *map(str, words)], Window(), no_tour)


def test_a_pack_is_told_with_its_giver_and_every_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack("check", in_zip(tmp_path, signed(made()))) == 0
    said = capsys.readouterr().out
    assert "Heron House, version 1.2" in said
    assert "Signed by Heron House. Six words: " + " ".join(six_words(public_of(SEED), "en")) in said
    for each in ("555-0142", "555-0143", "1-800-555-0142", "heron.example", "forms: Arriving"):
        assert each in said


def test_a_pack_that_nobody_signed_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pack("check", folder) == 0
    assert "Without a giver" in capsys.readouterr().out


def test_a_pack_that_is_refused_says_why_and_where(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "goals" / "bus.toml").write_text(GOAL.replace("2026", "2024").replace("basic-needs", "no\u202ewhere"))
    assert pack("check", folder) == 2
    said = capsys.readouterr().out
    assert "A file in this pack is not written as it should be." in said
    assert "goals/bus.toml" in said
    assert "\u202e" not in said
    assert pack("check", folder / "nothing.zip") == 2


def test_problems_of_a_form_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = FORM.replace("| | text | bed | Which bed?", "| | geotrace | bed | Which bed?").replace("label::", "label::")
    (folder / "forms" / "arriving.md").write_text(odd.replace("| type | name |", "| type | name | colour |"))
    assert pack("check", folder) == 1
    assert "forms: arriving" in capsys.readouterr().out


def test_a_notebook_signs_a_pack(
    folder: Path, made_up: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    keys = []
    for name in ("one.zip", "two.zip"):
        type_in(monkeypatch, SECRET)
        assert pack("make", folder, tmp_path / name, "--notebook", made_up) == 0
        found = read_signature(read_files(tmp_path / name))
        assert found is not None
        keys.append(found[0])
        assert " ".join(six_words(found[0], "en")) in capsys.readouterr().out
    assert keys[0] == keys[1]
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert pack("check", tmp_path / "one.zip") == 0
    assert "signature.toml" not in {each.name for each in folder.iterdir()}


def test_a_wrong_passphrase_makes_nothing(
    folder: Path, made_up: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    type_in(monkeypatch, "another sentence than that one")
    assert pack("make", folder, tmp_path / "one.zip", "--notebook", made_up) == 1
    assert not (tmp_path / "one.zip").exists()


def test_without_a_giver_a_pack_is_made_only_when_that_is_said(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.zip"
    assert pack("make", folder, out) == 2
    assert pack("make", folder, out, "--without-giver", "--notebook", tmp_path) == 2
    assert not out.exists()
    capsys.readouterr()
    assert pack("make", folder, out, "--without-giver") == 0
    assert "nobody can tell whose it is" in capsys.readouterr().out
    assert read_signature(read_files(out)) is None
    before = out.read_bytes()
    assert pack("make", folder, out, "--without-giver") == 2
    assert out.read_bytes() == before


def test_a_pack_that_breaks_a_rule_is_not_made(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "goals" / "bus.toml").write_text("goal = 1")
    assert pack("make", folder, tmp_path / "out.zip", "--without-giver") == 1
    assert "goals/bus.toml" in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()
