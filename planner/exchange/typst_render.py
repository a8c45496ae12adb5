"""Papers from typst, wholly in memory.

A template is one of our own files under ``resources/print``; what a person wrote reaches it only as JSON data, which
typst shows as it stands and never reads as markup. The templates are handed over as bytes, because the system may not
know their folder; the root is a folder of fonts, from which nothing is read. Nothing is written, and the folders for
packages do not exist; no template names a package.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import font_source_sans_pro
import font_source_serif_pro
import typst

from planner.errors import MachineTrouble
from planner.resources import resource
from planner.words import _

_TEMPLATES = (
    *("base.typ", "plan.typ", "slip.typ", "lines.typ", "words.typ"),
    *("form.typ", "card.typ", "own-page.typ", "kit.typ"),
)
_NO_BREAK_AFTER = 40  # letters; a longer word may be broken anywhere, so that it stays on the paper
_ZERO_WIDTH_SPACE = "\u200b"
_rendering = threading.Lock()  # a typst compiler is not made for two threads at once


class PaperTrouble(MachineTrouble):
    """The pages could not be made; what was to stand on them is not part of the message."""

    def __init__(self) -> None:
        super().__init__(
            _("The pages could not be made this time."), _("Nothing was changed. Try again, or choose fewer parts.")
        )


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF as typst made it. ``all_letters`` is false when no font on this computer has some letter or sign."""

    pdf: bytes
    all_letters: bool


def plain(text: str) -> str:
    """Text as paper can show it: no control characters, no halves of a character, very long words breakable."""
    out: list[str] = []
    run = 0
    for char in text.replace("\r\n", "\n").replace("\r", "\n").strip():
        code = ord(char)
        if char in "\n\t ":
            run = 0
            out.append(" " if char == "\t" else char)
            continue
        if code < 0x20 or 0x7F <= code < 0xA0:
            continue
        if run >= _NO_BREAK_AFTER:
            out.append(_ZERO_WIDTH_SPACE)
            run = 0
        run += 1
        out.append("\ufffd" if 0xD800 <= code <= 0xDFFF else char)
    return "".join(out)


def render(template: str, data: Mapping[str, Any]) -> Rendered:
    """A tagged PDF of a template and its data.

    The fonts of the program come first. Only when they lack a letter the system's fonts are looked through as well;
    when those lack it too the PDF is still tagged but cannot claim PDF/UA, which forbids a sign without a shape.

    Raises:
        PaperTrouble: typst could not make the pages.
    """
    files = dict(_files())
    files["main.typ"] = files[template]
    inputs = {"data": json.dumps(data)}
    with _rendering:
        for system_fonts, standards in ((False, ["ua-1"]), (True, ["ua-1"]), (True, [])):
            compiler = _compiler(system_fonts)
            try:
                pdf = compiler.compile(input=files, sys_inputs=inputs, pdf_standards=standards, timestamp=0)
            except typst.TypstError:
                continue  # its text may quote what stands on the page
            if isinstance(pdf, bytes):
                return Rendered(pdf, all_letters=bool(standards))
    raise PaperTrouble


def _template_files() -> Iterator[tuple[str, bytes]]:
    for name in _TEMPLATES:
        yield name, resource("print", name).read_bytes()


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    return tuple(_template_files())


@cache
def _compiler(system_fonts: bool) -> Any:
    folders = [font_source_sans_pro.font_directory, font_source_serif_pro.font_directory]
    nowhere = f"{folders[0]}/no-packages"
    return typst.Compiler(
        None,
        root=folders[0],
        font_paths=typst.Fonts(system_fonts, True, folders),
        package_path=nowhere,
        package_cache_path=nowhere,
    )
