"""Safety copies from the command line, on real notebooks."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planner import words
from planner.cli import run
from planner.keys import Cost
from planner.places import BACKUPS
from planner.store.backups import list_backups
from planner.store.notebooks import Notebook
from tests.store.rows import fill

ROOT = Path(__file__).resolve().parents[3]
SECRET = "four paper boats on a river"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    yield
    words.use_language("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a closed notebook."""
    notebook = Notebook.create(tmp_path / "data", SECRET, "Notes", Cost())
    fill(notebook.store)
    notebook.store._do("DELETE FROM delta")
    notebook.close()
    return notebook.folder


def planner(monkeypatch: pytest.MonkeyPatch, *typed: object, secret: str = SECRET) -> int:
    def nothing(*_given: object, **_named: object) -> int:
        raise AssertionError("nobody asked for a window")

    monkeypatch.setattr(sys, "stdin", io.StringIO(secret + "\n"))
    return run([str(each) for each in typed], nothing, nothing)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_made_checked_and_made_a_notebook_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    assert planner(monkeypatch, "backup", folder) == 0
    (backup,) = list_backups(folder)
    assert str(backup.folder) in capsys.readouterr().out
    assert planner(monkeypatch, "verify", backup.folder) == 0
    assert "This safety copy is whole." in capsys.readouterr().out
    before = everything_in(folder)
    assert planner(monkeypatch, "restore", backup.folder, "--into", tmp_path / "other") == 0
    (made,) = (tmp_path / "other").glob("store-*")
    assert str(made) in capsys.readouterr().out
    assert everything_in(folder) == before
    assert planner(monkeypatch, "verify", made) == 0
    assert "This notebook is whole." in capsys.readouterr().out
    # The folder above, with one copy in it, is as good.
    assert planner(monkeypatch, "restore", folder / BACKUPS, "--into", tmp_path / "other") == 0
    assert len(list((tmp_path / "other").glob("store-*"))) == 2


def test_to_another_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    assert planner(monkeypatch, "backup", folder, "--to", stick) == 1
    assert "The place for the safety copy is not there." in capsys.readouterr().err
    assert not stick.exists()
    stick.mkdir()
    (stick / "new-photos").mkdir()
    assert planner(monkeypatch, "backup", folder, "--to", stick) == 0
    assert planner(monkeypatch, "backup", folder, "--to", stick) == 0
    capsys.readouterr()
    assert planner(monkeypatch, "restore", stick, "--into", tmp_path / "other") == 2
    assert "There is more than one safety copy there." in capsys.readouterr().err
    assert planner(monkeypatch, "restore", tmp_path, "--into", tmp_path / "other") == 2
    assert "There is no safety copy there." in capsys.readouterr().err
    assert (stick / "new-photos").is_dir()
    assert list_backups(folder) == []
    with closing(Notebook.open(folder, SECRET)) as notebook:
        left = [each.detail.get("paper") for each in notebook.store.activity() if each.what == "left"]
    assert left == ["safety-copy", "safety-copy"], "each copy that left stands in the log"


def test_damage_is_told_and_a_wrong_passphrase(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    assert planner(monkeypatch, "backup", folder) == 0
    (backup,) = list_backups(folder)
    assert planner(monkeypatch, "verify", backup.folder, secret="no") == 1
    assert "That does not open this notebook." in capsys.readouterr().err
    assert planner(monkeypatch, "restore", backup.folder, "--into", tmp_path / "other", secret="no") == 1
    data = bytearray((backup.folder / "data").read_bytes())
    data[5000] ^= 1
    (backup.folder / "data").write_bytes(data)
    capsys.readouterr()
    assert planner(monkeypatch, "verify", backup.folder) == 1
    assert "This safety copy is damaged." in capsys.readouterr().out
    assert planner(monkeypatch, "restore", backup.folder, "--into", tmp_path / "other") == 1
    assert "This safety copy is damaged and cannot be used." in capsys.readouterr().err
    (backup.folder / "keys").write_bytes(b"")
    assert planner(monkeypatch, "verify", backup.folder) == 1
    assert "This safety copy is damaged and cannot be used." in capsys.readouterr().err
    assert list((tmp_path / "other").glob("store-*")) == []
    assert list((tmp_path / "other").glob("new-*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the signal of Ctrl+C is sent as POSIX does")
@pytest.mark.parametrize("what", ["backup", "restore"])
def test_stopped_by_ctrl_c_nothing_is_left(folder: Path, tmp_path: Path, what: str) -> None:
    notebook = Notebook.open(folder, SECRET)
    notebook.store.set("much", "word " * 4_000_000)
    notebook.store.checkpoint()
    notebook.close()
    words_ = ["backup", str(folder)]
    if what == "restore":
        with pytest.MonkeyPatch.context() as patch:
            assert planner(patch, "backup", folder) == 0
        words_ = ["restore", str(folder / BACKUPS), "--into", str(tmp_path / "other")]
    place = tmp_path / "other" if what == "restore" else folder / BACKUPS
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Where these tests were started by a script that ignores Ctrl+C, a child of theirs would ignore it too.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "planner", *words_],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    signal.signal(signal.SIGINT, before)
    with process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(SECRET.encode() + b"\n")
        process.stdin.close()
        while process.poll() is None and not list(place.glob("new-*/data")):
            pass
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait() == 130, said
    assert b"Traceback" not in said
    assert not place.exists() or not list(place.glob("new-*"))
    assert len(list_backups(folder)) == (what == "restore")
    assert not list((tmp_path / "other").glob("store-*"))
    shutil.rmtree(folder / BACKUPS)
    Notebook.open(folder, SECRET).close()
