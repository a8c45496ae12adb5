"""Odd safety copies, for as long as one likes: ``python -m tests.fuzz.fuzz_backups SECONDS [FOLDER FOR FINDS]``.

The bytes of ``keys`` and ``data`` are changed, cut, mended at their checksums, and swapped between two copies. Looking,
opening, checking and restoring then give trouble in one sentence or exactly what the copy held, and nothing beside
changes. Argon2 is replaced by a hash, so that a changed cost costs nothing.
"""

from __future__ import annotations

import hashlib
import shutil
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from planner.errors import MachineTrouble
from planner.keys import cost as derivation
from planner.store.backups import is_backup, is_whole, last_good_backup, list_backups, make_backup
from planner.store.backups_open import BackupView, open_backup, restore, verify_backup, view_of
from planner.store.backups_wrapping import rewrap
from planner.store.notebooks import Notebook
from tests.few_derivations import quick
from tests.fuzz import run
from tests.fuzz.mutate import mutate
from tests.store.rows import fill

SECRET = "a made-up passphrase"
_HASH = 32


def held(copy: Any) -> Any:
    """All that a store holds, for comparing."""
    people = copy.people()
    return (
        people,
        [(copy.fillings(each.id), copy.notes(each.id), copy.document(each.id, "everyday")) for each in people],
        copy.settings(),
    )


class Ground:
    """A notebook with two copies, and a folder in which odd ones are made of them."""

    def __init__(self, folder: Path) -> None:
        derivation.argon2id = quick
        self.folder = folder
        self.notebook = Notebook.create(folder / "data", SECRET, "")
        fill(self.notebook.store)
        older = make_backup(self.notebook, folder / "data")
        self.notebook.store.set("since", "then")
        newer = make_backup(self.notebook, folder / "data")
        self.files: list[dict[str, bytes]] = []
        self.holds: list[Any] = []
        for backup in (older, newer):
            self.files.append({name: (backup.folder / name).read_bytes() for name in ("keys", "data")})
            copy = open_backup(backup.folder, SECRET)
            self.holds.append(held(copy))
            copy.close()
            shutil.rmtree(backup.folder)
        self.notebook.store.checkpoint()
        self.before = self.everything()
        self.name = newer.folder.name
        self.odd = self.notebook.folder / "backups" / self.name

    def everything(self) -> dict[str, bytes]:
        """Every file of the data folder, but the odd copies."""
        found = (each for each in (self.folder / "data").rglob("*") if each.is_file())
        return {
            str(each): each.read_bytes() for each in found if "backups" not in each.parts and each.name != "data-shm"
        }

    def make(self, rng: Random) -> int:
        """Make one odd copy; returns which of the two its ``data`` comes from."""
        shutil.rmtree(self.odd, ignore_errors=True)
        self.odd.mkdir(parents=True)
        of_keys, of_data = rng.randrange(2), rng.randrange(2)
        if rng.random() < 0.8:
            of_data = of_keys
        keys, data = self.files[of_keys]["keys"], self.files[of_data]["data"]
        what = rng.random()
        if what < 0.6:
            keys = mutate(keys, rng, [each["keys"] for each in self.files])
            keys = _mended(keys, rng)
        if what > 0.5:
            data = mutate(data, rng, [each["data"] for each in self.files])
            if rng.random() < 0.3:
                data = data[: len(data) // 4096 * 4096]
        (self.odd / "keys").write_bytes(keys)
        (self.odd / "data").write_bytes(data)
        if rng.random() < 0.02:
            (self.odd / rng.choice(("keys", "data"))).unlink()
        return of_data

    def look(self, of_data: int) -> int:
        """Everything that is done with a copy. Returns how often it was taken for a good one."""
        expected, good = self.holds[of_data], 0
        found = list_backups(self.notebook.folder)
        is_backup(self.odd)
        last_good_backup(self.notebook.folder)
        for backup in found:
            is_whole(backup)
        for open_it in (lambda: open_backup(self.odd, SECRET), lambda: view_of(self.notebook, self.odd)):
            good += self._opened(open_it, expected)
        with suppress(MachineTrouble):
            assert isinstance(verify_backup(self.odd, SECRET), list)
        with suppress(MachineTrouble):
            made = restore(self.odd, SECRET, self.folder / "restored", "")
            store = Notebook.open(made, SECRET)
            assert held(store.store) == expected, "restored otherwise than it was"
            assert store.store.verify() == []
            store.close()
            good += 1
        assert not list((self.folder / "restored").glob("new-*")), "left half done"
        shutil.rmtree(self.folder / "restored", ignore_errors=True)
        notebook = self.notebook
        rewrap(notebook.folder, notebook._keys, notebook._data_key)
        assert self.everything() == self.before, "something else changed"
        return good

    @staticmethod
    def _opened(open_it: Callable[[], BackupView | None], expected: Any) -> int:
        try:
            copy = open_it()
        except MachineTrouble:
            return 0
        if copy is None:
            return 0
        try:
            assert held(copy) == expected, "read otherwise than it was"
        except MachineTrouble:
            # Pages are looked at when they are read.
            return 0
        finally:
            copy.close()
        return 1


def _mended(keys: bytes, rng: Random) -> bytes:
    """With right checksums over whatever is there now, most of the time, so that it is read further."""
    if len(keys) < 200 or rng.random() < 0.3:
        return keys
    out = bytearray(keys)
    (length,) = struct.unpack_from(">I", out, 59)
    end = 63 + length
    if length > _HASH and end <= len(out) and rng.random() < 0.8:
        out[end - _HASH : end] = hashlib.blake2b(bytes(out[63 : end - _HASH]), digest_size=_HASH).digest()
    out[-_HASH:] = hashlib.blake2b(bytes(out[:-_HASH]), digest_size=_HASH).digest()
    return bytes(out)


def main(arguments: list[str]) -> int:
    """Go on for so many seconds; the answer is 1 where trouble was met."""
    seconds = float(arguments[0]) if arguments else 60.0
    finds = Path(arguments[1]) if len(arguments) > 1 else None
    first = int(arguments[2]) if len(arguments) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        good: list[int] = []

        def read(seed: bytes) -> None:
            good.append(ground.look(ground.make(Random(int(seed)))))

        kinds: set[str] = set()
        until, number = time.monotonic() + seconds, first
        while time.monotonic() < until:
            trace = run.one(read, str(number).encode(), 10.0)
            if trace and trace.splitlines()[-1] not in kinds:
                kinds.add(trace.splitlines()[-1])
                print(f"{number}: {trace}", flush=True)
                if finds is not None:
                    shutil.copytree(ground.odd, finds / str(number), dirs_exist_ok=True)
            number += 1
        ground.notebook.close()
    whole = sum(1 for each in good if each)
    print(f"{len(good):,} odd copies, {whole:,} of them taken for good ones and as good")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
