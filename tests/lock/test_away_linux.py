"""What the system says is heard, on real buses, from another process; and nothing else is taken for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from planner.system.away import Gone, watch_system

if sys.platform != "linux":
    pytest.skip("these are the buses of Linux", allow_module_level=True)

from planner.system import away_linux
from planner.system.away_linux import LinuxAway, local_only, session_bus, system_bus
from tests.lock.buses import Buses, needs_buses, start_buses, wait_until
from tests.lock.triggers import LOGIN, NO_TRIGGERS, PATH, TRIGGERS, Trigger, named


@pytest.fixture(scope="module")
def buses() -> Iterator[Buses]:
    with start_buses() as found:
        yield found


@pytest.fixture
def heard() -> list[Gone]:
    return []


@pytest.fixture
def away(qapp: QApplication, buses: Buses, heard: list[Gone], monkeypatch: pytest.MonkeyPatch) -> Iterator[LinuxAway]:
    monkeypatch.setenv("XDG_SESSION_ID", "mine")
    monkeypatch.setattr(away_linux, "LOOK_AT_LID", 20)
    buses.login.say("lid false")
    watch = LinuxAway(buses.system, buses.session)
    watch.gone.connect(heard.append)
    watch.start()
    listens(watch)
    yield watch
    watch.close()
    buses.login.wait_for("released", QApplication.processEvents)


def listens(watch: LinuxAway) -> None:
    """Wait until all that it asked is answered: whose session it is, how the lid is, what holds the sleep back."""
    wait_until(
        lambda: watch._holding is not None and watch._session_path and watch._lid_closed is not None and watch.settled
    )


def test_the_system_gives_the_watch_that_fits() -> None:
    assert isinstance(watch_system(), LinuxAway)


@needs_buses
@pytest.mark.parametrize("trigger", TRIGGERS, ids=named)
def test_it_is_heard_once(trigger: Trigger, away: LinuxAway, heard: list[Gone], buses: Buses) -> None:
    buses.send(trigger)
    wait_until(lambda: heard)
    assert heard == [trigger.reason]
    buses.send(TRIGGERS[0])
    for _ in range(20):
        QApplication.processEvents()
    assert heard == [trigger.reason]


@needs_buses
@pytest.mark.parametrize("trigger", NO_TRIGGERS, ids=named)
def test_it_is_not_taken_for_going(trigger: Trigger, away: LinuxAway, heard: list[Gone], buses: Buses) -> None:
    buses.send(trigger)
    # Each of these comes by the same way, later: by then the one before was heard and left alone.
    later = next(each for each in TRIGGERS if each.by == trigger.by)
    buses.send(later)
    wait_until(lambda: heard)
    assert heard == [later.reason]


@needs_buses
def test_nobody_else_is_believed_to_be_the_system(away: LinuxAway, heard: list[Gone], buses: Buses) -> None:
    buses.by_hand(buses.system, PATH, f"{LOGIN}.Manager.PrepareForSleep", "boolean:true")
    buses.send(TRIGGERS[1])
    wait_until(lambda: heard)
    assert heard == [Gone.ENDING]


@needs_buses
def test_a_lid_that_was_closed_before_says_nothing(away: LinuxAway, heard: list[Gone], buses: Buses) -> None:
    buses.login.say("lid true")
    wait_until(lambda: heard)
    heard.clear()
    away.close()
    again = LinuxAway(buses.system, buses.session)
    again.gone.connect(heard.append)
    again.start()
    listens(again)
    for _ in range(3):
        buses.login.wait_for("asked Get", QApplication.processEvents)
    assert heard == []
    buses.login.say("lid false")
    wait_until(lambda: again._lid_closed is False)
    buses.login.say("lid true")
    wait_until(lambda: heard)
    assert heard == [Gone.LID]
    again.close()
    buses.login.wait_for("released", QApplication.processEvents)


@needs_buses
def test_sleep_is_held_back_by_words_that_say_nothing(away: LinuxAway, buses: Buses) -> None:
    told = [each for each in buses.login.told if each.startswith("inhibited")]
    assert told[-1] == "inhibited sleep:shutdown Planner Saving delay"


@needs_buses
def test_what_it_holds_is_held_after_it_told(away: LinuxAway, heard: list[Gone], buses: Buses) -> None:
    buses.send(TRIGGERS[0])
    wait_until(lambda: heard)
    away.stop()
    released = buses.login.told.count("released")
    buses.send(TRIGGERS[0])
    assert buses.login.told.count("released") == released


@needs_buses
def test_a_bus_that_goes_away_does_no_harm(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away_linux, "LOOK_AT_LID", 20)
    told: list[Gone] = []
    with start_buses() as short:
        watch = LinuxAway(short.system, short.session)
        watch.gone.connect(told.append)
        watch.start()
        wait_until(lambda: watch._lid_closed is not None)
    for _ in range(20):
        QApplication.processEvents()
    watch.close()
    assert told == []


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all", "tcp:host=127.0.0.1,port=1", "nonsense"])
def test_no_bus_no_harm(qapp: QApplication, heard: list[Gone], address: str) -> None:
    watch = LinuxAway(address, address)
    watch.gone.connect(heard.append)
    watch.start()
    for _ in range(20):
        QApplication.processEvents()
    watch.close()
    assert heard == []


def test_only_local_sockets_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    far = "tcp:host=a,port=1;unixexec:path=/bin/sh;autolaunch:;nonce-tcp:host=a"
    assert local_only(far) == ""
    assert local_only(f"{far};unix:path=/a;unix:abstract=b") == "unix:path=/a;unix:abstract=b"
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", far)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", far)
    assert system_bus() == session_bus() == ""


def test_a_bus_is_looked_for_where_it_usually_is_and_never_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    here = tmp_path / "bus"
    monkeypatch.setattr(away_linux, "SYSTEM_SOCKETS", ("/nowhere/at/all", str(here)))
    assert system_bus() == session_bus() == ""
    here.touch()
    assert system_bus() == session_bus() == f"unix:path={here}"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session_bus() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_end_is_heard_from_another_process(qapp: QApplication, heard: list[Gone], number: int) -> None:
    before = signal.getsignal(number)
    watch = LinuxAway("", "")
    watch.gone.connect(heard.append)
    watch.start()
    try:
        subprocess.run(["kill", f"-{int(number)}", str(os.getpid())], check=True)
        wait_until(lambda: heard)
    finally:
        watch.close()
    assert heard == [Gone.ENDING]
    assert signal.getsignal(number) is before
