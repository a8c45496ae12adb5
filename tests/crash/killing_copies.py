"""Kills a process that makes copies, restores and changes the passphrase, and looks at what is left."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from planner.keys import Cost, KeyFile, WrongPassphrase
from planner.keys.backup_keys import BackupKeys
from planner.store.backups import backups_in, is_whole, list_backups
from planner.store.backups_open import BackupView, open_backup, verify_backup
from planner.store.notebooks import Notebook
from planner.store.rows import PersonRow

BUSY = Path(__file__).with_name("busy_copies.py")
ROOT = Path(__file__).resolve().parents[2]
FIRST = "secret 0"


class CopiesGround:
    """One notebook with its copies that lives through all the kills."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice = random.Random(seed)
        self.secret = FIRST
        self.goals: set[str] = set()
        self.done: dict[str, int] = {}
        self.hit: dict[str, int] = {}
        self.seen: set[Path] = set()
        # Passphrases that were changed by the last process: what it restored before opens with those.
        self.earlier: list[str] = []
        notebook = Notebook.create(folder / "data", FIRST, "Notes", Cost())
        notebook.store.save_person(PersonRow(id="person", name="Ana", created="2026-03-01T00:00:00+00:00"))
        notebook.store.set("mode", "with-others")
        # Enough pages that a copy and a key change take their time.
        notebook.store.set("much", self.dice.randbytes(150_000).hex())
        notebook.close()
        self.folder = notebook.folder

    def kill_once(self) -> None:
        """Let a process work, kill it, and look at everything."""
        words = [sys.executable, str(BUSY), str(self.folder), str(self.dice.randrange(2**32))]
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
        )
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(self.secret + "\n")
            process.stdin.close()
            lines: list[str] = []
            wanted = self.dice.randint(1, 9)
            while len([line for line in lines if "try" in line]) < wanted:
                line = process.stdout.readline()
                assert line, f"it ended by itself with {process.wait()}"
                lines.append(line)
            what = json.loads(lines[-1])["try"]["what"]
            # How long each takes here; a little is left over for what comes next.
            time.sleep(self.dice.uniform(0.0, 0.01 if what == "put" else 0.06))
            process.kill()
            lines += process.stdout.readlines()
        self._look(lines)

    def _look(self, lines: list[str]) -> None:
        self.earlier = []
        under_way: dict[str, Any] | None = None
        for line in lines:
            if not line.endswith("\n"):
                break
            said = json.loads(line)
            if "try" in said:
                under_way = said["try"]
            elif under_way is not None:
                self._happened(under_way)
                under_way = None
        may = set()
        if under_way is not None:
            self.hit[under_way["what"]] = self.hit.get(under_way["what"], 0) + 1
            may = {under_way["id"]} if under_way["what"] == "put" else set()
        secrets = [self.secret]
        if under_way is not None and under_way["what"] == "secret":
            secrets.append(under_way["secret"])
        self._look_at_copies_first(secrets)
        self.earlier.append(self.secret)
        self.secret = self._which_opens(secrets)
        self._look_at_notebook(may)
        self._look_at_copies()
        self._look_at_restored()

    def _happened(self, what: dict[str, Any]) -> None:
        self.done[what["what"]] = self.done.get(what["what"], 0) + 1
        if what["what"] == "put":
            self.goals.add(what["id"])
        elif what["what"] == "secret":
            self.earlier.append(self.secret)
            self.secret = what["secret"]

    def _which_opens(self, secrets: list[str]) -> str:
        if len(secrets) == 1:
            return secrets[0]
        opening = []
        for secret in secrets:
            try:
                Notebook.open(self.folder, secret).close()
            except WrongPassphrase:
                continue
            opening.append(secret)
        assert len(opening) == 1, "exactly one of the two opens"
        return opening[0]

    def _look_at_copies_first(self, secrets: list[str]) -> None:
        """Before the notebook is opened, which ends what was half done: each copy opens with what opens ``keys``."""
        if len(secrets) == 1:
            return
        keys = KeyFile.read(self.folder)
        opens = []
        for secret in secrets:
            try:
                keys.open(secret)
            except WrongPassphrase:
                continue
            opens.append(secret)
        assert len(opens) == 1
        for backup in list_backups(self.folder)[:3]:
            open_backup(backup.folder, opens[0]).close()

    def _look_at_notebook(self, may: set[str]) -> None:
        notebook = Notebook.open(self.folder, self.secret)
        try:
            wrong = notebook.store.verify()
            assert not wrong, wrong
            found = {row.id for row in notebook.store.rows("person", ["goal"])}
            assert self.goals <= found <= self.goals | may, "an edit that was reported saved is not there"
            self.goals = found
            for backup in list_backups(self.folder):
                copy = BackupView.of(backup.folder, _key(notebook, backup.folder))
                held = {row.id for row in copy.rows("person", ["goal"])}
                copy.close()
                assert held <= found
        finally:
            notebook.close()

    def _look_at_copies(self) -> None:
        """Each listed copy verifies, opens with the present passphrase, and not with another."""
        for number, backup in enumerate(list_backups(self.folder)):
            assert is_whole(backup)
            assert len(BackupKeys.read(backup.folder).ways) == 1, "it still opens with an earlier secret"
            if number == 0 or backup.folder not in self.seen:
                self.seen.add(backup.folder)
                assert verify_backup(backup.folder, self.secret) == []
        for backup in backups_in(self.folder.parent.parent / "stick"):
            assert is_whole(backup)
        if len(backups_in(self.folder.parent.parent / "stick")) > 3:
            shutil.rmtree(self.folder.parent.parent / "stick")

    def _look_at_restored(self) -> None:
        """What was restored is a whole notebook, or is not there; it goes, so that the disk does not fill."""
        for each in self.folder.parent.glob("store-*"):
            if each == self.folder:
                continue
            notebook = self._open_with_any(each)
            assert notebook.store.verify() == []
            assert {row.id for row in notebook.store.rows("person", ["goal"])} <= self.goals
            notebook.close()
            shutil.rmtree(each)

    def _open_with_any(self, folder: Path) -> Notebook:
        for secret in (self.secret, *self.earlier):
            try:
                return Notebook.open(folder, secret)
            except WrongPassphrase:
                continue
        raise AssertionError("a restored notebook opens with nothing")


def _key(notebook: Notebook, folder: Path) -> Any:
    key = notebook.unsealed(BackupKeys.read(folder))
    assert key is not None, "a copy does not open with the keys of the notebook"
    return key
