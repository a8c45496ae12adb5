"""Python code of this process that asks for the network is refused: weaker than the filter in the kernel, everywhere.

Weaker, because libraries written in C ask nobody here, and because some modules that could speak to a network are
needed for other things: the library that reads forms takes a helper from ``urllib.request``, and the one that keeps
documents can be waited for with ``asyncio``. Those may be imported; what they try is refused by the hook.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

_AF_UNIX = 1  # the same number on every system; written here because importing socket costs 3 ms of every start
_LOOK_UPS = frozenset(
    {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sethostname"}
)
_CALLS = frozenset(
    {
        *("urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect", "poplib.connect"),
        *("imaplib.open", "nntplib.connect", "telnetlib.Telnet.open", "webbrowser.open"),
    }
)
BANNED = frozenset(
    {
        *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtHttpServer"),
        *("PySide6.QtWebEngineCore", "PySide6.QtWebView", "PySide6.QtBluetooth", "PySide6.QtNfc", "PySide6.QtGrpc"),
        *("ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "smtpd", "xmlrpc", "socketserver"),
        *("http.server", "wsgiref", "webbrowser", "multiprocessing.managers"),
        *("requests", "urllib3", "httpx", "aiohttp", "websockets"),
    }
)
"""Modules and packages that no code of this program, and no library that it uses, has any use for."""


class NetworkRefused(RuntimeError):
    """Code of this process asked for the network. There is no such code of ours, so this is a mistake or an intruder.

    Not an ``OSError`` on purpose: code that shrugs at a network that is down must not shrug at this.
    """


class ModuleRefused(ImportError):
    """A module that speaks to a network was asked for. A library that can do without it does."""


class _NoSuchModules:
    """Stands before all finders of modules."""

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: object = None) -> None:
        """Refuse what is banned, and leave the rest to the others.

        Raises:
            ModuleRefused: it is banned.
        """
        if name in BANNED or name.partition(".")[0] in BANNED:
            raise ModuleRefused("This program does not use the network.", name=name)


def refuse_network() -> None:
    """From now on, no socket of Python's but local ones, no look-up of a name, and no module made for a network."""

    def refuse(event: str, details: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            # A family of -1 means "find out later" and is refused too: what it will be is not known here.
            asks = (event == "socket.__new__" and details[1] != _AF_UNIX) or event in _LOOK_UPS
        else:
            asks = event in _CALLS
        if asks:
            raise NetworkRefused("This program does not use the network.")

    sys.addaudithook(refuse)
    sys.meta_path.insert(0, _NoSuchModules())
