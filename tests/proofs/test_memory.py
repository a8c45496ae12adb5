"""Locked means gone: what was shown and typed, of every kind, is in no process of ours afterwards, and on no disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planner.session import Session
from planner.store.notebooks import Notebook
from tests.lock.scan import Scanner
from tests.proofs.canaries import MARK
from tests.proofs.memory import PASSPHRASE, Sought, after_lock, in_plain_window, make_notebook, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory through /proc")


@pytest.fixture
def sought() -> Sought:
    return Sought()


@pytest.fixture
def home(tmp_path: Path, sought: Sought) -> Path:
    """A home folder of its own, with a notebook in it."""
    make_notebook(tmp_path / "home", sought)
    return tmp_path / "home"


def test_after_the_lock_nothing_is_in_any_process_and_on_no_disk(home: Path, sought: Sought) -> None:
    assert len(sought.plain()) == 500
    with shown(home, sought) as process:
        before = sought.seen_in(process.pid, home)
        assert before is not None
        missing = sought.every() - before
        assert not missing, [kind for kind, words in sought.words.items() if missing & set(words)] + sorted(missing)
        after = after_lock(process, home)
        assert sought.seen_in(after.pid, home) == set()
    scanner = Scanner(sought.plain(), MARK, sought.secrets | {"data key": bytes.fromhex(sought.keys["data key"])})
    control = home / "control"
    control.write_text(f"a line with {sought.plain()[0]} in it", encoding="utf-16-le")
    assert scanner.in_folder(home) == {sought.plain()[0]}
    control.unlink()
    assert scanner.in_folder(home) == set()
    what_is_kept_is_there(home, sought)


def what_is_kept_is_there(home: Path, sought: Sought) -> None:
    """The lock lost nothing: what was written and half written can be read again by whoever has the passphrase."""
    (folder,) = (home / "data").glob("store-*")
    notebook = Notebook.open(folder, PASSPHRASE)
    session = Session(notebook, zone="America/New_York")
    person = next(each for each in session.people() if each.name == sought.words["name of a person"][0])
    assert {*sought.words["goal"], *sought.words["goal typed"]} <= {goal.title for goal in session.goals(person.id)}
    drafts = str(notebook.store.drafts())
    for kind in ("draft brought back", "goal half typed", "note half typed"):
        assert sought.words[kind][0] in drafts
    assert notebook.store.verify() == []
    notebook.close()


def test_with_hardening_on_no_other_process_of_the_same_person_reads_it(home: Path, sought: Sought) -> None:
    sought.words = {kind: words[:1] for kind, words in sought.words.items()}
    with shown(home, sought, "--briefly") as process:
        control = sought.seen_in(process.pid, home)
        assert control is not None
        assert {*sought.words["goal"], *sought.words["safe way"]} <= control
    with shown(home, sought, "--briefly", "--hardened") as process:
        assert sought.seen_in(process.pid, home) is None


def test_an_ordinary_window_that_was_cleared_still_holds_words(home: Path, sought: Sought) -> None:
    """Why the lock ends the process; and that what finds nothing after it would find them."""
    before, after = in_plain_window(home, sought)
    assert set(sought.plain()) <= before
    assert after & set(sought.plain())
