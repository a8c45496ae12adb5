"""A child that was taken over by what it read can do nothing but answer, and its answer is only plain data.

Each deed is tried twice: by a child that has shut itself in, where it must fail, and by one that has not, where it must
work. Without the second the first would prove nothing.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planner.apart.asking import Child, CouldNotAsk, command, environment
from planner.apart.kinds import KINDS
from planner.apart.questions import CalendarAsked

HOSTILE = Path(__file__).with_name("hostile.py")
ASKED = CalendarAsked(b"BEGIN:VCALENDAR", "UTC")
linux = pytest.mark.skipif(sys.platform != "linux", reason="said to be in force on Linux alone")


def child(deed: str, place: str | Path = "", *, free: bool = False, seconds: int = 20) -> Child:
    words = [sys.executable, "-P", str(HOSTILE), *(["free"] if free else []), deed, str(place)]
    return Child(replace(KINDS["calendar"], seconds=seconds), words)


def said(one: Child) -> str:
    return str(one.ask(ASKED).not_understood[0].title)


def is_there(process: int) -> bool:
    """Whether a process runs; one that has ended and is still to be fetched does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def is_gone_soon(process: int) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if not is_there(process):
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same person, with which a child has nothing to do."""
    process = subprocess.Popen(["/bin/sleep", "600"])
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Path]:
    """A local socket on which somebody listens."""
    place = tmp_path / "ear"
    with socket.socket(socket.AF_UNIX) as ours:
        ours.bind(str(place))
        ours.listen(8)
        yield place


def test_a_child_that_does_nothing_wrong_answers() -> None:
    assert said(child("be_well")) == "well"
    assert said(child("be_well", free=True)) == "well"


@linux
@pytest.mark.parametrize("deed", ["fork", "run", "connect_in_c", "look_at_the_other"])
def test_it_starts_nothing_opens_no_socket_and_looks_at_nobody(deed: str) -> None:
    assert said(child(deed, free=True)).split()[0] in {"forked", "ran", "socket", "read"}
    with pytest.raises(CouldNotAsk):
        said(child(deed))


@linux
def test_it_reaches_no_local_socket(ear: Path) -> None:
    assert said(child("connect", ear, free=True)) == "connected"
    with pytest.raises(CouldNotAsk):
        said(child("connect", ear))


@linux
@pytest.mark.parametrize("deed", ["write", "write_in_c"])
def test_it_writes_nothing(deed: str, tmp_path: Path) -> None:
    assert said(child(deed, tmp_path / "free", free=True)) == "wrote"
    assert (tmp_path / "free").read_text() == "left behind"
    with pytest.raises(CouldNotAsk):
        said(child(deed, tmp_path / "shut"))
    assert not (tmp_path / "shut").exists()


@linux
def test_it_removes_nothing(tmp_path: Path) -> None:
    for name in ("free", "shut"):
        (tmp_path / name).touch()
    assert said(child("remove_in_c", tmp_path / "free", free=True)) == "removed"
    with pytest.raises(CouldNotAsk):
        said(child("remove_in_c", tmp_path / "shut"))
    assert [each.name for each in tmp_path.iterdir()] == ["shut"]


@linux
def test_it_reads_no_file_of_anybody(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text("canary")
    assert said(child("look", keys, free=True)) == "read canary"
    with pytest.raises(CouldNotAsk):
        said(child("look", keys))


@linux
def test_it_sends_no_signal(other: subprocess.Popen[bytes]) -> None:
    with pytest.raises(CouldNotAsk):
        said(child("end_the_other", str(other.pid)))
    assert is_there(other.pid)
    assert said(child("end_the_other", str(other.pid), free=True)) == "ended"
    assert other.wait(10) == -signal.SIGTERM


@linux
def test_it_cannot_eat_the_memory_of_the_computer() -> None:
    assert said(child("eat", free=True, seconds=60)) == "ate 2000000000"
    with pytest.raises(CouldNotAsk):
        said(child("eat"))


@pytest.mark.parametrize("deed", ["hang", "sleep", pytest.param("hang_in_c", marks=linux)])
def test_one_that_takes_too_long_is_given_up_and_gone(deed: str) -> None:
    one = child(deed, seconds=2)
    begun = time.monotonic()
    with pytest.raises(CouldNotAsk):
        said(one)
    assert 1 < time.monotonic() - begun < 15
    assert is_gone_soon(one.process_id)


class Stop(Exception):
    pass


@pytest.mark.parametrize("deed", ["hang", "sleep", "tell_for_ever", pytest.param("hang_in_c", marks=linux)])
def test_stop_is_heard_at_once_and_the_child_is_gone(deed: str) -> None:
    one = child(deed, seconds=60)
    pressed = threading.Event()
    heard: list[float] = []

    def progress(_done: int, _of: int) -> None:
        if pressed.is_set():
            heard.append(time.monotonic())
            raise Stop

    threading.Timer(1.0, pressed.set).start()
    with pytest.raises(Stop):
        one.ask(ASKED, progress)
    assert heard
    assert time.monotonic() - heard[0] < 1  # it does not wait for the child to end
    assert is_gone_soon(one.process_id)


@pytest.mark.parametrize(
    "deed",
    [
        "say_rubbish",
        "say_rubbish_as_an_answer",
        "say_more_than_it_claims",
        "say_much",
        "be_killed",
        "crash",
        "be_wrong",
    ],
)
def test_whatever_it_answers_it_is_no_answer(deed: str) -> None:
    one = child(deed)
    with pytest.raises(CouldNotAsk):
        said(one)
    assert is_gone_soon(one.process_id)


def test_what_it_holds_reaches_neither_the_terminal_nor_the_trouble(capfd: pytest.CaptureFixture[str]) -> None:
    for free in (True, False):
        with pytest.raises(CouldNotAsk) as trouble:
            said(child("raise_with_content", "canary", free=free))
        assert "canary" not in repr(trouble.value)
        assert trouble.value.__cause__ is None
    assert capfd.readouterr() == ("", "")
    # What looks would see it.
    print("canary", file=sys.stderr)
    assert capfd.readouterr().err == "canary\n"


@linux
@pytest.mark.parametrize("deed", ["hang", "hang_in_c"])
def test_it_ends_with_the_process_that_started_it(deed: str, tmp_path: Path) -> None:
    """As a lock does it: at once, without a farewell."""
    program = f"""
import os, sys, threading, time
sys.path[:0] = {sys.path!r}
from tests.apart.test_hostile_children import ASKED, child
one = child({deed!r}, seconds=60)
threading.Thread(target=one.ask, args=(ASKED,), daemon=True).start()
while not one.process_id:
    time.sleep(0.01)
time.sleep(1.5)
print(one.process_id, flush=True)
os._exit(0)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60
    )
    assert is_gone_soon(int(done.stdout))


@linux
def test_it_does_not_begin_where_the_process_that_started_it_is_gone(other: subprocess.Popen[bytes]) -> None:
    """Gone before the child could ask to end with it."""
    words = command(KINDS["calendar"])
    assert words[-1] == str(os.getpid())
    with subprocess.Popen([*words[:-1], str(other.pid)], stdin=subprocess.PIPE) as late:
        assert late.wait(60) == 1
    with subprocess.Popen(words, stdin=subprocess.PIPE) as ours:
        with pytest.raises(subprocess.TimeoutExpired):
            ours.wait(3)
        assert ours.stdin is not None
        ours.stdin.close()
        assert ours.wait(60) == 0


def test_a_child_knows_nothing_of_the_window_and_the_home() -> None:
    """Neither a screen nor a bus, nor where anybody lives."""
    surroundings = {"HOME": "/home/a", "DISPLAY": ":0", "DBUS_SESSION_BUS_ADDRESS": "x", "XDG_DATA_HOME": "/y"}
    surroundings |= {"LANG": "C", "TZ": "UTC", "SOME_KEY": "canary", "COVERAGE_PROCESS_CONFIG": "z"}
    assert environment(surroundings).keys() <= {"LANG", "TZ", "PYTHONPATH"}
    assert {"LANG", "TZ"} <= environment(surroundings).keys()


@linux
def test_it_has_no_open_file_of_ours(tmp_path: Path) -> None:
    """Not even one that children may have."""
    (tmp_path / "keys").write_text("canary")
    with (tmp_path / "keys").open("rb") as stream:
        os.set_inheritable(stream.fileno(), True)
        place = f"/proc/self/fd/{stream.fileno()}"
        handed = subprocess.run(["/bin/cat", place], capture_output=True, text=True, check=True, close_fds=False)
        assert handed.stdout == "canary"
        for free in (True, False):
            with pytest.raises(CouldNotAsk):
                said(child("look", place, free=free))
