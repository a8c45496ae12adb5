"""What a Linux desktop says on its two message buses (org.freedesktop.login1(5), UPower, the screen savers).

Both buses are local sockets; an address of any other kind is not even tried, and no service is started by asking it.
Nobody waits for an answer: what is asked is answered later, or never.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from planner.system.away import AwayWatch, Gone

if TYPE_CHECKING:
    from planner.system.bus import Bus, Said

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
DRIVER, DRIVER_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
PROPERTIES = f"{DRIVER}.Properties"
DESKTOP = "org.gnome.SessionManager"
SCREEN_SAVERS = frozenset(
    {
        *("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.kde.screensaver", "org.xfce.ScreenSaver"),
        *("org.mate.ScreenSaver", "org.cinnamon.ScreenSaver"),
    }
)
SYSTEM_SOCKETS = ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")

TOLD: dict[tuple[str, str], tuple[bool, Gone]] = {
    (SESSION, "LockedHint"): (True, Gone.SCREEN_LOCKED),
    (SESSION, "Active"): (False, Gone.OTHER_USER),
    (MANAGER, "LidClosed"): (True, Gone.LID),
    (UPOWER, "LidIsClosed"): (True, Gone.LID),
}
"""Which value of a property tells what, when it changes."""

LOOK_AT_LID = 3000
"""ms between two looks at the lid: systemd before 256 does not say that it closed, nor does UPower after 1.90.2."""


def local_only(address: str) -> str:
    """Of the places that an address names, those that are local sockets; "" when there is none."""
    return ";".join(each for each in address.split(";") if each.startswith("unix:"))


def system_bus() -> str:
    """Where the machine's bus is; "" where there is none."""
    named = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS", "")
    found = next((f"unix:path={each}" for each in SYSTEM_SOCKETS if Path(each).exists()), "")
    return local_only(named) if named else found


def session_bus() -> str:
    """Where the person's bus is; "" where there is none. Nothing is started to have one."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    usual = Path(folder, "bus")
    return local_only(named) if named else f"unix:path={usual}" if folder and usual.exists() else ""


class LinuxAway(AwayWatch):
    """Listens to logind, UPower, the screen savers and the session; holds sleep back until the process ends."""

    def __init__(self, system: str | None = None, session: str | None = None) -> None:
        """``system`` and ``session``: addresses of buses; None for where they usually are, "" for none."""
        super().__init__()
        self._addresses = (system, session)
        self._system: Bus | None = None
        self._desktop: Bus | None = None
        self._owners: dict[str, str] = {}
        self._session_path = ""
        self._holding: Any = None
        self._lid_closed: bool | None = None
        self._lid = QTimer(self, interval=LOOK_AT_LID)
        self._lid.timeout.connect(self._look_at_lid)

    @property
    def settled(self) -> bool:
        """Whether all that was asked at the start is answered."""
        return not any(bus is not None and bus.waits for bus in (self._system, self._desktop))

    def _listen(self) -> None:
        from planner.system.bus import connect

        system, session = self._addresses
        at = system_bus() if system is None else local_only(system)
        self._system = connect(at, self._machine_said) if at else None
        if self._system is not None:
            self._listen_to_machine(self._system)
        at = session_bus() if session is None else local_only(session)
        self._desktop = connect(at, self._desktop_said) if at else None
        if self._desktop is not None:
            for each in sorted(SCREEN_SAVERS):
                self._desktop.listen(interface=each, member="ActiveChanged")
            self._desktop.listen(interface=DESKTOP, member="SessionOver")

    def _listen_to_machine(self, bus: Bus) -> None:
        for service in (LOGIN, UPOWER):
            bus.listen(sender=DRIVER, interface=DRIVER, member="NameOwnerChanged", arg0=service)
            bus.ask(DRIVER, DRIVER_PATH, DRIVER, "GetNameOwner", "s", (service,), partial(self._owned, service))
            bus.listen(sender=service, interface=PROPERTIES, member="PropertiesChanged")
        bus.listen(sender=LOGIN, interface=MANAGER)
        bus.listen(sender=LOGIN, interface=SESSION, member="Lock")
        # Seen by others on the machine: words that say nothing.
        held = ("sleep:shutdown", "Planner", "Saving", "delay")
        bus.ask(LOGIN, LOGIN_PATH, MANAGER, "Inhibit", "ssss", held, self._hold)
        # "auto" is known to logind since systemd 243 alone.
        self._find_session(bus, "auto", os.environ.get("XDG_SESSION_ID", ""))
        self._look_at_lid()

    def _find_session(self, bus: Bus, name: str, otherwise: str = "") -> None:
        """Find out which session is this one: what others do on the machine says nothing about this person."""

        def found(path: object) -> None:
            self._session_path = str(path)

        def not_found() -> None:
            if otherwise:
                self._find_session(bus, otherwise)

        bus.ask(LOGIN, LOGIN_PATH, MANAGER, "GetSession", "s", (name,), found, not_found)

    def _owned(self, service: str, owner: object) -> None:
        self._owners[service] = str(owner)

    def _hold(self, descriptor: object) -> None:
        """As long as this is open, sleep and the end wait; it closes with the process, when all is put away."""
        self._holding = descriptor

    # -- what is heard -----------------------------------------------------------------------------------------------
    def _desktop_said(self, said: Said) -> None:
        """Whoever is on this bus is the person; which program locks the screen differs from desktop to desktop."""
        if said.interface in SCREEN_SAVERS and said.member == "ActiveChanged" and _yes(said):
            self.tell(Gone.SCREEN_LOCKED)
        elif (said.interface, said.member) == (DESKTOP, "SessionOver"):
            self.tell(Gone.ENDING)

    def _machine_said(self, said: Said) -> None:
        """Everybody on the machine may send on its bus, also to us alone: each is believed from its own sender."""
        if said.sender == DRIVER:
            if said.member == "NameOwnerChanged" and said.signature == "sss":
                self._owners[said.body[0]] = said.body[2]
        elif said.sender == self._owners.get(LOGIN):
            self._login_said(said)
        elif said.sender == self._owners.get(UPOWER) and said.path == UPOWER_PATH:
            self._changed(said)

    def _login_said(self, said: Said) -> None:
        what = (said.interface, said.member)
        if what == (MANAGER, "PrepareForSleep") and _yes(said):
            self.tell(Gone.SLEEP)
        elif what == (MANAGER, "PrepareForShutdown") and _yes(said):
            self.tell(Gone.ENDING)
        elif what == (SESSION, "Lock") and said.path == self._session_path and not said.body:
            self.tell(Gone.SCREEN_LOCKED)
        elif said.path in (LOGIN_PATH, self._session_path):
            self._changed(said)

    def _changed(self, said: Said) -> None:
        if (said.interface, said.member, said.signature) != (PROPERTIES, "PropertiesChanged", "sa{sv}as"):
            return
        for name, (_kind, value) in said.body[1].items():
            telling, reason = TOLD.get((said.body[0], name), (None, None))
            if reason is not None and value is telling:
                self.tell(reason)

    def _look_at_lid(self) -> None:
        def seen(answer: Any) -> None:
            closed = answer == ("b", True)
            if closed and self._lid_closed is False:
                self.tell(Gone.LID)
            self._lid_closed = closed
            self._lid.start()

        if self._system is not None:
            asked = (MANAGER, "LidClosed")
            self._system.ask(LOGIN, LOGIN_PATH, PROPERTIES, "Get", "ss", asked, seen, self._lid.stop)

    def stop(self) -> None:
        """Tell nothing more."""
        super().stop()
        self._lid.stop()

    def close(self) -> None:
        """Leave both buses, and hold nothing back."""
        super().close()
        for bus in (self._system, self._desktop):
            if bus is not None:
                bus.close()
        if self._holding is not None:
            self._holding.close()
            self._holding = None


def _yes(said: Said) -> bool:
    """Whether it says so by one true value, and nothing else."""
    return said.signature == "b" and said.body == (True,)
