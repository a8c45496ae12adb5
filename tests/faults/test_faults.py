"""Every write, flush and rename of a session fails once in turn; then the power goes.

Afterwards the notebook opens, verifies, and holds every edit that was reported saved.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from planner.keys import Cost, WrongPassphrase
from planner.session import Mode, Session
from planner.store.backups import list_backups
from planner.store.backups_open import verify_backup
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from tests.faults.at_work import BEGINNING
from tests.faults.disk import CHANGING, STRACE, UNKNOWN, Call, Disk, Power, Ran, run, said
from tests.few_derivations import hashing

PASSPHRASE = "paper boat on a quiet river"
EMPTY: dict[str, Any] = {"titles": {}, "notes": [], "draft": "", "filling": "", "secret": PASSPHRASE}
ERRORS = ("ENOSPC", "EROFS", "EIO")
QUICK = int(os.environ.get("PLANNER_FAULTS", "8"))

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed: no disk was made to fail")


@pytest.fixture(scope="module", autouse=True)
def _quick() -> Iterator[None]:
    """As in the process at work."""
    with hashing():
        yield


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one notebook, as every run finds it."""
    data = tmp_path_factory.mktemp("beginning") / "data"
    notebook = Notebook.create(data, PASSPHRASE, "Notes", Cost())
    session = Session(notebook, clock=lambda: BEGINNING, zone="UTC")
    session.set_up(Mode.FOR_ME, "Ana")
    session.lock()
    return data


@pytest.fixture
def data(beginning: Path, tmp_path: Path) -> Path:
    target = tmp_path / "data"
    shutil.copytree(beginning, target)
    return target


@dataclass
class Told:
    """What the process had told by some moment: what it was doing, and what the notebook may hold.

    What met trouble was not reported saved and may be there all the same, until the next change is: it was written and
    only its flush failed.
    """

    doing: str = ""
    saved: dict[str, Any] = field(default_factory=lambda: dict(EMPTY))
    trying: dict[str, Any] | None = None
    troubled: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, words: dict[str, Any]) -> None:
        if "trying" in words:
            self.doing, self.trying = words["trying"], words["held"]
        elif "saved" in words:
            assert self.trying is not None
            if self.trying != self.saved:
                self.troubled.clear()
            self.saved, self.trying = self.trying, None
        elif "trouble" in words:
            assert self.trying is not None
            self.troubled.append(self.trying)

    def may_hold(self) -> list[dict[str, Any]]:
        """What was reported saved; what is being tried; what met trouble since."""
        return [self.saved, *([self.trying] if self.trying else []), *self.troubled]


def look(data: Path, may: list[dict[str, Any]]) -> None:
    """Fail unless the notebook opens, is sound, and holds one of these."""
    (found,) = [each for each in find_stores(data) if each.complete]
    notebook = None
    for secret in dict.fromkeys(each["secret"] for each in may):
        with suppress(WrongPassphrase):
            notebook = Notebook.open(found.folder, secret)
            break
    assert notebook is not None, "neither the old nor the new passphrase opens it"
    try:
        assert notebook.store.verify() == []
        holds = held(notebook, secret)
        assert holds in may
    finally:
        notebook.close()
    for backup in list_backups(found.folder):
        assert verify_backup(backup.folder, secret) == [], backup.folder.name


def held(notebook: Notebook, secret: str) -> dict[str, Any]:
    session = Session(notebook, clock=lambda: BEGINNING, zone="UTC")
    (person,) = session.people()
    store = notebook.store
    fillings = store.fillings(person.id)
    draft = session.draft("plan", person.id) or {}
    return {
        "titles": {row.id: row.title for row in store.rows(person.id, ("goal", "step"))},
        "notes": [note.facts for note in store.notes(person.id)],
        "draft": draft.get("text", ""),
        "filling": fillings[0].state.decode() if fillings else "",
        "secret": secret,
    }


def moments(ran: Ran, disk: Disk) -> Iterator[tuple[Call, Told, bool]]:
    """Follow the disk call by call: each with what was told by then, and whether it was meant for this disk."""
    told = Told()
    for call in ran.calls:
        words = said(call)
        if words is not None:
            told.hear(words)
        touches = disk.would_touch(call)
        disk.follow(call)
        yield call, told, touches


def faults(ran: Ran, root: Path) -> list[tuple[str, int]]:
    """Every call that changed the disk, as (its name, the how manieth of that name)."""
    disk, counted, found = Disk(root), dict[str, int](), list[tuple[str, int]]()
    for call, _told, touches in moments(ran, disk):
        counted[call.name] = counted.get(call.name, 0) + 1
        if touches:
            found.append((call.name, counted[call.name]))
    return found


def fail_and_look(data: Path, scratch: Path, fault: tuple[str, str, int], dice: random.Random) -> bool:
    """One run with one fault; whether the fault met the disk of the notebook."""
    disk = Disk(data)
    ran = run(data, PASSPHRASE, scratch / "calls", fault)
    assert ran.status == 0, ran.errors
    total = len(ran.calls)
    struck = next((place for place, call in enumerate(ran.calls) if call.injected), None)
    later = {dice.randint(struck, total - 1)} if struck is not None else set()
    met = False
    for place, (call, told, touches) in enumerate(moments(ran, disk)):
        if call.injected:
            met = touches
        if place == struck or place in later or place == total - 1:
            disk.power_off(scratch / "after", dice.choice(list(Power)), dice)
            look(scratch / "after", told.may_hold())
    look(data, told.may_hold())
    return met


def test_a_day_without_faults_keeps_everything_whenever_the_power_goes(data: Path, tmp_path: Path) -> None:
    disk = Disk(data)
    ran = run(data, PASSPHRASE, tmp_path / "calls")
    assert ran.status == 0, ran.errors
    assert not [call.name for call in ran.calls if call.name in UNKNOWN.split(",")]
    dice = random.Random(3)
    looked = 0
    every = max(1, len(ran.calls) // (4 * QUICK))
    for place, (_call, told, touches) in enumerate(moments(ran, disk)):
        if touches and (place % every == 0):
            disk.power_off(tmp_path / "after", dice.choice(list(Power)), dice)
            look(tmp_path / "after", told.may_hold())
            looked += 1
    assert looked
    assert told.doing == "lock again"
    look(data, told.may_hold())


def test_what_is_made_again_from_the_record_is_what_is_on_the_disk(data: Path, tmp_path: Path) -> None:
    disk = Disk(data)
    ran = run(data, PASSPHRASE, tmp_path / "calls")
    for _moment in moments(ran, disk):
        pass
    disk.power_off(tmp_path / "after", Power.ALL, random.Random(0))
    assert contents(tmp_path / "after") == contents(data)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_an_edit_that_the_disk_forgot_would_be_noticed(data: Path, tmp_path: Path) -> None:
    disk = Disk(data, honest=False)
    ran = run(data, PASSPHRASE, tmp_path / "calls")
    noticed = 0
    for call, told, _touches in moments(ran, disk):
        if (said(call) or {}).get("saved") in ("add", "change", "note"):
            disk.power_off(tmp_path / "after", Power.NOTHING, random.Random(0))
            with pytest.raises(AssertionError):
                look(tmp_path / "after", told.may_hold())
            noticed += 1
    assert noticed


def test_some_faults_and_then_the_power(beginning: Path, data: Path, tmp_path: Path) -> None:
    every = faults(run(data, PASSPHRASE, tmp_path / "calls"), beginning_of(beginning, data))
    dice = random.Random(7)
    _fail_each([(name, dice.choice(ERRORS), number) for name, number in dice.sample(every, QUICK)], beginning, tmp_path)


@pytest.mark.slow
def test_every_fault_and_then_the_power(beginning: Path, data: Path, tmp_path: Path) -> None:
    every = faults(run(data, PASSPHRASE, tmp_path / "calls"), beginning_of(beginning, data))
    _fail_each(thorough(every), beginning, tmp_path)


def thorough(every: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Every call; the many writes with one error each, in turn, all others with each of them."""
    return [
        (name, error, number)
        for place, (name, number) in enumerate(every)
        for error in (ERRORS[place % 3 : place % 3 + 1] if name == "pwrite64" else ERRORS)
    ]


def beginning_of(beginning: Path, data: Path) -> Path:
    """The folder under the name it had in the run, as it stood before."""
    shutil.rmtree(data)
    shutil.copytree(beginning, data)
    return data


def _fail_each(wanted: list[tuple[str, str, int]], beginning: Path, scratch: Path) -> None:
    assert {name for name, _error, _number in wanted} <= set(CHANGING.split(","))
    met = 0
    for place, fault in enumerate(wanted):
        work = scratch / f"fault{place}"
        work.mkdir()
        shutil.copytree(beginning, work / "data")
        try:
            met += fail_and_look(work / "data", work, fault, random.Random(place))
        except BaseException as problem:
            problem.add_note(f"the fault was {fault}")
            raise
        shutil.rmtree(work)
    assert met > len(wanted) * 0.8, "the faults have to meet the notebook's own files"
