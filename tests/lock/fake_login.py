"""Run in a process of its own: plays logind and UPower on a message bus, and sends what it is told to.

``fake_login.py ADDRESS`` reads from standard input, one a line: ``signal PATH INTERFACE MEMBER [true|false]``,
``changed SENDER PATH INTERFACE PROPERTY true|false``, ``lid true|false`` (what it answers when asked). It writes
``ready``; ``asked MEMBER`` for each question; ``inhibited WHAT WHO WHY MODE``; ``released`` when nobody holds the sleep
back any more; ``sent`` after each signal.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QSocketNotifier
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

LOGIN, UPOWER = "org.freedesktop.login1", "org.freedesktop.UPower"
PATH = "/org/freedesktop/login1"
SESSION = f"{PATH}/session/_32"

app = QCoreApplication([])
login = QDBusConnection.connectToBus(sys.argv[1], "login")
power = QDBusConnection.connectToBus(sys.argv[1], "power")
lid = [False]
held: list[QSocketNotifier] = []


def say(words: str) -> None:
    print(words, flush=True)


def hold(message: QDBusMessage) -> QDBusMessage:
    """Hand out one end of a pipe, and watch the other."""
    reads, writes = os.pipe()
    reply = message.createReply(QDBusUnixFileDescriptor(writes))
    os.close(writes)
    notifier = QSocketNotifier(reads, QSocketNotifier.Type.Read)

    def closed() -> None:
        notifier.setEnabled(False)
        os.close(reads)
        say("released")

    notifier.activated.connect(closed)
    held.append(notifier)
    say("inhibited " + " ".join(message.arguments()))
    return reply


class Login(QDBusVirtualObject):
    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        member, given = message.member(), message.arguments()
        say(f"asked {member}")
        if member == "Inhibit":
            reply = hold(message)
        elif member == "GetSession" and given == ["mine"]:
            reply = message.createReply(QDBusObjectPath(SESSION))
        elif member == "Get" and given[1] == "LidClosed":
            reply = message.createReply(QDBusVariant(lid[0]))
        else:
            reply = message.createErrorReply(f"{LOGIN}.NoSuchSession", "No such session")
        connection.send(reply)
        return True


def obey(line: str) -> None:
    what, *rest = line.split()
    if what == "lid":
        lid[0] = rest[0] == "true"
        return
    sender = login
    if what == "changed":
        name, path, interface, changed, value = rest
        sender = power if name == UPOWER else login
        message = QDBusMessage.createSignal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged")
        # An empty list would be one of anything, not one of texts.
        message.setArguments([interface, {changed: value == "true"}, ["IdleHint"] if value != "odd" else []])
    else:
        path, interface, member, *values = rest
        message = QDBusMessage.createSignal(path, interface, member)
        message.setArguments([value == "true" for value in values])
    sender.send(message)
    say("sent")


def read() -> None:
    lines = os.read(0, 65536).decode()
    if not lines:
        app.quit()
    for line in lines.splitlines():
        obey(line)


fake = Login()
assert login.registerVirtualObject(PATH, fake, QDBusConnection.VirtualObjectRegisterOption.SubPath)
assert login.registerService(LOGIN)
assert power.registerService(UPOWER)
told = QSocketNotifier(0, QSocketNotifier.Type.Read)
told.activated.connect(read)
say("ready")
app.exec()
