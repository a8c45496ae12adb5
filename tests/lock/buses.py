"""Two real message buses of a test's own, and a process on one of them that plays the system's services."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO

import pytest
from PySide6.QtWidgets import QApplication

from tests.lock.triggers import Trigger

ROOT = Path(__file__).resolve().parents[2]
DAEMON, SENDER = shutil.which("dbus-daemon"), shutil.which("dbus-send")
PATIENCE = 30.0

needs_buses = pytest.mark.skipif(
    DAEMON is None or SENDER is None,
    reason="dbus-daemon and dbus-send are not installed (package: dbus): nobody listened to a real bus",
)

# Nothing of the machine's own: no services that could be started, nobody else's rules.
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>{kind}</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""


class Process:
    """A process that is told things by lines, and tells things by lines."""

    def __init__(self, words: list[str], surroundings: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=surroundings
        )
        self._lines: Queue[str] = Queue()
        self.told: list[str] = []
        Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, stream: IO[str] | None) -> None:
        assert stream is not None
        for line in stream:
            self._lines.put(line.strip())
        stream.close()

    def say(self, line: str) -> None:
        """Tell it a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def wait_for(self, beginning: str, while_waiting: Callable[[], object] = lambda: None) -> str:
        """The next line that begins so; those before it are kept in ``told``."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                line = self._lines.get(timeout=0.005)
            except Empty:
                while_waiting()
                continue
            self.told.append(line)
            if line.startswith(beginning):
                return line
        raise AssertionError(f"{beginning!r} never came, but {self.told[-10:]}")

    def end(self) -> None:
        """End it and wait."""
        self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


class Buses:
    """The addresses of the machine's and the person's bus, and :meth:`send` to let the system say something."""

    def __init__(self, folder: Path, enter: ExitStack) -> None:
        self.system, self.session = (self._start(folder, kind, enter) for kind in ("system", "session"))
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.login = Process(
            [sys.executable, str(Path(__file__).with_name("fake_login.py")), self.system], surroundings
        )
        enter.callback(self.login.end)
        self.login.wait_for("ready")

    def _start(self, folder: Path, kind: str, enter: ExitStack) -> str:
        assert DAEMON is not None
        configuration = folder / f"{kind}.conf"
        socket = folder / kind
        configuration.write_text(CONFIGURATION.format(kind=kind, socket=socket))
        daemon = Process([DAEMON, f"--config-file={configuration}", "--nofork", "--print-address=1"])
        enter.callback(daemon.end)
        return daemon.wait_for("unix:")

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of a process that shall listen to these."""
        return {
            "DBUS_SYSTEM_BUS_ADDRESS": self.system,
            "DBUS_SESSION_BUS_ADDRESS": self.session,
            "XDG_SESSION_ID": "mine",
        }

    def send(self, trigger: Trigger) -> None:
        """Let another process send what this trigger is made of."""
        if trigger.by == "login":
            before = len(self.login.told)
            self.login.say(trigger.words)
            if not trigger.words.startswith("lid"):
                self.login.wait_for("sent")
            assert len(self.login.told) >= before
        else:
            self.by_hand(self.session, *trigger.words.split())

    def by_hand(self, bus: str, path: str, member: str, *values: str) -> None:
        """With ``dbus-send``, which is not Qt's."""
        assert SENDER is not None
        words = [SENDER, f"--bus={bus}", "--type=signal", path, member, *values]
        subprocess.run(words, check=True, timeout=PATIENCE)


@contextmanager
def start_buses() -> Iterator[Buses]:
    """Both buses and the services, in a folder with a name short enough for a socket."""
    with ExitStack() as enter:
        folder = Path(enter.enter_context(tempfile.TemporaryDirectory(prefix="b")))
        yield Buses(folder, enter)


def wait_until(holds: Callable[[], object], patience: float = PATIENCE) -> None:
    """Let the window go on until something holds."""
    until = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < until, "it never held"
        QApplication.processEvents()
        time.sleep(0.002)
