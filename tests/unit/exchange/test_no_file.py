"""Making paper writes no file: by what Python opens, by what stands in the folders, and by the system calls."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_MAKE_ALL = """
import datetime, os, sys
sys.dont_write_bytecode = True
sys.path[:0] = {paths!r}
from tests.unit.exchange.made_up import EVERYTHING, PlainFormats, plan
from planner.exchange import gate, paper, pdf_seal
from planner.exchange.parts import PlanPaper
from planner.plan.records import Goal

opened = []
def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or any(each in (mode or "r") for each in "wax+"):
            opened.append(path)
    elif event in {{"os.mkdir", "os.rename", "tempfile.mkstemp", "tempfile.mkdtemp", "socket.connect"}}:
        opened.append(event)
sys.addaudithook(watch)

hostile = Goal(title='#import "@preview/cetz:0.3.1": * #read("/etc/hosts")', why="\\U0010fff0")
formats = PlainFormats()
for data in (plan(EVERYTHING), PlanPaper(goals=(hostile,))):
    gate.reveals(data.parts, data)
    pdf_seal.encrypt_pdf(paper.plan_pdf(data, formats), "a b c")
paper.slip_pdf(plan().dates, formats)
paper.spare_key_pdf("ABCDE-FGHJK")
{more}
print(opened)
"""

_ROOT = Path(__file__).resolve().parents[3]


def run(folder: Path, more: str = "", before: tuple[str, ...] = ()) -> str:
    """Make every paper in a process whose home, temporary and working folders are empty; what it saw itself opening."""
    places = {name: folder / name for name in ("home", "tmp", "work", "cache")}
    for each in places.values():
        each.mkdir(exist_ok=True)
    home, tmp = str(places["home"]), str(places["tmp"])
    # Where coverage is measured, it would be measured in this process too, and write its figures to a file.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    environment |= {"HOME": home, "USERPROFILE": home, "TMPDIR": tmp, "TMP": tmp, "TEMP": tmp}
    environment |= {"XDG_CACHE_HOME": str(places["cache"]), "XDG_DATA_HOME": home, "PYTHONDONTWRITEBYTECODE": "1"}
    code = _MAKE_ALL.format(paths=[str(_ROOT)], more=more)
    done = subprocess.run(
        [*before, sys.executable, "-c", code], cwd=places["work"], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def files_in(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if not each.is_dir())


def templates() -> list[str]:
    return files_in(_ROOT / "resources" / "print")


def test_no_file_is_written(tmp_path: Path) -> None:
    earlier = templates()
    assert run(tmp_path) == "[]"
    assert files_in(tmp_path) == []
    assert templates() == earlier


def test_a_file_would_be_noticed(tmp_path: Path) -> None:
    assert "left.txt" in run(tmp_path, more="open('left.txt', 'w').close()")
    assert files_in(tmp_path) == ["work/left.txt"]
    # A file written beneath Python, as typst would: only the folders show it.
    beneath = "import typst; typst.compile(b'', output='beneath.pdf')"
    assert run(tmp_path, more=beneath) == "[]"
    assert "work/beneath.pdf" in files_in(tmp_path)


_STRACE = ("strace", "-f", "-qq", "-e", "trace=open,openat,creat,socket,connect,memfd_create", "-o")


def traced(folder: Path, more: str = "") -> tuple[list[str], list[str]]:
    """The system calls that open a file for writing, and those that open a socket."""
    log = folder / "trace"
    try:
        run(folder, more, (*_STRACE, str(log)))
    except AssertionError as error:
        if "ptrace" in str(error):
            pytest.skip("nothing may be traced here")
        raise
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    writing = [each for each in lines if re.search(r"O_WRONLY|O_RDWR|O_CREAT|creat\(|memfd", each)]
    return [each for each in writing if "/dev/" not in each], [each for each in lines if "socket(" in each]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_no_file_and_no_socket_beneath_python_either(tmp_path: Path) -> None:
    assert traced(tmp_path) == ([], [])
    _writing, sockets = traced(tmp_path, "import socket; socket.socket().close()")
    assert sockets
    writing, _sockets = traced(tmp_path, "import typst; typst.compile(b'', output='out.pdf')")
    assert any("out.pdf" in each for each in writing)
