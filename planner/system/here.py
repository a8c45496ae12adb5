"""Where and in which language the computer is set up, as Qt knows it on every system."""

from __future__ import annotations

from planner.words import LANGUAGES


def system_zone() -> str:
    """The IANA name of the computer's time zone; "" where nobody knows."""
    from zoneinfo import ZoneInfo

    from PySide6.QtCore import QTimeZone

    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    try:
        return ZoneInfo(name).key if name else ""
    except (ValueError, OSError, KeyError):
        return ""


def system_language() -> str:
    """The system's language where we speak it, else English."""
    from PySide6.QtCore import QLocale

    code = QLocale.system().name()[:2]
    return code if code in LANGUAGES else "en"
