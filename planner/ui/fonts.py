"""The three font files the program brings along: Source Sans Pro Regular and Semibold, Source Serif Pro Semibold.

They come as packages (SIL Open Font License 1.1). Only their paths are needed, so the packages are not imported.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

FILES = (
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
)


def font_path(package: str, file: str) -> Path | None:
    """Where a font file lies; None when its package is not installed (then the fonts of the system stand in)."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, "files", file)
        if path.is_file():
            return path
    return None


def load_fonts() -> list[str]:
    """Give the fonts to Qt, once after the application exists; returns the families that can be used now."""
    families: list[str] = []
    for package, file in FILES:
        path = font_path(package, file)
        number = QFontDatabase.addApplicationFont(str(path)) if path else -1
        if number >= 0:
            families += QFontDatabase.applicationFontFamilies(number)
    return sorted(set(families))
