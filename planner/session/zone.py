"""The time zone in which this computer stands."""

from __future__ import annotations


def local_zone_name() -> str:
    """The IANA name of the computer's time zone, or UTC where it cannot be told."""
    import os
    from pathlib import Path
    from zoneinfo import available_timezones

    try:
        target = os.path.realpath("/etc/localtime")
        if "zoneinfo/" in target:
            return target.split("zoneinfo/", 1)[1]
        text = Path("/etc/timezone").read_text(encoding="ascii").strip()
        if text in available_timezones():
            return text
    except OSError:
        pass
    return "UTC"
