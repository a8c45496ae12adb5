"""The whole file system of somebody who never used the machine, before and after a tour from a stick (Linux).

Run by an administrator, the tour is made by a user who owns nothing and has no rights; run by anybody else, by that
person with an empty home. What changes anywhere on the machine and is theirs, in files, folders or shared memory, was
left by the program. The same look after a program that leaves one file in each of a few places sees every one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("this looks at the places of a Linux machine", allow_module_level=True)

from planner.session import Session
from planner.store.folders import find_stores
from planner.store.notebooks import Notebook
from tests.portable.places import Place, Survey, processes_of

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
PASSPHRASE, WRITTEN = "paper boat on a quiet river", "Find a room near the river"
"""As touring.py has them; it stands alone, because what begins anew on the stick knows nothing of the tests."""
TOUR = ("made", "pages", "form", "typed and copied", "printed", "unlocked", "hidden")
FOLDERS = ("home", "run", "tmp", "config", "cache", "data", "state")
"""Empty places of each guest's own; only the stick is not looked into."""

LEAVING = """
import os, ctypes
for folder in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR", "HOME"):
    open(os.path.join(os.environ[folder], "left"), "w").close()
for folder in ("/tmp", "/var/tmp", "/dev/shm"):
    open(os.path.join(folder, "left-" + os.environ["MARK"]), "w").close()
os.utime(os.path.join(os.environ["HOME"], "there-before"))
os.remove(os.path.join(os.environ["HOME"], "gone-after"))
passing = os.path.join(os.environ["XDG_STATE_HOME"], "passing")
open(passing, "w").close()
os.remove(passing)
assert ctypes.CDLL(None).shmget(os.getuid(), 4096, 0o1600) >= 0
"""


@dataclass
class Guest:
    """Somebody at the machine for the first time, with a stick."""

    owner: int
    place: Path

    @property
    def stick(self) -> Path:
        """Where the program and its data lie."""
        return self.place / "stick"

    @property
    def surroundings(self) -> dict[str, str]:
        """What a new session of theirs would know, and nothing of ours."""
        at = {name: str(self.place / name) for name in FOLDERS}
        return {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": at["home"],
            "TMPDIR": at["tmp"],
            "XDG_RUNTIME_DIR": at["run"],
            **{f"XDG_{name.upper()}_HOME": at[name] for name in ("config", "cache", "data", "state")},
            "XDG_CURRENT_DESKTOP": "GNOME",
            "PYTHONPATH": os.pathsep.join([str(self.stick), str(ROOT)]),
            "MARK": self.place.name,
        }

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Let them start a program of Python's."""
        command = [*_becoming(self.owner), sys.executable, "-P", *words]
        return subprocess.Popen(
            command,
            env=self.surroundings | more,
            cwd="/",
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def _becoming(owner: int) -> list[str]:
    """How a command is run as somebody without rights.

    They may read whatever there is, because the Python of these tests may lie in somebody else's home; reading leaves
    nothing, and with it they may write no more than before.
    """
    if os.geteuid() == owner:
        return []
    ids = ["--reuid", str(owner), "--regid", str(owner), "--clear-groups"]
    return ["setpriv", *ids, "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]


def _owners(number: int) -> list[int]:
    """Users who own nothing on this machine; without rights there is but one, who may own a lot."""
    if os.geteuid() != 0:
        return [os.geteuid()] * number
    # Above those for people, below those that systemd gives out; others for each process that tests.
    first = 60_514 + os.getpid() % 220 * 3
    return list(range(first, first + number))


def _arrive(owner: int, enter: ExitStack) -> Guest:
    place = Path(tempfile.mkdtemp(prefix="guest-"))
    enter.callback(shutil.rmtree, place, ignore_errors=True)
    place.chmod(0o755)
    guest = Guest(owner, place)
    for name in FOLDERS:
        (place / name).mkdir(mode=0o700)
    for name in ("there-before", "gone-after"):
        (place / "home" / name).touch()
    fonts = place / "data" / "fonts"
    fonts.mkdir()
    shutil.copy(next(Path("/usr/share/fonts").rglob("*.[to]tf")), fonts)
    (guest.stick / "PlannerData").mkdir(parents=True)
    shutil.copytree(ROOT / "planner", guest.stick / "planner")
    (guest.stick / "resources").symlink_to(ROOT / "resources")  # only read, and large
    for folder, folders, files in os.walk(place):
        for name in (".", *folders, *files):
            ids = (owner, owner if owner != os.geteuid() else -1)
            os.chown(Path(folder, name), *ids, follow_symlinks=False)
    return guest


def _x_server(enter: ExitStack) -> str:
    """An X server that nobody else uses; "" where there is none."""
    if shutil.which("Xvfb") is None:
        return ""
    reads, writes = os.pipe()
    words = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writes)
    enter.callback(server.wait)
    enter.callback(server.kill)
    with os.fdopen(reads) as told:
        return f":{told.readline().strip()}"


@dataclass
class Left:
    """What a guest left, and what they told of the tour."""

    new: set[str]
    changed: set[str]
    removed: set[str]
    told: list[str]
    running: list[str]
    said: str
    stick: Path


def _difference(guest: Guest, before: dict[str, Place], after: dict[str, Place], said: str) -> Left:
    told = guest.stick / "told"
    return Left(
        new=after.keys() - before.keys(),
        changed={path for path in after.keys() & before.keys() if after[path] != before[path]},
        removed=before.keys() - after.keys(),
        told=told.read_text().splitlines() if told.exists() else [],
        running=processes_of(guest.owner) if guest.owner != os.geteuid() else [],
        said=said,
        stick=guest.stick,
    )


@contextmanager
def guests_were_here() -> Iterator[dict[str, Left]]:
    """By platform of Qt what the tour left, and by "control" what was left on purpose."""
    with ExitStack() as enter:
        display = _x_server(enter)
        names = ["control", "offscreen", *(["xcb"] if display else [])]
        guests = {name: _arrive(owner, enter) for name, owner in zip(names, _owners(len(names)), strict=True)}
        enter.callback(_clear_away, guests["control"])
        survey = Survey({guest.owner for guest in guests.values()}, {str(guest.stick) for guest in guests.values()})
        before = _theirs(guests, survey.before)
        started = {}
        for name, guest in guests.items():
            words = ["-c", LEAVING] if name == "control" else [str(Path(__file__).with_name("touring.py"))]
            more = {"QT_QPA_PLATFORM": name, **({"DISPLAY": display} if name == "xcb" else {})}
            started[name] = guest.start(*words, **more)
        said = {name: process.communicate(timeout=PATIENCE)[0] for name, process in started.items()}
        for name in names[1:]:
            _wait_for_end(guests[name])
        after = _theirs(guests, survey.again())
        yield {name: _difference(guest, before[name], after[name], said[name]) for name, guest in guests.items()}


def _theirs(guests: dict[str, Guest], found: dict[int, dict[str, Place]]) -> dict[str, dict[str, Place]]:
    """What is each guest's, but for the sticks; of a person who works here, only the new places and what all share."""
    shared = ("/var/tmp/", "/dev/shm/", "/proc/sysvipc/", "/tmp/left-")
    return {
        name: {
            path: place
            for path, place in found[guest.owner].items()
            if path != str(guest.stick)
            and (guest.owner != os.geteuid() or path.startswith((*shared, f"{guest.place}/")))
        }
        for name, guest in guests.items()
    }


def _wait_for_end(guest: Guest) -> None:
    until = time.monotonic() + PATIENCE
    told = guest.stick / "told"
    while time.monotonic() < until:
        over = told.exists() and any(word in told.read_text() for word in ("hidden", "Traceback"))
        if over and not (os.geteuid() == 0 and processes_of(guest.owner)):
            return
        time.sleep(0.1)


def _clear_away(guest: Guest) -> None:
    for folder in ("/tmp", "/var/tmp", "/dev/shm"):
        Path(folder, f"left-{guest.place.name}").unlink(missing_ok=True)
    for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:]:
        if line.split()[7] == line.split()[0] == str(guest.owner):
            subprocess.run(["ipcrm", "-m", line.split()[1]], check=False)


# ---------------------------------------------------------------- what was seen


def test_a_tour_from_the_stick_leaves_nothing_and_what_is_left_on_purpose_is_seen() -> None:
    """One test: the looking at a whole machine is not to be done by two at the same time."""
    with guests_were_here() as left:
        what_is_left_on_purpose_is_seen(left["control"])
        nothing_is_left(left["offscreen"])
        what_was_written_is_on_the_stick(left["offscreen"].stick)
        if "xcb" in left:
            nothing_is_left(left["xcb"])
    if "xcb" not in left:
        pytest.skip("Xvfb is not installed (package: xvfb): nobody looked with a real display")


def what_is_left_on_purpose_is_seen(seen: Left) -> None:
    folders = {Path(path).parent.name for path in seen.new if Path(path).name == "left"}
    assert folders == {"config", "cache", "run", "tmp", "home"}, seen.said
    elsewhere = {str(Path(path).parent) for path in seen.new if Path(path).name.startswith("left-")}
    assert elsewhere == {"/tmp", "/var/tmp", "/dev/shm"}
    assert [path for path in seen.new if path.startswith("/proc/sysvipc/shm/")]
    assert {Path(path).name for path in seen.changed} >= {"there-before", "home"}
    assert "state" in {Path(path).name for path in seen.changed}, "a file that was there for a moment only"
    assert {Path(path).name for path in seen.removed} == {"gone-after"}


def nothing_is_left(seen: Left) -> None:
    assert tuple(seen.told) == TOUR, seen.said
    assert (seen.new, seen.changed, seen.removed) == (set(), set(), set())
    assert seen.running == [], "nothing goes on when it is hidden"


def what_was_written_is_on_the_stick(stick: Path) -> None:
    data_dir = stick / "PlannerData"
    assert {each.name.partition("-")[0] for each in data_dir.iterdir()} == {"local.json", "store"}
    notebook = Notebook.open(find_stores(data_dir)[0].folder, PASSPHRASE)
    session = Session(notebook, zone="UTC")
    assert [each.title for each in session.goals(session.people()[0].id)] == [WRITTEN]
    notebook.close()
