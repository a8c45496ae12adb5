"""Starts the busy program again and again, kills it at random moments, and looks at what is left on the disk."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from planner.keys import Cost, WrongPassphrase
from planner.session import Mode, Session
from planner.store.local import Local
from planner.store.notebooks import Notebook
from tests.few_derivations import hashing
from tests.lock.scan import Scanner
from tests.proofs.busy_pages import HIDDEN, LOCKED
from tests.proofs.canaries import MARK
from tests.proofs.encodings import written
from tests.proofs.filled import turned
from tests.proofs.memory import begin, pipes, say
from tests.proofs.unpacked import words_below

BUSY = Path(__file__).with_name("busy_pages.py")
WORDS_A_TIME = 16
ENDS = (LOCKED, HIDDEN, -signal.SIGABRT)
SHARED = [folder for folder in (Path(tempfile.gettempdir()), Path("/dev/shm")) if folder.is_dir()]
"""Where programs put what they do not keep, beside what others put there."""


def new_words(count: int) -> list[str]:
    return [f"{secrets.token_hex(5)}{MARK}{secrets.token_hex(5)}" for _ in range(count)]


class Disk:
    """A home folder with a notebook, and everything that was ever typed into it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.home, self.dice = home, random.Random(seed)
        self.begun = time.time() - 1
        # Beside what others put into the same folders, what is ours is known by its group; only root can choose one.
        self.group = 40_000 + os.getpid() % 20_000 if os.geteuid() == 0 else None
        self.secret = new_words(1)[0]
        self.every = [self.secret]
        self.saved: set[str] = set()
        self.did: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        notebook = Notebook.create(home / "data", self.secret, "Notes", Cost())
        session = Session(notebook, zone="UTC")
        session.set_up(Mode.WITH_OTHERS, "Joan")
        session.add_person("Ana", under_18=False)
        session.lock()
        Local(language="en", theme="light").with_label(notebook.folder.name, "Notes").write(home / "data")

    # working and killing --------------------------------------------------------------------------------------------
    def once(self, *, kill: bool = True) -> None:
        """Start it, let it work, and kill it, or let it come to its own end."""
        words = new_words(WORDS_A_TIME)
        self.every += words
        runtime = self.home / "runtime"
        runtime.mkdir(exist_ok=True, mode=0o700)
        seed = str(self.dice.randrange(2**30))
        process = begin(
            self.home,
            str(BUSY),
            str(self.home / "data"),
            seed,
            stderr=subprocess.PIPE,
            group=self.group,
            TMPDIR=tempfile.gettempdir(),
            XDG_RUNTIME_DIR=str(runtime),
        )
        with process:
            try:
                told = {"passphrase": turned(self.secret), "words": [turned(each) for each in words]}
                say(process, json.dumps(told))
                lines = self._listen(process, self.dice.randint(2, 12) if kill else 10**6)
            finally:
                process.kill()
            assert process.stderr is not None
            lines += pipes(process)[1].readlines()
            complaint = process.stderr.read()
        assert any('"open"' in line for line in lines), complaint
        assert kill or process.returncode in ENDS, complaint
        assert not self.scanner().words_in(complaint.encode()), "what is said of a mistake tells no words"
        self._look(words, [json.loads(line) for line in lines if line.endswith("\n")], complaint)

    def _listen(self, process: subprocess.Popen[str], most: int) -> list[str]:
        lines: list[str] = []
        while sum('"try"' in line for line in lines) < most:
            line = pipes(process)[1].readline()
            if not line:
                return lines
            lines.append(line)
        time.sleep(self.dice.uniform(0.0, 0.4))
        return lines

    def _look(self, words: list[str], said: list[dict[str, Any]], complaint: str) -> None:
        """Open it again: everything that was reported saved is there."""
        passphrases, under_way = [self.secret], None
        for each in said:
            if "try" in each:
                under_way = each
            elif "done" in each:
                assert under_way is not None
                self.did[under_way["try"]] += 1
                mine = [words[number] for number in under_way["words"]]
                if under_way["try"] in ("goal", "note"):
                    self.saved |= set(mine)
                elif under_way["try"] == "paper":
                    self.saved.add(mine[1])
                elif under_way["try"] == "secret":
                    passphrases = mine
                elif under_way["try"] == "mistake":
                    assert "Mistake" in complaint
                under_way = None
        if under_way is not None:
            self.hit[under_way["try"]] += 1
            if under_way["try"] == "secret":
                passphrases += [words[number] for number in under_way["words"]]
        self.secret = self._which_opens(passphrases)
        (folder,) = (self.home / "data").glob("store-*")
        notebook = Notebook.open(folder, self.secret)
        assert notebook.store.verify() == []
        there = self.scanner().words_in(everything_in(notebook))
        notebook.close()
        assert self.saved <= there, "reported saved, and not all are there"

    def _which_opens(self, passphrases: list[str]) -> str:
        (folder,) = (self.home / "data").glob("store-*")
        opening = []
        for each in passphrases:
            try:
                Notebook.open(folder, each).close()
            except WrongPassphrase:
                continue
            opening.append(each)
        assert len(opening) == 1, "exactly one opens"
        return opening[0]

    # looking --------------------------------------------------------------------------------------------------------
    def scanner(self, *more: str) -> Scanner:
        return Scanner([*self.every, *more], MARK)

    def places(self) -> list[Path]:
        """Every folder in which a program of this person may leave something."""
        own = [self.home / each for each in ("data", "config", "cache", "state", "runtime")]
        for each in own:
            each.mkdir(exist_ok=True)
        (store,) = (self.home / "data").glob("store-*")
        return [self.home, *own, store, *SHARED]

    def found(self, *more: str, every_byte: bool = False) -> set[str]:
        """The words that anybody finds who copied the disk."""
        scanner = self.scanner(*more)
        found = words_below(scanner, self.home, every_byte=every_byte)
        for folder in SHARED:
            found |= words_below(scanner, folder, mine=self._mine, without=self.home)
        return found

    def _mine(self, about: os.stat_result) -> bool:
        if self.group is not None:
            return about.st_gid == self.group
        return about.st_uid == os.geteuid() and max(about.st_mtime, about.st_ctime) >= self.begun

    def control(self) -> None:
        """The same look, on files of the same person: every way of writing, in every place, and in names."""
        expected, made = set(), []
        for place in self.places():
            ways = written("")
            for number, way in enumerate(ways):
                word = new_words(1)[0]
                path = place / f"{os.getpid()}-{number}.control"
                path.write_bytes(written(f"a line with {word} in it, and more")[way])
                expected.add(word)
                made.append(path)
            named = new_words(1)[0]
            path = place / f"a name with {named}"
            path.touch()
            expected.add(named)
            made.append(path)
        for path in made:
            if self.group is not None:
                os.chown(path, -1, self.group)
        try:
            found = self.found(*expected)
        finally:
            for path in made:
                path.unlink()
        assert expected <= found, "the look must see what is there"


def everything_in(notebook: Notebook) -> bytes:
    """All that is in the open store, row by row."""
    ask = notebook.store._ask
    tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = bytearray()
    for table in tables:
        for row in ask(f'SELECT * FROM "{table}"'):
            for value in row:
                kept += value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
                kept += b"\n"
    return bytes(kept)


def kill_often(home: Path, times: int, seed: int, *, every_byte: bool = False) -> Disk:
    """The whole proof; gives what was done."""
    with hashing():
        disk = Disk(home, seed)
        for number in range(times):
            disk.once(kill=number % 3 != 2)
        disk.control()
        assert disk.found(every_byte=every_byte) == set()
    return disk
