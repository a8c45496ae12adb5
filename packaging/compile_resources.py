"""Turn what people write under ``resources/`` into what the program reads from ``resources/compiled/``.

Translations: every ``locale/<language>/*.po`` is merged into one ``compiled/locale/<language>/planner.mo``. Guided
forms: every ``forms/*.md`` becomes ``compiled/forms/*.xml``, made by the forms room, and beside it ``*.prepared`` keeps
what opening that form works out. A file is written anew only when
something it is made from is newer, and it is replaced whole or not at all. A translation that would be wrong on the
screen (fuzzy, empty, contradicted by another file, other placeholders than the English) stops the build.
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ROOT = Path(__file__).resolve().parent.parent
FORM_COMPILER = ROOT / "planner" / "forms" / "compile.py"

# A fixed date, so that the same sources always make the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)

Key = tuple[str, str]


class Refused(Exception):
    """A source cannot be compiled as it stands; the text names every file, message and reason, a line each."""


def placeholders(text: str) -> frozenset[str]:
    """The names that stand in braces in a message.

    Raises:
        ValueError: the braces of the text do not fit together.
    """
    return frozenset(name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(text) if name is not None)


def texts(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English forms of a message (one, or one and many) and its translated forms."""
    english = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    translated = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(map(str, english)), tuple(text or "" for text in translated)


def faults(message: Message, plural_forms: int) -> Iterator[str]:
    """What is wrong with one translated message, in words."""
    english, translated = texts(message)
    if message.fuzzy:
        yield "is marked fuzzy"
    if not all(translated):
        yield "has an empty translation"
        return
    if len(translated) != (plural_forms if len(english) > 1 else 1):
        yield f"has {len(translated)} forms"
    try:
        wanted = [placeholders(text) for text in english]
        given = [placeholders(text) for text in translated]
    except ValueError as error:
        yield f"has braces that do not fit together ({error})"
        return
    # A plural form may leave the number out ("one step"), but may name nothing that English does not name.
    everything = frozenset().union(*wanted)
    if any(names - everything for names in given) or everything - frozenset().union(*given):
        yield "has other placeholders than the English"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read one ``.po`` file.

    Raises:
        Refused: the file is not a sound ``.po`` file in UTF-8.
    """
    try:
        with path.open("rb") as stream:
            return read_po(stream, locale=language, charset="utf-8", abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise Refused(f"{path.name}: {error}") from error


def merge(paths: Iterable[Path], language: str) -> Catalog:
    """Put the messages of several ``.po`` files of one language together.

    Raises:
        Refused: with every fault found in any of the files.
    """
    whole = Catalog(locale=language, project="Planner", charset="utf-8", creation_date=_MADE, revision_date=_MADE)
    seen: dict[Key, tuple[Path, Message]] = {}
    wrong: list[str] = []
    for path in sorted(paths):
        part = read_catalogue(path, language)
        for message in part:
            english, translated = texts(message)
            if not english[0]:
                continue
            key = (message.context or "", english[0])
            wrong += [f"{path.name}: “{english[0]}” {fault}" for fault in faults(message, part.num_plurals)]
            earlier = seen.get(key)
            if earlier is None:
                seen[key] = (path, message)
                whole.add(message.id, message.string, context=message.context)
            elif texts(earlier[1]) != (english, translated):
                wrong.append(f"{path.name}: “{english[0]}” says something else in {earlier[0].name}")
    if wrong:
        raise Refused("\n".join(wrong))
    return whole


def catalogue_bytes(paths: Iterable[Path], language: str) -> bytes:
    """The compiled catalogue of one language; the same sources make the same bytes."""
    stream = BytesIO()
    write_mo(stream, merge(paths, language))
    return stream.getvalue()


def is_older(target: Path, sources: Iterable[Path]) -> bool:
    """Whether a file has to be made anew: it is missing, or something it is made from is as new as it is."""
    if not target.exists():
        return True
    made = target.stat().st_mtime_ns
    return any(source.stat().st_mtime_ns >= made for source in sources)


def replace_whole(target: Path, content: bytes) -> None:
    """Write a file so that whoever reads it sees the earlier one or the new one, never half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # Two builds may run at once: each has its own unfinished file.
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def compile_languages(resources: Path) -> list[Path]:
    """Compile every language that has a folder; returns the files that were written."""
    written = []
    for folder in sorted(path for path in resources.glob("locale/*") if path.is_dir()):
        sources = sorted(folder.glob("*.po"))
        target = resources / "compiled" / "locale" / folder.name / "planner.mo"
        # The folder itself tells when a file was added or taken away.
        if sources and is_older(target, [folder, Path(__file__), *sources]):
            replace_whole(target, catalogue_bytes(sources, folder.name))
            written.append(target)
    return written


def compile_forms(resources: Path) -> list[Path]:
    """Compile every form table that changed and drop what no table stands behind; returns the files written.

    Raises:
        Refused: a form table cannot be compiled.
    """
    compiled = resources / "compiled" / "forms"
    targets = {source: compiled / f"{source.stem}.xml" for source in sorted(resources.glob("forms/*.md"))}
    for forgotten in {*compiled.glob("*.xml"), *compiled.glob("*.prepared")}:
        if forgotten.with_suffix(".xml") not in targets.values():
            forgotten.unlink()
    written = []
    # pyxform takes a while to load: it is loaded only when a form has to be made anew.
    for source, target in targets.items():
        if FORM_COMPILER.exists() and is_older(target, [source, FORM_COMPILER, Path(__file__)]):
            replace_whole(target, form_bytes(source))
            written.append(target)
        if FORM_COMPILER.exists():
            written += prepare(target)
    return written


def prepare(xform: Path) -> list[Path]:
    """Keep what opening a form works out beside it; anew when the form or anything in the forms room changed."""
    target = xform.with_suffix(".prepared")
    if not is_older(target, [xform, Path(__file__), *FORM_COMPILER.parent.rglob("*.py")]):
        return []
    replace_whole(target, bytes(forms_room().prepare_form(xform.read_bytes())))
    return [target]


def compile_look(resources: Path) -> list[Path]:
    """Turn the table of the look into JSON, which is read ten times faster; returns the file when it was written.

    The pairs of colours stay out: only a test reads them.
    """
    source, target = resources / "theme" / "tokens.toml", resources / "compiled" / "theme" / "tokens.json"
    if not source.exists() or not is_older(target, [source, Path(__file__)]):
        return []
    with source.open("rb") as stream:
        table = tomllib.load(stream)
    table.pop("pair", None)
    replace_whole(target, json.dumps(table, separators=(",", ":")).encode())
    return [target]


def form_bytes(source: Path) -> bytes:
    """One form as an XForm.

    Raises:
        Refused: the forms room cannot compile the table, for the reason that it gives.
    """
    try:
        return bytes(forms_room().compile_form(source))
    except Exception as error:
        # Whatever stops the compiler is a fault of the table, for whoever wrote it to read.
        raise Refused(f"{source.name}: {error}") from error


def forms_room() -> Any:
    """The module of the program that compiles forms; loaded when one has to be made anew."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return import_module("planner.forms.compile")


def compile_all(resources: Path = ROOT / "resources") -> list[Path]:
    """Compile everything that is out of date; returns the files that were written.

    Raises:
        Refused: a source cannot be compiled; what was compiled before stays as it was.
    """
    return compile_languages(resources) + compile_look(resources) + compile_forms(resources)


def main() -> int:
    """Compile, say what was written, and answer with 1 where a source was refused."""
    try:
        written = compile_all()
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    for path in written:
        print(f"compiled {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
