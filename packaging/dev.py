#!/usr/bin/env python3
"""Everything one does with a checkout of Planner, from a fresh machine on.

    python3 packaging/dev.py run [ARGUMENTS]     open the program (without a display: the tour)
    python3 packaging/dev.py test [ARGUMENTS]    all tests, with coverage; with arguments, pytest with just these
    python3 packaging/dev.py check               style, types, contracts between the rooms
    python3 packaging/dev.py bench [ARGUMENTS]   the table of speed and memory
    python3 packaging/dev.py tour [ARGUMENTS]    pictures of every step, into build/tour
    python3 packaging/dev.py compile             translations and forms, as the program reads them
    python3 packaging/dev.py stick FOLDER        the program on a memory stick, with its notebooks beside it

Each does its own set-up: an environment in ``.venv`` from the locked packages, and the system libraries of Qt. Nothing
is written outside the checkout, except by ``run``: a notebook that someone keeps stays where the program keeps it
(``--data DIR`` puts it elsewhere). Standard library only; Python 3.11 or newer; Linux, macOS, Windows.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import qt_libraries
import stick

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
LOCK = ROOT / "packaging" / "requirements" / "dev.txt"
STAMP = VENV / "planner-set-up"
OLDEST = (3, 11)

# The rooms in which nearly every line has to be run by a test, and how many in a hundred.
COVERED = ("plan", "forms", "keys", "store", "session")
FLOOR = 95


class CannotGoOn(Exception):
    """Something a person has to do first; the text says what."""


# ---------------------------------------------------------------- surroundings


def surroundings() -> dict[str, str]:
    """The environment of everything we start: our packages only, caches inside the checkout."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    return kept | {
        "PIP_CACHE_DIR": str(BUILD / "cache" / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONUTF8": "1",
        "VIRTUAL_ENV": str(VENV),
    }


def away_from_home() -> dict[str, str]:
    """Surroundings in which even a mistake of ours cannot touch the home folder of whoever works here."""
    home = BUILD / "home"
    home.mkdir(parents=True, exist_ok=True)
    folders = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
    return (
        surroundings()
        | dict.fromkeys(folders, str(home))
        | {f"XDG_{kind}_HOME": str(home / f".{kind.lower()}") for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    )


def has_display(env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window can open here."""
    if not platform.startswith("linux"):
        return True
    chosen = env.get("QT_QPA_PLATFORM", "")
    if chosen:
        # Whoever names a platform of Qt, a remote screen for one, knows what they do; two of them show nothing.
        return not chosen.startswith(("offscreen", "minimal"))
    return any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def start(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path | None = ROOT) -> int:
    """Run a command to its end and return its answer."""
    return subprocess.run([str(part) for part in command], env=dict(env), cwd=cwd, check=False).returncode


# ---------------------------------------------------------------- the environment


def python() -> Path:
    """The Python of the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def version_of(interpreter: Path) -> tuple[int, int] | None:
    """The version of a Python, or None where it does not run (its system has moved on, or there is none)."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([str(interpreter), "-c", question], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = answer.split()
    return int(major), int(minor)


def make_environment() -> None:
    """Make ``.venv``, unless there is one that works.

    Raises:
        CannotGoOn: this Python cannot make environments.
    """
    found = version_of(python())
    if found is not None and found >= OLDEST:
        return
    if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        get_venv_module()
    print(f"making an environment in {VENV}", flush=True)
    if start([sys.executable, "-m", "venv", "--clear", VENV], surroundings()) != 0:
        raise CannotGoOn(f"No environment could be made in {VENV}.")


def get_venv_module() -> None:
    """Debian and Ubuntu keep the module that makes environments in a package of its own.

    Raises:
        CannotGoOn: it is not there, and we may not install it.
    """
    command = qt_libraries.apt_command([f"python3.{sys.version_info.minor}-venv"])
    if qt_libraries.may_install() and qt_libraries.install(command):
        return
    words = "This Python cannot make environments: its modules venv and ensurepip are not installed."
    how = f"\nOn Debian and Ubuntu this installs them:\n\n    {qt_libraries.as_typed(command)}\n"
    raise CannotGoOn(words + (how if shutil.which("apt-get") else ""))


def digest() -> str:
    """What the environment is made of, in one line: locked packages, what the project asks for, Python, place."""
    whole = hashlib.sha256()
    for part in (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str((ROOT, version_of(python()))).encode()):
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def install_packages() -> None:
    """Install the locked packages and the project itself, unless that has been done.

    Raises:
        CannotGoOn: pip could not; it has said why.
    """
    wanted = digest()
    if STAMP.exists() and STAMP.read_text("ascii") == wanted:
        return
    STAMP.unlink(missing_ok=True)
    pip: list[str | Path] = [python(), "-m", "pip", "install", "--quiet"]
    steps = (
        [*pip, "--require-hashes", "--requirement", LOCK],
        # What it is built with and what it needs is installed by now, in the locked versions.
        [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT],
    )
    print("installing the locked packages", flush=True)
    for step in steps:
        if start(step, surroundings()) != 0:
            raise CannotGoOn("The packages could not be installed; pip says why above.")
    STAMP.write_text(wanted, "ascii")


def set_up(with_screen: bool = False) -> None:
    """Make everything ready that a command needs.

    Raises:
        CannotGoOn: something is missing that a person has to see to.
    """
    make_environment()
    lacking = qt_libraries.make_ready(with_screen)
    if lacking:
        raise CannotGoOn(lacking)
    install_packages()
    if start([python(), ROOT / "packaging" / "compile_resources.py"], surroundings()) != 0:
        raise CannotGoOn("The translations or forms could not be compiled, for the reasons above.")


# ---------------------------------------------------------------- commands


def opens_a_window(arguments: Sequence[str]) -> bool:
    """Whether these arguments of the program ask for its window, and not for a command or for help."""
    if any(word in {"-h", "--help", "--version"} for word in arguments):
        return False
    return not arguments or arguments[0].startswith("-") or arguments[0] == "run"


def run(arguments: Sequence[str]) -> int:
    """Open the program; where there is no display, say so and run the tour instead."""
    window = opens_a_window(arguments)
    if window and not has_display():
        print("There is no display here, so no window can open. The tour runs instead.", flush=True)
        return tour([])
    set_up(with_screen=window)
    # In the folder the person is in, so that the paths they type mean what they say.
    return start([python(), "-P", "-m", "planner", *arguments], surroundings(), cwd=None)


def tour(arguments: Sequence[str]) -> int:
    """Drive the real window through every step, without a display, and keep pictures."""
    set_up()
    out = [] if any(word.split("=")[0] == "--out" for word in arguments) else ["--out", str(BUILD / "tour")]
    if out:
        print(f"The pictures go to {out[1]}", flush=True)
    env = away_from_home() | {"QT_QPA_PLATFORM": "offscreen"}
    return start([python(), "-P", "-m", "planner", "tour", *out, *arguments], env, cwd=None)


def test(arguments: Sequence[str]) -> int:
    """Run the tests. Coverage is measured when all are run; ``--no-floor`` shows it without asking for enough.

    With ``--sockets`` they run under strace, which says whether one of them opened a socket that leaves the machine.
    """
    set_up()
    qt_libraries.look_for_tools()
    env = away_from_home() | {"QT_QPA_PLATFORM": "offscreen"}
    chosen = [word for word in arguments if word != "--no-floor"]
    if "--sockets" in chosen:
        import sockets

        return sockets.main(python(), [word for word in chosen if word != "--sockets"], env, ROOT)
    if chosen:
        return start([python(), "-m", "pytest", *chosen], env)
    shutil.rmtree(BUILD / "coverage", ignore_errors=True)
    (BUILD / "coverage").mkdir(parents=True)
    answer = start([python(), "-m", "coverage", "run", "-m", "pytest"], env)
    start([python(), "-m", "coverage", "combine", "--quiet"], env)
    short = [room for room in COVERED if not covered(room, env)]
    return answer or (1 if short and "--no-floor" not in arguments else 0)


def covered(room: str, env: Mapping[str, str]) -> bool:
    """Whether enough lines of a room were run; says how many, and which were not where it is not enough."""
    report = [str(python()), "-m", "coverage", "report", f"--include=planner/{room}/*,planner/{room}.py"]
    answer = subprocess.run(
        [*report, "--format=total"], env=dict(env), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode != 0:
        print(f"coverage of {room}: not measured", flush=True)
        return False
    share = float(answer.stdout)
    print(f"coverage of {room}: {share:.1f} %", flush=True)
    if share >= FLOOR:
        return True
    print(f"At least {FLOOR} % are asked for:", flush=True)
    start(report, env)
    return False


def check(_: Sequence[str]) -> int:
    """Style, types and the contracts between the rooms; all are run, so that one sees everything at once."""
    set_up()
    commands: dict[str, list[str | Path]] = {
        "ruff check": [python(), "-m", "ruff", "check"],
        "ruff format": [python(), "-m", "ruff", "format", "--check"],
        "mypy": [python(), "-m", "mypy"],
        "contracts": [python().with_stem("lint-imports"), "--no-logo"],
    }
    broken = [name for name, command in commands.items() if start(command, surroundings()) != 0]
    print(f"not in order: {', '.join(broken)}" if broken else "all in order", flush=True)
    return 1 if broken else 0


def bench(arguments: Sequence[str]) -> int:
    """Measure, and print the table."""
    set_up()
    env = away_from_home() | {"QT_QPA_PLATFORM": "offscreen"}
    return start([python(), ROOT / "packaging" / "bench.py", *arguments], env)


def compile_resources(_: Sequence[str]) -> int:
    """Set up, of which compiling is a part."""
    set_up()
    return 0


def put_on_stick(arguments: Sequence[str]) -> int:
    """Put the program onto a memory stick.

    Raises:
        CannotGoOn: no folder was named, or it could not be put there.
    """
    if len(arguments) != 1:
        raise CannotGoOn("Which folder? For example: python3 packaging/dev.py stick /media/me/STICK")
    set_up()
    version = version_of(python())
    assert version is not None
    folder = Path(arguments[0]).absolute()
    try:
        made = stick.put_onto(folder, ROOT, python(), version, lambda step: start(step, surroundings()))
    except stick.NotPut as reason:
        raise CannotGoOn(str(reason)) from None
    print(stick.told(made))
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "tour": tour,
    "compile": compile_resources,
    "stick": put_on_stick,
}


def newer_python() -> str | None:
    """Another Python on this system that is new enough, where this one is not."""
    names = (f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1))
    return next((found for found in map(shutil.which, names) if found), None)


def main(words: Sequence[str]) -> int:
    """Do what the first word says, with the rest."""
    if sys.version_info < OLDEST:
        newer = newer_python()
        if newer:
            return start([newer, __file__, *words], os.environ, cwd=None)
        print(f"Planner needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
        return 1
    if not words or words[0] not in COMMANDS:
        print(__doc__)
        return 0 if words and words[0] in {"-h", "--help", "help"} else 2
    try:
        return COMMANDS[words[0]](words[1:])
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
