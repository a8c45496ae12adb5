"""Damage, a full disk, a locked folder, two starts: one calm sentence each, nothing changed, nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from planner.errors import MachineTrouble
from planner.keys import KeysDamaged, KeysMissing, WrongPassphrase
from planner.store.care import opens
from planner.store.connection import connect, trouble
from planner.store.errors import (
    DiskFull,
    DiskTrouble,
    StoreDamaged,
    StoreInUse,
    StoreMissing,
    StoreReadOnly,
    StoreTooNew,
)
from planner.store.store import SCHEMA_VERSION, Store
from planner.system import files
from tests.store.rows import KEY, fill, goal

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def refused(folder: Path, kind: type[MachineTrouble], key: bytes = KEY) -> None:
    before = contents(folder)
    with pytest.raises(kind) as told:
        Store.open(folder, key)
    assert told.type is kind
    assert told.value.sentence.endswith(".")
    assert told.value.what_next.endswith(".")
    assert str(folder) not in str(told.value)
    assert contents(folder) == before


@pytest.fixture
def closed(store: Store) -> Path:
    store.close()
    return store.folder


def test_another_key(closed: Path) -> None:
    refused(closed, StoreDamaged, bytes(32))


def test_data_is_gone_empty_or_cut_short(closed: Path) -> None:
    data = closed / "data"
    whole = data.read_bytes()
    for length in (0, 1, 15, 4095, 4096, 4097, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        data.write_bytes(whole[:length])
        refused(closed, StoreDamaged)
    data.unlink()
    refused(closed, StoreMissing)
    data.write_bytes(whole)
    Store.open(closed, KEY).close()


def test_another_file_in_its_place(closed: Path) -> None:
    (closed / "data").write_bytes(os.urandom(8192))
    refused(closed, StoreDamaged)
    (closed / "data").unlink()
    with trouble():
        other = connect(closed / "data", KEY, create=True)
        other.execute("CREATE TABLE a (b)")
        other.close()
    refused(closed, StoreDamaged)


def test_a_flip_in_any_page_is_noticed(closed: Path) -> None:
    data = closed / "data"
    whole = data.read_bytes()
    for page in range(len(whole) // 4096):
        flipped = bytearray(whole)
        flipped[page * 4096 + (page * 977 + 5) % 4096] ^= 1
        data.write_bytes(bytes(flipped))
        try:
            store = Store.open(closed, KEY)
        except StoreDamaged:
            assert data.read_bytes() == flipped
            continue
        assert store.verify()
        store.close()
        assert data.read_bytes() == flipped
    data.write_bytes(whole)
    store = Store.open(closed, KEY)
    assert store.verify() == []
    store.close()


def test_damage_met_while_working_is_told_calmly(store: Store) -> None:
    with store.transaction():
        store.put_rows([goal("ana", f"more{number}", "More " * 200) for number in range(200)])
    store.close()
    data = store.folder / "data"
    whole = bytearray(data.read_bytes())
    for at in range(6 * 4096, len(whole), 4096):
        whole[at + 100] ^= 1
    data.write_bytes(bytes(whole))
    noticed = 0
    try:
        again = Store.open(store.folder, KEY)
    except StoreDamaged:
        noticed += 1
    else:
        for ask in (again.rows, lambda: again.search("more"), lambda: again.fold("ana", "everyday", b"x" * 9000)):
            try:
                ask()
            except StoreDamaged:
                noticed += 1
        again.close()
    assert noticed


def test_a_newer_store_is_refused_and_never_to_be_deleted(closed: Path) -> None:
    raw = connect(closed / "data", KEY)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    refused(closed, StoreTooNew)
    with pytest.raises(StoreTooNew) as told:
        Store.open(closed, KEY)
    assert "Do not delete" in told.value.what_next


def test_two_starts_at_once(store: Store) -> None:
    with pytest.raises(StoreInUse):
        Store.open(store.folder, KEY)
    script = (
        "import sys\nfrom pathlib import Path\nfrom planner.store.errors import StoreInUse\n"
        "from planner.store.store import Store\n"
        "try:\n    Store.open(Path(sys.argv[1]), bytes(range(32)))\nexcept StoreInUse:\n    print('in use')\n"
    )
    run = [sys.executable, "-c", script, str(store.folder)]
    assert subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "in use\n"
    store.set("still", "works")
    store.close()
    assert subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout == ""


def test_full_disk_in_the_middle_of_a_save(store: Store) -> None:
    (pages,) = store._raw.execute("PRAGMA page_count").fetchone()
    store._raw.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        store.add_delta("ana", "law", b"x" * 100_000)

    def small_and_big() -> None:
        with store.transaction():
            store.set("small", 1)
            store.put_rows([goal("ana", "big", "Big " * 50_000)])

    with pytest.raises(DiskFull):
        small_and_big()
    assert store.document("ana", "law").deltas == ()
    assert store.get("small") is None
    assert store.verify() == []
    store._raw.execute("PRAGMA max_page_count = 1000000")
    store.add_delta("ana", "law", b"x" * 100_000)
    store.close()
    again = Store.open(store.folder, KEY)
    assert again.document("ana", "law").deltas == (b"x" * 100_000,)
    again.close()


FULL = """
import sys
from pathlib import Path
from planner.store.errors import DiskFull
from planner.store.store import Store
from planner.store.notebooks import Notebook
from planner.store.local import Local

folder = Path(sys.argv[1])
notebook = Notebook.create(folder, "river stone lamp", "Notes")
store = notebook.store
store.set("before", 1)
filler = folder / "filler"

def full(work):
    # Each time anew: what gave up may have left some room.
    with filler.open("ab", buffering=0) as stream:
        try:
            while stream.write(b"x" * 4096):
                pass
        except OSError:
            pass
    try:
        work()
    except DiskFull:
        return
    raise SystemExit("not full")

saved = []
def save():
    for number in range(1000):
        store.set(f"number {number}", "y" * 5000)
        saved.append(number)

keys = (notebook.folder / "keys").read_bytes()
full(save)
full(notebook.add_spare_key)
full(lambda: notebook.change_passphrase("river stone lamp", "other words"))
full(lambda: Local(language="es").write(folder))
full(lambda: Notebook.create(folder, "river stone lamp", "Another"))
assert (notebook.folder / "keys").read_bytes() == keys
assert store.get("before") == 1 and store.is_open
assert [each for each in range(1000) if store.get(f"number {each}")] == saved
notebook.close()
notebook = Notebook.open(notebook.folder, "river stone lamp")
assert [each for each in range(1000) if notebook.store.get(f"number {each}")] == saved
filler.unlink()
notebook.store.set("after", 2)
notebook.change_passphrase("river stone lamp", "other words")
assert notebook.store.verify() == []
notebook.close()
left = sorted(each.name for each in folder.iterdir())
assert left == ["local.json", notebook.folder.name], left
assert sorted(each.name for each in notebook.folder.iterdir()) == ["data", "keys", "keys.copy"]
print("saved before it was full:", len(saved))
"""


def private_mount() -> list[str] | None:
    """How to run a command that may mount a small disk of its own, where this system lets us."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return None
    start = ["unshare", "--user", "--map-root-user", "--mount"]
    return start if subprocess.run([*start, "true"], capture_output=True, check=False).returncode == 0 else None


@pytest.mark.skipif(private_mount() is None, reason="this system gives no disk of our own")
def test_a_real_disk_that_is_really_full(tmp_path: Path) -> None:
    start = private_mount()
    assert start is not None
    script = f'mount -t tmpfs -o size=2m,mode=700 none "{tmp_path}" && exec "{sys.executable}" - "{tmp_path}"'
    run = subprocess.run(
        [*start, "sh", "-c", script], input=FULL, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("saved before it was full:")


READ_ONLY = """
import sys
from pathlib import Path
from planner.store.errors import StoreReadOnly
from planner.store.store import Store
from planner.store.notebooks import Notebook
from planner.store.local import Local

folder = Path(sys.argv[1])
tries = (
    lambda: Store.open(folder, bytes(range(32))),
    lambda: Notebook.create(folder, "river stone lamp", "Notes"),
    lambda: Local().write(folder),
)
for work in tries:
    try:
        work()
    except StoreReadOnly as told:
        print(told.sentence)
"""


@pytest.mark.skipif(private_mount() is None, reason="this system gives no disk of our own")
def test_a_folder_that_cannot_be_written(closed: Path) -> None:
    start = private_mount()
    assert start is not None
    before = contents(closed)
    script = (
        f'mount --bind "{closed}" "{closed}" && mount -o remount,bind,ro "{closed}"'
        f' && exec "{sys.executable}" - "{closed}"'
    )
    run = subprocess.run(
        [*start, "sh", "-c", script], input=READ_ONLY, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["This notebook is in a place where nothing can be saved."] * 3
    assert contents(closed) == before


def test_rights_that_say_read_only(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.store.store.can_write", lambda path: path.name != "data")
    refused(closed, StoreReadOnly)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, StoreReadOnly),
        (errno.EACCES, StoreReadOnly),
        (errno.EIO, DiskTrouble),
    ],
)
def test_what_the_system_says_in_our_words(number: int, kind: type[MachineTrouble]) -> None:
    def fail() -> None:
        raise OSError(number, "words of the system", "/a/private/path")

    with pytest.raises(kind) as told, files.disk_trouble():
        fail()
    assert "private" not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


def test_mistakes_of_ours_stay_mistakes(store: Store) -> None:
    with pytest.raises(sqlcipher.OperationalError, match="no such table"):
        store._ask("SELECT 1 FROM nowhere")
    with pytest.raises(sqlcipher.OperationalError, match="no such table"):
        store._do("DELETE FROM nowhere")
    assert store.verify() == []


def test_a_search_that_does_not_fit_is_noticed(store: Store) -> None:
    store._do("INSERT INTO search (rowid, named, words) VALUES (999, 'stray', 'words')")
    assert any("search" in each for each in store.verify())
    store.clear_index()
    assert store.verify() == []


def test_rows_that_cannot_be_read_or_belong_to_nobody_are_noticed(store: Store) -> None:
    store._do("UPDATE setting SET value = '{'")
    assert store.verify() == ["Something in the notebook cannot be read."]
    store._raw.execute("PRAGMA foreign_keys = OFF")
    store._do("UPDATE delta SET person = 'nobody'")
    assert "Something in the notebook belongs to nobody who is in it." in store.verify()


def test_a_check_can_be_stopped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(Exception):
        pass

    seen: list[tuple[int, int]] = []

    monkeypatch.setattr("planner.store.care._STEPS", 5)
    # Of each check the first call comes before it, the second from the middle of its statement.
    for check in (1, 3):

        def stop_inside(done: int, total: int, check: int = check) -> None:
            seen.append((done, total))
            if seen.count((check, 5)) == 2:
                raise Stopped

        with pytest.raises(Stopped):
            store.verify(stop_inside)
        assert seen[-2:] == [(check, 5)] * 2
        seen.clear()
    store.set("still", "writes")
    assert store.verify(lambda done, total: seen.append((done, total))) == []
    assert seen[0] == (0, 5)
    assert seen[-1] == (5, 5)
    store.set("still", "works")


def test_only_a_database_under_the_key_opens(closed: Path) -> None:
    assert opens(closed / "data", KEY)
    assert not opens(closed / "data", bytes(32))


def test_the_log_left_by_a_kill_is_taken_up(tmp_path: Path) -> None:
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from planner.store.store import Store\nfrom tests.store.rows import KEY, fill\n"
        "store = Store.create(Path(sys.argv[1]), KEY)\nfill(store)\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, check=True)
    assert (tmp_path / "data-wal").stat().st_size
    store = Store.open(tmp_path, KEY)
    assert [each.name for each in store.people()] == ["Ana", "Bea"]
    assert store.verify() == []
    store.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data"]


def test_nothing_is_said_on_standard_error(closed: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom planner.store.errors import StoreDamaged\n"
        "from planner.store.store import Store\n"
        "try:\n    Store.open(Path(sys.argv[1]), bytes(32))\nexcept StoreDamaged:\n    pass\n"
    )
    run = [sys.executable, "-c", script, str(closed)]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (said.stdout, said.stderr) == ("", "")


def test_a_store_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_store: Store) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Store, "mark_index_current", full)
    with pytest.raises(DiskFull):
        Store.create(tmp_path, KEY)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    store = Store.create(tmp_path, KEY)
    fill(store)
    store.close()


def test_errors_of_keys_are_trouble_of_the_machine() -> None:
    for kind in (KeysDamaged, KeysMissing, WrongPassphrase):
        assert kind().sentence
        assert kind().what_next
