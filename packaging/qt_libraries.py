"""The system libraries that Qt opens on Linux, and how a person gets the ones that are missing.

Packages of Qt for Python bring Qt itself, but not what the desktop usually has: fonts, keyboards, the connection to the
screen. Elsewhere (Windows, macOS) nothing of the system is missing. Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import shlex
import shutil
import subprocess
import sys

# Library and Debian package, as named in the NEEDED entries of the libraries and plugins of PySide6 6.11.
WITHOUT_A_SCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
FOR_A_SCREEN = {
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}


def opens(library: str) -> bool:
    """Whether the system finds and opens a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(with_screen: bool, platform: str = sys.platform) -> list[str]:
    """The libraries that Qt will look for in vain; a program that draws into memory only needs fewer."""
    if not platform.startswith("linux"):
        return []
    wanted = [*WITHOUT_A_SCREEN, *(FOR_A_SCREEN if with_screen else ())]
    return [library for library in wanted if not opens(library)]


def install_command(libraries: list[str]) -> list[str]:
    """The one command with which this system installs libraries; empty where we know none."""
    packages = {**WITHOUT_A_SCREEN, **FOR_A_SCREEN}
    if shutil.which("apt-get"):
        return apt_command([packages[library] for library in libraries])
    for manager in ("dnf", "zypper"):
        if shutil.which(manager):
            # These find a package by the library that it provides.
            return [manager, "install", "-y", *(f"{library}()(64bit)" for library in libraries)]
    return []


def apt_command(packages: list[str]) -> list[str]:
    """How Debian and Ubuntu install packages, without asking and without extras."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *dict.fromkeys(packages)]


def may_install() -> bool:
    """Whether we may install on this system: as root on Debian or Ubuntu, as in a container or a fresh machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(command: list[str]) -> bool:
    """Run an installing command as root; once more with fresh package lists where they are missing or old."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("+", shlex.join(command), flush=True)
    if subprocess.run(command, env=quiet, check=False).returncode == 0:
        return True
    subprocess.run(["apt-get", "update"], env=quiet, check=False)
    return subprocess.run(command, env=quiet, check=False).returncode == 0


TOOLS_OF_TESTS = {
    "strace": ("strace", "the test that looks for sockets is"),
    "dbus-daemon": ("dbus", "the tests that listen to a message bus are"),
    "dbus-send": ("dbus", "the tests that listen to a message bus are"),
    "Xvfb": ("xvfb", "the test of what a real display leaves behind is"),
    "xprop": ("x11-utils", "what a real display says of a window is"),
    "xwininfo": ("x11-utils", "what a real display says of a window is"),
}
"""Program, Debian package, and what is skipped without it."""


def look_for_tools() -> None:
    """See that the programs are there which some tests need; say so where they are not."""
    if not sys.platform.startswith("linux"):
        return
    lacking = [name for name in TOOLS_OF_TESTS if not shutil.which(name)]
    if lacking and may_install():
        install(apt_command([TOOLS_OF_TESTS[name][0] for name in lacking]))
    for name in lacking:
        if not shutil.which(name):
            print(f"{name} is not installed, so {TOOLS_OF_TESTS[name][1]} skipped.", flush=True)


def as_typed(command: list[str]) -> str:
    """A command as a person types it, with the right to change the system."""
    return shlex.join(["sudo", *command])


def make_ready(with_screen: bool) -> str:
    """See that Qt finds its libraries; returns what the person has to do first, or nothing when all is well."""
    lacking = missing(with_screen)
    if not lacking:
        return ""
    command = install_command(lacking)
    if command and may_install() and install(command):
        lacking = missing(with_screen)
        if not lacking:
            return ""
    words = f"Qt needs libraries that this system does not have: {', '.join(lacking)}."
    if command:
        return f"{words}\nThis installs them:\n\n    {as_typed(command)}\n"
    return f"{words}\nInstall the packages of your system that bring them, then try again."
