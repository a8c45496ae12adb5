"""One connection to a D-Bus message bus, beside the window and without ever waiting for an answer.

Qt has a D-Bus of its own, but Qt for Python 6.11 crashes with it when a bus goes away or the process ends, and ends the
process on a message that holds something else than it should: that would cost somebody their last words. jeepney is
Python throughout. The socket is a local one by its nature, and this module has no way to make another.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, Message, MessageFlag, MessageType, Parser, new_method_call
from jeepney.bus import get_connectable_addresses
from jeepney.fds import FileDescriptor, fds_buf_size
from jeepney.io.blocking import prep_socket
from PySide6.QtCore import QObject, QSocketNotifier

DRIVER, DRIVER_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
PATIENCE = 0.5
"""Seconds in which the bus has to let us in; it takes less than a millisecond, or something is wrong with it."""


@dataclass(frozen=True)
class Said:
    """A signal that came: who sent it (its unique name), from which object, and what is in it."""

    sender: str
    path: str
    interface: str
    member: str
    signature: str
    body: tuple[Any, ...]


def connect(address: str, heard: Callable[[Said], object]) -> Bus | None:
    """The bus at an address of D-Bus, or None where there is none or it lets nobody in; ``heard`` gets its signals."""
    with suppress(OSError, ValueError, RuntimeError, StopIteration):
        return Bus(prep_socket(next(get_connectable_addresses(address)), enable_fds=True, timeout=PATIENCE), heard)
    return None


class Bus(QObject):
    """Made by :func:`connect`. When the bus goes away it falls silent."""

    def __init__(self, socket: Any, heard: Callable[[Said], object]) -> None:
        super().__init__()
        self._socket, self._heard = socket, heard
        self._parser, self._serial = Parser(), 0
        self._asked: dict[int, tuple[Callable[[Any], object], Callable[[], object]]] = {}
        self._open = True
        socket.setblocking(False)
        self._notifier = QSocketNotifier(socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self.ask(DRIVER, DRIVER_PATH, DRIVER, "Hello")

    @property
    def waits(self) -> bool:
        """Whether something that was asked is not answered yet."""
        return bool(self._asked)

    def listen(self, **rule: str) -> None:
        """Have the bus pass on signals of such an ``interface``, ``member``, ``path``, ``sender``, ``arg0``."""
        words = ",".join(f"{name}='{value}'" for name, value in {"type": "signal", **rule}.items() if value)
        self.ask(DRIVER, DRIVER_PATH, DRIVER, "AddMatch", "s", (words,))

    def ask(
        self,
        whom: str,
        path: str,
        interface: str,
        member: str,
        signature: str = "",
        body: tuple[Any, ...] = (),
        answered: Callable[[Any], object] = lambda _answer: None,
        refused: Callable[[], object] = lambda: None,
    ) -> None:
        """Call a method and go on. ``answered`` gets the first value of the answer, later or never."""
        if not self._open:
            return
        message = new_method_call(DBusAddress(path, whom, interface), member, signature or None, body)
        message.header.flags = MessageFlag.no_auto_start
        self._serial += 1
        self._asked[self._serial] = (answered, refused)
        try:
            self._socket.sendall(message.serialise(self._serial, array("i")))
        except OSError:
            self.close()

    def close(self) -> None:
        """Leave the bus."""
        if self._open:
            self._open = False
            self._notifier.setEnabled(False)
            self._asked.clear()
            self._socket.close()

    def _read(self) -> None:
        while self._open and self._receive():
            message = self._parser.get_next_message()
            if message is not None:
                self._take(message)

    def _receive(self) -> bool:
        """Take what has come, up to the end of one message; False where there is nothing for now, or any more."""
        try:
            found, beside, _flags, _address = self._socket.recvmsg(self._parser.bytes_desired(), fds_buf_size())
            descriptors = FileDescriptor.from_ancdata(beside)
        except BlockingIOError:
            return False
        except OSError:
            found, descriptors = b"", []
        for each in descriptors:
            os.set_inheritable(each.fileno(), False)
        if not found:
            self.close()
            return False
        self._parser.add_data(found, fds=descriptors)
        return True

    def _take(self, message: Message) -> None:
        fields, kind = message.header.fields, message.header.message_type
        if kind is MessageType.signal:
            self._heard(
                Said(
                    fields.get(HeaderFields.sender, ""),
                    fields.get(HeaderFields.path, ""),
                    fields.get(HeaderFields.interface, ""),
                    fields.get(HeaderFields.member, ""),
                    fields.get(HeaderFields.signature, ""),
                    message.body,
                )
            )
        elif kind in (MessageType.method_return, MessageType.error):
            answered, refused = self._asked.pop(fields.get(HeaderFields.reply_serial, 0), (None, None))
            if kind is MessageType.error and refused is not None:
                refused()
            elif answered is not None:
                answered(message.body[0] if message.body else None)
