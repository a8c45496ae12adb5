"""What a Linux system says when nobody sits there any more, and what sounds like it but is something else."""

from __future__ import annotations

from dataclasses import dataclass

from planner.system.away import Gone

LOGIN, PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
MINE, ANOTHER = f"{PATH}/session/_32", f"{PATH}/session/_33"
UPOWER = "org.freedesktop.UPower"


@dataclass(frozen=True)
class Trigger:
    """``words``: what the player of the services is told, or what ``dbus-send`` sends on the person's bus."""

    name: str
    by: str
    words: str
    reason: Gone = Gone.SLEEP


def _saver(name: str, path: str, value: str = "true") -> Trigger:
    return Trigger(f"{name} {value}", "hand", f"{path} {name}.ActiveChanged boolean:{value}", Gone.SCREEN_LOCKED)


TRIGGERS = (
    Trigger("sleep", "login", f"signal {PATH} {LOGIN}.Manager PrepareForSleep true", Gone.SLEEP),
    Trigger("shutdown", "login", f"signal {PATH} {LOGIN}.Manager PrepareForShutdown true", Gone.ENDING),
    Trigger("lock asked", "login", f"signal {MINE} {LOGIN}.Session Lock", Gone.SCREEN_LOCKED),
    Trigger("locked", "login", f"changed {LOGIN} {MINE} {LOGIN}.Session LockedHint true", Gone.SCREEN_LOCKED),
    Trigger("user switch", "login", f"changed {LOGIN} {MINE} {LOGIN}.Session Active false", Gone.OTHER_USER),
    Trigger("lid", "login", f"changed {LOGIN} {PATH} {LOGIN}.Manager LidClosed true", Gone.LID),
    Trigger("lid by UPower", "login", f"changed {UPOWER} /org/freedesktop/UPower {UPOWER} LidIsClosed true", Gone.LID),
    Trigger("lid nobody tells of", "login", "lid true", Gone.LID),
    _saver("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    _saver("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    _saver("org.kde.screensaver", "/ScreenSaver"),
    _saver("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    Trigger("session over", "hand", "/org/gnome/SessionManager org.gnome.SessionManager.SessionOver", Gone.ENDING),
)

NO_TRIGGERS = (
    Trigger("awake again", "login", f"signal {PATH} {LOGIN}.Manager PrepareForSleep false"),
    Trigger("no shutdown", "login", f"signal {PATH} {LOGIN}.Manager PrepareForShutdown false"),
    Trigger("somebody else's lock", "login", f"signal {ANOTHER} {LOGIN}.Session Lock"),
    Trigger("somebody else's switch", "login", f"changed {LOGIN} {ANOTHER} {LOGIN}.Session Active false"),
    Trigger("unlock asked", "login", f"signal {MINE} {LOGIN}.Session Unlock"),
    Trigger("unlocked", "login", f"changed {LOGIN} {MINE} {LOGIN}.Session LockedHint false"),
    Trigger("back again", "login", f"changed {LOGIN} {MINE} {LOGIN}.Session Active true"),
    Trigger("lid opened", "login", f"changed {LOGIN} {PATH} {LOGIN}.Manager LidClosed false"),
    Trigger("another property", "login", f"changed {LOGIN} {PATH} {LOGIN}.Manager Docked true"),
    Trigger("lid of somebody else", "login", f"changed {LOGIN} {PATH} {LOGIN}.Session LidClosed true"),
    Trigger("odd list", "login", f"changed {LOGIN} {MINE} {LOGIN}.Session Active odd"),
    Trigger("nothing in it", "login", f"signal {PATH} {LOGIN}.Manager PrepareForSleep"),
    Trigger("too much in it", "login", f"signal {MINE} {LOGIN}.Session Lock true"),
    _saver("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "false"),
    Trigger("odd saver", "hand", "/org/gnome/ScreenSaver org.gnome.ScreenSaver.ActiveChanged string:true"),
    Trigger("empty saver", "hand", "/org/gnome/ScreenSaver org.gnome.ScreenSaver.ActiveChanged"),
)


def named(trigger: Trigger) -> str:
    """What a test is called by."""
    return trigger.name
