"""What macOS posts to its programs: sleep, the locked screen, another user, the end. Written, never run there.

Read in Apple's pages on NSWorkspace's notification centre; that the screen was locked is posted to all programs as
``com.apple.screenIsLocked``. There is no library for this among ours, so one small class is made through the run time
of Objective-C itself: it has a single method, which is called in the main thread with each notification. Sleep waits
for it up to 30 seconds.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from planner.system.away import AwayWatch, Gone

OF_WORKSPACE = {
    "NSWorkspaceWillSleepNotification": Gone.SLEEP,
    # The lid, too: the built-in screen goes dark with it, also where another one stays on.
    "NSWorkspaceScreensDidSleepNotification": Gone.LID,
    "NSWorkspaceSessionDidResignActiveNotification": Gone.OTHER_USER,
    "NSWorkspaceWillPowerOffNotification": Gone.ENDING,
}
OF_EVERYBODY = {
    "com.apple.screenIsLocked": Gone.SCREEN_LOCKED,
    "com.apple.screensaver.didstart": Gone.SCREEN_LOCKED,
}
LIBRARIES = (
    "/System/Library/Frameworks/AppKit.framework/AppKit",
    "/usr/lib/libobjc.A.dylib",
)


class MacAway(AwayWatch):
    """Listens to the centres for notifications of the workspace and of all programs."""

    def __init__(self) -> None:
        super().__init__()
        self._observer: _Observer | None = None

    def heard(self, name: str) -> None:
        """A notification of this name was posted."""
        reason = OF_WORKSPACE.get(name) or OF_EVERYBODY.get(name)
        if reason is not None:
            self.tell(reason)

    def _listen(self) -> None:
        if sys.platform == "darwin":
            self._observer = _Observer(self)


class _Observer:
    """An object of Objective-C that passes the names of notifications on."""

    def __init__(self, watch: MacAway) -> None:
        self._watch = watch
        self._libraries = [ctypes.CDLL(each) for each in LIBRARIES]
        self._objc = objc = self._libraries[-1]
        pointer = ctypes.c_void_p
        for function in (objc.objc_getClass, objc.sel_registerName, objc.objc_allocateClassPair):
            function.restype = pointer
        objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
        objc.objc_allocateClassPair.argtypes = [pointer, ctypes.c_char_p, ctypes.c_size_t]
        objc.objc_registerClassPair.argtypes = [pointer]
        objc.class_addMethod.argtypes = [pointer, pointer, pointer, ctypes.c_char_p]
        objc.class_addMethod.restype = ctypes.c_bool
        self._called = ctypes.CFUNCTYPE(None, pointer, pointer, pointer)(self._posted)
        kind = objc.objc_allocateClassPair(objc.objc_getClass(b"NSObject"), b"AwayObserver", 0)
        method = objc.sel_registerName(b"posted:")
        objc.class_addMethod(kind, method, ctypes.cast(self._called, pointer), b"v@:@")
        objc.objc_registerClassPair(kind)
        observer = self._send(self._send(kind, b"alloc"), b"init")
        workspace = self._send(objc.objc_getClass(b"NSWorkspace"), b"sharedWorkspace")
        everybody = self._send(objc.objc_getClass(b"NSDistributedNotificationCenter"), b"defaultCenter")
        for centre, names in (
            (self._send(workspace, b"notificationCenter"), OF_WORKSPACE),
            (everybody, OF_EVERYBODY),
        ):
            for name in names:
                self._send(centre, b"addObserver:selector:name:object:", observer, method, self._string(name), None)

    def _send(self, receiver: Any, selector: bytes, *arguments: Any, gives: Any = ctypes.c_void_p) -> Any:
        """Call a method whose arguments are all pointers."""
        kinds = [ctypes.c_void_p] * (2 + len(arguments))
        call = ctypes.CFUNCTYPE(gives, *kinds)(("objc_msgSend", self._objc))
        return call(receiver, self._objc.sel_registerName(selector), *arguments)

    def _string(self, text: str) -> Any:
        kept = ctypes.create_string_buffer(text.encode())
        return self._send(
            self._objc.objc_getClass(b"NSString"), b"stringWithUTF8String:", ctypes.cast(kept, ctypes.c_void_p)
        )

    def _posted(self, _self: Any, _selector: Any, notification: Any) -> None:
        name = self._send(self._send(notification, b"name"), b"UTF8String", gives=ctypes.c_char_p)
        self._watch.heard((name or b"").decode("utf-8", "replace"))
