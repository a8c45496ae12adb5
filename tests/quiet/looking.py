"""What somebody with the tools of the system can read of a running program, without opening anything of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from tests.quiet.screen import tool


def of_the_process(pid: int) -> dict[str, str]:
    """What the system shows of a process: how it was started, its names, its threads, what it has open and loaded."""
    place = Path("/proc", str(pid))
    found = {name: (place / name).read_bytes().replace(b"\0", b" ").decode() for name in ("cmdline", "comm")}
    # What cannot be read is closed to everybody who has no more rights than this test.
    with suppress(PermissionError):
        found["environ"] = (place / "environ").read_bytes().replace(b"\0", b"\n").decode()
    with suppress(PermissionError):
        found["open"] = "\n".join(_links(place / "fd"))
    with suppress(PermissionError):
        found["loaded"] = (place / "maps").read_text()
    found["threads"] = "\n".join((each / "comm").read_text() for each in (place / "task").iterdir())
    return found


def _links(folder: Path) -> Iterator[str]:
    for each in folder.iterdir():
        with suppress(OSError):
            yield str(each.readlink())


def of_the_windows(surroundings: Mapping[str, str]) -> dict[str, str]:
    """All properties of every window on the screen: title, class, icon's name, desktop file, command, machine."""
    env = {**os.environ, **surroundings}
    seen = [tool("xwininfo", "x11-utils"), "-root", "-tree"]
    tree = subprocess.run(seen, env=env, capture_output=True, text=True, check=True).stdout
    ids = [line.split()[0] for line in tree.splitlines() if line.strip().startswith("0x")]
    read = tool("xprop", "x11-utils")
    found = {"tree": tree}
    for each in ids:
        asked = [read, "-id", each, "-notype", "-len", "4000"]
        done = subprocess.run(asked, env=env, capture_output=True, text=True, check=False)
        # The pixels of the icon would be drawn with letters.
        found[each] = done.stdout.split("_NET_WM_ICON", maxsplit=1)[0] + _after_icon(done.stdout)
    return found


def _after_icon(text: str) -> str:
    _, _, icon = text.partition("_NET_WM_ICON")
    return "\n".join(line for line in icon.splitlines() if line[:1].isalpha() or line.startswith("_"))
